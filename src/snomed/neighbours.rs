//! Neighbours by ordinal, in stretches: for those who ask about many concepts at once.

use super::concept::{Concept, List};
use super::concept_set::OrdinalSet;
use super::edition::Snomed;
use crate::index::Section;
use crate::index::format::CONCEPT_RECORD_LENGTH;

impl<'t> Snomed<'t> {
    /// Ordinals below this are active concepts.
    #[inline]
    pub(crate) fn active_count(self) -> u32 {
        self.layout.active
    }

    /// Ordinals below this are concepts.
    #[inline]
    pub(crate) fn ordinal_count(self) -> u32 {
        self.layout.concept_count
    }

    fn list_start(self, ordinal: u32, list: List) -> Option<usize> {
        let at = (ordinal as usize).checked_mul(CONCEPT_RECORD_LENGTH)?;
        let view = self.view(self.layout.concepts);
        Some(u32::from_le_bytes(*view.array(at.checked_add(list as usize)?)?) as usize)
    }

    /// The rows of all of `start .. end`, which follow each other.
    fn stretch(self, list: List, section: Section, start: u32, end: u32) -> &'t [[u8; 4]] {
        if start >= end {
            return &[];
        }
        let bounds = self.list_start(start, list).zip(self.list_start(end, list));
        let stretch = bounds.and_then(|(from, to)| self.view(section).records(from, to));
        stretch.unwrap_or_default()
    }

    /// The children of the concepts `start .. end`, one concept's behind the other's.
    pub(crate) fn children_of_run(self, start: u32, end: u32) -> &'t [[u8; 4]] {
        self.stretch(List::Children, self.layout.children, start, end)
    }

    /// The parents of the concepts `start .. end`, one concept's behind the other's.
    pub(crate) fn parents_of_run(self, start: u32, end: u32) -> &'t [[u8; 4]] {
        self.stretch(List::Parents, self.layout.parents, start, end)
    }

    /// The proper ancestors of a concept, ascending.
    pub(crate) fn ancestor_row(self, ordinal: u32) -> &'t [[u8; 4]] {
        let end = ordinal.saturating_add(1);
        self.stretch(List::Ancestors, self.layout.ancestors, ordinal, end)
    }

    fn active_list(self, ordinal: u32, list: &'t [[u8; 4]]) -> OrdinalSet<'t> {
        match ordinal < self.layout.active {
            true => OrdinalSet::stored_list(list, self.layout.active),
            false => OrdinalSet::EMPTY,
        }
    }

    /// The active children of a concept.
    pub(crate) fn children_of(self, ordinal: u32) -> OrdinalSet<'t> {
        self.active_list(ordinal, self.children_of_run(ordinal, ordinal.saturating_add(1)))
    }

    /// The active parents of a concept.
    pub(crate) fn parents_of(self, ordinal: u32) -> OrdinalSet<'t> {
        self.active_list(ordinal, self.parents_of_run(ordinal, ordinal.saturating_add(1)))
    }

    /// The proper ancestors of a concept.
    pub(crate) fn ancestors_of(self, ordinal: u32) -> OrdinalSet<'t> {
        self.active_list(ordinal, self.ancestor_row(ordinal))
    }

    /// The active concepts that have an active parent.
    pub(crate) fn with_parents(self) -> OrdinalSet<'t> {
        // Those that are placed all have one, but for the root.
        let placed = OrdinalSet::range(0, self.layout.placed);
        let unplaced = self.layout.placed..self.layout.active;
        let others = unplaced.filter(|at| !self.parents_of(*at).is_empty()).collect();
        let root = self.ordinal(super::constants::ROOT);
        let root = root.map_or(OrdinalSet::EMPTY, OrdinalSet::one);
        placed.difference(&root).union(&OrdinalSet::from_unsorted(others))
    }

    /// The active concepts that have an active child. Copies a bit a concept.
    pub(crate) fn with_children(self) -> OrdinalSet<'t> {
        let section = self.layout.non_leaves;
        let words = self.view(section).records(0, section.items).unwrap_or_default();
        OrdinalSet::from_bits(super::concept_set::Bits::from_words(words, self.layout.active))
    }

    /// The attributes of a concept as they are stored: value, kind, role group.
    #[inline]
    pub(crate) fn attribute_rows(self, ordinal: u32) -> &'t [[u8; 8]] {
        let (start, end) = Concept { snomed: self, ordinal }.rows(List::Attributes);
        let view = self.view(self.layout.attributes);
        view.records(start, end).unwrap_or_default()
    }
}
