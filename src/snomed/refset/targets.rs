//! The targets of a map in memory.

use super::members::end_of_run;
use super::partition_point;
use super::table::Column;
use crate::snomed::edition::Snomed;

/// The targets of the active rows of a part, each once and by their bytes. A target is known by its
/// number among them.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    /// How each begins. Nearly all are no longer than that.
    beginnings: Box<[u64]>,
    /// All of them, one behind the other.
    texts: Box<str>,
    /// Where each begins in the texts, and one past the last.
    text_starts: Box<[u32]>,
    /// Where the rows of each start among those by value, and one past the last.
    starts: Box<[u32]>,
}

/// The first eight bytes of a text, as a number in the order of texts.
fn beginning(text: &str) -> u64 {
    let bytes = text.bytes().chain(std::iter::repeat(0)).take(8);
    bytes.fold(0, |number, byte| number << 8 | u64::from(byte))
}

impl Targets {
    /// The targets of rows by value. Numbers of rows, and places in texts, are of 32 bits in a file:
    /// there cannot be more of them here.
    pub(crate) fn of(snomed: Snomed<'_>, rows: &[[u8; 4]], column: Column<'_>) -> Targets {
        let (mut beginnings, mut texts) = (Vec::new(), String::new());
        let (mut text_starts, mut starts): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut last = None;
        for (at, row) in (0..).zip(rows) {
            let number = column.raw(u32::from_le_bytes(*row)).unwrap_or(u32::MAX);
            if last != Some(number) {
                let text = snomed.member_text(number).unwrap_or_default();
                let Ok(text_start) = u32::try_from(texts.len()) else { return Targets::default() };
                last = Some(number);
                beginnings.push(beginning(text));
                text_starts.push(text_start);
                texts.push_str(text);
                starts.push(at);
            }
        }
        let (Ok(texts_end), Ok(end)) = (u32::try_from(texts.len()), u32::try_from(rows.len()))
        else {
            return Targets::default();
        };
        text_starts.push(texts_end);
        starts.push(end);
        Targets {
            beginnings: beginnings.into(),
            texts: texts.into(),
            text_starts: text_starts.into(),
            starts: starts.into(),
        }
    }

    /// The target with this number.
    #[inline]
    pub(crate) fn text(&self, number: u32) -> Option<&str> {
        let [start, end] = *self.text_starts.get(number as usize..)?.first_chunk()?;
        self.texts.get(start as usize..end as usize)
    }

    /// All targets, in the order of their numbers.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        (0..).map_while(|number| self.text(number))
    }

    /// From where to where the rows of a target stand among those by value.
    #[inline]
    pub(crate) fn run(&self, number: u32) -> Option<(usize, usize)> {
        let [start, end] = *self.starts.get(number as usize..)?.first_chunk()?;
        Some((start as usize, end as usize))
    }

    /// [`Targets::run`] of each.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..).map_while(|number| self.run(number))
    }

    /// The number of the target that is exactly this text.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let sought = beginning(text);
        let first = self.beginnings.partition_point(|found| *found < sought);
        let alike = |at: usize| self.beginnings.get(at) == Some(&sought);
        let beyond = end_of_run(first, self.beginnings.len(), alike);
        let text_at = |at: usize| self.text(u32::try_from(at).ok()?);
        let at = partition_point(first, beyond, |at| {
            text_at(at).is_some_and(|found| found.as_bytes() < text.as_bytes())
        });
        let found = at < beyond && text_at(at) == Some(text);
        u32::try_from(at).ok().filter(|_| found)
    }
}

/// Targets by a key, which several may share.
#[derive(Debug, Default)]
pub(crate) struct TargetsByKey {
    keys: Box<[u64]>,
    targets: Box<[u32]>,
}

impl TargetsByKey {
    /// Pairs of a key and the number of a target, in any order.
    pub(crate) fn of(mut pairs: Vec<(u64, u32)>) -> TargetsByKey {
        pairs.sort_unstable();
        let (keys, targets): (Vec<u64>, Vec<u32>) = pairs.into_iter().unzip();
        TargetsByKey { keys: keys.into(), targets: targets.into() }
    }

    /// The targets with keys from one to another, both included.
    pub(crate) fn between(&self, first: u64, last: u64) -> &[u32] {
        let start = self.keys.partition_point(|key| *key < first);
        let is_within = |at: usize| self.keys.get(at).is_some_and(|key| *key <= last);
        let end = end_of_run(start, self.keys.len(), is_within);
        self.targets.get(start..end).unwrap_or_default()
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
    fn a_text_is_found_among_those_that_begin_like_it() {
        let mut all = ["", "#NC", "A00.0", "A000", "ALWAYS A00", "ALWAYS A01", "ALWAYS A02", "é"];
        all.sort_unstable();
        let mut text_starts = vec![0];
        text_starts.extend(all.iter().scan(0, |end, text| {
            *end += text.len() as u32;
            Some(*end)
        }));
        let targets = Targets {
            beginnings: all.iter().map(|text| beginning(text)).collect(),
            texts: all.concat().into(),
            text_starts: text_starts.into(),
            starts: (0..=8).collect(),
        };
        for (number, text) in (0..).zip(all) {
            assert_eq!(targets.find(text), Some(number), "{text}");
            assert_eq!(targets.text(number), Some(text));
            assert_eq!(targets.run(number), Some((number as usize, number as usize + 1)));
        }
        for absent in ["A", "A00", "A0000", "ALWAYS A", "ALWAYS A000", "ALWAYS A03", "êa", "#N"] {
            assert_eq!(targets.find(absent), None, "{absent}");
        }
        assert_eq!((targets.text(8), targets.run(8)), (None, None));
        assert!(targets.texts().eq(all));
    }

    #[test]
    fn keys_that_are_shared_give_all_their_targets() {
        let by_key = TargetsByKey::of(vec![(4, 0), (9, 2), (4, 3), (5, 1)]);
        assert_eq!(by_key.between(4, 4), [0, 3]);
        assert_eq!(by_key.between(4, 5), [0, 3, 1]);
        assert_eq!(by_key.between(6, 9), [2]);
        assert_eq!(by_key.between(0, u64::MAX), [0, 3, 1, 2]);
        assert!(by_key.between(6, 8).is_empty() && by_key.between(10, 12).is_empty());
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
