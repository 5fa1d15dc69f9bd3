//! `farr validate`: whether the codes of a table are right.

mod alongside;
mod asked;
mod cautions;
mod delimited;
mod json_lines;
mod memo;
mod one;
#[cfg(feature = "parquet")]
mod parquet;
mod report;
mod row;
mod summary;
mod table;
mod tally;
mod unstated;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use farr::Date;
use farr::coding::{Position, System};

use self::asked::AskedOfCodes;
use crate::cli::Common;
use crate::failure::Failure;
use crate::streams::Streams;
use crate::table::encoding::Encoding;
use crate::today::today;

/// Check the codes of a table: rows in, verdicts out, in their order
///
/// Reads delimited text, JSON lines or Parquet, row by row, and writes every row as it is with four
/// columns behind it: farr_outcome (accept, warn or reject), farr_findings (what was found, as codes),
/// farr_message (the same in plain words) and farr_suggestion (what may be meant, for a person to
/// decide). Ends with a summary on standard error. Without --column a file is a list of codes, one a
/// line.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr validate problems.csv --column snomed --system snomed -o checked.csv
      Every row with a verdict behind it, and a summary
  farr validate problems.csv --column snomed --display-column term --report report.html
      The same to standard output, and a report for whoever answers for the data
  farr validate episodes.parquet --column diag_01 --system icd10 --sex-column sex -o out.parquet
      Parquet stays Parquet, and columns that are not looked at are copied as they are
  farr validate rows.jsonl --column code --constraint '<< 404684003' --date-column recorded
      Only clinical findings, active on the day that they were recorded
  cut -f2 problems.tsv | farr validate --system snomed
      A list of codes, one a line
  farr validate --code 24700007 --display 'Multiple sclerosis'
      One code, and what is to be said of it

Exits with 1 where any row is rejected, with --deny-warnings also where any is warned of; 3 where
the table cannot be read, and then with -o nothing is written.")]
pub(crate) struct Arguments {
    /// The table: .csv, .tsv, .jsonl or .parquet, told by what it holds; - or a pipe for standard
    /// input
    #[arg(value_name = "FILE")]
    pub(super) file: Option<String>,

    /// The column with the codes; a key, for JSON lines
    #[arg(long, value_name = "NAME")]
    pub(super) column: Option<String>,

    /// One code instead of a table
    #[arg(
        long,
        value_name = "CODE",
        conflicts_with_all = [
            "file", "column", "display_column", "date_column", "sex_column", "age_column",
            "alongside_column", "out", "prefix", "encoding", "report", "summary", "spreadsheet_safe",
        ]
    )]
    pub(super) code: Option<String>,

    /// The text beside that one code
    #[arg(long, value_name = "TEXT", requires = "code")]
    pub(super) display: Option<String>,

    /// The column with the text beside the code
    #[arg(long, value_name = "NAME", requires = "column")]
    pub(super) display_column: Option<String>,

    /// The column with the day of recording, 2026-01-31 or 20260131: the code has to be active then
    #[arg(long, value_name = "NAME", requires = "column")]
    pub(super) date_column: Option<String>,

    /// The column with the sex: female, male, F, M, or 2, 1, 0, 9 as in the NHS data dictionary
    #[arg(long, value_name = "NAME", requires = "column")]
    pub(super) sex_column: Option<String>,

    /// The column with the age: 41y, 6m, 3w, 27d, or a number of years
    #[arg(long, value_name = "NAME", requires = "column")]
    pub(super) age_column: Option<String>,

    /// A column with the other codes of the same episode, one or several a cell; repeated, all of them:
    /// an asterisk code of ICD-10 needs its dagger code there
    #[arg(long, value_name = "NAME", requires = "column")]
    pub(super) alongside_column: Vec<String>,

    /// Where the codes stand among those of their episodes: an asterisk code never stands first
    #[arg(long, value_enum, value_name = "PLACE")]
    pub(super) position: Option<Place>,

    #[command(flatten)]
    pub(super) asked: AskedOfCodes,

    /// The release is at most so many days old
    #[arg(long, value_name = "DAYS", help_heading = "What is asked of each code")]
    pub(super) most_age: Option<u32>,

    /// The day it is, for the age of a release and the report [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,

    /// Where to write, whole or not at all [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    pub(super) out: Option<PathBuf>,

    /// What the names of the columns that are added begin with
    #[arg(long, value_name = "TEXT", default_value = "farr_")]
    pub(super) prefix: String,

    /// The encoding of text [default: told by the beginning of the file]
    #[arg(long, value_enum, value_name = "ENCODING")]
    pub(super) encoding: Option<Encoding>,

    /// Put a ' before cells that a spreadsheet would take for a formula, and before numbers that it
    /// would show otherwise
    #[arg(long)]
    pub(super) spreadsheet_safe: bool,

    /// Exit with 1 where any row is warned of, too
    #[arg(long)]
    pub(super) deny_warnings: bool,

    /// Write a report in HTML
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// How to write the summary that ends the run
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    pub(super) summary: Summary,
}

/// Where a code stands among those of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Place {
    /// The first: the main condition
    Primary,
    /// Any other
    Secondary,
}

impl Place {
    /// The word for it.
    fn word(self) -> &'static str {
        match self {
            Place::Primary => "primary",
            Place::Secondary => "secondary",
        }
    }
}

impl From<Place> for Position {
    fn from(place: Place) -> Position {
        match place {
            Place::Primary => Position::Primary,
            Place::Secondary => Position::Secondary,
        }
    }
}

/// How the summary is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Summary {
    /// For reading
    #[default]
    Text,
    /// One JSON object
    Json,
    /// Not at all
    None,
}

impl Arguments {
    /// Refuses to ask of other codes than those of ICD-10 what is of an episode.
    fn check_position(&self) -> Result<(), Failure> {
        let of_episodes = self.position.is_some() || !self.alongside_column.is_empty();
        let systems = self.asked.systems();
        match of_episodes && !systems.is_empty() && !systems.contains(&System::Icd10) {
            false => Ok(()),
            true => Err(Failure::Usage(
                "--position and --alongside-column ask something of codes of icd10: say so with \
                 --system"
                    .to_owned(),
            )),
        }
    }

    /// The day it is.
    fn day(&self) -> Option<Date> {
        self.today.or_else(today)
    }
}

/// Validates.
pub(crate) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    match &arguments.code {
        Some(code) => one::run(code, arguments, common, streams),
        None => table::run(arguments, common, streams),
    }
}
