//! The `farr` command: build, open, ask and check clinical terminology indexes from a shell.

mod answers;
mod card;
mod cli;
mod exit;
mod failure;
mod input;
mod level;
mod open;
mod output;
mod signal;
mod streams;
mod table;
mod today;
mod verb;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::failure::Failure;
use crate::streams::Streams;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let mut out = streams::standard_output(cli.common.color);
    let mut err = streams::standard_error(cli.common.color);
    let mut streams = Streams::new(&mut out, &mut err);
    // The demonstration asks an index that it makes itself.
    if !matches!(cli.verb, cli::Verb::Demo(_)) {
        open::require_signature(cli.common.key());
    }
    let outcome = cli::check_index_options(std::env::args_os(), &cli.common)
        .and_then(|()| verb::run(cli, &mut streams))
        .and_then(|code| streams.out.flush().map(|()| code).map_err(Failure::from));
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            streams.tell(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}
