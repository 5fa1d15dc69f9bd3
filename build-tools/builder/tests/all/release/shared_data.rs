//! Real and dummy releases, which are not a part of this repository: looked for beside it, or
//! where `FARR_SHARED_DATA` says, and passed over loudly where they are not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::compare::compare;
use crate::support::model::{Model, number};
use crate::support::scan::{self, Scan};
use crate::support::shared::{shared, stripped};
use farr::{Sctid, Terminology};
use farr_build::{Build, BuildError, NoteKind, ReleaseType, Report, Silent};

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

/// Builds packages; those that have nothing but a Delta are laid over the others.
fn run(packages: &[PathBuf], strict: bool, output: &Path) -> Result<Report, BuildError> {
    let build = packages.iter().fold(Build::new().strict(strict), |build, path| {
        let whole = path.join("Snapshot").is_dir() || !path.join("Delta").is_dir();
        if whole { build.snomed(path) } else { build.delta(path) }
    });
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
    // Its model component last changed in June, is needed as of August, and is that of August.
    for kind in [NoteKind::MissingDependency, NoteKind::DependencyDate] {
        assert_eq!(report.notes.of(kind), None);
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
        ("multipleTrailingBlankFields", NoteKind::DeltaStart),
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
    let Some((folder, packages)) = copies(&["snomed/mini-edition"]) else { return };
    let (opened, report) = opened(&packages, folder.path());
    let paths: Vec<&Path> = packages.iter().map(PathBuf::as_path).collect();
    let model = Model::read(&paths);
    assert!(!model.refset_rows.is_empty());
    assert_eq!(report.meta.count("refset rows"), Some(model.refset_rows.len() as u64));
    compare(opened.snomed().expect("the builder verified it"), &model);
}

/// The effective time of each active member of a refset, by its id.
fn members(opened: &Terminology, refset: u64) -> BTreeMap<String, Option<u32>> {
    let snomed = opened.snomed().expect("it holds SNOMED CT");
    let refset = Sctid::as_published(refset).and_then(|id| snomed.refset(id));
    let members = refset.expect("the release has the refset").members();
    members.map(|member| (member.id().to_string(), member.effective_time())).collect()
}

#[test]
fn a_full_and_a_snapshot_of_one_release_agree_but_where_their_files_do_not() {
    let Some((folder, packages)) = copies(&["snomed/mini-full-snapshot-delta"]) else { return };
    let package = &packages[0];
    let build = |release_type| {
        let output = folder.path().join("index.farr");
        let build = Build::new().snomed(package).release_type(release_type);
        let report = build.run(&output, &Silent).unwrap_or_else(|error| panic!("{error}"));
        (Terminology::open([output]).expect("the builder verified it"), report)
    };
    let (full, report) = build(ReleaseType::Full);
    let (snapshot, _) = build(ReleaseType::Snapshot);
    assert_eq!(report.meta.release_types, [("Full".to_owned(), 1)]);
    let mut models = [Model::default(), Model::default()];
    models[0].read_until(package, "Full", u64::MAX);
    models[1].read_until(package, "Snapshot", u64::MAX);
    for (index, model) in [&full, &snapshot].into_iter().zip(&models) {
        compare(index.snomed().expect("the builder verified it"), model);
    }
    assert_eq!(models[0].concepts, models[1].concepts);
    assert_eq!(models[0].concrete, models[1].concrete);
    assert!(models[0].concrete.values().any(|row| row[1] == "20210131"));

    // Both as the files have them: the Snapshot has a member the Full does not know, and later
    // rows of the others. The refset is that of the ranges of attributes.
    let of = |opened: &Terminology| members(opened, 723_562_003);
    let (full, snapshot) = (of(&full), of(&snapshot));
    let known = ["b666b012-90d2-428a-bdf9-282681127c97", "fbac216b-4025-4ed9-9eeb-bcd47f5715a2"];
    let added = "fbac216b-4025-4ed9-9eeb-bcd47f5715a3";
    let expected = |ids: &[&str], time| -> BTreeMap<String, Option<u32>> {
        ids.iter().map(|id| ((*id).to_owned(), Some(time))).collect()
    };
    assert_eq!(full, expected(&known, 20_170_131));
    assert_eq!(snapshot, expected(&[known[0], known[1], added], 20_210_131));

    // The Delta says nothing that the Snapshot does not, and does not say where it starts.
    let build = Build::new().snomed(package).delta(package);
    let report = build.run(&folder.path().join("delta.farr"), &Silent);
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    assert!(report.notes.of(NoteKind::DeltaStart).is_some(), "{report}");
    assert!(report.notes.of(NoteKind::OldDelta).is_some(), "{report}");
}

/// A dummy with maps of the UK in the form of the International one, ids with zeros before them, and no
/// root: what is wrong with it is told, and its rows are there as published.
#[test]
fn a_dummy_of_uk_maps_is_told_of_and_read_as_published() {
    let Some(dummy) = shared("snomed/uk-map-dummy") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = folder.path().join("index.farr");
    let build = Build::new().snomed(&dummy);
    let refused = build.clone().run(&output, &Silent);
    assert!(matches!(refused, Err(BuildError::NoRoot)), "{refused:?}");
    assert!(!output.exists());
    let strict = build.clone().rootless(true).strict(true).run(&output, &Silent);
    assert!(matches!(strict, Err(BuildError::Strict { .. })), "{strict:?}");

    let report = build.rootless(true).run(&output, &Silent).expect("it is read on with");
    let count = |kind| report.notes.of(kind).map_or(0, |note| note.count);
    assert_eq!(count(NoteKind::LeadingZeros), 31);
    assert_eq!(count(NoteKind::NoRoot), 1);
    assert!(count(NoteKind::Parentless) > 0);
    // Both maps have 1 for a category, and the id of one is no SCTID and has no concept.
    let told = |kind| report.notes.of(kind).expect("it is told").examples.join("\n");
    assert_eq!(count(NoteKind::MapCategory), 2);
    // No concept of the second map is in the release.
    assert_eq!(count(NoteKind::MapComponent), 3);
    assert!(
        told(NoteKind::MapComponent).contains(
            "map 999002321000000109: row 10000002-0000-0000-0000-000000000001 of 26390003"
        )
    );
    assert!(
        told(NoteKind::MapCategory).contains("map 999002271000000101: mapCategoryId \"1\", of")
    );
    assert!(told(NoteKind::CheckDigit).contains("refset 999002321000000109"));
    let terminology = Terminology::open([&output]).expect("it was verified");
    let snomed = terminology.snomed().expect("it holds SNOMED CT");
    let file = "Refset/Map/der2_iisssccRefset_GPSExtendedMapSnapshot_INT_20250701.txt";
    let text = std::fs::read_to_string(dummy.join(file)).expect("the file can be read");
    let mut compared = 0;
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let refset = snomed.refset(Sctid::as_published(number(fields[4])).expect("an id"));
        let members = refset.expect("the refset is there").members();
        let mut rows = members.filter(|member| member.id().to_string() == fields[0]);
        let row = rows.next().expect("the row is there");
        let component = row.referenced_component().id().map(|id| id.value());
        assert_eq!(component, Some(number(fields[5])), "{line}");
        let target = row.field("mapTarget").and_then(|value| value.text());
        assert_eq!(target.map(|text| text.to_string()).as_deref(), Some(fields[10]), "{line}");
        compared += 1;
    }
    assert_eq!(compared, 9);
}
