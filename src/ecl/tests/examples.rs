//! The examples that come with the specification. They are not a part of this repository: looked
//! for beside it, or where `FARR_SHARED_DATA` says, and passed over loudly where they are not.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::there_and_back;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn every_official_example_is_read_and_printed() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("FARR_SHARED_DATA").map_or(beside, PathBuf::from);
    let folder = data.join("ecl/official-examples");
    if !folder.is_dir() {
        // Not through `eprintln!`, which the test harness swallows where a test passes.
        let skipped = format!("SKIPPED: {} is not there: not tested\n", folder.display());
        let _ = std::io::stderr().write_all(skipped.as_bytes());
        return;
    }
    let mut found = Vec::new();
    files(&folder, &mut found);
    for path in &found {
        println!("{}", path.display());
        there_and_back(&std::fs::read_to_string(path).expect("the file can be read"));
    }
    assert_eq!(found.len(), 121);
}
