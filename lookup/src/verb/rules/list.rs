//! `farr rules list`: packs and their bindings, each with its source.

use clap::Args;
use farr_codelists::rules::{self, NamedBinding};
use serde::Serialize;

use super::refused;
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// The packs that come with farr and their bindings, with their sources and how sure those are
///
/// published: who owns the rule says it in public. second-hand: somebody else says that it is so, the
/// code of a system that follows the rule, say. ours: nobody says it. What a source does not say of a
/// binding is in the column ours.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Only these packs, or those of a file
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
}

/// A binding.
#[derive(Debug, Serialize)]
struct Row {
    pack: String,
    binding: String,
    title: String,
    systems: Vec<&'static str>,
    sure: &'static str,
    source: String,
    url: Option<String>,
    ours: Vec<String>,
}

impl Row {
    fn of(pack: &str, binding: &NamedBinding) -> Row {
        let source = binding.source();
        Row {
            pack: pack.to_owned(),
            binding: binding.name().to_owned(),
            title: binding.title().to_owned(),
            systems: binding.systems().iter().map(|system| system.word()).collect(),
            sure: source.sure.word(),
            source: source.title.clone(),
            url: source.url.clone(),
            ours: source.ours.clone(),
        }
    }
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] =
        &["pack", "binding", "title", "systems", "sure", "source", "url", "ours"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.pack.clone(),
            self.binding.clone(),
            self.title.clone(),
            self.systems.join(" "),
            self.sure.to_owned(),
            self.source.clone(),
            self.url.clone().unwrap_or_default(),
            self.ours.join(" "),
        ]
    }
}

/// Lists and writes.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("rules list", &Format::WITHOUT_CODES)?;
    let named: Result<Vec<_>, _> = arguments.packs.iter().map(|name| rules::named(name)).collect();
    let named = named.map_err(|error| refused(&error))?;
    let packs = if arguments.packs.is_empty() { rules::shipped() } else { &named };
    let rows: Vec<Row> = packs
        .iter()
        .flat_map(|pack| pack.bindings().iter().map(|binding| Row::of(pack.name(), binding)))
        .collect();
    if common.format == Format::Table {
        let columns = [
            ("reference", Look::Id),
            ("title", Look::Term),
            ("sure", Look::Short),
            ("source", Look::Term),
        ];
        let mut table = Table::new(&columns);
        for row in &rows {
            let reference = format!("{}#{}", row.pack, row.binding);
            table.row([reference.as_str(), &row.title, row.sure, &row.source]);
        }
        streams.table(&table)?;
    } else {
        let mut records = RecordWriter::begin::<Row>(common.format, streams.out)?;
        for row in &rows {
            records.write(streams.out, row)?;
        }
        records.finish(streams.out)?;
    }
    Ok(exit::ANSWERED)
}
