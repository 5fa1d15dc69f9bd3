//! `farr verify`: is an index as it was built?

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use clap::Args;
use farr::Terminology;
use farr::index::Verification;
use farr::published::SetError;
use serde::Serialize;
use std::io::Write as _;

use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::bytes;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
use crate::streams::Streams;

/// Verify index files in full: every checksum, and the structure of every section
///
/// Other verbs verify what their answer touches. This one reads everything: after a copy, or before
/// an index goes into use. The SHA-256 of each file of a published folder has to be the one that its set
/// names. With --public-key the signature of the set has to hold, and a file that is of no published
/// folder is not ok, for nothing signs it. Writes nothing.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr verify
      The index of FARR_INDEX
  farr verify *.farr
  farr verify uk-snomed.farr --format json
  farr verify /srv/farr --public-key farr.pub
      The current set of a published folder: its signature, and every file by its SHA-256

Exits with 3 where any file is damaged or cannot be read, or a signature does not hold or is not there.")]
pub(crate) struct Arguments {
    /// Index files or published folders; those of --index or FARR_INDEX unless named here
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// How one file was found.
#[derive(Debug, Serialize)]
struct Verdict {
    file: String,
    ok: bool,
    bytes: Option<u64>,
    /// The damaged section; `None` also where the header is damaged.
    section: Option<String>,
    /// The byte of the file at which it is damaged.
    at: Option<u64>,
    message: Option<String>,
}

impl Record for Verdict {
    const COLUMNS: &'static [&'static str] = &["file", "ok", "bytes", "section", "at", "message"];

    fn cells(&self) -> Vec<String> {
        let number = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
        vec![
            self.file.clone(),
            self.ok.to_string(),
            number(self.bytes),
            self.section.clone().unwrap_or_default(),
            number(self.at),
            self.message.clone().unwrap_or_default(),
        ]
    }
}

/// Verifies.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("verify", &Format::WITHOUT_CODES)?;
    let files = match arguments.files.is_empty() {
        true => open::index_files(common)?,
        false => open::files_of(&arguments.files)?,
    };
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Verdict>(format, streams.out)?),
    };
    let mut code = exit::ANSWERED;
    for file in files {
        let start = Instant::now();
        let needs_set = common.key().is_some() && !open::is_held(&file);
        let held = if needs_set { open::hold_set_of(&file)? } else { None };
        let is_unsigned = needs_set && held.is_none();
        let mut verdict = verify(held.unwrap_or(file))?;
        if is_unsigned && verdict.ok {
            verdict.ok = false;
            verdict.message = Some(format!(
                "{}: no signature says who made it, for no set of a published folder names it: publish \
                 it, and name the folder",
                verdict.file
            ));
        }
        let elapsed = start.elapsed();
        if !verdict.ok {
            code = exit::BAD_DATA;
        }
        if let Some(records) = &mut records {
            records.write(streams.out, &verdict)?;
            continue;
        }
        let palette = streams.palette();
        let name = shown(&verdict.file);
        match (&verdict.message, verdict.bytes) {
            (Some(message), _) => {
                writeln!(streams.out, "{} {}", palette.bad("NOT OK"), shown(message))?;
            }
            (None, size) => {
                let size = bytes(size.unwrap_or_default());
                let time = format!("{size}, {:.1} ms", elapsed.as_secs_f64() * 1000.0);
                writeln!(streams.out, "{} {name} ({time})", palette.good("ok"))?;
            }
        }
    }
    match records {
        Some(records) => records.finish(streams.out)?,
        None if common.key().is_some() && code == exit::ANSWERED => {
            let palette = streams.palette();
            for (source, number) in open::held_sets() {
                let name = shown(&source.display().to_string()).into_owned();
                let said = format!("set {number}, signed with the key that was given");
                writeln!(streams.out, "{} {name} ({said})", palette.good("ok"))?;
            }
        }
        None => {}
    }
    Ok(code)
}

/// Opens a file and verifies it on all cores.
fn at_once(file: &Path) -> Result<Terminology, Failure> {
    let terminology = open::map_by_itself(&[file], Verification::FirstUse)?;
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    terminology.verify_at_once(|parts, part| {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..threads.min(parts) {
                scope.spawn(|| {
                    let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
                    numbers.take_while(|number| *number < parts).for_each(part);
                });
            }
        });
    })?;
    Ok(terminology)
}

fn verify(file: PathBuf) -> Result<Verdict, Failure> {
    let mut verdict = Verdict {
        file: file.display().to_string(),
        ok: false,
        bytes: None,
        section: None,
        at: None,
        message: None,
    };
    // What is damaged is told as every other way to open it tells it.
    let opened = at_once(&file).or_else(|_| open::map_by_itself(&[file], Verification::Full));
    let held = opened.and_then(|terminology| {
        open::hold_sums(&terminology)?;
        Ok(terminology)
    });
    match held {
        Ok(terminology) => {
            verdict.ok = true;
            verdict.bytes = terminology.files().first().map(|file| file.header().file_length);
        }
        Err(Failure::Index(error)) => {
            let corrupt = error.corrupt();
            verdict.section =
                corrupt.and_then(|corrupt| corrupt.section).map(|section| section.to_string());
            verdict.at = corrupt.map(|corrupt| corrupt.at);
            verdict.message = Some(error.to_string());
        }
        Err(Failure::Set(error @ SetError::Differs { .. })) => {
            verdict.message = Some(error.to_string());
        }
        Err(other) => return Err(other),
    }
    Ok(verdict)
}
