//! The rows of a map that have a code: for searching, not for coding.

use std::io::{self, Write};

use farr::map::FoundRow;
use farr::{Dialect, Snomed};
use serde::Serialize;

use super::AnyMap;
use crate::answers::Answered;
use crate::card::concept::Named;
use crate::card::draw::Sheet;
use crate::output::records::{Record, RecordWriter};

/// What the answer is for, in every record.
const USE: &str = "searching";

/// A code, and the rows that have it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FoundCard {
    /// As given.
    code: String,
    map: Named,
    /// `searching`: a map does not lead back.
    #[serde(rename = "use")]
    used_for: &'static str,
    /// `found`, `no-map` or `malformed`.
    outcome: &'static str,
    rows: Vec<FoundRowCard>,
    message: Option<String>,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
struct FoundRowCard {
    concept: Named,
    block: Option<u32>,
    group: Option<u32>,
    priority: Option<u32>,
    /// Whether the row gives the code only in certain cases.
    conditional: Option<bool>,
    target: String,
    rule: Option<String>,
    advice: Option<String>,
}

impl FoundCard {
    pub(crate) fn of(
        snomed: Snomed<'_>,
        map: &AnyMap<'_>,
        code: &str,
        dialect: Dialect,
    ) -> FoundCard {
        let card = |outcome, rows, message| FoundCard {
            code: code.to_owned(),
            map: Named::of_id(snomed, map.refset().id(), dialect),
            used_for: USE,
            outcome,
            rows,
            message,
        };
        let rows: Vec<FoundRowCard> = match map {
            AnyMap::Published(map) => match map.rows_with_code(code) {
                Ok(rows) => rows.iter().map(|row| FoundRowCard::of(row, dialect)).collect(),
                Err(error) => return card("malformed", Vec::new(), Some(error.to_string())),
            },
            AnyMap::Simple(map) => {
                let concepts = map.concepts_with_target(code);
                let row = |concept| FoundRowCard {
                    concept: Named::of(concept, dialect),
                    block: None,
                    group: None,
                    priority: None,
                    conditional: None,
                    target: code.to_owned(),
                    rule: None,
                    advice: None,
                };
                concepts.into_iter().map(row).collect()
            }
        };
        match rows.is_empty() {
            true => {
                card("no-map", rows, Some("the map has no active row with this code".to_owned()))
            }
            false => card("found", rows, None),
        }
    }
}

impl FoundRowCard {
    fn of(row: &FoundRow<'_>, dialect: Dialect) -> FoundRowCard {
        FoundRowCard {
            concept: Named::of(row.concept, dialect),
            block: row.block,
            group: Some(row.group),
            priority: Some(row.priority),
            conditional: Some(row.conditional),
            target: row.target.to_string(),
            rule: row.rule.as_ref().map(|rule| rule.text().to_owned()),
            advice: Some(row.advice.to_string()),
        }
    }

    fn line(&self) -> String {
        let term = self.concept.term.as_deref().unwrap_or("(no term)");
        let condition = match (self.conditional, self.rule.as_deref()) {
            (Some(true), Some(rule)) => format!(", only where: {rule}"),
            (Some(true), None) => ", as an alternative".to_owned(),
            _ => String::new(),
        };
        format!("{} {term}: {}{condition}", self.concept.id, self.target)
    }
}

/// A row of a table: the code, and one of its rows, if any.
#[derive(Serialize)]
struct FoundCells<'c> {
    card: &'c FoundCard,
    row: Option<&'c FoundRowCard>,
}

impl Record for FoundCells<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "use",
        "map",
        "outcome",
        "concept_id",
        "term",
        "active",
        "block",
        "group",
        "priority",
        "conditional",
        "target",
        "rule",
        "advice",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let of = |field: fn(&FoundRowCard) -> Option<String>| {
            self.row.and_then(field).unwrap_or_default()
        };
        vec![
            self.card.code.clone(),
            USE.to_owned(),
            self.card.map.id.clone(),
            self.card.outcome.to_owned(),
            of(|row| Some(row.concept.id.clone())),
            of(|row| row.concept.term.clone()),
            of(|row| Some(row.concept.active?.to_string())),
            of(|row| Some(row.block?.to_string())),
            of(|row| Some(row.group?.to_string())),
            of(|row| Some(row.priority?.to_string())),
            of(|row| Some(row.conditional?.to_string())),
            of(|row| Some(row.target.clone())),
            of(|row| row.rule.clone()),
            of(|row| row.advice.clone()),
            self.card.message.clone().unwrap_or_default(),
        ]
    }
}

impl Record for FoundCard {
    const COLUMNS: &'static [&'static str] = <FoundCells<'_> as Record>::COLUMNS;

    fn cells(&self) -> Vec<String> {
        FoundCells { card: self, row: self.rows.first() }.cells()
    }
}

impl Answered for FoundCard {
    const COLUMNS: &'static [&'static str] = <FoundCells<'_> as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        self.outcome == "found"
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        if !records.takes_rows() || self.rows.is_empty() {
            return records.write(sink, self);
        }
        for row in &self.rows {
            records.write(sink, &FoundCells { card: self, row: Some(row) })?;
        }
        Ok(())
    }

    fn draw(&self, sheet: &mut Sheet) {
        let palette = sheet.palette();
        sheet.heading(&self.code);
        sheet.plain("Map", self.map.term.as_deref().unwrap_or(&self.map.id));
        let text = "for searching, not for coding: a map does not lead from a code to a concept";
        sheet.labelled("Use", text, |text| palette.warning(text));
        if let Some(message) = &self.message {
            sheet.labelled("Concepts", message, |text| palette.bad(text));
        }
        sheet.list("Concepts", self.rows.iter().map(FoundRowCard::line));
    }
}
