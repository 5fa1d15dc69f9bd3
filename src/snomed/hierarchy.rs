//! Neighbours in the hierarchy.

use super::concept::Concept;
use super::edition::Snomed;
use crate::id::Sctid;
use crate::index::Section;

/// Concepts one after the other: parents, children, ancestors, or all.
#[derive(Clone, Copy, Debug)]
pub struct Concepts<'t> {
    snomed: Snomed<'t>,
    ordinals: Ordinals<'t>,
}

/// Ordinals as they are stored, or a range of them.
#[derive(Clone, Copy, Debug)]
enum Ordinals<'t> {
    Listed(&'t [[u8; 4]]),
    Range(u32, u32),
}

impl<'t> Concepts<'t> {
    pub(super) fn range(snomed: Snomed<'t>, start: u32, end: u32) -> Concepts<'t> {
        Concepts { snomed, ordinals: Ordinals::Range(start, end) }
    }

    /// Ordinals of a section. They ascend, so those that are no concepts of the release stand at
    /// the end, and are left off here.
    #[inline]
    pub(super) fn list(
        snomed: Snomed<'t>,
        list: Section,
        (start, end): (usize, usize),
    ) -> Concepts<'t> {
        let mut listed = snomed.view(list).records(start, end).unwrap_or_default();
        while let Some((last, before)) = listed.split_last() {
            if u32::from_le_bytes(*last) < snomed.layout.concept_count {
                break;
            }
            listed = before;
        }
        Concepts { snomed, ordinals: Ordinals::Listed(listed) }
    }

    /// Their ids.
    #[inline]
    pub fn ids(self) -> impl Iterator<Item = Sctid> + use<'t> {
        self.map(Concept::id)
    }
}

impl<'t> Iterator for Concepts<'t> {
    type Item = Concept<'t>;

    #[inline]
    fn next(&mut self) -> Option<Concept<'t>> {
        let ordinal = match &mut self.ordinals {
            Ordinals::Listed(listed) => {
                let (first, after) = listed.split_first()?;
                *listed = after;
                u32::from_le_bytes(*first)
            }
            Ordinals::Range(next, end) if *next < *end => {
                *next += 1;
                *next - 1
            }
            Ordinals::Range(..) => return None,
        };
        Some(Concept { snomed: self.snomed, ordinal })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match self.ordinals {
            Ordinals::Listed(listed) => listed.len(),
            Ordinals::Range(next, end) => end.saturating_sub(next) as usize,
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Concepts<'_> {}

/// A concept whose place in the hierarchy is known: active, and connected to the root by all its
/// parents. Its questions have plain answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedConcept<'t>(Concept<'t>);

impl<'t> PlacedConcept<'t> {
    #[inline]
    pub(super) fn of(concept: Concept<'t>) -> Option<PlacedConcept<'t>> {
        (concept.ordinal < concept.snomed.layout.placed).then_some(PlacedConcept(concept))
    }

    /// The concept.
    #[inline]
    pub fn concept(self) -> Concept<'t> {
        self.0
    }

    /// Whether it is `general`, or below it. One comparison, or a search among a few intervals.
    ///
    /// Both must be of one terminology; for others, use [`Concept::is_a`].
    #[inline]
    pub fn is_a(self, general: PlacedConcept<'t>) -> bool {
        self.0.snomed.covers(general.0.ordinal, self.0.ordinal)
    }

    /// Whether it is `specific`, or above it.
    #[inline]
    pub fn subsumes(self, specific: PlacedConcept<'t>) -> bool {
        specific.is_a(self)
    }
}
