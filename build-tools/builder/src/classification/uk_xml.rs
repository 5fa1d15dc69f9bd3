//! The XML of the UK edition of ICD-10: an element a row, whose elements or attributes are named as the
//! columns of the text.

use std::io::{self, BufRead};

use super::log::Log;
use super::uk::{COLUMNS, MOST_ROWS, UkRow, column_of};
use crate::problem::NoteKind;
use crate::xml::{self, Element};

/// Reads the rows. Neither the root nor the rows have names that are known: a row is told by its CODE
/// and its DESCRIPTION, at whatever depth.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn read(reader: &mut dyn BufRead, log: &mut Log) -> io::Result<Vec<UkRow>> {
    let mut rows = Vec::new();
    let read =
        xml::read_children(reader, &mut |_| true, &mut |child| take(&child, &mut rows, log))?;
    if let Err(stopped) = read {
        log.stopped(stopped);
    } else if rows.is_empty() && !log.has_problems() {
        log.problem(1, None, "elements with CODE and DESCRIPTION", "");
    }
    Ok(rows)
}

/// Whether a file has such rows: the first element or attribute with one of the names of the columns
/// says so, where another of its row has another name.
pub(super) fn is_it(reader: &mut dyn BufRead) -> bool {
    let mut known = 0_u16;
    let mut depth = 0;
    xml::is_within(reader, &mut |element, around| {
        let attributes = element.attributes.iter().filter_map(|(name, _)| column_of(name));
        let attributes = attributes.fold(0_u16, |known, column| known | 1 << column);
        if let Some(column) = column_of(&element.name) {
            if depth != around.len() {
                (known, depth) = (0, around.len());
            }
            known |= 1 << column;
        }
        is_row(known) || is_row(attributes)
    })
}

/// Whether these columns, a bit each, make a row: a code and what it means.
fn is_row(columns: u16) -> bool {
    columns & 0b1_0001 == 0b1_0001
}

fn take(element: &Element, rows: &mut Vec<UkRow>, log: &mut Log) {
    let mut row = UkRow { line: element.line, ..UkRow::default() };
    let mut known = 0_u16;
    let mut unknown = Vec::new();
    let attributes = element.attributes.iter().map(|(name, value)| (name, value.clone()));
    let elements = element.elements().map(|inner| (&inner.name, inner.text()));
    // Most elements are no rows, and have no texts that need be joined.
    if !element.elements().any(|inner| column_of(&inner.name).is_some())
        && !element.attributes.iter().any(|(name, _)| column_of(name).is_some())
    {
        element.elements().for_each(|inner| take(inner, rows, log));
        return;
    }
    for (name, text) in attributes.chain(elements) {
        match column_of(name) {
            Some(column) if known & 1 << column != 0 => {
                let expected = format!("{} once in a row", COLUMNS[column]);
                log.problem(element.line, None, expected, &text);
                return;
            }
            Some(column) => {
                known |= 1 << column;
                row.cells[column] = text;
            }
            None => unknown.push(name),
        }
    }
    if !is_row(known) {
        let missing = if known & 1 == 0 { "CODE" } else { "DESCRIPTION" };
        let expected = format!("{missing} in a row");
        log.problem(element.line, None, expected, &element.name);
        return;
    }
    for name in unknown {
        log.note(NoteKind::UnknownColumn, element.line, || format!("\"{name}\""));
    }
    if rows.len() < MOST_ROWS {
        rows.push(row);
    } else if rows.len() == MOST_ROWS && !log.has_problems() {
        log.problem(element.line, None, "the end of the rows", &element.name);
    }
}
