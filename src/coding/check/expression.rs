//! Postcoordinated expressions.

use super::Judging;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::expression::{ConceptRole, Expression, ExpressionFindingKind};
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
                // People count characters, and from 1.
                let before = text.get(..error.span().start).unwrap_or(text).chars().count();
                let text = format!("{error}, at character {}", before.saturating_add(1));
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
        if binding.expressions {
            self.form_of(expression);
        }
        let mut seen: Vec<(Sctid, Option<&str>)> = Vec::new();
        for (place, concept) in expression.concepts().enumerate() {
            self.part = precoordinated.map_or_else(|| u32::try_from(place).ok(), |_| None);
            let term = concept.term.or(coding.display.filter(|_| precoordinated.is_some()));
            // What is wrong with a concept is said once, however often it stands there; each text
            // beside it may be another one.
            let again = seen.iter().any(|(id, _)| *id == concept.id);
            if !again {
                self.concept_in_expression(concept.id, term, precoordinated.is_some());
            } else if term.is_some() && !seen.contains(&(concept.id, term)) {
                self.term_in_expression(concept.id, term);
            }
            seen.push((concept.id, term));
        }
        self.attributes(expression);
        if binding.expressions {
            self.attributes_allowed(expression);
        }
        self.part = None;
    }

    /// Whether it is written as it is asked for.
    fn form_of(&mut self, expression: &Expression) {
        let Some(form) = self.validator.binding.expression_form else { return };
        let written = form.written(expression);
        if written.as_deref() == Some(expression.source()) {
            return;
        }
        self.add(FindingCode::WrongForm, || {
            let suggestion = written
                .map(|text| Suggestion::new(SuggestionKind::Form, System::Snomed, text, None));
            (Detail::ExpressionForm(form), suggestion.into_iter().collect())
        });
    }

    pub(super) fn asks_membership(&self) -> bool {
        let validator = self.validator;
        validator.constraint.is_some()
            || validator.refset.is_some()
            || validator.binding.value_set.is_some()
            || self.asks_dmd()
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

    /// Another text beside a concept that was judged.
    fn term_in_expression(&mut self, id: Sctid, term: Option<&str>) {
        if let Some(concept) = self.validator.snomed().and_then(|snomed| snomed.concept(id)) {
            self.display_of(concept, &Coding::unstated("").display(term));
        }
    }

    /// Whether what names an attribute is one.
    fn attributes(&mut self, expression: &Expression) {
        let Some(snomed) = self.validator.snomed() else { return };
        let places: Vec<usize> = expression.concepts().map(|concept| concept.span.start).collect();
        let mut seen = Vec::new();
        for finding in snomed.check_expression(expression) {
            let code = match finding.kind {
                ExpressionFindingKind::NotAttribute => FindingCode::NotAnAttribute,
                ExpressionFindingKind::AttributeUnclear { .. } => FindingCode::AttributeUnclear,
                // What is said of a concept by itself was said.
                _ => continue,
            };
            if seen.contains(&finding.id) {
                continue;
            }
            seen.push(finding.id);
            let place = places.iter().position(|start| *start == finding.span.start);
            self.part = place.and_then(|place| u32::try_from(place).ok());
            self.add(code, || (Detail::Made(finding.to_string().into()), Vec::new()));
        }
    }

    /// Whether its attributes are among those that it may have. Ids decide, so that this is known of
    /// every attribute, whatever the release.
    fn attributes_allowed(&mut self, expression: &Expression) {
        let validator = self.validator;
        let allowed = validator.binding.expression_attributes.as_slice();
        if allowed.is_empty() {
            return;
        }
        let named = |id: Sctid| {
            let concept = validator.snomed().and_then(|snomed| snomed.concept(id));
            let term = concept.and_then(|found| found.preferred_term(validator.binding.dialect));
            term.map_or_else(|| id.to_string(), |term| format!("{id} |{}|", term.text()))
        };
        let mut seen = Vec::new();
        for (place, concept) in expression.concepts().enumerate() {
            let is_name = concept.role == ConceptRole::AttributeName;
            if !is_name || allowed.contains(&concept.id) || seen.contains(&concept.id) {
                continue;
            }
            seen.push(concept.id);
            self.part = u32::try_from(place).ok();
            self.add(FindingCode::AttributeNotAllowed, || {
                let those: Vec<String> = allowed.iter().map(|id| named(*id)).collect();
                let text = format!("{}; those are {}", named(concept.id), those.join(", "));
                (Detail::Made(text.into()), Vec::new())
            });
        }
    }
}
