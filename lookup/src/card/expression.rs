//! A text read as a postcoordinated expression, and its concepts looked up.

use farr::expression::syntax::{DefinitionStatus, Span};
use farr::expression::{ConceptRole, ExpressionFindingKind};
use farr::id::SctidError;
use farr::{Dialect, Expression, Snomed};
use serde::Serialize;

use super::concept::Named;
use super::draw::{Sheet, named};
use super::sctid::Status;
use crate::output::text::{shown, width};

/// A text read as an expression.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ExpressionCard {
    /// `Found` where the release has all of its concepts, whatever else is to be said of them.
    pub(crate) status: Status,
    /// `equivalent-to`, which is meant where nothing is written, or `subtype-of`.
    definition_status: Option<&'static str>,
    pub(crate) normal_form: Option<String>,
    /// The concept that it is, where it is one and no more.
    pub(crate) precoordinated: Option<String>,
    concepts: Vec<ExpressionConceptCard>,
    findings: Vec<FindingCard>,
    /// Why it is no expression.
    pub(crate) message: Option<String>,
    /// The byte of the text where that is so.
    at: Option<usize>,
}

/// A concept of an expression.
#[derive(Clone, Debug, Serialize)]
struct ExpressionConceptCard {
    role: &'static str,
    /// As the release has it.
    concept: Named,
    /// The term that stood in pipes behind it.
    given_term: Option<String>,
    start: usize,
    end: usize,
}

/// Something that is amiss with one of its concepts.
#[derive(Clone, Debug, Serialize)]
struct FindingCard {
    code: &'static str,
    id: String,
    message: String,
    start: usize,
    end: usize,
}

impl ExpressionCard {
    /// Reads a text, and looks its concepts up; `None` where it is nothing like an expression.
    pub(crate) fn of(
        snomed: Option<Snomed<'_>>,
        text: &str,
        dialect: Dialect,
    ) -> Option<ExpressionCard> {
        if !is_like_one(text) {
            return None;
        }
        Some(match Expression::parse(text) {
            Ok(expression) => ExpressionCard::of_expression(snomed, &expression, dialect),
            Err(error) => ExpressionCard {
                status: Status::Malformed,
                definition_status: None,
                normal_form: None,
                precoordinated: None,
                concepts: Vec::new(),
                findings: Vec::new(),
                message: Some(match error.hint() {
                    Some(hint) => format!("{error} ({hint})"),
                    None => error.to_string(),
                }),
                at: Some(error.span().start),
            },
        })
    }

    fn of_expression(
        snomed: Option<Snomed<'_>>,
        expression: &Expression,
        dialect: Dialect,
    ) -> ExpressionCard {
        let concepts = expression.concepts().map(|found| ExpressionConceptCard {
            role: found.role.code(),
            concept: match snomed {
                Some(snomed) => Named::of_id(snomed, found.id, dialect),
                None => Named { id: found.id.to_string(), term: None, active: None },
            },
            given_term: found.term.map(str::to_owned),
            start: found.span.start,
            end: found.span.end,
        });
        let concepts = concepts.collect();
        let found = snomed.map(|snomed| snomed.check_expression(expression));
        let status = match &found {
            None => Status::NotAsked,
            Some(findings) => {
                let absent = findings.iter().filter_map(|finding| absent(&finding.kind));
                absent.min().unwrap_or(Status::Found)
            }
        };
        let card = |code, id: farr::Sctid, message, span: Span| FindingCard {
            code,
            id: id.to_string(),
            message,
            start: span.start,
            end: span.end,
        };
        let findings = match found {
            Some(findings) => findings
                .iter()
                .map(|one| card(one.kind.code(), one.id, one.to_string(), one.span))
                .collect(),
            // Without a release, digits can still be wrong.
            None => expression
                .malformed_ids()
                .into_iter()
                .map(|(found, why)| {
                    let message = format!("{}: {why}", found.id);
                    card("malformed-id", found.id, message, found.id_span())
                })
                .collect(),
        };
        ExpressionCard {
            status,
            definition_status: Some(match expression.definition_status() {
                None | Some(DefinitionStatus::EquivalentTo) => "equivalent-to",
                Some(DefinitionStatus::SubtypeOf) => "subtype-of",
            }),
            normal_form: Some(expression.normal_form().to_string()),
            precoordinated: expression.precoordinated().map(|id| id.to_string()),
            concepts,
            findings,
            message: None,
            at: None,
        }
    }

    /// What is to be said of it in a line.
    pub(crate) fn note(&self) -> String {
        let unasked = (self.status == Status::NotAsked).then_some(UNASKED);
        let findings = self.findings.iter().map(|finding| finding.message.as_str());
        let notes: Vec<&str> =
            self.message.as_deref().into_iter().chain(unasked).chain(findings).collect();
        notes.join("; ")
    }

    /// Draws it; `text` is what was read.
    pub(crate) fn draw(&self, sheet: &mut Sheet, text: &str) {
        let palette = sheet.palette();
        if let Some(message) = &self.message {
            match self.at.and_then(|at| text.get(..at)) {
                Some(before) => sheet.marked_heading(text, width(&shown(before))),
                None => sheet.heading(text),
            }
            sheet.labelled("Expression", message, |text| palette.bad(text));
            return;
        }
        sheet.heading(text);
        let kind = match (&self.precoordinated, self.definition_status) {
            (Some(_), _) => "a concept, and no more",
            (None, Some("subtype-of")) => "postcoordinated: something below what is written",
            (None, _) => "postcoordinated: just what is written",
        };
        sheet.plain("Expression", kind);
        for concept in &self.concepts {
            let label = match concept.role {
                role if role == ConceptRole::Focus.code() => "Focus",
                role if role == ConceptRole::AttributeName.code() => "Attribute",
                _ => "Value",
            };
            match self.status {
                Status::NotAsked => sheet.plain(label, &concept.concept.id),
                _ => sheet.plain(label, &named(&concept.concept)),
            }
        }
        if let Some(normal) = &self.normal_form {
            sheet.plain("Normal form", normal);
        }
        for (number, finding) in self.findings.iter().enumerate() {
            let label = if number == 0 { "Check" } else { "" };
            sheet.labelled(label, &finding.message, |text| palette.warning(text));
        }
        if self.status == Status::NotAsked {
            sheet.labelled("Status", UNASKED, |text| palette.warning(text));
        } else if self.findings.is_empty() {
            let sound = "the release has its concepts, terms and attributes so";
            sheet.labelled("Check", sound, |text| palette.good(text));
        }
    }
}

/// What to say where nothing could be looked up.
const UNASKED: &str = "no index with SNOMED CT is open: its concepts were not looked up";

/// What a finding makes of the whole, where the concept is not in the release.
fn absent(kind: &ExpressionFindingKind) -> Option<Status> {
    match kind {
        ExpressionFindingKind::UnknownConcept => Some(Status::NotInRelease),
        ExpressionFindingKind::MalformedId { why: Some(SctidError::CheckDigit { .. }) } => {
            Some(Status::WrongCheckDigit)
        }
        ExpressionFindingKind::MalformedId { .. } => Some(Status::Malformed),
        _ => None,
    }
}

/// Whether a text begins as an expression does that is more than a concept: with a definition status,
/// or with a concept and what can only stand behind it in an expression.
fn is_like_one(text: &str) -> bool {
    for status in ["===", "<<<"] {
        if let Some(rest) = text.strip_prefix(status) {
            return rest.trim_start().starts_with(|first: char| first.is_ascii_digit());
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.get(digits..).unwrap_or_default().trim_start();
    if let Some(term) = rest.strip_prefix('|') {
        rest = term.split_once('|').map_or("", |(_, rest)| rest.trim_start());
    }
    (6..=18).contains(&digits) && rest.starts_with([':', '+'])
}

#[cfg(test)]
mod tests {
    use super::is_like_one;

    #[test]
    fn an_expression_is_told_from_codes_numbers_and_scans_by_how_it_begins() {
        for text in ["24700007+64572001", "24700007 |a| : x", "24700007\n:", "=== 24700007", "<<<2"]
        {
            assert!(is_like_one(text), "{text}");
        }
        for text in [
            "24700007",
            "24700007 |a|",
            "24700007 |a : b|",
            "24700007 |a",
            "999 000 0018",
            "1.23E+17",
            "123E+17",
            "(01)05000283101086",
            "G35X",
            "<< 24700007",
            "+24700007",
            "",
            "=== ",
        ] {
            assert!(!is_like_one(text), "{text}");
        }
    }
}
