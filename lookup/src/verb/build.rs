//! `farr build`: make an index from releases.

mod progress;
mod report;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use farr_build::{Build, Progress, ReleaseType, Silent};

use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::records::json_value;
use crate::signal;
use crate::streams::Streams;
use progress::{Bar, Lines};

/// Build an index from releases of SNOMED CT, dm+d, ICD-10 and OPCS-4
///
/// Reads RF2 packages, dm+d XML and classification files, as folders or zip files, and writes one
/// index of all that is given. Of several RF2 packages the newest row of each component is taken; of a package
/// its Snapshot is read, or for want of one its Full. The index is written beside OUT, verified in
/// full and then renamed: whatever fails, what stood at OUT stands there still. The same release gives
/// the same bytes.
///
/// Progress goes to standard error, and the closing report, as data, to standard output.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr build -o uk-snomed.farr --snomed uk_sct2mo_42.3.0_20260801000001Z.zip
      An edition in one package
  farr build -o uk.farr --snomed International.zip --snomed UKClinical.zip --snomed UKDrug.zip
      An edition of several packages
  farr build -o uk-2025-04.farr --snomed International.zip --as-of 20250401
      The state on that day, from the Full of the package
  farr build -o uk.farr --snomed UK-2026-04.zip --delta UK-2026-08.zip
      A release, and the changes since
  farr build -o uk-snomed.farr --snomed UKMonolith.zip --history QueryTable.zip
      With the UK history tables, held against the release
  farr build -o dmd.farr --dmd nhsbsa_dmd_8.0.0.zip --dmd nhsbsa_dmdbonus_8.0.0.zip
      The weekly dm+d, with the supplementary files
  farr build -o classifications.farr --icd10 ICD10_Edition5_20160401.zip --opcs4 OPCS411.zip
      ICD-10 and OPCS-4
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
    #[arg(long, value_name = "PATH", required_unless_present_any = ["dmd", "icd10", "opcs4"],
          num_args = 1..)]
    snomed: Vec<PathBuf>,

    /// dm+d: a folder, a zip file or an XML file of the weekly or the supplementary release; repeat
    /// it for several
    #[arg(long, value_name = "PATH", num_args = 1..)]
    dmd: Vec<PathBuf>,

    /// ICD-10 or ICD-10-CM: a folder, a zip file or a file
    ///
    /// The UK file of codes, titles and metadata (text or XML), ClaML, or the order file and tabular
    /// list of ICD-10-CM; told by what is in them.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    icd10: Vec<PathBuf>,

    /// OPCS-4: a folder, a zip file or a file of codes and titles, metadata, or both
    #[arg(long, value_name = "PATH", num_args = 1..)]
    opcs4: Vec<PathBuf>,

    /// Changes to apply over the packages: the Delta of a folder or a zip file
    ///
    /// A Delta that starts after the packages end is refused, because the changes in between would
    /// be missing.
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "snomed")]
    delta: Vec<PathBuf>,

    /// Build the state on this day, from the Full of each package
    ///
    /// A package without a Full is read from its Snapshot where no row of that is later, and refused
    /// otherwise: a Snapshot does not hold what its rows replaced.
    #[arg(long, value_name = "YYYYMMDD", value_parser = day, requires = "snomed")]
    as_of: Option<u32>,

    /// Which release type to read where a package has several
    #[arg(long, value_name = "TYPE", value_enum, requires = "snomed")]
    release_type: Option<WholeRelease>,

    /// UK history tables: a folder or zip file with the History Substitution Table, the Query Table
    /// or both, or one of the files; repeat it for several
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "snomed")]
    history: Vec<PathBuf>,

    /// Refuse what is otherwise told and read on with, as wrong check digits
    #[arg(long)]
    strict: bool,

    /// Take a release of SNOMED CT without its root concept, a part of one or an extension by itself
    ///
    /// Nothing is then certain of what is above what, and the report says so.
    #[arg(long, requires = "snomed")]
    rootless: bool,

    /// Neither progress nor, in table format, the report
    #[arg(long, short)]
    quiet: bool,
}

/// The release types that are whole releases.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum WholeRelease {
    /// The newest version of each component
    Snapshot,
    /// All versions of each component, of which the newest are taken
    Full,
}

/// A day as releases write it.
fn day(text: &str) -> Result<u32, String> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (month, day) = (text.get(4..6).unwrap_or_default(), text.get(6..).unwrap_or_default());
    let date = digits && ("01"..="12").contains(&month) && ("01"..="31").contains(&day);
    match text.parse() {
        Ok(day) if date => Ok(day),
        _ => Err("expected a date as in 20260801".to_owned()),
    }
}

/// Builds.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("build", &[Format::Table, Format::Json, Format::Jsonl])?;
    signal::watch();
    let Arguments {
        output,
        snomed,
        dmd,
        icd10,
        opcs4,
        delta,
        as_of,
        release_type,
        history,
        strict,
        rootless,
        quiet,
    } = arguments;
    let mut build =
        snomed.into_iter().fold(Build::new().strict(strict).rootless(rootless), Build::snomed);
    build = dmd.into_iter().fold(build, Build::dmd);
    build = icd10.into_iter().fold(build, Build::icd10);
    build = opcs4.into_iter().fold(build, Build::opcs4);
    build = delta.into_iter().fold(build, Build::delta);
    build = history.into_iter().fold(build, Build::history);
    if let Some(day) = as_of {
        build = build.as_of(day);
    }
    if let Some(release_type) = release_type {
        build = build.release_type(match release_type {
            WholeRelease::Snapshot => ReleaseType::Snapshot,
            WholeRelease::Full => ReleaseType::Full,
        });
    }
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
