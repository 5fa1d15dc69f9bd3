//! The sets of a published folder.

use std::path::{Path, PathBuf};

use farr::published::{DescriptionError, HeldSet, POINTER, SetDescription, SetError};

use super::error::PublishError;
use super::report::ListedSet;

/// The sets of a folder, as they lie there.
#[derive(Debug, Default)]
pub(super) struct History {
    /// By number, ascending.
    pub(super) sets: Vec<(u32, Result<SetDescription, DescriptionError>)>,
    /// The set that the pointer points to.
    pub(super) current: Option<SetDescription>,
    /// What is amiss with the pointer.
    pub(super) broken: Option<SetError>,
}

impl History {
    /// Reads the descriptions of all sets, and the pointer. A pointer that is damaged is no error
    /// here: the next set is published over it.
    ///
    /// Changes nothing, and makes nothing where there is no folder.
    pub(super) fn read(folder: &Path) -> Result<History, PublishError> {
        let mut history = History::default();
        match HeldSet::peek(folder) {
            Ok(current) => history.current = Some(current),
            Err(SetError::Absent { .. }) => {}
            Err(error @ SetError::Description { .. }) => history.broken = Some(error),
            Err(error) => return Err(error.into()),
        }
        for name in names(&folder.join("sets"))? {
            let number = name.strip_suffix(".set").and_then(|number| number.parse().ok());
            let Some(number) = number else { continue };
            let path = folder.join(SetDescription::path_of(number));
            // Only as this program names them: not `7.set` beside `000007.set`.
            if path.file_name().is_none_or(|expected| expected != name.as_str()) {
                continue;
            }
            let what = "it has another number than its name";
            let described = match SetDescription::read(&path) {
                Ok(described) if described.number() == number => Ok(described),
                Ok(_) => Err(DescriptionError::Damaged { what }),
                Err(SetError::Description { error, .. }) => Err(error),
                // A publisher removed it just now.
                Err(SetError::Absent { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            history.sets.push((number, described));
        }
        history.sets.sort_unstable_by_key(|(number, _)| *number);
        Ok(history)
    }

    /// What is amiss with the pointer, where no set is current.
    pub(super) fn pointer_error(self, folder: &Path) -> SetError {
        self.broken.unwrap_or_else(|| SetError::Absent { file: pointer(folder) })
    }

    /// Whether anything was ever published here.
    pub(super) fn is_any(&self) -> bool {
        self.current.is_some() || self.broken.is_some() || !self.sets.is_empty()
    }

    /// The number of the next set: higher than all there are. `None` where there is no higher one.
    pub(super) fn next(&self) -> Option<u32> {
        let current = self.current.as_ref().map(SetDescription::number);
        let numbers = self.sets.iter().map(|(number, _)| *number).chain(current);
        numbers.max().unwrap_or(0).checked_add(1)
    }

    /// Whether a set names this file.
    pub(super) fn names_file(&self, name: &str) -> bool {
        let sets = self.sets.iter().filter_map(|(_, described)| described.as_ref().ok());
        let files = sets.chain(&self.current).flat_map(SetDescription::files);
        files.into_iter().any(|file| file.name == name)
    }

    /// The set of a number, where its description can be read.
    fn set(&self, number: u32) -> Option<&SetDescription> {
        let found = self.sets.iter().find(|(listed, _)| *listed == number);
        found.and_then(|(_, described)| described.as_ref().ok())
    }

    /// The sets that were current one before the other, the last first, as far as they are there. A
    /// set whose publisher was killed before the pointer moved, or that was gone back from, is none
    /// of them.
    pub(super) fn before_current(&self) -> Vec<u32> {
        let mut chain = Vec::new();
        let mut at = self.current.as_ref();
        // Each number is lower than the one it follows, so that this ends.
        while let Some(before) = at.and_then(SetDescription::before) {
            at = self.set(before);
            chain.extend(at.map(SetDescription::number));
        }
        chain
    }

    /// For people and programs.
    pub(super) fn listed(self, folder: &Path) -> Vec<ListedSet> {
        let current = self.current.as_ref().map(SetDescription::number);
        let mut listed: Vec<ListedSet> = self
            .sets
            .into_iter()
            .map(|(number, description)| {
                let missing = description.as_ref().map(|set| missing(folder, set));
                let missing = missing.unwrap_or_default();
                ListedSet { number, current: current == Some(number), description, missing }
            })
            .collect();
        // A folder may have lost the description in `sets/` of what its pointer points to.
        if let Some(set) = self.current
            && !listed.iter().any(|listed| listed.current)
        {
            let (number, missing) = (set.number(), missing(folder, &set));
            listed.push(ListedSet { number, current: true, description: Ok(set), missing });
            listed.sort_unstable_by_key(|listed| listed.number);
        }
        listed
    }
}

fn missing(folder: &Path, set: &SetDescription) -> Vec<String> {
    let files = set.files().iter().filter(|file| {
        let found = std::fs::metadata(folder.join(&file.name));
        !found.is_ok_and(|found| found.is_file() && found.len() == file.bytes)
    });
    files.map(|file| file.name.clone()).collect()
}

/// The names of the files in a folder; none where there is no folder.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, PublishError> {
    let io = |source| PublishError::Io { file: folder.to_owned(), source };
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(io)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        // A name that is not text is none of ours.
        names.extend(entry.map_err(io)?.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

/// Where the pointer lies.
pub(super) fn pointer(folder: &Path) -> PathBuf {
    folder.join(POINTER)
}
