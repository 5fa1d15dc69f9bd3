//! Finding the files of a release: in a folder, in a zip file, in a zip file in a zip file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::entry::{Archive, Entry, Inflated, most_unpacked};
use super::file_name::{Content, FileName, ReleaseType};
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};

/// Zip files within zip files are opened this deep: downloads nest once.
const DEEPEST: usize = 3;
/// More entries than any release has.
const MOST_ENTRIES: usize = 200_000;
/// More bytes than any zip file within a zip file has.
const MOST_NESTED: u64 = 8 << 30;

/// The files of one package, or of several found in one place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Release {
    /// The RF2 files to read, with what they hold.
    pub(crate) files: Vec<(FileName, Entry)>,
    /// `release_package_information.json`, one a package.
    pub(crate) information: Vec<Entry>,
    /// The packages the files come from, each with what was chosen of it.
    pub(crate) packages: Vec<(String, ReleaseType)>,
    /// The zip files on disk that they were read from.
    pub(crate) archives: Vec<PathBuf>,
}

/// The zip files that were opened from disk, each with the name that its entries' names begin with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Archives(Vec<(String, PathBuf)>);

impl Archives {
    /// Those that entries of these names come from: the others are no sources.
    pub(crate) fn that_hold<'n>(
        self,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Vec<PathBuf> {
        let holds = |archive: &str| {
            names
                .clone()
                .any(|name| name.strip_prefix(archive).is_some_and(|inner| inner.starts_with('/')))
        };
        self.0.into_iter().filter(|(name, _)| holds(name)).map(|(_, path)| path).collect()
    }
}

/// What is looked for in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Whole releases, of this type where there are several.
    Whole {
        /// The type to take where a package has it.
        preferred: ReleaseType,
        /// Whether to tell of packages that do not have it.
        told: bool,
    },
    /// Changes.
    Delta,
}

/// Finds the files of the release in a folder or zip file.
pub(crate) fn find(path: &Path, wanted: Wanted, notes: &mut Notes) -> Result<Release, BuildError> {
    let io = |source| BuildError::Io { file: path.to_owned(), source };
    let mut found = Found::default();
    let metadata = std::fs::metadata(path).map_err(io)?;
    let top = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if metadata.is_dir() {
        found.folder(path, &top)?;
    } else {
        found.zip_on_disk(path, &top)?;
    }
    found.release(path, wanted, notes)
}

/// All files in a folder or zip file, or the one file that the path names; and the zip files that were
/// opened from disk.
pub(crate) fn find_entries(path: &Path) -> Result<(Vec<Entry>, Archives), BuildError> {
    let io = |source| BuildError::Io { file: path.to_owned(), source };
    let mut found = Found::default();
    let metadata = std::fs::metadata(path).map_err(io)?;
    let top = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if metadata.is_dir() {
        found.folder(path, &top)?;
    } else if is_zip(&top) {
        found.zip_on_disk(path, &top)?;
    } else {
        found.entries.push(Entry::in_folder(top, path.to_owned(), metadata.len()));
    }
    Ok((found.entries, found.archives))
}

#[derive(Debug, Default)]
struct Found {
    entries: Vec<Entry>,
    archives: Archives,
}

impl Found {
    fn folder(&mut self, path: &Path, name: &str) -> Result<(), BuildError> {
        let io = |source| BuildError::Io { file: path.to_owned(), source };
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(io)? {
            inside.push(entry.map_err(io)?);
        }
        // The order of a folder is the file system's; ours is by name.
        inside.sort_by_key(std::fs::DirEntry::file_name);
        for entry in inside {
            let path = entry.path();
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            let io = |source| BuildError::Io { file: path.clone(), source };
            let metadata = std::fs::metadata(&path).map_err(io)?;
            if metadata.is_dir() {
                self.folder(&path, &name)?;
            } else if is_zip(&name) {
                self.zip_on_disk(&path, &name)?;
            } else {
                self.entries.push(Entry::in_folder(name, path, metadata.len()));
            }
        }
        self.bounded(path)?;
        Ok(())
    }

    fn bounded(&self, path: &Path) -> Result<(), BuildError> {
        if self.entries.len() <= MOST_ENTRIES {
            return Ok(());
        }
        let what = format!("more than {MOST_ENTRIES} files: this is no release");
        Err(BuildError::Archive { file: path.display().to_string(), what })
    }

    fn zip_on_disk(&mut self, path: &Path, name: &str) -> Result<(), BuildError> {
        let io = |source| BuildError::Io { file: path.to_owned(), source };
        let file = File::open(path).map_err(io)?;
        self.archives.0.push((name.to_owned(), path.to_owned()));
        self.zip(file, name, 1)
    }

    fn zip(&mut self, file: File, name: &str, depth: usize) -> Result<(), BuildError> {
        let archive = Arc::new(Archive { name: name.to_owned(), file: Mutex::new(file) });
        let mut opened = archive.open()?;
        if opened.len() > MOST_ENTRIES {
            return Err(archive.error("too many entries: this is no release"));
        }
        let mut order: Vec<(String, usize)> = Vec::with_capacity(opened.len());
        for index in 0..opened.len() {
            let entry = opened.by_index(index).map_err(|e| archive.error(e))?;
            if entry.is_file() {
                let name = entry.name().map_err(|e| archive.error(e))?;
                order.push((name.replace('\\', "/"), index));
            }
        }
        order.sort();
        for (inner, index) in order {
            let inner_name = format!("{name}/{inner}");
            if is_zip(&inner) && depth == DEEPEST {
                return Err(
                    archive.error(format!("{inner}: a zip file deeper than any release has"))
                );
            }
            if is_zip(&inner) {
                let mut entry = opened.by_index(index).map_err(|e| archive.error(e))?;
                let mut unpacked = tempfile::tempfile()
                    .map_err(|source| BuildError::Io { file: std::env::temp_dir(), source })?;
                let bound = most_unpacked(entry.compressed_size()).min(MOST_NESTED);
                std::io::copy(&mut Inflated::new(&mut entry, bound), &mut unpacked)
                    .and_then(|_| unpacked.seek(SeekFrom::Start(0)))
                    .map_err(|e| archive.error(format!("{inner}: {e}")))?;
                self.zip(unpacked, &inner_name, depth + 1)?;
            } else {
                let bytes = opened.by_index(index).map_err(|e| archive.error(e))?.size();
                self.entries.push(Entry::in_zip(inner_name, Arc::clone(&archive), index, bytes));
            }
        }
        Ok(())
    }

    /// Chooses what to read of each package.
    fn release(
        self,
        path: &Path,
        wanted: Wanted,
        notes: &mut Notes,
    ) -> Result<Release, BuildError> {
        let mut packages: BTreeMap<String, Vec<(FileName, Entry)>> = BTreeMap::new();
        let mut release = Release::default();
        for entry in self.entries {
            if entry.file_name().eq_ignore_ascii_case("release_package_information.json") {
                release.information.push(entry);
            } else if let Some(name) = FileName::parse(entry.file_name()) {
                packages.entry(package_of(&entry.name)).or_default().push((name, entry));
            }
        }
        for (package, files) in packages {
            let Some(chosen) = choose(&package, &files, wanted, notes)? else { continue };
            release.files.extend(files.into_iter().filter(|(name, _)| name.release_type == chosen));
            release.packages.push((package, chosen));
        }
        let read = release.files.iter().map(|(_, entry)| entry);
        let read = read.chain(&release.information).map(|entry| entry.name.as_str());
        release.archives = self.archives.that_hold(read);
        match (release.files.is_empty(), wanted) {
            (true, Wanted::Delta) => Err(BuildError::NoDelta { path: path.to_owned() }),
            (true, _) => Err(BuildError::NoRelease { path: path.to_owned() }),
            (false, _) => Ok(release),
        }
    }
}

/// The release type to read of a package. A Delta alone is no release: read as one, it would hide
/// all that did not change.
fn choose(
    package: &str,
    files: &[(FileName, Entry)],
    wanted: Wanted,
    notes: &mut Notes,
) -> Result<Option<ReleaseType>, BuildError> {
    let any = |kind| files.iter().any(|(name, _)| name.release_type == kind);
    let core = |kind| {
        let core = |(name, _): &&(FileName, Entry)| name.content != Content::Other;
        files.iter().filter(core).any(|(name, _)| name.release_type == kind)
    };
    let Wanted::Whole { preferred, told } = wanted else {
        return Ok(Some(ReleaseType::Delta).filter(|delta| any(*delta)));
    };
    let whole = [preferred, ReleaseType::Snapshot, ReleaseType::Full];
    let chosen = whole.into_iter().find(|kind| core(*kind)).or_else(|| {
        // A package may hold nothing but reference sets.
        let only_others = !core(ReleaseType::Delta);
        whole.into_iter().find(|kind| only_others && any(*kind))
    });
    match chosen {
        None | Some(ReleaseType::Delta) => {
            Err(BuildError::DeltaAlone { package: package.to_owned() })
        }
        Some(chosen) => {
            if told && chosen != preferred {
                notes.add(NoteKind::OtherReleaseType, || {
                    format!("{package} ({}, not {})", chosen.name(), preferred.name())
                });
            }
            Ok(Some(chosen))
        }
    }
}

fn is_zip(name: &str) -> bool {
    name.len() > 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".zip")
}

/// The package of a file: its path up to the folder named after a release type, or else its top.
pub(crate) fn package_of(name: &str) -> String {
    let parts: Vec<&str> = name.split('/').collect();
    let end = parts
        .iter()
        .position(|part| matches!(*part, "Snapshot" | "Full" | "Delta"))
        .unwrap_or(1)
        .max(1);
    parts[..end.min(parts.len())].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_what_stands_above_the_release_type() {
        for (name, package) in [
            ("uk.zip/SnomedCT_UK/Snapshot/Terminology/sct2_Concept.txt", "uk.zip/SnomedCT_UK"),
            ("loose/sct2_Concept.txt", "loose"),
            ("Snapshot/Terminology/sct2_Concept.txt", "Snapshot"),
        ] {
            assert_eq!(package_of(name), package);
        }
    }
}
