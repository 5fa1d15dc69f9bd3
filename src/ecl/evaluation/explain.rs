//! What each part of an expression comes to.

use std::fmt;

use crate::ecl::Ecl;
use crate::ecl::render::control_free;
use crate::ecl::syntax::{
    Attribute, AttributeGroup, Comparison, Expression, Focus, Refinement, RefsetOperator, Span,
    SubExpression,
};

use super::compile::is_plain;
use super::error::{EvaluationError, Finding};
use super::options::{Evaluated, Evaluation};
use super::select::{Selection, select_expression};

/// An expression by its parts, each with what it comes to; made by [`Evaluation::explain`].
///
/// Displayed as a table: how many concepts, what the part is, and the part, set in by its depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The parts, each before those within it, otherwise in the order of the text. The first is the
    /// whole expression.
    pub parts: Vec<ExplainedPart>,
    /// What the evaluation of the whole was asked to report as a warning.
    pub warnings: Vec<Finding>,
}

/// A part of an expression, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPart {
    /// How many parts it lies within.
    pub depth: usize,
    /// What it is.
    pub kind: PartKind,
    /// The part in brief form.
    pub text: String,
    /// Where it stands; of an operand less some of its operators or filters, where the whole
    /// operand stands.
    pub span: Span,
    /// What it gives. A condition of a refinement is asked of the focus alone: without the other
    /// conditions, and within braces as if in braces of its own.
    pub amount: Amount,
}

/// How much a part gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many concepts.
    Concepts(usize),
    /// So many rows of refset fields.
    Rows(usize),
}

impl Amount {
    /// The number, of whatever.
    pub fn count(self) -> usize {
        match self {
            Amount::Concepts(count) | Amount::Rows(count) => count,
        }
    }
}

/// What a part is to the part that it lies within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartKind {
    /// The whole expression.
    Whole,
    /// An operand of `AND`.
    And,
    /// An operand of `OR`.
    Or,
    /// What `MINUS` takes from.
    MinusFrom,
    /// What `MINUS` takes away.
    MinusWithout,
    /// What a refinement, a dot, an operator, or a filter is applied to.
    Focus,
    /// An operand with a hierarchy operator, before its filters.
    Hierarchy,
    /// The members of refsets, or values of their fields, before what is applied to those.
    MemberOf,
    /// The refsets that have such members, before what is applied to those.
    RefsetContaining,
    /// A filtered operand, before its further filters and its history supplement.
    Filter,
    /// An operand with its history supplement.
    History,
    /// The values of attributes behind a dot, before the next dot.
    Values,
    /// A condition of a refinement: an attribute.
    Attribute,
    /// A condition of a refinement: a group.
    Group,
    /// Conditions in brackets.
    Conditions,
    /// The types of an attribute.
    AttributeName,
    /// The values that an attribute is compared with.
    AttributeValue,
}

impl PartKind {
    /// A word for it that stays: what a program may compare, `attribute-value` say.
    pub fn code(self) -> &'static str {
        match self {
            PartKind::Whole => "whole",
            PartKind::And => "and",
            PartKind::Or => "or",
            PartKind::MinusFrom => "minus-from",
            PartKind::MinusWithout => "minus-without",
            PartKind::Focus => "focus",
            PartKind::Hierarchy => "hierarchy",
            PartKind::MemberOf => "member-of",
            PartKind::RefsetContaining => "refset-containing",
            PartKind::Filter => "filter",
            PartKind::History => "history",
            PartKind::Values => "values",
            PartKind::Attribute => "attribute",
            PartKind::Group => "group",
            PartKind::Conditions => "conditions",
            PartKind::AttributeName => "attribute-name",
            PartKind::AttributeValue => "attribute-value",
        }
    }
}

/// Its [code](PartKind::code).
impl fmt::Display for PartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.parts.iter().map(|part| part.amount.to_string()).collect();
        let title = "concepts";
        let first = numbers.iter().map(String::len).max().unwrap_or(0).max(title.len());
        let kinds = self.parts.iter().map(|part| part.kind.code().len());
        let second = kinds.max().unwrap_or(0);
        write!(f, "{title:>first$}  {:second$}  part", "what")?;
        for (part, number) in self.parts.iter().zip(&numbers) {
            let indent = part.depth.saturating_mul(2);
            let text = control_free(&part.text);
            write!(f, "\n{number:>first$}  {:second$}  {:indent$}{text}", part.kind, "")?;
        }
        Ok(())
    }
}

/// The number, and where it is not of concepts, of what.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Concepts(count) => write!(f, "{count}"),
            Amount::Rows(1) => f.write_str("1 row"),
            Amount::Rows(count) => write!(f, "{count} rows"),
        }
    }
}

impl Evaluation<'_, '_> {
    /// Evaluates an expression and each of its parts: why an answer is as large, or as small, as it
    /// is.
    ///
    /// Costs an evaluation for every part; each may cost what the limits allow.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::ecl::{Ecl, PartKind};
    /// let ecl = Ecl::parse("<< 301000 MINUS << 401004")?;
    /// let explanation = snomed.evaluation().explain(&ecl)?;
    /// let parts: Vec<(PartKind, &str)> =
    ///     explanation.parts.iter().map(|part| (part.kind, part.text.as_str())).collect();
    /// assert_eq!(parts[1..], [
    ///     (PartKind::MinusFrom, "<< 301000"),
    ///     (PartKind::MinusWithout, "<< 401004"),
    /// ]);
    /// let count = |part: usize| explanation.parts[part].amount.count();
    /// assert_eq!(count(0), count(1) - count(2));
    /// println!("{explanation}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Evaluation::select`]; also where a part has no answer that the whole did not need: one
    /// that costs too much without its filters, or comes to rows behind an empty operand of `AND`.
    pub fn explain(&self, ecl: &Ecl) -> Result<Explanation, EvaluationError> {
        let expression = ecl.expression();
        let (amount, warnings) = self.amount(expression)?;
        let span = Span { start: 0, end: ecl.source().len() };
        let text = expression.brief().to_string();
        let whole = ExplainedPart { depth: 0, kind: PartKind::Whole, text, span, amount };
        let mut explainer = Explainer { evaluation: self, parts: vec![whole] };
        explainer.within(1, expression)?;
        Ok(Explanation { parts: explainer.parts, warnings })
    }

    fn amount(&self, expression: &Expression) -> Result<(Amount, Vec<Finding>), EvaluationError> {
        let Evaluated { concepts, warnings } = select_expression(self, expression)?;
        let amount = match concepts {
            Selection::Concepts(set) => Amount::Concepts(set.len()),
            Selection::Rows(rows) => Amount::Rows(rows.rows.len()),
        };
        Ok((amount, warnings))
    }
}

struct Explainer<'e, 'o, 't> {
    evaluation: &'e Evaluation<'o, 't>,
    parts: Vec<ExplainedPart>,
}

type Explained = Result<(), EvaluationError>;

impl Explainer<'_, '_, '_> {
    fn add(
        &mut self,
        (depth, kind): (usize, PartKind),
        text: String,
        span: Span,
        expression: &Expression,
    ) -> Explained {
        let (amount, _) = self.evaluation.amount(expression)?;
        self.parts.push(ExplainedPart { depth, kind, text, span, amount });
        Ok(())
    }

    /// The parts within an expression that has been told itself.
    fn within(&mut self, depth: usize, expression: &Expression) -> Explained {
        match expression {
            Expression::Sub(sub) => self.applied(depth, sub),
            Expression::And(all) => {
                all.iter().try_for_each(|sub| self.operand(depth, PartKind::And, sub))
            }
            Expression::Or(any) => {
                any.iter().try_for_each(|sub| self.operand(depth, PartKind::Or, sub))
            }
            Expression::Minus(from, without) => {
                self.operand(depth, PartKind::MinusFrom, from)?;
                self.operand(depth, PartKind::MinusWithout, without)
            }
            Expression::Refined(focus, refinement) => {
                self.operand(depth, PartKind::Focus, focus)?;
                self.conditions(depth, focus, refinement, false)
            }
            Expression::Dotted(focus, attributes) => {
                self.operand(depth, PartKind::Focus, focus)?;
                for (number, attribute) in attributes.iter().enumerate() {
                    if !is_plain_name(attribute) {
                        self.operand(depth, PartKind::AttributeName, attribute)?;
                    }
                    let so_far: Vec<SubExpression> =
                        attributes.iter().take(number + 1).cloned().collect();
                    // The last is the whole.
                    if so_far.len() < attributes.len() {
                        let span = Span { start: focus.span.start, end: attribute.span.end };
                        let expression = Expression::Dotted(focus.clone(), so_far);
                        let text = expression.brief().to_string();
                        self.add((depth, PartKind::Values), text, span, &expression)?;
                    }
                }
                Ok(())
            }
        }
    }

    fn operand(&mut self, depth: usize, kind: PartKind, sub: &SubExpression) -> Explained {
        let expression = Expression::Sub(sub.clone());
        self.add((depth, kind), expression.brief().to_string(), sub.span, &expression)?;
        self.applied(depth.saturating_add(1), sub)
    }

    /// What lies within an operand that has been told itself: it without what is applied to it last.
    fn applied(&mut self, depth: usize, sub: &SubExpression) -> Explained {
        match without_last(sub) {
            // A concept is a concept.
            Some(inner) if is_plain(&inner) && !has_more_to_tell(&inner.focus) => Ok(()),
            Some(inner) => self.operand(depth, kind_of(&inner), &inner),
            None => match &sub.focus {
                Focus::Nested(expression) => self.within(depth, expression),
                _ => Ok(()),
            },
        }
    }

    /// Each condition of a refinement, asked of the focus alone.
    fn conditions(
        &mut self,
        depth: usize,
        focus: &SubExpression,
        refinement: &Refinement,
        in_group: bool,
    ) -> Explained {
        let (Refinement::And(parts) | Refinement::Or(parts)) = refinement else {
            return self.condition(depth, focus, refinement, in_group);
        };
        parts.iter().try_for_each(|part| self.condition(depth, focus, part, in_group))
    }

    fn condition(
        &mut self,
        depth: usize,
        focus: &SubExpression,
        condition: &Refinement,
        in_group: bool,
    ) -> Explained {
        let span = span_of(condition);
        let asked = match in_group {
            false => condition.clone(),
            true => Refinement::Group(AttributeGroup {
                cardinality: None,
                attributes: Box::new(condition.clone()),
                span,
            }),
        };
        let expression = Expression::Refined(focus.clone(), asked);
        let kind = match condition {
            Refinement::Attribute(_) => PartKind::Attribute,
            Refinement::Group(_) => PartKind::Group,
            Refinement::And(_) | Refinement::Or(_) => PartKind::Conditions,
        };
        self.add((depth, kind), condition.brief().to_string(), span, &expression)?;
        let depth = depth.saturating_add(1);
        match condition {
            Refinement::Attribute(Attribute { name, comparison, .. }) => {
                if !is_plain_name(name) {
                    self.operand(depth, PartKind::AttributeName, name)?;
                }
                match comparison {
                    Comparison::Concepts(_, value) if !is_plain_name(value) => {
                        self.operand(depth, PartKind::AttributeValue, value)
                    }
                    _ => Ok(()),
                }
            }
            Refinement::Group(group) => self.conditions(depth, focus, &group.attributes, true),
            Refinement::And(_) | Refinement::Or(_) => {
                self.conditions(depth, focus, condition, in_group)
            }
        }
    }
}

/// A name or a value of which there is nothing to tell: a concept, or `*`.
fn is_plain_name(sub: &SubExpression) -> bool {
    is_plain(sub) && !matches!(sub.focus, Focus::Nested(_))
}

fn has_more_to_tell(focus: &Focus) -> bool {
    matches!(focus, Focus::Nested(_) | Focus::Any)
}

/// An operand without what is applied to it last; `None` where nothing is.
fn without_last(sub: &SubExpression) -> Option<SubExpression> {
    let mut inner = sub.clone();
    if inner.history.take().is_some()
        || inner.filters.pop().is_some()
        || inner.hierarchy.take().is_some()
        || inner.member_filters.pop().is_some()
        || inner.refset.take().is_some()
    {
        return Some(inner);
    }
    None
}

/// What an operand is, by what is applied to it last.
fn kind_of(sub: &SubExpression) -> PartKind {
    if sub.history.is_some() {
        return PartKind::History;
    }
    if !sub.filters.is_empty() {
        return PartKind::Filter;
    }
    if sub.hierarchy.is_some() {
        return PartKind::Hierarchy;
    }
    match sub.refset {
        None => PartKind::Focus,
        Some(RefsetOperator::ContainingAny) => PartKind::RefsetContaining,
        Some(_) => PartKind::MemberOf,
    }
}

fn span_of(refinement: &Refinement) -> Span {
    match refinement {
        Refinement::Attribute(attribute) => attribute.span,
        Refinement::Group(group) => group.span,
        Refinement::And(parts) | Refinement::Or(parts) => {
            let spans = || parts.iter().map(span_of);
            let start = spans().map(|span| span.start).min().unwrap_or_default();
            Span { start, end: spans().map(|span| span.end).max().unwrap_or_default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Terminology;

    fn explained(text: &str) -> Explanation {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
        let terminology = Terminology::open([golden]).unwrap();
        let snomed = terminology.snomed().unwrap();
        snomed.evaluation().explain(&Ecl::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn parts_are_told_from_the_outside_in() {
        let text = "< (301000 OR 401004) {{ term = \"s\" }} {{ C active = true }}";
        let explanation = explained(text);
        let told: Vec<(usize, &str, &str)> = explanation
            .parts
            .iter()
            .map(|part| (part.depth, part.kind.code(), part.text.as_str()))
            .collect();
        let expected = [
            (0, "whole", "< (301000 OR 401004) {{ D term = \"s\" }} {{ C active = true }}"),
            (1, "filter", "< (301000 OR 401004) {{ D term = \"s\" }}"),
            (2, "hierarchy", "< (301000 OR 401004)"),
            (3, "focus", "(301000 OR 401004)"),
            (4, "or", "301000"),
            (4, "or", "401004"),
        ];
        assert_eq!(told, expected);
        let spelled = explanation.parts.iter().map(|part| &text[part.span.start..part.span.end]);
        assert_eq!(spelled.collect::<Vec<_>>(), [text, text, text, text, "301000", "401004"]);
    }

    #[test]
    fn conditions_are_asked_of_the_focus_alone() {
        let explanation = explained("* : [0..0] * = << 301000, { * = * }");
        let parts = &explanation.parts;
        let counts: Vec<usize> = parts.iter().map(|part| part.amount.count()).collect();
        let kinds: Vec<&str> = parts.iter().map(|part| part.kind.code()).collect();
        assert_eq!(kinds, ["whole", "focus", "attribute", "attribute-value", "group", "attribute"]);
        assert!(counts[0] < counts[4] && counts[4] == counts[5] && counts[2] < counts[1]);
    }

    #[test]
    fn it_is_displayed_as_a_table() {
        let shown = explained("<< 301000 MINUS << 401004").to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "concepts  what           part");
        assert!(lines[1].ends_with("  whole          << 301000 MINUS << 401004"), "{shown}");
        assert_eq!(lines[2], "       9  minus-from       << 301000");
        assert!(lines[3].ends_with("  minus-without    << 401004"), "{shown}");
        assert_eq!(Amount::Rows(2).to_string(), "2 rows");
    }
}
