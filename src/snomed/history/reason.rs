//! Why a concept or a description was made inactive.

use std::fmt;

use crate::id::Sctid;
use crate::snomed::concept::Concept;
use crate::snomed::constants;
use crate::snomed::description::Description;
use crate::snomed::edition::Snomed;
use crate::snomed::refset::{Component, FieldValue};

/// Why a concept or a description was made inactive, as the release states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InactivationReason {
    /// Another component has the same meaning.
    Duplicate,
    /// It is no longer current practice.
    Outdated,
    /// It can be read in more than one way.
    Ambiguous,
    /// It was wrong.
    Erroneous,
    /// It depended on something that is no longer maintained.
    Limited,
    /// It was moved to another namespace.
    MovedElsewhere,
    /// It is about to be moved, and is active until then.
    PendingMove,
    /// Of a description: it does not describe its concept.
    Inappropriate,
    /// Of a description: its concept is inactive.
    ConceptNonCurrent,
    /// It is not what the editorial rules allow.
    NonconformanceToEditorialPolicy,
    /// Of a description: it does not mean what its concept means.
    NotSemanticallyEquivalent,
    /// It came of a classification.
    ClassificationDerivedComponent,
    /// Nobody knows what it meant.
    MeaningOfComponentUnknown,
    /// Of a description: its grammar is wrong.
    GrammaticalDescriptionError,
    /// Another concept, as published.
    Other(Sctid),
}

/// The reasons and the concepts that stand for them.
const KNOWN: [(InactivationReason, u64, &str); 14] = [
    (InactivationReason::Duplicate, 900_000_000_000_482_003, "duplicate"),
    (InactivationReason::Outdated, 900_000_000_000_483_008, "outdated"),
    (InactivationReason::Ambiguous, 900_000_000_000_484_002, "ambiguous"),
    (InactivationReason::Erroneous, 900_000_000_000_485_001, "erroneous"),
    (InactivationReason::Limited, 900_000_000_000_486_000, "limited"),
    (InactivationReason::MovedElsewhere, 900_000_000_000_487_009, "moved-elsewhere"),
    (InactivationReason::PendingMove, 900_000_000_000_492_006, "pending-move"),
    (InactivationReason::Inappropriate, 900_000_000_000_494_007, "inappropriate"),
    (InactivationReason::ConceptNonCurrent, 900_000_000_000_495_008, "concept-non-current"),
    (
        InactivationReason::NonconformanceToEditorialPolicy,
        723_277_005,
        "nonconformance-to-editorial-policy",
    ),
    (InactivationReason::NotSemanticallyEquivalent, 723_278_000, "not-semantically-equivalent"),
    (
        InactivationReason::ClassificationDerivedComponent,
        1_186_917_008,
        "classification-derived-component",
    ),
    (InactivationReason::MeaningOfComponentUnknown, 1_186_919_006, "meaning-of-component-unknown"),
    (
        InactivationReason::GrammaticalDescriptionError,
        1_217_318_005,
        "grammatical-description-error",
    ),
];

impl InactivationReason {
    /// The reason that a concept stands for.
    pub fn of(value: Sctid) -> InactivationReason {
        let known = KNOWN.iter().find(|(_, id, _)| *id == value.value());
        known.map_or(InactivationReason::Other(value), |(reason, _, _)| *reason)
    }

    /// The id of the concept that stands for it.
    ///
    /// ```
    /// use farr::snomed::InactivationReason;
    /// let id = "900000000000482003".parse()?;
    /// assert_eq!(InactivationReason::of(id), InactivationReason::Duplicate);
    /// assert_eq!(InactivationReason::Duplicate.id(), id);
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    pub fn id(self) -> Sctid {
        if let InactivationReason::Other(id) = self {
            return id;
        }
        let known = KNOWN.iter().find(|(reason, _, _)| *reason == self);
        let id = known.and_then(|(_, id, _)| Sctid::as_published(*id));
        // Every reason but the other ones is among the known.
        id.unwrap_or(constants::ROOT)
    }

    /// A word for it that stays, `duplicate` say; `other` where it is none of the known.
    pub fn code(self) -> &'static str {
        let known = KNOWN.iter().find(|(reason, _, _)| *reason == self);
        known.map_or("other", |(_, _, code)| code)
    }
}

/// Its word, or the id of another one.
impl fmt::Display for InactivationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InactivationReason::Other(id) => id.fmt(f),
            known => f.write_str(known.code()),
        }
    }
}

impl<'t> Snomed<'t> {
    /// The value of the newest active row of a component in a refset of attribute values.
    fn stated_reason(self, refset: Sctid, component: Component<'t>) -> Option<InactivationReason> {
        let rows = self.refset(refset)?.members_of(component).filter_map(|member| {
            let value = match member.field("valueId")? {
                FieldValue::Component(value) => value.id()?,
                FieldValue::Integer(_) | FieldValue::Text(_) => return None,
            };
            // A row that was not published yet is newer than every other.
            Some((member.effective_time().unwrap_or(u32::MAX), value))
        });
        // Of two rows of one date the smaller id, so that it is the same one each time.
        let newest = rows.max_by_key(|(time, value)| (*time, std::cmp::Reverse(*value)));
        newest.map(|(_, value)| InactivationReason::of(value))
    }
}

impl<'t> Concept<'t> {
    /// Why it was made inactive: what its row in 900000000000489007 says. `None` where the release
    /// states no reason. An active concept may have one too: a move that is pending.
    ///
    /// Since when it is inactive is its [effective time](Concept::effective_time). Costs two
    /// searches, among the refsets and among the rows.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-synthetic.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let stated = snomed.concepts().filter(|one| one.inactivation_reason().is_some());
    /// assert!(stated.count() > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn inactivation_reason(self) -> Option<InactivationReason> {
        self.snomed.stated_reason(constants::CONCEPT_INACTIVATION_INDICATOR, self.into())
    }
}

impl<'t> Description<'t> {
    /// Why it was made inactive, or why its being active says little: what its row in
    /// 900000000000490003 says. `None` where the release states no reason.
    pub fn inactivation_reason(self) -> Option<InactivationReason> {
        let refset = constants::DESCRIPTION_INACTIVATION_INDICATOR;
        self.snomed().stated_reason(refset, self.into())
    }

    /// The concepts that REFERS TO says it really names.
    pub fn refers_to(self) -> impl Iterator<Item = Component<'t>> + use<'t> {
        let members = self.snomed().refset(constants::REFERS_TO);
        let members = members.map(|refset| refset.members_of(self.into()));
        members
            .into_iter()
            .flatten()
            .filter_map(|member| member.field("targetComponentId").and_then(FieldValue::component))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_reason_has_an_id_of_its_own_that_leads_back_to_it() {
        for (reason, id, code) in KNOWN {
            let id = Sctid::from_value(id).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!((reason.id(), reason.code()), (id, code));
            assert_eq!(InactivationReason::of(id), reason);
            assert_eq!(reason.to_string(), code);
        }
        let other = InactivationReason::of(constants::ROOT);
        assert_eq!(other, InactivationReason::Other(constants::ROOT));
        assert_eq!((other.id(), other.code()), (constants::ROOT, "other"));
    }
}
