//! `farr codelist repair`: suggestions for codes that are inactive or damaged. Nothing is changed.

use std::cell::OnceCell;

use clap::Args;
use farr::coding::{
    Coding, DisplayRule, Facts, FindingCode, FindingSubject, Severity, SuggestionKind, System,
    Validator,
};
use farr::{Dialect, Sctid, Systems};
use farr_codelists::{Entry, KnownIds};
use serde::Serialize;

use super::check::{binding, judged};
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

/// Suggestions for the codes of a list that are inactive or damaged
///
/// The file is never changed. A suggestion is certain where the release leaves one code only: the one
/// successor of an inactive code, or the one code that a damaged one can have come from; and where a
/// term stands beside a code, it has to be a term of the suggestion or of the old code. Otherwise all candidates
/// are listed, and none is chosen. The concepts that an expression or a filter names are looked at too.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    list: OneList,
}

/// A code to look at.
#[derive(Debug, Serialize)]
struct Row {
    line: u64,
    column: u64,
    code: String,
    term: Option<String>,
    problem: &'static str,
    /// `one`, `candidates` or `none`.
    certainty: &'static str,
    suggestions: Vec<Suggested>,
    message: String,
}

/// A code that may stand in the place of another.
#[derive(Debug, Serialize)]
struct Suggested {
    code: String,
    term: Option<String>,
    /// Why: `successor`, `candidate`, `original` and the like.
    kind: &'static str,
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "column",
        "code",
        "term",
        "problem",
        "certainty",
        "suggestions",
        "suggested_terms",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let codes = self.suggestions.iter().map(|one| one.code.as_str()).collect::<Vec<_>>();
        let terms = self.suggestions.iter().map(|one| one.term.as_deref().unwrap_or_default());
        vec![
            self.line.to_string(),
            self.column.to_string(),
            self.code.clone(),
            self.term.clone().unwrap_or_default(),
            self.problem.to_owned(),
            self.certainty.to_owned(),
            codes.join(" "),
            terms.collect::<Vec<_>>().join("; "),
            self.message.clone(),
        ]
    }
}

/// Looks for suggestions and writes them.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("codelist repair", &Format::WITHOUT_CODES)?;
    let source = arguments.list.read()?;
    let terminology = open::for_one_question(common)?;
    let rows = terminology
        .ask_systems(|systems| rows(&source, systems, common))?
        .map_err(Failure::Usage)?;
    source.tell_notes(streams);
    if common.format == Format::Table {
        let columns = [
            ("line", Look::Number),
            ("code", Look::Id),
            ("term", Look::Term),
            ("problem", Look::Short),
            ("", Look::Short),
            ("suggestion", Look::Id),
            ("its term, or why none", Look::Term),
        ];
        let mut table = Table::new(&columns);
        for row in &rows {
            let first = [
                row.line.to_string(),
                row.code.clone(),
                row.term.clone().unwrap_or_default(),
                row.problem.to_owned(),
                row.certainty.to_owned(),
            ];
            let blank = || <[String; 5]>::default();
            let mut suggestions = row.suggestions.iter();
            // Where there is nothing to suggest, why not.
            let cells = |one: Option<&Suggested>| match one {
                Some(one) => [one.code.clone(), one.term.clone().unwrap_or_default()],
                None => [String::new(), row.message.clone()],
            };
            table.row(first.into_iter().chain(cells(suggestions.next())));
            suggestions.for_each(|one| table.row(blank().into_iter().chain(cells(Some(one)))));
        }
        streams.table(&table)?;
        let codes = counted(rows.len(), "code", "codes");
        streams.note(&match rows.is_empty() {
            true => "nothing to repair".to_owned(),
            false => format!("{codes} to look at; nothing was changed"),
        });
    } else {
        let mut records = RecordWriter::begin::<Row>(common.format, streams.out)?;
        for row in &rows {
            records.write(streams.out, row)?;
        }
        records.finish(streams.out)?;
    }
    Ok(if rows.is_empty() { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn rows(source: &Source, systems: Systems<'_>, common: &Common) -> Result<Vec<Row>, String> {
    let mut asked: Vec<(System, Asked<'_>)> = Vec::new();
    let mut rows = Vec::new();
    let named = source.list.named_concepts();
    for entry in source.list.entries().into_iter().chain(&named) {
        let Some(system) = judged(&entry.system) else { continue };
        if !asked.iter().any(|(known, _)| *known == system) {
            let binding = binding(system, DisplayRule::AnyTerm, common);
            let validator = Validator::of(systems, &binding).map_err(|error| error.to_string())?;
            let asked_of = Asked {
                system,
                systems,
                validator,
                dialect: common.dialect,
                known: OnceCell::new(),
            };
            asked.push((system, asked_of));
        }
        let asked = asked.iter().find(|(known, _)| *known == system);
        rows.extend(asked.and_then(|(_, asked)| asked.row(entry)));
    }
    Ok(rows)
}

/// What is asked of the codes of a system.
struct Asked<'q> {
    system: System,
    systems: Systems<'q>,
    validator: Validator<'q>,
    dialect: Dialect,
    /// Gathered where they are needed.
    known: OnceCell<KnownIds>,
}

/// Whether a finding is about the code itself, and not about the term or the place it stands in.
fn is_of_code(code: FindingCode) -> bool {
    matches!(code.subject(), FindingSubject::Damage | FindingSubject::Code)
}

/// Whether a code was damaged, so that a term beside it says more than its digits.
fn is_damage(code: FindingCode) -> bool {
    code.subject() == FindingSubject::Damage
}

/// Whether a suggestion stands in the place of the code.
fn stands_in(kind: SuggestionKind) -> bool {
    matches!(
        kind,
        SuggestionKind::Successor
            | SuggestionKind::Candidate
            | SuggestionKind::Original
            | SuggestionKind::PossibleOriginal
            | SuggestionKind::Concept
            | SuggestionKind::Current
            | SuggestionKind::Mapped
            | SuggestionKind::Form
    )
}

impl Asked<'_> {
    fn coding<'c>(&self, entry: &'c Entry, code: &'c str) -> Coding<'c> {
        Coding::with_uri(entry.system.uri(), code).display(entry.display())
    }

    /// What to suggest for a code; `None` where nothing is amiss with it.
    fn row(&self, entry: &Entry) -> Option<Row> {
        let text = entry.code.text();
        let verdict = self.validator.check(&self.coding(entry, text), &Facts::new());
        let finding = verdict
            .findings()
            .iter()
            .find(|finding| is_of_code(finding.code()) && finding.severity() > Severity::Note)?;
        let problem = finding.code();
        let named = finding.suggestions().iter().filter(|one| stands_in(one.kind()));
        let mut suggestions: Vec<Suggested> = named
            .map(|one| Suggested {
                code: one.code().to_owned(),
                term: one.term().map(str::to_owned),
                kind: one.kind().word(),
            })
            .collect();
        let mut message = finding.message();
        if suggestions.is_empty() {
            suggestions = self.origins(entry, problem, &mut message);
        }
        if is_damage(problem) && entry.display().is_some() && !suggestions.is_empty() {
            let (agreeing, others): (Vec<_>, Vec<_>) =
                suggestions.into_iter().partition(|one| self.agrees(entry, &one.code));
            suggestions = match (agreeing.is_empty(), problem) {
                (false, _) => agreeing,
                // A slip says too little by itself.
                (true, FindingCode::WrongCheckDigit) => {
                    message.push_str("; the one known id a slip away is not called so");
                    Vec::new()
                }
                (true, _) => {
                    message.push_str("; the term beside it is a term of no suggestion");
                    let open = |one: Suggested| Suggested { kind: "possible-original", ..one };
                    others.into_iter().map(open).collect()
                }
            };
        } else if is_damage(problem) && suggestions.len() > 1 {
            message.push_str("; it can have come from any of these");
        }
        // An old code is known, and so is whether the text beside it is its own.
        let is_of_another = [FindingCode::DisplayNotATerm, FindingCode::DisplayOfAnother]
            .into_iter()
            .any(|code| !is_damage(problem) && verdict.has(code));
        let fits = |one: &Suggested| !is_of_another || self.agrees(entry, &one.code);
        if !suggestions.is_empty() && !suggestions.iter().all(fits) {
            message.push_str("; the term beside it is no term of the code");
        }
        let is_open = |one: &Suggested| matches!(one.kind, "candidate" | "possible-original");
        let told_by_term = is_damage(problem) && entry.display().is_some();
        let certainty = match suggestions.as_slice() {
            [] => "none",
            [one] if !fits(one) => "candidates",
            [one] if !is_open(one) || told_by_term && self.agrees(entry, &one.code) => "one",
            _ => "candidates",
        };
        Some(Row {
            line: entry.place.line,
            column: entry.place.column,
            code: text.to_owned(),
            term: entry.term.clone(),
            problem: problem.code(),
            certainty,
            suggestions,
            message,
        })
    }

    /// Whether the term beside a code is one of another code.
    fn agrees(&self, entry: &Entry, code: &str) -> bool {
        let verdict = self.validator.check(&self.coding(entry, code), &Facts::new());
        !verdict.has(FindingCode::DisplayNotATerm) && !verdict.has(FindingCode::DisplayOfAnother)
    }

    /// The ids of the release that a damaged one can have come from.
    fn origins(&self, entry: &Entry, problem: FindingCode, message: &mut String) -> Vec<Suggested> {
        /// Of more than these the text says too little.
        const MOST: usize = 50;
        let text = entry.code.text();
        let known = || self.known.get_or_init(|| KnownIds::of(self.systems, self.system));
        let ids = match problem {
            // What was cut to fifteen digits and zeros reads like a wrong check digit too.
            FindingCode::RoundedBySpreadsheet => known().rounded_to(text),
            FindingCode::WrongCheckDigit => match text.parse() {
                Ok(value) => known().one_slip_from(value),
                Err(_) => Vec::new(),
            },
            _ => return Vec::new(),
        };
        if problem == FindingCode::WrongCheckDigit && ids.len() > 1 {
            message.push_str(&format!("; {} known ids are one slip away", ids.len()));
            return Vec::new();
        }
        let many = ids.len() > MOST && entry.display().is_some();
        let kind = if ids.len() == 1 { "original" } else { "possible-original" };
        let found: Vec<Suggested> = ids
            .into_iter()
            // Of many, the term tells at once which can be meant.
            .filter(|id| !many || self.agrees(entry, &id.to_string()))
            .map(|id| Suggested { code: id.to_string(), term: self.term(id), kind })
            .collect();
        if found.len() > MOST {
            message.push_str(&format!("; it can have come from {} known ids", found.len()));
            return Vec::new();
        }
        found
    }

    fn term(&self, id: Sctid) -> Option<String> {
        let concept = self.systems.snomed().and_then(|snomed| snomed.concept(id));
        let term = concept.and_then(|concept| concept.preferred_term(self.dialect));
        let product = || self.systems.dmd()?.product(id).map(|product| product.name().to_owned());
        term.map(|term| term.text().to_owned()).or_else(product)
    }
}
