//! Comparing whatever index is opened with the golden files, either way round.

use std::path::Path;
use std::sync::OnceLock;

use farr::Terminology;
use farr::diff::{Change, Comparison};
use farr::index::{OpenError, OpenOptions, Verification};

use crate::checksums::repair;
use crate::digest::Digest;

/// All golden releases but the second one of SNOMED CT, opened together.
fn golden() -> &'static Terminology {
    static GOLDEN: OnceLock<Terminology> = OnceLock::new();
    GOLDEN.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/golden");
        let names = ["1.0-tiny.farr", "1.0-dmd.farr", "1.0-classifications.farr"];
        let opened = Terminology::open(names.map(|name| folder.join(name)));
        opened.expect("the golden files are good")
    })
}

/// What changed from the golden files to an index and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// How many changes there are, both ways.
    pub count: usize,
    /// The digest of all of them.
    pub digest: u64,
}

/// Compares an index with the golden files, verifying it in full or as it is used.
///
/// # Errors
///
/// The index does not open, or damage was found in it.
///
/// # Panics
///
/// A golden file is not there, or the comparison panics.
pub fn changed(bytes: Vec<u8>, verification: Verification) -> Result<Changed, OpenError> {
    let options = OpenOptions::new().verification(verification);
    let opened = Terminology::from_bytes_with(bytes, options)?;
    let golden = golden().systems()?;
    opened.ask_systems(|systems| {
        let (mut count, mut digest) = (0, Digest::default());
        for comparison in [Comparison::new(golden, systems), Comparison::new(systems, golden)] {
            comparison.changes(&mut |change: Change| {
                count += 1;
                digest.add(change.kind);
                digest.add((change.code, change.display, change.component));
                digest.add((change.before, change.after));
                digest.add(change.related);
            });
        }
        Changed { count, digest: digest.finish() }
    })
}

/// Bytes as an index whose checksums are made right first, compared with the golden files.
///
/// # Panics
///
/// Where the comparison does, or where an index that verifies in full changes otherwise when it is
/// verified on first use.
pub fn changes(input: &[u8]) {
    let mut bytes = input.to_vec();
    repair(&mut bytes);
    let first_use = changed(bytes.clone(), Verification::FirstUse);
    if let Ok(full) = changed(bytes, Verification::Full) {
        assert_eq!(Some(full), first_use.ok());
    }
}
