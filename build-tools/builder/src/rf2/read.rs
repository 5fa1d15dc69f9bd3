//! Reading one RF2 file: its header, its lines, its fields.

use std::borrow::Cow;

use rayon::prelude::*;

use super::log::Log;
use super::row::Row;
use crate::error::BuildError;
use crate::problem::{MOST_NAMED, NoteKind, Notes, Problem};
use crate::release::{Chunk, Entry};

/// The rows of one kind of file, collected chunk by chunk.
pub(crate) trait Rows<const N: usize>: Default + Send {
    /// The header, in order.
    const COLUMNS: [&'static str; N];
    /// Takes in one row. `log` is told of what cannot be read; the row is then left out.
    #[allow(private_interfaces)]
    fn row(&mut self, row: &Row<'_, N>, log: &mut Log);
}

/// What one file holds: the rows of each chunk, in the order of the file.
#[derive(Debug)]
pub(crate) struct FileRows<T> {
    pub(crate) parts: Vec<T>,
}

/// All problems found so far: the first ones named.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pub(crate) named: Vec<Problem>,
    pub(crate) more: u64,
}

impl Problems {
    pub(crate) fn append(&mut self, later: Problems) {
        for problem in later.named {
            if self.named.len() < MOST_NAMED {
                self.named.push(problem);
            } else {
                self.more += 1;
            }
        }
        self.more += later.more;
    }

    pub(crate) fn into_result(self) -> Result<(), BuildError> {
        match self.named.is_empty() {
            true => Ok(()),
            false => Err(BuildError::Rows { problems: self.named, more: self.more }),
        }
    }
}

/// Reads a file into rows; what is wrong with it goes to `problems` and `notes`.
pub(crate) fn read_file<const N: usize, T: Rows<N>>(
    entry: &Entry,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<(FileRows<T>, Problems, Notes), BuildError> {
    let chunks = entry.chunks(advance, |chunk| {
        let mut rows = T::default();
        let mut log = Log::default();
        read_chunk(chunk, &mut rows, &mut log);
        (rows, log)
    })?;
    let columns = T::COLUMNS.map(Cow::Borrowed);
    let (parts, problems, notes) = told(entry.file_name(), &columns, chunks);
    Ok((FileRows { parts }, problems, notes))
}

/// The rows of each chunk, and what the chunks have to say, by line of the file.
pub(super) fn told<T>(
    name: &str,
    columns: &[Cow<'static, str>],
    chunks: Vec<(T, Log)>,
) -> (Vec<T>, Problems, Notes) {
    let mut problems = Problems::default();
    let mut notes = Notes::default();
    let mut parts = Vec::with_capacity(chunks.len());
    let mut lines = 0;
    for (rows, log) in chunks {
        let named = log.named_problems(name, lines, columns).collect();
        problems.append(Problems { named, more: log.more });
        for (kind, line, what) in &log.notes {
            notes.add(*kind, || match kind {
                NoteKind::LineEnds | NoteKind::NoFinalLineEnd => name.to_owned(),
                _ => format!("{what} ({name}, line {})", lines + line + 1),
            });
        }
        for (kind, count) in &log.uncounted {
            (0..*count).for_each(|_| notes.add(*kind, || name.to_owned()));
        }
        lines += log.lines;
        parts.push(rows);
    }
    (parts, problems, notes)
}

fn read_chunk<const N: usize, T: Rows<N>>(chunk: Chunk<'_>, rows: &mut T, log: &mut Log) {
    let columns = T::COLUMNS.map(Cow::Borrowed);
    read_lines(chunk, &columns, log, |line, number, log| {
        if let Some(fields) = split_fields(line, number, log) {
            rows.row(&Row { fields, line: number }, log);
        }
    });
}

/// Gives each line of a chunk to `row`, the header and empty lines left out.
pub(super) fn read_lines(
    chunk: Chunk<'_>,
    columns: &[Cow<'static, str>],
    log: &mut Log,
    row: impl FnMut(&[u8], u64, &mut Log),
) {
    let known = |line: &[u8], log: &mut Log| {
        if !header(strip_return(line), columns, log) {
            return false;
        }
        // One note a file, and the header speaks for its lines.
        if !line.ends_with(b"\r") && memchr::memchr(b'\n', chunk.bytes).is_some() {
            log.note(0, NoteKind::LineEnds, b"");
        }
        true
    };
    read_lines_under(chunk, known, log, row);
}

/// Gives each line of a chunk to `row`, empty ones left out, where `header` knows the first line of
/// the file.
pub(super) fn read_lines_under(
    chunk: Chunk<'_>,
    header: impl FnOnce(&[u8], &mut Log) -> bool,
    log: &mut Log,
    mut row: impl FnMut(&[u8], u64, &mut Log),
) {
    let mut rest = chunk.bytes;
    if chunk.first {
        rest = rest.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(rest);
        let (line, after) = split_line(rest);
        log.lines = 1;
        if !header(line, log) {
            return;
        }
        rest = after.unwrap_or_default();
    }
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        let number = log.lines;
        log.lines += 1;
        if after.is_none() {
            log.note(number, NoteKind::NoFinalLineEnd, b"");
        }
        rest = after.unwrap_or_default();
        let line = strip_return(line);
        if line.is_empty() {
            log.note(number, NoteKind::EmptyLine, b"");
            continue;
        }
        row(line, number, log);
    }
}

/// The line without its LF, and what follows it; `None` where the LF is missing.
pub(super) fn split_line(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    match memchr::memchr(b'\n', bytes) {
        Some(at) => (&bytes[..at], Some(&bytes[at + 1..])),
        None => (bytes, None),
    }
}

pub(super) fn strip_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

pub(super) fn split_fields<'a, const N: usize>(
    line: &'a [u8],
    number: u64,
    log: &mut Log,
) -> Option<[&'a [u8]; N]> {
    let mut fields = [&b""[..]; N];
    let mut start = 0;
    let mut found = 0;
    for tab in memchr::memchr_iter(b'\t', line) {
        if found + 1 == N {
            // Behind the last column: nothing but empty columns is read over.
            if line[tab..].iter().all(|byte| *byte == b'\t') {
                log.note(number, NoteKind::TrailingColumns, line);
                fields[found] = &line[start..tab];
                return Some(fields);
            }
            found += 1;
            break;
        }
        fields[found] = &line[start..tab];
        found += 1;
        start = tab + 1;
    }
    if found + 1 == N {
        fields[found] = &line[start..];
        return Some(fields);
    }
    let columns = memchr::memchr_iter(b'\t', line).count() + 1;
    let expected = format!("{N} columns");
    log.problem(number, None, expected, format!("{columns} columns").as_bytes());
    None
}

/// Whether the first line is the header of this kind of file.
fn header(line: &[u8], columns: &[Cow<'static, str>], log: &mut Log) -> bool {
    let found: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
    let trailing = found.iter().rev().take_while(|name| name.is_empty()).count();
    let found = &found[..found.len() - trailing.min(found.len().saturating_sub(columns.len()))];
    for (at, column) in columns.iter().enumerate() {
        let name = found.get(at).copied().unwrap_or_default();
        if name == column.as_bytes() {
            continue;
        }
        if name.eq_ignore_ascii_case(column.as_bytes()) {
            log.note(0, NoteKind::HeaderSpelling, name);
            continue;
        }
        log.problem(0, Some(at), format!("the column name \"{column}\""), name);
        return false;
    }
    if found.len() > columns.len() {
        let expected = format!("a header of {} columns", columns.len());
        log.problem(0, None, expected, found[columns.len()]);
        return false;
    }
    true
}

/// Counts the rows of a file that the index does not hold.
pub(crate) fn count_rows(entry: &Entry, advance: &(dyn Fn(u64) + Sync)) -> Result<u64, BuildError> {
    let counts = entry.chunks(advance, |chunk| {
        let ends = memchr::memchr_iter(b'\n', chunk.bytes).count() as u64;
        ends + u64::from(!chunk.bytes.is_empty() && !chunk.bytes.ends_with(b"\n"))
    })?;
    Ok(counts.par_iter().sum::<u64>().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Pairs(Vec<(String, String)>);

    impl Rows<2> for Pairs {
        const COLUMNS: [&'static str; 2] = ["id", "refsetId"];
        fn row(&mut self, row: &Row<'_, 2>, log: &mut Log) {
            if let (Some(one), Some(two)) = (row.text(0, log), row.text(1, log)) {
                self.0.push((one.into(), two.into()));
            }
        }
    }

    fn read(bytes: &[u8]) -> (Vec<(String, String)>, Log) {
        let mut rows = Pairs::default();
        let mut log = Log::default();
        read_chunk(Chunk { bytes, first: true }, &mut rows, &mut log);
        (rows.0, log)
    }

    #[test]
    fn quotes_are_data_and_both_line_ends_are_read() {
        let (rows, log) = read(b"id\trefsetId\r\n1\t\"open\r\n2\tb\n");
        assert_eq!(rows, [("1".into(), "\"open".into()), ("2".into(), "b".into())]);
        assert!(log.problems.is_empty() && log.notes.is_empty());
    }

    #[test]
    fn what_real_files_have_is_noted_and_read_on() {
        let (rows, log) = read(b"id\trefSetId\n1\ta\t\t\n\n2\tb");
        assert_eq!(rows.len(), 2);
        assert!(log.problems.is_empty());
        let kinds: Vec<NoteKind> = log.notes.iter().map(|(kind, _, _)| *kind).collect();
        assert_eq!(
            kinds,
            [
                NoteKind::HeaderSpelling,
                NoteKind::LineEnds,
                NoteKind::TrailingColumns,
                NoteKind::EmptyLine,
                NoteKind::NoFinalLineEnd
            ]
        );
    }

    #[test]
    fn a_missing_header_and_wrong_columns_are_problems_with_their_line() {
        let (rows, log) = read(b"1\ta\r\n2\tb\r\n");
        assert!(rows.is_empty());
        assert_eq!(log.problems[0].0, 0);
        let (rows, log) = read(b"id\trefsetId\r\n1\r\n1\t2\t3\r\n4\t5\r\n");
        assert_eq!(rows.len(), 1);
        let lines: Vec<u64> = log.problems.iter().map(|problem| problem.0).collect();
        assert_eq!(lines, [1, 2]);
    }
}
