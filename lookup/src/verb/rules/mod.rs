//! `farr rules`: rule packs, what is required of codings as data.

mod check;
mod list;
mod show;

use clap::{Args, Subcommand};
use farr_codelists::rules::RulesError;

use crate::cli::Common;
use crate::failure::Failure;
use crate::output::text::shown;
use crate::streams::Streams;

/// Check, list and show rule packs: what is required of codes, with who says so
///
/// A rule pack is a file, TOML or JSON, of named bindings. Some come with farr; PACK is the name of
/// one of those, or a file. docs/rules.md has the fields, docs/rule-pack.schema.json the schema.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr rules list
      The packs that come with farr, and where each of their bindings comes from
  farr rules show nhs-cds > mine.toml
      A pack to begin one's own with
  farr rules check mine.toml
      Everything that is wrong with a pack, with line and column
  farr rules check mine.toml --index uk-snomed.farr
      Can the release be asked so, and do the examples of the pack hold?

Exits with 1 where check finds a problem.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Check(check::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
}

/// Runs one of the verbs.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    match arguments.verb {
        Verb::Check(arguments) => check::run(&arguments, common, streams),
        Verb::List(arguments) => list::run(&arguments, common, streams),
        Verb::Show(arguments) => show::run(&arguments, streams),
    }
}

/// Why there is no pack: a name that is none is wrong usage, a broken pack is data.
pub(crate) fn refused(error: &RulesError) -> Failure {
    let text = in_lines(error);
    match error.is_unread() && !std::path::Path::new(&error.file).exists() {
        true => Failure::Usage(text),
        false => Failure::Input(text),
    }
}

/// Why a question cannot be asked: where a pack is what is asked, and not what is looked at, whatever is
/// wrong with it is wrong usage.
pub(crate) fn asked_wrongly(error: &RulesError) -> Failure {
    Failure::Usage(in_lines(error))
}

fn in_lines(error: &RulesError) -> String {
    let lines: Vec<_> = error.to_string().lines().map(|line| shown(line).into_owned()).collect();
    lines.join("\n")
}
