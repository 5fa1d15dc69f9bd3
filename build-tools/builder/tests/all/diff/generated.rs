//! Two generated releases of which every difference is known: a comparison tells these, and no
//! other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::{build, run};
use farr::Terminology;
use farr::diff::{Change, ChangeKind, ClassificationComparison, DmdComparison, SnomedComparison};
use farr_build::{Build, ReleaseType as Preferred};
use farr_synth::{Expected, Parameters, Plants, Release, ReleaseType, write_next};

/// What a change is of: kind, system, code, component, and what it is related to.
type Told = (String, String, String, String, Vec<String>);

fn told(change: &Change) -> Told {
    let related = change.related.iter();
    let mut related: Vec<String> =
        related.map(|one| format!("{}:{}", one.role.code(), one.code)).collect();
    related.sort();
    (
        change.kind.code().to_owned(),
        change.system.word().to_owned(),
        change.code.clone(),
        change.component.clone().unwrap_or_default(),
        related,
    )
}

fn expected(change: &Expected) -> Told {
    let Expected { kind, system, code, component, related, .. } = change;
    ((*kind).to_owned(), (*system).to_owned(), code.clone(), component.clone(), related.clone())
}

/// The only folder in a folder.
fn package(folder: &Path) -> PathBuf {
    let entries = std::fs::read_dir(folder).expect("it was written");
    let mut folders = entries.map(|entry| entry.expect("it can be read").path());
    folders.find(|path| path.is_dir()).expect("a release is a folder")
}

/// Names what differs, so that a failure says what is wrong.
fn agree(expected: &BTreeSet<Told>, told: &BTreeSet<Told>) {
    let missed: Vec<&Told> = expected.difference(told).collect();
    let beyond: Vec<&Told> = told.difference(expected).collect();
    assert!(
        missed.is_empty() && beyond.is_empty(),
        "not told: {missed:#?}\nnot planted: {beyond:#?}"
    );
}

#[test]
fn what_was_planted_in_snomed_is_told_and_nothing_else() {
    for (seed, scale, changes) in [(3, 0.001, 4), (4, 0.002, 12), (5, 0.000_5, 100)] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
        let parameters = Parameters { seed, scale, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        release.write(&old).expect("it can be written");
        let old = old.join(release.name());
        let plants = Plants { date: None, changes, seed };
        let next = write_next(&old, &new, plants).expect("it can be written");
        let [before, now] = [old, package(&new)].map(|package| build(&[&package]).terminology());
        let [before, now] =
            [&before, &now].map(|opened| opened.snomed().expect("the builder verified it"));
        let mut found = BTreeSet::new();
        SnomedComparison::new(before, now).changes(&mut |change| {
            found.insert(told(&change));
        });
        let planted: BTreeSet<Told> = next.changes.iter().map(expected).collect();
        assert!(planted.len() > 100, "seed {seed}: {} planted", planted.len());
        agree(&planted, &found);
    }
}

/// The kinds that `farr_synth::write_next` does not plant, and why.
const NOT_PLANTED: [(&str, &str); 12] = [
    ("concept-removed", "a release keeps every concept: an edition that is left out removes them"),
    ("acceptability-changed", "what dialects accept changes with the terms that are planted"),
    ("relationship-added", "a generated release has no rows of concepts that are not active"),
    ("relationship-retired", "a generated release has no rows of concepts that are not active"),
    ("substitutions-changed", "the history tables are not part of a next release"),
    ("gtin-packs-changed", "barcodes that are planted are new"),
    ("id-answer-changed", "an id that is planted is another of the same thing"),
    ("rubric-moved", "codes of a classification say what they are below"),
    ("included", "is of a constraint or a list, and not of a release"),
    ("excluded", "is of a constraint or a list, and not of a release"),
    ("verdict-changed", "is of a binding, and not of a release"),
    ("cannot-tell", "both releases have all that is asked about"),
];

#[test]
fn each_kind_of_change_is_planted_or_named_with_the_reason_why_not() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
    let parameters = Parameters { seed: 8, scale: 0.002, ..Parameters::default() };
    let release = Release::new(parameters).expect("the parameters are good");
    release.write(&old).expect("it can be written");
    release.write_dmd(&old).expect("it can be written");
    release.write_icd10(&old).expect("it can be written");
    let plants = Plants { date: None, changes: 6, seed: 8 };
    let next = write_next(&old, &new, plants).expect("it can be written");
    let planted: BTreeSet<&str> = next.changes.iter().map(|change| change.kind).collect();
    let named: BTreeSet<&str> = NOT_PLANTED.iter().map(|(kind, _)| *kind).collect();
    let both: Vec<_> = planted.intersection(&named).collect();
    let all: BTreeSet<&str> = ChangeKind::all().map(ChangeKind::code).collect();
    let either: BTreeSet<&str> = planted.union(&named).copied().collect();
    let neither: Vec<_> = all.difference(&either).collect();
    assert!(both.is_empty() && neither.is_empty(), "both: {both:?}; neither: {neither:?}");
}

#[test]
fn the_old_snapshot_with_the_next_delta_is_the_next_snapshot() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
    let parameters = Parameters { seed: 9, scale: 0.001, ..Parameters::default() };
    let release = Release::new(parameters).expect("the parameters are good");
    let types = [ReleaseType::Snapshot, ReleaseType::Full, ReleaseType::Delta];
    release.write_release_types(&old, &types).expect("it can be written");
    let old = old.join(release.name());
    let plants = Plants { date: None, changes: 8, seed: 9 };
    write_next(&old, &new, plants).expect("it can be written");
    let next = package(&new);
    let open = |build: Build| run(build).terminology();
    let snapshot = |path: &Path| Build::new().snomed(path).release_type(Preferred::Snapshot);
    let expected = open(snapshot(&next));
    let changed = |other: &Terminology| {
        let mut found = BTreeSet::new();
        let verified = "the builder verified it";
        let (from, to) = (other.snomed().expect(verified), expected.snomed().expect(verified));
        SnomedComparison::new(from, to).changes(&mut |change| {
            found.insert(told(&change));
        });
        found
    };
    let none = BTreeSet::new();
    agree(&none, &changed(&open(snapshot(&old).delta(&next))));
    agree(&none, &changed(&open(Build::new().snomed(&next).release_type(Preferred::Full))));
    // The comparison would tell: the old Snapshot alone is another release.
    assert!(changed(&open(snapshot(&old))).len() > 100);
}

/// The folders in a folder whose names begin so.
fn packages(folder: &Path, start: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("it was written");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let begins = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))
    };
    paths.filter(begins).collect()
}

#[test]
fn what_was_planted_in_dmd_and_in_classifications_is_told_and_nothing_else() {
    for (seed, changes) in [(6, 4), (7, 100)] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
        let parameters = Parameters { seed, scale: 0.001, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        release.write_dmd(&old).expect("it can be written");
        release.write_icd10(&old).expect("it can be written");
        let plants = Plants { date: None, changes, seed };
        let next = write_next(&old, &new, plants).expect("it can be written");
        let [before, now] = [&old, &new].map(|folder| {
            let add = |build, start, with: fn(Build, &Path) -> Build| {
                packages(folder, start).iter().fold(build, |build, path| with(build, path))
            };
            let build = add(Build::new(), "nhsbsa_dmd", |build, path| build.dmd(path));
            // The text alone: the XML is the same edition.
            let build = add(build, "ICD10_Edition5_2", |build, path| build.icd10(path));
            let build = add(build, "OPCS4", |build, path| build.opcs4(path));
            run(build).terminology()
        });
        let mut found = BTreeSet::new();
        let mut tell = |change: Change| {
            found.insert(told(&change));
        };
        let both = "the builder verified it";
        let dmd = DmdComparison::new(before.dmd().expect(both), now.dmd().expect(both));
        dmd.changes(&mut tell);
        let (old, new) = (before.icd10().expect(both), now.icd10().expect(both));
        ClassificationComparison::new(old, new).changes(&mut tell);
        let (old, new) = (before.opcs4().expect(both), now.opcs4().expect(both));
        ClassificationComparison::new(old, new).changes(&mut tell);
        let planted: BTreeSet<Told> = next.changes.iter().map(expected).collect();
        assert!(planted.len() > 60, "seed {seed}: {} planted", planted.len());
        agree(&planted, &found);
    }
}
