//! How old a release is, held against how old it may be.

use super::verdict::Release;
use crate::date::Date;
use crate::map::days_between;

/// Whether a release is older than is allowed: in three values, because not every release has a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReleaseAge {
    /// It is not older than is allowed.
    Fresh {
        /// Days since the day of the release; 0 for a release of tomorrow.
        days: u32,
    },
    /// It is older than is allowed.
    Stale {
        /// Days since the day of the release.
        days: u32,
    },
    /// The release has no date, or it was not said which day it is.
    Unknown,
}

impl Release {
    /// Whether it is older than `most_days` on a day that the caller gives: farr has no clock.
    ///
    /// ```
    /// # let index = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// use farr::coding::{Binding, ReleaseAge, System, Validator};
    ///
    /// # let terminology = farr::Terminology::open([index])?;
    /// let validator = Validator::new(&terminology, &Binding::new("any").system(System::Snomed))?;
    /// let release = &validator.releases()[0];
    /// let today = release.date().ok_or("a release with a date")?;
    /// assert_eq!(release.age(Some(today), 30), ReleaseAge::Fresh { days: 0 });
    /// assert_eq!(release.age(None, 30), ReleaseAge::Unknown);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn age(&self, today: impl Into<Option<Date>>, most_days: u32) -> ReleaseAge {
        let (Some(date), Some(today)) = (self.date(), today.into()) else {
            return ReleaseAge::Unknown;
        };
        // A release of tomorrow is not old.
        let days = days_between(date, today).unwrap_or(0);
        if days > most_days { ReleaseAge::Stale { days } } else { ReleaseAge::Fresh { days } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coding::System;

    #[test]
    fn a_release_is_stale_on_the_day_after_the_last_that_is_allowed() {
        let of = |date: Option<&str>| Release {
            system: System::Dmd,
            version: None,
            date: date.map(|date| date.parse().unwrap()),
        };
        let on = |release: &Release, day: &str| release.age(day.parse::<Date>().ok(), 7);
        let weekly = of(Some("2026-08-03"));
        assert_eq!(on(&weekly, "2026-08-10"), ReleaseAge::Fresh { days: 7 });
        assert_eq!(on(&weekly, "2026-08-11"), ReleaseAge::Stale { days: 8 });
        assert_eq!(on(&weekly, "2026-08-02"), ReleaseAge::Fresh { days: 0 });
        assert_eq!(weekly.age(None, u32::MAX), ReleaseAge::Unknown);
        assert_eq!(on(&of(None), "2026-08-10"), ReleaseAge::Unknown);
    }
}
