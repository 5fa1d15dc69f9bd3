//! `farr refset`: which refsets there are, and the rows of one.

use std::io::Write as _;

use clap::Args;
use farr::snomed::{Component, Field, Member, Refset};
use farr::{Dialect, Sctid, Snomed};
use serde::Serialize;

use crate::card::concept::Named;
use crate::card::field::{FieldCard, as_object, named};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::{date, grouped};
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// Rows that are asked for in one go: they are held in memory.
const CHUNK: usize = 4096;
/// Rows of a table on the screen, unless more are asked for.
const SCREENFUL: usize = 20;

/// List the reference sets of the release, or the rows of one
///
/// Without an id: every reference set, how many active and inactive rows it has, and its fields.
/// With one: its active rows by referenced component, with all fields by their published names. A
/// table shows the first 20 rows; the other formats write all, unless --limit says otherwise.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr refset
      The reference sets of the release
  farr refset 447562003 --limit 50
      The first rows of the map to ICD-10
  farr refset 447562003 --of 24700007 --fields mapGroup,mapPriority,mapTarget
      The rows of one concept
  farr refset 999002271000000101 --format csv > map.csv
  farr refset 99100001000000108 --format codes | farr lookup
      The cards of its members

Exits with 1 where the release has no rows of this reference set, or none of this component.")]
pub(crate) struct Arguments {
    /// The reference set; all are listed unless one is named
    #[arg(value_name = "ID", value_parser = published)]
    id: Option<Sctid>,

    /// How many rows at most
    #[arg(long, short = 'n', value_name = "N", requires = "id")]
    limit: Option<u32>,

    /// Inactive rows too, behind the active ones
    #[arg(long, requires = "id", conflicts_with = "of")]
    inactive: bool,

    /// Only these fields, by their published names
    #[arg(long, value_name = "NAME", value_delimiter = ',', requires = "id")]
    fields: Vec<String>,

    /// Only the active rows of this component
    #[arg(long, value_name = "CODE", requires = "id")]
    of: Option<Sctid>,
}

/// A refset.
#[derive(Debug, Serialize)]
struct Summary {
    id: String,
    /// The preferred term of its concept; `None` where the release does not have that.
    name: Option<String>,
    members: usize,
    inactive_members: usize,
    /// What its active rows reference: `concept`, `description`, `other`.
    components: Vec<&'static str>,
    fields: Vec<SummaryField>,
}

/// A field of a refset.
#[derive(Debug, Serialize)]
struct SummaryField {
    name: String,
    /// `component`, `integer` or `string`.
    #[serde(rename = "type")]
    field_type: &'static str,
    /// What the refset descriptor says it means.
    description: Option<String>,
}

impl Summary {
    fn of(refset: Refset<'_>, dialect: Dialect) -> Summary {
        let kinds = refset.component_kinds();
        let words = [
            (kinds.concepts, "concept"),
            (kinds.descriptions, "description"),
            (kinds.others, "other"),
        ];
        let term = |component: Component<'_>| {
            Some(component.concept()?.preferred_term(dialect)?.text().to_owned())
        };
        let fields = refset.fields().map(|field: Field<'_>| SummaryField {
            name: field.name().to_owned(),
            field_type: match field.field_type() {
                farr::snomed::FieldType::Component => "component",
                farr::snomed::FieldType::Integer => "integer",
                farr::snomed::FieldType::String => "string",
            },
            description: field.descriptor().and_then(|descriptor| term(descriptor.description)),
        });
        Summary {
            id: refset.id().to_string(),
            name: refset.concept().and_then(|concept| term(concept.into())),
            members: refset.len(),
            inactive_members: refset.inactive_len(),
            components: words.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect(),
            fields: fields.collect(),
        }
    }

    fn field_names(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        names.join(" ")
    }
}

impl Record for Summary {
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "members", "inactive_members", "components", "fields"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.name.clone().unwrap_or_default(),
            self.members.to_string(),
            self.inactive_members.to_string(),
            self.components.join(" "),
            self.field_names(),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.id.clone())
    }
}

/// A row of a refset.
#[derive(Debug, Serialize)]
struct Row {
    refset_id: String,
    member_id: String,
    active: bool,
    effective_time: Option<String>,
    module_id: Option<String>,
    referenced_component: Option<Named>,
    /// By name, in the order of the file; an object in JSON.
    #[serde(serialize_with = "as_object")]
    fields: Vec<(String, Option<FieldCard>)>,
}

impl Row {
    fn of(snomed: Snomed<'_>, member: Member<'_>, fields: &[String], dialect: Dialect) -> Row {
        let values = fields.iter().map(|name| {
            let value = member.field(name).map(|value| FieldCard::of(snomed, value, dialect));
            (name.clone(), value)
        });
        Row {
            refset_id: member.refset().id().to_string(),
            member_id: member.id().to_string(),
            active: member.is_active(),
            effective_time: member.effective_time().map(date),
            module_id: member.module().map(|module| module.to_string()),
            referenced_component: named(snomed, member.referenced_component(), dialect),
            fields: values.collect(),
        }
    }

    fn component_id(&self) -> Option<&str> {
        self.referenced_component.as_ref().map(|named| named.id.as_str())
    }

    fn term(&self) -> &str {
        let term = self.referenced_component.as_ref().and_then(|named| named.term.as_deref());
        term.unwrap_or_default()
    }
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] = &[
        "refset_id",
        "member_id",
        "active",
        "effective_time",
        "module_id",
        "referenced_component_id",
        "referenced_component_term",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![
            self.refset_id.clone(),
            self.member_id.clone(),
            self.active.to_string(),
            self.effective_time.clone().unwrap_or_default(),
            self.module_id.clone().unwrap_or_default(),
            self.component_id().unwrap_or_default().to_owned(),
            self.term().to_owned(),
        ];
        let fields = self.fields.iter();
        cells.extend(
            fields.map(|(_, value)| value.as_ref().map(FieldCard::cell).unwrap_or_default()),
        );
        cells
    }

    fn code(&self) -> Option<String> {
        self.component_id().map(str::to_owned)
    }
}

/// Lists refsets, or the rows of one.
/// An id as typed: releases have refsets with ids whose check digit is wrong.
fn published(text: &str) -> Result<Sctid, String> {
    Sctid::parse_as_published(text).map_err(|error| error.to_string())
}

pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    match arguments.id {
        None => list(common, streams),
        Some(id) => rows(id, &arguments, common, streams),
    }
}

fn list(common: &Common, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let terminology = open::for_one_question(common)?;
    let dialect = common.dialect;
    let summaries = terminology.ask(|snomed| {
        snomed.refsets().map(|refset| Summary::of(refset, dialect)).collect::<Vec<_>>()
    })?;
    if common.format == Format::Table {
        let mut table = Table::new(&[
            ("id", Look::Id),
            ("name", Look::Term),
            ("active", Look::Number),
            ("inactive", Look::Number),
            ("fields", Look::Term),
        ]);
        for summary in &summaries {
            table.row([
                summary.id.clone(),
                summary.name.clone().unwrap_or_else(|| "(not in this release)".to_owned()),
                grouped(summary.members as u64),
                grouped(summary.inactive_members as u64),
                summary.field_names(),
            ]);
        }
        streams.table(&table)?;
        return Ok(exit::ANSWERED);
    }
    let mut records = RecordWriter::begin::<Summary>(common.format, streams.out)?;
    summaries.iter().try_for_each(|summary| records.write(streams.out, summary))?;
    records.finish(streams.out)?;
    Ok(exit::ANSWERED)
}

/// What is known of a refset before its rows are read.
struct Heading {
    name: Option<String>,
    fields: Vec<String>,
    total: usize,
}

fn rows(
    id: Sctid,
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let terminology = open::for_one_question(common)?;
    let dialect = common.dialect;
    let heading = terminology.ask(|snomed| {
        let refset = snomed.refset(id)?;
        let name = refset.concept().and_then(|concept| concept.preferred_term(dialect));
        let active = match arguments.of {
            Some(of) => refset.members_of(snomed.component(of)).len(),
            None => refset.len(),
        };
        let inactive = if arguments.inactive { refset.inactive_len() } else { 0 };
        Some(Heading {
            name: name.map(|term| term.text().to_owned()),
            fields: refset.fields().map(|field| field.name().to_owned()).collect(),
            total: active + inactive,
        })
    })?;
    let Some(mut heading) = heading else {
        let wrong = id.check().err().map(|error| format!("; {error}")).unwrap_or_default();
        let told = format!("{id}: the release has no rows of this refset{wrong}");
        return Err(Failure::NotFound(told));
    };
    if let Some(unknown) = arguments.fields.iter().find(|name| !heading.fields.contains(name)) {
        let known = match heading.fields.as_slice() {
            [] => "it has none".to_owned(),
            names => format!("it has {}", names.join(", ")),
        };
        return Err(Failure::Usage(format!("{id} has no field {unknown}; {known}")));
    }
    // A refset with rows in two kinds of file may have two fields of one name.
    heading.fields.dedup();
    if !arguments.fields.is_empty() {
        heading.fields.clone_from(&arguments.fields);
    }
    let unlimited = if common.format == Format::Table { SCREENFUL } else { usize::MAX };
    let limit = arguments.limit.map_or(unlimited, |limit| limit as usize).min(heading.total);
    let mut screen = Screen::of(common.format, &heading, streams)?;
    let mut written = 0;
    while written < limit {
        let count = (limit - written).min(CHUNK);
        let rows = terminology.ask(|snomed| {
            let Some(refset) = snomed.refset(id) else { return Vec::new() };
            let inactive = refset.inactive_members();
            let active = match arguments.of {
                Some(of) => refset.members_of(snomed.component(of)),
                None => refset.members(),
            };
            let behind = written.saturating_sub(active.len());
            let members = active.skip(written).chain(inactive.skip(behind)).take(count);
            members
                .map(|member| Row::of(snomed, member, &heading.fields, dialect))
                .collect::<Vec<_>>()
        })?;
        if rows.is_empty() {
            break;
        }
        written += rows.len();
        rows.iter().try_for_each(|row| screen.show(row, streams))?;
    }
    screen.finish(streams)?;
    if written < heading.total {
        let total = grouped(heading.total as u64);
        streams.note(&format!("the first {written} of {total} rows: see --limit"));
    }
    Ok(if heading.total > 0 { exit::ANSWERED } else { exit::NOT_FOUND })
}

/// Rows on their way out: as a table, or as records.
enum Screen {
    Table(Table),
    Records {
        writer: RecordWriter,
        /// In a list of codes, the last one: a component with several rows stands there once.
        last: Option<String>,
        codes: bool,
    },
}

impl Screen {
    fn of(format: Format, heading: &Heading, streams: &mut Streams<'_>) -> Result<Screen, Failure> {
        if format != Format::Table {
            let mut columns = Row::COLUMNS.to_vec();
            columns.extend(heading.fields.iter().map(String::as_str));
            let writer = RecordWriter::begin_with(format, &columns, streams.out)?;
            let codes = matches!(format, Format::Codes | Format::SqlIn);
            return Ok(Screen::Records { writer, last: None, codes });
        }
        if let Some(name) = &heading.name {
            let heading = streams.palette().heading(&crate::output::text::shown(name));
            writeln!(streams.out, "{heading}")?;
        }
        let mut columns = vec![("component", Look::Id), ("term", Look::Term)];
        columns.extend(heading.fields.iter().map(|name| (name.as_str(), Look::Term)));
        columns.push(("effective", Look::Short));
        Ok(Screen::Table(Table::new(&columns)))
    }

    fn show(&mut self, row: &Row, streams: &mut Streams<'_>) -> Result<(), Failure> {
        match self {
            Screen::Table(table) => {
                let mut cells = vec![row.component_id().unwrap_or_default().to_owned()];
                cells.push(row.term().to_owned());
                let fields = row.fields.iter();
                cells
                    .extend(fields.map(|(_, value)| {
                        value.as_ref().map(FieldCard::shown).unwrap_or_default()
                    }));
                let time = row.effective_time.clone().unwrap_or_default();
                cells.push(match row.active {
                    true => time,
                    false => format!("{time} INACTIVE").trim_start().to_owned(),
                });
                table.row(cells);
            }
            Screen::Records { writer, last, codes } => {
                let code = row.component_id();
                if *codes && last.as_deref() == code {
                    return Ok(());
                }
                *last = code.map(str::to_owned);
                writer.write(streams.out, row)?;
            }
        }
        Ok(())
    }

    fn finish(self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        match self {
            Screen::Table(table) => streams.table(&table)?,
            Screen::Records { writer, .. } => writer.finish(streams.out)?,
        }
        Ok(())
    }
}
