//! Answering a query that matches nothing as it was typed.

use super::matching::{Collected, Either};
use super::query::{Asked, Found, Match, Outcome, Words};
use super::sections::SearchIndex;
use super::spelling::{Spelling, edits, spellings};
use super::words::Vocabulary;

/// Hits whose corrections are told.
const TOLD: usize = 10;

/// A query that matches nothing as typed.
pub(super) struct Correcting<'q, 't> {
    pub(super) index: SearchIndex<'t>,
    pub(super) vocabulary: Vocabulary<'t>,
    /// Its words.
    pub(super) typed: &'q [&'q str],
    /// The words of the vocabulary that each begins, where there are any.
    pub(super) ranges: &'q [Option<Words>],
    /// What each word may stand for, once that has been asked.
    pub(super) spellings: Vec<Option<Vec<Spelling>>>,
}

impl<'t> Correcting<'_, 't> {
    /// Tries one edit, then two: in one word at a time, or in all those that the vocabulary lacks;
    /// then in all words.
    pub(super) fn answer(mut self, asked: &mut Asked<'_, '_>, found: &mut Found) -> Option<()> {
        let words = self.typed.len();
        let lacking: Vec<bool> = self.ranges.iter().map(Option::is_none).collect();
        let choices: Vec<Vec<bool>> = if lacking.contains(&true) {
            vec![lacking]
        } else {
            let one = |one| (0..words).map(|word| word == one).collect();
            (0..words).map(one).collect()
        };
        for at_most in [1, 2] {
            self.spellings = vec![None; words];
            if self.choose(&choices, at_most, asked, found)? {
                return Some(());
            }
            if words > 1 && self.choose(&[vec![true; words]], at_most, asked, found)? {
                return Some(());
            }
        }
        Some(())
    }

    /// Tries each choice of words to correct, and merges what they find: first what whole words
    /// find, then what beginnings of words do. Tells whether any term matched.
    fn choose(
        &mut self,
        choices: &[Vec<bool>],
        at_most: u8,
        asked: &mut Asked<'_, '_>,
        found: &mut Found,
    ) -> Option<bool> {
        for choice in choices {
            self.spell(choice, at_most)?;
        }
        let mut merged = Collected::default();
        for whole in [true, false] {
            let mut tier: Vec<Match> = Vec::new();
            for choice in choices {
                let Some(words) = self.words(choice, whole)? else {
                    continue;
                };
                let mut collected = Collected::default();
                self.index.run(&words, asked, &mut collected)?;
                merged.matched |= collected.matched;
                merged.more |= collected.more;
                tier.append(&mut collected.hits);
            }
            tier.sort_by_key(|hit| hit.rank);
            for hit in tier {
                if merged.holds(hit.ordinal) {
                    continue;
                }
                if merged.hits.len() >= asked.limit {
                    merged.more = true;
                    break;
                }
                merged.push(hit);
            }
            if merged.more {
                break;
            }
        }
        if merged.matched {
            found.outcome = Outcome::Corrected;
            found.corrections = self.corrections(&merged.hits)?;
            found.hits = merged.hits;
            found.more = merged.more;
        }
        Some(merged.matched)
    }

    /// Finds what the chosen words may stand for.
    fn spell(&mut self, choice: &[bool], at_most: u8) -> Option<()> {
        let words = choice.iter().zip(self.typed).zip(&mut self.spellings);
        for ((chosen, typed), place) in words {
            let edits = edits(typed, at_most);
            if *chosen && edits > 0 && place.is_none() {
                let Some(found) = spellings(self.vocabulary, typed, edits) else {
                    self.index.words.report(0, "the vocabulary is damaged");
                    return None;
                };
                *place = Some(found);
            }
        }
        Some(())
    }

    /// The sets of each word, where this choice of words to correct can be made.
    fn words(&self, choice: &[bool], whole: bool) -> Option<Option<Vec<Either<'t>>>> {
        let mut words = Vec::new();
        let mut corrected = false;
        for ((chosen, spellings), range) in choice.iter().zip(&self.spellings).zip(self.ranges) {
            let ranges: Vec<Words> = match (chosen, spellings, range) {
                (true, Some(spellings), _) => {
                    corrected = true;
                    let kind = spellings.iter().filter(|spelling| spelling.whole == whole);
                    kind.map(|spelling| spelling.words).collect()
                }
                (_, _, Some(range)) => vec![*range],
                _ => Vec::new(),
            };
            if ranges.is_empty() {
                return Some(None);
            }
            words.push(self.index.either(&ranges)?);
        }
        Some(corrected.then_some(words))
    }

    /// What the first hits were found with.
    fn corrections(&self, hits: &[Match]) -> Option<Vec<(String, String)>> {
        let mut corrections: Vec<(String, String)> = Vec::new();
        for (typed, spellings) in self.typed.iter().zip(&self.spellings) {
            let mut nearest: Vec<&Spelling> = spellings.iter().flatten().collect();
            nearest.sort_by_key(|spelling| (spelling.distance, !spelling.whole));
            for hit in hits.iter().take(TOLD) {
                for spelling in &nearest {
                    let mut sets = Vec::new();
                    self.index.sets(spelling.words, &mut sets)?;
                    if sets.into_iter().any(|set| set.contains(hit.rank)) {
                        let pair = ((*typed).to_owned(), spelling.text.clone());
                        if spelling.distance > 0 && !corrections.contains(&pair) {
                            corrections.push(pair);
                        }
                        break;
                    }
                }
            }
        }
        Some(corrections)
    }
}
