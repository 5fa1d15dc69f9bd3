//! What a search found, whatever it searched.

use super::query::{Found, Match, Outcome};

/// A word that nothing began with, and the one that was looked for instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The word as typed, folded.
    pub typed: String,
    /// The word of the release that the best hit was found by.
    pub found: String,
}

/// What a search found: hits of one kind, best first.
#[derive(Clone, Debug)]
pub struct Results<H> {
    hits: Vec<H>,
    more: bool,
    outcome: Outcome,
    corrections: Vec<Correction>,
}

impl<H> Results<H> {
    /// The answer to a query, each match made a hit; one that is of a damaged index is left out.
    pub(crate) fn of(found: Found, hit: impl FnMut(&Match) -> Option<H>) -> Results<H> {
        let corrections = found.corrections.into_iter();
        Results {
            hits: found.hits.iter().filter_map(hit).collect(),
            more: found.more,
            outcome: found.outcome,
            corrections: corrections.map(|(typed, found)| Correction { typed, found }).collect(),
        }
    }

    /// The hits, best first.
    pub fn hits(&self) -> &[H] {
        &self.hits
    }

    /// Whether more match than were asked for.
    pub fn has_more(&self) -> bool {
        self.more
    }

    /// Whether the hits were found by corrected words, because nothing matched as typed.
    pub fn is_corrected(&self) -> bool {
        self.outcome == Outcome::Corrected
    }

    /// The corrections by which the first hits were found.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Whether the query had no word to look for.
    pub fn had_no_words(&self) -> bool {
        self.outcome == Outcome::NoWords
    }

    /// Whether the query was refused for its length: more than 1,000 characters or 32 words.
    pub fn was_too_long(&self) -> bool {
        self.outcome == Outcome::TooLong
    }
}
