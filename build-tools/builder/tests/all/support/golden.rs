//! The golden files of this version of the format.

use std::path::Path;

use farr::index::format::{MAJOR, MINOR};

/// The golden file of this name.
pub(crate) fn index(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/golden");
    let path = folder.join(format!("{MAJOR}.{MINOR}-{name}.farr"));
    std::fs::read(path).expect("the golden file can be read")
}
