//! How to open a published set, and what to refuse.

use crate::coding::System;
use crate::date::Date;
use crate::index::{OpenOptions, Verification};

#[cfg(feature = "signed")]
use super::signature::PublicKey;

/// How to open a published set, and which sets to refuse; made with [`SetOptions::new`].
///
/// ```
/// use farr::coding::System;
/// use farr::published::SetOptions;
///
/// let today = "2026-08-20".parse::<farr::Date>()?;
/// let options = SetOptions::new()
///     .most_age_days(System::Snomed, 240)
///     .most_age_days(System::Dmd, 14)
///     .today(today);
/// # let _ = options;
/// # Ok::<(), farr::DateError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SetOptions {
    pub(super) set: Option<u32>,
    pub(super) open: OpenOptions,
    pub(super) limits: Vec<(System, u32)>,
    pub(super) today: Option<Date>,
    #[cfg(feature = "signed")]
    pub(super) key: Option<PublicKey>,
}

impl SetOptions {
    /// The current set, verified in full, of any age, signed or not.
    pub fn new() -> SetOptions {
        SetOptions::default()
    }

    /// Opens the set of this number and stays with it, wherever the pointer points: for a process that
    /// is pinned to a release, or to have several releases open side by side.
    #[must_use]
    pub fn pinned(mut self, set: u32) -> SetOptions {
        self.set = Some(set);
        self
    }

    /// When the bytes of the files are held against their checksums: [`Verification::Full`] unless
    /// said otherwise.
    #[must_use]
    pub fn verification(mut self, verification: Verification) -> SetOptions {
        self.open = self.open.verification(verification);
        self
    }

    /// Refuses sets in which the release of a system is more than `days` old, and those in which that
    /// cannot be told. A set without the system is not refused for it.
    #[must_use]
    pub fn most_age_days(mut self, system: System, days: u32) -> SetOptions {
        self.limits.retain(|(limited, _)| *limited != system);
        self.limits.push((system, days));
        self
    }

    /// The day it is, by which ages are told when the set is opened: farr has no clock. A reload is
    /// told anew, by [`Handle::reload_on`](super::Handle::reload_on).
    #[must_use]
    pub fn today(mut self, today: impl Into<Option<Date>>) -> SetOptions {
        self.today = today.into();
        self
    }

    /// Refuses sets whose description is not signed with this key, and files whose SHA-256 is not the
    /// one that was signed.
    #[cfg(feature = "signed")]
    #[must_use]
    pub fn signed_by(mut self, key: PublicKey) -> SetOptions {
        self.key = Some(key);
        self
    }
}
