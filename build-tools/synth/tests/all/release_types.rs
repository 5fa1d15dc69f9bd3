//! Full, Snapshot and Delta of one release agree row for row, and every day of the Full is a
//! release: what its rows refer to is there.

use farr_synth::{Parameters, Release, ReleaseType};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;

const NEWEST: u32 = 20_260_801;
const BEFORE: u32 = 20_260_401;

type Row = Vec<String>;

/// The rows of each file of one release type, by the name the file would have as a Snapshot.
type Tables = BTreeMap<String, Vec<Row>>;

fn tables(folder: &Path, release_type: ReleaseType) -> Tables {
    let parameters = Parameters { seed: 3, scale: 0.001, date: NEWEST };
    let release = Release::new(parameters).expect("the parameters are good");
    let files =
        release.write_release_types(folder, &[release_type]).expect("the release can be written");
    let mut tables = Tables::new();
    for file in files {
        let Some(count) = file.rows else { continue };
        let path = file.path.to_string_lossy().into_owned();
        assert!(path.contains(&format!("/{}/", release_type.name())), "{path}");
        let text = fs::read_to_string(folder.join(&file.path)).expect("it is UTF-8");
        let rows: Vec<Row> = text
            .split_terminator("\r\n")
            .skip(1)
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect();
        assert_eq!(rows.len() as u64, count, "{path}");
        let name = path.rsplit('/').next().unwrap_or_default();
        tables.insert(name.replace(release_type.name(), "Snapshot"), rows);
    }
    tables
}

fn time(row: &Row) -> u32 {
    row[1].parse().expect("a row has an effective time")
}

/// The newest row of each component up to a day.
fn state(full: &[Row], day: u32) -> BTreeSet<&Row> {
    let mut newest: HashMap<&str, &Row> = HashMap::new();
    for row in full.iter().filter(|row| time(row) <= day) {
        let kept = newest.entry(&row[0]).or_insert(row);
        if time(kept) < time(row) {
            *kept = row;
        }
    }
    newest.into_values().collect()
}

#[test]
fn snapshot_and_delta_are_parts_of_the_full() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let full = tables(folder.path(), ReleaseType::Full);
    let snapshot = tables(folder.path(), ReleaseType::Snapshot);
    let delta = tables(folder.path(), ReleaseType::Delta);
    assert_eq!(full.keys().collect::<Vec<_>>(), snapshot.keys().collect::<Vec<_>>());
    assert_eq!(full.keys().collect::<Vec<_>>(), delta.keys().collect::<Vec<_>>());
    for (name, all) in &full {
        let versions: HashSet<(&str, u32)> = all.iter().map(|row| (&*row[0], time(row))).collect();
        assert_eq!(versions.len(), all.len(), "{name} has two rows of one component and day");
        assert_eq!(state(all, NEWEST), snapshot[name].iter().collect(), "{name}");
        let new: BTreeSet<&Row> = all.iter().filter(|row| time(row) > BEFORE).collect();
        assert_eq!(new, delta[name].iter().collect(), "{name}");
        assert!(state(all, BEFORE).len() + new.len() >= snapshot[name].len(), "{name}");
    }
    let days: BTreeSet<u32> = full.values().flatten().map(time).collect();
    assert!(days.len() > 50, "{} days", days.len());
}

#[test]
fn components_change_in_every_way() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let full = tables(folder.path(), ReleaseType::Full);
    let mut changes: BTreeSet<(&str, usize, bool)> = BTreeSet::new();
    for (name, rows) in &full {
        let mut sorted: Vec<&Row> = rows.iter().collect();
        sorted.sort_by_key(|row| (&row[0], time(row)));
        for pair in sorted.windows(2).filter(|pair| pair[0][0] == pair[1][0]) {
            for column in (2..pair[0].len()).filter(|&column| pair[0][column] != pair[1][column]) {
                let kind = name.split("MONO").next().unwrap_or_default();
                changes.insert((kind, column, pair[1][2] == "1"));
            }
        }
    }
    for (file, column, active, what) in [
        ("sct2_Concept_", 2, false, "concepts inactivated"),
        ("sct2_Concept_", 4, true, "definition status changed"),
        ("sct2_Description_", 2, false, "descriptions inactivated"),
        ("sct2_Description_", 2, true, "descriptions restored"),
        ("sct2_Description_", 7, true, "terms corrected"),
        ("sct2_Description_", 8, true, "case significance changed"),
        ("sct2_Relationship_", 2, false, "relationships retired"),
        ("sct2_Relationship_", 2, true, "relationships restored"),
        ("sct2_RelationshipConcreteValues_", 2, false, "values retired"),
        ("sct2_sRefset_OWLExpression", 6, true, "axioms changed"),
        ("der2_Refset_Simple", 2, false, "members inactivated"),
        ("der2_cRefset_Language", 2, false, "language rows inactivated"),
        ("der2_cRefset_Association", 2, false, "associations withdrawn"),
        ("der2_iisssccRefset_ExtendedMap", 2, false, "maps retired"),
    ] {
        assert!(changes.contains(&(file, column, active)), "no {what}");
    }
}

#[test]
fn every_day_holds_what_its_rows_refer_to() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let full = tables(folder.path(), ReleaseType::Full);
    let mut sizes = BTreeSet::new();
    for day in [20_020_131, 20_040_331, 20_040_401, 20_130_731, 20_190_731, 20_260_701, NEWEST] {
        let now: BTreeMap<&str, BTreeSet<&Row>> =
            full.iter().map(|(name, rows)| (&**name, state(rows, day))).collect();
        let of = |start: &str| {
            let found = now.iter().find(|(name, _)| name.starts_with(start));
            found.expect("the file was written").1
        };
        let concepts = of("sct2_Concept_");
        let known: HashSet<&str> = concepts.iter().map(|row| &*row[0]).collect();
        let active: HashSet<&str> =
            concepts.iter().filter(|row| row[2] == "1").map(|row| &*row[0]).collect();
        let texts: HashSet<&str> = ["sct2_Description_", "sct2_TextDefinition_"]
            .into_iter()
            .flat_map(of)
            .map(|row| &*row[0])
            .collect();
        sizes.insert(known.len());
        for (name, rows) in &now {
            for row in rows.iter().filter(|row| row[2] == "1") {
                assert!(active.contains(&*row[3]), "{day}: module {} in {name}", row[3]);
                for field in &row[4..] {
                    let id = field.len() > 8 && field.bytes().all(|byte| byte.is_ascii_digit());
                    let partition = field.as_bytes()[field.len().saturating_sub(2)..].first();
                    match partition.filter(|_| id) {
                        Some(b'0') => assert!(known.contains(&**field), "{day}: {row:?} in {name}"),
                        Some(b'1') => assert!(texts.contains(&**field), "{day}: {row:?} in {name}"),
                        _ => {}
                    }
                }
            }
        }
        for row in of("sct2_Relationship_").iter().filter(|row| row[2] == "1") {
            assert!([4, 5, 7].iter().all(|&at| active.contains(&*row[at])), "{day}: {row:?}");
        }
        let named = of("sct2_Description_").iter().filter(|row| {
            row[2] == "1" && row[6] == "900000000000003001" && active.contains(&*row[4])
        });
        let named: Vec<&str> = named.map(|row| &*row[4]).collect();
        let once: HashSet<&str> = named.iter().copied().collect();
        assert_eq!((named.len(), &once), (active.len(), &active), "{day}");
    }
    assert!(sizes.len() > 4, "{sizes:?}");
}
