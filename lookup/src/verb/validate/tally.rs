//! How many rows came out how: in memory that does not grow with the table.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use farr::coding::{Outcome, Severity};

use super::row::{Found, Judged};

/// Different failing codes that are counted, each by itself.
pub(crate) const MOST_CODES: usize = 100_000;
/// Bytes of a failing code that are kept, and of each text that is said of it.
const LONGEST: usize = 256;
const LONGEST_SAID: usize = 1 << 10;
/// Stretches of a table that are counted, each by itself, at most.
const MOST_STRETCHES: usize = 48;

/// Rows by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcomes {
    pub(crate) accept: u64,
    pub(crate) warn: u64,
    pub(crate) reject: u64,
}

impl Outcomes {
    pub(crate) fn of(&self, outcome: Outcome) -> u64 {
        match outcome {
            Outcome::Accept => self.accept,
            Outcome::Warn => self.warn,
            Outcome::Reject => self.reject,
        }
    }

    pub(crate) fn rows(&self) -> u64 {
        self.accept + self.warn + self.reject
    }

    pub(super) fn add(&mut self, outcome: Outcome, rows: u64) {
        *match outcome {
            Outcome::Accept => &mut self.accept,
            Outcome::Warn => &mut self.warn,
            Outcome::Reject => &mut self.reject,
        } += rows;
    }

    fn add_all(&mut self, other: Outcomes) {
        self.accept += other.accept;
        self.warn += other.warn;
        self.reject += other.reject;
    }
}

/// Rows of one code that were not accepted, for the same reasons.
#[derive(Clone, Debug)]
pub(crate) struct Failing {
    pub(crate) rows: u64,
    /// The first of these rows, from 1.
    pub(crate) first_row: u64,
    pub(crate) judged: Arc<Judged>,
}

/// What counts as one failing code: the code, by its length and two hashes, and the codes of what was
/// found. However long the codes of a table are, a key is short.
type Key = (usize, [u64; 2], Vec<Found>);

fn key(judged: &Judged) -> Key {
    let code = judged.code.as_str();
    let hash = |number: u64| {
        let mut hasher = DefaultHasher::new();
        (number, code).hash(&mut hasher);
        hasher.finish()
    };
    let findings = judged.findings.iter().map(|(found, _)| *found).collect();
    (code.len(), [hash(0), hash(1)], findings)
}

/// What is said of a row without the rest of texts that are long.
fn cut(judged: Arc<Judged>) -> Arc<Judged> {
    let texts = [
        (&judged.code, LONGEST),
        (&judged.message, LONGEST_SAID),
        (&judged.suggestion, LONGEST_SAID),
    ];
    if texts.iter().all(|(text, most)| text.len() <= *most) {
        return judged;
    }
    let [code, message, suggestion] = texts.map(|(text, most)| {
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        match ends.take_while(|at| *at <= most).last() {
            Some(end) if end < text.len() => {
                format!("{}\u{2026}", text.get(..end).unwrap_or_default())
            }
            _ => text.clone(),
        }
    });
    let Judged { outcome, is_withheld, .. } = *judged;
    let findings = judged.findings.clone();
    // Nobody reads the row's own words of what is counted.
    Arc::new(Judged {
        outcome,
        findings,
        code,
        is_withheld,
        message,
        own_message: None,
        suggestion,
    })
}

/// What is counted of a piece of a table.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    rows: u64,
    /// Rows that were not simply accepted, counted from 0, with what is said of them.
    told: Vec<(u32, Arc<Judged>)>,
}

impl Tally {
    /// Counts the next rows, of which the same is said.
    pub(crate) fn add(&mut self, judged: &Arc<Judged>, rows: usize) {
        let next = self.rows.saturating_add(rows as u64);
        if !judged.findings.is_empty() {
            let rows = (self.rows..next).map(|row| u32::try_from(row).unwrap_or(u32::MAX));
            self.told.extend(rows.map(|row| (row, Arc::clone(judged))));
        }
        self.rows = next;
    }
}

/// What is counted of a table.
#[derive(Debug)]
pub(crate) struct Totals {
    pub(crate) outcomes: Outcomes,
    /// Rows by what was found, and by how much that weighs.
    pub(crate) findings: BTreeMap<(Found, Severity), u64>,
    failing: HashMap<Key, Failing>,
    /// Rows of failing codes that are not in `failing`, which was full.
    pub(crate) uncounted: u64,
    /// Outcomes of each stretch of so many rows.
    pub(crate) stretches: Vec<Outcomes>,
    pub(crate) rows_a_stretch: u64,
}

impl Default for Totals {
    fn default() -> Totals {
        Totals {
            outcomes: Outcomes::default(),
            findings: BTreeMap::new(),
            failing: HashMap::new(),
            uncounted: 0,
            stretches: Vec::new(),
            rows_a_stretch: 1,
        }
    }
}

impl Totals {
    /// Counts the next piece of the table.
    pub(crate) fn add(&mut self, tally: Tally) {
        let before = self.outcomes.rows();
        let mut accepted = before;
        for (row, judged) in tally.told {
            let row = before + u64::from(row);
            self.add_to_stretches(accepted, row - accepted, Outcome::Accept);
            self.add_to_stretches(row, 1, judged.outcome);
            accepted = row + 1;
            self.outcomes.add(judged.outcome, 1);
            for finding in &judged.findings {
                *self.findings.entry(*finding).or_default() += 1;
            }
            if judged.outcome != Outcome::Accept {
                self.add_failing(row + 1, judged);
            }
        }
        let end = before + tally.rows;
        self.add_to_stretches(accepted, end - accepted, Outcome::Accept);
        self.outcomes.accept += end - self.outcomes.rows();
    }

    fn add_failing(&mut self, row: u64, judged: Arc<Judged>) {
        let key = key(&judged);
        if self.failing.len() >= MOST_CODES && !self.failing.contains_key(&key) {
            self.uncounted += 1;
            return;
        }
        let new = || Failing { rows: 0, first_row: row, judged: cut(judged) };
        self.failing.entry(key).or_insert_with(new).rows += 1;
    }

    /// Counts rows from `start` on where they stand in the table.
    fn add_to_stretches(&mut self, mut start: u64, mut rows: u64, outcome: Outcome) {
        while rows > 0 {
            let place = start / self.rows_a_stretch;
            if place >= MOST_STRETCHES as u64 {
                // Two become one.
                self.rows_a_stretch *= 2;
                let pairs = self.stretches.chunks(2).map(|pair| {
                    let mut both = Outcomes::default();
                    pair.iter().for_each(|one| both.add_all(*one));
                    both
                });
                self.stretches = pairs.collect();
                continue;
            }
            while self.stretches.len() as u64 <= place {
                self.stretches.push(Outcomes::default());
            }
            let here = rows.min((place + 1) * self.rows_a_stretch - start);
            if let Some(stretch) = self.stretches.get_mut(place as usize) {
                stretch.add(outcome, here);
            }
            start += here;
            rows -= here;
        }
    }

    /// The failing codes that most rows have: rejected ones before those warned of, and of either the most
    /// frequent first.
    pub(crate) fn worst(&self, most: usize) -> Vec<&Failing> {
        let mut all: Vec<&Failing> = self.failing.values().collect();
        all.sort_by(|one, other| {
            let by_outcome = other.judged.outcome.cmp(&one.judged.outcome);
            by_outcome.then(other.rows.cmp(&one.rows)).then(one.first_row.cmp(&other.first_row))
        });
        all.truncate(most);
        all
    }

    /// How many failing codes are told apart.
    pub(crate) fn failing_codes(&self) -> usize {
        self.failing.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use farr::coding::FindingCode;
    use farr_codelists::rules::CellFinding;

    fn judged(code: &str, outcome: Outcome) -> Arc<Judged> {
        let findings = match outcome {
            Outcome::Accept => Vec::new(),
            Outcome::Warn => vec![(Found::Cell(CellFinding::UnreadableSex), Severity::Warn)],
            Outcome::Reject => vec![(Found::Coding(FindingCode::Malformed), Severity::Reject)],
        };
        let (message, suggestion) = (String::new(), String::new());
        let code = code.to_owned();
        let (is_withheld, own_message) = (false, None);
        Arc::new(Judged { outcome, findings, code, is_withheld, message, own_message, suggestion })
    }

    /// Outcomes of rows, in pieces of so many.
    fn totals(outcomes: &[Outcome], piece: usize) -> Totals {
        let mut totals = Totals::default();
        for rows in outcomes.chunks(piece) {
            let mut tally = Tally::default();
            rows.iter().for_each(|outcome| tally.add(&judged("x", *outcome), 1));
            totals.add(tally);
        }
        totals
    }

    #[test]
    fn counts_do_not_hang_on_the_pieces() {
        let outcomes: Vec<Outcome> = (0..1000_u64)
            .map(|row| match row * 7919 % 13 {
                0 => Outcome::Reject,
                1 | 2 => Outcome::Warn,
                _ => Outcome::Accept,
            })
            .collect();
        let whole = totals(&outcomes, 1000);
        for outcome in [Outcome::Accept, Outcome::Warn, Outcome::Reject] {
            let expected = outcomes.iter().filter(|one| **one == outcome).count() as u64;
            assert_eq!(whole.outcomes.of(outcome), expected);
        }
        for piece in [1, 3, 64] {
            let pieces = totals(&outcomes, piece);
            assert_eq!(pieces.outcomes, whole.outcomes);
            assert_eq!(pieces.stretches, whole.stretches);
            assert_eq!(pieces.findings, whole.findings);
        }
        assert!(whole.stretches.len() <= MOST_STRETCHES);
        let size = whole.rows_a_stretch as usize;
        for (stretch, rows) in whole.stretches.iter().zip(outcomes.chunks(size)) {
            let rejects = rows.iter().filter(|one| **one == Outcome::Reject).count() as u64;
            assert_eq!((stretch.reject, stretch.rows()), (rejects, rows.len() as u64));
        }
    }

    #[test]
    fn the_most_frequent_failing_codes_come_first() {
        let mut tally = Tally::default();
        for code in ["a", "b", "c", "b", "c", "b"] {
            tally.add(&judged(code, Outcome::Reject), 1);
        }
        let mut totals = Totals::default();
        totals.add(tally);
        let worst = totals.worst(2);
        let told: Vec<_> =
            worst.iter().map(|one| (one.judged.code.as_str(), one.rows, one.first_row)).collect();
        assert_eq!(told, [("b", 3, 2), ("c", 2, 3)]);
        assert_eq!(totals.failing_codes(), 3);
    }

    #[test]
    fn failing_codes_are_counted_up_to_a_bound_and_the_rest_is_said() {
        let mut totals = Totals::default();
        let mut tally = Tally::default();
        for code in 0..MOST_CODES + 5 {
            tally.add(&judged(&code.to_string(), Outcome::Reject), 1);
        }
        tally.add(&judged("3", Outcome::Reject), 1);
        totals.add(tally);
        assert_eq!(totals.failing_codes(), MOST_CODES);
        assert_eq!(totals.uncounted, 5);
        assert_eq!(totals.worst(1)[0].rows, 2);
    }

    #[test]
    fn long_codes_are_told_apart_and_cut() {
        let long = "\u{e9}".repeat(1 << 20);
        let mut totals = Totals::default();
        let mut tally = Tally::default();
        for code in [format!("{long}a"), format!("{long}b"), format!("{long}a")] {
            tally.add(&judged(&code, Outcome::Reject), 1);
        }
        totals.add(tally);
        assert_eq!(totals.failing_codes(), 2);
        let worst = totals.worst(2);
        assert_eq!((worst[0].rows, worst[1].rows), (2, 1));
        for failing in worst {
            let code = &failing.judged.code;
            assert!(code.len() <= LONGEST + 3 && code.ends_with("\u{e9}\u{2026}"), "{code}");
        }
        let short = judged("a", Outcome::Reject);
        assert!(Arc::ptr_eq(&cut(Arc::clone(&short)), &short));
    }
}
