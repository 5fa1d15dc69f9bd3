//! Rubrics of a classification by the words of their titles and included terms.

use clap::{Args, ValueEnum};
use farr::Systems;
use farr::classification::RubricHit;
use serde::Serialize;

use super::{Arguments, Hit, Refused, Results};
use crate::card::rubric::RubricName;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::records::Record;
use crate::output::table::{Look, Table};
use crate::verb::classification::Spelled;

/// The options of a search for rubrics.
#[derive(Args, Debug)]
#[command(next_help_heading = "ICD-10 and OPCS-4")]
pub(super) struct Rubrics {
    /// Search a classification, not concepts: its titles, and the terms they include
    #[arg(long, value_enum, value_name = "SYSTEM", conflicts_with_all = super::OF_CONCEPTS)]
    pub(super) classification: Option<System>,

    /// Only this chapter, block or code, and what is below it
    #[arg(long, value_name = "CODE", requires = "classification")]
    under: Option<String>,
}

/// A classification, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum System {
    /// ICD-10
    Icd10,
    /// ICD-10-CM
    Icd10Cm,
    /// OPCS-4
    Opcs4,
}

/// A rubric that was found.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    query: String,
    #[serde(flatten)]
    rubric: RubricName,
    /// The text that matched, and what it is.
    matched: String,
    matched_kind: &'static str,
    /// Whether words of the query were corrected to find it.
    corrected: bool,
}

impl Found {
    fn of<C: Spelled>(query: &str, hit: &RubricHit<'_, C>, corrected: bool) -> Found {
        Found {
            query: query.to_owned(),
            rubric: RubricName::of(hit.rubric()),
            matched: hit.text().text().to_owned(),
            matched_kind: hit.text().kind().name(),
            corrected,
        }
    }
}

impl Record for Found {
    const COLUMNS: &'static [&'static str] =
        &["query", "code", "kind", "title", "usage", "matched", "matched_kind", "corrected"];

    fn cells(&self) -> Vec<String> {
        let Found { query, rubric, matched, matched_kind, corrected } = self;
        vec![
            query.clone(),
            rubric.code.clone(),
            rubric.kind.to_owned(),
            rubric.title.clone(),
            rubric.usage.unwrap_or_default().to_owned(),
            matched.clone(),
            (*matched_kind).to_owned(),
            corrected.to_string(),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.rubric.code.clone())
    }
}

impl Hit for Found {
    // The text that matched only where it is not the title.
    fn table(found: &[Found]) -> Table {
        let by_another = found.iter().any(|hit| hit.matched != hit.rubric.title);
        let mut columns = vec![("code", Look::Id), ("title", Look::Term)];
        if by_another {
            columns.push(("matched term", Look::Term));
        }
        let is_corrected = found.iter().any(|hit| hit.corrected);
        if is_corrected {
            columns.push(super::CORRECTED);
        }
        let mut table = Table::new(&columns);
        for hit in found {
            let mut row = vec![hit.rubric.marked(), hit.rubric.title.clone()];
            if by_another {
                let matched = Some(&hit.matched).filter(|matched| **matched != hit.rubric.title);
                row.push(matched.cloned().unwrap_or_default());
            }
            if is_corrected {
                row.push(super::of_corrected_words(hit.corrected));
            }
            table.row(row);
        }
        table
    }
}

/// Searches for rubrics; `None` where the classification is not open.
pub(super) fn search<C: Spelled>(
    systems: Systems<'_>,
    query: &str,
    arguments: &Arguments,
    format: Format,
) -> Option<Result<Results<Found>, Refused>> {
    let classification = C::of_systems(systems)?;
    let limit = arguments.limit as usize;
    let mut search = classification.search(query).limit(limit).typos(arguments.corrects(format));
    if let Some(under) = &arguments.rubrics.under {
        let code = C::read_marked(under.trim()).ok();
        let rubric = match code {
            Some((code, _)) => classification.rubric(code),
            None => classification.group(under.trim()),
        };
        let Some(rubric) = rubric else {
            let what = format!("{under} is not in this edition of {}", C::SYSTEM);
            return Some(Err(Refused::Search(Failure::NotFound(what))));
        };
        search = search.within(rubric);
    }
    let results = search.run();
    if results.had_no_words() {
        return Some(Err(Refused::no_words(query)));
    }
    if results.was_too_long() {
        return Some(Err(Refused::too_long()));
    }
    let corrected = results.is_corrected();
    let found: Vec<Found> =
        results.hits().iter().map(|hit| Found::of(query, hit, corrected)).collect();
    let corrected_to = corrected.then(|| results.corrections());
    let near = || search.typos(true).run().corrections().to_vec();
    let remark = arguments.remark(query, found.len(), corrected_to, near);
    Some(Ok(Results { found, remark, has_more: results.has_more() }))
}
