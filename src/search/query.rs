//! A query, from its text to its hits.

use super::correcting::Correcting;
use super::fold::Folder;
use super::matching::{Collected, Either, collect};
use super::sections::SearchIndex;

/// Characters of a query at most.
pub(crate) const QUERY_CHARACTERS: usize = 1000;
/// Words of a query at most.
pub(crate) const QUERY_WORDS: usize = 32;

/// Asked of each term that matches: description row and ordinal.
pub(super) type Accept<'a> = dyn FnMut(u32, u32) -> bool + 'a;

/// Which terms are searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The active descriptions of active concepts.
    #[default]
    Active,
    /// Those of inactive concepts too.
    WithInactiveConcepts,
    /// Inactive descriptions too.
    All,
    /// Text definitions too, and whatever else is no name.
    Everything,
}

/// A term that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Its description row.
    pub(crate) row: u32,
    /// Its concept.
    pub(crate) ordinal: u32,
    /// Its place among all terms, the best first.
    pub(crate) rank: u32,
}

/// How a query was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// As it was typed.
    #[default]
    AsTyped,
    /// As typed it matches no term within reach; with the corrections told it does.
    Corrected,
    /// Not at all: it has no words.
    NoWords,
    /// Not at all: it has more than [`QUERY_CHARACTERS`] characters or [`QUERY_WORDS`] words. It
    /// is not cut, for then the hits would not be those of what was asked.
    TooLong,
}

/// The answer to a query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The best hits, one a concept.
    pub(crate) hits: Vec<Match>,
    /// Whether there are more than asked for.
    pub(crate) more: bool,
    /// What was typed, and what the first hits were found with instead.
    pub(crate) corrections: Vec<(String, String)>,
    /// How it was answered.
    pub(crate) outcome: Outcome,
}

/// Numbers of words: the first, and the one after the last.
pub(super) type Words = (u32, u32);

/// What one search is asked, but for its words.
pub(super) struct Asked<'a, 'b> {
    pub(super) end: u32,
    pub(super) limit: usize,
    pub(super) accept: &'a mut Accept<'b>,
}

impl<'t> SearchIndex<'t> {
    /// Finds terms: each query word begins a word of the term. Hits are best first, one a concept.
    ///
    /// `accept` is asked of each match in that order until there are `limit` hits and it is known
    /// whether there are more; a concept that was refused is asked about again with its next term.
    /// With `typos`, a query that matches no term within reach, accepted or not, is tried with
    /// words that are spelled nearly so.
    ///
    /// Costs tens of microseconds; where `accept` refuses nearly all, time linear in the matches.
    /// On a damaged block the hits found before it are returned, and the guard remembers it.
    pub(crate) fn search(
        self,
        query: &str,
        reach: Reach,
        limit: usize,
        typos: bool,
        accept: &mut Accept<'_>,
    ) -> Found {
        let mut found = Found::default();
        // A character has at most four bytes, so most texts need not be counted.
        if query.len() > QUERY_CHARACTERS && query.chars().count() > QUERY_CHARACTERS {
            found.outcome = Outcome::TooLong;
            return found;
        }
        let mut folder = Folder::default();
        let mut words: Vec<&str> = Vec::new();
        for word in folder.fold(query) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if words.is_empty() || words.len() > QUERY_WORDS {
            found.outcome = match words.is_empty() {
                true => Outcome::NoWords,
                false => Outcome::TooLong,
            };
            return found;
        }
        let zone = match reach {
            Reach::Active => 0,
            Reach::WithInactiveConcepts => 1,
            Reach::All => 2,
            Reach::Everything => 3,
        };
        let Some(end) = self.zones.u32(zone) else {
            return found;
        };
        // Where the file was not verified, the zones bound no work.
        let terms = u32::try_from(self.ranks.len() / 8).unwrap_or(u32::MAX);
        let mut asked = Asked { end: end.min(terms), limit, accept };
        // `None` is damage, of which the guard tells.
        let _ = self.answer(&words, typos, &mut asked, &mut found);
        found
    }

    fn answer(
        self,
        words: &[&str],
        typos: bool,
        asked: &mut Asked<'_, '_>,
        found: &mut Found,
    ) -> Option<()> {
        // Nobody waits for an answer that will be dropped.
        if self.words.is_damaged() {
            return None;
        }
        let vocabulary = self.vocabulary()?;
        let mut ranges = Vec::with_capacity(words.len());
        for word in words {
            let Some(range) = vocabulary.prefix(word) else {
                self.words.report(0, "the vocabulary is damaged");
                return None;
            };
            ranges.push(range);
        }
        if let Some(ranges) = ranges.iter().copied().collect::<Option<Vec<Words>>>() {
            let collected = self.as_typed(&ranges, asked)?;
            if collected.matched {
                found.hits = collected.hits;
                found.more = collected.more;
                return Some(());
            }
        }
        if typos {
            Correcting {
                index: self,
                vocabulary,
                typed: words,
                ranges: &ranges,
                spellings: Vec::new(),
            }
            .answer(asked, found)?;
        }
        Some(())
    }

    fn as_typed(self, ranges: &[Words], asked: &mut Asked<'_, '_>) -> Option<Collected> {
        let mut words = Vec::with_capacity(ranges.len());
        for (place, range) in ranges.iter().enumerate() {
            // A word that begins another query word asks for nothing more.
            let implied = ranges.iter().enumerate().any(|(other, narrow)| {
                let within = range.0 <= narrow.0 && narrow.1 <= range.1;
                within && (narrow != range || other < place)
            });
            if !implied {
                words.push(self.either(&[*range])?);
            }
        }
        let mut collected = Collected::default();
        self.run(&words, asked, &mut collected)?;
        Some(collected)
    }

    pub(super) fn either(self, ranges: &[Words]) -> Option<Either<'t>> {
        let mut sets = Vec::new();
        for range in ranges {
            self.sets(*range, &mut sets)?;
        }
        Either::new(sets)
    }

    pub(super) fn run(
        self,
        words: &[Either<'t>],
        asked: &mut Asked<'_, '_>,
        collected: &mut Collected,
    ) -> Option<()> {
        let Asked { end, limit, accept } = asked;
        collect(self, words, *end, *limit, *accept, collected)
    }
}
