//! Concepts by the words of their terms.

use farr::Snomed;
use farr::ecl::Ecl;
use serde::Serialize;

use super::{Arguments, Hit, Refused, Results};
use crate::cli::Common;
use crate::failure::Failure;
use crate::output::records::Record;
use crate::output::table::{Look, Table};
use crate::verb::ecl::settings::Settings;

/// A concept that was found.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    query: String,
    id: String,
    /// The term that matched.
    term: String,
    preferred_term: Option<String>,
    fully_specified_name: Option<String>,
    semantic_tag: Option<String>,
    active: bool,
    /// Whether words of the query were corrected to find it.
    corrected: bool,
}

impl Record for Found {
    const COLUMNS: &'static [&'static str] = &[
        "query",
        "id",
        "term",
        "preferred_term",
        "fully_specified_name",
        "semantic_tag",
        "active",
        "corrected",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.query.clone(),
            self.id.clone(),
            self.term.clone(),
            self.preferred_term.clone().unwrap_or_default(),
            self.fully_specified_name.clone().unwrap_or_default(),
            self.semantic_tag.clone().unwrap_or_default(),
            self.active.to_string(),
            self.corrected.to_string(),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.id.clone())
    }
}

impl Hit for Found {
    // The preferred term only where the hit is by another one.
    fn table(found: &[Found]) -> Table {
        let preferred = |hit: &Found| {
            let term = hit.preferred_term.clone();
            term.filter(|term| *term != hit.term).unwrap_or_default()
        };
        let mut columns = vec![("id", Look::Id), ("matched term", Look::Term)];
        // Most hits are by the preferred term; where all are, the column says nothing.
        let by_another = found.iter().any(|hit| !preferred(hit).is_empty());
        if by_another {
            columns.push(("preferred term", Look::Term));
        }
        columns.push(("tag", Look::Short));
        let is_corrected = found.iter().any(|hit| hit.corrected);
        if is_corrected {
            columns.push(super::CORRECTED);
        }
        let mut table = Table::new(&columns);
        for hit in found {
            let tag = hit.semantic_tag.as_deref().unwrap_or_default();
            let tag = match hit.active {
                true => tag.to_owned(),
                false => format!("{tag} INACTIVE").trim_start().to_owned(),
            };
            let mut row = vec![hit.id.clone(), hit.term.clone()];
            if by_another {
                row.push(preferred(hit));
            }
            row.push(tag);
            if is_corrected {
                row.push(super::of_corrected_words(hit.corrected));
            }
            table.row(row);
        }
        table
    }
}

/// Searches for concepts.
pub(super) fn search(
    snomed: Snomed<'_>,
    query: &str,
    arguments: &Arguments,
    within: Option<&Ecl>,
    common: &Common,
) -> Result<Results<Found>, Refused> {
    let dialect = common.dialect;
    let refused = |text: String| Err(Refused::Search(Failure::NotFound(text)));
    let below = match arguments.below.map(|id| (id, snomed.concept(id))) {
        Some((id, None)) => {
            return refused(format!("--below {id}: not a concept of this release"));
        }
        Some((id, Some(concept))) if !concept.is_active() => {
            return refused(format!(
                "--below {id}: the concept is inactive, and the release no longer says what is \
                 below it"
            ));
        }
        Some((_, Some(concept))) => Some(concept.descendants_or_self()),
        None => None,
    };
    let satisfying = match within.map(|ecl| Settings::default().evaluation(snomed).run(ecl)) {
        Some(Err(error)) => return refused(format!("--within: {error}")),
        Some(Ok(answer)) => Some(answer.concepts),
        None => None,
    };
    let corrects = arguments.corrects(common.format);
    let mut search = snomed.search(query).limit(arguments.limit as usize);
    search = search.typos(corrects).medicine_typos(arguments.typos);
    if arguments.all {
        search = search.include_inactive();
    } else if arguments.inactive {
        search = search.include_inactive_concepts();
    }
    if let Some(tag) = &arguments.tag {
        search = search.semantic_tag(tag);
    }
    if let Some(set) = below.as_ref().or(satisfying.as_ref()) {
        search = search.within(set);
    }
    let results = search.run();
    if results.had_no_words() {
        return Err(Refused::no_words(query));
    }
    if results.was_too_long() {
        return Err(Refused::too_long());
    }
    let found = results.hits().iter().map(|hit| {
        let concept = hit.concept();
        Found {
            query: query.to_owned(),
            id: concept.id().to_string(),
            term: hit.term().to_owned(),
            preferred_term: concept.preferred_term(dialect).map(|term| term.text().to_owned()),
            fully_specified_name: concept.fully_specified_name().map(|name| name.term().to_owned()),
            semantic_tag: concept.semantic_tag().map(str::to_owned),
            active: concept.is_active(),
            corrected: results.is_corrected(),
        }
    });
    let found: Vec<Found> = found.collect();
    let corrected_to = results.is_corrected().then(|| results.corrections());
    let near = || search.typos(true).medicine_typos(true).run().corrections().to_vec();
    let remark = arguments.remark(query, found.len(), corrected_to, near);
    Ok(Results { found, remark, has_more: results.has_more() })
}
