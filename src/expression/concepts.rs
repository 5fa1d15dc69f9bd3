//! The concepts of a tree, in the order of its text.

use super::syntax::{Attribute, AttributeValue, ConceptReference, Span, SubExpression};
use crate::id::Sctid;

/// A concept in the text of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpressionConcept<'e> {
    /// The id as published: its check digit has not been looked at.
    pub id: Sctid,
    /// The term in pipes behind it, trimmed.
    pub term: Option<&'e str>,
    /// Where it stands in the text, the term included.
    pub span: Span,
    /// What it is there for.
    pub role: ConceptRole,
}

/// What a concept is in an expression for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConceptRole {
    /// A focus concept of the whole.
    Focus,
    /// The name of an attribute, at any depth.
    AttributeName,
    /// The value of an attribute, or a focus concept of the expression that is the value.
    AttributeValue,
}

impl ConceptRole {
    /// `focus`, `attribute-name` or `attribute-value`.
    pub fn code(self) -> &'static str {
        match self {
            ConceptRole::Focus => "focus",
            ConceptRole::AttributeName => "attribute-name",
            ConceptRole::AttributeValue => "attribute-value",
        }
    }
}

impl ExpressionConcept<'_> {
    /// Where its id stands, without the term.
    pub fn id_span(&self) -> Span {
        let digits = self.id.value().checked_ilog10().map_or(0, |log| log as usize + 1);
        Span { start: self.span.start, end: self.span.start.saturating_add(digits) }
    }
}

/// Gathers the concepts of an expression.
pub(super) fn gather<'e>(
    expression: &'e SubExpression,
    role: ConceptRole,
    found: &mut Vec<ExpressionConcept<'e>>,
) {
    found.extend(expression.focus_concepts.iter().map(|reference| concept(reference, role)));
    let refinement = &expression.refinement;
    let grouped = refinement.groups.iter().flat_map(|group| &group.attributes);
    for Attribute { name, value, .. } in refinement.attributes.iter().chain(grouped) {
        found.push(concept(name, ConceptRole::AttributeName));
        match value {
            AttributeValue::Concept(reference) => {
                found.push(concept(reference, ConceptRole::AttributeValue));
            }
            AttributeValue::Expression(nested) => {
                gather(nested, ConceptRole::AttributeValue, found);
            }
            AttributeValue::Number(_) | AttributeValue::String(_) | AttributeValue::Boolean(_) => {}
        }
    }
}

fn concept(reference: &ConceptReference, role: ConceptRole) -> ExpressionConcept<'_> {
    let ConceptReference { id, term, span } = reference;
    ExpressionConcept { id: *id, term: term.as_deref(), span: *span, role }
}
