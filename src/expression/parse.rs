//! From text to tree, with the cursor that expression constraints are read with.
//!
//! Time is linear in the text. What recurses counts its depth, and writes into a place on the heap.

use super::syntax::{
    Attribute, AttributeGroup, AttributeValue, DefinitionStatus, Refinement, Span, SubExpression,
};
use crate::ecl::EclError;
use crate::ecl::parse::{Cursor, Language, check_length};

/// A definition status, if there is one, and the rest.
pub(super) type Parsed = (Option<DefinitionStatus>, SubExpression);

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Parsed, EclError> {
    check_length(text)?;
    parse_of_any_length(text)
}

/// Reads a whole text, however long: what was printed of a tree may be longer than what was read.
pub(super) fn parse_of_any_length(text: &str) -> Result<Parsed, EclError> {
    let mut cursor = Cursor::new(text, Language::Expressions);
    cursor.skip_space();
    let status = if cursor.eat_all("===") {
        Some(DefinitionStatus::EquivalentTo)
    } else if cursor.eat_all("<<<") {
        Some(DefinitionStatus::SubtypeOf)
    } else {
        None
    };
    cursor.skip_space();
    let mut expression = SubExpression::default();
    sub_expression(&mut cursor, &mut expression)?;
    match cursor.is_at_end() {
        true => Ok((status, expression)),
        false => Err(cursor.expected(&format!("{} or the end", cursor.may_follow))),
    }
}

/// Passes over focus concepts, a refinement, and white space behind them.
fn sub_expression(cursor: &mut Cursor<'_>, out: &mut SubExpression) -> Result<(), EclError> {
    let start = cursor.at;
    loop {
        out.focus_concepts.push(cursor.concept_reference()?);
        out.span = cursor.span(start);
        cursor.skip_space();
        if !cursor.eat(b'+') {
            break;
        }
        cursor.skip_space();
    }
    if !cursor.eat(b':') {
        cursor.may_follow = "'+', ':'";
        return Ok(());
    }
    cursor.skip_space();
    let end = refinement(cursor, &mut out.refinement)?;
    out.span = Span { start, end };
    Ok(())
}

/// Passes over a refinement and white space behind it; says where the refinement ended.
fn refinement(cursor: &mut Cursor<'_>, out: &mut Refinement) -> Result<usize, EclError> {
    let mut end = cursor.at;
    if cursor.peek() != Some(b'{') {
        end = attributes(cursor, &mut out.attributes, false)?;
    }
    let mut comma = false;
    loop {
        if cursor.peek() != Some(b'{') {
            if comma {
                return Err(cursor
                    .expected("'{'")
                    .with_hint("attributes that stand in no group stand before all groups"));
            }
            break;
        }
        let start = cursor.at;
        cursor.open("{")?;
        cursor.skip_space();
        let mut group = AttributeGroup { attributes: Vec::new(), span: Span::default() };
        attributes(cursor, &mut group.attributes, true)?;
        if cursor.peek() != Some(b'}') {
            return Err(cursor.expected("',' or '}'"));
        }
        cursor.close("}")?;
        end = cursor.at;
        group.span = cursor.span(start);
        out.groups.push(group);
        cursor.skip_space();
        comma = cursor.eat(b',');
        cursor.skip_space();
    }
    cursor.may_follow = "',', '{'";
    Ok(end)
}

/// Passes over attributes and white space behind them; where they stand in no group themselves, also
/// over the comma before a group. Says where the last attribute ended.
fn attributes(
    cursor: &mut Cursor<'_>,
    out: &mut Vec<Attribute>,
    in_group: bool,
) -> Result<usize, EclError> {
    loop {
        if !matches!(cursor.peek(), Some(b'0'..=b'9')) {
            return Err(match (in_group, cursor.peek()) {
                (false, _) => cursor.expected("an attribute or '{'"),
                (true, Some(b'{')) => {
                    cursor.expected("an attribute").with_hint("a group cannot stand within a group")
                }
                (true, _) => cursor.expected("an attribute"),
            });
        }
        attribute(cursor, out)?;
        let end = cursor.at;
        cursor.skip_space();
        if !cursor.eat(b',') {
            return Ok(end);
        }
        cursor.skip_space();
        if !in_group && cursor.peek() == Some(b'{') {
            return Ok(end);
        }
    }
}

fn attribute(cursor: &mut Cursor<'_>, out: &mut Vec<Attribute>) -> Result<(), EclError> {
    let start = cursor.at;
    let name = cursor.concept_reference()?;
    cursor.skip_space();
    if !cursor.eat(b'=') {
        return Err(cursor.expected("'=' behind the name of an attribute"));
    }
    cursor.skip_space();
    let value = value(cursor)?;
    out.push(Attribute { name, value, span: cursor.span(start) });
    Ok(())
}

fn value(cursor: &mut Cursor<'_>) -> Result<AttributeValue, EclError> {
    match cursor.peek() {
        Some(b'0'..=b'9') => cursor.concept_reference().map(AttributeValue::Concept),
        Some(b'(') => nested(cursor).map(AttributeValue::Expression),
        Some(b'#') => cursor.number().map(AttributeValue::Number),
        Some(b'"') => cursor.concrete_string().map(AttributeValue::String),
        _ => match cursor.boolean() {
            Some(value) => Ok(AttributeValue::Boolean(value)),
            None => Err(cursor
                .expected("a concept, '(', a number, '#5' say, a text in quotes, true or false")),
        },
    }
}

fn nested(cursor: &mut Cursor<'_>) -> Result<Box<SubExpression>, EclError> {
    cursor.open("(")?;
    cursor.skip_space();
    let mut expression = Box::new(SubExpression::default());
    sub_expression(cursor, &mut expression)?;
    if cursor.peek() != Some(b')') {
        return Err(cursor.expected(&format!("{} or ')'", cursor.may_follow)));
    }
    cursor.close(")")?;
    Ok(expression)
}
