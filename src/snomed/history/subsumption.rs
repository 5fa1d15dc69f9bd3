//! Subsumption that reaches over what became of inactive concepts.

use super::kind::AssociationKind;
use super::profile::HistoryProfile;
use super::walk::{Direction, Walk};
use crate::id::Sctid;
use crate::snomed::concept::Concept;
use crate::snomed::edition::Snomed;
use crate::snomed::subsumption::{NotClassified, Subsumption, UnknownConcept};

/// More pairs than any two concepts of a release have.
const MOST_PAIRS: usize = 1 << 16;

/// How two concepts stand to each other where inactive ones are replaced by what they lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistorySubsumption {
    /// The answer: that of every pair of replacements, or [`Subsumption::NotClassified`].
    pub answer: Subsumption,
    /// Why there is no answer, where there is none.
    pub unclassified: Option<HistoryUnclassified>,
    /// The weakest association that the answer rests on; `None` where none was followed.
    pub weakest: Option<AssociationKind>,
}

/// Why history gives no answer either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HistoryUnclassified {
    /// No association of the profile leads on from an inactive end.
    NothingToFollow,
    /// An inactive end leads to active concepts, and also to where the profile leads no further.
    DeadEnd,
    /// Not all replacements stand in the same way.
    Disagree,
    /// A former parent says only what the concept was below, and the question is another.
    FormerParent,
    /// An end, or what replaces it, is active and not connected to the root by all its parents.
    Unplaced,
    /// There are more pairs of replacements than are looked at.
    TooMany,
}

impl HistoryUnclassified {
    /// A word for it that stays, `nothing-to-follow` say.
    pub fn code(self) -> &'static str {
        match self {
            HistoryUnclassified::NothingToFollow => "nothing-to-follow",
            HistoryUnclassified::DeadEnd => "dead-end",
            HistoryUnclassified::Disagree => "disagree",
            HistoryUnclassified::FormerParent => "former-parent",
            HistoryUnclassified::Unplaced => "unplaced",
            HistoryUnclassified::TooMany => "too-many",
        }
    }
}

/// What stands for an end: an active concept, and the weakest association of the way to it.
#[derive(Clone, Copy, Debug)]
struct StandIn {
    ordinal: u32,
    weakest: Option<AssociationKind>,
}

impl StandIn {
    /// Whether the concept is wider than what it stands for.
    fn is_wider(self) -> bool {
        self.weakest == Some(AssociationKind::WasA)
    }
}

impl<'t> Snomed<'t> {
    /// [`Snomed::subsumes`], with an inactive concept replaced by the active ones that the
    /// associations of the profile lead to, over any number of hops.
    ///
    /// There is an answer where all replacements give the same one. Where they differ, or a way
    /// ends without an active concept, it is [`Subsumption::NotClassified`], and says why. A former
    /// parent (WAS A) is wider than the concept was: it can show that the concept was below
    /// something, and never that they are equivalent.
    ///
    /// # Errors
    ///
    /// [`UnknownConcept`] names the id that the release does not have.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-synthetic.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::Subsumption;
    /// use farr::snomed::{AssociationKind, HistoryProfile};
    /// let mut asked = 0;
    /// for old in snomed.concepts().filter(|concept| !concept.is_active()) {
    ///     let successors = old.successors();
    ///     let Some(new) = successors.one() else { continue };
    ///     if successors.all()[0].path()[0].kind() == AssociationKind::SameAs
    ///         && old.associations().len() == 1
    ///         && successors.all()[0].path().len() == 1
    ///     {
    ///         let found = snomed.subsumes_with_history(new.id(), old.id(), HistoryProfile::Minimum)?;
    ///         assert_eq!(found.answer, Subsumption::Equivalent);
    ///         asked += 1;
    ///     }
    /// }
    /// assert!(asked > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn subsumes_with_history(
        self,
        general: Sctid,
        specific: Sctid,
        profile: HistoryProfile<'_>,
    ) -> Result<HistorySubsumption, UnknownConcept> {
        let general = self.ordinal(general).ok_or(UnknownConcept { id: general })?;
        let specific = self.ordinal(specific).ok_or(UnknownConcept { id: specific })?;
        Ok(self.history_subsumption(general, specific, profile))
    }

    fn history_subsumption(
        self,
        general: u32,
        specific: u32,
        profile: HistoryProfile<'_>,
    ) -> HistorySubsumption {
        let known = |answer| HistorySubsumption { answer, unclassified: None, weakest: None };
        if general == specific {
            return known(Subsumption::Equivalent);
        }
        let unknown = |why| HistorySubsumption {
            answer: Subsumption::NotClassified(NotClassified {
                general: self.unclassified(general),
                specific: self.unclassified(specific),
            }),
            unclassified: Some(why),
            weakest: None,
        };
        let ends = (self.stand_ins(general, profile), self.stand_ins(specific, profile));
        let (generals, specifics) = match ends {
            (Ok(generals), Ok(specifics)) => (generals, specifics),
            (Err(why), _) | (_, Err(why)) => return unknown(why),
        };
        if generals.len().saturating_mul(specifics.len()) > MOST_PAIRS {
            return unknown(HistoryUnclassified::TooMany);
        }
        let mut answer = None;
        for one in &generals {
            for other in &specifics {
                match (self.stand_in_subsumption(*one, *other), answer) {
                    (Err(why), _) => return unknown(why),
                    (Ok(found), Some(before)) if found != before => {
                        return unknown(HistoryUnclassified::Disagree);
                    }
                    (Ok(found), _) => answer = Some(found),
                }
            }
        }
        let weakest = generals.iter().chain(&specifics).filter_map(|end| end.weakest).max();
        match answer {
            Some(answer) => HistorySubsumption { weakest, ..known(answer) },
            None => unknown(HistoryUnclassified::NothingToFollow),
        }
    }

    /// The active concepts that stand for one.
    fn stand_ins(
        self,
        ordinal: u32,
        profile: HistoryProfile<'_>,
    ) -> Result<Vec<StandIn>, HistoryUnclassified> {
        if ordinal < self.layout.active {
            return Ok(vec![StandIn { ordinal, weakest: None }]);
        }
        let follows =
            |number| self.refset_of_number(number).and_then(|refset| profile.follows(refset.id()));
        let walk = Walk::from(self, ordinal, Direction::Forward, follows);
        let active = walk.nodes.iter().filter_map(|node| {
            let weakest = Some(node.weakest);
            Some(StandIn { ordinal: walk.active(node)?, weakest })
        });
        let active: Vec<StandIn> = active.collect();
        if active.is_empty() {
            return Err(HistoryUnclassified::NothingToFollow);
        }
        let ends = (0_u32..).zip(&walk.nodes).filter(|(_, node)| node.links == 0);
        let lost = ends.clone().any(|(_, node)| walk.active(node).is_none());
        match lost || !walk.trapped(ends.map(|(place, _)| place)).is_empty() {
            true => Err(HistoryUnclassified::DeadEnd),
            false => Ok(active),
        }
    }

    /// How two ends stand to each other, as far as what stands for them can say.
    fn stand_in_subsumption(
        self,
        general: StandIn,
        specific: StandIn,
    ) -> Result<Subsumption, HistoryUnclassified> {
        let unknown = Err(HistoryUnclassified::FormerParent);
        let found = self.subsumption(general.ordinal, specific.ordinal);
        match (found, general.is_wider(), specific.is_wider()) {
            (Subsumption::NotClassified(_), _, _) => Err(HistoryUnclassified::Unplaced),
            (found, false, false) | (found @ Subsumption::NotSubsumed, _, _) => Ok(found),
            // What was below the one is below all that is above that one, and of what is below it
            // nothing is known.
            (Subsumption::Equivalent | Subsumption::Subsumes, false, true) => {
                Ok(Subsumption::Subsumes)
            }
            (Subsumption::Equivalent | Subsumption::SubsumedBy, true, false) => {
                Ok(Subsumption::SubsumedBy)
            }
            _ => unknown,
        }
    }
}

impl<'t> Concept<'t> {
    /// Whether it is `general`, or below it, where inactive concepts are replaced as in
    /// [`Snomed::subsumes_with_history`]: `None` where that gives no answer.
    ///
    /// A concept of another terminology is looked up here by its id.
    pub fn is_a_with_history(
        self,
        general: Concept<'_>,
        profile: HistoryProfile<'_>,
    ) -> Option<bool> {
        let general = match self.snomed.is_same(general.snomed) {
            true => general.ordinal,
            false => self.snomed.ordinal(general.id())?,
        };
        match self.snomed.history_subsumption(general, self.ordinal, profile).answer {
            Subsumption::Equivalent | Subsumption::Subsumes => Some(true),
            Subsumption::SubsumedBy | Subsumption::NotSubsumed => Some(false),
            Subsumption::NotClassified(_) => None,
        }
    }
}
