//! Reading one RF2 file: its header, its lines, its fields.

use std::borrow::Cow;

use rayon::prelude::*;

use super::log::Log;
use super::row::{Row, date};
use super::versions::{Admission, ModuleTimes, Versions};
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
    /// The modules of its rows, and their effective times.
    pub(crate) times: Vec<ModuleTimes>,
}

/// All problems found so far: the first ones named.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pub(crate) named: Vec<Problem>,
    pub(crate) more: u64,
}

impl Problems {
    /// One problem.
    pub(crate) fn of(problem: Problem) -> Problems {
        Problems { named: vec![problem], more: 0 }
    }

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

/// Reads those rows of a file that `versions` admits; what is wrong with it goes to `problems` and
/// `notes`.
pub(crate) fn read_file<const N: usize, T: Rows<N>>(
    entry: &Entry,
    versions: Versions,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<(FileRows<T>, Problems, Notes), BuildError> {
    let columns = T::COLUMNS.map(Cow::Borrowed);
    let chunks = entry.chunks(advance, |chunk| read_chunk(chunk, versions))?;
    Ok(told(entry.file_name(), &columns, chunks))
}

/// The rows of each chunk, and what the chunks have to say, by line of the file.
pub(super) fn told<T>(
    name: &str,
    columns: &[Cow<'static, str>],
    chunks: Vec<(T, ModuleTimes, Log)>,
) -> (FileRows<T>, Problems, Notes) {
    let mut problems = Problems::default();
    let mut notes = Notes::default();
    let mut parts = Vec::with_capacity(chunks.len());
    let mut all_times = Vec::with_capacity(chunks.len());
    let mut lines = 0;
    for (rows, times, log) in chunks {
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
        all_times.push(times);
    }
    (FileRows { parts, times: all_times }, problems, notes)
}

fn read_chunk<const N: usize, T: Rows<N>>(
    chunk: Chunk<'_>,
    versions: Versions,
) -> (T, ModuleTimes, Log) {
    let columns = T::COLUMNS.map(Cow::Borrowed);
    let mut rows = T::default();
    let mut log = Log::default();
    let times = read_lines(
        chunk,
        &columns,
        versions,
        &mut log,
        |line, number, log| split_fields(line, number, log).map(|fields| (fields, ())),
        |row, (), log| rows.row(row, log),
    );
    (rows, times, log)
}

/// Takes the lines of a chunk apart with `split`, the header and empty lines left out, and gives to
/// `take` those rows that `versions` admits. The modules of these, and their effective times.
///
/// What `split` has besides the fields of a row goes along with it.
pub(super) fn read_lines<'a, const N: usize, O>(
    chunk: Chunk<'a>,
    columns: &[Cow<'static, str>],
    versions: Versions,
    log: &mut Log,
    mut split: impl FnMut(&'a [u8], u64, &mut Log) -> Option<([&'a [u8]; N], O)>,
    mut take: impl FnMut(&Row<'a, N>, O, &mut Log),
) -> ModuleTimes {
    let mut times = ModuleTimes::default();
    // Most files have them second and fourth.
    let column = |name: &str| columns.iter().position(|column| column == name);
    let (time_column, module_column) = (column("effectiveTime"), column("moduleId"));
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
    read_lines_under(chunk, known, log, |line, number, log| {
        let Some((fields, others)) = split(line, number, log) else { return };
        let row = Row { fields, line: number };
        if !time_column.is_none_or(|column| admitted(&row, column, versions, log)) {
            return;
        }
        let field = |column: Option<usize>| column.and_then(|column| fields.get(column));
        if let (Some(time), Some(module)) = (field(time_column), field(module_column)) {
            times.see(time, module);
        }
        take(&row, others, log);
    });
    times
}

/// Gives each line of a chunk to `row`, empty ones left out, where `header` knows the first line of
/// the file.
pub(super) fn read_lines_under<'a>(
    chunk: Chunk<'a>,
    header: impl FnOnce(&[u8], &mut Log) -> bool,
    log: &mut Log,
    mut row: impl FnMut(&'a [u8], u64, &mut Log),
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

/// Whether a row is read. One that stands in the way of the state on a day is a problem.
fn admitted<const N: usize>(
    row: &Row<'_, N>,
    time_column: usize,
    versions: Versions,
    log: &mut Log,
) -> bool {
    let effective_time = row.fields.get(time_column).copied().unwrap_or_default();
    match versions.admission(effective_time) {
        Admission::Read => return true,
        Admission::Later => {}
        Admission::Undated => log.note(row.line, NoteKind::Undated, row.fields[0]),
        Admission::Irreversible => {
            let as_of = versions.as_of.unwrap_or_default();
            let expected = format!(
                "a date up to {as_of} (a Snapshot cannot be taken back in time: give a Full)"
            );
            log.problem(row.line, Some(time_column), expected, effective_time);
        }
    }
    false
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

/// Counts the rows of a file that the index does not hold, and sees their modules and times.
pub(crate) fn count_rows(
    entry: &Entry,
    versions: Versions,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<(u64, Vec<ModuleTimes>), BuildError> {
    let counts = entry.chunks(advance, |chunk| {
        let mut times = ModuleTimes::default();
        let mut rows = 0_u64;
        let mut rest = Some(chunk.bytes).filter(|bytes| !bytes.is_empty());
        while let Some(bytes) = rest {
            let (line, after) = split_line(bytes);
            rest = after.filter(|bytes| !bytes.is_empty());
            rows += 1;
            let mut fields = line.splitn(5, |byte| *byte == b'\t').skip(1);
            // The header, and the rows of files laid out otherwise, have no date there.
            if let (Some(time), Some(_active), Some(module)) =
                (fields.next(), fields.next(), fields.next())
                && date(time).is_some()
                && versions.admission(time) == Admission::Read
            {
                times.see(time, module);
            }
        }
        (rows, times)
    })?;
    let rows = counts.par_iter().map(|(rows, _)| rows).sum::<u64>().saturating_sub(1);
    Ok((rows, counts.into_iter().map(|(_, times)| times).collect()))
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
        let chunk = Chunk { bytes, first: true };
        let (rows, _, log): (Pairs, _, _) = read_chunk(chunk, Versions::default());
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
