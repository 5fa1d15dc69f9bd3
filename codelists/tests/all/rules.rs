//! Rule packs: what is told of broken ones, what shipped ones ask, and their schema.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use farr::coding::{BindingError, Coding, Facts, Outcome, Validator};
use farr::{Date, Terminology};
use farr_codelists::rules::{self, NamedBinding, Shown};
use proptest::prelude::*;
use serde_json::{Value, json};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn broken() -> PathBuf {
    repository().join("testdata/rules/broken")
}

/// `FILE:LINE:COLUMN: message`, a line a problem, of every broken pack.
fn told() -> String {
    let entries = std::fs::read_dir(broken()).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "toml" || end == "json"));
    files.sort();
    let mut told = String::new();
    for file in files {
        let error = rules::read(&file).expect_err(&file.display().to_string());
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(!error.is_unread(), "{error}");
        for problem in error.problems {
            let place = problem.place.unwrap();
            told.push_str(&format!("{name}:{place}: {}\n", problem.message));
        }
    }
    told
}

#[test]
fn every_problem_of_a_broken_pack_is_told_with_its_place() {
    let expected = broken().join("problems.txt");
    if std::env::var_os("FARR_BLESS").is_some() {
        std::fs::write(&expected, told()).unwrap();
    }
    assert_eq!(told(), std::fs::read_to_string(expected).unwrap());
}

fn golden() -> Terminology {
    let names = ["tiny", "dmd", "classifications"];
    let file = |name| repository().join(format!("testdata/golden/1.0-{name}.farr"));
    Terminology::open(names.map(file)).unwrap()
}

fn all_bindings() -> impl Iterator<Item = &'static NamedBinding> {
    rules::shipped().iter().flat_map(|pack| pack.bindings())
}

/// The bindings that name concepts of the real release, which the golden files do not have. The tests
/// of the command have a release with those ids.
const NAMING_CONCEPTS: [&str; 5] = [
    "nhs-dids#imaging-code-v2",
    "uk-core#allergy-code",
    "uk-core#condition-code",
    "uk-core#pathology-observation",
    "uk-core#procedure-code",
];

#[test]
fn shipped_bindings_join_with_the_golden_files_where_they_name_no_concept() {
    let terminology = golden();
    let mut naming = BTreeSet::new();
    for named in all_bindings() {
        match Validator::new(&terminology, named.binding()) {
            Ok(validator) => assert_eq!(validator.binding().name(), named.reference()),
            Err(BindingError::Constraint(_) | BindingError::Refset(_)) => {
                naming.insert(named.reference());
            }
            Err(error) => panic!("{}: {error}", named.reference()),
        }
    }
    assert_eq!(naming.iter().map(String::as_str).collect::<Vec<_>>(), NAMING_CONCEPTS);
}

#[test]
fn the_examples_of_shipped_packs_hold_with_and_without_releases() {
    let none = Terminology::open(Vec::<&str>::new()).unwrap();
    let all = golden();
    for named in all_bindings() {
        if let Ok(validator) = Validator::new(&none, named.binding()) {
            for example in named.examples() {
                let shown = example.shown_by(&validator);
                assert!(!matches!(shown, Shown::Otherwise(_)), "{}: {shown:?}", named.reference());
            }
        }
        if let Ok(validator) = Validator::new(&all, named.binding()) {
            for example in named.examples() {
                let shown = example.shown_by(&validator);
                assert_eq!(shown, Shown::AsStated, "{} {}", named.reference(), example.code);
            }
        }
    }
}

/// A line of `testdata/rules/examples.tsv`: what depends on a release.
struct Case<'c> {
    binding: &'c str,
    release: &'c str,
    code: &'c str,
    beside: BTreeMap<&'c str, &'c str>,
    outcome: &'c str,
    findings: &'c str,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let lines = text.lines().skip(1);
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [binding, release, code, beside, outcome, findings, _about] = fields[..] else {
                panic!("seven columns: {line}");
            };
            let beside = beside.split("; ").filter_map(|part| part.split_once('=')).collect();
            Case { binding, release, code, beside, outcome, findings }
        })
        .collect()
}

const CASES: &str = include_str!("../../../testdata/rules/examples.tsv");

#[test]
fn shipped_bindings_say_of_codes_what_their_sources_do() {
    let terminology = golden();
    let mut wrong = Vec::new();
    for case in cases(CASES).iter().filter(|case| case.release == "golden") {
        let named = rules::binding(case.binding).unwrap();
        let validator = Validator::new(&terminology, named.binding()).unwrap();
        let get = |key: &str| case.beside.get(key).copied();
        let day = |key| get(key).map(|day: &str| Date::from_number(day.parse().unwrap()).unwrap());
        let facts = Facts::new()
            .recorded(day("recorded"))
            .today(day("today"))
            .sex(get("sex").map(|sex| sex.parse().unwrap()))
            .age(get("age").map(|age| age.parse().unwrap()));
        let verdict = validator.check(&Coding::unstated(case.code).display(get("display")), &facts);
        let found: Vec<&str> = verdict.findings().iter().map(|found| found.code().code()).collect();
        let given = (verdict.outcome().word(), found.join(", "));
        if given != (case.outcome, case.findings.to_owned()) {
            wrong.push(format!("{} {}: {given:?}", case.binding, case.code));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_shipped_binding_has_an_example_that_it_accepts_and_one_that_it_does_not() {
    for named in all_bindings() {
        let reference = named.reference();
        let mut outcomes: BTreeSet<&str> =
            named.examples().iter().map(|example| example.outcome.word()).collect();
        outcomes.extend(cases(CASES).iter().filter(|c| c.binding == reference).map(|c| c.outcome));
        assert!(outcomes.contains(Outcome::Accept.word()), "{reference}");
        assert!(outcomes.len() > 1, "{reference}: {outcomes:?}");
    }
}

#[test]
fn a_binding_is_found_by_pack_and_name() {
    let refused = |reference: &str| rules::binding(reference).unwrap_err().to_string();
    assert_eq!(rules::binding("nhs-number").unwrap().reference(), "nhs-number#nhs-number");
    assert_eq!(rules::binding("nhs-number#nhs-number").unwrap().name(), "nhs-number");
    assert!(refused("nhs-cds").contains("nhs-cds#BINDING, one of diagnosis, diagnosis-plausible"));
    assert!(refused("nhs-cds#diagnosys").contains("did you mean \"diagnosis\"?"));
    assert!(refused("nhs-cdss#diagnosis").contains("did you mean \"nhs-cds\"?"));
    assert!(refused("no/such/file.toml").contains("no such file; the packs that come with farr"));
    let file = repository().join("codelists/packs/uk-core.toml");
    let named = rules::binding(&format!("{}#condition-code", file.display())).unwrap();
    assert_eq!(named.reference(), "uk-core#condition-code");
    let folder = rules::read(repository()).unwrap_err();
    assert!(folder.is_unread(), "{folder}");
}

#[test]
fn a_file_of_codes_is_read_beside_its_pack() {
    let pack = rules::read(repository().join("testdata/rules/lists.toml")).unwrap();
    let terminology = golden();
    for (name, code, outcome) in [
        ("file", "401004", Outcome::Accept),
        ("file", "404007", Outcome::Reject),
        ("table", "401004", Outcome::Accept),
        ("table", "404007", Outcome::Reject),
        ("codes", "A01.0", Outcome::Accept),
        ("codes", "A01.1", Outcome::Reject),
        ("resource", "401004", Outcome::Accept),
        ("resource", "404007", Outcome::Reject),
    ] {
        let named = pack.binding(name).unwrap();
        let validator = Validator::new(&terminology, named.binding()).unwrap();
        let verdict = validator.check(&Coding::unstated(code), &Facts::new());
        assert_eq!(verdict.outcome(), outcome, "{name} {code}: {verdict:?}");
    }
}

/// A pack of TOML as JSON.
fn as_json(text: &str) -> Value {
    toml::from_str(text).unwrap()
}

fn of_json(value: &Value) -> Result<rules::RulePack, rules::RulesError> {
    let none = |_: &Path| Err(std::io::ErrorKind::NotFound.into());
    rules::of_bytes("pack.json", serde_json::to_string_pretty(value).unwrap().as_bytes(), &none)
}

#[test]
fn json_gives_the_same_bindings_as_toml() {
    for pack in rules::shipped() {
        let again = of_json(&as_json(pack.text())).unwrap();
        let bindings = |pack: &rules::RulePack| {
            let each = pack.bindings().iter().map(|named| {
                format!("{:?} {:?} {:?}", named.binding(), named.source(), named.systems())
            });
            each.collect::<Vec<_>>()
        };
        assert_eq!(bindings(pack), bindings(&again));
    }
}

#[test]
fn the_schema_that_is_published_is_the_one_that_is_made() {
    let file = repository().join("docs/rule-pack.schema.json");
    let made = format!("{}\n", serde_json::to_string_pretty(&rules::schema()).unwrap());
    if std::env::var_os("FARR_BLESS").is_some() {
        std::fs::write(&file, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), made);
}

/// Whether a value satisfies a schema, as far as schemas of packs go.
fn satisfies(value: &Value, schema: &Value) -> bool {
    const READ: [&str; 17] = [
        "$schema",
        "title",
        "description",
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "additionalProperties",
        "minItems",
        "minLength",
        "minimum",
        "maximum",
        "uniqueItems",
        "propertyNames",
        "pattern",
        "anyOf",
    ];
    let schema = schema.as_object().unwrap();
    schema.iter().all(|(keyword, asked)| {
        assert!(READ.contains(&keyword.as_str()), "{keyword} is not read here");
        let count = |length: usize| length as u64 >= asked.as_u64().unwrap();
        match (keyword.as_str(), value) {
            ("type", _) => match asked.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_u64(),
                other => panic!("{other}"),
            },
            ("properties", Value::Object(members)) => {
                let known = asked.as_object().unwrap();
                members
                    .iter()
                    .all(|(key, value)| known.get(key).is_none_or(|s| satisfies(value, s)))
            }
            ("required", Value::Object(members)) => asked
                .as_array()
                .unwrap()
                .iter()
                .all(|key| members.contains_key(key.as_str().unwrap())),
            ("additionalProperties", Value::Object(members)) => {
                let known = schema.get("properties").and_then(Value::as_object);
                let mut others =
                    members.iter().filter(|(key, _)| known.is_none_or(|k| !k.contains_key(*key)));
                match asked {
                    Value::Bool(false) => others.next().is_none(),
                    of_each => others.all(|(_, value)| satisfies(value, of_each)),
                }
            }
            ("propertyNames", Value::Object(members)) => {
                members.keys().all(|key| satisfies(&json!(key), asked))
            }
            ("items", Value::Array(items)) => items.iter().all(|item| satisfies(item, asked)),
            ("minItems", Value::Array(items)) => count(items.len()),
            ("minLength", Value::String(text)) => count(text.chars().count()),
            ("uniqueItems", Value::Array(items)) => {
                items.iter().enumerate().all(|(place, item)| !items[..place].contains(item))
            }
            ("enum", _) => asked.as_array().unwrap().contains(value),
            ("minimum", Value::Number(number)) => number.as_u64() >= asked.as_u64(),
            ("maximum", Value::Number(number)) => number.as_u64() <= asked.as_u64(),
            ("anyOf", _) => asked.as_array().unwrap().iter().any(|one| satisfies(value, one)),
            _ => true,
        }
    })
}

#[test]
fn packs_satisfy_the_schema_and_broken_ones_do_not() {
    let schema = rules::schema();
    for pack in rules::shipped() {
        assert!(satisfies(&as_json(pack.text()), &schema), "{}", pack.name());
    }
    let lists = std::fs::read_to_string(repository().join("testdata/rules/lists.toml")).unwrap();
    assert!(satisfies(&as_json(&lists), &schema));
    for name in ["fields.toml", "no-bindings.toml", "no-tables.toml", "values.toml"] {
        let text = std::fs::read_to_string(broken().join(name)).unwrap();
        assert!(!satisfies(&as_json(&text), &schema), "{name}");
    }
}

/// A pack that has every table.
fn whole() -> Value {
    json!({
        "name": "whole", "version": "1", "description": "d",
        "binding": [{
            "name": "b", "title": "t", "systems": ["snomed"],
            "source": { "title": "t", "sure": "ours" },
            "value-set": { "codes": ["24700007"] },
            "example": [{ "code": "1", "outcome": "reject" }],
        }],
    })
}

#[test]
fn the_reader_and_the_schema_have_the_same_fields_and_words() {
    let schema = rules::schema();
    assert!(of_json(&whole()).is_ok() && satisfies(&whole(), &schema));
    let binding = "/properties/binding/items";
    let tables = [
        ("", String::new()),
        ("/binding/0", binding.to_owned()),
        ("/binding/0/source", format!("{binding}/properties/source")),
        ("/binding/0/value-set", format!("{binding}/properties/value-set/anyOf/1")),
        ("/binding/0/example/0", format!("{binding}/properties/example/items")),
    ];
    let told =
        |pack: &Value| of_json(pack).map_or_else(|error| error.to_string(), |_| String::new());
    let mut words = 0;
    for (at, of_schema) in tables {
        let table = schema.pointer(&of_schema).unwrap();
        let required: Vec<&Value> = table["required"].as_array().unwrap().iter().collect();
        for (field, kind) in table["properties"].as_object().unwrap() {
            let with = |key: &str, value: Value| {
                let mut pack = whole();
                let table = pack.pointer_mut(at).unwrap().as_object_mut().unwrap();
                table.insert(key.to_owned(), value);
                pack
            };
            // Neither takes nothing for a value, and the reader knows the field.
            let null = with(field, Value::Null);
            let said = told(&null);
            assert!(said.contains("is null") && !said.contains("no field"), "{at} {field}: {said}");
            assert!(!satisfies(&null, &schema), "{at} {field}");
            // Neither knows it by another name.
            let misspelt = with(&format!("{field}-x"), json!("x"));
            assert!(told(&misspelt).contains("has no field"), "{at} {field}");
            assert!(!satisfies(&misspelt, &schema), "{at} {field}");
            // Both miss it, or neither does.
            let mut without = whole();
            without.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(field);
            let missed = told(&without).contains(&format!("has no {field}, which"));
            assert_eq!(missed, required.contains(&&json!(field)), "{at} {field}");
            // Words: those of the schema are words, and no other.
            let of_one = kind.get("enum");
            let of_list = kind.pointer("/items/enum");
            for word in of_one.or(of_list).into_iter().flat_map(|all| all.as_array().unwrap()) {
                let value = if of_one.is_some() { word.clone() } else { json!([word]) };
                let said = told(&with(field, value));
                let refused = [" is ", " has "].map(|verb| format!("{field}{verb}{word}"));
                assert!(!refused.iter().any(|text| said.contains(text)), "{word}: {said}");
                words += 1;
            }
            if of_one.or(of_list).is_some() {
                let value = if of_one.is_some() { json!("no word") } else { json!(["no word"]) };
                assert!(told(&with(field, value)).contains("\"no word\""), "{at} {field}");
            }
        }
    }
    assert!(words > 50, "{words}");
}

/// What may come to stand in a pack by a slip.
const SLIPS: [&str; 24] = [
    "",
    " ",
    "\n",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "[[binding]]",
    "[binding.source]",
    "{",
    "}",
    "=",
    ",",
    "é",
    "\u{feff}",
    "\0",
    "1",
    "true",
    "\"any\"",
    "name = \"b\"",
    "[\"snomed\"]",
    "active = false",
    "value-set = { codes = [\"24700007\"] }",
];

proptest! {
    /// A pack with slips is refused with places within it, or is a pack whose text is read again.
    #[test]
    fn a_pack_with_slips_is_refused_whole_or_read_whole(
        pack in 0..rules::shipped().len(),
        as_json in any::<bool>(),
        slips in prop::collection::vec((any::<prop::sample::Index>(), 0..20_usize, 0..SLIPS.len()), 1..4),
    ) {
        let mut text = rules::shipped()[pack].text().to_owned();
        if as_json {
            text = serde_json::to_string_pretty(&self::as_json(&text)).unwrap();
        }
        for (at, length, slip) in slips {
            let floor = |mut at: usize| {
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let start = floor(at.index(text.len()));
            let end = floor((start + length).min(text.len())).max(start);
            text.replace_range(start..end, SLIPS[slip]);
        }
        let none = |_: &Path| Err(std::io::ErrorKind::NotFound.into());
        let read = |text: &str| rules::of_bytes("slip", text.as_bytes(), &none);
        let lines = text.matches(['\n', '\r']).count() as u64 + 1;
        match read(&text) {
            Ok(pack) => {
                prop_assert!(!pack.bindings().is_empty());
                prop_assert_eq!(read(pack.text()).unwrap().bindings().len(), pack.bindings().len());
            }
            Err(error) => {
                prop_assert!(!error.problems.is_empty());
                let mut last = None;
                for problem in error.problems {
                    prop_assert!(problem.place.is_some_and(|place| place.line <= lines));
                    prop_assert!(last <= problem.place, "in the order of the file");
                    last = problem.place;
                }
            }
        }
    }
}

/// A pack whose value set is of a file beside it, and what is told of it.
#[cfg(unix)]
fn told_of(folder: &std::path::Path, file: &str) -> String {
    let pack = folder.join("pack.toml");
    let text = format!(
        "name = \"p\"\nversion = \"1\"\ndescription = \"d\"\n[[binding]]\nname = \"b\"\ntitle = \"t\"\n\
         systems = [\"snomed\"]\nsource = {{ title = \"t\", sure = \"ours\" }}\nvalue-set = \"{file}\"\n"
    );
    std::fs::write(&pack, text).unwrap();
    rules::read(&pack).map_or_else(|error| error.to_string(), |_| "read".to_owned())
}

#[cfg(unix)]
#[test]
fn a_pack_reads_what_came_with_it_and_waits_for_nothing() {
    use std::os::unix::fs::symlink;
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("pack-{}", std::process::id()));
    let below = folder.join("pack/lists");
    std::fs::create_dir_all(&below).unwrap();
    let pack = folder.join("pack");
    std::fs::write(folder.join("secret.csv"), "code\n401004\n").unwrap();
    std::fs::write(below.join("a.csv"), "code\n401004\n").unwrap();
    symlink(folder.join("secret.csv"), pack.join("link.csv")).unwrap();
    symlink(&folder, pack.join("up")).unwrap();
    symlink(below.join("a.csv"), pack.join("inner.csv")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(pack.join("pipe.csv")).status().unwrap();
    assert!(made.success());
    let large = std::fs::File::create(pack.join("large.csv")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    assert_eq!(told_of(&pack, "lists/a.csv"), "read");
    assert_eq!(told_of(&pack, "inner.csv"), "read");
    for (file, why) in [
        ("link.csv", "leads out of the folder"),
        ("up/secret.csv", "leads out of the folder"),
        ("pipe.csv", "no regular file"),
        ("large.csv", "more than 64 MiB"),
        ("absent.csv", "not found"),
    ] {
        let told = told_of(&pack, file);
        assert!(told.contains(why), "{file}: {told}");
        assert!(!told.contains("401004"), "{told}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
