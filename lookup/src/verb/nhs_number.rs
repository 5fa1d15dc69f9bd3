//! `farr nhs-number`: check NHS numbers.

mod count;

use std::io::Write as _;

use clap::Args;
use farr::id::NhsNumber;
use serde::Serialize;

use crate::card::nhs::{NhsNumberCard, range_name};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// Numbers that are checked before the answers to them are written.
const CHUNK: usize = 4096;

/// Check NHS numbers: valid or why not, which range, whether a patient's is plausible
///
/// Ten digits, plain or grouped 3-3-4 by spaces or hyphens. A valid number need not be anybody's:
/// only a tracing service knows whose it is. Needs no index.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr nhs-number '999 000 0018'
      Valid, and of the range for test data
  farr nhs-number --format csv < numbers.txt > checked.csv
      A file of numbers, one a line: one row a number, in their order
  farr nhs-number --count < numbers.txt
      Only how many are valid, and why the others are not: made for big files
  farr nhs-number --generate 100 --seed 7 --format codes
      Valid numbers of the test range, the same for a seed for ever

Exits with 1 where any number is not valid.")]
pub(crate) struct Arguments {
    /// Numbers; - reads them from standard input, one a line
    #[arg(value_name = "NUMBER", conflicts_with = "generate")]
    numbers: Vec<String>,

    /// Only count the lines of standard input: valid, and invalid by reason
    #[arg(long, conflicts_with_all = ["numbers", "generate"])]
    count: bool,

    /// Make so many numbers of the range for test data instead
    #[arg(long, value_name = "N")]
    generate: Option<usize>,

    /// Which numbers to make
    #[arg(long, value_name = "S", default_value_t = 0, requires = "generate", conflicts_with_all = ["numbers", "count"])]
    seed: u64,
}

/// One number, checked.
#[derive(Debug, Serialize)]
struct Answer {
    input: String,
    #[serde(flatten)]
    card: NhsNumberCard,
}

impl Record for Answer {
    const COLUMNS: &'static [&'static str] = &[
        "input",
        "valid",
        "number",
        "display",
        "range",
        "plausible",
        "doubts",
        "reason",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let card = &self.card;
        vec![
            self.input.clone(),
            card.valid.to_string(),
            card.number.clone().unwrap_or_default(),
            card.display.clone().unwrap_or_default(),
            card.range.unwrap_or_default().to_owned(),
            card.plausible.map(|plausible| plausible.to_string()).unwrap_or_default(),
            card.doubts.join("; "),
            card.reason.unwrap_or_default().to_owned(),
            card.message.clone().unwrap_or_default(),
        ]
    }

    fn code(&self) -> Option<String> {
        self.card.number.clone()
    }
}

/// Checks, counts or makes numbers.
pub(crate) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    if let Some(wanted) = arguments.generate {
        return generate(wanted, arguments.seed, common.format, streams);
    }
    if arguments.count {
        return count::run(common.format, streams);
    }
    let mut items = Items::new(arguments.numbers.clone(), "number")?;
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Answer>(format, streams.out)?),
    };
    let mut table = Table::new(&[
        ("number", Look::Short),
        ("check", Look::Short),
        ("range", Look::Term),
        ("remarks", Look::Term),
    ]);
    let (mut asked, mut all_valid) = (0_usize, true);
    loop {
        let chunk = items.next_chunk(CHUNK)?;
        if chunk.is_empty() {
            break;
        }
        for input in chunk {
            asked += 1;
            let card = NhsNumberCard::of(&input);
            all_valid &= card.valid;
            match &mut records {
                Some(records) => records.write(streams.out, &Answer { input, card })?,
                None => table.row(row(&input, &card)),
            }
        }
    }
    match records {
        Some(records) => records.finish(streams.out)?,
        None => streams.table(&table)?,
    }
    if asked == 0 {
        streams.warn("standard input holds no numbers");
    }
    Ok(if all_valid { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn row(input: &str, card: &NhsNumberCard) -> [String; 4] {
    let remarks = match &card.message {
        Some(message) => message.clone(),
        None => card.doubts.join("; "),
    };
    [
        card.display.clone().unwrap_or_else(|| input.to_owned()),
        if card.valid { "valid" } else { "NOT VALID" }.to_owned(),
        card.range.map(range_name).unwrap_or_default().to_owned(),
        remarks,
    ]
}

/// Makes numbers of the test range.
fn generate(
    wanted: usize,
    seed: u64,
    format: Format,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let numbers: Vec<NhsNumber> = NhsNumber::test_numbers(seed).take(wanted).collect();
    if numbers.len() < wanted {
        return Err(Failure::Usage(format!(
            "--generate {wanted}: the test range has no more than {} numbers",
            numbers.len()
        )));
    }
    if format == Format::Table {
        for number in numbers {
            writeln!(streams.out, "{number}")?;
        }
        return Ok(exit::ANSWERED);
    }
    let mut records = RecordWriter::begin::<Answer>(format, streams.out)?;
    for number in numbers {
        let input = format!("{:010}", number.value());
        let card = NhsNumberCard::of(&input);
        records.write(streams.out, &Answer { input, card })?;
    }
    records.finish(streams.out)?;
    Ok(exit::ANSWERED)
}
