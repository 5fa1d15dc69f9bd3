//! Expressions, and sub-expressions with all that is applied to them.
//!
//! What recurses writes into a place that its caller has, mostly on the heap: a tree handed back by
//! value would stand on the stack several times at each level.

use super::cursor::Cursor;
use super::operator::Operator;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{Expression, Focus, Refinement, Span, SubExpression};

impl Cursor<'_> {
    /// Passes over an expression.
    pub(super) fn expression(&mut self, out: &mut Expression) -> Result<(), EclError> {
        self.sub_expression(first_of(out))?;
        self.expression_after(out)
    }

    /// Passes over what follows the first operand of an expression, which is all of it so far.
    pub(super) fn expression_after(&mut self, out: &mut Expression) -> Result<(), EclError> {
        self.skip_space();
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                self.skip_space();
                self.refinement(refinement_of(out), false)
            }
            Some(b'.') => self.dotted(out),
            _ => match self.operator()? {
                None => {
                    self.may_follow = "AND, OR, MINUS, ':', '.', '{{'";
                    drop_brackets(out);
                    Ok(())
                }
                Some(Operator::Minus) => self.minus(out),
                Some(operator) => self.compound(out, operator),
            },
        }
    }

    fn dotted(&mut self, out: &mut Expression) -> Result<(), EclError> {
        let attributes = attributes_of(out);
        while self.eat(b'.') {
            self.skip_space();
            self.sub_expression(one_more(attributes))?;
            self.skip_space();
        }
        self.may_follow = "'.', '{{'";
        Ok(())
    }

    fn minus(&mut self, out: &mut Expression) -> Result<(), EclError> {
        self.skip_space();
        self.sub_expression(subtrahend_of(out))?;
        self.skip_space();
        let start = self.at;
        if let Some(further) = self.operator()? {
            return Err(self.mixed(start, further, Operator::Minus));
        }
        self.may_follow = "'{{'";
        Ok(())
    }

    fn compound(&mut self, out: &mut Expression, operator: Operator) -> Result<(), EclError> {
        let operands = operands_of(out, operator);
        loop {
            self.skip_space();
            self.sub_expression(one_more(operands))?;
            self.skip_space();
            let start = self.at;
            match self.operator()? {
                Some(further) if further == operator => {}
                Some(further) => return Err(self.mixed(start, further, operator)),
                None => break,
            }
        }
        self.may_follow = match operator {
            Operator::Or => "OR, '{{'",
            Operator::And | Operator::Minus => "AND, '{{'",
        };
        Ok(())
    }

    /// An error: this operator, passed over just now, stands beside that one.
    #[cold]
    pub(super) fn mixed(&self, start: usize, further: Operator, operator: Operator) -> EclError {
        let message = match further == operator {
            true => format!("a second {further} cannot follow without brackets"),
            false => format!("{further} cannot follow {operator} without brackets"),
        };
        EclError::new(EclErrorKind::MixedOperators, self.span(start), message)
    }

    /// Passes over a sub-expression.
    pub(super) fn sub_expression(&mut self, out: &mut SubExpression) -> Result<(), EclError> {
        let start = self.at;
        out.hierarchy = self.hierarchy_operator()?;
        out.refset = self.refset_operator()?;
        match self.peek() {
            Some(b'(') => out.focus = Focus::Nested(self.bracketed_expression()?),
            _ => self.plain_focus(out)?,
        }
        self.applied(start, out)
    }

    /// A frame of its own, which is gone when the filters are read.
    #[inline(never)]
    fn plain_focus(&mut self, out: &mut SubExpression) -> Result<(), EclError> {
        out.focus = self.focus()?;
        Ok(())
    }

    /// Passes over a sub-expression that stands on the heap.
    pub(super) fn boxed_sub_expression(&mut self) -> Result<Box<SubExpression>, EclError> {
        let mut sub = Box::new(SubExpression::new(Focus::Any, Span::default()));
        self.sub_expression(&mut sub)?;
        Ok(sub)
    }

    /// Passes over `( … )` around an expression.
    pub(super) fn bracketed_expression(&mut self) -> Result<Box<Expression>, EclError> {
        self.open("(")?;
        self.skip_space();
        let mut expression = boxed(Focus::Any);
        self.expression(&mut expression)?;
        self.close(")")?;
        Ok(expression)
    }

    /// Passes over the filters and the supplement behind an operand.
    pub(super) fn applied(
        &mut self,
        start: usize,
        sub: &mut SubExpression,
    ) -> Result<(), EclError> {
        sub.span = self.span(start);
        let behind = self.at;
        self.skip_space();
        match self.peek() == Some(b'{') && self.peek_at(1) == Some(b'{') {
            true => self.filters(sub)?,
            false => self.at = behind,
        }
        merge(sub);
        sub.span = self.span(start);
        Ok(())
    }
}

/// An expression of a focus.
#[inline(never)]
pub(super) fn boxed(focus: Focus) -> Box<Expression> {
    Box::new(Expression::Sub(SubExpression::new(focus, Span::default())))
}

fn nothing() -> SubExpression {
    SubExpression::new(Focus::Any, Span::default())
}

/// The operand that is all of the expression so far.
#[inline(never)]
pub(super) fn first_of(out: &mut Expression) -> &mut SubExpression {
    if !matches!(out, Expression::Sub(_)) {
        *out = Expression::Sub(nothing());
    }
    match out {
        Expression::Sub(first) => first,
        _ => unreachable!("it was made one"),
    }
}

/// Takes the operand that is all of the expression so far.
#[inline(never)]
pub(super) fn taken(out: &mut Expression) -> SubExpression {
    std::mem::replace(first_of(out), nothing())
}

#[inline(never)]
fn refinement_of(out: &mut Expression) -> &mut Refinement {
    *out = Expression::Refined(taken(out), Refinement::And(Vec::new()));
    match out {
        Expression::Refined(_, refinement) => refinement,
        _ => unreachable!("it was made one"),
    }
}

#[inline(never)]
fn attributes_of(out: &mut Expression) -> &mut Vec<SubExpression> {
    *out = Expression::Dotted(taken(out), Vec::new());
    match out {
        Expression::Dotted(_, attributes) => attributes,
        _ => unreachable!("it was made one"),
    }
}

#[inline(never)]
fn subtrahend_of(out: &mut Expression) -> &mut SubExpression {
    *out = Expression::Minus(Box::new(taken(out)), Box::new(nothing()));
    match out {
        Expression::Minus(_, second) => second,
        _ => unreachable!("it was made one"),
    }
}

#[inline(never)]
fn operands_of(out: &mut Expression, operator: Operator) -> &mut Vec<SubExpression> {
    let mut operands = Vec::with_capacity(2);
    operands.push(taken(out));
    *out = match operator {
        Operator::Or => Expression::Or(operands),
        Operator::And | Operator::Minus => Expression::And(operands),
    };
    match out {
        Expression::Or(operands) | Expression::And(operands) => operands,
        _ => unreachable!("it was made one"),
    }
}

#[inline(never)]
fn one_more(operands: &mut Vec<SubExpression>) -> &mut SubExpression {
    operands.push(nothing());
    match operands.last_mut() {
        Some(last) => last,
        None => unreachable!("one was pushed"),
    }
}

/// Drops brackets around all of an expression.
#[inline(never)]
fn drop_brackets(out: &mut Expression) {
    if let Expression::Sub(SubExpression {
        hierarchy: None,
        refset: None,
        focus: focus @ Focus::Nested(_),
        member_filters,
        filters,
        history: None,
        ..
    }) = out
        && member_filters.is_empty()
        && filters.is_empty()
        && let Focus::Nested(inner) = std::mem::replace(focus, Focus::Any)
    {
        *out = *inner;
    }
}

/// Drops the brackets between two sub-expressions where they change nothing: where what is applied
/// outside would be applied last without them too.
#[inline(never)]
fn merge(outer: &mut SubExpression) {
    let Focus::Nested(nested) = &mut outer.focus else { return };
    let Expression::Sub(inner) = &mut **nested else { return };
    let unfiltered = inner.filters.is_empty() && inner.history.is_none();
    let bare = inner.hierarchy.is_none() && inner.refset.is_none() && unfiltered;
    if bare {
        outer.focus = std::mem::replace(&mut inner.focus, Focus::Any);
        return;
    }
    let nothing_before = outer.hierarchy.is_none() && outer.refset.is_none();
    let nothing_behind = outer.filters.is_empty() && outer.history.is_none();
    if nothing_before && (inner.history.is_none() || nothing_behind) {
        let mut inner = std::mem::replace(inner, nothing());
        inner.filters.append(&mut outer.filters);
        inner.history = inner.history.or(outer.history.take());
        *outer = inner;
        return;
    }
    // `< (^ A)` is `< ^ A`.
    if outer.refset.is_none() && inner.hierarchy.is_none() && unfiltered {
        outer.refset = inner.refset.take();
        outer.member_filters.append(&mut inner.member_filters);
        outer.focus = std::mem::replace(&mut inner.focus, Focus::Any);
    }
}
