//! What each part of an expression constraint gives.

use farr::ecl::{Amount, Ecl, ExplainedPart};
use serde::Serialize;

use super::settings::{Settings, failure, warn};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::grouped;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// A part.
#[derive(Debug, Serialize)]
struct Part {
    /// How many parts it lies within.
    depth: usize,
    kind: &'static str,
    text: String,
    /// Where it stands, in bytes of the expression.
    start: usize,
    end: usize,
    count: usize,
    /// Of what: `concepts` or `rows`.
    of: &'static str,
}

impl From<ExplainedPart> for Part {
    fn from(part: ExplainedPart) -> Part {
        Part {
            depth: part.depth,
            kind: part.kind.code(),
            text: part.text,
            start: part.span.start,
            end: part.span.end,
            count: part.amount.count(),
            of: match part.amount {
                Amount::Concepts(_) => "concepts",
                Amount::Rows(_) => "rows",
            },
        }
    }
}

impl Record for Part {
    const COLUMNS: &'static [&'static str] =
        &["depth", "kind", "text", "start", "end", "count", "of"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.depth.to_string(),
            self.kind.to_owned(),
            self.text.clone(),
            self.start.to_string(),
            self.end.to_string(),
            self.count.to_string(),
            self.of.to_owned(),
        ]
    }
}

/// Explains.
pub(super) fn explain(
    ecl: &Ecl,
    settings: &Settings,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("ecl --explain", &Format::WITHOUT_CODES)?;
    let terminology = open::for_one_question(common)?;
    let explained = terminology.ask(|snomed| settings.evaluation(snomed).explain(ecl))?;
    let explanation = explained.map_err(|error| failure(&error, ecl, streams))?;
    warn(&explanation.warnings, ecl, streams);
    let parts = explanation.parts.into_iter().map(Part::from);
    if common.format != Format::Table {
        let mut records = RecordWriter::begin::<Part>(common.format, streams.out)?;
        for part in parts {
            records.write(streams.out, &part)?;
        }
        records.finish(streams.out)?;
        return Ok(exit::ANSWERED);
    }
    let mut table =
        Table::new(&[("concepts", Look::Number), ("what", Look::Short), ("part", Look::Term)]);
    for part in parts {
        let count = grouped(part.count as u64);
        let count = match part.of {
            "rows" => format!("{count} rows"),
            _ => count,
        };
        table.row([count, part.kind.to_owned(), "  ".repeat(part.depth) + &part.text]);
    }
    streams.table(&table)?;
    Ok(exit::ANSWERED)
}
