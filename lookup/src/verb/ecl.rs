//! `farr ecl`: expression constraints.

mod answer;
mod check;
mod explain;
pub(crate) mod settings;

use std::io::{self, IsTerminal as _, Read as _};

use clap::{Args, ValueEnum};
use farr::ecl::LENGTH_LIMIT;

use crate::cli::Common;
use crate::failure::Failure;
use crate::input::unreadable;
use crate::level::LevelName;
use crate::streams::Streams;
pub(crate) use check::parsed;
use settings::Settings;

/// List the concepts that satisfy an expression constraint (SNOMED CT ECL 2.3)
///
/// Brief and long syntax may be mixed. The answer is whole or there is none: an identifier that the
/// release does not have is an error, unless --unknown says otherwise. Where the expression selects
/// fields of a reference set (^ [mapTarget] 447562003), the answer is rows of these fields. A table
/// shows the first 20; the other formats write all, unless --limit says otherwise.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr ecl '<< 64572001 : 363698007 = << 39057004'
      Disorders of a site
  farr ecl '<< 64572001' --count
      How many
  farr ecl '<< 64572001 {{ term = \"heart att\" }}' --format codes > codes.txt
      A list of codes
  farr ecl - --format sql-in < codelist.ecl
      An expression from a file, over as many lines as it has, as an SQL list
  farr ecl '^ [referencedComponentId, mapTarget] 447562003' --format csv
      Fields of a reference set
  farr ecl '<< 64572001 : 363698007 = << 39057004, 116676008 = *' --explain
      How many concepts each part of it gives
  farr ecl '<< 10363801000001108' --dmd-level vmp
      Only products of a level of dm+d, in an index that holds it
  farr ecl '<! 64572001' --check --long
      Only read it, and write it in words: childOf 64572001. Needs no index

Exits with 0 also where no concept satisfies it, with 1 where it names what the release does not
have, with 2 where it is no expression constraint.")]
pub(crate) struct Arguments {
    /// The expression constraint; quote it, for a shell has other plans with < and >. Standard input
    /// where it is -, or absent and something is piped in
    #[arg(value_name = "EXPRESSION")]
    expression: Option<String>,

    /// Only how many
    #[arg(long)]
    count: bool,

    /// How many each part of the expression gives
    #[arg(long, conflicts_with_all = ["count", "limit", "sort"])]
    explain: bool,

    /// How many at most
    #[arg(long, short = 'n', value_name = "N", conflicts_with = "count",
        value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,

    /// Order of the concepts: by id, by preferred term, or as the index has them; rows stand as
    /// their reference sets have them
    #[arg(long, value_enum, default_value_t, value_name = "BY", conflicts_with = "count")]
    sort: Sort,

    /// Only concepts that are products of this level of dm+d, invalid ones left out; repeat it for
    /// several. A product that the release of SNOMED CT does not have yet is not among them
    #[arg(long, value_enum, value_name = "LEVEL", ignore_case = true,
        conflicts_with_all = ["explain", "check"])]
    dmd_level: Vec<LevelName>,

    /// Only read the expression, and write it back in brief form
    #[arg(long, conflicts_with_all = ["count", "explain", "limit"])]
    check: bool,

    /// Write the expression in long form, with words instead of symbols
    #[arg(long, requires = "check")]
    long: bool,

    #[command(flatten)]
    settings: Settings,
}

/// An order of concepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// By number
    #[default]
    Id,
    /// By preferred term, case aside
    Term,
    /// As the index has them
    None,
}

/// Checks, evaluates or explains an expression constraint.
pub(crate) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let expression = match arguments.expression.as_deref() {
        Some("-") => from_input()?,
        None if io::stdin().is_terminal() => {
            return Err(Failure::Usage(
                "no expression constraint given: quote it behind the verb, or pipe it in"
                    .to_owned(),
            ));
        }
        None => from_input()?,
        Some(expression) => expression.to_owned(),
    };
    if arguments.check {
        return check::check(&expression, arguments.long, streams);
    }
    let ecl = check::parsed(&expression)?;
    match arguments.explain {
        true => explain::explain(&ecl, &arguments.settings, common, streams),
        false => answer::answer(&ecl, arguments, common, streams),
    }
}

/// The whole of standard input: an expression may go over several lines.
fn from_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    // One byte too many is enough to be told that it is too long.
    let mut input = io::stdin().lock().take(LENGTH_LIMIT as u64 + 1);
    input.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.as_bytes().len() > LENGTH_LIMIT => {
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        }
        Err(_) => return Err(Failure::Usage("the expression is not UTF-8".to_owned())),
    };
    let text = text.trim_start_matches('\u{feff}');
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
