//! The query table of the UK: what counts as above an inactive concept.

use crate::index::format::QUERY_TABLE_LENGTH;
use crate::snomed::concept::Concept;
use crate::snomed::edition::Snomed;

/// A concept that the query table has above another one by substitution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryTableSupertype<'t> {
    /// The concept above.
    pub concept: Concept<'t>,
    /// How the table came to it, as published: never 0, which is the hierarchy itself.
    pub provenance: u8,
}

/// What the query table has above a concept by substitution.
#[derive(Clone, Copy, Debug)]
pub struct QueryTableSupertypes<'t> {
    snomed: Snomed<'t>,
    entries: &'t [[u8; QUERY_TABLE_LENGTH]],
}

impl<'t> Iterator for QueryTableSupertypes<'t> {
    type Item = QueryTableSupertype<'t>;

    fn next(&mut self) -> Option<QueryTableSupertype<'t>> {
        let (entry, rest) = self.entries.split_first()?;
        self.entries = rest;
        let [a, b, c, d, provenance] = *entry;
        let ordinal = u32::from_le_bytes([a, b, c, d]);
        let known = ordinal < self.snomed.layout.concept_count;
        let concept = Concept { snomed: self.snomed, ordinal };
        known.then_some(QueryTableSupertype { concept, provenance })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.entries.len()))
    }
}

impl<'t> Snomed<'t> {
    /// Whether the index was built with a query table.
    pub fn has_query_table(self) -> bool {
        self.layout.history.query_table.is_some()
    }

    fn query_table_entries(self, ordinal: u32) -> Option<&'t [[u8; QUERY_TABLE_LENGTH]]> {
        let view = self.view(self.layout.history.query_table?);
        let at = ordinal as usize;
        let (start, end) = (view.u32(at)? as usize, view.u32(at.checked_add(1)?)? as usize);
        let entries = (self.layout.concept_count as usize).checked_add(1)?.checked_mul(4)?;
        let place = |at: usize| entries.checked_add(at.checked_mul(QUERY_TABLE_LENGTH)?);
        Some(view.slice(place(start)?, place(end)?)?.as_chunks().0)
    }
}

impl<'t> Concept<'t> {
    /// What the query table of the UK has above it by substitution, an inactive concept mostly.
    /// None where the index has no such table: see [`Snomed::has_query_table`].
    ///
    /// What the hierarchy itself has above it is [`Concept::ancestors`].
    pub fn query_table_supertypes(self) -> QueryTableSupertypes<'t> {
        let entries = self.snomed.query_table_entries(self.ordinal).unwrap_or_default();
        QueryTableSupertypes { snomed: self.snomed, entries }
    }
}
