//! The release itself: how old it is, and whether it is the one that a coding states.

use super::Judging;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding_code::FindingCode;
use crate::coding::release_age::ReleaseAge;
use crate::coding::system::System;

impl Judging<'_, '_> {
    #[inline]
    pub(super) fn release_of(&mut self, system: System, coding: &Coding<'_>) {
        if let Some(most) = self.validator.binding.most_age_days {
            self.age_of_release(system, most);
        }
        if let Some(stated) = coding.version {
            self.version(system, stated);
        }
    }

    fn age_of_release(&mut self, system: System, most: u32) {
        let Some(release) = self.validator.release(system) else { return };
        match release.age(self.facts.today, most) {
            ReleaseAge::Unknown => self.plain(FindingCode::ReleaseAgeUnknown),
            ReleaseAge::Stale { days } => {
                self.add(FindingCode::StaleRelease, || (Detail::Age { days, most }, Vec::new()));
            }
            ReleaseAge::Fresh { .. } => {}
        }
    }

    fn version(&mut self, system: System, stated: &str) {
        let release = self.validator.release(system);
        let Some(version) = release.and_then(|release| release.version.as_deref()) else { return };
        if stated != version {
            self.add(FindingCode::OtherVersion, || (Detail::Text(version), Vec::new()));
        }
    }
}
