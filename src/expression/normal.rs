//! The normal form of a tree.

use std::cmp::Ordering;

use super::syntax::{
    Attribute, AttributeGroup, AttributeValue, ConceptReference, Number, Refinement, Span,
    SubExpression,
};
use crate::snomed::Decimal;

/// The tree without terms, in order, each part once.
pub(super) fn normal(expression: &SubExpression) -> SubExpression {
    let mut focus_concepts: Vec<_> = expression.focus_concepts.iter().map(reference).collect();
    focus_concepts.sort_by_key(|concept| concept.id);
    focus_concepts.dedup();
    let mut groups: Vec<_> = expression.refinement.groups.iter().map(group).collect();
    groups.sort_by(|one, other| compare_all(&one.attributes, &other.attributes, compare));
    groups.dedup();
    let attributes = attributes(&expression.refinement.attributes);
    let refinement = Refinement { attributes, groups };
    SubExpression { focus_concepts, refinement, span: Span::default() }
}

fn group(group: &AttributeGroup) -> AttributeGroup {
    AttributeGroup { attributes: attributes(&group.attributes), span: Span::default() }
}

fn attributes(attributes: &[Attribute]) -> Vec<Attribute> {
    let normal = |attribute: &Attribute| Attribute {
        name: reference(&attribute.name),
        value: value(&attribute.value),
        span: Span::default(),
    };
    let mut attributes: Vec<_> = attributes.iter().map(normal).collect();
    attributes.sort_by(compare);
    attributes.dedup();
    attributes
}

fn reference(reference: &ConceptReference) -> ConceptReference {
    ConceptReference { id: reference.id, term: None, span: Span::default() }
}

fn value(value: &AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::Concept(concept) => AttributeValue::Concept(reference(concept)),
        AttributeValue::Expression(expression) => {
            let nested = normal(expression);
            match nested.focus_concepts.as_slice() {
                // Brackets around a concept alone change nothing.
                [only] if nested.refinement.is_empty() => AttributeValue::Concept(only.clone()),
                _ => AttributeValue::Expression(Box::new(nested)),
            }
        }
        AttributeValue::Number(number) => AttributeValue::Number(plain(number)),
        other => other.clone(),
    }
}

/// A number without a plus sign and without zeros at the end of its fraction; there is one zero.
fn plain(number: &Number) -> Number {
    let text = number.0.trim_start_matches('+');
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text,
    };
    Number(if text == "-0" { "0" } else { text }.to_owned())
}

fn compare(one: &Attribute, other: &Attribute) -> Ordering {
    one.name.id.cmp(&other.name.id).then_with(|| compare_values(&one.value, &other.value))
}

/// By kind, then as is natural for the kind.
fn compare_values(one: &AttributeValue, other: &AttributeValue) -> Ordering {
    use AttributeValue::{Boolean, Concept, Expression, Number, String};
    match (one, other) {
        (Concept(one), Concept(other)) => one.id.cmp(&other.id),
        (Expression(one), Expression(other)) => compare_expressions(one, other),
        // What was read as a number is one.
        (Number(one), Number(other)) => Decimal::new(&one.0).cmp(&Decimal::new(&other.0)),
        (String(one), String(other)) => one.cmp(other),
        (Boolean(one), Boolean(other)) => one.cmp(other),
        (one, other) => kind(one).cmp(&kind(other)),
    }
}

fn kind(value: &AttributeValue) -> u8 {
    match value {
        AttributeValue::Concept(_) => 0,
        AttributeValue::Expression(_) => 1,
        AttributeValue::Number(_) => 2,
        AttributeValue::String(_) => 3,
        AttributeValue::Boolean(_) => 4,
    }
}

fn compare_expressions(one: &SubExpression, other: &SubExpression) -> Ordering {
    let (refinement, others) = (&one.refinement, &other.refinement);
    compare_all(&one.focus_concepts, &other.focus_concepts, |one, other| one.id.cmp(&other.id))
        .then_with(|| compare_all(&refinement.attributes, &others.attributes, compare))
        .then_with(|| {
            compare_all(&refinement.groups, &others.groups, |one, other| {
                compare_all(&one.attributes, &other.attributes, compare)
            })
        })
}

/// As words are compared: by the first that differs, a beginning before what it begins.
fn compare_all<T>(one: &[T], other: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    let mut pairs = one.iter().zip(other).map(|(one, other)| compare(one, other));
    pairs.find(|order| order.is_ne()).unwrap_or_else(|| one.len().cmp(&other.len()))
}
