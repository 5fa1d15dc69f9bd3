//! `farr ecl`: expression constraints.

mod check;

use clap::Args;

use crate::failure::Failure;
use crate::streams::Streams;

/// Check an expression constraint (SNOMED CT ECL 2.3), and write it in brief or long form
///
/// Brief and long syntax may be mixed. The check needs no index: it reads the expression, writes it
/// back in brief form, and warns of identifiers whose check digit or partition is wrong.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr ecl '<< 64572001 : 363698007 = << 39057004' --check
      Is it an expression constraint? It is written back with the spaces and brackets it needs
  farr ecl '<< 64572001 AND * OR *' --check
      It is not: the place is shown, with what was expected there
  farr ecl '<! 64572001' --check --long
      In words: childOf 64572001

Exits with 2 where it is none.")]
pub(crate) struct Arguments {
    /// The expression constraint; quote it, for a shell has other plans with < and >
    #[arg(value_name = "EXPRESSION")]
    expression: String,

    /// Only read the expression
    #[arg(long, required = true)]
    check: bool,

    /// Write the expression in long form, with words instead of symbols
    #[arg(long, requires = "check")]
    long: bool,
}

/// Checks an expression constraint.
pub(crate) fn run(arguments: &Arguments, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    check::check(&arguments.expression, arguments.long, streams)
}
