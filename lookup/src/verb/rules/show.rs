//! `farr rules show`: the text of a pack.

use std::io::Write as _;

use clap::Args;
use farr_codelists::rules;

use super::refused;
use crate::exit;
use crate::failure::Failure;
use crate::streams::Streams;

/// The text of a pack, to read or to begin one's own with
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The name of a pack that comes with farr, or a file
    #[arg(value_name = "PACK")]
    pack: String,
}

/// Writes it as it stands.
pub(super) fn run(arguments: &Arguments, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let name = arguments.pack.as_str();
    if let Some((pack, _)) = name.rsplit_once('#')
        && !std::path::Path::new(name).exists()
    {
        return Err(Failure::Usage(format!("a pack is shown whole: farr rules show {pack}")));
    }
    let pack = rules::named(name).map_err(|error| refused(&error))?;
    streams.out.write_all(pack.text().as_bytes())?;
    Ok(exit::ANSWERED)
}
