//! The terms that match several sets of words at once, best first.

use super::candidates::Candidates;
use super::postings::{Chunk, Set};
use super::query::{Accept, Match};
use super::sections::SearchIndex;

/// Hits up to which their concepts are compared one by one.
const FEW: usize = 32;
/// Postings up to which several sets are united before the search.
const UNITED_FIRST: usize = 2048;

/// The sets of which a term must be in one: those of the words that a query word may stand for.
#[derive(Clone, Debug)]
pub(super) enum Either<'t> {
    Sets(Vec<Set<'t>>),
    /// Ranks, sorted, in bytes as a set has them.
    Ranks(Vec<[u8; 4]>),
}

impl<'t> Either<'t> {
    /// Unites sets that are many and small; `None` where one is damaged.
    pub(super) fn new(sets: Vec<Set<'t>>) -> Option<Either<'t>> {
        let total = total(&sets);
        if sets.len() < 2 || total > UNITED_FIRST {
            return Some(Either::Sets(sets));
        }
        let mut ranks = Vec::with_capacity(total);
        for set in sets {
            set.append_to(&mut ranks)?;
        }
        ranks.sort_unstable();
        ranks.dedup();
        Some(Either::Ranks(ranks.into_iter().map(u32::to_le_bytes).collect()))
    }

    /// The most terms it can hold.
    fn estimate(&self) -> usize {
        match self {
            Either::Sets(sets) => total(sets),
            Either::Ranks(ranks) => ranks.len(),
        }
    }
}

fn total(sets: &[Set<'_>]) -> usize {
    sets.iter().map(|set| set.count).fold(0, usize::saturating_add)
}

/// What a search has found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) hits: Vec<Match>,
    /// Whether there is another one beyond the limit.
    pub(super) more: bool,
    /// Whether any term matched, accepted or not.
    pub(super) matched: bool,
    /// The concepts of the hits, once they are many.
    concepts: std::collections::HashSet<u32>,
}

impl Collected {
    pub(super) fn holds(&self, ordinal: u32) -> bool {
        if self.hits.len() <= FEW {
            self.hits.iter().any(|hit| hit.ordinal == ordinal)
        } else {
            self.concepts.contains(&ordinal)
        }
    }

    pub(super) fn push(&mut self, hit: Match) {
        self.hits.push(hit);
        if self.hits.len() > FEW {
            if self.concepts.is_empty() {
                self.concepts.extend(self.hits.iter().map(|hit| hit.ordinal));
            }
            self.concepts.insert(hit.ordinal);
        }
    }
}

/// Collects the terms of rank below `end` that are in each of these, in ascending order, until
/// there are `limit` and it is known whether there are more. `None` where the index is damaged.
pub(super) fn collect(
    index: SearchIndex<'_>,
    words: &[Either<'_>],
    end: u32,
    limit: usize,
    accept: &mut Accept<'_>,
    found: &mut Collected,
) -> Option<()> {
    let mut words: Vec<(usize, Vec<Set<'_>>)> = words
        .iter()
        .map(|either| {
            let sets = match either {
                Either::Sets(sets) => sets.clone(),
                Either::Ranks(ranks) => vec![Set::of_ranks(index.postings, ranks)],
            };
            (either.estimate(), sets)
        })
        .collect();
    words.sort_by_key(|(estimate, _)| *estimate);
    let Some(last) = end.checked_sub(1) else {
        return Some(());
    };
    let mut candidates = Candidates::new();
    let mut parts: Vec<Chunk<'_>> = Vec::new();
    let mut damaged = false;
    for chunk in 0..=(last >> 16) as u16 {
        for (place, (_, sets)) in words.iter_mut().enumerate() {
            parts.clear();
            for set in sets {
                let part = set.chunk(chunk)?;
                if part.len() > 0 {
                    parts.push(part);
                }
            }
            if place == 0 {
                candidates.begin(&parts);
            } else {
                candidates.narrow(&parts);
            }
            if candidates.is_empty() {
                break;
            }
        }
        let high = u32::from(chunk) << 16;
        let full = candidates.each_until(|low| {
            let rank = high | u32::from(low);
            if rank >= end {
                return true;
            }
            let Some((row, ordinal)) = index.rank(rank) else {
                damaged = true;
                return true;
            };
            found.matched = true;
            if found.holds(ordinal) || !accept(row, ordinal) {
                return false;
            }
            if found.hits.len() >= limit {
                found.more = true;
                return true;
            }
            found.push(Match { row, ordinal, rank });
            false
        });
        if full {
            break;
        }
    }
    if damaged {
        index.postings.report(0, "a rank is beyond the last");
        return None;
    }
    Some(())
}
