//! Is one concept above another? Five answers.

use super::edition::{Snomed, partition_point};
use crate::id::Sctid;
use crate::index::format::DESCENDANTS_RECORD_LENGTH;

/// How two concepts stand to each other
/// ([FHIR subsumption outcomes](https://hl7.org/fhir/R4/codesystem-concept-subsumption-outcome.html),
/// and one more).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subsumption {
    /// They are the same concept.
    Equivalent,
    /// The first is above the second.
    Subsumes,
    /// The first is below the second.
    SubsumedBy,
    /// Both have their place, and neither is above the other.
    NotSubsumed,
    /// The release does not say where one of them belongs, so "no" would be a guess.
    NotClassified(NotClassified),
}

impl Subsumption {
    /// `equivalent`, `subsumes`, `subsumed-by`, `not-subsumed` or `not-classified`.
    pub fn code(self) -> &'static str {
        match self {
            Subsumption::Equivalent => "equivalent",
            Subsumption::Subsumes => "subsumes",
            Subsumption::SubsumedBy => "subsumed-by",
            Subsumption::NotSubsumed => "not-subsumed",
            Subsumption::NotClassified(_) => "not-classified",
        }
    }
}

impl std::fmt::Display for Subsumption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// Which of two concepts has no place, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotClassified {
    /// What is amiss with the first, if anything.
    pub general: Option<Unclassified>,
    /// What is amiss with the second, if anything.
    pub specific: Option<Unclassified>,
}

/// Why a concept has no place in the hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclassified {
    /// It is inactive: the release no longer says what it is.
    Inactive,
    /// It is active, but a way up from it does not end at the root: a parent is missing or
    /// inactive, or it has none.
    Unplaced,
}

/// An id that the release does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{id} is not a concept of this release")]
pub struct UnknownConcept {
    /// The id.
    pub id: Sctid,
}

impl Snomed<'_> {
    pub(crate) fn unclassified(self, ordinal: u32) -> Option<Unclassified> {
        if ordinal < self.layout.placed {
            None
        } else if ordinal < self.layout.active {
            Some(Unclassified::Unplaced)
        } else {
            Some(Unclassified::Inactive)
        }
    }

    /// Whether an active concept is another active one or above it.
    #[inline]
    pub(crate) fn covers(self, general: u32, specific: u32) -> bool {
        // Its record, and of the next one as much as says where the intervals end.
        let at = (general as usize).saturating_mul(DESCENDANTS_RECORD_LENGTH);
        let Some(record) = self.view(self.layout.descendants).array::<28>(at) else {
            return false;
        };
        let (words, _) = record.as_chunks::<4>();
        let word = |at: usize| words.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let own = (word(0) <= specific) & (specific < word(1));
        let (start, end) = (word(2), word(6));
        // One branch, on what is nearly always so: no other intervals.
        if start >= end {
            return own;
        }
        own || self.intervals_hold(start as usize, end as usize, specific)
    }

    #[inline]
    fn intervals_hold(self, start: usize, end: usize, ordinal: u32) -> bool {
        let Some(intervals) = self.view(self.layout.intervals).records::<8>(start, end) else {
            return false;
        };
        let bounds = |at: usize| {
            let (words, _) = intervals.get(at)?.as_chunks::<4>();
            Some((u32::from_le_bytes(*words.first()?), u32::from_le_bytes(*words.get(1)?)))
        };
        let beyond = partition_point(0, intervals.len(), |at| {
            bounds(at).is_some_and(|(start, _)| start <= ordinal)
        });
        let last = beyond.checked_sub(1).and_then(bounds);
        last.is_some_and(|(_, end)| ordinal < end)
    }

    pub(crate) fn is_a(self, specific: u32, general: u32) -> Option<bool> {
        if specific == general {
            return Some(true);
        }
        if specific >= self.layout.active || general >= self.layout.active {
            return None;
        }
        match self.covers(general, specific) {
            true => Some(true),
            // "No" needs all ways up to be known.
            false => (specific < self.layout.placed).then_some(false),
        }
    }

    pub(crate) fn subsumption(self, general: u32, specific: u32) -> Subsumption {
        if general == specific {
            return Subsumption::Equivalent;
        }
        let active = self.layout.active;
        if general < active && specific < active {
            if self.covers(general, specific) {
                return Subsumption::Subsumes;
            }
            if self.covers(specific, general) {
                return Subsumption::SubsumedBy;
            }
        }
        match (self.unclassified(general), self.unclassified(specific)) {
            (None, None) => Subsumption::NotSubsumed,
            (general, specific) => Subsumption::NotClassified(NotClassified { general, specific }),
        }
    }
}
