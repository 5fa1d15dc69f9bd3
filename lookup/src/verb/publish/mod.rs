//! `farr publish`: indexes where running programs switch to them.

mod report;
mod signer;

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use farr::published::{HeldSet, SetError};
use farr_build::{Publish, PublishError, Silent};

use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::records::json_value;
use crate::signal;
use crate::streams::Streams;

/// Publish indexes in a folder that running programs switch releases from, or go back to a set
///
/// Each index is copied into FOLDER, synced, verified in full from there, and given a name that follows
/// from its content. Then a small pointer file is replaced in one step: whoever reads it finds the old
/// set or the new one, whole. Published files are never touched again. Old sets are removed, but for
/// those that a reader has open.
///
/// A published folder stands where an index file is expected: farr lookup 24700007 --index FOLDER
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr publish /srv/farr uk-snomed.farr dmd.farr
      A new set of two indexes; running programs switch to it at their next reload
  farr publish /srv/farr dmd.farr --keep 8
      With the eight sets before it kept
  farr publish /srv/farr --list
      The sets of the folder, and which is current
  farr publish /srv/farr --rollback
      Back to the set that was current before
  farr publish /srv/farr --to 41
      To this set, older or newer
  farr publish /srv/farr dmd.farr --sign-with ./sign --public-key farr.pub
      Signed with minisign by a program of yours, and held against the key before it is published;
      with --public-key, --list says of each set whether its signature holds
  farr lookup 24700007 --index /srv/farr
      Asks the current set

Exits with 3 where an index does not verify, another publisher is at work, or nothing could be
written; the pointer is then as it was.")]
pub(crate) struct Arguments {
    /// The published folder; it is made where it is not there
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// The indexes of the new set: all of them, also those that have not changed
    #[arg(value_name = "INDEX", required_unless_present_any = ["list", "rollback", "to"])]
    indexes: Vec<PathBuf>,

    /// How many sets to keep before the new one; older ones are removed
    #[arg(long, value_name = "N", default_value_t = 2, conflicts_with_all = ["list", "rollback", "to"])]
    keep: usize,

    /// A program that signs: it is called with the name of a file, and writes its signature beside it
    /// under the same name with .minisig behind it, as `minisign -S -m FILE` does
    #[arg(long, value_name = "PROGRAM", conflicts_with_all = ["list", "rollback", "to"])]
    sign_with: Option<PathBuf>,

    /// Publish no release that is older than that of the current set, or of which that cannot be told, no
    /// set without a code system of the current one, and none without a signature after one that has one
    #[arg(long, conflicts_with_all = ["list", "rollback", "to"])]
    no_older: bool,

    /// List the sets of the folder
    #[arg(long, conflicts_with_all = ["indexes", "rollback", "to"])]
    list: bool,

    /// Point to the set that was current before the current one was published
    #[arg(long, conflicts_with_all = ["indexes", "to"])]
    rollback: bool,

    /// Point to the set of this number
    #[arg(long, value_name = "SET", conflicts_with = "indexes")]
    to: Option<u32>,
}

/// Publishes.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("publish", &[Format::Table, Format::Json, Format::Jsonl])?;
    signal::watch();
    let Arguments { folder, indexes, keep, sign_with, no_older, list, rollback, to } = arguments;
    let mut publish = indexes.into_iter().fold(Publish::new(&folder).keep(keep), Publish::index);
    if let Some(program) = sign_with {
        publish = publish.sign(move |text| signer::sign(&program, text));
    }
    if no_older {
        publish = publish.no_older();
    }
    let key = common.key();
    if let Some(key) = key {
        publish = publish.public_key(key.clone());
    }
    if list {
        let sets = publish.sets().map_err(|error| match error {
            PublishError::Set(error) => Failure::Set(error),
            error => Failure::Input(error.to_string()),
        })?;
        match common.format {
            Format::Table => {
                let text = report::list(&sets, key, streams.palette(), streams.width());
                streams.out.write_all(text.as_bytes())?;
            }
            Format::Json => {
                let sets: Vec<_> = sets.iter().map(|set| report::list_json(set, key)).collect();
                json_value(streams.out, Format::Json, &sets)?;
            }
            format => sets.iter().try_for_each(|set| {
                json_value(streams.out, format, &report::list_json(set, key))
            })?,
        }
        if let Err(error) = HeldSet::peek(&folder) {
            let what = match error {
                SetError::Absent { .. } => "there is no pointer".to_owned(),
                error => error.to_string(),
            };
            streams.warn(&format!("no set is current: {what}; farr publish FOLDER --to SET"));
        }
        return Ok(exit::ANSWERED);
    }
    let published = match (rollback, to) {
        (true, _) => publish.rollback().map_err(Failure::Pointer)?,
        (false, Some(set)) => publish.switch_to(set).map_err(Failure::Pointer)?,
        (false, None) => publish.run(&Silent).map_err(Failure::Publish)?,
    };
    match common.format {
        Format::Table => {
            let text = report::text(&folder, &published, streams.palette(), streams.width());
            streams.out.write_all(text.as_bytes())?;
        }
        format => json_value(streams.out, format, &report::json(&folder, &published))?,
    }
    for note in &published.notes {
        streams.warn(note);
    }
    for left in &published.in_use {
        streams.warn(&format!("set {} is left where it is: {}", left.set, left.why));
    }
    Ok(exit::ANSWERED)
}
