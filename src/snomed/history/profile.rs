//! Which associations a question reaches over.

use super::kind::AssociationKind;
use crate::id::Sctid;
use crate::index::format::ASSOCIATION_LENGTH;
use crate::snomed::association::raw_association;
use crate::snomed::concept::Concept;
use crate::snomed::concept_set::{ConceptSet, OrdinalSet};
use crate::snomed::constants;
use crate::snomed::edition::Snomed;

/// Which historical associations a question reaches over: the profiles of the
/// [history supplements of ECL](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryProfile<'p> {
    /// None: the question is about the hierarchy as it is.
    None,
    /// SAME AS: the same meaning and nothing else.
    Minimum,
    /// SAME AS, REPLACED BY, WAS A, PARTIALLY EQUIVALENT TO.
    Moderate,
    /// All.
    Maximum,
    /// Those of these refsets.
    These(&'p [Sctid]),
}

impl HistoryProfile<'_> {
    fn has(self, refset: Sctid) -> bool {
        match self {
            HistoryProfile::None => false,
            HistoryProfile::Minimum => constants::HISTORY_MINIMUM.contains(&refset),
            HistoryProfile::Moderate => constants::HISTORY_MODERATE.contains(&refset),
            HistoryProfile::Maximum => true,
            HistoryProfile::These(refsets) => refsets.contains(&refset),
        }
    }

    /// Whether it leads on from an inactive concept by this refset. One that this library does not
    /// know is followed where it is named, and never what leads to no substitute.
    pub(super) fn follows(self, refset: Sctid) -> Option<AssociationKind> {
        let kind = AssociationKind::of(refset);
        let named = matches!(self, HistoryProfile::These(_)) && kind == AssociationKind::Other;
        (self.has(refset) && (kind.is_followed() || named)).then_some(kind)
    }
}

impl<'t> Snomed<'t> {
    /// A set, and the inactive concepts from which one association of the profile leads into it.
    fn with_history(self, set: OrdinalSet<'t>, profile: HistoryProfile<'_>) -> OrdinalSet<'t> {
        let numbers: Vec<u16> = self
            .refsets()
            .filter(|refset| profile.has(refset.id()))
            .map(|refset| refset.number)
            .collect();
        if numbers.is_empty() {
            return set;
        }
        // Those of a concept are no other's, so together they are no more than there are.
        let section = self.layout.refsets.inverse_associations.section();
        let mut left = section.items;
        let mut found: Vec<u32> = Vec::new();
        let mut take = |entries: &[[u8; ASSOCIATION_LENGTH]]| match left.checked_sub(entries.len())
        {
            Some(fewer) => {
                left = fewer;
                let own = entries.iter().map(|entry| raw_association(*entry));
                let own = own.filter(|(_, number)| numbers.contains(number));
                found.extend(own.map(|(source, _)| source).filter(|at| *at >= self.layout.active));
            }
            None => self.view(section).report(0, "associations of several concepts at once"),
        };
        set.each_run(|start, end| take(self.raw_inverse_associations_of_run(start, end)));
        let (count, bound) = (found.len(), self.layout.concept_count);
        let known = found.into_iter().filter(|at| *at < bound);
        set.union(&OrdinalSet::from_many(known, count, bound))
    }
}

impl<'t> Concept<'t> {
    /// All concepts below it, and the inactive concepts from which an association of the profile
    /// leads to one of those: one step, as `< X {{ + HISTORY }}` of ECL. An inactive concept that
    /// leads to the concept itself is not among them: see
    /// [`Concept::descendants_or_self_with_history`].
    ///
    /// Empty for an inactive concept, as [`Concept::descendants`] is.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-synthetic.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::snomed::HistoryProfile;
    /// let root = snomed.root().ok_or("no root")?;
    /// let plain = root.descendants();
    /// let with_history = root.descendants_with_history(HistoryProfile::Maximum);
    /// assert!(with_history.len() > plain.len());
    /// assert_eq!(root.descendants_with_history(HistoryProfile::None), plain);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn descendants_with_history(self, profile: HistoryProfile<'_>) -> ConceptSet<'t> {
        let below = self.snomed.below(self.ordinal, false);
        ConceptSet::new(self.snomed, self.snomed.with_history(below, profile))
    }

    /// [`Concept::descendants_with_history`], with the concept itself and what leads to it.
    pub fn descendants_or_self_with_history(self, profile: HistoryProfile<'_>) -> ConceptSet<'t> {
        let below = self.snomed.below(self.ordinal, true);
        ConceptSet::new(self.snomed, self.snomed.with_history(below, profile))
    }
}
