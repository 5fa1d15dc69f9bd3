//! Whether a code is active, or was on the day of recording.

use super::Judging;
use crate::coding::binding::Activity;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::date::Date;
use crate::map::days_between;
use crate::snomed::{Concept, Successors};

/// The day of the first release of SNOMED CT, in which its oldest concepts became active.
const FIRST_RELEASE: u32 = 20_020_131;

impl<'v> Judging<'v, '_> {
    #[inline]
    pub(super) fn activity_of(&mut self, concept: Concept<'v>) {
        let Activity::Active { grace_days } = self.validator.binding.activity else { return };
        if !concept.is_active() {
            self.inactive(concept, grace_days);
        } else if let Some(day) = self.facts.recorded {
            self.active_on(concept, day);
        }
    }

    /// An active concept: the release holds its newest row, and since when that is so.
    #[inline]
    fn active_on(&mut self, concept: Concept<'v>, day: Date) {
        if concept.effective_time().is_none_or(|since| since <= day.number()) {
            return;
        }
        if day.number() < FIRST_RELEASE {
            let text = format!("{day}, before the first release of SNOMED CT");
            self.add(FindingCode::NotYetActive, || (Detail::Made(text.into()), Vec::new()));
        } else {
            // The row was changed after the day; whether there was an active one before it, a
            // snapshot does not tell.
            self.add(FindingCode::ActivityUnknown, || (Detail::Day(day), Vec::new()));
        }
    }

    #[cold]
    fn inactive(&mut self, concept: Concept<'v>, grace_days: u32) {
        let since = concept.effective_time().and_then(Date::from_number);
        let code = self.ended(since, grace_days);
        let dialect = self.validator.binding.dialect;
        self.add(code, || {
            let successors = concept.successors();
            let kind = match successors {
                Successors::One(_) => SuggestionKind::Successor,
                _ => SuggestionKind::Candidate,
            };
            let suggestions = successors
                .all()
                .iter()
                .map(|successor| Suggestion::concept(kind, successor.concept(), dialect))
                .collect();
            (Detail::Inactive { since, reason: concept.inactivation_reason() }, suggestions)
        });
    }

    /// What it is that a code ended on a day.
    pub(super) fn ended(&self, since: Option<Date>, grace_days: u32) -> FindingCode {
        // A code without a day of recording is used today.
        let day = self.facts.recorded.or(self.facts.today);
        let (Some(since), Some(day)) = (since, day) else { return FindingCode::Inactive };
        if self.facts.recorded.is_some_and(|day| day.number() < FIRST_RELEASE) {
            return FindingCode::NotYetActive;
        }
        match days_between(since, day) {
            None if self.facts.recorded.is_some() => FindingCode::InactiveSince,
            Some(days) if days < grace_days => FindingCode::InactiveInGrace,
            _ => FindingCode::Inactive,
        }
    }
}
