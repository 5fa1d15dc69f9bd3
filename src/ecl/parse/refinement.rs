//! Refinements: attributes, groups, and what joins them.

use super::cursor::Cursor;
use super::expression::{boxed, first_of, taken};
use super::operator::Operator;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{
    Attribute, AttributeGroup, Cardinality, Expression, Focus, Refinement, SubExpression,
};

impl Cursor<'_> {
    /// Passes over a refinement; within the braces of a group there is no group.
    pub(super) fn refinement(
        &mut self,
        out: &mut Refinement,
        in_group: bool,
    ) -> Result<(), EclError> {
        self.sub_refinement(out, in_group)?;
        self.refinement_after(out, in_group)
    }

    /// Passes over what follows the first part of a refinement, which is all of it so far.
    fn refinement_after(&mut self, out: &mut Refinement, in_group: bool) -> Result<(), EclError> {
        self.skip_space();
        let Some(operator) = self.refinement_operator()? else {
            self.may_follow = "AND, OR, ','";
            return Ok(());
        };
        let parts = parts_of(out, operator);
        loop {
            self.skip_space();
            self.sub_refinement(one_more(parts), in_group)?;
            self.skip_space();
            let start = self.at;
            match self.refinement_operator()? {
                Some(further) if further == operator => {}
                Some(further) => return Err(self.mixed(start, further, operator)),
                None => break,
            }
        }
        self.may_follow = match operator {
            Operator::Or => "OR",
            Operator::And | Operator::Minus => "AND, ','",
        };
        Ok(())
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

    fn sub_refinement(&mut self, out: &mut Refinement, in_group: bool) -> Result<(), EclError> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.group(out, start, None, in_group),
            Some(b'[') => {
                let cardinality = self.cardinality()?;
                self.skip_space();
                match self.peek() {
                    Some(b'{') => self.group(out, start, Some(cardinality), in_group),
                    _ => self.attribute(out, start, Some(cardinality)),
                }
            }
            Some(b'(') => match self.bracketed(out, in_group)? {
                None => Ok(()),
                Some(nested) => {
                    let mut name = boxed(Focus::Nested(nested));
                    self.applied(start, first_of(&mut name))?;
                    self.attribute_named(out, start, None, false, boxed_name(name))
                }
            },
            _ => self.attribute(out, start, None),
        }
    }

    /// Passes over brackets where a refinement may stand. The brackets of `(A = B)` are those of a
    /// refinement; the brackets of `(A OR B) = C` are those of a name, and then the expression in
    /// them is handed back. Which they are is known when the first operand within is read.
    fn bracketed(
        &mut self,
        out: &mut Refinement,
        in_group: bool,
    ) -> Result<Option<Box<Expression>>, EclError> {
        self.open("(")?;
        self.skip_space();
        let start = self.at;
        let expression = match self.peek() {
            Some(b'{' | b'[') => self.refinement(out, in_group).map(|()| None)?,
            Some(b'r' | b'R') if self.is_at_reverse_flag() => {
                self.refinement(out, in_group).map(|()| None)?
            }
            Some(b'(') => match self.bracketed(out, in_group)? {
                None => self.refinement_after(out, in_group).map(|()| None)?,
                Some(nested) => {
                    let mut first = boxed(Focus::Nested(nested));
                    self.applied(start, first_of(&mut first))?;
                    self.bracketed_after(out, start, first, in_group)?
                }
            },
            _ => {
                let mut first = boxed(Focus::Any);
                self.sub_expression(first_of(&mut first))?;
                self.bracketed_after(out, start, first, in_group)?
            }
        };
        self.close(")")?;
        Ok(expression)
    }

    fn bracketed_after(
        &mut self,
        out: &mut Refinement,
        start: usize,
        mut first: Box<Expression>,
        in_group: bool,
    ) -> Result<Option<Box<Expression>>, EclError> {
        self.skip_space();
        if !self.is_at_comparison() {
            self.expression_after(&mut first)?;
            return Ok(Some(first));
        }
        self.attribute_named(out, start, None, false, boxed_name(first))?;
        self.refinement_after(out, in_group)?;
        Ok(None)
    }

    fn group(
        &mut self,
        out: &mut Refinement,
        start: usize,
        cardinality: Option<Cardinality>,
        in_group: bool,
    ) -> Result<(), EclError> {
        if in_group {
            return Err(self
                .expected("an attribute")
                .with_hint("a group cannot stand within a group"));
        }
        self.open("{")?;
        self.skip_space();
        let mut attributes = Box::new(Refinement::And(Vec::new()));
        self.refinement(&mut attributes, true)?;
        self.close("}")?;
        let span = self.span(start);
        *out = Refinement::Group(AttributeGroup { cardinality, attributes, span });
        Ok(())
    }

    fn attribute(
        &mut self,
        out: &mut Refinement,
        start: usize,
        cardinality: Option<Cardinality>,
    ) -> Result<(), EclError> {
        let reverse = self.reverse_flag();
        if reverse {
            self.skip_space();
        }
        let name = self.boxed_sub_expression()?;
        self.attribute_named(out, start, cardinality, reverse, name)
    }

    /// Passes over the comparison behind the name of an attribute.
    fn attribute_named(
        &mut self,
        out: &mut Refinement,
        start: usize,
        cardinality: Option<Cardinality>,
        reverse: bool,
        name: Box<SubExpression>,
    ) -> Result<(), EclError> {
        let comparison = self.comparison()?;
        let span = self.span(start);
        *out = Refinement::Attribute(Attribute { cardinality, reverse, name, comparison, span });
        Ok(())
    }

    fn is_at_reverse_flag(&mut self) -> bool {
        let start = self.at;
        let found = self.reverse_flag();
        self.at = start;
        found
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

/// Begins a list with what is all of a refinement so far.
#[inline(never)]
fn parts_of(out: &mut Refinement, operator: Operator) -> &mut Vec<Refinement> {
    let mut parts = Vec::with_capacity(2);
    parts.push(std::mem::replace(out, Refinement::And(Vec::new())));
    *out = match operator {
        Operator::Or => Refinement::Or(parts),
        Operator::And | Operator::Minus => Refinement::And(parts),
    };
    match out {
        Refinement::Or(parts) | Refinement::And(parts) => parts,
        _ => unreachable!("it was made one"),
    }
}

#[inline(never)]
fn one_more(parts: &mut Vec<Refinement>) -> &mut Refinement {
    parts.push(Refinement::And(Vec::new()));
    match parts.last_mut() {
        Some(last) => last,
        None => unreachable!("one was pushed"),
    }
}

/// An expression of a single operand as that operand.
#[inline(never)]
fn boxed_name(mut expression: Box<Expression>) -> Box<SubExpression> {
    Box::new(taken(&mut expression))
}
