//! Real and dummy releases, which are not a part of this repository: looked for beside it, or
//! where `FARR_SHARED_DATA` says, and passed over loudly where they are not.

mod support;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use farr::Terminology;
use farr_build::{Build, BuildError, NoteKind, Report, Silent};
use support::compare::compare;
use support::model::{Model, number};
use support::scan::{self, Scan};

/// A folder of the shared data, or nothing and a word about it.
fn shared(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("FARR_SHARED_DATA").map_or(beside, PathBuf::from);
    let folder = data.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    // Not through `eprintln!`, which the test harness swallows where a test passes.
    let skipped = format!("SKIPPED: {} is not there: not tested\n", folder.display());
    let _ = std::io::stderr().write_all(skipped.as_bytes());
    None
}

/// Copies a dummy release without its comments and empty lines, which are no part of RF2.
fn stripped(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let copy = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            stripped(&path, &copy);
            continue;
        }
        std::fs::create_dir_all(to).expect("a folder can be made");
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let text: String = lines.map(|line| format!("{line}\r\n")).collect();
        std::fs::write(copy, text).expect("the file can be written");
    }
}

/// A stripped copy of each of these folders, in a folder that goes away with the first.
fn copies(names: &[&str]) -> Option<(tempfile::TempDir, Vec<PathBuf>)> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut paths = Vec::new();
    for name in names {
        let copy = folder.path().join(name.replace('/', "-"));
        stripped(&shared(name)?, &copy);
        paths.push(copy);
    }
    Some((folder, paths))
}

/// The ids of all concept rows of a package, whatever its release type.
fn concept_ids(folder: &Path, ids: &mut BTreeSet<u64>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            concept_ids(&path, ids);
        } else if path.file_name().is_some_and(|n| n.to_string_lossy().contains("_Concept_")) {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            ids.extend(text.lines().skip(1).filter_map(|line| line.split('\t').next()).map(number));
        }
    }
}

fn run(packages: &[PathBuf], strict: bool, output: &Path) -> Result<Report, BuildError> {
    let build = packages.iter().fold(Build::new().strict(strict), |build, path| build.snomed(path));
    build.run(output, &Silent)
}

fn opened(packages: &[PathBuf], folder: &Path) -> (Terminology, Report) {
    let output = folder.join("index.farr");
    let report = run(packages, false, &output).unwrap_or_else(|error| panic!("{error}"));
    (Terminology::open([output]).expect("the builder verified it"), report)
}

#[test]
fn the_hl7_test_edition_is_read_as_it_stands() {
    let Some(edition) = shared("snomed/hl7-test-edition") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (opened, report) = opened(std::slice::from_ref(&edition), folder.path());
    let counts = [
        ("concepts", 2_258),
        ("active concepts", 2_254),
        ("descriptions", 7_882),
        ("text definitions", 363),
        ("is-a", 3_264),
        ("attributes", 3_681),
        ("concrete values", 8),
    ];
    for (name, count) in counts {
        assert_eq!(report.meta.count(name), Some(count), "{name}");
    }
    let parentless = report.notes.of(NoteKind::Parentless).expect("some have no parent");
    assert_eq!(parentless.count, 3);
    for id in ["31000003106", "900000000000012004", "900000000000207008"] {
        assert!(parentless.examples.iter().any(|named| named.contains(id)), "{id}");
    }
    let model = Model::read(&[&edition]);
    let snomed = opened.snomed().expect("the builder verified it");
    compare(snomed, &model);
    let scan = Scan::new(&model);
    for query in ["a", "di", "dis fin", "heart", "structure of heart", "2", "x-ray", "café", "of"]
    {
        scan::compare(snomed, &scan, query);
    }
    // The beginnings of every term's first two words.
    for row in model.descriptions.values().step_by(37) {
        let words: Vec<String> =
            row[7].split(' ').take(2).map(|word| word.chars().take(4).collect()).collect();
        scan::compare(snomed, &scan, &words.join(" "));
    }
}

#[test]
fn an_extension_on_its_edition_is_merged_and_its_wrong_ids_are_told() {
    let names = ["snomed/mini-edition", "snomed/mini-extension-sv"];
    let Some((folder, packages)) = copies(&names) else { return };
    let (opened, report) = opened(&packages, folder.path());
    let model = Model::read(&[&packages[0], &packages[1]]);
    compare(opened.snomed().expect("the builder verified it"), &model);
    let wrong = report.notes.of(NoteKind::CheckDigit).expect("its ids are invented");
    assert!(wrong.count > 0 && wrong.examples.iter().all(|told| told.contains("line ")));
    let strict = folder.path().join("strict.farr");
    let error = run(&packages, true, &strict).expect_err("it is refused when strict");
    assert!(matches!(error, BuildError::Strict { .. }), "{error}");
    assert!(error.to_string().contains("check digit"), "{error}");
    assert!(!strict.exists());
}

#[test]
fn malformed_releases_are_refused_by_file_and_line_and_leave_nothing() {
    for name in ["snomed/invalid-rf2", "snomed/invalid-description"] {
        let Some((folder, packages)) = copies(&[name]) else { return };
        let output = folder.path().join("index.farr");
        let error = run(&packages, false, &output).expect_err("it is malformed");
        let BuildError::Rows { problems, .. } = &error else { panic!("{name}: {error}") };
        assert!(problems[0].line >= 1 && problems[0].file.ends_with(".txt"), "{error}");
        assert!(error.to_string().contains(&format!(", line {}", problems[0].line)), "{error}");
        let left = std::fs::read_dir(folder.path()).expect("the folder can be read").count();
        assert_eq!(left, 1, "{name}: something was left behind");
    }
}

#[test]
fn odd_releases_on_an_edition_are_read_on_with_notes() {
    let cases = [
        ("blankEffectiveTimeTest", NoteKind::BlankEffectiveTime),
        ("blankOrLaterEffectiveTimeBase", NoteKind::CheckDigit),
        ("multipleTrailingBlankFields", NoteKind::OtherReleaseType),
        ("refset-snapshot-import", NoteKind::CheckDigit),
    ];
    for (case, told) in cases {
        let name = format!("snomed/import-edge-cases/{case}");
        let Some((folder, packages)) = copies(&["snomed/mini-edition", &name]) else { return };
        let (opened, report) = opened(&packages, folder.path());
        assert!(report.notes.of(told).is_some(), "{case}: {report}");
        let snomed = opened.snomed().expect("the builder verified it");
        let mut expected = BTreeSet::new();
        packages.iter().for_each(|package| concept_ids(package, &mut expected));
        assert_eq!(snomed.concepts().map(|c| c.id().value()).collect::<BTreeSet<_>>(), expected);
    }
}

#[test]
fn every_row_of_every_refset_file_is_kept() {
    for names in [&["snomed/mini-edition"][..], &["snomed/mini-full-snapshot-delta"]] {
        let Some((folder, packages)) = copies(names) else { return };
        let (opened, report) = opened(&packages, folder.path());
        let paths: Vec<&Path> = packages.iter().map(PathBuf::as_path).collect();
        let model = Model::read(&paths);
        assert!(!model.refset_rows.is_empty());
        let rows = report.meta.count("refset rows");
        assert_eq!(rows, Some(model.refset_rows.len() as u64), "{names:?}");
        compare(opened.snomed().expect("the builder verified it"), &model);
    }
}
