//! Postcoordinated expressions.

use super::Judging;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::expression::{Expression, ExpressionFindingKind};
use crate::id::Sctid;

impl<'v> Judging<'v, '_> {
    /// Judges a text as an expression; `false` where nothing of it says that it is to be one.
    pub(super) fn expression(&mut self, text: &str, coding: &Coding<'_>) -> bool {
        let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '<' | '('));
        let has_status = text.starts_with("===") || text.starts_with("<<<");
        let is_built = has_status || text.contains([':', '+', '|', '=', '{']);
        if !begins || !is_built {
            return false;
        }
        match Expression::parse(text) {
            Ok(expression) => self.parsed(&expression, coding),
            Err(error) => self.add(FindingCode::MalformedExpression, || {
                let text =
                    format!("{error}, at character {}", error.span().start.saturating_add(1));
                (Detail::Made(text.into()), Vec::new())
            }),
        }
        true
    }

    fn parsed(&mut self, expression: &Expression, coding: &Coding<'_>) {
        let binding = &self.validator.binding;
        let precoordinated = expression.precoordinated();
        if !binding.expressions {
            self.add(FindingCode::Expression, || {
                let single = precoordinated.map(|id| {
                    Suggestion::new(SuggestionKind::Form, System::Snomed, id.to_string(), None)
                });
                (Detail::Nothing, single.into_iter().collect())
            });
        }
        if precoordinated.is_none() && self.asks_membership() {
            self.plain(FindingCode::ExpressionNotPlaced);
        }
        for (place, concept) in expression.concepts().enumerate() {
            self.part = precoordinated.map_or_else(|| u32::try_from(place).ok(), |_| None);
            let term = concept.term.or(coding.display.filter(|_| precoordinated.is_some()));
            self.concept_in_expression(concept.id, term, precoordinated.is_some());
        }
        self.attributes(expression);
        self.part = None;
    }

    pub(super) fn asks_membership(&self) -> bool {
        let validator = self.validator;
        validator.constraint.is_some()
            || validator.refset.is_some()
            || validator.binding.value_set.is_some()
            || self.asks_for_a_product()
    }

    /// A concept that stands in an expression.
    fn concept_in_expression(&mut self, id: Sctid, term: Option<&str>, alone: bool) {
        let coding = Coding::unstated("").display(term);
        let concept = self.validator.snomed().and_then(|snomed| snomed.concept(id));
        match (concept, id.check()) {
            (Some(concept), _) if alone => self.concept(concept, &coding),
            (Some(concept), _) => {
                self.activity_of(concept);
                self.display_of(concept, &coding);
            }
            (None, Err(error)) => {
                self.add(FindingCode::WrongCheckDigit, || (Detail::Sctid(error), Vec::new()));
            }
            (None, Ok(())) if alone => self.snomed_id(id, &coding),
            // What the binding asks of a code it does not ask of a part of one.
            (None, Ok(())) => {
                self.no_concept_by_itself(id);
            }
        }
    }

    /// Whether what names an attribute is one.
    fn attributes(&mut self, expression: &Expression) {
        let Some(snomed) = self.validator.snomed() else { return };
        let places: Vec<usize> = expression.concepts().map(|concept| concept.span.start).collect();
        for finding in snomed.check_expression(expression) {
            let code = match finding.kind {
                ExpressionFindingKind::NotAttribute => FindingCode::NotAnAttribute,
                ExpressionFindingKind::AttributeUnclear { .. } => FindingCode::AttributeUnclear,
                // What is said of a concept by itself was said.
                _ => continue,
            };
            let place = places.iter().position(|start| *start == finding.span.start);
            self.part = place.and_then(|place| u32::try_from(place).ok());
            self.add(code, || (Detail::Made(finding.to_string().into()), Vec::new()));
        }
    }
}
