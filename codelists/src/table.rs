//! Lists in delimited text: which columns hold what, and what the rows say.

mod cluster;
mod header;
mod rows;
mod sql_in;

pub(crate) use rows::of_code;

use crate::delimited::{self, Row};
use crate::finding::{ReadError, ReadErrorKind};
use crate::format::Format;
use crate::list::Codelist;
use crate::place::Lines;
use crate::read::ReadOptions;
use header::Header;

/// Reads a list of delimited text.
pub(crate) fn read(text: &str, options: &ReadOptions) -> Result<Codelist, ReadError> {
    let lines = Lines::of(text);
    let is_open = options.column.is_none() && matches!(options.format, None | Some(Format::Codes));
    let listed = if is_open { sql_in::rows(text) } else { None };
    let rows = listed.unwrap_or_else(|| delimited::rows(text, delimiter(text)));
    let rows = rows.map_err(|flaw| {
        ReadError::new(ReadErrorKind::Syntax, Some(lines.place(flaw.at)), flaw.what)
    })?;
    let header = Header::of(&rows, options)?;
    let body = rows.get(usize::from(header.is_there)..).unwrap_or_default();
    let table = Table { lines: &lines, header: &header, rows: body, options };
    match header.format {
        Format::Cluster => cluster::read(&table),
        Format::Definition => rows::definition(&table),
        _ => rows::codes(&table),
    }
}

/// Whether a text is codes in quotation marks with commas between, in brackets or not.
pub(crate) fn is_sql_in(text: &str) -> bool {
    sql_in::is_one(text)
}

/// A tab in the first line says that tabs delimit, and a semicolon without a comma that it does.
fn delimiter(text: &str) -> u8 {
    let first = text.trim_start().lines().next().unwrap_or_default();
    match (first.contains('\t'), first.contains(','), first.contains(';')) {
        (true, _, _) => b'\t',
        (false, false, true) => b';',
        _ => b',',
    }
}

/// A table whose columns are known.
struct Table<'t> {
    lines: &'t Lines<'t>,
    header: &'t Header,
    rows: &'t [Row],
    options: &'t ReadOptions,
}
