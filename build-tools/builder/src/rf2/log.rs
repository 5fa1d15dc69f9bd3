//! Problems and notes of one chunk, by line within it.

use std::borrow::Cow;

use crate::problem::{MOST_NAMED, NoteKind, Problem, shown};

/// What one chunk of a file has to say; lines are counted within the chunk, from 0.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// Lines in the chunk.
    pub(super) lines: u64,
    pub(super) problems: Vec<(u64, Option<usize>, String, String)>,
    /// Problems beyond those kept.
    pub(super) more: u64,
    pub(super) notes: Vec<(NoteKind, u64, String)>,
    /// Notes beyond those kept, by kind.
    pub(super) uncounted: Vec<(NoteKind, u64)>,
}

impl Log {
    pub(super) fn problem(
        &mut self,
        line: u64,
        column: Option<usize>,
        expected: impl Into<String>,
        found: &[u8],
    ) {
        if self.problems.len() < MOST_NAMED {
            self.problems.push((line, column, expected.into(), shown(found)));
        } else {
            self.more += 1;
        }
    }

    pub(super) fn note(&mut self, line: u64, kind: NoteKind, what: &[u8]) {
        let kept = self.notes.iter().filter(|(noted, _, _)| *noted == kind).count();
        if kept < MOST_NAMED {
            self.notes.push((kind, line, shown(what)));
            return;
        }
        match self.uncounted.iter_mut().find(|(noted, _)| *noted == kind) {
            Some((_, count)) => *count += 1,
            None => self.uncounted.push((kind, 1)),
        }
    }

    /// The problems, named by file and line.
    pub(super) fn named_problems<'a>(
        &'a self,
        file: &'a str,
        lines_before: u64,
        columns: &'a [Cow<'static, str>],
    ) -> impl Iterator<Item = Problem> + 'a {
        self.problems.iter().map(move |(line, column, expected, found)| Problem {
            file: file.to_owned(),
            line: lines_before + line + 1,
            column: column
                .map(|at| (at + 1, columns.get(at).cloned().unwrap_or(Cow::Borrowed("unknown")))),
            expected: expected.clone(),
            found: found.clone(),
        })
    }
}
