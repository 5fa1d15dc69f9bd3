//! Term search over bytes in memory, for the tests and benchmarks of the builder. Not a part of
//! the interface of this package.

use super::Reach;
use super::query::Match;
use super::query::Outcome;
use super::sections::{SearchIndex, SearchLayout};
use crate::index::{Section, Source};

/// The search sections, one behind the other in memory.
#[derive(Debug)]
pub struct RawSearch {
    bytes: Vec<u8>,
    layout: SearchLayout,
}

/// The sections as the builder makes them: ranks, zones, words, word postings, prefix postings and
/// postings, and the items that each is stated to have.
pub type RawSections<'a> = [(&'a [u8], u64); 6];

/// What a search has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawFound {
    /// Description row, ordinal and rank of each hit.
    pub hits: Vec<(u32, u32, u32)>,
    /// Whether there are more.
    pub more: bool,
    /// What was typed, and what was found instead.
    pub corrections: Vec<(String, String)>,
    /// Whether the query had words, and not too many.
    pub answered: bool,
}

impl RawSearch {
    /// Takes the sections.
    pub fn new(sections: RawSections<'_>) -> RawSearch {
        let mut bytes = Vec::new();
        let mut place = |(section, items): (&[u8], u64)| {
            let start = bytes.len();
            bytes.extend_from_slice(section);
            Section { start, length: section.len(), items: usize::try_from(items).unwrap_or(0) }
        };
        let [ranks, zones, words, word_postings, prefix_postings, postings] = sections;
        let layout = SearchLayout {
            ranks: place(ranks),
            zones: place(zones),
            words: place(words),
            word_postings: place(word_postings),
            prefix_postings: place(prefix_postings),
            postings: place(postings),
        };
        RawSearch { bytes, layout }
    }

    /// The bytes, to damage.
    pub fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    fn index(&self) -> SearchIndex<'_> {
        SearchIndex::new(Source::new(&self.bytes, None), &self.layout)
    }

    /// Searches the zones up to `last_zone`.
    pub fn search(
        &self,
        query: &str,
        last_zone: u8,
        limit: usize,
        typos: bool,
        mut accept: impl FnMut(u32, u32) -> bool,
    ) -> RawFound {
        let reach = match last_zone {
            0 => Reach::Active,
            1 => Reach::WithInactiveConcepts,
            2 => Reach::All,
            _ => Reach::Everything,
        };
        let found = self.index().search(query, reach, limit, typos, &mut accept);
        let hit = |hit: &Match| (hit.row, hit.ordinal, hit.rank);
        RawFound {
            hits: found.hits.iter().map(hit).collect(),
            more: found.more,
            corrections: found.corrections,
            answered: matches!(found.outcome, Outcome::AsTyped | Outcome::Corrected),
        }
    }

    /// Verifies the sections.
    pub fn verify(
        &self,
        description_rows: u32,
        concepts: u32,
    ) -> Result<(), (usize, &'static str)> {
        self.index().verify(description_rows, concepts)
    }
}
