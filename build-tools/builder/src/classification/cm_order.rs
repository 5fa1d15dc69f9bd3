//! The order file of ICD-10-CM: all codes in their order, of fixed width.

use std::collections::HashSet;
use std::io::{self, BufRead};

use farr::id::Icd10CmCode;

use super::lines;
use super::log::Log;
use crate::problem::NoteKind;

/// More rows than there are codes.
const MOST_ROWS: usize = 1 << 20;

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OrderRow {
    pub(super) code: Icd10CmCode,
    /// Whether it may be coded with; the others are headers.
    pub(super) is_valid: bool,
    pub(super) short: String,
    pub(super) long: String,
    pub(super) line: u64,
}

/// Whether a line is one of the order file.
pub(super) fn is_it(line: &str) -> bool {
    let number = columns(line, 0..5);
    !number.is_empty()
        && number.trim().bytes().all(|byte| byte.is_ascii_digit())
        && columns(line, 5..6) == " "
        && Icd10CmCode::parse(columns(line, 6..13)).is_ok()
        && matches!(columns(line, 13..16), " 0 " | " 1 ")
}

/// Characters of a line, from 0.
pub(super) fn columns(line: &str, range: std::ops::Range<usize>) -> &str {
    let mut places = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let start = places.nth(range.start).unwrap_or(line.len());
    let length = range.end - range.start;
    let rest = &line[start..];
    let end = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}

/// Reads the rows, each code once. What is wrong with the file goes to the log.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn read(reader: &mut dyn BufRead, log: &mut Log) -> io::Result<Vec<OrderRow>> {
    let mut rows: Vec<OrderRow> = Vec::new();
    let mut codes = HashSet::new();
    lines::each(reader, log, |line, number, log| {
        if rows.len() == MOST_ROWS {
            log.problem(number, None, "the end of the file", line);
            return false;
        }
        let place = |first: usize, name| Some((first, name));
        let code = match Icd10CmCode::parse(columns(line, 6..13)) {
            Ok(code) => code,
            Err(error) => {
                let expected = format!("a code of ICD-10-CM ({error})");
                log.problem(number, place(7, "code"), expected, columns(line, 6..13));
                return true;
            }
        };
        let is_valid = match columns(line, 13..16) {
            " 0 " => false,
            " 1 " => true,
            other => {
                log.problem(number, place(15, "flag"), "0 or 1 between blanks", other);
                return true;
            }
        };
        let short = columns(line, 16..76).trim().to_owned();
        let long = columns(line, 77..line.len().max(77)).trim().to_owned();
        if long.is_empty() {
            log.problem(number, place(78, "long description"), "a title", &short);
        } else if codes.insert(code) {
            rows.push(OrderRow { code, is_valid, short, long, line: number });
        } else {
            log.note(NoteKind::ClassRepeated, number, || code.to_string());
        }
        true
    })?;
    if rows.is_empty() && !log.has_problems() {
        log.problem(1, None, "a line with a code of ICD-10-CM", "");
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_of_characters_and_may_be_missing() {
        assert_eq!(columns("abcé f", 2..4), "cé");
        assert_eq!(columns("abc", 2..9), "c");
        assert_eq!(columns("abc", 5..9), "");
    }

    #[test]
    fn lines_are_told_from_those_of_other_files() {
        let line = "00001 A00     0 Cholera                                                      C";
        assert!(is_it(line));
        assert!(!is_it("A00    Cholera"));
        assert!(!is_it("CODE\tALT_CODE\tUSAGE"));
        assert!(!is_it(""));
    }
}
