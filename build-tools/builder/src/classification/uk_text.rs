//! The text of the UK edition of ICD-10: a header, and a row a line, with TABs between the columns.

use std::io::{self, BufRead};

use super::lines;
use super::log::Log;
use super::uk::{COLUMNS, MOST_ROWS, UkRow, column_of};
use crate::problem::NoteKind;

/// Reads the rows. Quotes are text. What is wrong with the file goes to the log.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn read(reader: &mut dyn BufRead, log: &mut Log) -> io::Result<Vec<UkRow>> {
    let mut rows = Vec::new();
    let mut header: Option<Header> = None;
    lines::each(reader, log, |line, number, log| {
        let Some(header) = &header else {
            header = Header::read(line, number, log);
            return header.is_some();
        };
        if rows.len() == MOST_ROWS {
            log.problem(number, None, "the end of the file", line);
            return false;
        }
        rows.extend(header.row(line, number, log));
        true
    })?;
    if header.is_none() && !log.has_problems() {
        log.problem(1, None, "a header with the column CODE", "");
    }
    Ok(rows)
}

/// The columns of a file, in its order: the number of each that is known.
struct Header(Vec<Option<usize>>);

impl Header {
    fn read(line: &str, number: u64, log: &mut Log) -> Option<Header> {
        let names = line.trim_end_matches('\t').split('\t');
        let columns: Vec<Option<usize>> = names.clone().map(column_of).collect();
        let mut is_whole = true;
        for (known, name) in COLUMNS.iter().enumerate() {
            let times = columns.iter().filter(|column| **column == Some(known)).count();
            if times != 1 {
                let expected = format!("a header with the column {name} once");
                let found = if times == 0 { line.to_owned() } else { format!("{times} of it") };
                log.problem(number, None, expected, &found);
                is_whole = false;
            }
        }
        for (name, _) in names.zip(&columns).filter(|(_, column)| column.is_none()) {
            log.note(NoteKind::UnknownColumn, number, || format!("\"{name}\""));
        }
        is_whole.then_some(Header(columns))
    }

    fn row(&self, line: &str, number: u64, log: &mut Log) -> Option<UkRow> {
        let mut row = UkRow { line: number, ..UkRow::default() };
        let mut fields = line.split('\t');
        for (at, column) in self.0.iter().enumerate() {
            let Some(field) = fields.next() else {
                let found = format!("{at} columns");
                log.problem(number, None, format!("{} columns", self.0.len()), &found);
                return None;
            };
            if let Some(column) = column {
                row.cells[*column] = field.to_owned();
            }
        }
        let mut beyond = fields.peekable();
        if beyond.peek().is_some() {
            if beyond.any(|field| !field.trim().is_empty()) {
                let found = format!("{} columns", line.split('\t').count());
                log.problem(number, None, format!("{} columns", self.0.len()), &found);
                return None;
            }
            log.note(NoteKind::TrailingColumns, number, || line.to_owned());
        }
        Some(row)
    }
}
