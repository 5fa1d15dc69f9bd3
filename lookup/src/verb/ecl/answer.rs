//! The concepts that satisfy an expression constraint, or the rows that it selects.

use std::io::Write as _;

use farr::dmd::Level;
use farr::ecl::{Ecl, EvaluationError, Finding, Selection};
use farr::index::OpenError;
use farr::snomed::ConceptSet;
use farr::{Concept, Dialect, Sctid, Terminology};
use serde::Serialize;

use super::settings::{failure, warn};
use super::{Arguments, Sort};
use crate::card::field::{FieldCard, as_object};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::grouped;
use crate::output::records::{Record, RecordWriter, json_value};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// Concepts that are described in one go: their terms are held in memory.
const CHUNK: usize = 4096;
/// Lines of a table on the screen, unless more are asked for.
const SCREENFUL: usize = 20;

/// An answer, gathered: how many in all, and those that are to be written.
enum Answer {
    Concepts(usize, Vec<Sctid>),
    Rows(usize, Vec<Row>, Vec<String>),
}

impl Answer {
    fn total(&self) -> usize {
        match self {
            Answer::Concepts(total, _) | Answer::Rows(total, ..) => *total,
        }
    }

    fn written(&self) -> usize {
        match self {
            Answer::Concepts(_, ids) => ids.len(),
            Answer::Rows(_, rows, _) => rows.len(),
        }
    }

    fn more(&self) -> bool {
        self.written() < self.total()
    }

    /// The name of the list in JSON.
    fn key(&self) -> &'static str {
        match self {
            Answer::Concepts(..) => "concepts",
            Answer::Rows(..) => "rows",
        }
    }
}

/// A concept of the answer.
#[derive(Debug, Serialize)]
struct Found {
    id: String,
    /// Its preferred term.
    term: Option<String>,
    fully_specified_name: Option<String>,
    semantic_tag: Option<String>,
    active: bool,
}

impl Found {
    fn of(concept: Concept<'_>, dialect: Dialect) -> Found {
        Found {
            id: concept.id().to_string(),
            term: concept.preferred_term(dialect).map(|term| term.text().to_owned()),
            fully_specified_name: concept.fully_specified_name().map(|name| name.term().to_owned()),
            semantic_tag: concept.semantic_tag().map(str::to_owned),
            active: concept.is_active(),
        }
    }
}

impl Record for Found {
    const COLUMNS: &'static [&'static str] =
        &["id", "term", "fully_specified_name", "semantic_tag", "active"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.term.clone().unwrap_or_default(),
            self.fully_specified_name.clone().unwrap_or_default(),
            self.semantic_tag.clone().unwrap_or_default(),
            self.active.to_string(),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.id.clone())
    }
}

/// A concept in Markdown, which people read.
#[derive(Debug, Serialize)]
struct Line(Found);

impl Record for Line {
    const COLUMNS: &'static [&'static str] = &["id", "term"];

    fn cells(&self) -> Vec<String> {
        let term = self.0.term.as_ref().or(self.0.fully_specified_name.as_ref());
        vec![self.0.id.clone(), term.cloned().unwrap_or_default()]
    }
}

/// Only the id of a concept.
#[derive(Debug, Serialize)]
struct Code(String);

impl Record for Code {
    const COLUMNS: &'static [&'static str] = &["id"];

    fn cells(&self) -> Vec<String> {
        vec![self.0.clone()]
    }

    fn code(&self) -> Option<String> {
        Some(self.0.clone())
    }
}

/// A row of selected fields.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Row {
    /// By name, in the order selected; an object in JSON.
    #[serde(serialize_with = "as_object")]
    fields: Vec<(String, Option<FieldCard>)>,
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] = &[];

    fn cells(&self) -> Vec<String> {
        let fields = self.fields.iter();
        fields.map(|(_, value)| value.as_ref().map(FieldCard::cell).unwrap_or_default()).collect()
    }
}

/// How many there are.
#[derive(Debug, Serialize)]
struct Total {
    total: usize,
}

impl Record for Total {
    const COLUMNS: &'static [&'static str] = &["total"];

    fn cells(&self) -> Vec<String> {
        vec![self.total.to_string()]
    }
}

/// What stands before the list in JSON.
#[derive(Debug, Serialize)]
struct Heading {
    /// The expression in brief form.
    expression: String,
    /// How many there are, whether or not all of them are written.
    total: usize,
    /// Whether there are more than are written.
    more: bool,
    warnings: Vec<Warning>,
}

/// A finding that is no error.
#[derive(Debug, Serialize)]
struct Warning {
    code: &'static str,
    message: String,
    /// Where it stands, in bytes of the expression.
    start: usize,
    end: usize,
}

impl From<&Finding> for Warning {
    fn from(finding: &Finding) -> Warning {
        Warning {
            code: finding.kind.code(),
            message: finding.to_string(),
            start: finding.span.start,
            end: finding.span.end,
        }
    }
}

/// Evaluates an expression and writes the answer.
pub(super) fn answer(
    ecl: &Ecl,
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    if arguments.count {
        common.format.require("ecl --count", &Format::WITHOUT_CODES)?;
    }
    let terminology = open::for_one_question(common)?;
    let unlimited = if common.format == Format::Table { SCREENFUL } else { usize::MAX };
    let limit = match arguments.count {
        true => 0,
        false => arguments.limit.map_or(unlimited, |limit| limit as usize),
    };
    let gathered = gather(&terminology, ecl, arguments, limit, common.dialect)?;
    let (answer, warnings) = gathered.map_err(|stopped| match stopped {
        Stopped::Evaluation(error) => failure(&error, ecl, streams),
        Stopped::Absent(what) => OpenError::Absent { what }.into(),
        Stopped::RowsHaveNoLevel => Failure::Usage(
            "--dmd-level: the expression selects rows of reference sets, which have no level"
                .to_owned(),
        ),
    })?;
    if arguments.count {
        warn(&warnings, ecl, streams);
        return count(answer.total(), common.format, streams);
    }
    if let Answer::Rows(_, _, fields) = &answer
        && matches!(common.format, Format::Codes | Format::SqlIn)
    {
        return Err(Failure::Usage(format!(
            "the answer is rows of {}, not concepts: it has no codes to list; see --format",
            fields.join(", ")
        )));
    }
    warn(&warnings, ecl, streams);
    if common.format == Format::Json {
        let heading = Heading {
            expression: ecl.to_string(),
            total: answer.total(),
            more: answer.more(),
            warnings: warnings.iter().map(Warning::from).collect(),
        };
        let heading = serde_json::to_string(&heading).map_err(std::io::Error::other)?;
        // The list belongs within the braces.
        let opened = heading.strip_suffix('}').unwrap_or(&heading);
        write!(streams.out, "{opened},\"{}\":", answer.key())?;
    }
    match &answer {
        Answer::Concepts(_, ids) => concepts(&terminology, ids, common, streams)?,
        Answer::Rows(_, rows, fields) => self::rows(rows, fields, common.format, streams)?,
    }
    if common.format == Format::Json {
        streams.out.write_all(b"}\n")?;
    }
    if answer.more() {
        let (first, total) = (answer.written(), grouped(answer.total() as u64));
        let text = format!("the first {first} of {total} {}: see --limit", answer.key());
        streams.note(&text);
    } else if answer.total() == 0 && common.format == Format::Table {
        streams.note(match answer {
            Answer::Concepts(..) => "no concept satisfies it",
            Answer::Rows(..) => "no row satisfies it",
        });
    }
    Ok(exit::ANSWERED)
}

/// Why there is no answer.
enum Stopped {
    Evaluation(EvaluationError),
    /// A code system that is asked for is not open.
    Absent(&'static str),
    RowsHaveNoLevel,
}

/// Evaluates, and gathers what is to be written.
fn gather(
    terminology: &Terminology,
    ecl: &Ecl,
    arguments: &Arguments,
    limit: usize,
    dialect: Dialect,
) -> Result<Result<(Answer, Vec<Finding>), Stopped>, Failure> {
    let levels: Vec<Level> = arguments.dmd_level.iter().map(|level| (*level).into()).collect();
    let gathered = terminology.ask_systems(|systems| {
        let Some(snomed) = systems.snomed() else { return Err(Stopped::Absent("SNOMED CT")) };
        let products = match (levels.is_empty(), systems.dmd()) {
            (true, _) => None,
            (false, None) => return Err(Stopped::Absent("dm+d")),
            (false, Some(dmd)) => Some(dmd.concepts(snomed, &levels, false)),
        };
        let evaluation = arguments.settings.evaluation(snomed);
        let selected = evaluation.select(ecl).map_err(Stopped::Evaluation)?;
        let answer = match (selected.concepts, products) {
            (Selection::Concepts(set), products) => {
                let set = match products {
                    Some(products) => set.intersection(&products).ok_or(Stopped::Absent("dm+d"))?,
                    None => set,
                };
                Answer::Concepts(set.len(), first_ids(&set, arguments.sort, limit, dialect))
            }
            (Selection::Rows(_), Some(_)) => return Err(Stopped::RowsHaveNoLevel),
            (Selection::Rows(selected), None) => {
                let rows = selected.rows.iter().take(limit).map(|values| {
                    let values = values.iter().map(|value| {
                        value.and_then(|value| FieldCard::of_selected(snomed, value, dialect))
                    });
                    Row { fields: selected.fields.iter().cloned().zip(values).collect() }
                });
                Answer::Rows(selected.rows.len(), rows.collect(), selected.fields.clone())
            }
        };
        Ok((answer, selected.warnings))
    })?;
    Ok(gathered)
}

/// The ids in an order, as many as are wanted.
fn first_ids(set: &ConceptSet<'_>, sort: Sort, limit: usize, dialect: Dialect) -> Vec<Sctid> {
    if limit == 0 {
        return Vec::new();
    }
    let mut ids: Vec<Sctid> = match sort {
        Sort::None => set.ids().take(limit).collect(),
        Sort::Id => set.sorted_ids(),
        Sort::Term => {
            let mut named: Vec<(String, Sctid)> = set
                .iter()
                .map(|concept| {
                    let term = concept.preferred_term(dialect);
                    (term.map_or_else(String::new, |term| term.text().to_lowercase()), concept.id())
                })
                .collect();
            named.sort_unstable();
            named.into_iter().map(|(_, id)| id).collect()
        }
    };
    ids.truncate(limit);
    ids
}

fn count(total: usize, format: Format, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    match format {
        Format::Table => writeln!(streams.out, "{total}")?,
        Format::Json | Format::Jsonl => json_value(streams.out, format, &Total { total })?,
        format => {
            let mut records = RecordWriter::begin::<Total>(format, streams.out)?;
            records.write(streams.out, &Total { total })?;
            records.finish(streams.out)?;
        }
    }
    Ok(exit::ANSWERED)
}

/// Writes concepts, described a chunk at a time.
fn concepts(
    terminology: &Terminology,
    ids: &[Sctid],
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let Common { format, dialect, .. } = *common;
    let mut table = Table::new(&[("id", Look::Id), ("term", Look::Term), ("tag", Look::Short)]);
    let mut records = match format {
        Format::Table => None,
        Format::Markdown => Some(RecordWriter::begin::<Line>(format, streams.out)?),
        format => Some(RecordWriter::begin::<Found>(format, streams.out)?),
    };
    if let (Some(records), Format::Codes | Format::SqlIn) = (&mut records, format) {
        ids.iter().try_for_each(|id| records.write(streams.out, &Code(id.to_string())))?;
    } else {
        for chunk in ids.chunks(CHUNK) {
            let found: Vec<Found> = terminology.ask(|snomed| {
                let concepts = chunk.iter().filter_map(|id| snomed.concept(*id));
                concepts.map(|concept| Found::of(concept, dialect)).collect()
            })?;
            for found in found {
                match (&mut records, format) {
                    (None, _) => table.row(cells_of(found)),
                    (Some(records), Format::Markdown) => {
                        records.write(streams.out, &Line(found))?;
                    }
                    (Some(records), _) => records.write(streams.out, &found)?,
                }
            }
        }
    }
    match records {
        Some(records) => records.finish(streams.out)?,
        None => draw(&table, streams)?,
    }
    Ok(())
}

/// The cells of a concept in a table for reading.
fn cells_of(found: Found) -> [String; 3] {
    let tag = found.semantic_tag.unwrap_or_default();
    let tag = match found.active {
        true => tag,
        false => format!("{tag} INACTIVE").trim_start().to_owned(),
    };
    [found.id, found.term.or(found.fully_specified_name).unwrap_or_default(), tag]
}

/// Writes rows.
fn rows(
    rows: &[Row],
    fields: &[String],
    format: Format,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let names: Vec<&str> = fields.iter().map(String::as_str).collect();
    if format != Format::Table {
        let mut records = RecordWriter::begin_with(format, &names, streams.out)?;
        rows.iter().try_for_each(|row| records.write(streams.out, row))?;
        return Ok(records.finish(streams.out)?);
    }
    let columns: Vec<(&str, Look)> = names.iter().map(|name| (*name, Look::Term)).collect();
    let mut table = Table::new(&columns);
    for row in rows {
        let fields = row.fields.iter();
        table
            .row(fields.map(|(_, value)| value.as_ref().map(FieldCard::shown).unwrap_or_default()));
    }
    draw(&table, streams)
}

fn draw(table: &Table, streams: &mut Streams<'_>) -> Result<(), Failure> {
    Ok(streams.table(table)?)
}
