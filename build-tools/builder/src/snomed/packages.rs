//! Which packages a release is read from, and what of them.

use std::path::{Path, PathBuf};

use crate::error::BuildError;
use crate::problem::Notes;
use crate::release::{self, Content, Entry, FileName, ReleaseType, Wanted};
use crate::rf2::is_date;

/// What is asked for: packages, and which versions of their components.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packages {
    /// Whole releases.
    pub(crate) whole: Vec<PathBuf>,
    /// Changes over them.
    pub(crate) deltas: Vec<PathBuf>,
    /// What to take of a package that has several release types.
    pub(crate) preferred: Option<ReleaseType>,
    /// The day whose state is wanted.
    pub(crate) as_of: Option<u32>,
}

/// The files of the packages, by the place each was found in.
#[derive(Debug)]
pub(crate) struct Found(Vec<release::Release>);

impl Packages {
    /// Finds the files.
    pub(crate) fn find(&self, notes: &mut Notes) -> Result<Found, BuildError> {
        if let Some(date) = self.as_of.filter(|date| !is_date(*date)) {
            return Err(BuildError::NoDate { date });
        }
        // Only a Full can be taken back to any day. Whether a Snapshot can is seen row by row.
        let wanted = match (self.preferred, self.as_of) {
            (Some(preferred), _) => Wanted::Whole { preferred, told: true },
            (None, Some(_)) => Wanted::Whole { preferred: ReleaseType::Full, told: false },
            (None, None) => Wanted::Whole { preferred: ReleaseType::Snapshot, told: true },
        };
        let mut found = Vec::with_capacity(self.whole.len() + self.deltas.len());
        for path in &self.whole {
            found.push(release::find(path, wanted, notes)?);
        }
        let whole = Found(found);
        if !whole.files().any(|(_, name, _)| name.content == Content::Concept) {
            return Err(BuildError::NoRelease {
                path: self.whole.first().cloned().unwrap_or_default(),
            });
        }
        let Found(mut found) = whole;
        for path in &self.deltas {
            found.push(release::find(path, Wanted::Delta, notes)?);
        }
        Ok(Found(found))
    }
}

impl Found {
    fn places(&self) -> impl Iterator<Item = (usize, &release::Release)> {
        self.0.iter().enumerate()
    }

    /// The RF2 files to read.
    pub(crate) fn files(&self) -> impl Iterator<Item = (usize, &FileName, &Entry)> {
        self.places().flat_map(|(place, found)| {
            found.files.iter().map(move |(name, entry)| (place, name, entry))
        })
    }

    /// The packages they come from.
    pub(crate) fn packages(&self) -> impl Iterator<Item = (usize, &str, ReleaseType)> {
        self.places().flat_map(|(place, found)| {
            found.packages.iter().map(move |(name, kind)| (place, name.as_str(), *kind))
        })
    }

    /// What the packages say of themselves.
    pub(crate) fn information(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.places()
            .flat_map(|(place, found)| found.information.iter().map(move |entry| (place, entry)))
    }

    /// The zip files that were opened from disk.
    pub(crate) fn archives(&self) -> impl Iterator<Item = (usize, &Path)> {
        self.places().flat_map(|(place, found)| {
            found.archives.iter().map(move |path| (place, path.as_path()))
        })
    }
}
