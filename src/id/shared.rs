//! Data that is not a part of this repository, for tests.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder of the shared data, beside the repository or where `FARR_SHARED_DATA` says; or nothing
/// and a word about it.
pub(super) fn shared(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
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
