//! The history substitution table of the UK.

use std::fmt;

use crate::id::Sctid;
use crate::index::format::{
    SUBSTITUTION_AMBIGUOUS, SUBSTITUTION_LENGTH, SUBSTITUTION_SAME_NAME_WITHOUT_TAG,
    SUBSTITUTION_SAME_TAG, SUBSTITUTION_SAME_TOP_LEVEL,
};
use crate::snomed::concept::Concept;
use crate::snomed::constants;
use crate::snomed::edition::{Snomed, partition_point};
use crate::snomed::refset::Component;

/// A row of the history substitution table: what the table would put in the place of a concept.
#[derive(Clone, Copy)]
pub struct Substitution<'t> {
    snomed: Snomed<'t>,
    record: &'t [u8; SUBSTITUTION_LENGTH],
}

impl<'t> Substitution<'t> {
    fn id_at(self, at: usize) -> Sctid {
        let bytes = self.record.get(at..).and_then(<[u8]>::first_chunk);
        let id = bytes.and_then(|bytes| Sctid::as_published(u64::from_le_bytes(*bytes)));
        // Every row has two ids on a verified file.
        id.unwrap_or(constants::ROOT)
    }

    fn u16(self, at: usize) -> u16 {
        let bytes = self.record.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u16::from_le_bytes(*bytes))
    }

    fn has(self, flag: u16) -> bool {
        self.u16(22) & flag != 0
    }

    /// The id of the old concept.
    pub fn old_id(self) -> Sctid {
        self.id_at(0)
    }

    /// The concept that the table puts in its place; [`Component::Other`] where the release does
    /// not have it.
    pub fn concept(self) -> Component<'t> {
        self.snomed.component(self.id_at(8))
    }

    /// Whether the table has more than one substitute for the old concept, so that none can be
    /// taken without a choice. The table's own word: it is not worked out from its rows.
    pub fn is_ambiguous(self) -> bool {
        self.has(SUBSTITUTION_AMBIGUOUS)
    }

    /// How many hops the table followed.
    pub fn iterations(self) -> u16 {
        self.u16(20)
    }

    /// The route of associations, as the table has it.
    pub fn path(self) -> &'t str {
        let Some((_, paths)) = self.snomed.layout.history.substitutions else { return "" };
        let number = self.record.get(16..).and_then(<[u8]>::first_chunk);
        let number = number.map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes));
        self.snomed.view(paths).short_text(paths.items, number as usize).unwrap_or_default()
    }

    /// Whether both concepts are of one top-level hierarchy.
    pub fn is_same_top_level(self) -> bool {
        self.has(SUBSTITUTION_SAME_TOP_LEVEL)
    }

    /// Whether their fully specified names are equal but for the semantic tag.
    pub fn is_same_name_without_tag(self) -> bool {
        self.has(SUBSTITUTION_SAME_NAME_WITHOUT_TAG)
    }

    /// Whether their semantic tags are equal.
    pub fn is_same_tag(self) -> bool {
        self.has(SUBSTITUTION_SAME_TAG)
    }
}

impl fmt::Debug for Substitution<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Substitution({} by {})", self.old_id(), self.concept())
    }
}

/// The substitutions of one concept, by the id of the new one.
#[derive(Clone, Copy, Debug)]
pub struct Substitutions<'t> {
    snomed: Snomed<'t>,
    records: &'t [[u8; SUBSTITUTION_LENGTH]],
}

impl<'t> Iterator for Substitutions<'t> {
    type Item = Substitution<'t>;

    fn next(&mut self) -> Option<Substitution<'t>> {
        let (record, rest) = self.records.split_first()?;
        self.records = rest;
        Some(Substitution { snomed: self.snomed, record })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.records.len(), Some(self.records.len()))
    }
}

impl ExactSizeIterator for Substitutions<'_> {}

impl<'t> Snomed<'t> {
    /// Whether the index was built with a history substitution table: where it was not, that a
    /// concept has no substitution says nothing.
    pub fn has_substitution_table(self) -> bool {
        self.layout.history.substitutions.is_some()
    }

    /// The rows of the history substitution table for an old concept, which the release need not
    /// have.
    ///
    /// Costs a search among the rows; none where the index has no such table.
    pub fn substitutions(self, old: Sctid) -> Substitutions<'t> {
        let none = Substitutions { snomed: self, records: &[] };
        let Some((section, _)) = self.layout.history.substitutions else { return none };
        let view = self.view(section);
        let id = |at: usize| {
            let record = view.record::<SUBSTITUTION_LENGTH>(at)?;
            Some(u64::from_le_bytes(*record.first_chunk()?))
        };
        let from =
            partition_point(0, section.items, |at| id(at).is_some_and(|found| found < old.value()));
        let end = partition_point(from, section.items, |at| {
            id(at).is_some_and(|found| found <= old.value())
        });
        Substitutions { snomed: self, records: view.records(from, end).unwrap_or_default() }
    }
}

impl<'t> Concept<'t> {
    /// What the history substitution table of the UK puts in its place. None where it has no row of
    /// it, or the index has no such table: see [`Snomed::has_substitution_table`].
    ///
    /// The table and [`Concept::successors`] come of different sources, and may differ; a build
    /// tells how often they do.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// for concept in snomed.concepts() {
    ///     for substitution in concept.substitutions().filter(|row| !row.is_ambiguous()) {
    ///         println!("{} by {}: {}", concept.id(), substitution.concept(), substitution.path());
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn substitutions(self) -> Substitutions<'t> {
        self.snomed.substitutions(self.id())
    }
}
