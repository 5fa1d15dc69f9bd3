//! Indexes with dm+d, and what the manual says of answers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, OnceLock};

use serde_json::Value;

use super::{Printed, bare, folder, index, run};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn build(name: &str, build: farr_build::Build) -> PathBuf {
    let file = folder("indexes").join(name);
    build.run(&file, &farr_build::Silent).unwrap();
    file
}

/// dm+d written by hand, alone.
pub(crate) fn by_hand() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let release = Path::new(REPOSITORY).join("testdata/dmd");
        build("by-hand.farr", farr_build::Build::new().dmd(release))
    })
}

/// The synthetic dm+d and SNOMED CT, whose drug concepts are products of it in part.
pub(crate) fn with_snomed() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let both = Path::new(REPOSITORY).join("testdata/synthetic");
        build("with-snomed.farr", farr_build::Build::new().snomed(&both).dmd(&both))
    })
}

/// The classifications written by hand: the UK edition, ICD-10-CM and OPCS-4.
pub(crate) fn classifications() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let [uk, cm, opcs4] = ["uk", "cm", "opcs4"]
            .map(|folder| Path::new(REPOSITORY).join("testdata/icd10").join(folder));
        let editions = farr_build::Build::new().icd10(uk).icd10(cm).opcs4(opcs4);
        build("classifications.farr", editions)
    })
}

/// ICD-10 written by hand as ClaML.
pub(crate) fn claml() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let claml = Path::new(REPOSITORY).join("testdata/icd10/claml");
        build("claml.farr", farr_build::Build::new().icd10(claml))
    })
}

/// An index of real dm+d files; or nothing and a word about it, where they are not there.
pub(crate) fn real(name: &str) -> Option<PathBuf> {
    let beside = Path::new(REPOSITORY).join("../shared/data");
    let data = std::env::var_os("FARR_SHARED_DATA").map_or(beside, PathBuf::from);
    let folder = data.join("dmd").join(name);
    if folder.is_dir() {
        static BUILT: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());
        let mut built = BUILT.lock().unwrap();
        let index = || build(&format!("{name}.farr"), farr_build::Build::new().dmd(&folder));
        return Some(built.entry(name.to_owned()).or_insert_with(index).clone());
    }
    // Not through `eprintln!`, which the test harness swallows where a test passes.
    let skipped = format!("SKIPPED: {} is not there: not tested\n", folder.display());
    let _ = std::io::stderr().write_all(skipped.as_bytes());
    None
}

/// Lines of the workload of the synthetic release.
pub(crate) fn workload(name: &str) -> Vec<String> {
    let file = Path::new(REPOSITORY).join("testdata/synthetic/workload").join(name);
    std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect()
}

/// Asks an index.
pub(crate) fn ask_of(index: &Path, arguments: &[&str]) -> Printed {
    run(bare().env("FARR_INDEX", index).args(arguments))
}

/// Asks an index with something piped in.
pub(crate) fn pipe_to(index: &Path, input: &str, arguments: &[&str]) -> Printed {
    run(bare().env("FARR_INDEX", index).args(arguments).write_stdin(input))
}

/// The records of an answer in JSON.
pub(crate) fn json_of(index: &Path, arguments: &[&str]) -> (Vec<Value>, i32) {
    let printed = ask_of(index, &[arguments, &["--format", "json"]].concat());
    assert_eq!(printed.err, "");
    let records = serde_json::from_str(&printed.out);
    (records.unwrap_or_else(|error| panic!("{error}: {}", printed.out)), printed.code)
}

/// The header and the rows of delimited text.
pub(crate) fn rows_of(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

/// The columns of these names, row by row, without the header.
pub(crate) fn columns(rows: &[Vec<String>], names: &[&str]) -> Vec<Vec<String>> {
    let at = |name: &&str| rows[0].iter().position(|column| column == name).expect(name);
    let places: Vec<usize> = names.iter().map(at).collect();
    rows[1..].iter().map(|row| places.iter().map(|at| row[*at].clone()).collect()).collect()
}

/// No answer of a damaged index, and of one without dm+d; nothing stands on standard output.
pub(crate) fn gives_nothing_without_good_data(verb: &str, item: &str) {
    for format in ["table", "json", "csv", "codes"] {
        let absent = ask_of(index(), &[verb, item, "--format", format]);
        assert_eq!((absent.code, absent.out.as_str()), (3, ""), "{format}");
        assert!(absent.err.contains("no opened index holds dm+d"), "{}", absent.err);
        assert!(absent.err.contains("--dmd"), "{}", absent.err);
    }
    let good = std::fs::read(by_hand()).unwrap();
    let damaged = folder(verb).join("damaged.farr");
    let mut told = 0;
    for at in (0..good.len()).step_by(good.len() / 40) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x10;
        std::fs::write(&damaged, &bytes).unwrap();
        for format in ["table", "csv"] {
            let arguments = [verb, item, "--on", "2024-01-01", "--format", format];
            let (sound, printed) = (ask_of(by_hand(), &arguments), ask_of(&damaged, &arguments));
            // Damage in what the answer does not touch is no matter; in what it does, none is given.
            match printed.code {
                3 => {
                    assert_eq!(printed.out, "", "byte {at}");
                    told += 1;
                }
                code => assert_eq!((printed.out, code), (sound.out, sound.code), "byte {at}"),
            }
        }
    }
    assert!(told > 10, "{told} of 80 were noticed");
    let missing = ask_of(Path::new("/no/such.farr"), &[verb, item]);
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("/no/such.farr"), "{}", missing.err);
}

/// A reader that goes away after one line is no failure, and nothing is said of it.
pub(crate) fn ends_quietly_where_the_pipe_is_closed(verb: &str, item: &str) {
    let input = folder(verb).join("many.txt");
    std::fs::write(&input, format!("{item}\n").repeat(20_000)).unwrap();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("farr"))
        .args([verb, "--format", "csv"])
        .env("FARR_INDEX", by_hand())
        .stdin(std::fs::File::open(&input).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains(",status,"), "{line}");
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
    assert!(child.wait().unwrap().success());
}

/// What OUTPUT.md has of a verb.
pub(crate) fn manual(verb: &str) -> String {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/OUTPUT.md")).unwrap();
    let start = text.find(&format!("\n## {verb}\n")).unwrap();
    let section = text[start + 4..].split("\n## ").next().unwrap();
    section.to_owned()
}

/// The words between backticks.
pub(crate) fn names(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Compares the manual with an answer: the columns in their order, and every key of every record
/// but those below `apart`, which are the release's own.
pub(crate) fn is_as_documented(verb: &str, header: &[String], records: &[Value], apart: &[&str]) {
    let manual = manual(verb);
    let start = manual.find("\nColumns: ").unwrap();
    let mut depth = 0;
    // What stands in brackets explains a column, and names none.
    let paragraph: String = manual[start..]
        .trim_start()
        .split("\n\n")
        .next()
        .unwrap()
        .chars()
        .filter(|character| {
            depth += i32::from(*character == '(');
            let kept = depth == 0;
            depth -= i32::from(*character == ')');
            kept
        })
        .collect();
    assert_eq!(names(&paragraph), header);

    let documented: BTreeSet<String> =
        names(&manual[manual.find("\nJSON: ").unwrap()..]).into_iter().collect();
    let mut keys = BTreeSet::new();
    records.iter().for_each(|record| gather_keys(record, apart, &mut keys));
    let unknown: Vec<&String> = keys.difference(&documented).collect();
    assert!(unknown.is_empty(), "not in OUTPUT.md: {unknown:?}");
    assert!(keys.len() > 10, "{keys:?}");
    // All statuses that came up are in the table, with how the process ends.
    for record in records {
        let status = record["status"].as_str().unwrap();
        assert!(manual.contains(&format!("\n| `{status}` |")), "{status}");
    }
}

pub(crate) fn gather_keys(value: &Value, apart: &[&str], keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                if !apart.contains(&key.as_str()) {
                    gather_keys(value, apart, keys);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| gather_keys(value, apart, keys)),
        _ => {}
    }
}
