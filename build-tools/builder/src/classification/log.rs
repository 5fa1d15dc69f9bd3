//! What is to be said of one file, by line.

use std::borrow::Cow;
use std::sync::Arc;

use crate::problem::{NoteKind, Notes, Problem, shown};
use crate::rf2::Problems;
use crate::xml::Stopped;

/// Problems and notes of one file.
#[derive(Debug)]
pub(super) struct Log {
    /// The file, as named in problems and notes.
    pub(super) file: Arc<str>,
    problems: Problems,
    notes: Notes,
}

impl Log {
    pub(super) fn new(file: &str) -> Log {
        Log { file: file.into(), problems: Problems::default(), notes: Notes::default() }
    }

    /// Something that cannot be read: on a line, or in a column of it, counted from 1 and named.
    pub(super) fn problem(
        &mut self,
        line: u64,
        column: Option<(usize, &'static str)>,
        expected: impl Into<String>,
        found: &str,
    ) {
        self.problems.append(Problems::of(Problem {
            file: self.file.to_string(),
            line,
            column: column.map(|(number, name)| (number, Cow::Borrowed(name))),
            expected: expected.into(),
            found: shown(found.as_bytes()),
        }));
    }

    /// The place behind which nothing of the file can be read.
    pub(super) fn stopped(&mut self, stopped: Stopped) {
        let Stopped { line, expected, found } = stopped;
        let file = self.file.to_string();
        self.problems.append(Problems::of(Problem { file, line, column: None, expected, found }));
    }

    pub(super) fn note(&mut self, kind: NoteKind, line: u64, what: impl FnOnce() -> String) {
        let file = &self.file;
        self.notes.add(kind, || format!("{file}, line {line}: {}", what()));
    }

    /// Whether anything cannot be read.
    pub(super) fn has_problems(&self) -> bool {
        !self.problems.named.is_empty()
    }

    /// Hands over what it has to say.
    pub(super) fn tell(self, problems: &mut Problems, notes: &mut Notes) {
        problems.append(self.problems);
        notes.append(self.notes);
    }
}
