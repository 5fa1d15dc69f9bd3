//! Refset files of any pattern: the letters of the file name and the header say what is in them.

mod rows;
mod texts;

use std::borrow::Cow;

pub(crate) use rows::{EMPTY, MemberRow, MemberRows, NO_ID, TextColumn, Values};
pub(crate) use texts::{Texts, put_together};

use rows::BASE;

use super::log::Log;
use super::read::{FileRows, Problems, read_lines, told};
use super::versions::Versions;
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::release::{Content, Entry};

/// The columns that every refset has.
const COLUMNS: [&str; BASE] =
    ["id", "effectiveTime", "active", "moduleId", "refsetId", "referencedComponentId"];
/// The column of language refsets.
pub(crate) const ACCEPTABILITY: &str = "acceptabilityId";
/// The columns of module dependencies.
const DEPENDENCY: [&str; 2] = ["sourceEffectiveTime", "targetEffectiveTime"];

/// The rows of one refset file.
#[derive(Debug)]
pub(crate) struct RefsetFile {
    /// The letters of its columns beyond those of every refset.
    pub(crate) pattern: String,
    /// Their names.
    pub(crate) names: Vec<String>,
    pub(crate) rows: FileRows<MemberRows>,
}

/// The names in the header of a file, without the empty ones at its end.
fn names(entry: &Entry) -> Result<Vec<String>, BuildError> {
    let line = entry.first_line()?;
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
    let text = String::from_utf8_lossy(line);
    let mut names: Vec<String> = text.split('\t').map(str::to_owned).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    Ok(names)
}

/// What a refset file holds, by its letters and its header: the words of its name may be any.
pub(crate) fn content(named: &Content, entry: &Entry) -> Result<Content, BuildError> {
    let pattern = match named {
        Content::LanguageRefset => "c",
        Content::ModuleDependency => "ss",
        Content::Refset(pattern) => pattern,
        _ => return Ok(named.clone()),
    };
    let names = match pattern {
        "c" | "ss" => names(entry)?,
        _ => return Ok(named.clone()),
    };
    let is = |columns: &[&str]| {
        names.len() == BASE + columns.len()
            && names[BASE..].iter().zip(columns).all(|(one, two)| one.eq_ignore_ascii_case(two))
    };
    Ok(match pattern {
        "c" if is(&[ACCEPTABILITY]) => Content::LanguageRefset,
        "ss" if is(&DEPENDENCY) => Content::ModuleDependency,
        _ => Content::Refset(pattern.to_owned()),
    })
}

/// Reads a refset file with columns of these letters.
pub(crate) fn read_refset(
    pattern: &str,
    entry: &Entry,
    versions: Versions,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<(RefsetFile, Problems, Notes), BuildError> {
    let found = names(entry)?;
    let others: Vec<String> = found.into_iter().skip(BASE).take(pattern.len()).collect();
    let columns: Vec<Cow<'static, str>> = COLUMNS
        .into_iter()
        .map(Cow::Borrowed)
        .chain(others.iter().cloned().map(Cow::Owned))
        // A header with too few names is told as such: every column must have one.
        .chain((others.len()..pattern.len()).map(|_| Cow::Borrowed("a name")))
        .collect();
    let chunks = entry.chunks(advance, |chunk| {
        let mut rows = MemberRows::new(pattern);
        let mut log = Log::default();
        let mut tabs = Vec::new();
        let times = read_lines(
            chunk,
            &columns,
            versions,
            &mut log,
            |line, number, log| {
                tabs.clear();
                tabs.extend(memchr::memchr_iter(b'\t', line));
                split(line, &tabs, pattern.len(), number, log)
            },
            |row, others: Vec<&[u8]>, log| rows.row(row, &others, log),
        );
        (rows, times, log)
    })?;
    let (rows, problems, notes) = told(entry.file_name(), &columns, chunks);
    Ok((RefsetFile { pattern: pattern.to_owned(), names: others, rows }, problems, notes))
}

type Split<'a> = ([&'a [u8]; BASE], Vec<&'a [u8]>);

/// The fields of a line whose tabs are known.
fn split<'a>(
    line: &'a [u8],
    tabs: &[usize],
    others: usize,
    number: u64,
    log: &mut Log,
) -> Option<Split<'a>> {
    let expected = BASE + others;
    let field = |at: usize| {
        let start = at.checked_sub(1).map_or(0, |before| tabs[before] + 1);
        &line[start..tabs.get(at).copied().unwrap_or(line.len())]
    };
    let columns = tabs.len() + 1;
    let trailing = (expected..columns).all(|at| field(at).is_empty());
    if columns < expected || !trailing {
        let expected = format!("{expected} columns");
        log.problem(number, None, expected, format!("{columns} columns").as_bytes());
        return None;
    }
    if columns > expected {
        // Behind the last column: nothing but empty columns is read over.
        log.note(number, NoteKind::TrailingColumns, line);
    }
    Some((std::array::from_fn(field), (BASE..expected).map(field).collect()))
}
