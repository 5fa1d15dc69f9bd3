//! `farr codelist expand`: the codes of a list.

use std::collections::BTreeSet;
use std::io::Write as _;

use clap::Args;
use farr::Sctid;
use farr_codelists::{
    Cluster, Code, Codes, Compose, Content, Entry, Format as ListFormat, ListSystem, Member, Part,
    Place, Selection, Standing, System, ValueSet, WriteError, definition_of, write,
};
use serde::Serialize;

use super::source::{OneList, Source, format};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::counted;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// The codes that a list comes to, with their preferred terms
///
/// Codes that are named one by one keep the order of the file. Definitions are expanded by the
/// included and excluded codes nearest above each code, value sets by what they include and exclude,
/// expression constraints by evaluation. The answer is whole, or there is none.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    list: OneList,

    /// Write it as opencodelists, definition, cluster, codes, fhir or ecl
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    to: Option<ListFormat>,

    /// What to call the value set or the cluster that is written
    #[arg(long, value_name = "NAME", requires = "to")]
    name: Option<String>,

    /// Take codes that the release does not have as the file has them
    #[arg(long)]
    keep_unknown: bool,
}

/// A code of a list.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    code: String,
    term: Option<String>,
    system: String,
    status: &'static str,
    stated_term: Option<String>,
}

impl Row {
    fn of(member: &Member) -> Row {
        Row {
            code: member.code.clone(),
            term: member.term.clone(),
            system: member.system.word().to_owned(),
            status: member.standing.code(),
            stated_term: member.stated.clone(),
        }
    }
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] = &["code", "term", "system", "status", "stated_term"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.code.clone(),
            self.term.clone().unwrap_or_default(),
            self.system.clone(),
            self.status.to_owned(),
            self.stated_term.clone().unwrap_or_default(),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.code.clone())
    }
}

/// Expands and writes.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    if arguments.to.is_some() && common.format != Format::Table {
        return Err(Failure::Usage("--to and --format each say how to write: give one".to_owned()));
    }
    let source = arguments.list.read()?;
    let terminology = open::for_one_question(common)?;
    let expansion = source.expand(&terminology, common, arguments.keep_unknown, streams)?;
    let members = &expansion.members;
    tell_inactive(members, streams);
    if let Some(to) = arguments.to {
        let text = match to {
            ListFormat::Definition => {
                let ids = concept_ids(members, to)?;
                let definition =
                    terminology.ask(|snomed| definition_of(snomed, &ids, common.dialect))?;
                write(&Content::Definition(definition), to)
            }
            ListFormat::ValueSet => {
                let version = terminology.snomed().ok().and_then(|snomed| snomed.meta().version);
                write(
                    &Content::ValueSet(value_set(members, arguments.name.as_deref(), version)),
                    to,
                )
            }
            to => write(&Content::Codes(codes(members, &source, arguments)), to),
        };
        streams.out.write_all(text.map_err(|error| unwritten(&error))?.as_bytes())?;
        return Ok(exit::ANSWERED);
    }
    let systems: BTreeSet<bool> = members.iter().map(|member| member.system.has_sctids()).collect();
    if systems.len() > 1 && matches!(common.format, Format::Codes | Format::SqlIn) {
        let message = "the list has codes of several systems, which a list of codes would mix";
        return Err(Failure::Usage(message.to_owned()));
    }
    if common.format == Format::Table {
        let mut table = Table::new(&[("code", Look::Id), ("term", Look::Term), ("", Look::Short)]);
        for member in members {
            let term = member.term.as_deref().or(member.stated.as_deref()).unwrap_or_default();
            let status = match member.standing {
                Standing::Active => "",
                Standing::Inactive => "INACTIVE",
                other => other.code(),
            };
            table.row([member.code.as_str(), term, status]);
        }
        streams.table(&table)?;
        streams.note(&counted(members.len(), "code", "codes"));
        return Ok(exit::ANSWERED);
    }
    let mut records = RecordWriter::begin::<Row>(common.format, streams.out)?;
    for member in members {
        records.write(streams.out, &Row::of(member))?;
    }
    records.finish(streams.out)?;
    Ok(exit::ANSWERED)
}

fn tell_inactive(members: &[Member], streams: &mut Streams<'_>) {
    let inactive = members.iter().filter(|member| member.standing == Standing::Inactive).count();
    if inactive > 0 {
        let count = counted(inactive, "code is", "codes are");
        streams.warn(&format!("{count} inactive: see farr codelist repair"));
    }
}

/// The ids of members that all are concepts of SNOMED CT.
pub(super) fn concept_ids(members: &[Member], to: ListFormat) -> Result<Vec<Sctid>, Failure> {
    let id = |member: &Member| match member.system.known() {
        Some(System::Snomed) => Sctid::parse_as_published(&member.code)
            .map_err(|error| Failure::Input(format!("{}: {error}", member.code))),
        _ => Err(Failure::Usage(format!(
            "{to} is made of the hierarchy of SNOMED CT, and {} is a code of {}",
            member.code, member.system
        ))),
    };
    members.iter().map(id).collect()
}

pub(super) fn unwritten(error: &WriteError) -> Failure {
    match error {
        WriteError::Cluster => Failure::Usage(format!("{error}, with --name")),
        error => Failure::Usage(error.to_string()),
    }
}

fn entry(member: &Member) -> Entry {
    Entry {
        system: member.system.clone(),
        code: Code::read(member.system.known(), &member.code),
        term: member.term.clone().or_else(|| member.stated.clone()),
        place: member.place.unwrap_or(Place { line: 1, column: 1 }),
    }
}

fn codes(members: &[Member], source: &Source, arguments: &Arguments) -> Codes {
    let clusters = match (&arguments.name, &source.list.content) {
        (Some(name), _) => {
            vec![Cluster { id: name.clone(), description: String::new(), refset: String::new() }]
        }
        (None, Content::Codes(codes)) => codes.clusters.clone(),
        (None, _) => Vec::new(),
    };
    Codes { entries: members.iter().map(entry).collect(), clusters }
}

/// A value set of the codes, system by system.
fn value_set(members: &[Member], name: Option<&str>, version: Option<String>) -> ValueSet {
    let mut systems: Vec<&ListSystem> = Vec::new();
    for member in members {
        if !systems.contains(&&member.system) {
            systems.push(&member.system);
        }
    }
    let include = systems.into_iter().map(|system| Part {
        system: system.clone(),
        version: if *system == System::Snomed { version.clone() } else { None },
        selection: Selection::Codes(
            members.iter().filter(|member| member.system == *system).map(entry).collect(),
        ),
        place: Place { line: 1, column: 1 },
    });
    ValueSet {
        title: name.map(str::to_owned),
        compose: Some(Compose { include: include.collect(), ..Compose::default() }),
        ..ValueSet::default()
    }
}
