//! What is wrong with a release: problems end the build, notes are told and read on.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

pub use crate::note_kind::NoteKind;

/// How many problems are collected before the build gives up, and how many examples a note keeps.
pub const MOST_NAMED: usize = 20;

/// Something in a release file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as named in its release.
    pub file: String,
    /// The line, counted from 1; the header of an RF2 file is line 1.
    pub line: u64,
    /// The column of an RF2 file, or the byte of the line of an XML file, counted from 1, and the
    /// name of the column or element; `None` where the whole line is meant.
    pub column: Option<(usize, Cow<'static, str>)>,
    /// What was expected.
    pub expected: String,
    /// What was found, cut to a printable length.
    pub found: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if let Some((number, name)) = &self.column {
            write!(f, ", column {number} ({name})")?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}

/// Prints bytes as they may be shown: quoted, escaped, cut.
pub(crate) fn shown(bytes: &[u8]) -> String {
    const MOST: usize = 60;
    if bytes.is_empty() {
        return "nothing".into();
    }
    let text = String::from_utf8_lossy(bytes);
    let mut shown: String = text.chars().take(MOST).flat_map(char::escape_debug).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

/// A kind of note, how often it came up, and the first cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// How often.
    pub count: u64,
    /// The first cases, at most [`MOST_NAMED`].
    pub examples: Vec<String>,
}

/// All notes of a build, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    notes: BTreeMap<NoteKind, Note>,
}

impl Notes {
    /// Adds one case; the example is made only while examples are still kept.
    pub(crate) fn add(&mut self, kind: NoteKind, example: impl FnOnce() -> String) {
        let note = self.notes.entry(kind).or_default();
        note.count += 1;
        if note.examples.len() < MOST_NAMED {
            note.examples.push(example());
        }
    }

    /// Counts further cases, of which no example is kept.
    pub(crate) fn add_uncounted(&mut self, kind: NoteKind, count: u64) {
        if count > 0 {
            self.notes.entry(kind).or_default().count += count;
        }
    }

    /// Takes in the notes of a later part.
    pub(crate) fn append(&mut self, later: Notes) {
        for (kind, other) in later.notes {
            let note = self.notes.entry(kind).or_default();
            note.count += other.count;
            let room = MOST_NAMED.saturating_sub(note.examples.len());
            note.examples.extend(other.examples.into_iter().take(room));
        }
    }

    /// Takes in the notes of another reading of the same lines: those of kinds not here yet.
    pub(crate) fn append_absent(&mut self, others: Notes) {
        for (kind, other) in others.notes {
            self.notes.entry(kind).or_insert(other);
        }
    }

    /// The notes, by kind.
    pub fn iter(&self) -> impl Iterator<Item = (NoteKind, &Note)> {
        self.notes.iter().map(|(kind, note)| (*kind, note))
    }

    /// The note of a kind.
    pub fn of(&self, kind: NoteKind) -> Option<&Note> {
        self.notes.get(&kind)
    }

    /// Whether there is any that `--strict` refuses.
    pub fn refused_when_strict(&self) -> bool {
        self.notes.keys().any(|kind| kind.refused_when_strict())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_file_line_column_and_what_was_expected() {
        let problem = Problem {
            file: "sct2_Concept.txt".into(),
            line: 7,
            column: Some((3, "active".into())),
            expected: "0 or 1".into(),
            found: shown(b"yes\t"),
        };
        assert_eq!(
            problem.to_string(),
            "sct2_Concept.txt, line 7, column 3 (active): expected 0 or 1, found \"yes\\t\""
        );
    }

    #[test]
    fn notes_count_all_and_name_the_first() {
        let mut notes = Notes::default();
        for number in 0..50 {
            notes.add(NoteKind::CheckDigit, || number.to_string());
        }
        let mut all = Notes::default();
        all.append(notes.clone());
        all.append(notes);
        let note = all.of(NoteKind::CheckDigit).unwrap();
        assert_eq!((note.count, note.examples.len()), (100, MOST_NAMED));
        assert!(all.refused_when_strict());
    }
}
