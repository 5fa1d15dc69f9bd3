//! What several tests need: folders of test data, and a build into memory.

pub(crate) mod change;
pub(crate) mod compare;
pub(crate) mod crafted;
pub(crate) mod crafted_dmd;
pub(crate) mod damage;
pub(crate) mod dmd;
pub(crate) mod document;
pub(crate) mod edited_dmd;
pub(crate) mod golden;
pub(crate) mod model;
pub(crate) mod naive_dmd;
pub(crate) mod naive_ecl;
pub(crate) mod random_ecl;
pub(crate) mod refsets;
pub(crate) mod scan;
pub(crate) mod shared;
pub(crate) mod small;

use std::path::{Path, PathBuf};

use farr::Terminology;
use farr_build::{Build, Report, Silent};

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of `testdata`.
pub(crate) fn testdata(name: &str) -> PathBuf {
    repository().join("testdata").join(name)
}

/// Copies a folder and all that is below it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let to = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            std::fs::copy(&path, to).expect("the file can be copied");
        }
    }
}

/// The golden file of the tiny release.
pub(crate) fn tiny_index() -> Vec<u8> {
    golden::index("tiny")
}

/// The golden file of the synthetic release.
pub(crate) fn synthetic_index() -> Vec<u8> {
    golden::index("synthetic")
}

/// The golden file of the dm+d release.
pub(crate) fn dmd_index() -> Vec<u8> {
    golden::index("dmd")
}

/// The golden file of the classifications.
pub(crate) fn classification_index() -> Vec<u8> {
    golden::index("classifications")
}

/// An index and what its build said.
pub(crate) struct Built {
    pub(crate) bytes: Vec<u8>,
    pub(crate) report: Report,
}

impl Built {
    /// The index, opened.
    pub(crate) fn terminology(&self) -> Terminology {
        Terminology::from_bytes(self.bytes.clone()).expect("the builder verified it")
    }
}

/// Builds packages, which must be good.
pub(crate) fn build(packages: &[&Path]) -> Built {
    run(packages.iter().fold(Build::new(), |build, package| build.snomed(package)))
}

/// Builds releases of dm+d, which must be good.
pub(crate) fn build_dmd(paths: &[&Path]) -> Built {
    run(paths.iter().fold(Build::new(), |build, path| build.dmd(path)))
}

/// Runs a build that must succeed.
pub(crate) fn run(build: Build) -> Built {
    try_run(build).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs a build, into memory.
pub(crate) fn try_run(build: Build) -> Result<Built, farr_build::BuildError> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = folder.path().join("index.farr");
    let report = build.run(&output, &Silent)?;
    let bytes = std::fs::read(output).expect("the index was published");
    Ok(Built { bytes, report })
}
