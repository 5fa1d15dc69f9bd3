//! `farr rules check`: everything that is wrong with packs.

use std::io::Write as _;
use std::path::Path;

use clap::Args;
use farr::Terminology;
use farr::coding::Validator;
use farr_codelists::Place;
use farr_codelists::rules::{self, Amiss, NamedBinding, RulePack, Shown};
use serde::Serialize;

use super::refused;
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::counted;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
use crate::streams::Streams;

/// What a binding names and a release has otherwise: how many of these are told one by one.
const TOLD: usize = 20;

/// Everything that is wrong with rule packs, one problem a line: FILE:LINE:COLUMN: what
///
/// With --index (or FARR_INDEX) also whether each binding can be joined with the releases opened, and
/// what it names that they do not have, have inactive or call otherwise: a constraint over an inactive
/// concept comes to nothing, and refuses every code. The examples of a pack are held to
/// what they state; those that need a release that is not open are counted and not judged.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The packs: files, or names of packs that come with farr
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

/// A problem.
#[derive(Debug, Serialize)]
struct Row {
    file: String,
    line: u64,
    column: u64,
    /// The binding, where the pack can be read.
    binding: Option<String>,
    message: String,
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] = &["file", "line", "column", "binding", "message"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.column.to_string(),
            self.binding.clone().unwrap_or_default(),
            self.message.clone(),
        ]
    }
}

/// What was looked at.
#[derive(Debug, Default)]
struct Tally {
    bindings: usize,
    examples: usize,
    undecided: usize,
}

/// Checks and writes.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("rules check", &Format::WITHOUT_CODES)?;
    let indexed =
        !common.index.is_empty() || std::env::var_os(open::VARIABLE).is_some_and(|v| !v.is_empty());
    let terminology = match indexed {
        true => open::for_one_question(common)?,
        // Systems without a release can be asked all the same: NHS numbers.
        false => Terminology::open(Vec::<&str>::new())?,
    };
    let mut rows = Vec::new();
    let mut tally = Tally::default();
    for file in &arguments.files {
        match rules::named(file) {
            Ok(pack) => of_pack(file, &pack, &terminology, indexed, &mut rows, &mut tally)?,
            Err(error) if error.is_unread() => return Err(refused(&error)),
            Err(error) => rows.extend(
                error
                    .problems
                    .into_iter()
                    .map(|problem| row(&error.file, problem.place, None, problem.message)),
            ),
        }
    }
    if common.format == Format::Table {
        for row in &rows {
            let text = format!("{}:{}:{}: {}", row.file, row.line, row.column, row.message);
            writeln!(streams.out, "{}", shown(&text))?;
        }
        streams.note(&summary(&rows, &tally));
    } else {
        let mut records = RecordWriter::begin::<Row>(common.format, streams.out)?;
        for row in &rows {
            records.write(streams.out, row)?;
        }
        records.finish(streams.out)?;
    }
    Ok(if rows.is_empty() { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn row(file: &str, place: Option<Place>, binding: Option<&NamedBinding>, message: String) -> Row {
    let Place { line, column } = place.unwrap_or(Place { line: 1, column: 1 });
    let binding = binding.map(|binding| binding.name().to_owned());
    Row { file: file.to_owned(), line, column, binding, message }
}

/// What a binding names and the release has otherwise, where it stands.
fn of_amiss(pack: &str, named: &NamedBinding, told: &Amiss) -> Row {
    let beside = |file: &String| Path::new(pack).with_file_name(file).display().to_string();
    let file = told.file.as_ref().map_or_else(|| pack.to_owned(), beside);
    let message = format!("the binding {:?}: {told}", named.name()).replace('\n', " ");
    row(&file, Some(told.place), Some(named), message)
}

/// Joins each binding with the releases opened, and holds its examples to what they state.
fn of_pack(
    file: &str,
    pack: &RulePack,
    terminology: &Terminology,
    indexed: bool,
    rows: &mut Vec<Row>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    terminology.ask_systems(|systems| {
        for named in pack.bindings() {
            tally.bindings += 1;
            tally.examples += named.examples().len();
            let validator = match Validator::of(systems, named.binding()) {
                Ok(validator) => validator,
                Err(error) => {
                    tally.undecided += named.examples().len();
                    if indexed {
                        let message = error.to_string().replace('\n', " ");
                        let message =
                            format!("the binding {:?} cannot be joined: {message}", named.name());
                        rows.push(row(file, Some(named.place()), Some(named), message));
                    }
                    continue;
                }
            };
            if indexed {
                // What it names, where the release has it otherwise.
                let amiss = named.amiss_in(systems);
                rows.extend(amiss.iter().take(TOLD).map(|told| of_amiss(file, named, told)));
                if let Some(more) = amiss.len().checked_sub(TOLD).filter(|more| *more > 0) {
                    let message =
                        format!("the binding {:?}: and {more} more like these", named.name());
                    rows.push(row(file, Some(named.place()), Some(named), message));
                }
            }
            for example in named.examples() {
                match example.shown_by(&validator) {
                    Shown::AsStated => {}
                    Shown::Otherwise(message) => {
                        let message = format!("the example does not hold: {message}");
                        rows.push(row(file, Some(example.place), Some(named), message));
                    }
                    _ => tally.undecided += 1,
                }
            }
        }
    })?;
    Ok(())
}

fn summary(rows: &[Row], tally: &Tally) -> String {
    let bindings = counted(tally.bindings, "binding", "bindings");
    let examples = counted(tally.examples, "example", "examples");
    let found = match rows.len() {
        0 => "nothing is wrong".to_owned(),
        problems => counted(problems, "problem", "problems"),
    };
    match tally.undecided {
        0 => format!("{bindings}, {examples}: {found}"),
        undecided => format!(
            "{bindings}, {examples} ({undecided} not judged: no index that decides is open): {found}"
        ),
    }
}
