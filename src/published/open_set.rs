//! A set of a published folder, opened.

use std::path::Path;

use super::description::SetDescription;
use super::error::SetError;
use super::held::HeldSet;
use super::options::SetOptions;
use crate::coding::{Release, ReleaseAge, System};
use crate::date::Date;
use crate::index::{IndexFile, OpenError, Promise};
use crate::terminology::Terminology;

/// A set of a published folder, opened: a [`Terminology`], and which releases it is of.
///
/// Given by [`Handle::current`](super::Handle::current), or opened by itself, beside others:
///
/// ```no_run
/// use farr::published::{OpenSet, SetOptions};
///
/// let folder = "/srv/farr".as_ref();
/// let now = OpenSet::open(folder, &SetOptions::new())?;
/// let before = OpenSet::open(folder, &SetOptions::new().pinned(41))?;
/// println!("{:?} after {:?}", now.releases(), before.releases());
/// # Ok::<(), farr::published::SetError>(())
/// ```
#[derive(Debug)]
pub struct OpenSet {
    // Before `held`: what is mapped is let go of first, and then the set.
    terminology: Terminology,
    releases: Vec<Release>,
    held: HeldSet,
}

impl OpenSet {
    /// Reads the set that the options ask for into memory: the current one, or a
    /// [pinned](SetOptions::pinned) one.
    ///
    /// # Errors
    ///
    /// As [`Handle::open`](super::Handle::open).
    pub fn open(folder: &Path, options: &SetOptions) -> Result<OpenSet, SetError> {
        OpenSet::of(folder, options, None)
    }

    /// Opens a set: mapped under a promise, read without one.
    pub(crate) fn of(
        folder: &Path,
        options: &SetOptions,
        promise: Option<&Promise>,
    ) -> Result<OpenSet, SetError> {
        let mut held = match options.set {
            None => HeldSet::current(folder)?,
            Some(set) => HeldSet::numbered(folder, set)?,
        };
        // Before any of its files is looked at.
        #[cfg(feature = "signed")]
        if let Some(key) = &options.key {
            key.verify(&held)?;
        }
        let set = held.description().number();
        let failed = |error| SetError::Open { set, error };
        let mut files = Vec::new();
        for path in held.paths() {
            let opened = match promise {
                Some(promise) => promise.map(&path, options.open),
                None => IndexFile::read(&path, options.open),
            };
            let file = opened.map_err(|error| match error {
                OpenError::Io { file, source } if source.kind() == std::io::ErrorKind::NotFound => {
                    SetError::Missing { file, set }
                }
                error => failed(error),
            })?;
            held.check_file(&file)?;
            files.push(file);
        }
        #[cfg(feature = "signed")]
        if options.key.is_some() {
            super::signature::check_sums(&held, &files)?;
        }
        let terminology = Terminology::of(files, options.open).map_err(failed)?;
        let releases = terminology.releases().map_err(failed)?;
        if promise.is_none() {
            // All of it is in memory: nobody needs the files.
            held.release();
        }
        let opened = OpenSet { terminology, releases, held };
        opened.check_age(options, options.today)?;
        Ok(opened)
    }

    /// Holds the releases against the limits of age, as of a day.
    pub(super) fn check_age(
        &self,
        options: &SetOptions,
        today: Option<Date>,
    ) -> Result<(), SetError> {
        let set = self.number();
        for &(system, most) in &options.limits {
            let Some(release) = self.release(system) else { continue };
            match release.age(today, most) {
                ReleaseAge::Fresh { .. } => {}
                ReleaseAge::Stale { days } => {
                    return Err(SetError::Stale { set, system, days, most });
                }
                ReleaseAge::Unknown => {
                    let what = match today {
                        Some(_) => "the release has no date",
                        None => "it was not said which day it is",
                    };
                    return Err(SetError::AgeUnknown { set, system, what });
                }
            }
        }
        Ok(())
    }

    /// The terminology, to ask questions of.
    pub fn terminology(&self) -> &Terminology {
        &self.terminology
    }

    /// The number of the set.
    pub fn number(&self) -> u32 {
        self.held.description().number()
    }

    /// What the folder says of the set: files, lengths, sums.
    pub fn description(&self) -> &SetDescription {
        self.held.description()
    }

    /// The releases that answers of this set are of, one a system, as the indexes themselves say it.
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// The release of a system; `None` where the set does not hold it.
    pub fn release(&self, system: System) -> Option<&Release> {
        self.releases.iter().find(|release| release.system() == system)
    }

    /// Whether each release is more than `most_days` old on a day that the caller gives.
    ///
    /// ```no_run
    /// # let handle = farr::published::Handle::open("/srv/farr", Default::default())?;
    /// use farr::coding::ReleaseAge;
    ///
    /// let today = "2026-08-20".parse::<farr::Date>()?;
    /// for (release, age) in handle.current().ages(240, today) {
    ///     if let ReleaseAge::Stale { days } = age {
    ///         eprintln!("{release} is {days} days old");
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ages(
        &self,
        most_days: u32,
        today: impl Into<Option<Date>>,
    ) -> Vec<(&Release, ReleaseAge)> {
        let today = today.into();
        self.releases.iter().map(|release| (release, release.age(today, most_days))).collect()
    }

    /// Whether `farr publish` is kept from removing files of the set: see [`HeldSet::is_locked`]. A
    /// set that was read into memory needs no files, and holds none.
    pub fn is_locked(&self) -> bool {
        self.held.is_locked()
    }
}
