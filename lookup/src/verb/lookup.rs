//! `farr lookup`: what kind of code or number something is, and everything known of it.

mod answer;
mod draw;

use std::io::Write as _;

use clap::Args;
use farr::index::OpenError;
use farr::{Dialect, Systems};

use self::answer::{Answer, Asked};
use crate::card::draw::Sheet;
use crate::card::release::{ReleaseCard, dmd_release};
use crate::card::sctid::Detail;
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::RecordWriter;
use crate::output::text::shown;
use crate::streams::Streams;
use crate::today::today;

/// Codes that are asked about in one go: the answers to them are held in memory.
const CHUNK: usize = 512;

/// Look up codes and numbers: what kind each is, and everything known of it
///
/// Takes SNOMED CT concept and description ids, dm+d ids of every level and their previous ids, GTINs
/// and NHS numbers. A number that can be read in two ways is shown in both. An id with a wrong check
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
  farr lookup '24700007 |Multiple sclerosis|' --dialect en-us
      The term between bars is left off
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
    let mut items = Items::new(arguments.codes, "code")?;
    let terminology = open::for_one_question(common)?;
    let dialect = common.dialect;
    let on = today();
    let detail = match common.format {
        Format::Table | Format::Json | Format::Jsonl => Detail::Whole,
        _ => Detail::Summary,
    };
    let mut asked = 0_usize;
    let mut all_found = true;
    let mut screen = Screen::default();
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Answer>(format, streams.out)?),
    };
    loop {
        let codes = items.next_chunk(CHUNK)?;
        if codes.is_empty() {
            break;
        }
        asked += codes.len();
        // The foot of the cards is the same for all.
        let foot = records.is_none() && screen.releases.is_none();
        let answers = terminology.ask_systems(|systems| {
            if systems.snomed().is_none() && systems.dmd().is_none() {
                return None;
            }
            let asked = Asked { dialect, detail, on };
            let answers: Vec<Answer> =
                codes.iter().map(|code| Answer::of(systems, code, asked)).collect();
            Some((answers, foot.then(|| releases(systems, dialect))))
        })?;
        let Some((answers, release)) = answers else {
            return Err(OpenError::Absent { what: "SNOMED CT or dm+d" }.into());
        };
        for answer in &answers {
            all_found &= answer.is_found();
            match &mut records {
                Some(records) => records.write(streams.out, answer)?,
                None => screen.show(answer, streams)?,
            }
        }
        screen.releases = screen.releases.or(release);
    }
    match records {
        Some(records) => records.finish(streams.out)?,
        None => screen.finish(streams)?,
    }
    if asked == 0 {
        streams.warn("standard input holds no codes");
    }
    Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND })
}

/// The releases that answer, in a line each.
fn releases(systems: Systems<'_>, dialect: Dialect) -> Vec<String> {
    let snomed = systems.snomed().map(|snomed| ReleaseCard::of(snomed, dialect).line());
    let dmd = systems.dmd().map(|dmd| format!("dm+d, {}", dmd_release(&dmd.meta())));
    snomed.into_iter().chain(dmd).collect()
}

/// Cards one after the other, and the releases at the foot.
#[derive(Debug, Default)]
struct Screen {
    shown: usize,
    releases: Option<Vec<String>>,
}

impl Screen {
    fn show(&mut self, answer: &Answer, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let mut sheet = Sheet::new(streams.palette(), streams.width());
        if self.shown > 0 {
            sheet.line("");
        }
        self.shown += 1;
        draw::answer(&mut sheet, answer);
        Ok(streams.out.write_all(sheet.into_text().as_bytes())?)
    }

    fn finish(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let Some(releases) = &self.releases else { return Ok(()) };
        let palette = streams.palette();
        writeln!(streams.out)?;
        for release in releases {
            writeln!(streams.out, "{}", palette.quiet(&shown(release)))?;
        }
        Ok(())
    }
}
