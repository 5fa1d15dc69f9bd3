//! The targets of a map in memory, for finding the rows of one with few reads that wait for each
//! other.
//!
//! They are gathered when a target is first sought in a file that was verified in full. Where a file
//! is verified on first use that would touch all of a map, and the search goes through the file.

use std::sync::OnceLock;

use super::members::{end_of_run, with_value};
use super::table::Column;
use super::{Part, partition_point};
use crate::snomed::edition::Snomed;

/// The targets of the active rows of a part, each once and by their bytes.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    /// How each begins. Nearly all are no longer than that.
    beginnings: Box<[u64]>,
    /// The number of its text.
    numbers: Box<[u32]>,
    /// Where its rows start among those by value, and one past the last.
    starts: Box<[u32]>,
}

/// The first eight bytes of a text, as a number in the order of texts.
fn beginning(text: &str) -> u64 {
    let bytes = text.bytes().chain(std::iter::repeat(0)).take(8);
    bytes.fold(0, |number, byte| number << 8 | u64::from(byte))
}

impl Targets {
    fn of(snomed: Snomed<'_>, rows: &[[u8; 4]], column: Column<'_>) -> Targets {
        let (mut beginnings, mut numbers) = (Vec::new(), Vec::new());
        let mut starts: Vec<u32> = Vec::new();
        for (at, row) in (0..).zip(rows) {
            let number = column.raw(u32::from_le_bytes(*row)).unwrap_or(u32::MAX);
            if numbers.last() != Some(&number) {
                numbers.push(number);
                beginnings.push(beginning(snomed.member_text(number).unwrap_or_default()));
                starts.push(at);
            }
        }
        starts.push(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        Targets { beginnings: beginnings.into(), numbers: numbers.into(), starts: starts.into() }
    }

    /// From where to where the rows of a text stand.
    fn find(&self, snomed: Snomed<'_>, text: &str) -> Option<(usize, usize)> {
        let sought = beginning(text);
        let first = self.beginnings.partition_point(|found| *found < sought);
        let alike = |at: usize| self.beginnings.get(at) == Some(&sought);
        let beyond = end_of_run(first, self.beginnings.len(), alike);
        let text_at = |at: usize| snomed.member_text(*self.numbers.get(at)?);
        let at = partition_point(first, beyond, |at| {
            text_at(at).is_some_and(|found| found.as_bytes() < text.as_bytes())
        });
        if at >= beyond || text_at(at) != Some(text) {
            return None;
        }
        let start = *self.starts.get(at)?;
        let end = *self.starts.get(at.checked_add(1)?)?;
        Some((start as usize, end as usize))
    }
}

impl<'t> Snomed<'t> {
    /// The active rows of a part, which has this number, whose target is exactly this text; `column`
    /// is that of its targets.
    pub(crate) fn rows_with_target(
        self,
        (number, part): (usize, Part),
        column: Column<'t>,
        text: &str,
    ) -> &'t [[u8; 4]] {
        let layout = &self.layout.refsets;
        if !self.view(layout.column_values).is_verified() {
            let found = self.number_of_member_text(text);
            let rows = found.and_then(|number| with_value(column, part, number));
            return rows.unwrap_or_default();
        }
        let rows = column.by_value(part.first, part.active).unwrap_or_default();
        let parts = layout
            .targets
            .get_or_init(|| (0..layout.parts.items).map(|_| OnceLock::new()).collect());
        let targets = parts
            .get(number)
            .map(|targets| targets.get_or_init(|| Targets::of(self, rows, column)));
        let found = targets.and_then(|targets| targets.find(self, text));
        found.and_then(|(start, end)| rows.get(start..end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_in_the_order_of_the_texts() {
        let mut texts = ["", "#NC", "A00", "A00.0", "A000", "ALWAYS A00", "ALWAYS A01", "é"];
        texts.sort_unstable();
        assert!(texts.is_sorted_by_key(|text| beginning(text)));
        assert_eq!(beginning("ALWAYS A00"), beginning("ALWAYS A01"));
    }

    #[test]
    fn a_run_ends_where_it_ends() {
        for length in 0..40 {
            for beyond in length..length + 3 {
                assert_eq!(end_of_run(5, 5 + beyond, |at| at < 5 + length), 5 + length);
            }
        }
    }
}
