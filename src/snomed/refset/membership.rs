//! Which refsets a concept is in, and which concepts a refset has.

use super::{Refset, partition_point};
use crate::snomed::Concept;
use crate::snomed::edition::Snomed;
use crate::snomed::hierarchy::Concepts;

impl<'t> Snomed<'t> {
    /// The numbers of the refsets that have this concept as the referenced component of an active
    /// row, ascending.
    #[inline]
    pub(crate) fn refset_numbers(self, ordinal: u32) -> &'t [[u8; 2]] {
        let lists = self.layout.refsets.concept_refsets;
        let view = self.view(lists.section());
        lists.entries(view, ordinal, ordinal.saturating_add(1)).unwrap_or_default()
    }
}

impl<'t> Refset<'t> {
    /// Whether an active row of it references this concept.
    ///
    /// Reads the concept's own list of refsets, a few entries.
    ///
    /// A concept of another terminology is looked up here by its id.
    #[inline]
    pub fn contains(self, concept: Concept<'_>) -> bool {
        let ordinal = match concept.snomed.is_same(self.snomed) {
            true => Some(concept.ordinal),
            false => self.snomed.ordinal(concept.id()),
        };
        let number = self.number.to_le_bytes();
        ordinal.is_some_and(|ordinal| self.snomed.refset_numbers(ordinal).contains(&number))
    }

    /// The distinct concepts that its active rows reference, by ordinal: each once, although a map
    /// say has several rows of one.
    pub fn concepts(self) -> Concepts<'t> {
        let range = self.concept_range();
        Concepts::list(self.snomed, self.snomed.layout.refsets.concepts, range)
    }

    fn concept_range(self) -> (usize, usize) {
        self.starts(12).unwrap_or_default()
    }

    /// The ordinals of [`Refset::concepts`], ascending, as they are stored.
    pub(crate) fn concept_ordinals(self) -> &'t [[u8; 4]] {
        let (start, end) = self.concept_range();
        let view = self.snomed.view(self.snomed.layout.refsets.concepts);
        view.records(start, end).unwrap_or_default()
    }

    /// Whether it has this concept, by a search among its own concepts: the other way to answer
    /// [`Refset::contains`], kept for the benchmark that compares them.
    #[doc(hidden)]
    pub fn contains_by_search(self, concept: Concept<'t>) -> bool {
        let ordinals = self.concept_ordinals();
        let value = |at: usize| ordinals.get(at).map(|ordinal| u32::from_le_bytes(*ordinal));
        let at = partition_point(0, ordinals.len(), |at| {
            value(at).is_some_and(|found| found < concept.ordinal)
        });
        value(at) == Some(concept.ordinal)
    }
}

/// The refsets that a concept is in.
#[derive(Clone, Copy, Debug)]
pub struct ConceptRefsets<'t> {
    snomed: Snomed<'t>,
    numbers: &'t [[u8; 2]],
}

impl<'t> Iterator for ConceptRefsets<'t> {
    type Item = Refset<'t>;

    fn next(&mut self) -> Option<Refset<'t>> {
        let (first, rest) = self.numbers.split_first()?;
        self.numbers = rest;
        Some(Refset { snomed: self.snomed, number: u16::from_le_bytes(*first) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.numbers.len(), Some(self.numbers.len()))
    }
}

impl ExactSizeIterator for ConceptRefsets<'_> {}

impl<'t> Concept<'t> {
    /// The refsets that have it as the referenced component of an active row, by id.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// for concept in snomed.concepts() {
    ///     assert!(concept.refsets().all(|refset| refset.contains(concept)));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn refsets(self) -> ConceptRefsets<'t> {
        let numbers = self.snomed.refset_numbers(self.ordinal);
        ConceptRefsets { snomed: self.snomed, numbers }
    }
}
