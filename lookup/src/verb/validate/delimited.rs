//! Delimited text: every row as it is, with what was found behind it.

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use super::memo::Memo;
use super::row::{Judge, Judged};
use super::tally::{Tally, Totals};
use crate::failure::Failure;
use crate::table::delimited::{Record, write_field};
use crate::table::encoding::{Encoding, write_as};
use crate::table::ordered::in_order;
use crate::table::text::{Header, Stretch, TextSource, Unit};

/// Digits of a number that a spreadsheet keeps.
const SPREADSHEET_DIGITS: usize = 15;

/// How rows are read and written.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) delimiter: u8,
    pub(super) written: u8,
    pub(super) columns: usize,
    /// Where the cells that are looked at stand.
    pub(super) places: Vec<usize>,
    pub(super) encoding: Encoding,
    pub(super) is_spreadsheet_safe: bool,
    /// Whether the file is a list of codes, one a line, without a header.
    pub(super) is_list: bool,
}

/// What came of a stretch.
struct Done {
    out: Vec<u8>,
    tally: Tally,
    flaw: Option<String>,
}

/// An answer to a row, as it is counted and as it is written.
#[derive(Clone)]
struct Answer {
    judged: Arc<Judged>,
    cells: Arc<[u8]>,
}

/// What a worker keeps from stretch to stretch.
struct Kept {
    memo: Memo<Answer>,
    /// The answer to a row where nothing was found.
    accepted: Answer,
}

/// Writes the header with the names of what is added.
pub(super) fn begin(
    sink: &mut dyn Write,
    header: Option<&Header>,
    shape: &Shape,
    added: &[String],
) -> Result<(), Failure> {
    let mut out = Vec::new();
    match header {
        Some(header) => {
            out.extend_from_slice(header.bytes.get(..header.start).unwrap_or_default());
            let (bytes, record) = (header.bytes.as_slice(), &header.record);
            write_record(&mut out, bytes, record, header.start, shape);
            write_added(&mut out, added.iter().map(|name| Some(Cow::Borrowed(&**name))), shape);
            out.extend_from_slice(bytes.get(record.end..record.next).unwrap_or_default());
            // A header that ends with the file has no rows behind it.
        }
        None => {
            write_field(&mut out, b"code", shape.written);
            write_added(&mut out, added.iter().map(|name| Some(Cow::Borrowed(&**name))), shape);
            out.push(b'\n');
        }
    }
    Ok(write_as(sink, shape.encoding, &out)?)
}

/// Judges and writes all rows.
pub(super) fn run(
    source: &mut TextSource,
    judge: &Judge<'_>,
    shape: &Shape,
    sink: &mut dyn Write,
    totals: &mut Totals,
) -> Result<(), Failure> {
    let name = source.name().to_owned();
    in_order(
        || source.stretch(Unit::Record(shape.delimiter)),
        || Kept { memo: Memo::new(), accepted: Answer::of(judge.accepted(), shape) },
        |kept, stretch| answer(kept, &stretch, judge, shape),
        |done| {
            write_as(sink, shape.encoding, &done.out)?;
            totals.add(done.tally);
            match done.flaw {
                None => Ok(()),
                Some(flaw) => Err(Failure::Input(format!("{name}: {flaw}"))),
            }
        },
    )
}

fn answer(kept: &mut Kept, stretch: &Stretch, judge: &Judge<'_>, shape: &Shape) -> Done {
    let bytes = stretch.bytes.as_slice();
    let out = Vec::with_capacity(bytes.len() * 3 / 2);
    let mut done = Done { out, tally: Tally::default(), flaw: None };
    if shape.encoding == Encoding::Utf8
        && let Err(error) = std::str::from_utf8(bytes)
    {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = stretch.line + memchr::memchr_iter(b'\n', before).count() as u64;
        done.flaw = Some(format!(
            "line {line} is not UTF-8, as the lines before it are: if the file is of \
             Windows-1252, say so with --encoding windows-1252"
        ));
        return done;
    }
    let Kept { memo, accepted } = kept;
    let (mut record, mut start, mut line) = (Record::default(), 0, stretch.line);
    let mut asked = Vec::new();
    while start < bytes.len() {
        if let Err(flaw) = record.read(bytes, start, shape.delimiter, true) {
            done.flaw = Some(flaw.told(line));
            break;
        }
        if record.is_blank() && (shape.columns > 1 || shape.is_list) {
            done.out.extend_from_slice(bytes.get(start..record.next).unwrap_or_default());
        } else if record.fields.len() != shape.columns {
            done.flaw = Some(ragged(line, record.fields.len(), shape));
            break;
        } else {
            let answer = match shape.places.as_slice() {
                [only] => {
                    let asked = record.raw(bytes, *only);
                    memo.answer(asked, || judged(bytes, &record, judge, shape, accepted))
                }
                places => {
                    asked.clear();
                    for place in places {
                        let cell = record.raw(bytes, *place);
                        asked.extend_from_slice(&(cell.len() as u64).to_le_bytes());
                        asked.extend_from_slice(cell);
                    }
                    memo.answer(&asked, || judged(bytes, &record, judge, shape, accepted))
                }
            };
            done.tally.add(&answer.judged, 1);
            write_record(&mut done.out, bytes, &record, start, shape);
            done.out.extend_from_slice(&answer.cells);
            done.out.extend_from_slice(bytes.get(record.end..record.next).unwrap_or_default());
        }
        line += record.lines;
        start = record.next;
    }
    done
}

fn ragged(line: u64, found: usize, shape: &Shape) -> String {
    let expected = shape.columns;
    match shape.is_list {
        true => format!(
            "line {line} has {found} fields, where a list has one code a line: name the column of \
             a table with --column"
        ),
        false => format!("line {line} has {found} fields where the header has {expected}"),
    }
}

impl Answer {
    fn of(judged: &Arc<Judged>, shape: &Shape) -> Answer {
        let mut cells = Vec::new();
        write_added(&mut cells, judged.cells(), shape);
        Answer { judged: Arc::clone(judged), cells: cells.into() }
    }
}

fn judged(
    bytes: &[u8],
    record: &Record,
    judge: &Judge<'_>,
    shape: &Shape,
    accepted: &Answer,
) -> Answer {
    let contents: Vec<Cow<'_, [u8]>> =
        shape.places.iter().map(|place| record.content(bytes, *place)).collect();
    let cells: Vec<Option<Cow<'_, str>>> =
        contents.iter().map(|content| Some(shape.encoding.decode(content))).collect();
    let judged = judge.judge(&cells);
    match Arc::ptr_eq(&judged, &accepted.judged) {
        true => accepted.clone(),
        false => Answer::of(&judged, shape),
    }
}

/// Writes a record as it is; or its cells anew, where something about them changes.
fn write_record(out: &mut Vec<u8>, bytes: &[u8], record: &Record, start: usize, shape: &Shape) {
    if shape.written == shape.delimiter && !shape.is_spreadsheet_safe {
        out.extend_from_slice(bytes.get(start..record.end).unwrap_or_default());
        return;
    }
    for at in 0..record.fields.len() {
        if at > 0 {
            out.push(shape.written);
        }
        write_cell(out, &record.content(bytes, at), shape);
    }
}

fn write_added<'c>(
    out: &mut Vec<u8>,
    cells: impl IntoIterator<Item = Option<Cow<'c, str>>>,
    shape: &Shape,
) {
    for cell in cells {
        out.push(shape.written);
        if let Some(cell) = cell {
            write_cell(out, &shape.encoding.encode(&cell), shape);
        }
    }
}

fn write_cell(out: &mut Vec<u8>, content: &[u8], shape: &Shape) {
    match shape.is_spreadsheet_safe && is_unsafe(content) {
        false => write_field(out, content, shape.written),
        true => write_field(out, &[b"'", content].concat(), shape.written),
    }
}

/// Whether a spreadsheet would make something else of a cell: take it for a formula, or show another
/// number than stands there.
fn is_unsafe(content: &[u8]) -> bool {
    let trimmed = content.trim_ascii();
    match (content.first(), trimmed.first()) {
        (Some(b'\t' | b'\r'), _) | (_, Some(b'=' | b'+' | b'-' | b'@')) => true,
        (_, Some(b'0'..=b'9' | b'.')) => is_number(trimmed) && !is_shown_as_it_is(content),
        _ => false,
    }
}

/// Whether a spreadsheet reads a number here: digits, with a point, commas and an exponent.
fn is_number(content: &[u8]) -> bool {
    let mut parts = content.splitn(2, |byte| matches!(byte, b'e' | b'E'));
    let (number, exponent) = (parts.next().unwrap_or_default(), parts.next());
    let sign = |byte: &u8| matches!(byte, b'+' | b'-');
    let is_exponent = |exponent: &[u8]| {
        let signless = exponent.split_first().filter(|(first, _)| sign(first));
        let digits = signless.map_or(exponent, |(_, rest)| rest);
        !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
    };
    number.iter().any(u8::is_ascii_digit)
        && number.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && number.iter().filter(|byte| **byte == b'.').count() <= 1
        && exponent.is_none_or(is_exponent)
}

/// Whether a number is written as a spreadsheet shows it again: no more digits than it keeps, none that
/// it drops, and nothing besides.
fn is_shown_as_it_is(content: &[u8]) -> bool {
    let mut parts = content.splitn(2, |byte| *byte == b'.');
    let (whole, fraction) = (parts.next().unwrap_or_default(), parts.next());
    let are_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    are_digits(whole)
        && (whole == b"0" || !whole.starts_with(b"0"))
        && fraction.is_none_or(|places| are_digits(places) && !places.ends_with(b"0"))
        && whole.len() + fraction.map_or(0, <[u8]>::len) <= SPREADSHEET_DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_change_is_told() {
        for cell in [
            "=1+1",
            "+44",
            "-5",
            "@SUM(A1)",
            "\tx",
            "\rx",
            " =1+1",
            "999000051000001100",
            "999000051000001100 ",
            "12345678901234567.0",
            "24700007.0",
            "24700007 ",
            "0012",
            "00",
            "1.50",
            "9.99000051E+17",
            "1e5",
            "401,004",
            ".5",
            "5.",
        ] {
            assert!(is_unsafe(cell.as_bytes()), "{cell:?}");
        }
        for cell in [
            "",
            "24700007",
            "a=b",
            "999000051000001",
            "99900005100000110x",
            "0",
            "41.5",
            "0.5",
            "1.2.3",
            "E11.9",
            "5\" nail",
            "1E",
        ] {
            assert!(!is_unsafe(cell.as_bytes()), "{cell:?}");
        }
    }
}
