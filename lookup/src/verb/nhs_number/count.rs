//! Counting valid numbers in a big file: large reads, and nothing allocated a line.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Read as _};

use farr::id::{NhsNumber, NhsNumberError};
use serde::Serialize;

use crate::card::nhs::reason;
use crate::exit;
use crate::failure::Failure;
use crate::input::unreadable;
use crate::output::format::Format;
use crate::output::number::grouped;
use crate::output::records::{Record, RecordWriter, json_value};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// Bytes read at once.
const READ: usize = 1 << 20;

/// A line beyond this length ends the count: it is no list of numbers, and would fill the memory.
const LONGEST: usize = 16 << 20;

/// How many numbers are valid, and why the others are not.
#[derive(Debug, Default, Serialize)]
struct Counts {
    numbers: u64,
    valid: u64,
    invalid: u64,
    /// Lines without a number; they are no numbers, and not invalid.
    blank_lines: u64,
    invalid_by_reason: BTreeMap<&'static str, u64>,
}

impl Counts {
    fn add(&mut self, line: Result<NhsNumber, NhsNumberError>) {
        match line {
            Ok(_) => self.valid += 1,
            Err(NhsNumberError::Empty) => self.blank_lines += 1,
            Err(error) => {
                self.invalid += 1;
                *self.invalid_by_reason.entry(reason(error)).or_default() += 1;
            }
        }
    }

    fn rows(&self) -> impl Iterator<Item = Count> {
        let totals = [
            ("valid", "", self.valid),
            ("invalid", "", self.invalid),
            ("blank", "", self.blank_lines),
        ];
        let reasons =
            self.invalid_by_reason.iter().map(|(reason, count)| ("invalid", *reason, *count));
        totals.into_iter().chain(reasons).map(|(outcome, reason, count)| Count {
            outcome,
            reason,
            count,
        })
    }
}

/// One row of the counts.
#[derive(Debug, Serialize)]
struct Count {
    outcome: &'static str,
    reason: &'static str,
    count: u64,
}

impl Record for Count {
    const COLUMNS: &'static [&'static str] = &["outcome", "reason", "count"];

    fn cells(&self) -> Vec<String> {
        vec![self.outcome.to_owned(), self.reason.to_owned(), self.count.to_string()]
    }
}

/// Counts the lines of standard input.
pub(super) fn run(format: Format, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    format.require("nhs-number --count", &Format::WITHOUT_CODES)?;
    if io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "pipe numbers into farr nhs-number --count, one a line".to_owned(),
        ));
    }
    let counts = count(&mut io::stdin().lock())?;
    match format {
        Format::Json | Format::Jsonl => json_value(streams.out, format, &counts)?,
        Format::Table => {
            let mut table = Table::new(&[("", Look::Number), ("numbers", Look::Term)]);
            for Count { outcome, reason, count } in counts.rows() {
                let label = match (outcome, reason) {
                    ("blank", _) if count == 0 => continue,
                    ("blank", _) => "blank lines".to_owned(),
                    (outcome, "") => outcome.to_owned(),
                    (outcome, reason) => format!("{outcome}: {reason}"),
                };
                table.row([grouped(count), label]);
            }
            streams.table(&table)?;
        }
        format => {
            let mut records = RecordWriter::begin::<Count>(format, streams.out)?;
            counts.rows().try_for_each(|row| records.write(streams.out, &row))?;
            records.finish(streams.out)?;
        }
    }
    Ok(if counts.invalid == 0 { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn count(input: &mut impl io::Read) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    // Bytes read and not yet counted: the last line of a chunk, mostly.
    let mut held = Vec::with_capacity(2 * READ);
    loop {
        let read = input.take(READ as u64).read_to_end(&mut held);
        if read.map_err(|error| unreadable(&error))? == 0 {
            break;
        }
        let (lines, unfinished) = NhsNumber::complete_lines(&held);
        lines.for_each(|line| counts.add(line));
        let left = unfinished.len();
        if left > LONGEST {
            return Err(Failure::Input("standard input: not lines of numbers".to_owned()));
        }
        let counted = held.len() - left;
        held.drain(..counted);
    }
    NhsNumber::lines(&held).for_each(|line| counts.add(line));
    counts.numbers = counts.valid + counts.invalid;
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_fall_between_two_reads_are_counted_once() {
        let mut text = b"9990000018\r\n999 000 0026\n\n9990000019\n".repeat(60_000);
        text.extend_from_slice(b"9990000018");
        let counts = count(&mut text.as_slice()).unwrap();
        assert_eq!((counts.valid, counts.invalid, counts.blank_lines), (120_001, 60_000, 60_000));
        assert_eq!(counts.invalid_by_reason.get("check-digit"), Some(&60_000));
    }
}
