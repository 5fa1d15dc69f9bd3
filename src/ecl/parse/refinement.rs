//! Refinements: attributes, groups, and what joins them.

use super::cursor::Cursor;
use super::expression::{Operand, Operators};
use super::operator::Operator;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{
    Attribute, AttributeGroup, Cardinality, Expression, Refinement, SubExpression,
};

/// What stood in brackets where a refinement may stand: the brackets of `(A = B)` are those of a
/// refinement, the brackets of `(A OR B) = C` those of a name.
enum Bracketed {
    Refinement(Refinement),
    Expression(Expression),
}

impl Cursor<'_> {
    /// Passes over a refinement; within the braces of a group there is no group.
    pub(super) fn refinement(&mut self, in_group: bool) -> Result<Refinement, EclError> {
        let first = self.sub_refinement(in_group)?;
        self.refinement_after(first, in_group)
    }

    /// Passes over what follows the first part of a refinement.
    fn refinement_after(
        &mut self,
        first: Refinement,
        in_group: bool,
    ) -> Result<Refinement, EclError> {
        self.skip_space();
        let mut start = self.at;
        let operator = match self.refinement_operator()? {
            Some(operator) => operator,
            None => {
                self.may_follow = "AND, OR, ','";
                return Ok(first);
            }
        };
        let mut parts = vec![first];
        let mut further = operator;
        loop {
            if further != operator {
                return Err(self.mixed(start, further, operator));
            }
            self.skip_space();
            parts.push(self.sub_refinement(in_group)?);
            self.skip_space();
            start = self.at;
            match self.refinement_operator()? {
                Some(operator) => further = operator,
                None => break,
            }
        }
        Ok(match operator {
            Operator::Or => {
                self.may_follow = "OR";
                Refinement::Or(parts)
            }
            Operator::And | Operator::Minus => {
                self.may_follow = "AND, ','";
                Refinement::And(parts)
            }
        })
    }

    fn refinement_operator(&mut self) -> Result<Option<Operator>, EclError> {
        let start = self.at;
        match self.operator()? {
            Some(Operator::Minus) => Err(EclError::new(
                EclErrorKind::MixedOperators,
                self.span(start),
                "MINUS joins expressions, and a refinement stands before it".to_owned(),
            )),
            operator => Ok(operator),
        }
    }

    fn sub_refinement(&mut self, in_group: bool) -> Result<Refinement, EclError> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.group(start, None, in_group),
            Some(b'[') => {
                let cardinality = self.cardinality()?;
                self.skip_space();
                match self.peek() {
                    Some(b'{') => self.group(start, Some(cardinality), in_group),
                    _ => self.attribute(start, Some(cardinality)),
                }
            }
            Some(b'(') => match self.bracketed(in_group)? {
                Bracketed::Refinement(refinement) => Ok(refinement),
                Bracketed::Expression(expression) => {
                    let name = self.bracketed_name(start, expression)?;
                    self.attribute_named(start, None, false, name)
                }
            },
            _ => self.attribute(start, None),
        }
    }

    /// Passes over brackets; which kind they are is known when the first operand within is read.
    fn bracketed(&mut self, in_group: bool) -> Result<Bracketed, EclError> {
        self.open("(")?;
        self.skip_space();
        let start = self.at;
        let bracketed = match self.peek() {
            Some(b'{' | b'[') => Bracketed::Refinement(self.refinement(in_group)?),
            Some(b'r' | b'R') if self.reverse_flag() => {
                self.at = start;
                Bracketed::Refinement(self.refinement(in_group)?)
            }
            Some(b'(') => match self.bracketed(in_group)? {
                Bracketed::Refinement(first) => {
                    Bracketed::Refinement(self.refinement_after(first, in_group)?)
                }
                Bracketed::Expression(expression) => {
                    let first = self.bracketed_name(start, expression)?;
                    self.bracketed_after(start, first, in_group)?
                }
            },
            _ => {
                let first = self.sub_expression()?;
                self.bracketed_after(start, first, in_group)?
            }
        };
        self.close(")")?;
        Ok(bracketed)
    }

    fn bracketed_after(
        &mut self,
        start: usize,
        first: SubExpression,
        in_group: bool,
    ) -> Result<Bracketed, EclError> {
        self.skip_space();
        if !self.is_at_comparison() {
            return self.expression_after(first).map(Bracketed::Expression);
        }
        let first = self.attribute_named(start, None, false, first)?;
        self.refinement_after(first, in_group).map(Bracketed::Refinement)
    }

    fn bracketed_name(
        &mut self,
        start: usize,
        expression: Expression,
    ) -> Result<SubExpression, EclError> {
        self.applied(start, Operators::default(), Operand::Bracketed(expression))
    }

    fn group(
        &mut self,
        start: usize,
        cardinality: Option<Cardinality>,
        in_group: bool,
    ) -> Result<Refinement, EclError> {
        if in_group {
            return Err(self
                .expected("an attribute")
                .with_hint("a group cannot stand within a group"));
        }
        self.open("{")?;
        self.skip_space();
        let attributes = Box::new(self.refinement(true)?);
        self.close("}")?;
        Ok(Refinement::Group(AttributeGroup { cardinality, attributes, span: self.span(start) }))
    }

    fn attribute(
        &mut self,
        start: usize,
        cardinality: Option<Cardinality>,
    ) -> Result<Refinement, EclError> {
        let reverse = self.reverse_flag();
        if reverse {
            self.skip_space();
        }
        let name = self.sub_expression()?;
        self.attribute_named(start, cardinality, reverse, name)
    }

    /// Passes over the comparison behind the name of an attribute.
    fn attribute_named(
        &mut self,
        start: usize,
        cardinality: Option<Cardinality>,
        reverse: bool,
        name: SubExpression,
    ) -> Result<Refinement, EclError> {
        let comparison = self.comparison()?;
        Ok(Refinement::Attribute(Attribute {
            cardinality,
            reverse,
            name: Box::new(name),
            comparison,
            span: self.span(start),
        }))
    }

    /// Passes over `R` or `reverseOf`, if it is here.
    fn reverse_flag(&mut self) -> bool {
        if self.is_reverse_flag() {
            self.at += 1;
            return true;
        }
        !self.is_alternate() && self.keyword("reverseOf")
    }

    /// Passes over `[n..m]`.
    fn cardinality(&mut self) -> Result<Cardinality, EclError> {
        let start = self.at;
        self.at += 1;
        let least = self.count("a number")?;
        if !self.eat_all("..") {
            let spaced = self.skip_space();
            if !(spaced && self.keyword("to") && self.skip_space()) {
                return Err(self.expected("'..' between two numbers"));
            }
        }
        let most = match self.eat(b'*') || self.keyword("many") {
            true => None,
            false => Some(self.count("a number or '*'")?),
        };
        if !self.eat(b']') {
            return Err(self.expected("']' behind a cardinality"));
        }
        if most.is_some_and(|most| most < least) {
            return Err(EclError::new(
                EclErrorKind::Cardinality,
                self.span(start),
                "the least of a cardinality is above its most".to_owned(),
            ));
        }
        Ok(Cardinality { least, most })
    }

    fn count(&mut self, what: &str) -> Result<u32, EclError> {
        let length = self.run(0, |byte| byte.is_ascii_digit());
        let digits = self.slice(self.at, self.at + length);
        if length == 0 {
            return Err(self.expected(what));
        }
        let start = self.at;
        self.at += length;
        if length > 1 && digits.starts_with('0') {
            let message = "a number does not begin with zero".to_owned();
            return Err(EclError::new(EclErrorKind::Syntax, self.span(start), message));
        }
        digits.parse().map_err(|_| {
            let message = format!("a cardinality is at most {}", u32::MAX);
            EclError::new(EclErrorKind::Cardinality, self.span(start), message)
        })
    }
}
