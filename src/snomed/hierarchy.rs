//! Neighbours in the hierarchy.

use super::concept::Concept;
use super::edition::Snomed;
use crate::id::Sctid;
use crate::index::Section;

/// Concepts one after the other: parents, children, ancestors, or all.
#[derive(Clone, Copy, Debug)]
pub struct Concepts<'t> {
    snomed: Snomed<'t>,
    /// A section of ordinals, or none for the ordinals themselves.
    list: Option<Section>,
    next: usize,
    end: usize,
}

impl<'t> Concepts<'t> {
    pub(super) fn range(snomed: Snomed<'t>, start: u32, end: u32) -> Concepts<'t> {
        Concepts { snomed, list: None, next: start as usize, end: end as usize }
    }

    /// Ordinals of a section. They ascend, so those that are no concepts of the release stand at
    /// the end, and are left off here.
    pub(super) fn list(
        snomed: Snomed<'t>,
        list: Section,
        (start, end): (usize, usize),
    ) -> Concepts<'t> {
        let mut concepts = Concepts { snomed, list: Some(list), next: start, end: end.max(start) };
        while concepts.next < concepts.end {
            match concepts.ordinal(concepts.end - 1) {
                Some(ordinal) if ordinal < snomed.layout.concept_count => break,
                _ => concepts.end -= 1,
            }
        }
        concepts
    }

    #[inline]
    fn ordinal(&self, at: usize) -> Option<u32> {
        match self.list {
            Some(list) => self.snomed.view(list).u32(at),
            None => Some(at as u32),
        }
    }

    /// Their ids, without a handle between.
    pub fn ids(self) -> impl Iterator<Item = Sctid> {
        self.map(Concept::id)
    }
}

impl<'t> Iterator for Concepts<'t> {
    type Item = Concept<'t>;

    #[inline]
    fn next(&mut self) -> Option<Concept<'t>> {
        if self.next >= self.end {
            return None;
        }
        let ordinal = self.ordinal(self.next)?;
        self.next += 1;
        Some(Concept { snomed: self.snomed, ordinal })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end.saturating_sub(self.next);
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
