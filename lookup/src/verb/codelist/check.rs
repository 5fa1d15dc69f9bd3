//! `farr codelist check`: is each code of a list known, active, and called so?

use clap::{Args, ValueEnum};
use farr::Systems;
use farr::coding::{
    Binding, Coding, DisplayRule, Facts, FindingCode, Outcome, Severity, System, Validator,
};
use farr::id::DaggerAsterisk;
use farr_codelists::{
    Content, Entry, ExpandErrorKind, ExpandOptions, FindingKind, ListSystem, Place, expand,
};
use serde::Serialize;

use super::other_id;
use super::source::{OneList, Source};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::counted;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// Is each code well formed, known, active, and is the term beside it one of its terms?
///
/// One row a code, in the order of the file; a table shows those with something amiss. The findings
/// have codes that stay; farr codelist repair has suggestions. The concepts that an expression or a
/// filter names are checked as the codes are, with the terms beside them. It is evaluated too, and what
/// is wrong with it stands in a row of its own.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    list: OneList,

    /// What the term beside a code has to be
    #[arg(long, value_enum, default_value_t = Terms::Any, value_name = "WHAT")]
    terms: Terms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Terms {
    /// Any active term of the code
    Any,
    /// The preferred term in the dialect
    Preferred,
    /// It is not looked at
    Ignore,
}

/// A code of the list, or something else of it that is amiss.
#[derive(Debug, Serialize)]
struct Row {
    line: u64,
    column: u64,
    code: String,
    term: Option<String>,
    system: String,
    /// `accept`, `warn` or `reject`.
    outcome: &'static str,
    findings: Vec<String>,
    message: Option<String>,
    /// Whether it is what an expression or a filter names, which need not be in the list.
    #[serde(skip)]
    is_named: bool,
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] =
        &["line", "column", "code", "term", "system", "outcome", "findings", "message"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.line.to_string(),
            self.column.to_string(),
            self.code.clone(),
            self.term.clone().unwrap_or_default(),
            self.system.clone(),
            self.outcome.to_owned(),
            self.findings.join(" "),
            self.message.clone().unwrap_or_default(),
        ]
    }

    /// A list of codes is of those that are as they should be.
    fn code(&self) -> Option<String> {
        (self.outcome == Outcome::Accept.word() && !self.is_named).then(|| self.code.clone())
    }
}

/// Checks and writes.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let source = arguments.list.read()?;
    let terminology = open::for_one_question(common)?;
    let Checked { rows, members } = terminology
        .ask_systems(|systems| rows(&source, systems, arguments.terms, common))?
        .map_err(Failure::Usage)?;
    source.tell_notes(streams);
    let amiss = rows.iter().filter(|row| row.outcome != Outcome::Accept.word()).count();
    if common.format == Format::Table {
        let columns = [
            ("line", Look::Number),
            ("code", Look::Id),
            ("term", Look::Term),
            ("findings", Look::Short),
            ("message", Look::Term),
        ];
        let mut table = Table::new(&columns);
        for row in rows.iter().filter(|row| !row.findings.is_empty()) {
            table.row([
                row.line.to_string(),
                row.code.clone(),
                row.term.clone().unwrap_or_default(),
                row.findings.join(" "),
                row.message.clone().unwrap_or_default(),
            ]);
        }
        streams.table(&table)?;
        streams.note(&summary(&rows, members));
    } else {
        let mut records = RecordWriter::begin::<Row>(common.format, streams.out)?;
        for row in &rows {
            records.write(streams.out, row)?;
        }
        records.finish(streams.out)?;
    }
    Ok(if amiss == 0 { exit::ANSWERED } else { exit::NOT_FOUND })
}

/// What was found.
struct Checked {
    rows: Vec<Row>,
    /// How many codes the list comes to, where that is evaluated and can be.
    members: Option<usize>,
}

/// How many codes there are and how many rows are amiss: a row may be of what is no code.
fn summary(rows: &[Row], members: Option<usize>) -> String {
    let codes = rows.iter().filter(|row| !row.code.is_empty()).count();
    let others = rows.len() - codes;
    let amiss = rows.iter().filter(|row| row.outcome != Outcome::Accept.word()).count();
    let mut text = counted(codes, "code", "codes");
    if let Some(members) = members {
        text = format!("{text} named, {members} in the list");
    }
    if others > 0 {
        text = format!("{text}, {}", counted(others, "other finding", "other findings"));
    }
    match amiss {
        0 => format!("{text}: all as they should be"),
        amiss => format!("{text}: {amiss} to look at"),
    }
}

/// The system that codes are judged by: more are known than lists are read of.
pub(super) fn judged(system: &ListSystem) -> Option<System> {
    system.known().or_else(|| System::from_uri(system.uri()))
}

/// What a list asks of its codes.
pub(super) fn binding(system: System, rule: DisplayRule, common: &Common) -> Binding {
    Binding::new("codelist")
        .system(system)
        .display(rule)
        .dialect(common.dialect)
        // A list may name a category that is coded by its subdivisions.
        .severity(FindingCode::NeedsFurtherCharacter, Severity::Note)
        .severity(FindingCode::NeedsFifthCharacter, Severity::Note)
        .severity(FindingCode::AsteriskNeedsDagger, Severity::Ignore)
}

fn rows(
    source: &Source,
    systems: Systems<'_>,
    terms: Terms,
    common: &Common,
) -> Result<Checked, String> {
    let rule = match terms {
        Terms::Any => DisplayRule::AnyTerm,
        Terms::Preferred => DisplayRule::Preferred,
        Terms::Ignore => DisplayRule::Nothing,
    };
    let mut validators: Vec<(System, Validator<'_>)> = Vec::new();
    let mut rows = Vec::new();
    let named = source.list.named_concepts();
    for entry in source.list.entries().into_iter().chain(&named) {
        let system = judged(&entry.system);
        if let Some(system) = system
            && !validators.iter().any(|(known, _)| *known == system)
        {
            let validator = Validator::of(systems, &binding(system, rule, common));
            validators.push((system, validator.map_err(|error| error.to_string())?));
        }
        let validator = validators.iter().find(|(known, _)| Some(*known) == system);
        let mut row = row(entry, validator.map(|(_, validator)| validator));
        if let Some(message) = other_id::amiss(entry, systems) {
            row.add(Outcome::Warn, FindingKind::OtherId.code(), message);
        }
        rows.push(row);
    }
    // They stand behind the codes.
    let codes = rows.len() - named.len();
    rows.iter_mut().skip(codes).for_each(|row| row.is_named = true);
    rows.extend(of_file(source));
    let (more, members) = of_definition(source, systems, common);
    rows.extend(more);
    Ok(Checked { rows, members })
}

fn row(entry: &Entry, validator: Option<&Validator<'_>>) -> Row {
    // The edition may have a mark otherwise.
    let mark = entry.code.mark().map(DaggerAsterisk::symbol);
    let text = format!("{}{}", entry.code.text(), mark.map_or_else(String::new, String::from));
    let coding = Coding::with_uri(entry.system.uri(), &text).display(entry.display());
    let verdict = validator.map(|validator| validator.check(&coding, &Facts::new()));
    let findings = verdict.iter().flat_map(|verdict| verdict.findings());
    let told: Vec<(&str, String)> = findings
        .filter(|finding| finding.severity() > Severity::Ignore)
        .map(|finding| (finding.code().code(), finding.message()))
        .collect();
    let unasked =
        || (vec!["unknown-system".to_owned()], "its code system is not one that farr has");
    let (findings, message) = match (&verdict, told.is_empty()) {
        (None, _) => {
            let (findings, message) = unasked();
            (findings, Some(message.to_owned()))
        }
        (Some(_), true) => (Vec::new(), None),
        (Some(_), false) => (
            told.iter().map(|(code, _)| (*code).to_owned()).collect(),
            Some(told.into_iter().map(|(_, message)| message).collect::<Vec<_>>().join("; ")),
        ),
    };
    Row {
        line: entry.place.line,
        column: entry.place.column,
        code: entry.code.text().to_owned(),
        term: entry.term.clone(),
        system: entry.system.word().to_owned(),
        outcome: verdict.map_or(Outcome::Warn, |verdict| verdict.outcome()).word(),
        findings,
        message,
        is_named: false,
    }
}

impl Row {
    /// Adds a finding of the list's own.
    fn add(&mut self, outcome: Outcome, word: &str, message: String) {
        if self.outcome == Outcome::Accept.word() {
            self.outcome = outcome.word();
        }
        self.findings.push(word.to_owned());
        self.message = Some(match self.message.take() {
            Some(told) => format!("{told}; {message}"),
            None => message,
        });
    }
}

/// What is wrong with the file beside its codes.
fn of_file(source: &Source) -> impl Iterator<Item = Row> {
    let of_codes = [
        FindingKind::Rounded,
        FindingKind::Malformed,
        FindingKind::WrongCheckDigit,
        FindingKind::NotAConcept,
    ];
    let others = source.list.errors().filter(move |finding| !of_codes.contains(&finding.kind));
    others.map(|finding| Row {
        line: finding.place.line,
        column: finding.place.column,
        code: String::new(),
        term: None,
        system: String::new(),
        outcome: Outcome::Reject.word(),
        findings: vec![finding.kind.code().to_owned()],
        message: Some(finding.message.clone()),
        is_named: false,
    })
}

/// What is wrong with what a list is defined by, and how many codes it comes to.
fn of_definition(
    source: &Source,
    systems: Systems<'_>,
    common: &Common,
) -> (Vec<Row>, Option<usize>) {
    let row = |place: Option<Place>, outcome: Outcome, word: &str, message: String| Row {
        line: place.map_or(1, |place| place.line),
        column: place.map_or(1, |place| place.column),
        code: String::new(),
        term: None,
        system: String::new(),
        outcome: outcome.word(),
        findings: vec![word.to_owned()],
        message: Some(message),
        is_named: false,
    };
    if let Content::Codes(codes) = &source.list.content {
        let is_empty = codes.entries.is_empty() && source.list.errors().next().is_none();
        let told = is_empty.then(|| "the list has no code".to_owned());
        let told = told.map(|told| row(None, Outcome::Warn, FindingKind::Empty.code(), told));
        return (told.into_iter().collect(), None);
    }
    let options = ExpandOptions { dialect: common.dialect, keep_unknown: true };
    let error = match expand(&source.list, systems, &options) {
        Ok(expansion) => {
            // Inactive concepts and other terms were told of concept by concept.
            let told = expansion.notes.into_iter().filter(|note| {
                use FindingKind::{Empty, ExcludesNothing, Expression, OtherVersion};
                matches!(note.kind, Empty | ExcludesNothing | Expression | OtherVersion)
            });
            let rows = told.map(|note| {
                row(Some(note.place), Outcome::Warn, note.kind.code(), note.sentence())
            });
            return (rows.collect(), Some(expansion.members.len()));
        }
        Err(error) => error,
    };
    let word = match error.kind {
        // The codes have been told of one by one.
        ExpandErrorKind::Damaged => return (Vec::new(), None),
        ExpandErrorKind::Undecided | ExpandErrorKind::Conflict => "undecided",
        ExpandErrorKind::Absent => "not-judged",
        ExpandErrorKind::Unknown | ExpandErrorKind::Named => "not-in-release",
        ExpandErrorKind::Expression => "expression",
        _ => "unsupported",
    };
    let rows = error.sentences().map(|(place, told)| row(place, Outcome::Reject, word, told));
    (rows.collect(), None)
}
