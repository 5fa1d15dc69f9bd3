//! Real and dummy releases, which are not a part of this repository.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder of the shared data, beside the repository or where `FARR_SHARED_DATA` says; or nothing
/// and a word about it.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
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
pub(crate) fn stripped(from: &Path, to: &Path) {
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
