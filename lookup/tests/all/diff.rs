//! `farr diff`, as it is typed: two releases, and what the newer one says otherwise.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use farr::published::Sha256Sum;
use farr_synth::{Parameters, Plants, Release};

use crate::common::dmd::{gather_keys, manual, names};
use crate::common::{Printed, bare, run};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The preferred term of 402006 in the two dialects.
const GB_NAME: &str = "Creaking œdema";
const US_NAME: &str = "Creaking edema";
const RELEASE: &str = "SnomedCT_TinyRF2_PRODUCTION_20260801T120000Z";

/// What the newer release has otherwise: a part of the file's name, what it had, what it has.
const EDITS: [(&str, &str, &str); 12] = [
    // A leaf goes inactive, and a replacement is named.
    ("sct2_Concept_", "4061999999102\t20260801\t1", "4061999999102\t20260901\t0"),
    ("sct2_Relationship_", "123020\t20260801\t1", "123020\t20260901\t0"),
    ("sct2_Relationship_", "124025\t20260801\t1", "124025\t20260901\t0"),
    ("sct2_Relationship_", "125029\t20260801\t1", "125029\t20260901\t0"),
    ("sct2_Relationship_", "136020\t20260801\t1", "136020\t20260901\t0"),
    ("sct2_Relationship_", "137027\t20260801\t1", "137027\t20260901\t0"),
    (
        "AssociationSnapshot",
        "10a35dc2-7e20-58ab-ae31-82964b086ae1",
        "20a35dc2-7e20-58ab-ae31-82964b086ae1\t20260901\t1\t900000000000207008\t\
         900000000000527005\t4061999999102\t404007\r\n10a35dc2-7e20-58ab-ae31-82964b086ae1",
    ),
    // A concept loses one of its parents.
    ("sct2_Relationship_", "121022\t20260701\t1", "121022\t20260901\t0"),
    // A code of a map is another, and a value of a reference set that is no map.
    (
        "iisssccRefset",
        "402006\t1\t1\tTRUE\tALWAYS Q01.9\tQ01.9",
        "402006\t1\t1\tTRUE\tALWAYS Q02\tQ02",
    ),
    ("sRefset_SimpleMap", "402006\tXQ1", "402006\tXQ2"),
    // A concept leaves a reference set.
    (
        "Refset_SimpleSnapshot",
        "77464b1c-792e-5e92-b641-74928e4dc9f1\t20260801\t1",
        "77464b1c-792e-5e92-b641-74928e4dc9f1\t20260901\t0",
    ),
    // A name is corrected under the same id: no less a change of what is shown.
    ("sct2_Description_", "Grease 1,000 units\t", "Grease 1000 units\t"),
];

fn testdata(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata").join(path)
}

/// Copies a release, line ends as they are, with the edits of each file.
fn copy(from: &Path, to: &Path, edits: &mut Vec<(&str, &str, &str)>) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to, edits);
            continue;
        }
        let name = entry.file_name().into_string().unwrap();
        let mut text = std::fs::read_to_string(entry.path()).unwrap();
        edits.retain(|(part, before, after)| {
            let is_here = name.contains(part) && text.contains(before);
            if is_here {
                text = text.replacen(before, after, 1);
            }
            !is_here
        });
        std::fs::write(to, text).unwrap();
    }
}

fn build(release: &Path, index: &Path) {
    farr_build::Build::new().snomed(release).run(index, &farr_build::Silent).unwrap();
}

/// A folder with `old.farr` and `new.farr`, made once a test program.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = crate::common::folder("diff");
        let old = testdata("tiny").join(RELEASE);
        let new = folder.join(RELEASE);
        let mut edits = EDITS.to_vec();
        copy(&old, &new, &mut edits);
        assert_eq!(edits, [], "edits that nothing was found for");
        build(&old, &folder.join("old.farr"));
        build(&new, &folder.join("new.farr"));
        folder
    })
}

fn in_folder(name: &str, text: &str) -> String {
    let path = folder().join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Runs `farr diff` in the folder.
fn diff(arguments: &[&str]) -> Printed {
    run(bare().current_dir(folder()).arg("diff").args(arguments))
}

/// What the newer release changes, as rows of JSON.
fn changes(arguments: &[&str]) -> (Vec<Value>, i32) {
    let mut all = vec!["old.farr", "new.farr", "--format", "jsonl"];
    all.extend(arguments);
    let printed = diff(&all);
    let rows = printed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (rows, printed.code)
}

fn of<'r>(row: &'r Value, key: &str) -> &'r str {
    row[key].as_str().unwrap_or_default()
}

/// Kind, code and part of each row, sorted.
fn told(rows: &[Value]) -> Vec<(&str, &str, &str)> {
    let each = rows.iter().map(|row| (of(row, "change"), of(row, "code"), of(row, "component")));
    let mut told: Vec<_> = each.collect();
    told.sort_unstable();
    told
}

/// The other codes of the only row of a kind.
fn related(rows: &[Value], kind: &str) -> Vec<String> {
    let mut of_kind = rows.iter().filter(|row| of(row, "change") == kind);
    let row = of_kind.next().unwrap();
    assert_eq!(of_kind.next(), None, "{kind}");
    let others = row["related"].as_array().unwrap().iter();
    others.map(|other| format!("{}:{}", of(other, "role"), of(other, "code"))).collect()
}

/// All that differs between the two releases.
const ALL: [(&str, &str, &str); 9] = [
    ("concept-inactivated", "4061999999102", ""),
    ("concept-moved", "404007", ""),
    ("description-changed", "5021999999105", "162015"),
    ("map-answer-changed", "402006", "447562003"),
    ("map-row-changed", "402006", "447562003"),
    ("member-changed", "402006", "203004"),
    ("member-retired", "403001", "999000011000000103"),
    ("preferred-term-changed", "5021999999105", "900000000000508004"),
    ("preferred-term-changed", "5021999999105", "900000000000509007"),
];

#[test]
fn everything_that_changed_is_told_and_nothing_else() {
    let (rows, code) = changes(&[]);
    assert_eq!(told(&rows), ALL);
    assert_eq!(code, 1);
    assert_eq!(related(&rows, "concept-inactivated"), ["successor:404007"]);
    assert_eq!(related(&rows, "concept-moved"), ["parent-lost:402006"]);
    let answer = rows.iter().find(|row| of(row, "change") == "map-answer-changed").unwrap();
    assert_eq!((of(answer, "before"), of(answer, "after")), ("Q01.9", "Q02"));
}

#[test]
fn the_same_release_has_changed_in_nothing() {
    let printed = diff(&["old.farr", "old.farr", "--format", "json"]);
    assert_eq!((printed.out.as_str(), printed.code), ("[]\n", 0));
    assert!(printed.err.contains("nothing changed"));
    let printed = diff(&["old.farr", "old.farr"]);
    assert_eq!(printed.code, 0);
}

#[test]
fn kinds_are_chosen_left_out_and_weighed() {
    let (rows, code) = changes(&["--only", "concept-moved,member-retired"]);
    assert_eq!(rows.len(), 2);
    assert_eq!(code, 1);
    let (rows, _) = changes(&["--ignore", "preferred-term-changed"]);
    assert_eq!(rows.len(), ALL.len() - 2);
    // A row that leads to the same code may say another thing of it: that a second one is needed.
    let (rows, code) = changes(&["--only", "map-row-changed"]);
    assert_eq!((rows.len(), code), (1, 1));
    let (rows, code) = changes(&["--matters"]);
    assert!(rows.iter().all(|row| row["matters"] == true) && rows.len() == ALL.len());
    assert_eq!(code, 1);
    let wrong = diff(&["old.farr", "new.farr", "--only", "concept-vanished"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("concept-inactivated"), "{}", wrong.err);
}

#[test]
fn of_a_list_only_its_codes_are_told() {
    let list = in_folder("list.csv", "code,term\n4061999999102,x\n402006,y\n301000,z\n");
    let (rows, code) = changes(&["--codelist", &list, "--system", "snomed"]);
    let mut expected = ALL;
    expected.sort_unstable();
    let expected: Vec<_> = expected
        .into_iter()
        .filter(|(_, code, _)| ["4061999999102", "402006"].contains(code))
        .collect();
    assert_eq!(told(&rows), expected);
    assert_eq!(code, 1);
    let quiet = in_folder("quiet.csv", "code\n301000\n401004\n");
    let (rows, code) = changes(&["--codelist", &quiet, "--system", "snomed"]);
    assert_eq!((rows.len(), code), (0, 0));
}

#[test]
fn a_constraint_tells_what_it_gained_and_lost_and_why() {
    let (rows, code) = changes(&["--ecl", "<< 402006"]);
    let of_list: Vec<_> = rows.iter().filter(|row| of(row, "change") == "excluded").collect();
    let lost: Vec<_> = of_list.iter().map(|row| (of(row, "code"), of(row, "after"))).collect();
    assert_eq!(lost, [("404007", "active, and not in the list"), ("4061999999102", "inactive")]);
    assert!(of_list.iter().all(|row| of(row, "component") == "<< 402006"));
    // Its codes, then and now, are asked about as well.
    assert!(told(&rows).contains(&("concept-moved", "404007", "")));
    assert_eq!(code, 1);
    let (rows, _) = changes(&["--ecl", "<< 24700007"]);
    assert_eq!(told(&rows), [("cannot-tell", "", "<< 24700007")]);
    assert!(of(&rows[0], "before").contains("24700007"));
    assert_eq!(diff(&["old.farr", "new.farr", "--ecl", "<< ("]).code, 2);
}

#[test]
fn a_rule_pack_tells_what_its_bindings_accept() {
    let pack = in_folder(
        "pack.toml",
        "name = \"mine\"\nversion = \"1\"\ndescription = \"Squeaks\"\n\n[[binding]]\n\
         name = \"squeak\"\ntitle = \"Squeaks\"\nsystems = [\"snomed\"]\n\
         constraint = \"<< 401004\"\nsource = { title = \"Ours\", sure = \"ours\" }\n",
    );
    for reference in [pack.clone(), format!("{pack}#squeak")] {
        let (rows, code) = changes(&["--rules", &reference]);
        assert_eq!(told(&rows), [("excluded", "4061999999102", "mine#squeak")]);
        let found = ("accept", "reject: inactive, membership-unknown");
        assert_eq!((of(&rows[0], "before"), of(&rows[0], "after")), found);
        assert_eq!(code, 1);
    }
    assert_eq!(diff(&["old.farr", "new.farr", "--rules", "no-such-pack"]).code, 2);
}

#[test]
fn a_pack_that_cannot_be_asked_is_wrong_usage_whichever_verb_is_asked() {
    let broken = in_folder("broken.toml", "name = \"mine\"\nversion = \n");
    let unknown = pack("unknown.toml", "\"snomedd\"", "");
    let table = in_folder("judged.csv", "code\n404007\n");
    for (file, told) in [(&broken, "broken.toml:2:"), (&unknown, "snomedd")] {
        for reference in [file.clone(), format!("{file}#any")] {
            let printed = diff(&["old.farr", "new.farr", "--rules", &reference]);
            assert_eq!(printed.code, 2, "{}", printed.err);
            assert!(printed.err.contains(told), "{}", printed.err);
        }
        let reference = format!("{file}#any");
        let validate = ["validate", &table, "--column", "code", "--rules", &reference];
        let judged = run(bare().current_dir(folder()).args(validate).args(["--index", "new.farr"]));
        assert_eq!(judged.code, 2, "{}", judged.err);
        assert!(judged.err.contains(told), "{}", judged.err);
    }
}

/// A pack of one binding.
fn pack(file: &str, systems: &str, rest: &str) -> String {
    in_folder(
        file,
        &format!(
            "name = \"mine\"\nversion = \"1\"\ndescription = \"Ours\"\n\n[[binding]]\n\
             name = \"any\"\ntitle = \"Any\"\nsystems = [{systems}]\n{rest}\
             source = {{ title = \"Ours\", sure = \"ours\" }}\n"
        ),
    )
}

#[test]
fn a_standing_warning_hides_nothing_else_that_a_binding_finds() {
    let rest = "display = \"preferred\"\n\
                severity = { display-missing = \"warn\", inactive = \"warn\" }\n";
    let pack = pack("warned.toml", "\"snomed\"", rest);
    let (rows, code) = changes(&["--rules", &pack]);
    assert_eq!(told(&rows), [("verdict-changed", "4061999999102", "mine#any")]);
    assert_eq!((of(&rows[0], "before"), of(&rows[0], "after")), ("accept", "warn: inactive"));
    assert_eq!(code, 1);
    // It is let through as before: whoever asks for what is refused now is not told of it.
    let (rows, code) = changes(&["--rules", &pack, "--only", "excluded"]);
    assert_eq!((rows.len(), code), (0, 0));
}

#[test]
fn every_system_of_a_binding_is_asked_about_or_told_to_be_open() {
    let several = pack("several.toml", "\"read-v2\", \"opcs4\", \"snomed\"", "");
    let (rows, code) = changes(&["--rules", &several]);
    let expected = [("cannot-tell", "", "mine#any"), ("excluded", "4061999999102", "mine#any")];
    assert_eq!(told(&rows), expected);
    assert_eq!((of(&rows[0], "system"), code), ("opcs4", 1));
    // Of systems that neither set has nothing is known, whatever kinds are asked for.
    let (rows, code) = changes(&["--rules", "nhs-cds", "--only", "excluded"]);
    assert!(!rows.is_empty() && rows.iter().all(|row| of(row, "change") == "cannot-tell"));
    assert_eq!(code, 1);
    let number = pack("number.toml", "\"nhs-number\"", "");
    let (rows, code) = changes(&["--rules", &number]);
    assert_eq!((rows.len(), code), (0, 0), "they are judged by themselves");
}

#[test]
fn what_a_list_cannot_be_asked_about_hides_nothing_that_it_can() {
    // 24700007 is in neither release: the rest is asked about.
    let (rows, code) = changes(&["--ecl", "<< 402006 OR 24700007"]);
    let told = told(&rows);
    assert!(told.contains(&("cannot-tell", "", "<< 402006 OR 24700007")), "{told:?}");
    assert!(told.contains(&("concept-moved", "404007", "")), "{told:?}");
    assert_eq!(code, 1);
    // No rows of a reference set in either: not that nothing changed.
    let (rows, code) = changes(&["--ecl", "^ 401004"]);
    assert_eq!((of(&rows[0], "change"), code), ("cannot-tell", 1));
    assert!(!of(&rows[0], "after").contains('\n'), "{rows:?}");
}

#[test]
fn where_no_code_is_asked_about_nothing_is_known() {
    let table = in_folder("none.csv", "code,term\n,x\n");
    let (rows, code) = changes(&["--table", &table, "--column", "code"]);
    assert_eq!(
        (of(&rows[0], "change"), of(&rows[0], "component")),
        ("cannot-tell", table.as_str())
    );
    assert_eq!(code, 1);
    let table = in_folder("some.csv", "code\n404007\n301000\n");
    let printed = diff(&["old.farr", "new.farr", "--table", &table, "--column", "code"]);
    assert!(printed.err.contains("2 codes were asked about"), "{}", printed.err);
    let array = in_folder("array.json", "[{\"code\":\"404007\"}]\n");
    let printed = diff(&["old.farr", "new.farr", "--table", &array, "--column", "code"]);
    assert_eq!(printed.code, 2);
    assert!(printed.err.contains("JSON lines"), "{}", printed.err);
    let lines = in_folder("odd.jsonl", "{\"code\":\"404007\"}\n{\"kode\":\"301000\"}\n");
    let printed = diff(&["old.farr", "new.farr", "--table", &lines, "--column", "code"]);
    assert!(printed.err.contains("1 row has no code in \"code\""), "{}", printed.err);
}

#[test]
fn rows_without_a_code_are_counted_in_every_form() {
    let tables = [
        ("blank.csv", "code,t\n,a\n \u{a0},b\n\n301000,c\n"),
        ("blank.tsv", "t\tcode\na\t\nb\t\"\"\nc\t301000\n"),
        ("blank.jsonl", "{\"code\":null}\n{\"code\":\" \"}\n{\"code\":301000}\n"),
        ("column.csv", "code\n\n\n301000\n"),
    ];
    for (file, text) in tables {
        let table = in_folder(file, text);
        let printed = diff(&["old.farr", "new.farr", "--table", &table, "--column", "code"]);
        assert!(printed.err.contains("2 rows have no code in \"code\""), "{file}: {}", printed.err);
        assert!(printed.err.contains("1 code was asked about"), "{file}: {}", printed.err);
    }
}

#[test]
fn kinds_that_are_chosen_do_not_hide_what_cannot_be_told() {
    let table = in_folder("junk.csv", "code\nabc\n");
    let asked = ["--table", table.as_str(), "--column", "code"];
    let (rows, code) = changes(&[&asked[..], &["--only", "concept-inactivated"]].concat());
    assert_eq!((told(&rows), code), (vec![("cannot-tell", "abc", "")], 1));
    let by_name = ["--only", "concept-inactivated", "--ignore", "cannot-tell"];
    let (rows, code) = changes(&[&asked[..], &by_name].concat());
    assert_eq!((rows.len(), code), (0, 0));
}

#[test]
fn ids_of_descriptions_are_told_from_unknown_ones_and_patients_are_not_told() {
    let table = in_folder("ids.csv", "code\n162015\n9434765919\n");
    let (rows, _) = changes(&["--table", &table, "--column", "code"]);
    assert_eq!(rows.len(), 2);
    let withheld = rows.iter().find(|row| of(row, "code") == "(withheld)").unwrap();
    assert!(of(withheld, "after").contains("NHS number"));
    let description = rows.iter().find(|row| of(row, "code") == "162015").unwrap();
    assert_eq!(of(description, "after"), "the id of a description, of 5021999999105");
}

#[test]
fn however_a_number_of_a_patient_is_written_it_is_in_no_form_of_the_answer() {
    let cells = [
        "NHS 9434765919",
        "9434765919.0",
        "\"9434765919, 301000\"",
        "943-476-5919",
        "9.434765919E9",
        "9434765919",
    ];
    let table = in_folder("patients.csv", &format!("code\n{}\n", cells.join("\n")));
    let report = folder().join("patients.html");
    let asked = ["--table", &table, "--column", "code", "--report", report.to_str().unwrap()];
    let both = ["old.farr", "new.farr"];
    let list = in_folder("patients.txt", "9434765919\n301000\n");
    for format in ["table", "csv", "tsv", "json", "jsonl", "markdown", "codes"] {
        let printed = diff(&[&both[..], &asked, &["--format", format]].concat());
        assert_eq!(printed.code, 1, "{}", printed.err);
        let page = std::fs::read_to_string(&report).unwrap();
        assert!(page.contains("(withheld)"));
        assert_eq!(printed.out.contains("(withheld)"), format != "codes", "{}", printed.out);
        for text in [printed.out, printed.err, page] {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            assert!(!digits.contains("9434765919"), "{format}: {text}");
        }
    }
    let printed = diff(&[&both[..], &["--codelist", &list, "--system", "snomed"]].concat());
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains(":1:1: (withheld)"), "{}", printed.err);
    // What is withheld is no line of a list of codes.
    let codes = diff(&[&both[..], &asked, &["--format", "codes"]].concat());
    assert_eq!(codes.out, "");
}

#[test]
fn a_list_of_codes_has_each_once_and_nothing_else() {
    let printed = diff(&["old.farr", "new.farr", "--format", "codes"]);
    let mut codes: Vec<&str> = printed.out.lines().collect();
    codes.sort_unstable();
    let all: BTreeSet<&str> = ALL.iter().map(|(_, code, _)| *code).collect();
    assert_eq!(codes, all.into_iter().collect::<Vec<_>>());
    let printed = diff(&["old.farr", "new.farr", "--ecl", "<< 24700007", "--format", "codes"]);
    assert_eq!(printed.out, "");
}

#[test]
fn a_report_is_not_written_over_what_is_read() {
    let list = in_folder("kept.csv", "code\n404007\n");
    let list_of = ["old.farr", "new.farr", "--codelist", &list, "--system", "snomed"];
    let printed = diff(&[&list_of[..], &["--report", &list]].concat());
    assert_eq!(printed.code, 2);
    assert_eq!(std::fs::read_to_string(&list).unwrap(), "code\n404007\n");
}

#[test]
fn names_are_those_of_the_dialect_that_is_asked_for() {
    let names = |dialect: &str| {
        let (rows, _) = changes(&["--dialect", dialect]);
        rows.iter().map(|row| of(row, "display").to_owned()).collect::<BTreeSet<_>>()
    };
    let (gb, us) = (names("en-gb"), names("en-us"));
    assert!(gb.contains(GB_NAME) && !gb.contains(US_NAME), "{gb:?}");
    assert!(us.contains(US_NAME) && !us.contains(GB_NAME), "{us:?}");
}

#[test]
fn the_codes_of_a_column_are_each_told_once() {
    let table = in_folder("rows.csv", "nr,code\n1,404007\n2,404007\n3,\n4,24700007\n5,abc\n");
    let lines = in_folder(
        "rows.jsonl",
        "{\"code\":\"404007\"}\n{\"code\":null}\n{\"code\":\"24700007\"}\n{\"code\":\"abc\"}\n",
    );
    for file in [table.as_str(), lines.as_str()] {
        let (rows, code) = changes(&["--table", file, "--column", "code"]);
        assert_eq!(
            told(&rows),
            [
                ("cannot-tell", "24700007", ""),
                ("cannot-tell", "abc", ""),
                ("concept-moved", "404007", "")
            ]
        );
        assert_eq!(code, 1);
        let open = rows.iter().filter(|row| of(row, "change") == "cannot-tell");
        let reasons: Vec<_> = open.map(|row| of(row, "after")).collect();
        assert_eq!(reasons, ["in neither release", "not a code of SNOMED CT"]);
        let wrong = diff(&["old.farr", "new.farr", "--table", file, "--column", "kode"]);
        assert_eq!(wrong.code, 2, "{}", wrong.err);
    }
    assert_eq!(diff(&["old.farr", "new.farr", "--table", &table]).code, 2);
    assert_eq!(diff(&["old.farr", "new.farr", "--column", "code"]).code, 2);
}

#[test]
fn a_system_of_one_set_alone_is_not_passed_over() {
    let dmd = testdata("golden/1.0-dmd.farr").display().to_string();
    let (rows, code) = changes(&["--new", &dmd, "--only", "cannot-tell"]);
    assert_eq!(rows.len(), 1);
    assert_eq!((of(&rows[0], "system"), code), ("dmd", 1));
    let apart = diff(&["old.farr", &dmd]);
    assert_eq!(apart.code, 2);
    assert!(apart.err.contains("nothing to compare"), "{}", apart.err);
}

#[test]
fn published_folders_stand_for_their_current_sets() {
    for set in ["old", "new"] {
        let published = run(bare().current_dir(folder()).args([
            "publish",
            &format!("published-{set}"),
            &format!("{set}.farr"),
        ]));
        assert_eq!(published.code, 0, "{}", published.err);
    }
    let printed = diff(&["published-old", "published-new", "--format", "csv"]);
    assert_eq!(printed.out.lines().count(), 1 + ALL.len());
}

#[test]
fn a_table_counts_and_shows_the_first() {
    let printed = diff(&["old.farr", "new.farr", "--show", "1"]);
    assert_eq!(printed.code, 1);
    assert!(printed.out.contains("concepts inactivated"), "{}", printed.out);
    assert!(printed.out.contains("the release names instead: 404007"), "{}", printed.out);
    assert!(printed.out.contains("and 1 more"), "{}", printed.out);
    assert!(printed.err.contains("something that matters changed"));
    let printed = diff(&["old.farr", "new.farr", "--format", "csv"]);
    let header = "change,matters,system,code,display,component,before,after,related";
    assert_eq!(printed.out.lines().next(), Some(header));
    assert_eq!(printed.out.lines().count(), 1 + ALL.len());
}

#[test]
fn a_report_needs_nothing_else_and_runs_nothing() {
    let report = folder().join("report.html");
    let path = report.display().to_string();
    let printed = diff(&["old.farr", "new.farr", "--format", "csv", "--report", &path]);
    assert_eq!(printed.code, 1);
    let page = std::fs::read_to_string(&report).unwrap();
    for (kind, code, _) in ALL {
        assert!(page.contains(&format!("<code>{code}</code>")), "{code}");
        assert!(page.contains(&format!("id=\"snomedct-{kind}\"")), "{kind}");
    }
    // What is closed is not on paper.
    assert!(!page.contains("<details>") && page.contains("<details open>"));
    // It names what was compared, by day and by file, and how.
    for named in ["1 August 2026", "old.farr", "new.farr", "--format csv", "data-label=\"Older\""] {
        assert!(page.contains(named), "{named}");
    }
    assert!(!page.contains("Before you rely on this page"));
    for outside in ["<script", "http:", "https:", "url("] {
        let text = page.replace("http://snomed.info/", "");
        assert!(!text.contains(outside), "{outside}");
    }
}

/// The SHA-256 of a file in the folder.
fn sha256_of(file: &str) -> String {
    let bytes = std::fs::read(folder().join(file)).unwrap();
    Sha256Sum(Sha256::digest(bytes).into()).to_string()
}

#[test]
fn a_report_names_the_files_so_that_another_can_hold_them_against_it() {
    let list = in_folder("looked-at.csv", "code\n404007\n301000\n402006\n");
    let report = folder().join("yours.html");
    let path = report.display().to_string();
    let asked = ["--codelist", list.as_str(), "--system", "snomed"];
    let given = ["old.farr", "new.farr", "--report", path.as_str(), "--dialect", "en-us"];
    assert_eq!(diff(&[&given[..], &asked[..]].concat()).code, 1);
    let page = std::fs::read_to_string(&report).unwrap();
    for file in ["old.farr", "new.farr"] {
        let sum = sha256_of(file);
        assert!(page.contains(&format!("SHA-256 <code>{sum}</code>")), "{file}: {page}");
    }
    assert!(page.contains("<dt>Codes looked at</dt><dd>3</dd>"), "{page}");
    assert!(page.contains("<dt>Preferred terms</dt><dd>en-us"), "{page}");
    // Of whole releases no code is looked at more than another.
    assert_eq!(diff(&["old.farr", "new.farr", "--report", &path]).code, 1);
    let page = std::fs::read_to_string(&report).unwrap();
    assert!(!page.contains("Codes looked at"));
    assert!(page.contains("<dt>Preferred terms</dt><dd>nhs-clinical"));
}

#[test]
fn the_summary_for_a_program_has_what_the_report_begins_with_and_is_as_documented() {
    let table = in_folder("summed.csv", "code\n404007\n24700007\n");
    let summary = |arguments: &[&str]| -> Value {
        let mut all = vec!["old.farr", "new.farr", "--format", "csv", "--summary", "json"];
        all.extend(arguments);
        let printed = diff(&all);
        // Warnings stand before it.
        serde_json::from_str(printed.err.lines().last().unwrap()).unwrap()
    };
    let asked = ["--table", table.as_str(), "--column", "code", "--ignore", "concept-moved"];
    let of_table = summary(&asked);
    assert_eq!((&of_table["codes"], &of_table["changes"]), (&2.into(), &1.into()));
    assert_eq!((&of_table["cannot_tell"], &of_table["left_out"]), (&1.into(), &1.into()));
    let whole = summary(&["--dialect", "999001261000000100"]);
    assert_eq!(of(&whole, "dialect"), "999001261000000100");
    assert_eq!(whole["codes"], Value::Null);
    assert_eq!(whole["changes"], ALL.len());
    for (set, file) in [("older", "old.farr"), ("newer", "new.farr")] {
        let named = &whole[set]["files"][0];
        assert_eq!((of(named, "file"), of(named, "sha256")), (file, sha256_of(file).as_str()));
        let bytes = std::fs::metadata(folder().join(file)).unwrap().len();
        assert_eq!((&named["bytes"], of(named, "build_id").len()), (&bytes.into(), 16));
        assert_eq!(of(&whole[set]["releases"][0], "system"), "snomed");
    }
    // Every key is in the manual, and every key of the manual is there.
    let manual = manual("diff");
    let keys_of = manual.split("\nKeys of `json`: ").nth(1).unwrap();
    let documented: BTreeSet<String> =
        names(keys_of.split("\n\n").next().unwrap()).into_iter().collect();
    let mut keys = BTreeSet::new();
    [&of_table, &whole].iter().for_each(|value| gather_keys(value, &[], &mut keys));
    assert_eq!(keys, documented);
    let silent = diff(&["old.farr", "new.farr", "--format", "csv", "--summary", "none"]);
    assert_eq!(silent.err, "");
    assert_eq!(silent.code, 1);
}

#[test]
fn a_report_that_is_not_the_whole_says_so_first() {
    let report = folder().join("filtered.html");
    let path = report.display().to_string();
    let printed = diff(&["old.farr", "new.farr", "--only", "concept-removed", "--report", &path]);
    assert_eq!(printed.code, 0);
    let left_out = format!(
        "{} changes are left out by --only, --ignore or --matters, of which {} may matter",
        ALL.len(),
        ALL.len()
    );
    assert!(printed.err.contains(&format!("nothing is told; {left_out}")), "{}", printed.err);
    let page = std::fs::read_to_string(&report).unwrap();
    assert!(!page.contains("Nothing changed."), "it was not asked");
    assert!(page.contains("Nothing changed among the kinds that were asked for."));
    assert!(page.contains(&format!("what --only concept-removed chooses: {left_out}.")), "{page}");
    // What makes the releases an odd pair stands there too.
    let golden = |name: &str| testdata("golden").join(name).display().to_string();
    let (tiny, other) = (golden("1.0-tiny.farr"), golden("1.0-synthetic.farr"));
    assert_eq!(diff(&[&tiny, &other, "--show", "0", "--report", &path]).code, 1);
    let page = std::fs::read_to_string(&report).unwrap();
    assert!(page.contains("<li>The editions of SNOMED CT differ: 11999999107"), "{page}");
}

#[test]
fn two_editions_are_not_two_releases() {
    let golden = |name: &str| testdata("golden").join(name).display().to_string();
    let (tiny, other) = (golden("1.0-tiny.farr"), golden("1.0-synthetic.farr"));
    let printed = diff(&[&tiny, &other, "--show", "0"]);
    let told = "the editions of SNOMED CT differ: 11999999107";
    assert!(printed.err.contains(told), "{}", printed.err);
    assert!(printed.err.contains("and then 83821000000107"), "{}", printed.err);
    assert!(!diff(&["old.farr", "new.farr"]).err.contains("editions"));
}

#[test]
fn wrong_usage_and_missing_files_are_told_apart() {
    assert_eq!(diff(&["old.farr"]).code, 2);
    let named = diff(&["old.farr", "new.farr", "--index", "old.farr"]);
    assert_eq!(named.code, 2);
    assert!(named.err.contains("OLD and NEW"), "{}", named.err);
    assert_eq!(diff(&["old.farr", "absent.farr"]).code, 3);
    assert_eq!(diff(&["old.farr", "new.farr", "--codelist", "absent.csv"]).code, 3);
    assert_eq!(diff(&["old.farr", "new.farr", "--report", "absent/report.html"]).code, 3);
}

/// Codes of the rows whose change is one of some kinds.
fn codes_of<'r>(rows: &'r [Value], kinds: &[&str]) -> BTreeSet<&'r str> {
    let of_kind = rows.iter().filter(|row| kinds.contains(&of(row, "change")));
    of_kind.map(|row| of(row, "code")).collect()
}

/// Holds `farr codelist diff` of one list in two releases against `farr diff --codelist`.
fn lists_agree(old: &str, new: &str, list: &[&str]) -> Agreed {
    let rows = |arguments: &[&str]| -> Vec<Value> {
        let printed = run(bare().current_dir(folder()).args(arguments).args(["--format", "jsonl"]));
        assert!(printed.code < 2, "{}", printed.err);
        printed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let by_list = rows(&[&["codelist", "diff"], list, &["--old", old, "--index", new]].concat());
    let by_release = rows(&[&["diff", old, new, "--codelist"], list].concat());
    let (lost, gained) =
        (codes_of(&by_release, &["excluded"]), codes_of(&by_release, &["included"]));
    assert_eq!(codes_of(&by_list, &["removed"]), lost);
    assert_eq!(codes_of(&by_list, &["added"]), gained);
    // Of codes that came or went the list says no more.
    let stays = |codes: BTreeSet<&str>| -> BTreeSet<String> {
        let stays = codes.into_iter().filter(|code| !lost.contains(code) && !gained.contains(code));
        stays.map(str::to_owned).collect()
    };
    let kinds: [(&str, &[&str]); 5] = [
        ("inactivated", &["concept-inactivated"]),
        ("reactivated", &["concept-reactivated"]),
        ("new-in-release", &["concept-added"]),
        ("gone-from-release", &["concept-removed"]),
        ("moved", &["concept-moved"]),
    ];
    for (kind, told) in kinds {
        assert_eq!(
            stays(codes_of(&by_list, &[kind])),
            stays(codes_of(&by_release, told)),
            "{kind}"
        );
    }
    // A list is told with one term of each code, a release with those of all dialects.
    let names = codes_of(&by_release, &["preferred-term-changed", "fsn-changed"]);
    let renamed = codes_of(&by_list, &["renamed"]);
    assert!(renamed.is_subset(&names), "{renamed:?}, {names:?}");
    let mut agreed = Agreed { rows: by_list.len(), renamed: renamed.len(), ..Agreed::default() };
    // Reasons and what stands in the place of a code are the same.
    for row in by_list.iter().filter(|row| of(row, "change") == "inactivated") {
        let same = |other: &&Value| {
            of(other, "change") == "concept-inactivated" && of(other, "code") == of(row, "code")
        };
        let Some(other) = by_release.iter().find(same) else { continue };
        let reason = if of(row, "reason").is_empty() { "inactive" } else { of(row, "reason") };
        assert_eq!(reason, of(other, "after"));
        let related = other["related"].as_array().unwrap().iter().map(|one| of(one, "code"));
        let successors = row["successors"].as_array().unwrap().iter();
        let successors: Vec<_> = successors.map(|one| one.as_str().unwrap()).collect();
        assert_eq!(related.collect::<Vec<_>>(), successors);
        agreed.reasons += usize::from(!of(row, "reason").is_empty());
        agreed.successors += successors.len();
    }
    agreed
}

/// What two verbs agreed in, counted: they agree in nothing, too.
#[derive(Debug, Default)]
struct Agreed {
    rows: usize,
    renamed: usize,
    reasons: usize,
    successors: usize,
}

#[test]
fn a_list_changes_in_the_same_whichever_verb_is_asked() {
    let column =
        in_folder("agreed.csv", "code\n4061999999102\n404007\n402006\n5021999999105\n301000\n");
    let agreed = lists_agree("old.farr", "new.farr", &[&column, "--system", "snomed"]);
    assert!(agreed.rows >= 3 && agreed.successors > 0, "{agreed:?}");
    let constraint = in_folder("agreed.ecl", "<< 402006");
    assert_eq!(lists_agree("old.farr", "new.farr", &[&constraint]).rows, 2);

    let parameters = Parameters { seed: 3, scale: 0.001, ..Parameters::default() };
    let release = Release::new(parameters).unwrap();
    release.write(&folder().join("first")).unwrap();
    let first = folder().join("first").join(release.name());
    let plants = Plants { date: None, changes: 10, seed: 3 };
    let next = farr_synth::write_next(&first, &folder().join("second"), plants).unwrap();
    build(&first, &folder().join("first.farr"));
    build(&folder().join("second"), &folder().join("second.farr"));
    let concepts = next.changes.iter().filter(|change| {
        change.kind.starts_with("concept-") || change.kind == "preferred-term-changed"
    });
    let codes: BTreeSet<&str> = concepts.map(|change| change.code.as_str()).collect();
    let text: Vec<&str> = std::iter::once("code").chain(codes).collect();
    let column = in_folder("planted.csv", &text.join("\n"));
    let agreed = lists_agree("first.farr", "second.farr", &[&column, "--system", "snomed"]);
    assert!(agreed.rows > 50, "{agreed:?}");
    assert!(agreed.reasons > 0 && agreed.successors > 0, "{agreed:?}");
    let constraint = in_folder("all.ecl", "<< 138875005");
    let agreed = lists_agree("first.farr", "second.farr", &[&constraint]);
    assert!(agreed.rows > 50 && agreed.renamed > 0, "{agreed:?}");
}

#[test]
fn an_in_clause_is_a_list_of_all_its_codes() {
    let list = in_folder("list.sql", "('301000', '4061999999102')\n");
    let (rows, _) = changes(&["--codelist", &list, "--system", "snomed"]);
    assert_eq!(told(&rows), [("concept-inactivated", "4061999999102", "")]);
}

#[test]
fn what_is_to_be_told_of_a_list_is_told_beside_what_changed() {
    let set = |beside: &str| {
        format!(
            r#"{{"resourceType":"ValueSet",{beside}"contains":[
            {{"system":"http://snomed.info/sct","code":"301000"}}]}}}}"#
        )
    };
    let active_only = r#""expansion":{"parameter":[{"name":"activeOnly","valueBoolean":true}],"#;
    let other = r#"{"resourceType":"ValueSet","compose":{"include":[
        {"valueSet":["http://snomed.info/sct/999?fhir_vs=isa/301000"]}]}}"#;
    for (name, text, told) in [
        ("active.json", set(active_only), "the expansion leaves out inactive codes"),
        ("twice.csv", "code\n301000\n301000\n".to_owned(), "301000 stands on line 2 too"),
        ("edition.json", other.to_owned(), "it is of the version http://snomed.info/sct/999"),
    ] {
        let list = in_folder(name, &text);
        let mut asked = vec!["old.farr", "new.farr", "--codelist", &list];
        if name.ends_with(".csv") {
            asked.extend(["--system", "snomed"]);
        }
        let report = folder().join("noted.html").display().to_string();
        asked.extend(["--report", &report]);
        let printed = diff(&asked);
        assert!(printed.err.contains(told), "{name}: {}", printed.err);
        let page = std::fs::read_to_string(&report).unwrap();
        assert!(
            page.contains(&format!("<li>List {list}")) && page.contains(told),
            "{name}: {page}"
        );
        assert_eq!(printed.err.matches(told).count(), 1, "{name}: {}", printed.err);
    }
}
