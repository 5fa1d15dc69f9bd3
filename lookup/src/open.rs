//! Which index files to open, and opening them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use farr::Terminology;
use farr::index::{OpenOptions, Verification};
use farr::published::{HeldSet, PublicKey};

use crate::cli::Common;
use crate::failure::Failure;

/// The environment variable that names index files.
pub(crate) const VARIABLE: &str = "FARR_INDEX";

/// Sets of published folders that index files were taken from: held until the process ends, so that
/// nobody removes a file that is mapped.
static HELD: Mutex<Vec<HeldSet>> = Mutex::new(Vec::new());

/// The key that sets have to be signed with, where one is given.
static KEY: OnceLock<PublicKey> = OnceLock::new();

/// From now on only published folders are asked whose signature holds against this key.
pub(crate) fn require_signature(key: Option<&PublicKey>) {
    if let Some(key) = key {
        // There is one command line, and this is called once.
        let _ = KEY.set(key.clone());
    }
}

/// The published sets that files were taken from, in the order in which they were named: where the
/// description of each was found, and its number.
pub(crate) fn held_sets() -> Vec<(PathBuf, u32)> {
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    held.iter().map(|set| (set.source().to_owned(), set.description().number())).collect()
}

/// Whether a file is of a published set that is held.
pub(crate) fn is_held(file: &Path) -> bool {
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    held.iter().any(|set| set.paths().iter().any(|path| path == file))
}

/// The index files to ask: those of `--index`, or for want of them those of `FARR_INDEX`. A published
/// folder stands for the files of its current set.
pub(crate) fn index_files(common: &Common) -> Result<Vec<PathBuf>, Failure> {
    if !common.index.is_empty() {
        return files_of(&common.index);
    }
    let named = std::env::var_os(VARIABLE).unwrap_or_default();
    let files: Vec<PathBuf> =
        std::env::split_paths(&named).filter(|file| !file.as_os_str().is_empty()).collect();
    if files.is_empty() {
        let separator = if cfg!(windows) { ';' } else { ':' };
        return Err(Failure::Usage(format!(
            "no index given\n\
             name one with --index FILE, or set {VARIABLE} (several files: put '{separator}' between)\n\
             to make one:      farr build -o uk-snomed.farr --snomed RELEASE\n\
             to see farr work: farr demo"
        )));
    }
    files_of(&files)
}

/// Index files, the files of its current set in the place of each published folder.
pub(crate) fn files_of<P: AsRef<Path>>(named: &[P]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in named.iter().map(AsRef::as_ref) {
        if !path.is_dir() {
            files.push(path.to_owned());
            continue;
        }
        let held = HeldSet::current(path)?;
        if let Some(key) = KEY.get() {
            held.verify_signature(key)?;
        }
        files.extend(held.paths());
        HELD.lock().unwrap_or_else(PoisonError::into_inner).push(held);
    }
    Ok(files)
}

/// Whether no index is named, by an option or by the environment.
pub(crate) fn is_unnamed(common: &Common) -> bool {
    common.index.is_empty() && std::env::var_os(VARIABLE).is_none_or(|named| named.is_empty())
}

/// Opens the index files for one question: what the answer touches is verified, and nothing else.
pub(crate) fn for_one_question(common: &Common) -> Result<Terminology, Failure> {
    map(&index_files(common)?, Verification::FirstUse)
}

/// Maps index files into memory, and those of published folders, to be asked. Where a signature is
/// required, a file that is of no published folder is refused: nothing signs it.
pub(crate) fn map<P: AsRef<Path>>(
    files: &[P],
    verification: Verification,
) -> Result<Terminology, Failure> {
    let files = files_of(files)?;
    if KEY.get().is_some()
        && let Some(file) = files.iter().find(|file| !is_held(file))
    {
        return Err(Failure::Input(format!(
            "{}: a signature is required, by --public-key or FARR_PUBLIC_KEY, and an index has one \
             only in a published folder",
            file.display()
        )));
    }
    map_by_itself(&files, verification)
}

/// Maps index files to be looked at, and not to be asked about the clinic: also those that nothing signs.
pub(crate) fn map_by_itself<P: AsRef<Path>>(
    files: &[P],
    verification: Verification,
) -> Result<Terminology, Failure> {
    let options = OpenOptions::new().verification(verification);
    let terminology = map_published(&files_of(files)?, options)?;
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    held.iter().try_for_each(|set| set.check(&terminology))?;
    if KEY.get().is_some() {
        held.iter().try_for_each(|set| set.check_sums(&terminology))?;
    }
    Ok(terminology)
}

/// Holds files of published folders to their SHA-256.
pub(crate) fn hold_sums(terminology: &Terminology) -> Result<(), Failure> {
    // Where a signature is required, that was done.
    if KEY.get().is_none() {
        let held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().try_for_each(|set| set.check_sums(terminology))?;
    }
    Ok(())
}

/// Looks for the published set that a file is of, by the folder in which it lies, and holds it with its
/// signature against the key: gives the file as that set names it; `None` where no set names it.
pub(crate) fn hold_set_of(file: &Path) -> Result<Option<PathBuf>, Failure> {
    let real = std::fs::canonicalize(file).ok();
    for place in [Some(file), real.as_deref()].into_iter().flatten() {
        let folder = match place.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let Some(name) = place.file_name().and_then(|name| name.to_str()) else { continue };
        let Ok(sets) = farr_build::Publish::new(folder).sets() else { continue };
        let mut refused = None;
        for listed in sets.iter().rev() {
            let Ok(described) = &listed.description else { continue };
            if !described.files().iter().any(|file| file.name == name) {
                continue;
            }
            let held = match listed.current {
                true => HeldSet::current(folder)?,
                false => HeldSet::numbered(folder, listed.number)?,
            };
            match KEY.get().map_or(Ok(()), |key| held.verify_signature(key)) {
                Ok(()) => {
                    HELD.lock().unwrap_or_else(PoisonError::into_inner).push(held);
                    return Ok(Some(folder.join(name)));
                }
                // Another set may have it, too, and be signed.
                Err(error) => refused = Some(error),
            }
        }
        if let Some(error) = refused {
            return Err(error.into());
        }
    }
    Ok(None)
}

/// The one place where this program takes it upon itself that index files do not change.
#[allow(unsafe_code)]
fn map_published<P: AsRef<Path>>(
    files: &[P],
    options: OpenOptions,
) -> Result<Terminology, farr::index::OpenError> {
    // SAFETY: an index is published by renaming a finished file over its name, and is never edited
    // in place: `farr build` does so, and the manual asks it of whoever copies indexes. A process
    // that has the old file mapped keeps the old file. In a published folder no file is touched again,
    // and none that is held is removed. This process maps read-only, and ends as
    // soon as it has answered.
    unsafe { Terminology::map_with(files.iter().map(AsRef::as_ref), options) }
}
