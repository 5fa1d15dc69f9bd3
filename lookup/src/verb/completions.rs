//! `farr completions`: a script that completes farr's command line in a shell.

use std::io::Write as _;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::exit;
use crate::failure::Failure;
use crate::streams::Streams;

/// Print a script that completes farr's command line in a shell
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr completions bash > ~/.local/share/bash-completion/completions/farr
  farr completions zsh > \"${fpath[1]}/_farr\"
  farr completions fish > ~/.config/fish/completions/farr.fish")]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub(crate) fn run(arguments: &Arguments, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "farr", &mut script);
    streams.out.write_all(&script)?;
    Ok(exit::ANSWERED)
}
