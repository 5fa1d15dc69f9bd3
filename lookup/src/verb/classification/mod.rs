//! `farr icd10` and `farr opcs4`: codes of a classification, and what hangs below them.

mod answer;
mod spelling;

use std::io::{self, Write};

use clap::Args;
use farr::id::Icd10CmCode;
use farr::index::OpenError;
use farr::{Icd10Code, Opcs4Code};

use self::answer::Row;

pub(crate) use self::answer::Answer;
pub(crate) use self::spelling::Spelled;
use crate::answers::{Answered, answer_all};
use crate::card::draw::Sheet;
use crate::cli::Common;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::records::{Record, RecordWriter};
use crate::streams::Streams;

/// Codes that are asked about in one go.
const CHUNK: usize = 512;

/// Show codes of ICD-10: a card, and a tree of everything below
///
/// Takes codes in every spelling of the NHS (I10, I10X, I10.X, I10X-, E11.9, E119, E119D, M45X0),
/// chapters (IX), blocks (I10-I15) and other ranges (E10-E14.1). All spellings of a code are one; a
/// code that the edition does not have is not taken for the one above it. --tree adds everything
/// below.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr icd10 G35X --index icd10.farr
      A code, in any spelling
  farr icd10 E11 --tree
      A category, and its subdivisions
  farr icd10 E10-E14 --format csv > diabetes.csv
      A range as a set of codes
  farr icd10 S52.521A --cm
      A code of ICD-10-CM, where the index holds that
  cut -f3 episodes.tsv | farr icd10 --format csv > checked.csv
      A column of codes: one row each

Exits with 1 where any code is not in the edition.")]
pub(crate) struct Icd10Arguments {
    #[command(flatten)]
    asked: Asked,

    /// Codes of ICD-10-CM, of the United States
    #[arg(long)]
    cm: bool,
}

/// Show codes of OPCS-4: a card, and a tree of everything below
///
/// Takes codes with a point or without (X38.4, X384), categories (X38) and ranges (X30-X39). --tree
/// adds everything below.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr opcs4 X384 --index opcs4.farr
      A code
  farr opcs4 X38 --tree
      A category, and its codes
  farr opcs4 X30-X39 --format codes
      A range as a list

Exits with 1 where any code is not in the edition.")]
pub(crate) struct Opcs4Arguments {
    #[command(flatten)]
    asked: Asked,
}

/// What is asked of either.
#[derive(Args, Debug)]
struct Asked {
    /// Codes; - reads them from standard input, one a line
    #[arg(value_name = "CODE")]
    codes: Vec<String>,

    /// Everything below each code too
    #[arg(long)]
    tree: bool,
}

/// Shows codes of ICD-10, or of ICD-10-CM.
pub(crate) fn icd10(
    arguments: Icd10Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    match arguments.cm {
        true => run::<Icd10CmCode>(arguments.asked, common, streams),
        false => run::<Icd10Code>(arguments.asked, common, streams),
    }
}

/// Shows codes of OPCS-4.
pub(crate) fn opcs4(
    arguments: Opcs4Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    run::<Opcs4Code>(arguments.asked, common, streams)
}

fn run<C: Spelled>(
    asked: Asked,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let items = Items::new(asked.codes, "code")?;
    let terminology = open::for_one_question(common)?;
    answer_all(items, CHUNK, common.format, streams, |codes| {
        let answers = terminology.ask_systems(|systems| {
            let classification = C::of_systems(systems)?;
            let answer = |code: &String| Answer::of(classification, code, asked.tree);
            Some(codes.iter().map(answer).collect())
        })?;
        answers.ok_or_else(|| OpenError::Absent { what: C::SYSTEM.name() }.into())
    })
}

impl Answered for Answer {
    const COLUMNS: &'static [&'static str] = <Row<'_> as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        self.is_found()
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        if !records.takes_rows() {
            return records.write(sink, &Row::whole(self));
        }
        self.rows().try_for_each(|row| records.write(sink, &row))
    }

    fn draw(&self, sheet: &mut Sheet) {
        self.draw(sheet);
    }
}
