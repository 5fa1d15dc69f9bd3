//! `farr lookup`: what kind of code or number something is, and everything known of it.

mod answer;
mod draw;

use std::io::{self, Write};

use clap::Args;
use farr::index::OpenError;
use farr::{Dialect, Systems};

use self::answer::{Answer, Asked};
use crate::answers::{Answered, answer_all};
use crate::card::draw::Sheet;
use crate::card::release::{ReleaseCard, dmd_release, edition_of_meta};
use crate::card::sctid::Detail;
use crate::cli::Common;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
use crate::streams::Streams;
use crate::today::today;

/// Codes that are asked about in one go: the answers to them are held in memory.
const CHUNK: usize = 512;

/// Look up codes and numbers: what kind each is, and everything known of it
///
/// Takes SNOMED CT concept and description ids, dm+d ids of every level and their previous ids, GTINs,
/// NHS numbers, codes of ICD-10 and OPCS-4, and SNOMED CT expressions. A number that can be read in two ways is shown in both. An id with a wrong check
/// digit is looked up as it stands, and the card says both what is wrong and what the release has.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr lookup 24700007
      The card of a concept
  farr lookup 41398015
      A description, and its concept
  farr lookup 90332006 39113611000001102
      Products of dm+d, in an index that holds it
  farr lookup 5000283101086
      A GTIN, and its packs
  farr lookup G35X X384
      Codes of ICD-10 and OPCS-4
  farr lookup '24700007 |Multiple sclerosis|' --dialect en-us
      The term between bars is left off
  farr lookup '64572001 : 363698007 = 24700007'
      An expression: its concepts, what is wrong with them, and its normal form
  farr lookup 24700007 --format json
      The same for a program; see OUTPUT.md for the keys
  cut -f2 problems.tsv | farr lookup --format csv > problems.csv
      A column of codes: one row a code, in their order, with a status

Exits with 1 where any code was not found or is not valid.")]
pub(crate) struct Arguments {
    /// Codes or numbers; - reads them from standard input, one a line
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

/// Looks up.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let items = Items::new(arguments.codes, "code")?;
    let terminology = open::for_one_question(common)?;
    let no_day = "the clock of this computer is not set: which packs have a GTIN is not known";
    let on = today().ok_or_else(|| Failure::Input(no_day.to_owned()))?;
    let dialect = common.dialect;
    let detail = match common.format {
        Format::Table | Format::Json | Format::Jsonl => Detail::Whole,
        _ => Detail::Summary,
    };
    // The foot of the cards is the same for all.
    let mut foot = None;
    let code = answer_all(items, CHUNK, common.format, streams, |codes| {
        let answers = terminology.ask_systems(|systems| {
            let open = systems.snomed().is_some()
                || systems.dmd().is_some()
                || systems.icd10().is_some()
                || systems.icd10_cm().is_some()
                || systems.opcs4().is_some();
            if !open {
                return None;
            }
            foot.get_or_insert_with(|| releases(systems, dialect));
            let asked = Asked { dialect, detail, on };
            Some(codes.iter().map(|code| Answer::of(systems, code, asked)).collect())
        })?;
        answers.ok_or_else(|| OpenError::Absent { what: "any code system" }.into())
    })?;
    if common.format == Format::Table {
        let palette = streams.palette();
        writeln!(streams.out)?;
        for release in foot.unwrap_or_default() {
            writeln!(streams.out, "{}", palette.quiet(&shown(&release)))?;
        }
    }
    Ok(code)
}

/// The releases that answer, in a line each.
fn releases(systems: Systems<'_>, dialect: Dialect) -> Vec<String> {
    let snomed = systems.snomed().map(|snomed| ReleaseCard::of(snomed, dialect).line());
    let dmd = systems.dmd().map(|dmd| format!("dm+d, {}", dmd_release(&dmd.meta())));
    let icd10 = systems.icd10().map(|icd10| edition_of_meta(&icd10.edition()));
    let icd10_cm = systems.icd10_cm().map(|cm| edition_of_meta(&cm.edition()));
    let opcs4 = systems.opcs4().map(|opcs4| edition_of_meta(&opcs4.edition()));
    [snomed, dmd, icd10, icd10_cm, opcs4].into_iter().flatten().collect()
}

impl Answered for Answer {
    const COLUMNS: &'static [&'static str] = <Answer as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        self.is_found()
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        records.write(sink, self)
    }

    fn draw(&self, sheet: &mut Sheet) {
        draw::answer(sheet, self);
    }
}
