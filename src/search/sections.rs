//! The six sections of term search, and single reads of them.

use super::postings::{Set, UNITED_WORDS};
use super::words::Vocabulary;
use crate::index::{Section, Source, View};

/// Where the sections of term search lie.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SearchLayout {
    /// [`RANKS`](crate::index::format::RANKS)
    pub(crate) ranks: Section,
    /// [`RANK_ZONES`](crate::index::format::RANK_ZONES)
    pub(crate) zones: Section,
    /// [`WORDS`](crate::index::format::WORDS)
    pub(crate) words: Section,
    /// [`WORD_POSTINGS`](crate::index::format::WORD_POSTINGS)
    pub(crate) word_postings: Section,
    /// [`PREFIX_POSTINGS`](crate::index::format::PREFIX_POSTINGS)
    pub(crate) prefix_postings: Section,
    /// [`POSTINGS`](crate::index::format::POSTINGS)
    pub(crate) postings: Section,
}

/// The term search of an opened file. Making one costs nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SearchIndex<'t> {
    pub(super) ranks: View<'t>,
    pub(super) zones: View<'t>,
    pub(super) words: View<'t>,
    pub(super) word_postings: View<'t>,
    pub(super) prefix_postings: View<'t>,
    pub(super) postings: View<'t>,
    pub(super) layout: &'t SearchLayout,
}

impl<'t> SearchIndex<'t> {
    pub(crate) fn new(source: Source<'t>, layout: &'t SearchLayout) -> SearchIndex<'t> {
        SearchIndex {
            ranks: source.view(layout.ranks),
            zones: source.view(layout.zones),
            words: source.view(layout.words),
            word_postings: source.view(layout.word_postings),
            prefix_postings: source.view(layout.prefix_postings),
            postings: source.view(layout.postings),
            layout,
        }
    }

    /// The vocabulary.
    pub(super) fn vocabulary(self) -> Option<Vocabulary<'t>> {
        let vocabulary = Vocabulary::new(self.words.all()?);
        if vocabulary.is_none() {
            self.words.report(0, "the vocabulary is damaged");
        }
        vocabulary
    }

    /// Description row and ordinal of a rank.
    #[inline]
    pub(super) fn rank(self, rank: u32) -> Option<(u32, u32)> {
        let record = self.ranks.record::<8>(rank as usize)?;
        let [a, b, c, d, e, f, g, h] = *record;
        let row = u32::from_le_bytes([a, b, c, d]);
        Some((row, u32::from_le_bytes([e, f, g, h])))
    }

    /// First word, word after the last, and start in the postings of a merged prefix.
    pub(super) fn merged(self, place: usize) -> Option<((u32, u32), u32)> {
        let record = self.prefix_postings.record::<12>(place)?;
        let [a, b, c, d, e, f, g, h, rest @ ..] = *record;
        let words = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
        Some((words, u32::from_le_bytes(rest)))
    }

    /// How many merged prefixes there are.
    pub(super) fn merged_len(self) -> usize {
        self.prefix_postings.len() / 12
    }

    /// Where the merged set of these words begins, where there is one.
    pub(super) fn find_merged(self, words: (u32, u32)) -> Option<Option<u32>> {
        let (mut low, mut high) = (0, self.merged_len());
        while low < high {
            let middle = low.midpoint(high);
            let (found, start) = self.merged(middle)?;
            match found.cmp(&words) {
                std::cmp::Ordering::Less => low = middle.checked_add(1)?,
                std::cmp::Ordering::Equal => return Some(Some(start)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Some(None)
    }

    fn set(self, start: u32) -> Option<Set<'t>> {
        let set = Set::read(self.postings, start as usize);
        if set.is_none() {
            const WHAT: &str = "a set of postings does not lie in its section";
            self.postings.report(start as usize, WHAT);
        }
        set
    }

    /// Adds the sets whose union is the terms with any of these words, all words below one prefix;
    /// `None` where the index is damaged.
    pub(super) fn sets(self, words: (u32, u32), sets: &mut Vec<Set<'t>>) -> Option<()> {
        let (first, end) = words;
        let count = end.checked_sub(first)?;
        if count > 1
            && let Some(start) = self.find_merged(words)?
        {
            sets.push(self.set(start)?);
            return Some(());
        }
        if count as usize > UNITED_WORDS {
            self.prefix_postings.report(0, "a prefix of many words has no merged postings");
            return None;
        }
        for word in first..end {
            sets.push(self.set(self.word_postings.u32(word as usize)?)?);
        }
        Some(())
    }
}
