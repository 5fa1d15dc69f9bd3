//! Random edits of releases, against what sets of rows say.

use farr_exercise::Random;
use farr_synth::{Parameters, Release};

use super::edited::Edited;
use super::naive::{Side, lines};
use super::{changes, line};
use crate::support::{small, testdata};

/// Edits some rows: made inactive or active, of another date or module, with a column of another
/// row of the same file, or gone.
fn edit(edited: &mut Edited, random: &mut Random, edits: usize) {
    let files: Vec<_> = edited.0.keys().cloned().collect();
    for _ in 0..edits {
        let path = &files[random.below(files.len())];
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        if name.contains("Identifier") {
            continue;
        }
        let rows = edited.0.get_mut(path).expect("it is there");
        // There is a file to read for people, too.
        if rows.len() < 3 || rows.iter().any(|row| row.len() < 5) {
            continue;
        }
        let (at, other) = (1 + random.below(rows.len() - 1), 1 + random.below(rows.len() - 1));
        // The numbers of groups and blocks decide how an answer is written, which the model leaves.
        let columns: Vec<usize> = (5..rows[0].len())
            .filter(|column| {
                !["mapGroup", "mapPriority", "mapBlock"].contains(&rows[0][*column].as_str())
            })
            .collect();
        match random.below(9) {
            0 | 1 => {
                let now = if rows[at][2] == "1" { "0" } else { "1" };
                rows[at][2] = now.to_owned();
                rows[at][1] = "20260901".to_owned();
            }
            2 => rows[at][1] = "20260901".to_owned(),
            3 => rows[at][3] = rows[other][3].clone(),
            4 | 5 if !columns.is_empty() => {
                let column = columns[random.below(columns.len())];
                rows[at][column] = rows[other][column].clone();
            }
            // Of a concept that is in no release: two of them, so that there may be some in both.
            7 if name.starts_with("sct2_Relationship") || name.starts_with("sct2_Description") => {
                rows[at][4] = small::concept(1 + random.below(2) as u64).to_string();
            }
            6 if name.starts_with("der2") => {
                rows[at][0] = format!("5eed0000-0000-5000-8000-{:012x}", random.below(1 << 30));
            }
            _ => drop(rows.remove(at)),
        }
    }
}

/// Texts that the model does not make.
pub(crate) fn without_texts(line: &str) -> String {
    let kinds = ["concept-redefined", "successors-changed", "map-answer-changed"];
    let mut parts: Vec<&str> = line.split('|').collect();
    if kinds.contains(&parts[0]) {
        let last = parts.len() - 1;
        parts.drain(4..last);
        parts[3] = "?";
        parts.insert(4, "?");
    }
    parts.join("|")
}

/// Compares a release with itself edited, both ways.
pub(crate) fn compare(base: &Edited, seeds: std::ops::Range<u64>) {
    let (old, old_model) = base.open().expect("it can be built");
    let old_side = Side::new(old.snomed().expect("SNOMED CT"), &old_model);
    let (mut compared, mut told) = (0, 0);
    for seed in seeds.clone() {
        let mut random = Random::new(seed);
        let mut new = base.clone();
        let edits = 1 + random.below(40);
        edit(&mut new, &mut random, edits);
        // A circle, or an id that two rows have, say.
        let Ok((new, new_model)) = new.open() else { continue };
        let new_side = Side::new(new.snomed().expect("SNOMED CT"), &new_model);
        for (old, new, sides) in
            [(&old, &new, (&old_side, &new_side)), (&new, &old, (&new_side, &old_side))]
        {
            let mut found: Vec<String> =
                changes(old, new).iter().map(|change| without_texts(&line(change))).collect();
            found.sort();
            let expected = lines(sides.0, sides.1);
            let only = |one: &[String], other: &[String]| -> Vec<String> {
                one.iter().filter(|line| !other.contains(line)).cloned().collect()
            };
            let (more, less) = (only(&found, &expected), only(&expected, &found));
            assert!(
                more.is_empty() && less.is_empty(),
                "seed {seed}: told {more:#?}, not {less:#?}"
            );
            assert_eq!(found.len(), expected.len(), "seed {seed}: one is told twice");
            told += found.len();
        }
        compared += 1;
    }
    let asked = seeds.end - seeds.start;
    assert!(compared * 2 > asked && told > 50, "{compared} of {asked}, {told} changes");
}

#[test]
fn the_tiny_release_edited_at_random() {
    compare(&Edited::read(&testdata("tiny")), 0..60);
}

#[test]
fn a_release_with_rows_of_what_it_does_not_have_edited_at_random() {
    let mut base = Edited::read(&testdata("tiny"));
    for file in ["sct2_Relationship_", "sct2_Description_"] {
        let rows = base.file(file);
        for at in [3, 5, 7, 9] {
            rows[at][4] = small::concept(1 + at as u64 / 2 % 2).to_string();
        }
    }
    compare(&base, 200..260);
}

#[test]
fn a_generated_release_edited_at_random() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let parameters = Parameters { seed: 7, scale: 0.000_1, date: 20_260_801 };
    let release = Release::new(parameters).expect("the parameters are good");
    release.write(folder.path()).expect("the release can be written");
    compare(&Edited::read(&folder.path().join(release.name())), 100..120);
}
