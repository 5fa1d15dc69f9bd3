//! What is to be said of a file, by the byte at which it stands; lines are counted only where
//! something is to be said.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::BufRead;

use crate::error::BuildError;
use crate::problem::{MOST_NAMED, NoteKind, Notes, Problem, shown};
use crate::release::Entry;
use crate::rf2::Problems;

/// Something that cannot be read.
#[derive(Debug)]
struct Found {
    at: u64,
    element: Option<Cow<'static, str>>,
    expected: Cow<'static, str>,
    found: String,
}

/// Problems and notes of one file.
#[derive(Debug, Default)]
pub(super) struct Log {
    problems: Vec<Found>,
    more: u64,
    /// The first cases, and how many there are.
    notes: BTreeMap<NoteKind, (Vec<(u64, String)>, u64)>,
}

impl Log {
    pub(super) fn problem(
        &mut self,
        at: u64,
        element: impl Into<Option<Cow<'static, str>>>,
        expected: impl Into<Cow<'static, str>>,
        found: &[u8],
    ) {
        if self.problems.len() == MOST_NAMED {
            self.more += 1;
            return;
        }
        let (element, expected) = (element.into(), expected.into());
        self.problems.push(Found { at, element, expected, found: shown(found) });
    }

    pub(super) fn note(&mut self, kind: NoteKind, at: u64, what: impl FnOnce() -> String) {
        let (cases, count) = self.notes.entry(kind).or_default();
        *count += 1;
        if cases.len() < MOST_NAMED {
            cases.push((at, what()));
        }
    }

    /// Names everything by file, line and byte of the line.
    pub(super) fn tell(
        self,
        entry: &Entry,
        problems: &mut Problems,
        notes: &mut Notes,
    ) -> Result<(), BuildError> {
        if self.problems.is_empty() && self.notes.is_empty() {
            return Ok(());
        }
        let mut places: Vec<u64> = self.problems.iter().map(|found| found.at).collect();
        places.extend(self.notes.values().flat_map(|(cases, _)| cases).map(|(at, _)| *at));
        places.sort_unstable();
        places.dedup();
        let lines = entry.stream(|reader| lines_of(reader, &places))?;
        let place = |at: u64| {
            let place = places.binary_search(&at).unwrap_or_default();
            lines.get(place).copied().unwrap_or((1, 1))
        };
        let file = entry.file_name();
        for Found { at, element, expected, found } in self.problems {
            let (line, byte) = place(at);
            let name = element.unwrap_or(Cow::Borrowed("byte of the line"));
            problems.append(Problems::of(Problem {
                file: file.to_owned(),
                line,
                column: Some((usize::try_from(byte).unwrap_or(usize::MAX), name)),
                expected: expected.into_owned(),
                found,
            }));
        }
        problems.more += self.more;
        for (kind, (cases, count)) in self.notes {
            let named = cases.len() as u64;
            for (at, what) in cases {
                let (line, byte) = place(at);
                notes.add(kind, || format!("{file}, line {line}, byte {byte}: {what}"));
            }
            notes.add_uncounted(kind, count - named);
        }
        Ok(())
    }
}

/// The line of each place, and the byte within it, both counted from 1. Where the file cannot be read
/// to a place, that one is left off.
fn lines_of(reader: &mut dyn BufRead, places: &[u64]) -> Vec<(u64, u64)> {
    let mut found = Vec::with_capacity(places.len());
    let (mut position, mut line, mut begin) = (0_u64, 1_u64, 0_u64);
    let mut places = places.iter().copied().peekable();
    while places.peek().is_some() {
        let Ok(buffer) = reader.fill_buf() else { break };
        let end = position + buffer.len() as u64;
        let mut ends = memchr::memchr_iter(b'\n', buffer).map(|at| position + at as u64).peekable();
        let last = buffer.is_empty();
        while let Some(place) = places.next_if(|place| last || *place < end) {
            while let Some(line_end) = ends.next_if(|at| *at < place) {
                line += 1;
                begin = line_end + 1;
            }
            found.push((line, place.saturating_sub(begin) + 1));
        }
        for line_end in ends {
            line += 1;
            begin = line_end + 1;
        }
        let length = buffer.len();
        reader.consume(length);
        position = end;
        if last {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_by_line_and_byte() {
        let text = b"ab\ncd\r\n\nefg";
        let lines = |buffer: usize, places: &[u64]| {
            lines_of(&mut std::io::BufReader::with_capacity(buffer, text.as_slice()), places)
        };
        for buffer in 1..16 {
            assert_eq!(
                lines(buffer, &[0, 2, 3, 7, 8, 10, 11]),
                [(1, 1), (1, 3), (2, 1), (3, 1), (4, 1), (4, 3), (4, 4)]
            );
        }
    }
}
