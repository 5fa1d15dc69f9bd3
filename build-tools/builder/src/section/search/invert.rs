//! The order of the terms, and the ranks of each word.

use super::vocabulary::Tokens;
use super::{SearchError, SearchTerm};
use rayon::prelude::*;

/// The places of the terms, best first.
pub(super) fn best_first(terms: &[SearchTerm<'_>], tokens: &Tokens) -> Vec<u32> {
    // One number to compare; terms are in row order, so the place stands for the row.
    let key = |(place, term): (usize, &SearchTerm<'_>)| {
        let zone = u64::from(term.zone.min(3)) << 62;
        let length = u64::from(tokens.length(place)) << 40;
        zone | length | u64::from(term.class.min(3)) << 32 | place as u64
    };
    let mut keys: Vec<u64> = terms.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|key| key as u32).collect()
}

/// The ranks and where their zones end.
pub(super) fn rank_sections(terms: &[SearchTerm<'_>], order: &[u32]) -> (Vec<u8>, Vec<u8>) {
    let mut ranks = Vec::with_capacity(terms.len() * 8);
    let mut counts = [0_u32; 4];
    for place in order {
        let term = &terms[*place as usize];
        ranks.extend_from_slice(&term.row.to_le_bytes());
        ranks.extend_from_slice(&term.ordinal.to_le_bytes());
        counts[usize::from(term.zone.min(3))] += 1;
    }
    let mut end = 0;
    let ends = counts.into_iter().flat_map(|count| {
        end += count;
        u32::to_le_bytes(end)
    });
    (ranks, ends.collect())
}

/// The ranks of the terms with each word.
pub(super) struct Inverted {
    /// Where the ranks of each word begin, and where all end.
    starts: Vec<u32>,
    ranks: Vec<u32>,
    terms: u32,
}

impl Inverted {
    /// Sorts the pairs of term and word by word: counts them, then puts each in its place.
    pub(super) fn new(tokens: &Tokens, order: &[u32]) -> Result<Inverted, SearchError> {
        let mut starts = vec![0_u32; tokens.words().len() + 1];
        let mut pairs: usize = 0;
        for number in tokens.all_numbers() {
            starts[number as usize] += 1;
            pairs += 1;
        }
        if pairs > u32::MAX as usize {
            return Err(SearchError::TooMany { what: "words of terms" });
        }
        let mut total = 0;
        for start in &mut starts {
            let count = *start;
            *start = total;
            total += count;
        }
        let mut next = starts.clone();
        let mut ranks = vec![0_u32; pairs];
        for (rank, place) in order.iter().enumerate() {
            for number in tokens.of_term(*place as usize) {
                let place = &mut next[*number as usize];
                ranks[*place as usize] = rank as u32;
                *place += 1;
            }
        }
        Ok(Inverted { starts, ranks, terms: order.len() as u32 })
    }

    /// The ranks of the terms with any of these words, word by word: ascending for each.
    pub(super) fn of_words(&self, first: u32, end: u32) -> &[u32] {
        let start = self.starts[first as usize] as usize;
        &self.ranks[start..self.starts[end as usize] as usize]
    }

    /// How many words there are.
    pub(super) fn words(&self) -> u32 {
        (self.starts.len() - 1) as u32
    }

    /// How many terms there are.
    pub(super) fn terms(&self) -> u32 {
        self.terms
    }

    /// How many pairs of term and word there are.
    pub(super) fn pairs(&self) -> usize {
        self.ranks.len()
    }
}
