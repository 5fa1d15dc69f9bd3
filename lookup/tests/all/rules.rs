//! `farr rules`, end to end, and shipped packs in a release that has what they name.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::*;
use farr::coding::{Coding, Facts, Validator};
use farr::{Date, Terminology};
use farr_codelists::rules as packs;
use serde_json::Value;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Concept model attribute.
const ATTRIBUTE: &str = "410662002";

fn testdata(name: &str) -> String {
    format!("{REPOSITORY}/testdata/{name}")
}

/// `farr rules`, asked of nothing.
fn rules(arguments: &[&str]) -> Printed {
    run(bare().arg("rules").args(arguments))
}

fn records(printed: &Printed) -> Vec<Value> {
    serde_json::from_str(&printed.out).unwrap_or_else(|_| panic!("{} {}", printed.out, printed.err))
}

/// A pack, written to a file.
fn written(name: &str, text: &str) -> String {
    let path = folder("rules").join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn shipped_packs_are_listed_with_sources() {
    let table = rules(&["list"]);
    assert_eq!(table.code, 0, "{}", table.err);
    assert!(table.out.contains("nhs-dids#imaging-code-v2"), "{}", table.out);
    assert!(table.out.contains("second-hand"), "{}", table.out);
    let all = records(&rules(&["list", "--format", "json"]));
    assert!(all.len() >= 14, "{}", all.len());
    for row in &all {
        assert!(row["url"].as_str().is_some_and(|url| url.starts_with("https://")), "{row}");
        assert!(["published", "second-hand", "ours"].contains(&row["sure"].as_str().unwrap()));
    }
    let one = records(&rules(&["list", "nhs-cds", "--format", "json"]));
    assert_eq!(one.len(), 2);
    assert_eq!(one[0]["binding"], "diagnosis");
    assert_eq!(rules(&["list", "nhs-csd"]).code, 2);
    assert_eq!(rules(&["list", "--format", "codes"]).code, 2);
    let csv = rules(&["list", "--format", "csv"]);
    assert!(
        csv.out.starts_with("pack,binding,title,systems,sure,source,url,ours\n"),
        "{}",
        csv.out
    );
}

#[test]
fn a_pack_is_shown_to_begin_ones_own_with() {
    let shown = rules(&["show", "nhs-cds"]);
    assert_eq!(shown.code, 0);
    assert!(shown.out.starts_with("name = \"nhs-cds\"\n"), "{}", shown.out);
    let mine = written("mine.toml", &shown.out);
    let checked = rules(&["check", &mine]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    assert_eq!(rules(&["show", &mine]).out, shown.out);
    let whole = rules(&["show", "nhs-cds#diagnosis"]);
    assert_eq!(whole.code, 2);
    assert!(whole.err.contains("farr rules show nhs-cds"), "{}", whole.err);
    let absent = rules(&["show", "nhs-cdss"]);
    assert_eq!(absent.code, 2);
    assert!(absent.err.contains("did you mean \"nhs-cds\"?"), "{}", absent.err);
}

#[test]
fn every_problem_of_a_pack_is_told() {
    let broken = testdata("rules/broken/fields.toml");
    let told = std::fs::read_to_string(testdata("rules/broken/problems.txt")).unwrap();
    let expected: Vec<&str> =
        told.lines().filter(|line| line.starts_with("fields.toml:")).collect();
    let printed = rules(&["check", &broken]);
    assert_eq!(printed.code, 1);
    let lines: Vec<&str> = printed.out.lines().collect();
    assert_eq!(lines.len(), expected.len());
    for (line, expected) in lines.iter().zip(&expected) {
        assert!(line.ends_with(expected), "{line}");
    }
    assert!(printed.err.contains(&format!("{} problems", expected.len())), "{}", printed.err);
    let json = rules(&["check", &broken, "nhs-number", "--format", "json"]);
    assert_eq!((json.code, records(&json).len()), (1, expected.len()));
    assert_eq!(records(&json)[0]["line"], 1);
    assert_eq!(rules(&["check", "nhs-number", &testdata("rules/lists.toml")]).code, 0);
    assert_eq!(rules(&["check"]).code, 2);
    assert_eq!(rules(&["check", "absent.toml"]).code, 2);
    assert_eq!(rules(&["check", &testdata("rules")]).code, 3);
}

#[test]
fn with_an_index_a_pack_is_joined_and_its_examples_are_held_to_it() {
    let tiny = testdata("golden/1.0-tiny.farr");
    let absent = rules(&["check", "uk-core", "--index", &tiny]);
    assert_eq!(absent.code, 1);
    assert!(absent.out.contains("\"condition-code\" cannot be joined"), "{}", absent.out);
    assert!(absent.out.contains("needs an index of dm+d"), "{}", absent.out);
    assert_eq!(rules(&["check", "uk-core"]).code, 0);

    let pack = |outcome: &str| {
        format!(
            "name = \"mine\"\nversion = \"1\"\ndescription = \"d\"\n[[binding]]\nname = \"b\"\n\
             title = \"t\"\nsystems = [\"snomed\"]\nsource = {{ title = \"t\", sure = \"ours\" }}\n\
             [[binding.example]]\ncode = \"401004\"\noutcome = \"{outcome}\"\n"
        )
    };
    let right = written("right.toml", &pack("accept"));
    let wrong = written("wrong.toml", &pack("reject"));
    let none = rules(&["check", &right, &wrong]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("2 examples (2 not judged"), "{}", none.err);
    assert_eq!(rules(&["check", &right, "--index", &tiny]).code, 0);
    let printed = rules(&["check", &wrong, "--index", &tiny]);
    assert_eq!(printed.code, 1);
    let expected =
        "wrong.toml:9:1: the example does not hold: \"401004\" is accept: nothing found\n";
    assert!(printed.out.ends_with(expected), "{}", printed.out);
}

#[test]
fn what_a_binding_names_is_held_to_the_release() {
    let tiny = testdata("golden/1.0-tiny.farr");
    let check = |name: &str, field: &str| {
        let text = format!(
            "name = \"mine\"\nversion = \"1\"\ndescription = \"d\"\n[[binding]]\nname = \"b\"\n\
             title = \"t\"\nsystems = [\"snomed\"]\nsource = {{ title = \"t\", sure = \"ours\" }}\n\
             {field}\n"
        );
        let pack = written(name, &text);
        assert_eq!(rules(&["check", &pack]).code, 0);
        rules(&["check", &pack, "--index", &tiny])
    };
    for (name, field, told) in [
        ("dead.toml", "constraint = \"<< 601008\"", "constraint: 601008: "),
        ("other.toml", "constraint = \"<< 401004 |Creaking œdema|\"", "constraint: 401004: "),
        ("leaf.toml", "constraint = \"< 4061999999102\"", "it comes to no concept"),
        // What takes nothing out lets in what it was written to refuse.
        (
            "minus.toml",
            "constraint = \"<< 401004 MINUS ^ 401004\"",
            "minus.toml:9:33: the binding \"b\": constraint: this release has no rows of a refset 401004",
        ),
        ("codes.toml", "value-set = { codes = [\"601008\", \"401004\"] }", "value-set: 601008: "),
        (
            "attributes.toml",
            "expressions = true\nexpression-attributes = [\"201002\", \"24700007\"]",
            "expression-attributes: 24700007: ",
        ),
        ("absent.toml", "value-set = { codes = [\"24700007\"] }", "value-set: 24700007: "),
    ] {
        let printed = check(name, field);
        assert_eq!((printed.code, printed.out.lines().count()), (1, 1), "{name}: {}", printed.out);
        assert!(printed.out.contains(told), "{name}: {}", printed.out);
    }
    for field in [
        "constraint = \"<< 401004 |Squeak|\"",
        "value-set = { codes = [\"401004\"] }",
        "active = false\nvalue-set = { codes = [\"601008\"] }",
    ] {
        let printed = check("right-names.toml", field);
        assert_eq!((printed.code, printed.out.as_str()), (0, ""), "{field}");
    }
}

#[test]
fn what_a_binding_names_is_told_where_it_stands() {
    let tiny = testdata("golden/1.0-tiny.farr");
    let codes = written("named.csv", "code,term\n401004,Squeak\n601008,x\n");
    let codes = Path::new(&codes);
    let text = "name = \"mine\"\nversion = \"1\"\ndescription = \"d\"\n[[binding]]\nname = \"b\"\n\
        title = \"t\"\nsystems = [\"snomed\"]\nsource = { title = \"t\", sure = \"ours\" }\n\
        value-set = \"named.csv\"\nconstraint = \"\"\"\n<< 401004 OR\n  601008\"\"\"\n";
    let pack = codes.with_file_name("places.toml").display().to_string();
    std::fs::write(&pack, text).unwrap();
    let printed = rules(&["check", &pack, "--index", &tiny, "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&printed.out).unwrap();
    let places: Vec<String> = rows
        .iter()
        .map(|row| {
            let file = Path::new(row["file"].as_str().unwrap()).file_name().unwrap();
            format!("{}:{}:{}", file.display(), row["line"], row["column"])
        })
        .collect();
    assert_eq!(places, ["places.toml:12:3", "named.csv:3:1"], "{}", printed.out);
}

/// A release with the concepts and reference sets that shipped packs name, and a few beside them.
fn named() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let release = folder("rules").join("release");
        let root = "138875005";
        let (mut concepts, mut descriptions, mut relationships, mut members) = (
            "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\r\n".to_owned(),
            "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\t\
             caseSignificanceId\r\n"
                .to_owned(),
            "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\t\
             typeId\tcharacteristicTypeId\tmodifierId\r\n"
                .to_owned(),
            "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\r\n".to_owned(),
        );
        let findings = ["404684003", "413350009", "272379006"];
        let procedures = ["71388002", "129125009"];
        let allergies =
            ["105590001", "373873005", "716186003", "196461000000101", "196471000000108"];
        // Names of attributes, which are below the concept model.
        let attributes = ["408730004", "363589002"];
        let refsets = ["999001111000000105", "999002881000000100"];
        let classes = findings.iter().chain(&procedures).chain(&refsets).chain(&allergies);
        let classes = classes.chain(&[CORE, MODEL, ATTRIBUTE]);
        let mut all: Vec<(&str, Option<&str>)> = vec![(root, None)];
        all.extend(classes.map(|id| (*id, Some(root))));
        let further = [
            ("401004", findings[0]),
            ("402006", procedures[0]),
            ("404007", root),
            ("306005", "105590001"),
            ("419841000001106", root),
        ];
        all.extend(further.map(|(id, parent)| (id, Some(parent))));
        all.extend(attributes.map(|id| (id, Some(ATTRIBUTE))));
        for (number, (id, parent)) in all.iter().enumerate() {
            let number = number as u64 + 1;
            let _ = write!(concepts, "{id}\t20240101\t1\t{CORE}\t900000000000074008\r\n");
            let _ = write!(
                descriptions,
                "{}\t20240101\t1\t{CORE}\t{id}\ten\t900000000000003001\tThing {number}\t\
                 900000000000448009\r\n",
                description(5_000 + number)
            );
            let Some(parent) = parent else { continue };
            let relationship =
                farr::Sctid::from_parts(5_000 + number, None, farr::id::Component::Relationship);
            let _ = write!(
                relationships,
                "{}\t20240101\t1\t{CORE}\t{id}\t{parent}\t0\t116680003\t900000000000011006\t\
                 900000000000451002\r\n",
                relationship.unwrap()
            );
        }
        // One that was made inactive.
        let _ = write!(concepts, "403001\t20240101\t0\t{CORE}\t900000000000074008\r\n");
        let rows = [(1, refsets[0], "402006"), (0, refsets[0], "403001"), (1, refsets[1], "401004")];
        for (number, (active, refset, member)) in rows.iter().enumerate() {
            let _ = write!(
                members,
                "00000000-0000-4000-8000-00000000000{number}\t20240101\t{active}\t{CORE}\t{refset}\t\
                 {member}\r\n"
            );
        }
        for (folder, name, text) in [
            ("Snapshot/Terminology", "sct2_Concept_Snapshot_INT_20240101.txt", concepts),
            ("Snapshot/Terminology", "sct2_Description_Snapshot-en_INT_20240101.txt", descriptions),
            ("Snapshot/Terminology", "sct2_Relationship_Snapshot_INT_20240101.txt", relationships),
            ("Snapshot/Refset/Content", "der2_Refset_SimpleSnapshot_INT_20240101.txt", members),
        ] {
            std::fs::create_dir_all(release.join(folder)).unwrap();
            std::fs::write(release.join(folder).join(name), text).unwrap();
        }
        let index = folder("rules").join("named.farr");
        farr_build::Build::new().snomed(release).run(&index, &farr_build::Silent).unwrap();
        index
    })
}

#[test]
fn bindings_that_name_concepts_say_what_their_sources_do() {
    let dmd = testdata("golden/1.0-dmd.farr");
    let terminology = Terminology::open([named(), Path::new(&dmd)]).unwrap();
    let text = std::fs::read_to_string(testdata("rules/examples.tsv")).unwrap();
    let mut asked = 0;
    for line in text.lines().filter(|line| line.split('\t').nth(1) == Some("named")) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [reference, _, code, beside, outcome, findings, _about] = fields[..] else {
            panic!("seven columns: {line}");
        };
        let binding = packs::binding(reference).unwrap();
        let validator = Validator::new(&terminology, binding.binding()).unwrap();
        let day = beside.strip_prefix("recorded=").map(|day| day.parse().unwrap());
        let facts = Facts::new().recorded(day.and_then(Date::from_number));
        let verdict = validator.check(&Coding::unstated(code), &facts);
        let found: Vec<&str> = verdict.findings().iter().map(|found| found.code().code()).collect();
        assert_eq!(
            (verdict.outcome().word(), found.join(", ").as_str()),
            (outcome, findings),
            "{line}"
        );
        asked += 1;
    }
    assert!(asked >= 11, "{asked}");
    let index = named().to_str().unwrap();
    assert_eq!(rules(&["check", "nhs-dids", "nhs-msds", "--index", index]).code, 0);
}
