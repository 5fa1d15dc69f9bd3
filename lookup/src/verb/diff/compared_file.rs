//! The files that are compared, so named that another person can tell whether they have the same.

use std::io::{Read as _, Seek as _};

use farr::Terminology;
use farr::index::IndexFile;
use farr::published::Sha256Sum;
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::output::text::shown;

/// Bytes of the header up to the end of the build id, and where that begins.
const NAMED: usize = 48;
const BUILD_ID: usize = 40;

/// A file that is compared.
#[derive(Clone, Debug)]
pub(super) struct ComparedFile {
    pub(super) file: String,
    pub(super) bytes: u64,
    pub(super) build_id: String,
    /// The SHA-256 of the whole file; `None` where no answer has it, for it takes a second for each
    /// gigabyte.
    pub(super) sha256: Option<Sha256Sum>,
}

/// The files of the older and of the newer set, with their sums where they are wanted.
pub(super) fn files(
    sets: [&Terminology; 2],
    with_sums: bool,
) -> Result<[Vec<ComparedFile>; 2], Failure> {
    let of = |set: &Terminology| -> Result<Vec<ComparedFile>, Failure> {
        set.files().iter().map(|file| ComparedFile::of(file, with_sums)).collect()
    };
    let [old, new] = sets;
    std::thread::scope(|scope| {
        let older = scope.spawn(|| of(old));
        let newer = of(new);
        let stopped = |_| Failure::Input("a thread stopped".to_owned());
        Ok([older.join().map_err(stopped)??, newer?])
    })
}

impl ComparedFile {
    fn of(file: &IndexFile, with_sum: bool) -> Result<ComparedFile, Failure> {
        let header = file.header();
        Ok(ComparedFile {
            file: file.path().display().to_string(),
            bytes: header.file_length,
            build_id: format!("{:016x}", header.build_id),
            sha256: with_sum.then(|| sum(file)).transpose()?,
        })
    }
}

/// The SHA-256 of an opened file. What lies at its path by now may be another: that is an error, and not
/// the sum of what was not compared.
fn sum(opened: &IndexFile) -> Result<Sha256Sum, Failure> {
    let path = opened.path();
    let failure = |what: &dyn std::fmt::Display| {
        Failure::Input(format!("{}: {what}", shown(&path.display().to_string())))
    };
    let mut file = std::fs::File::open(path).map_err(|error| failure(&error))?;
    let mut start = [0; NAMED];
    file.read_exact(&mut start).map_err(|error| failure(&error))?;
    file.rewind().map_err(|error| failure(&error))?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut length = 0;
    loop {
        match file.read(&mut buffer).map_err(|error| failure(&error))? {
            0 => break,
            read => {
                sum.update(buffer.get(..read).unwrap_or_default());
                length += read as u64;
            }
        }
    }
    let header = opened.header();
    if length != header.file_length
        || start.get(BUILD_ID..) != Some(&header.build_id.to_le_bytes()[..])
    {
        return Err(failure(&"the file was replaced while it was compared"));
    }
    Ok(Sha256Sum(sum.finalize().into()))
}
