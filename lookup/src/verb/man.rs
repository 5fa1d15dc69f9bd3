//! `farr man`: the manual pages.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _};

use crate::cli::Cli;
use crate::exit;
use crate::failure::Failure;
use crate::streams::Streams;

/// Write the manual pages, one a verb, into a folder; or print the first one
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr man ~/.local/share/man/man1
  farr man | man -l -")]
pub(crate) struct Arguments {
    /// Folder for the pages; without it farr(1) is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Writes the pages.
pub(crate) fn run(arguments: &Arguments, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let command = Cli::command();
    match &arguments.folder {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            streams.out.write_all(&page)?;
        }
        Some(folder) => {
            let unwritable = |error| Failure::Input(format!("{}: {error}", folder.display()));
            std::fs::create_dir_all(folder).map_err(unwritable)?;
            clap_mangen::generate_to(command, folder).map_err(unwritable)?;
            streams.note(&format!("wrote the manual pages to {}", folder.display()));
        }
    }
    Ok(exit::ANSWERED)
}
