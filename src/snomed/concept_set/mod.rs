//! Sets of concepts.

mod algebra;
mod bits;
mod iter;
mod ordinals;
mod runs;
#[cfg(test)]
mod tests;

use super::concept::Concept;
use super::edition::Snomed;
use crate::id::Sctid;
use crate::index::format::DESCENDANTS_RECORD_LENGTH;

pub(crate) use bits::Bits;
pub use iter::{ConceptSetIds, ConceptSetIter};
pub(crate) use ordinals::OrdinalSet;
pub(crate) use runs::{Cursor, StoredRuns, gallop};

/// A set of concepts of one terminology: the descendants of a concept, the members of a refset, the
/// answer to an expression constraint.
///
/// Held as what suits it: runs of ordinals as the index stores them, single ordinals, or one bit a
/// concept; so it knows its size, answers membership by a comparison, a bit or a short search, and
/// meets other sets in time that grows with the smaller one, or with the number of concepts over
/// 64.
#[derive(Clone, Debug)]
pub struct ConceptSet<'t> {
    pub(crate) snomed: Snomed<'t>,
    pub(crate) ordinals: OrdinalSet<'t>,
}

impl<'t> Snomed<'t> {
    /// The ordinals below a concept: what the index stores, without a walk.
    #[inline]
    pub(crate) fn below(self, top: u32, with_top: bool) -> OrdinalSet<'t> {
        let nothing = || match with_top {
            true => OrdinalSet::one(top),
            false => OrdinalSet::EMPTY,
        };
        if top >= self.layout.active {
            return nothing();
        }
        let at = (top as usize).saturating_mul(DESCENDANTS_RECORD_LENGTH);
        let view = self.view(self.layout.descendants);
        let Some(record) = view.array::<28>(at) else {
            return nothing();
        };
        let (words, _) = record.as_chunks::<4>();
        let word = |at: usize| words.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        // On a file that was not verified these may say anything, and they bound the work.
        let active = self.layout.active;
        let (start, end, others, further) = (word(0), word(1), word(2), word(6));
        let inside = start <= top
            && top < end
            && end <= active
            && word(3) < active
            && further as usize <= self.layout.intervals.items;
        if !inside {
            view.report(at, "descendants beyond the concepts");
            return nothing();
        }
        let intervals = self.view(self.layout.intervals);
        let others = intervals.records(others as usize, further.max(others) as usize);
        OrdinalSet::Stored(StoredRuns {
            own: match with_top {
                true => [(start, end), (0, 0)],
                false => [(start, top), (top.saturating_add(1), end)],
            },
            others: others.unwrap_or_default(),
            length: word(3).saturating_add(u32::from(with_top)),
            bound: active,
        })
    }
}

impl<'t> ConceptSet<'t> {
    pub(crate) fn new(snomed: Snomed<'t>, ordinals: OrdinalSet<'t>) -> ConceptSet<'t> {
        ConceptSet { snomed, ordinals }
    }

    /// The set of these concepts; those of another terminology than `snomed` are left out.
    pub fn of(
        snomed: Snomed<'t>,
        concepts: impl IntoIterator<Item = Concept<'t>>,
    ) -> ConceptSet<'t> {
        let own = concepts.into_iter().filter(|concept| concept.snomed.is_same(snomed));
        let ordinals = OrdinalSet::from_unsorted(own.map(|concept| concept.ordinal).collect());
        ConceptSet { snomed, ordinals }
    }

    /// The same set in the form in which [`ConceptSet::contains`] is quickest, for a set that is asked
    /// often: up to an eighth of a megabyte for a million concepts.
    pub(crate) fn into_asked(self) -> ConceptSet<'t> {
        let bound = self.snomed.layout.concept_count;
        ConceptSet { snomed: self.snomed, ordinals: self.ordinals.into_asked(bound) }
    }

    /// How many concepts are in it.
    #[inline]
    pub fn len(&self) -> usize {
        self.ordinals.len()
    }

    /// Whether there is none in it.
    pub fn is_empty(&self) -> bool {
        self.ordinals.is_empty()
    }

    /// Whether a concept is in it. A concept of another terminology is not.
    #[inline]
    pub fn contains(&self, concept: Concept<'_>) -> bool {
        self.snomed.is_same(concept.snomed) && self.ordinals.contains(concept.ordinal)
    }

    #[inline]
    pub(crate) fn holds(&self, ordinal: u32) -> bool {
        self.ordinals.contains(ordinal)
    }

    fn joined(
        &self,
        other: &ConceptSet<'t>,
        join: impl Fn(&OrdinalSet<'t>, &OrdinalSet<'t>) -> OrdinalSet<'t>,
    ) -> Option<ConceptSet<'t>> {
        let same = self.snomed.is_same(other.snomed);
        same.then(|| ConceptSet::new(self.snomed, join(&self.ordinals, &other.ordinals)))
    }

    /// The concepts that are in both sets; `None` where they are not of one terminology.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let quibble = snomed.concept("301000".parse()?).ok_or("not in this release")?;
    /// let (below, all) = (quibble.descendants(), quibble.descendants_or_self());
    /// assert_eq!(below.intersection(&all).map(|set| set.len()), Some(below.len()));
    /// assert_eq!(all.difference(&below).map(|set| set.len()), Some(1));
    /// assert!(below.union(&squeak.descendants_or_self()).is_some_and(|set| set.contains(squeak)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn intersection(&self, other: &ConceptSet<'t>) -> Option<ConceptSet<'t>> {
        self.joined(other, OrdinalSet::intersection)
    }

    /// The concepts that are in either set; `None` where they are not of one terminology.
    pub fn union(&self, other: &ConceptSet<'t>) -> Option<ConceptSet<'t>> {
        self.joined(other, OrdinalSet::union)
    }

    /// The concepts of this set that are not in the other; `None` where they are not of one
    /// terminology.
    pub fn difference(&self, other: &ConceptSet<'t>) -> Option<ConceptSet<'t>> {
        self.joined(other, OrdinalSet::difference)
    }

    /// Its concepts, in an order of the index's own.
    #[inline]
    pub fn iter(&self) -> ConceptSetIter<'_, 't> {
        ConceptSetIter::over(self)
    }

    /// Their ids, in an order of the index's own: runs of a stored array, copied.
    #[inline]
    pub fn ids(&self) -> ConceptSetIds<'_, 't> {
        ConceptSetIds::over(self)
    }

    /// Their ids, ascending by number. Costs a sort.
    pub fn sorted_ids(&self) -> Vec<Sctid> {
        let mut ids: Vec<Sctid> = Vec::with_capacity(self.len());
        self.ids().for_each(|id| ids.push(id));
        ids.sort_unstable();
        ids
    }
}

/// Two sets are equal if they are of the same terminology and have the same concepts.
impl PartialEq for ConceptSet<'_> {
    fn eq(&self, other: &ConceptSet<'_>) -> bool {
        let same = self.snomed.is_same(other.snomed) && self.len() == other.len();
        same && self.iter().all(|concept| other.holds(concept.ordinal))
    }
}

impl Eq for ConceptSet<'_> {}

impl<'s, 't> IntoIterator for &'s ConceptSet<'t> {
    type Item = Concept<'t>;
    type IntoIter = ConceptSetIter<'s, 't>;

    fn into_iter(self) -> ConceptSetIter<'s, 't> {
        self.iter()
    }
}
