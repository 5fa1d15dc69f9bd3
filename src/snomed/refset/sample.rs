//! Finding a text, and the rows that have it, with few reads that depend on each other.
//!
//! Where a file was verified in full, every so many texts and values are gathered in memory when one
//! is first sought; where it is verified on first use that would touch all of it, and the search
//! goes through the file.

use std::sync::OnceLock;

use super::members::end_of_run;
use super::table::Column;
use super::{Part, partition_point};
use crate::snomed::edition::Snomed;

/// Texts, and rows by value, from one of a sample to the next.
const EVERY: usize = 16;

/// The first eight bytes of a text, in their order as a number.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (place, byte) in bytes.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
    u64::from_be_bytes(bytes)
}

impl<'t> Snomed<'t> {
    /// The number of a text of a refset column.
    pub(crate) fn number_of_member_text(self, text: &str) -> Option<u32> {
        let count = self.layout.refsets.texts.items;
        let (start, end) = self.texts_around(text).unwrap_or((0, count));
        let text_at = |at: usize| self.member_text(u32::try_from(at).ok()?);
        let at = partition_point(start, end, |at| {
            text_at(at).is_some_and(|found| found.as_bytes() < text.as_bytes())
        });
        let number = u32::try_from(at).ok()?;
        (at < count && self.member_text(number) == Some(text)).then_some(number)
    }

    /// From where to where a text may stand.
    fn texts_around(self, text: &str) -> Option<(usize, usize)> {
        let texts = self.layout.refsets.texts;
        if !self.view(texts).is_verified() {
            return None;
        }
        let sample = self.layout.refsets.text_sample.get_or_init(|| {
            let numbers = (0..texts.items).step_by(EVERY);
            let beginnings = numbers.map(|number| {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                beginning(self.member_text(number).unwrap_or_default())
            });
            beginnings.collect()
        });
        let sought = beginning(text);
        let first = sample.partition_point(|found| *found < sought);
        let beyond = end_of_run(first, sample.len(), |at| sample.get(at) == Some(&sought));
        Some((first.saturating_sub(1).saturating_mul(EVERY), {
            beyond.saturating_mul(EVERY).min(texts.items)
        }))
    }

    /// The active rows of a part with this value in its column of targets, which is stored by value:
    /// `part_number` is that of the part.
    pub(crate) fn rows_with_target(
        self,
        (part_number, part): (usize, Part),
        column: Column<'t>,
        raw: u32,
    ) -> &'t [[u8; 4]] {
        let rows = column.by_value(part.first, part.active).unwrap_or_default();
        let value = |at: usize| column.raw(u32::from_le_bytes(*rows.get(at)?));
        let sample = self.target_sample(part_number, rows, column);
        let (start, end) = match sample {
            Some(sample) => {
                let first = sample.partition_point(|found| *found < raw);
                let start = first.saturating_sub(1).saturating_mul(EVERY);
                (start, first.saturating_mul(EVERY).min(rows.len()))
            }
            None => (0, rows.len()),
        };
        let start = partition_point(start, end, |at| value(at).is_some_and(|found| found < raw));
        let end = end_of_run(start, rows.len(), |at| value(at) == Some(raw));
        rows.get(start..end).unwrap_or_default()
    }

    fn target_sample(self, part: usize, rows: &[[u8; 4]], column: Column<'t>) -> Option<&'t [u32]> {
        let layout = &self.layout.refsets;
        if !self.view(layout.column_values).is_verified() {
            return None;
        }
        let samples = layout
            .target_samples
            .get_or_init(|| (0..layout.parts.items).map(|_| OnceLock::new()).collect());
        let sample = samples.get(part)?.get_or_init(|| {
            let values = rows.iter().step_by(EVERY);
            values.map(|row| column.raw(u32::from_le_bytes(*row)).unwrap_or(u32::MAX)).collect()
        });
        Some(sample)
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
