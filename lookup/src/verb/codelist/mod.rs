//! `farr codelist`: lists of codes and value sets in their file formats.

mod check;
mod compress;
mod diff;
mod expand;
mod other_id;
mod repair;
pub(crate) mod source;

use clap::{Args, Subcommand};

use crate::cli::Common;
use crate::failure::Failure;
use crate::streams::Streams;

/// Expand, compress, check, compare and repair lists of codes and value sets
///
/// Reads OpenCodelists CSV and definitions, primary care domain cluster CSV, columns of codes, FHIR
/// ValueSets in JSON and XML, and expression constraints. The format is found out from the content,
/// or stated with --from; the code system is that of the file, or stated with --system. What is
/// amiss in a file is told with its line and character, and nothing is dropped.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr codelist expand asthma.csv --system snomed
      The codes of a list, with their preferred terms
  farr codelist expand clusters.csv --cluster AST_COD --format sql-in
      The codes of one cluster, for an IN clause
  farr codelist expand valueset.json --to opencodelists > list.csv
      From a FHIR ValueSet to an OpenCodelists CSV
  farr codelist compress asthma.csv --system snomed
      A small expression constraint that comes to the same codes
  farr codelist check asthma.csv --system snomed
      Is each code known, active, and called so?
  farr codelist diff old.csv new.csv --system snomed
      What one list has and the other has not
  farr codelist diff asthma.csv --old uk-2025.farr --index uk-2026.farr --system snomed
      What a new release changes for a list
  farr codelist repair asthma.csv --system snomed
      Suggestions for codes that are inactive or damaged

Exits with 1 where check or repair finds something, or diff finds the lists differ.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Expand(expand::Arguments),
    Compress(compress::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Repair(repair::Arguments),
}

/// Runs one of the verbs.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    match arguments.verb {
        Verb::Expand(arguments) => expand::run(&arguments, common, streams),
        Verb::Compress(arguments) => compress::run(&arguments, common, streams),
        Verb::Check(arguments) => check::run(&arguments, common, streams),
        Verb::Diff(arguments) => diff::run(&arguments, common, streams),
        Verb::Repair(arguments) => repair::run(&arguments, common, streams),
    }
}
