//! Comparisons: an operator, and a concept, number, text or truth value behind it.

use super::cursor::Cursor;
use super::operator::equality_of;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{Activity, Comparison, FieldComparison, Number};

impl Cursor<'_> {
    /// Passes over the comparison of an attribute.
    pub(super) fn comparison(&mut self) -> Result<Comparison, EclError> {
        let order = self.order()?;
        if self.peek() == Some(b'#') {
            return Ok(Comparison::Number(order, self.number()?));
        }
        let Some(equality) = equality_of(order) else {
            return Err(self.expected("a number, '#5' say, behind an operator that compares sizes"));
        };
        if let Some(value) = self.boolean() {
            return Ok(Comparison::Boolean(equality, value));
        }
        if self.is_at_typed_term() {
            let start = self.at;
            self.at += self.letters().len();
            return Err(EclError::new(
                EclErrorKind::Unsupported,
                self.span(start),
                "match: and wild: are for descriptions and refset fields: the text of an attribute \
                 is compared as a whole"
                    .to_owned(),
            ));
        }
        if self.is_at_texts() {
            return Ok(Comparison::Strings(equality, self.one_or_set(Cursor::concrete_string)?));
        }
        Ok(Comparison::Concepts(equality, self.boxed_sub_expression()?))
    }

    /// Passes over the comparison of a refset field.
    pub(super) fn field_comparison(&mut self) -> Result<FieldComparison, EclError> {
        let order = self.order()?;
        if self.peek() == Some(b'#') {
            return Ok(FieldComparison::Number(order, self.number()?));
        }
        let Some(equality) = equality_of(order) else {
            return match self.is_at_texts() {
                true => Ok(FieldComparison::Time(order, self.one_or_set(Cursor::time)?)),
                false => Err(self.expected(
                    "a number or a time, '#5' or '\"20240131\"' say, behind an operator that \
                     compares sizes",
                )),
            };
        };
        if let Some(value) = self.boolean() {
            return Ok(FieldComparison::Boolean(equality, value));
        }
        if !self.is_at_typed_term() && !self.is_at_texts() {
            return Ok(FieldComparison::Concepts(equality, self.boxed_sub_expression()?));
        }
        let start = self.at;
        let unread = match self.one_or_set(Cursor::search_term) {
            Ok(terms) => return Ok(FieldComparison::Terms(equality, terms)),
            Err(error) => error,
        };
        // The text without a word is no term, but a time.
        self.at = start;
        self.one_or_set(Cursor::time)
            .map(|times| FieldComparison::Time(order, times))
            .map_err(|_| unread)
    }

    /// Passes over `#` and a number.
    pub(crate) fn number(&mut self) -> Result<Number, EclError> {
        self.at += 1;
        let start = self.at;
        let signed = usize::from(matches!(self.peek(), Some(b'-' | b'+')));
        let whole = self.run(signed, |byte| byte.is_ascii_digit());
        if whole == 0 {
            self.at += signed;
            return Err(self.expected("digits"));
        }
        if whole > 1 && self.peek_at(signed) == Some(b'0') {
            let message = "a number does not begin with zero".to_owned();
            self.at += signed + whole;
            return Err(EclError::new(EclErrorKind::Syntax, self.span(start), message));
        }
        self.at += signed + whole;
        if self.eat(b'.') {
            let fraction = self.run(0, |byte| byte.is_ascii_digit());
            if fraction == 0 {
                return Err(self.expected("digits behind the point"));
            }
            self.at += fraction;
        }
        Ok(Number(self.slice(start, self.at).to_owned()))
    }

    /// Passes over `true` or `false`, if it is here.
    pub(crate) fn boolean(&mut self) -> Option<bool> {
        match self.peek() {
            Some(b't' | b'T' | b'f' | b'F') if !self.is_alternate() => {}
            _ => return None,
        }
        match self.keyword("true") {
            true => Some(true),
            false => self.keyword("false").then_some(false),
        }
    }

    /// Passes over the value of an `active` filter.
    pub(super) fn activity(&mut self) -> Result<Activity, EclError> {
        // Some examples quote the asterisk.
        if self.eat(b'*') || self.eat_all("\"*\"") || self.keyword("ANY") {
            return Ok(Activity::Any);
        }
        if self.eat(b'1') {
            return Ok(Activity::Active);
        }
        if self.eat(b'0') {
            return Ok(Activity::Inactive);
        }
        match self.boolean() {
            Some(true) => Ok(Activity::Active),
            Some(false) => Ok(Activity::Inactive),
            None => Err(self.expected("true, false, 1, 0 or '*'")),
        }
    }
}
