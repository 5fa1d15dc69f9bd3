//! What a map says of the concepts that stand in the place of an inactive one.

use super::block_map::BlockMap;
use super::blocks::Defaults;
use super::patient::Patient;
use super::rule_map::RuleMap;
use super::select::{Selection, SelectionError};
use crate::snomed::{Concept, DeadEnd, NoSuccessor, Successor, Successors};

/// What a map says of the concepts that stand in the place of an inactive one. It is never what the
/// map says of the concept itself, whether it has rows of it or not.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ThroughSuccessors<'t, A> {
    /// The concept is active, so that nothing stands in its place: ask the map about it.
    Active,
    /// One concept stands in its place: what the map says of that.
    One(SuccessorAnswer<'t, A>),
    /// Several may: what the map says of each. None is chosen, and they are not to be merged: which
    /// of them was meant is for a person to say.
    Several {
        /// The answers, those of the strongest associations first.
        answers: Vec<SuccessorAnswer<'t, A>>,
        /// Whether all of the successors together mean what the concept meant.
        all_needed: bool,
        /// Ways that led to no active concept.
        dead_ends: Vec<DeadEnd<'t>>,
    },
    /// Nothing stands in its place.
    None(NoSuccessor<'t>),
}

/// What a map says of a successor.
#[derive(Clone, Debug)]
pub struct SuccessorAnswer<'t, A> {
    /// The active concept, and how it was reached.
    pub through: Successor<'t>,
    /// What the map says of it: [`Selection`] or [`Defaults`].
    pub answer: A,
}

impl<'t, A> ThroughSuccessors<'t, A> {
    fn of<E>(
        concept: Concept<'t>,
        mut answer: impl FnMut(Concept<'t>) -> Result<A, E>,
    ) -> Result<Self, E> {
        let mut through = |successor: Successor<'t>| {
            let answer = answer(successor.concept())?;
            Ok(SuccessorAnswer { through: successor, answer })
        };
        Ok(match concept.successors() {
            Successors::Active => ThroughSuccessors::Active,
            Successors::One(successor) => ThroughSuccessors::One(through(successor)?),
            Successors::Several(candidates) => ThroughSuccessors::Several {
                answers: candidates
                    .successors
                    .into_iter()
                    .map(through)
                    .collect::<Result<Vec<_>, E>>()?,
                all_needed: candidates.all_needed,
                dead_ends: candidates.dead_ends,
            },
            Successors::None(none) => ThroughSuccessors::None(none),
        })
    }
}

impl<'t> RuleMap<'t> {
    /// What the map says for a patient of the [successors](Concept::successors) of an inactive
    /// concept.
    ///
    /// # Errors
    /// As [`RuleMap::select`], of any successor.
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::map::{Patient, PublishedMap, ThroughSuccessors, constants};
    /// let map = snomed.published_map(constants::INTERNATIONAL_ICD_10).ok_or("no such map")?;
    /// let PublishedMap::Rules(map) = map else { return Err("not a map by rules".into()) };
    /// let inactive = snomed.concept("155576007".parse()?).ok_or("not in this release")?;
    /// match map.through_successors(inactive, &Patient::new())? {
    ///     ThroughSuccessors::One(one) => println!("{:?}: {:?}", one.through, one.answer),
    ///     ThroughSuccessors::Several { answers, .. } => println!("one of {}", answers.len()),
    ///     _ => println!("nothing stands in its place"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn through_successors(
        &self,
        concept: Concept<'t>,
        patient: &Patient,
    ) -> Result<ThroughSuccessors<'t, Selection<'t>>, SelectionError> {
        patient.check()?;
        ThroughSuccessors::of(concept, |successor| self.select(successor, patient))
    }
}

impl<'t> BlockMap<'t> {
    /// What the map offers a coder of the [successors](Concept::successors) of an inactive concept.
    pub fn through_successors(&self, concept: Concept<'t>) -> ThroughSuccessors<'t, Defaults<'t>> {
        let answer = |successor| Ok::<_, std::convert::Infallible>(self.defaults(successor));
        match ThroughSuccessors::of(concept, answer) {
            Ok(through) => through,
            Err(never) => match never {},
        }
    }
}
