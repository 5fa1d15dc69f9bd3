//! `farr build`: make an index from a release.

mod progress;
mod report;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::Args;
use farr_build::{Build, Progress, Silent};

use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::records::json_value;
use crate::streams::Streams;
use progress::{Bar, Lines};

/// Build an index from SNOMED CT releases
///
/// Reads RF2 packages, as folders or zip files, and writes one index. Of several packages the newest
/// row of each component is taken. The index is written beside OUT, verified in full and then
/// renamed: whatever fails, what stood at OUT stands there still. The same release gives the same
/// bytes.
///
/// Progress goes to standard error, and the closing report, as data, to standard output.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr build -o uk-snomed.farr --snomed uk_sct2mo_42.3.0_20260801000001Z.zip
      An edition in one package
  farr build -o uk.farr --snomed International.zip --snomed UKClinical.zip --snomed UKDrug.zip
      An edition of several packages
  farr build -o uk-snomed.farr --snomed UKMonolith.zip --history QueryTable.zip
      With the UK history tables, held against the release
  farr build -o uk-snomed.farr --snomed release/ --strict
      Refuses what real releases have and is otherwise told and read on with
  farr build -o uk-snomed.farr --snomed release/ --format json > report.json
      The report for a program

Exits with 3 where the release cannot be read; up to twenty problems are told, each with its file,
line and column.")]
pub(crate) struct Arguments {
    /// Where to write the index
    #[arg(long, short, value_name = "OUT.farr")]
    output: PathBuf,

    /// SNOMED CT package: a folder or a zip file; repeat it for several
    #[arg(long, value_name = "PATH", required = true, num_args = 1..)]
    snomed: Vec<PathBuf>,

    /// UK history tables: a folder or zip file with the History Substitution Table, the Query Table
    /// or both, or one of the files; repeat it for several
    #[arg(long, value_name = "PATH", num_args = 1..)]
    history: Vec<PathBuf>,

    /// Refuse what is otherwise told and read on with, as wrong check digits
    #[arg(long)]
    strict: bool,

    /// Neither progress nor, in table format, the report
    #[arg(long, short)]
    quiet: bool,
}

/// Builds.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("build", &[Format::Table, Format::Json, Format::Jsonl])?;
    let Arguments { output, snomed, history, strict, quiet } = arguments;
    let build = snomed.into_iter().fold(Build::new().strict(strict), Build::snomed);
    let build = history.into_iter().fold(build, Build::history);
    let (bar, lines) = (Bar::default(), Lines);
    let progress: &dyn Progress = match (quiet, std::io::stderr().is_terminal()) {
        (true, _) => &Silent,
        (false, true) => &bar,
        (false, false) => &lines,
    };
    let built = build.run(&output, progress);
    bar.end();
    let report = built?;
    match common.format {
        Format::Table if quiet => {}
        Format::Table => {
            let text = report::text(&output, &report, streams.palette(), streams.width());
            streams.out.write_all(text.as_bytes())?;
        }
        format => json_value(streams.out, format, &report::json(&output, &report))?,
    }
    Ok(exit::ANSWERED)
}
