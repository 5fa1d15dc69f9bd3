//! Indexes into the folder: copied beside, synced, verified from there, renamed.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use farr::coding::Release;
use farr::index::{OpenError, Verification};
use farr::published::{SetFile, SetRelease, Sha256Sum};
use sha2::{Digest as _, Sha256};

use super::disk::{Disk, UNFINISHED};
use super::error::PublishError;
use crate::file::map_ours;

/// Bytes that are copied at a time.
const CHUNK: usize = 1 << 20;

/// A copy of an index, verified, that does not yet have its name.
#[derive(Debug)]
pub(super) struct Copied {
    beside: PathBuf,
    pub(super) file: SetFile,
    pub(super) releases: Vec<SetRelease>,
}

/// Copies an index into the folder, and verifies the copy in full: checksums, structure, and that it
/// reads back as it was written.
pub(super) fn copy(
    disk: &Disk,
    folder: &Path,
    number: usize,
    source: &Path,
) -> Result<Copied, PublishError> {
    let beside = folder.join(format!("{number}{UNFINISHED}"));
    let at_source =
        |source_error| PublishError::Io { file: source.to_owned(), source: source_error };
    let at_copy = |source| PublishError::Io { file: beside.clone(), source };
    let mut from = File::open(source).map_err(at_source)?;
    let mut to = disk.create(&beside).map_err(at_copy)?;
    let mut sum = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        let read = from.read(&mut chunk).map_err(at_source)?;
        if read == 0 {
            break;
        }
        sum.update(&chunk[..read]);
        disk.write(&mut to, &beside, &chunk[..read]).map_err(at_copy)?;
        bytes += read as u64;
    }
    disk.sync(&to, &beside).map_err(at_copy)?;
    drop(to);
    let sha256 = Sha256Sum(sum.finalize().into());
    if sum_of(&beside)? != sha256 {
        return Err(PublishError::Copy { file: source.to_owned() });
    }
    let opened = map_ours(&[&beside], Verification::Full);
    let (releases, build_id) = opened
        .and_then(|opened| {
            let build_id = opened.files().first().map(|file| file.header().build_id);
            Ok((opened.releases()?, build_id.unwrap_or_default()))
        })
        .map_err(|error| PublishError::Index(of_source(error, source)))?;
    let name = content_name(&releases, sha256);
    let releases = releases.iter().map(|release| SetRelease::new(&name, release)).collect();
    Ok(Copied { beside, file: SetFile { name, bytes, sha256, build_id }, releases })
}

/// Whether the copies can be opened together.
pub(super) fn check_together(copies: &[Copied], sources: &[PathBuf]) -> Result<(), PublishError> {
    let paths: Vec<&Path> = copies.iter().map(|copied| copied.beside.as_path()).collect();
    match map_ours(&paths, Verification::FirstUse) {
        Ok(_) => Ok(()),
        Err(OpenError::Twice { what, first, second }) => {
            let source = |copy: PathBuf| {
                let at = paths.iter().position(|path| *path == copy);
                at.and_then(|at| sources.get(at)).cloned().unwrap_or(copy)
            };
            let (first, second) = (source(first), source(second));
            Err(PublishError::Index(OpenError::Twice { what, first, second }))
        }
        Err(error) => Err(PublishError::Index(error)),
    }
}

impl Copied {
    /// Gives the copy its name; whether it is new in the folder. Where the very file is there
    /// already, that one stays and the copy goes: readers may have it open.
    pub(super) fn put(&self, disk: &Disk, folder: &Path) -> Result<bool, PublishError> {
        let path = folder.join(&self.file.name);
        let io = |file: &Path| {
            let file = file.to_owned();
            move |source| PublishError::Io { file, source }
        };
        let found = std::fs::metadata(&path).is_ok_and(|found| found.len() == self.file.bytes);
        if found && sum_of(&path)? == self.file.sha256 {
            disk.remove(&self.beside).map_err(io(&self.beside))?;
            return Ok(false);
        }
        disk.make_read_only(&self.beside).map_err(io(&self.beside))?;
        disk.rename(&self.beside, &path).map_err(io(&path))?;
        Ok(true)
    }
}

/// The SHA-256 of a file.
pub(super) fn sum_of(path: &Path) -> Result<Sha256Sum, PublishError> {
    let io = |source| PublishError::Io { file: path.to_owned(), source };
    let mut file = File::open(path).map_err(io)?;
    let mut sum = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk).map_err(io)? {
            0 => return Ok(Sha256Sum(sum.finalize().into())),
            read => sum.update(&chunk[..read]),
        }
    }
}

/// The name of an index, which follows from its content: the systems, the newest day of their
/// releases, and the first digits of its SHA-256.
fn content_name(releases: &[Release], sha256: Sha256Sum) -> String {
    let mut parts: Vec<String> =
        releases.iter().map(|release| release.system().word().to_owned()).collect();
    if parts.is_empty() {
        parts.push("empty".to_owned());
    }
    if let Some(date) = releases.iter().filter_map(Release::date).max() {
        parts.push(date.number().to_string());
    }
    let sum = sha256.to_string();
    format!("{}-{}.farr", parts.join("-"), &sum[..HASH])
}

/// How many digits of the SHA-256 stand in a name.
const HASH: usize = 16;

/// Whether a file is named as an index in a published folder is: only such files are ever removed.
pub(super) fn is_content_name(name: &str) -> bool {
    let hash = name.strip_suffix(".farr").and_then(|name| name.rsplit_once('-'));
    hash.is_some_and(|(_, hash)| {
        hash.len() == HASH && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The error of a copy, told of what was copied.
fn of_source(error: OpenError, source: &Path) -> OpenError {
    let file = source.to_owned();
    match error {
        OpenError::NotAnIndex { .. } => OpenError::NotAnIndex { file },
        OpenError::Version { found, supported, .. } => {
            OpenError::Version { file, found, supported }
        }
        OpenError::UnknownSection { found, tag, layout, builder, .. } => {
            OpenError::UnknownSection { file, found, tag, layout, builder }
        }
        OpenError::Corrupt { corrupt, .. } => OpenError::Corrupt { file, corrupt },
        error => error,
    }
}
