//! The versions of a component or member, and which of them each release type holds.

use super::content::Content;
use super::module::Module;
use crate::random::Random;
use std::array::IntoIter;
use std::iter::Flatten;

/// Which versions of each component the files of a release hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReleaseType {
    /// The newest version.
    Snapshot,
    /// Every version.
    Full,
    /// The versions that are newer than the release before.
    Delta,
}

impl ReleaseType {
    /// Its name, as folders and files spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Snapshot => "Snapshot",
            Self::Full => "Full",
            Self::Delta => "Delta",
        }
    }
}

/// Which versions are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Selection {
    #[default]
    Newest,
    All,
    After(u32),
}

/// One version of a component or member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) effective: u32,
    pub(crate) active: bool,
    /// Whether a column that may change says something else than in the newest version.
    pub(crate) former: bool,
}

/// The versions before the newest, the earliest first.
pub(crate) type Earlier = [Option<Version>; 2];

/// How long a component has been there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// It has one version.
    New,
    /// It may have been added, retired or restored on any day since this one.
    Perhaps(u32),
    /// It has been there, and active unless it is so no more, every day since this one: what a
    /// release cannot be without.
    Always(u32),
}

impl Selection {
    /// The versions to write. `earlier` is not asked where only the newest is.
    pub(crate) fn of(
        self,
        newest: Version,
        earlier: impl FnOnce() -> Earlier,
    ) -> Flatten<IntoIter<Option<Version>, 3>> {
        let [first, second] = match self {
            Self::Newest => [None; 2],
            _ => earlier(),
        };
        let written = |version: &Version| match self {
            Self::After(date) => version.effective > date,
            _ => true,
        };
        [first, second, Some(newest)].map(|version| version.filter(written)).into_iter().flatten()
    }
}

impl Version {
    pub(crate) fn newest(effective: u32, active: bool) -> Self {
        Self { effective, active, former: false }
    }
}

impl Content {
    /// The versions that were before the newest one. `key` is unique among those of a purpose.
    pub(crate) fn earlier(
        &self,
        purpose: &str,
        key: u64,
        module: Module,
        since: Since,
        newest: Version,
    ) -> Earlier {
        let (Since::Perhaps(born) | Since::Always(born)) = since else { return [None; 2] };
        if born >= newest.effective {
            return [None; 2];
        }
        let mut random = Random::keyed(!self.parameters.seed, purpose, key);
        let version = |effective, active, former| Some(Version { effective, active, former });
        let between = self.dates.between(module, born, newest.effective, &mut random);
        match (newest.active, since) {
            (false, _) => match between.filter(|_| random.chance(200)) {
                Some(date) => [version(born, true, true), version(date, true, false)],
                None => [version(born, true, false), None],
            },
            (true, Since::Always(_)) => [version(born, true, true), None],
            (true, _) => match (random.weighted(&[450, 300, 250]), between) {
                (0, _) => [None; 2],
                (2, Some(date)) => [version(born, true, false), version(date, false, false)],
                _ => [version(born, true, true), None],
            },
        }
    }
}

/// The date of the first of all versions.
pub(crate) fn first_date(earlier: Earlier, newest: Version) -> u32 {
    earlier[0].map_or(newest.effective, |first| first.effective)
}
