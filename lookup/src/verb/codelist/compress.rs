//! `farr codelist compress`: a small expression constraint for a list.

use std::io::Write as _;

use clap::Args;
use farr_codelists::{
    Compose, CompressError, Content, Filter, Format as ListFormat, Part, Place, Selection, System,
    ValueSet, compress_concepts, definition_of, write,
};
use serde::Serialize;

use super::expand::{concept_ids, unwritten};
use super::source::{OneList, format};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::counted;
use crate::output::records::json_value;
use crate::streams::Streams;

/// A small expression constraint that comes to exactly the codes of a list
///
/// The expression is evaluated and compared with the list before it is printed. It is exact in the
/// release opened: in the next one, what is included with all below it may have more. Inactive
/// concepts are in no hierarchy, and stand in it alone.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    list: OneList,

    /// Write it as ecl, fhir or definition
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    to: Option<ListFormat>,

    /// What to call the value set that is written
    #[arg(long, value_name = "NAME", requires = "to")]
    name: Option<String>,

    /// No terms behind the ids
    #[arg(long)]
    no_terms: bool,
}

/// The answer as JSON.
#[derive(Debug, Serialize)]
struct Answer {
    expression: String,
    codes: usize,
    operands: usize,
    inactive: Vec<String>,
}

/// Compresses and writes.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("codelist compress", &[Format::Table, Format::Json, Format::Jsonl])?;
    if arguments.to.is_some() && common.format != Format::Table {
        return Err(Failure::Usage("--to and --format each say how to write: give one".to_owned()));
    }
    let source = arguments.list.read()?;
    let terminology = open::for_one_question(common)?;
    let expansion = source.expand(&terminology, common, false, streams)?;
    let ids = concept_ids(&expansion.members, ListFormat::Ecl)?;
    if arguments.to == Some(ListFormat::Definition) {
        let definition = terminology.ask(|snomed| definition_of(snomed, &ids, common.dialect))?;
        let text = write(&Content::Definition(definition), ListFormat::Definition);
        streams.out.write_all(text.map_err(|error| unwritten(&error))?.as_bytes())?;
        return Ok(exit::ANSWERED);
    }
    let dialect = (!arguments.no_terms).then_some(common.dialect);
    let compressed =
        terminology.ask(|snomed| compress_concepts(snomed, &ids, dialect))?.map_err(|error| {
            match error {
                CompressError::Unknown(_) => Failure::NotFound(error.to_string()),
                error => Failure::Input(format!("{}: {error}", source.file)),
            }
        })?;
    if !compressed.inactive.is_empty() {
        let count = counted(compressed.inactive.len(), "concept is", "concepts are");
        streams
            .warn(&format!("{count} inactive, in no hierarchy, and stand alone in the expression"));
    }
    let text = match (arguments.to, common.format) {
        (None, Format::Json | Format::Jsonl) => {
            let answer = Answer {
                expression: compressed.ecl.source().to_owned(),
                codes: ids.len(),
                operands: compressed.shape.len(),
                inactive: compressed.inactive.iter().map(ToString::to_string).collect(),
            };
            json_value(streams.out, common.format, &answer)?;
            return Ok(exit::ANSWERED);
        }
        (Some(ListFormat::ValueSet), _) => {
            let filter = Filter::Constraint(Box::new(compressed.ecl.clone()));
            let part = Part {
                system: System::Snomed.into(),
                version: None,
                selection: Selection::Filters(vec![filter]),
                place: Place { line: 1, column: 1 },
            };
            let set = ValueSet {
                title: arguments.name.clone(),
                compose: Some(Compose { include: vec![part], ..Compose::default() }),
                ..ValueSet::default()
            };
            write(&Content::ValueSet(set), ListFormat::ValueSet)
        }
        (to, _) => write(&Content::Ecl(compressed.ecl.clone()), to.unwrap_or(ListFormat::Ecl)),
    };
    streams.out.write_all(text.map_err(|error| unwritten(&error))?.as_bytes())?;
    let operands = counted(compressed.shape.len(), "operand", "operands");
    streams.note(&format!("{} in {operands}", counted(ids.len(), "code", "codes")));
    Ok(exit::ANSWERED)
}
