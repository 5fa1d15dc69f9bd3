//! The release after another: what differs is dated, and what is not planted stays.

use farr_synth::{Parameters, Plants, Release, write_next};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const PLANTS: Plants = Plants { date: None, changes: 6, seed: 9 };

fn old(folder: &Path) -> PathBuf {
    let parameters = Parameters { seed: 2, scale: 0.001, ..Parameters::default() };
    let release = Release::new(parameters).expect("the parameters are good");
    release.write(folder).expect("it can be written");
    release.write_dmd(folder).expect("it can be written");
    folder.join(release.name())
}

/// The files below a folder, by their paths with another date.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is within").to_string_lossy();
                let name = name.replace("20260901", "20260801").replace("010926", "010826");
                found.insert(name, fs::read(path).expect("it can be read"));
            }
        }
    }
    found
}

#[test]
fn the_same_plants_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    old(&folder.path().join("old"));
    let write = |name: &str| {
        let to = folder.path().join(name);
        write_next(&folder.path().join("old"), &to, PLANTS).expect("it can be written");
        files(&to)
    };
    let first = write("first");
    assert_eq!(first, write("second"));
    assert!(first.contains_key("planted.csv"));
}

#[test]
fn rows_that_differ_have_the_new_date_and_all_others_stay() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let old = old(folder.path());
    let to = folder.path().join("next");
    let next = write_next(&old, &to, PLANTS).expect("it can be written");
    let (before, now) = (files(&old), files(&to.join(next.files[0].path.iter().next().unwrap())));
    assert_eq!(before.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    let (mut replaced, mut added) = (0, 0);
    for (name, before) in before.iter().filter(|(name, _)| name.starts_with("Snapshot")) {
        let [before, now] = [before, &now[name]].map(|bytes| String::from_utf8_lossy(bytes));
        let rows = |text: &str| -> BTreeMap<String, String> {
            assert!(text.ends_with("\r\n"), "{name}");
            let mut rows = BTreeMap::new();
            for row in text.lines() {
                let id = row.split('\t').next().unwrap_or_default().to_owned();
                assert!(rows.insert(id, row.to_owned()).is_none(), "{name}: {row} stands twice");
            }
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
            rows
        };
        let (before, now) = (rows(&before), rows(&now));
        for (id, row) in &now {
            let columns: Vec<&str> = row.split('\t').collect();
            match before.get(id) {
                Some(old) if old == row => continue,
                Some(old) => {
                    replaced += 1;
                    assert_eq!(old.split('\t').count(), columns.len(), "{name}: {row}");
                }
                None => added += 1,
            }
            assert_eq!(columns[1], "20260901", "{name}: {row}");
        }
        let gone: BTreeSet<&String> = before.keys().filter(|id| !now.contains_key(*id)).collect();
        assert!(gone.is_empty(), "{name}: {gone:?}");
    }
    assert!(replaced > 100 && added > 100, "{replaced} rows replaced, {added} added");
}

#[test]
fn a_folder_without_a_release_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let refused = write_next(folder.path(), &folder.path().join("next"), PLANTS);
    assert!(refused.is_err());
}
