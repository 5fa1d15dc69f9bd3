//! Real and dummy releases where they are present: a Snapshot and the same with a Delta laid over it,
//! and two days of a Full.

use std::collections::BTreeSet;
use std::path::PathBuf;

use farr::Terminology;
use farr_build::{Build, ReleaseType};

use super::edited::Edited;
use super::naive::{Side, lines};
use super::random::{compare, without_texts};
use super::{changes, line};
use crate::support::model::{Columns, Model, number};
use crate::support::shared::{shared, stripped};
use crate::support::try_run;

fn package() -> Option<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let package = folder.path().join("package");
    stripped(&shared("snomed/mini-full-snapshot-delta")?, &package);
    Some((folder, package))
}

fn open(build: Build) -> Terminology {
    let built = try_run(build).unwrap_or_else(|error| panic!("{error}"));
    built.terminology()
}

/// Every row of a release that another one does not have in this version: file kind, and columns.
fn newer(old: &Model, new: &Model) -> Vec<(&'static str, Columns)> {
    let mut rows = Vec::new();
    for (kind, old, new) in [
        ("concept", &old.concepts, &new.concepts),
        ("description", &old.descriptions, &new.descriptions),
        ("relationship", &old.relationships, &new.relationships),
        ("relationship", &old.concrete, &new.concrete),
    ] {
        let differ = new.iter().filter(|(id, row)| old.get(*id) != Some(*row));
        rows.extend(differ.map(|(_, row)| (kind, row.clone())));
    }
    let members = new.refset_rows.iter();
    let members = members.filter(|(key, row)| old.refset_rows.get(*key) != Some(*row));
    rows.extend(members.map(|(_, (_, row))| ("member", row.clone())));
    rows
}

/// Holds what is told against the rows: each row is told by a change of what it is about, and each
/// change is one that the sets of rows give. Returns the changes as lines, and the rows that say nothing:
/// other versions of what is said already, and rows that never were active.
fn is_told(
    old: (&Terminology, &Model),
    new: (&Terminology, &Model),
) -> (Vec<String>, Vec<Columns>) {
    let told = changes(old.0, new.0);
    let mut found: Vec<String> = told.iter().map(|change| without_texts(&line(change))).collect();
    found.sort();
    let old_side = Side::new(old.0.snomed().expect("SNOMED CT"), old.1);
    let new_side = Side::new(new.0.snomed().expect("SNOMED CT"), new.1);
    assert_eq!(found, lines(&old_side, &new_side));
    let codes: BTreeSet<&str> = told.iter().map(|change| change.code.as_str()).collect();
    let owner = |component: &str| {
        let description = new.1.descriptions.get(&number(component));
        description.map_or_else(|| component.to_owned(), |row| row[4].clone())
    };
    let mut silent = Vec::new();
    for (kind, row) in newer(old.1, new.1) {
        let about = match kind {
            "concept" => row[0].clone(),
            "member" => owner(&row[5]),
            _ => row[4].clone(),
        };
        // An index has of relationships only what they make, so that another version of one, or one that
        // never was active, is not told.
        let is_silent = match kind {
            "relationship" => {
                let before = old.1.relationships.get(&number(&row[0]));
                let before = before.or_else(|| old.1.concrete.get(&number(&row[0])));
                let said = |row: &Columns| (row[2].clone(), row[4..9].to_vec());
                let same = before.is_some_and(|before| said(before) == said(&row));
                same || before.is_none() && row[2] == "0"
            }
            _ => before_and_after_inactive(old.1, &row),
        };
        if is_silent {
            silent.push(row);
            continue;
        }
        assert!(codes.contains(about.as_str()), "{kind} {row:?} is not told");
    }
    (told.iter().map(line).collect(), silent)
}

/// Whether a member row never was active.
fn before_and_after_inactive(old: &Model, row: &Columns) -> bool {
    let key = (row[0].to_lowercase(), row[4].clone());
    row[2] == "0" && row[0].contains('-') && !old.refset_rows.contains_key(&key)
}

#[test]
fn a_delta_over_a_snapshot_tells_its_rows_and_nothing_else() {
    let Some((_folder, package)) = package() else { return };
    let (mut old, mut new) = (Model::default(), Model::default());
    old.read_until(&package, "Snapshot", u64::MAX);
    new.read_until(&package, "Snapshot", u64::MAX);
    new.read_until(&package, "Delta", u64::MAX);
    let snapshot = open(Build::new().snomed(&package));
    let with_delta = open(Build::new().snomed(&package).delta(&package));
    // It has a concept that the Snapshot has not, with its description; and an is-a row from a concept
    // that neither has. The description is part of the concept that is added.
    let rows = newer(&old, &new);
    let rows: Vec<_> = rows.iter().map(|(kind, row)| (*kind, row[0].as_str())).collect();
    let expected =
        [("concept", "18736003"), ("description", "746272015"), ("relationship", "700001001")];
    assert_eq!(rows, expected);
    let (told, silent) = is_told((&snapshot, &old), (&with_delta, &new));
    assert!(silent.is_empty(), "{silent:?}");
    assert_eq!(
        told,
        [
            "concept-added|18736003|-|-|active|",
            "relationship-added|900101001|116680003|-|900000000000441003|",
        ]
    );
    // Of the Snapshot without those rows they are what is new.
    let mut delta = Model::default();
    delta.read_until(&package, "Delta", u64::MAX);
    let before = tempfile::tempdir().expect("a temporary folder can be made");
    stripped(&package.join("Snapshot"), &before.path().join("Snapshot"));
    let mut edited = Edited::read(before.path());
    let mut left_out = 0;
    for rows in edited.0.values_mut() {
        let known = |row: &Columns| {
            let id = row[0].parse().unwrap_or(0);
            let key = (row[0].to_lowercase(), row.get(4).cloned().unwrap_or_default());
            delta.descriptions.contains_key(&id)
                || delta.concrete.contains_key(&id)
                || delta.relationships.contains_key(&id)
                || delta.refset_rows.contains_key(&key)
        };
        let all = rows.len();
        rows.retain(|row| !known(row));
        left_out += all - rows.len();
    }
    assert!(left_out > 5, "{left_out} rows");
    let (before, old) = edited.open().expect("it can be built");
    let (told, silent) = is_told((&before, &old), (&with_delta, &new));
    assert!(silent.is_empty(), "{silent:?}");
    let count = |kind: &str| told.iter().filter(|line| line.starts_with(kind)).count();
    assert_eq!(count("relationship-added"), 1);
    assert_eq!(count("concept-redefined"), 2);
    assert_eq!(count("member-added"), 2);
    assert_eq!(told.len(), 6, "{told:#?}");
}

#[test]
fn two_days_of_a_full_differ_by_the_rows_between() {
    let Some((_folder, package)) = package() else { return };
    let (mut old, mut new) = (Model::default(), Model::default());
    let day = 20_170_131;
    old.read_until(&package, "Full", u64::from(day));
    new.read_until(&package, "Full", u64::MAX);
    let before = open(Build::new().snomed(&package).as_of(day));
    let after = open(Build::new().snomed(&package).release_type(ReleaseType::Full));
    assert!(!is_told((&before, &old), (&after, &new)).0.is_empty());
}

#[test]
fn the_hl7_test_edition_edited_at_random() {
    let Some(folder) = shared("snomed/hl7-test-edition") else { return };
    compare(&Edited::read(&folder), 0..6);
}
