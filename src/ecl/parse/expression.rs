//! Expressions, and sub-expressions with all that is applied to them.

use super::cursor::Cursor;
use super::operator::Operator;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{Expression, Focus, HierarchyOperator, RefsetOperator, SubExpression};

/// What operators are applied to, before it is known whether its brackets mean anything.
pub(super) enum Operand {
    Focus(Focus),
    Bracketed(Expression),
}

/// What stands before an operand.
#[derive(Default)]
pub(super) struct Operators {
    hierarchy: Option<HierarchyOperator>,
    refset: Option<RefsetOperator>,
}

impl Cursor<'_> {
    /// Passes over an expression.
    pub(super) fn expression(&mut self) -> Result<Expression, EclError> {
        let first = self.sub_expression()?;
        self.expression_after(first)
    }

    /// Passes over what follows the first operand of an expression.
    pub(super) fn expression_after(
        &mut self,
        first: SubExpression,
    ) -> Result<Expression, EclError> {
        self.skip_space();
        match self.peek() {
            Some(b':') => self.refined(first),
            Some(b'.') => self.dotted(first),
            _ => match self.operator()? {
                None => {
                    self.may_follow = "AND, OR, MINUS, ':', '.', '{{'";
                    Ok(unbracketed(first))
                }
                Some(Operator::Minus) => self.minus(first),
                Some(operator) => self.compound(first, operator),
            },
        }
    }

    fn refined(&mut self, focus: SubExpression) -> Result<Expression, EclError> {
        self.at += 1;
        self.skip_space();
        let refinement = self.refinement(false)?;
        Ok(Expression::Refined(focus, refinement))
    }

    fn dotted(&mut self, focus: SubExpression) -> Result<Expression, EclError> {
        let mut attributes = Vec::new();
        while self.eat(b'.') {
            self.skip_space();
            attributes.push(self.sub_expression()?);
            self.skip_space();
        }
        self.may_follow = "'.', '{{'";
        Ok(Expression::Dotted(focus, attributes))
    }

    fn minus(&mut self, first: SubExpression) -> Result<Expression, EclError> {
        self.skip_space();
        let second = self.sub_expression()?;
        self.skip_space();
        let start = self.at;
        if let Some(further) = self.operator()? {
            return Err(self.mixed(start, further, Operator::Minus));
        }
        self.may_follow = "'{{'";
        Ok(Expression::Minus(Box::new(first), Box::new(second)))
    }

    fn compound(
        &mut self,
        first: SubExpression,
        operator: Operator,
    ) -> Result<Expression, EclError> {
        let mut operands = vec![first];
        loop {
            self.skip_space();
            operands.push(self.sub_expression()?);
            self.skip_space();
            let start = self.at;
            match self.operator()? {
                Some(further) if further == operator => {}
                Some(further) => return Err(self.mixed(start, further, operator)),
                None => break,
            }
        }
        match operator {
            Operator::Or => {
                self.may_follow = "OR, '{{'";
                Ok(Expression::Or(operands))
            }
            Operator::And | Operator::Minus => {
                self.may_follow = "AND, '{{'";
                Ok(Expression::And(operands))
            }
        }
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
    pub(super) fn sub_expression(&mut self) -> Result<SubExpression, EclError> {
        let start = self.at;
        let operators =
            Operators { hierarchy: self.hierarchy_operator()?, refset: self.refset_operator()? };
        let operand = match self.peek() {
            Some(b'(') => Operand::Bracketed(self.bracketed_expression()?),
            _ => Operand::Focus(self.focus()?),
        };
        self.applied(start, operators, operand)
    }

    /// Passes over `( … )` around an expression.
    pub(super) fn bracketed_expression(&mut self) -> Result<Expression, EclError> {
        self.open("(")?;
        self.skip_space();
        let expression = self.expression()?;
        self.close(")")?;
        Ok(expression)
    }

    /// Passes over the filters and the supplement behind an operand, and puts it all together.
    pub(super) fn applied(
        &mut self,
        start: usize,
        operators: Operators,
        operand: Operand,
    ) -> Result<SubExpression, EclError> {
        let focus = match operand {
            Operand::Focus(focus) => focus,
            Operand::Bracketed(expression) => Focus::Nested(Box::new(expression)),
        };
        let mut sub = SubExpression::new(focus, self.span(start));
        sub.hierarchy = operators.hierarchy;
        sub.refset = operators.refset;
        let behind = self.at;
        self.skip_space();
        match self.peek() == Some(b'{') && self.peek_at(1) == Some(b'{') {
            true => self.filters(&mut sub)?,
            false => self.at = behind,
        }
        if let Focus::Nested(inner) = &mut sub.focus
            && let Expression::Sub(inner) = &mut **inner
        {
            let inner = std::mem::replace(inner, SubExpression::new(Focus::Any, sub.span));
            sub = merged(sub, inner);
        }
        sub.span = self.span(start);
        Ok(sub)
    }
}

/// Drops brackets around all of an expression.
fn unbracketed(sub: SubExpression) -> Expression {
    match sub {
        SubExpression {
            hierarchy: None,
            refset: None,
            focus: Focus::Nested(inner),
            member_filters,
            filters,
            history: None,
            ..
        } if member_filters.is_empty() && filters.is_empty() => *inner,
        sub => Expression::Sub(sub),
    }
}

/// Drops the brackets between two sub-expressions where they change nothing: where what is applied
/// outside would be applied last without them too. The focus of `outer` is not looked at.
fn merged(mut outer: SubExpression, mut inner: SubExpression) -> SubExpression {
    let unfiltered = inner.filters.is_empty() && inner.history.is_none();
    let bare = inner.hierarchy.is_none() && inner.refset.is_none() && unfiltered;
    if bare {
        outer.focus = inner.focus;
        return outer;
    }
    let nothing_before = outer.hierarchy.is_none() && outer.refset.is_none();
    let nothing_behind = outer.filters.is_empty() && outer.history.is_none();
    if nothing_before && (inner.history.is_none() || nothing_behind) {
        inner.filters.append(&mut outer.filters);
        inner.history = inner.history.or(outer.history);
        return inner;
    }
    // `< (^ A)` is `< ^ A`.
    if outer.refset.is_none() && inner.hierarchy.is_none() && unfiltered {
        inner.hierarchy = outer.hierarchy;
        inner.filters = outer.filters;
        inner.history = outer.history;
        return inner;
    }
    outer.focus = Focus::Nested(Box::new(Expression::Sub(inner)));
    outer
}
