//! Words of the vocabulary that a mistyped word may stand for.
//!
//! An *edit* is a letter too many, a letter missing, a letter replaced, or two neighbours swapped
//! (the optimal string alignment distance). The vocabulary is walked as the trie that it is, with
//! one row of the distance table a letter, and left where a row holds no distance small enough.
//! Of each row only the cells within the distance of the diagonal can be small enough, so a letter
//! costs a few operations whatever the length of the word.

use super::words::{Node, Vocabulary};

/// Letters below which a word is taken as typed: most short words are within one edit of many.
pub(super) const SHORTEST: usize = 4;
/// Letters from which on two edits are tried.
pub(super) const SHORTEST_FOR_TWO: usize = 8;
/// Letters beyond which a word is taken as typed.
const LONGEST: usize = 48;
/// Spellings collected at most.
const LIMIT: usize = 1024;
/// Transitions followed at most, in some hundred milliseconds: many times as many as the whole
/// vocabulary of a release has. More are met only where a file makes few nodes stand for words
/// without end.
const STEPS: usize = 1 << 22;
/// A distance that is too large.
const FAR: u8 = u8::MAX / 2;

/// What a mistyped word may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    /// The word, or what several words begin with.
    pub(super) text: String,
    /// How many edits away.
    pub(super) distance: u8,
    /// The numbers of the words.
    pub(super) words: (u32, u32),
    /// Whether this is one whole word, and not what words begin with.
    pub(super) whole: bool,
}

/// How many edits are tried in a word.
pub(super) fn edits(word: &str, at_most: u8) -> u8 {
    match word.chars().count() {
        SHORTEST_FOR_TWO..=LONGEST => at_most.min(2),
        SHORTEST..SHORTEST_FOR_TWO => at_most.min(1),
        _ => 0,
    }
}

struct Step<'t> {
    node: Node<'t>,
    /// The next transition to follow.
    next: usize,
    /// What the transitions to here add up to.
    sum: u64,
    /// Letters to here.
    letters: usize,
    /// Bytes to here, some of which may begin a letter.
    bytes: usize,
    /// Whether what stands here, or something before it, was collected as a beginning.
    begun: bool,
}

/// The spellings of a word at most so many edits away, in the order of the vocabulary; `None`
/// where the vocabulary is damaged.
///
/// A beginning is collected at its shortest; whole words are collected beside it.
pub(super) fn spellings(
    vocabulary: Vocabulary<'_>,
    typed: &str,
    edits: u8,
) -> Option<Vec<Spelling>> {
    let typed: Vec<char> = typed.chars().collect();
    let mut rows = Rows::new(&typed, edits);
    let mut found = Vec::new();
    let mut path: Vec<u8> = Vec::new();
    let mut letters: Vec<char> = Vec::new();
    let mut steps = vec![Step {
        node: vocabulary.root()?,
        next: 0,
        sum: 0,
        letters: 0,
        bytes: 0,
        begun: false,
    }];
    let mut left = STEPS;
    while let Some(step) = steps.last_mut() {
        left = left.checked_sub(1)?;
        let Some(edge) = step.node.edge(step.next) else {
            // The transitions end here, or the node is damaged: then its words are not found, and
            // whoever follows them elsewhere is told.
            steps.pop();
            continue;
        };
        step.next = step.next.saturating_add(1);
        path.truncate(step.bytes);
        path.push(edge.byte);
        letters.truncate(step.letters);
        let (before, mut begun) = (step.letters, step.begun);
        let letter_start = letters.iter().map(|c| c.len_utf8()).sum::<usize>();
        let letter = match std::str::from_utf8(path.get(letter_start..)?) {
            Ok(letter) => letter.chars().next(),
            // The letter is not complete yet.
            Err(error) if error.error_len().is_none() => None,
            Err(_) => continue,
        };
        if let Some(letter) = letter {
            letters.push(letter);
            if !rows.push(&letters) {
                continue;
            }
        }
        let sum = step.sum.checked_add(edge.output)?;
        let node = vocabulary.follow(edge)?;
        if letter.is_some()
            && let Some(distance) = rows.reached(before.saturating_add(1))
        {
            let mut collect = |words, whole| {
                if let Ok(text) = std::str::from_utf8(&path) {
                    found.push(Spelling { text: text.to_owned(), distance, words, whole });
                }
            };
            if node.is_final {
                let number = u32::try_from(sum.checked_add(node.final_output)?).ok()?;
                collect((number, number.checked_add(1)?), true);
            }
            if !begun {
                begun = true;
                collect(vocabulary.below(node, sum)?, false);
            }
            if found.len() >= LIMIT {
                return Some(found);
            }
        }
        steps.push(Step { node, next: 0, sum, letters: letters.len(), bytes: path.len(), begun });
    }
    Some(found)
}

/// The distance table: row `i` holds the distances of the first `i` letters of the path from each
/// beginning of what was typed.
struct Rows<'a> {
    typed: &'a [char],
    edits: usize,
    width: usize,
    cells: Vec<u8>,
}

impl Rows<'_> {
    fn new(typed: &[char], edits: u8) -> Rows<'_> {
        // One cell more than there are beginnings, so that each row can be closed with a far one.
        let width = typed.len().saturating_add(2);
        let height = typed.len().saturating_add(usize::from(edits)).saturating_add(2);
        let mut cells = vec![FAR; width.saturating_mul(height)];
        for (cell, distance) in cells.iter_mut().zip(0..=edits) {
            *cell = distance;
        }
        Rows { typed, edits: usize::from(edits), width, cells }
    }

    fn cell(&self, row: usize, column: usize) -> u8 {
        let at = row.saturating_mul(self.width).saturating_add(column);
        self.cells.get(at).copied().unwrap_or(FAR)
    }

    fn set(&mut self, row: usize, column: usize, distance: u8) {
        let at = row.saturating_mul(self.width).saturating_add(column);
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = distance;
        }
    }

    /// Fills the row of this path; tells whether anything that goes on from here can be near.
    fn push(&mut self, path: &[char]) -> bool {
        let row = path.len();
        let (Some(above), Some(&letter)) = (row.checked_sub(1), path.last()) else {
            return false;
        };
        let first = row.saturating_sub(self.edits);
        let last = row.saturating_add(self.edits).min(self.typed.len());
        if first > last {
            return false;
        }
        if let Some(outside) = first.checked_sub(1) {
            self.set(row, outside, FAR);
        }
        self.set(row, last.saturating_add(1), FAR);
        let mut nearest = FAR;
        for column in first..=last {
            let mut distance = self.cell(above, column).saturating_add(1);
            if let Some(left) = column.checked_sub(1) {
                let typed = self.typed.get(left).copied();
                let differs = u8::from(typed != Some(letter));
                distance = distance
                    .min(self.cell(row, left).saturating_add(1))
                    .min(self.cell(above, left).saturating_add(differs));
                if let (Some(row_before), Some(column_before)) =
                    (row.checked_sub(2), column.checked_sub(2))
                {
                    let swapped = typed == path.get(row_before).copied()
                        && self.typed.get(column_before) == Some(&letter);
                    if swapped {
                        let before = self.cell(row_before, column_before);
                        distance = distance.min(before.saturating_add(1));
                    }
                }
            }
            self.set(row, column, distance);
            nearest = nearest.min(distance);
        }
        usize::from(nearest) <= self.edits
    }

    /// The distance of the whole of what was typed from a path of so many letters, where small
    /// enough.
    fn reached(&self, row: usize) -> Option<u8> {
        let typed = self.typed.len();
        // Beyond the band the row holds what another path left there.
        if row.abs_diff(typed) > self.edits {
            return None;
        }
        Some(self.cell(row, typed)).filter(|distance| usize::from(*distance) <= self.edits)
    }
}

#[cfg(test)]
mod tests;
