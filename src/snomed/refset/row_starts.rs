//! Where the rows of a concept begin in a map, in memory: one read where a search would take many
//! that wait for each other.
//!
//! Gathered when first asked for in a file that was verified in full.

use std::sync::OnceLock;

use super::Part;
use crate::snomed::edition::Snomed;

/// Concepts that share an entry: about as many as their rows share a cache line.
const SHARED: u32 = 32;

/// The first row of every so many concepts, and one past the last row.
#[derive(Debug)]
pub(crate) struct RowStarts(Box<[u32]>);

/// Something of each part, made when first asked for.
pub(crate) type ByPart<T> = OnceLock<Box<[OnceLock<T>]>>;

impl RowStarts {
    fn of(snomed: Snomed<'_>, part: Part) -> RowStarts {
        let beyond = part.first.saturating_add(part.active);
        let entries = (snomed.layout.concept_count / SHARED).saturating_add(1);
        let mut starts = Vec::with_capacity(entries as usize);
        let mut row = part.first;
        for entry in 0..entries {
            let first = entry.saturating_mul(SHARED);
            while row < beyond && snomed.member_component(row).is_some_and(|code| code < first) {
                row = row.saturating_add(1);
            }
            starts.push(row);
        }
        RowStarts(starts.into())
    }
}

impl Snomed<'_> {
    /// The active rows of a part, which has this number, that reference the component with this code.
    #[inline]
    pub(crate) fn rows_of_component_in(
        self,
        (number, part): (usize, Part),
        code: u32,
    ) -> (u32, u32) {
        let layout = &self.layout.refsets;
        if !self.view(layout.referenced_components).is_verified() {
            return self.rows_of_component(part, code);
        }
        let parts = layout
            .row_starts
            .get_or_init(|| (0..layout.parts.items).map(|_| OnceLock::new()).collect());
        let starts =
            parts.get(number).map(|starts| starts.get_or_init(|| RowStarts::of(self, part)));
        let start = starts.and_then(|starts| starts.0.get((code / SHARED) as usize));
        // Codes behind those of concepts are of something else.
        let Some(start) = start.filter(|_| code < self.layout.concept_count) else {
            return self.rows_of_component(part, code);
        };
        let beyond = part.first.saturating_add(part.active);
        let before = |row: u32| self.member_component(row).is_some_and(|found| found < code);
        let mut first = *start;
        while first < beyond && before(first) {
            first = first.saturating_add(1);
        }
        let mut end = first;
        while end < beyond && self.member_component(end) == Some(code) {
            end = end.saturating_add(1);
        }
        (first, end)
    }
}
