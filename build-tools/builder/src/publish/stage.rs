//! Indexes into the folder: copied beside, synced, verified from there, renamed.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use farr::Date;
use farr::coding::System;
use farr::index::{OpenError, Verification};
use farr::published::{POINTER, SetDescription, SetFile, SetRelease, Sha256Sum};
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
    // To open a pipe is to wait for whoever writes into it, and nobody else publishes meanwhile.
    if !std::fs::metadata(source).map_err(at_source)?.is_file() {
        return Err(at_source(io::Error::other("it is not a plain file")));
    }
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
    let dated: Vec<_> = releases.iter().map(|release| (release.system(), release.date())).collect();
    let name = content_name(&dated, sha256);
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

/// What a copy became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// Nothing: the very file was there.
    There,
    /// A file that was not there.
    New,
    /// A file in the place of one of the same name and other bytes: of one that was damaged.
    Mended,
}

impl Copied {
    /// Gives the copy its name. Where the very file is there already, that one stays and the copy goes:
    /// readers may have it open.
    pub(super) fn put(&self, disk: &Disk, folder: &Path) -> Result<Put, PublishError> {
        let path = folder.join(&self.file.name);
        let io = |file: &Path| {
            let file = file.to_owned();
            move |source| PublishError::Io { file, source }
        };
        let found = std::fs::metadata(&path)
            .is_ok_and(|found| found.is_file() && found.len() == self.file.bytes);
        if found && sum_of(&path)? == self.file.sha256 {
            disk.remove(&self.beside).map_err(io(&self.beside))?;
            return Ok(Put::There);
        }
        disk.make_read_only(&self.beside).map_err(io(&self.beside))?;
        let was_there = path.exists();
        disk.rename(&self.beside, &path).map_err(io(&path))?;
        Ok(if was_there { Put::Mended } else { Put::New })
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
fn content_name(releases: &[(System, Option<Date>)], sha256: Sha256Sum) -> String {
    let mut parts: Vec<String> =
        releases.iter().map(|(system, _)| system.word().to_owned()).collect();
    if parts.is_empty() {
        parts.push("empty".to_owned());
    }
    if let Some(date) = releases.iter().filter_map(|(_, date)| *date).max() {
        parts.push(date.number().to_string());
    }
    let sum = sha256.to_string();
    format!("{}-{}.farr", parts.join("-"), &sum[..HASH])
}

/// How many digits of the SHA-256 stand in a name.
const HASH: usize = 16;

/// The systems that an index may hold, `icd10-cm` before the `icd10` that it begins with.
const SYSTEMS: [System; 5] =
    [System::Snomed, System::Dmd, System::Icd10Cm, System::Icd10, System::Opcs4];

/// Whether a file is named as an index in a published folder is: only such files are ever removed.
///
/// What a later farr names by a system that this one does not know is none: it is left.
pub(super) fn is_content_name(name: &str) -> bool {
    let Some((of, hash)) = name.strip_suffix(".farr").and_then(|name| name.rsplit_once('-')) else {
        return false;
    };
    let is_hash =
        hash.len() == HASH && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    let systems = match of.rsplit_once('-') {
        Some((systems, day)) if day.len() == 8 && is_digits(day) => systems,
        _ => of,
    };
    is_hash && (systems == "empty" || are_systems(systems))
}

/// Whether a text is words of systems with `-` between, none twice.
fn are_systems(text: &str) -> bool {
    let (mut rest, mut seen) = (text, Vec::new());
    loop {
        let known = SYSTEMS.iter().find_map(|system| {
            let behind = rest.strip_prefix(system.word())?;
            (behind.is_empty() || behind.starts_with('-')).then_some((*system, behind))
        });
        let Some((system, behind)) = known else { return false };
        if seen.contains(&system) {
            return false;
        }
        seen.push(system);
        match behind.strip_prefix('-') {
            Some(behind) => rest = behind,
            None => return true,
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether a file is named as the unfinished files of publishing are: copies of indexes, the pointer,
/// and the descriptions in `sets/`.
pub(super) fn is_unfinished(name: &str, in_sets: bool) -> bool {
    let Some(name) = name.strip_suffix(UNFINISHED) else { return false };
    match (in_sets, name.strip_suffix(".set")) {
        (true, Some(number)) => {
            let number = is_digits(number).then(|| number.parse().ok()).flatten();
            number.is_some_and(|number| SetDescription::path_of(number) == format!("sets/{name}"))
        }
        (false, Some(_)) => name == POINTER,
        (false, None) => is_digits(name) && !name.starts_with('0'),
        (true, None) => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_given_is_known_again_and_none_like_it() {
        let day = Some(Date::new(2026, 8, 1).unwrap());
        for (at, system) in SYSTEMS.into_iter().enumerate() {
            let others = SYSTEMS.iter().skip(at + 1).map(|other| (*other, None));
            let releases: Vec<_> = [(system, day)].into_iter().chain(others).collect();
            for releases in [&releases[..], &releases[..1], &[]] {
                let name = content_name(releases, Sha256Sum([0x5a; 32]));
                assert!(is_content_name(&name), "{name}");
                assert!(!is_content_name(&format!("my-{name}")), "{name}");
                assert!(!is_content_name(&name.replace("5a5a.farr", "5a.farr")), "{name}");
            }
        }
        for name in [
            "keep-me-0123456789abcdef.farr",
            "archive-aaaaaaaaaaaaaaaa.farr",
            "0123456789abcdef.farr",
            "-0123456789abcdef.farr",
            "snomed-snomed-0123456789abcdef.farr",
            "snomed-202608-0123456789abcdef.farr",
            "snomed-20260801-old-0123456789abcdef.farr",
            "snomed-20260801-0123456789ABCDEF.farr",
            "snomed-20260801-0123456789abcdef.farr.bak",
            "icd10-cmx-0123456789abcdef.farr",
            "read-v2-0123456789abcdef.farr",
        ] {
            assert!(!is_content_name(name), "{name}");
        }
    }

    #[test]
    fn only_what_publishing_writes_is_unfinished() {
        for (name, in_sets) in [
            ("1.publishing", false),
            ("12.publishing", false),
            ("current.set.publishing", false),
            ("000007.set.publishing", true),
            ("1000000.set.publishing", true),
        ] {
            assert!(is_unfinished(name, in_sets), "{name}");
            assert!(!is_unfinished(name, !in_sets), "{name}");
        }
        for name in ["notes.publishing", "01.publishing", ".publishing", "7.set.publishing"] {
            assert!(!is_unfinished(name, false) && !is_unfinished(name, true), "{name}");
        }
    }
}
