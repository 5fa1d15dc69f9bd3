//! Filters of concepts and members, history supplements, and what all filters have in common.

use super::cursor::Cursor;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{
    ConceptFilter, ConceptOperand, Criteria, DefinitionStatusToken, Filter, HistorySupplement,
    MemberFilter, Order, Span, SubExpression, Time,
};

/// What the rows are that a filter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    Descriptions,
    Concepts,
    Members,
}

impl Cursor<'_> {
    /// Passes over all filters behind an operand, and its supplement.
    pub(super) fn filters(&mut self, sub: &mut SubExpression) -> Result<(), EclError> {
        let mut behind = self.at;
        while self.peek() == Some(b'{') && self.peek_at(1) == Some(b'{') {
            let start = self.at;
            if sub.history.is_some() {
                return Err(self
                    .expected("nothing more behind a history supplement")
                    .with_hint("put the expression and its supplement in brackets"));
            }
            self.open("{{")?;
            self.skip_space();
            match self.eat(b'+') {
                true => sub.history = Some(self.history()?),
                false => self.filter(start, sub)?,
            }
            behind = self.at;
            self.skip_space();
        }
        self.at = behind;
        Ok(())
    }

    fn filter(&mut self, start: usize, sub: &mut SubExpression) -> Result<(), EclError> {
        let at = self.at;
        match self.rows()? {
            Rows::Descriptions => {
                let criteria = self.criteria(start, Cursor::description_filter)?;
                sub.filters.push(Filter::Description(criteria));
            }
            Rows::Concepts => {
                let criteria = self.criteria(start, Cursor::concept_filter)?;
                sub.filters.push(Filter::Concept(criteria));
            }
            Rows::Members => {
                let wrong = match sub {
                    SubExpression { refset: None, .. } => "a member filter stands only behind '^'",
                    SubExpression { filters, .. } if !filters.is_empty() => {
                        "a member filter stands before other filters"
                    }
                    _ => {
                        let criteria = self.criteria(start, Cursor::member_filter)?;
                        sub.member_filters.push(criteria);
                        return Ok(());
                    }
                };
                let letter = Span { start: at, end: at + 1 };
                return Err(EclError::new(EclErrorKind::Syntax, letter, wrong.to_owned()));
            }
        }
        Ok(())
    }

    /// Passes over the letter that says what a filter is about. Without one it is about
    /// descriptions; white space behind it may be missing before a keyword.
    fn rows(&mut self) -> Result<Rows, EclError> {
        let word = self.letters();
        let (rows, keywords): (_, &[&str]) = match word.as_bytes().first() {
            Some(b'd' | b'D') => (Rows::Descriptions, DESCRIPTION_KEYWORDS),
            Some(b'c' | b'C') => (Rows::Concepts, CONCEPT_KEYWORDS),
            Some(b'm' | b'M') => (Rows::Members, MEMBER_KEYWORDS),
            _ => return Ok(Rows::Descriptions),
        };
        let is = |keywords: &[&str], word: &str| {
            keywords.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
        };
        let behind = word.get(1..).unwrap_or_default();
        if behind.is_empty() || (!is(DESCRIPTION_KEYWORDS, word) && is(keywords, behind)) {
            self.at += 1;
            self.skip_space();
            return Ok(rows);
        }
        match is(CONCEPT_KEYWORDS, word) && !is(DESCRIPTION_KEYWORDS, word) {
            true => Err(self.expected("a filter of descriptions").with_hint(
                "a filter of concepts begins with C: {{ C definitionStatus = defined }}",
            )),
            false => Ok(Rows::Descriptions),
        }
    }

    fn criteria<T>(
        &mut self,
        start: usize,
        criterion: impl Fn(&mut Self) -> Result<T, EclError>,
    ) -> Result<Criteria<T>, EclError> {
        let mut criteria = Vec::new();
        loop {
            criteria.push(criterion(self)?);
            self.skip_space();
            if !self.eat(b',') {
                break;
            }
            self.skip_space();
        }
        self.may_follow = "','";
        self.close("}}")?;
        Ok(Criteria { criteria, span: self.span(start) })
    }

    fn concept_filter(&mut self) -> Result<ConceptFilter, EclError> {
        if self.keyword("definitionStatus") {
            let equality = self.equality()?;
            let tokens = self.one_or_set(Cursor::definition_status)?;
            return Ok(ConceptFilter::DefinitionStatus(equality, tokens));
        }
        if self.keyword("definitionStatusId") {
            let equality = self.equality()?;
            return Ok(ConceptFilter::DefinitionStatusId(equality, self.concept_operand()?));
        }
        if self.keyword("moduleId") {
            let equality = self.equality()?;
            return Ok(ConceptFilter::Module(equality, self.concept_operand()?));
        }
        if self.keyword("effectiveTime") {
            let (order, times) = self.effective_time()?;
            return Ok(ConceptFilter::EffectiveTime(order, times));
        }
        if self.keyword("active") {
            let equality = self.equality()?;
            return Ok(ConceptFilter::Active(equality, self.activity()?));
        }
        Err(self
            .expected("definitionStatus, definitionStatusId, moduleId, effectiveTime or active"))
    }

    fn definition_status(&mut self) -> Result<DefinitionStatusToken, EclError> {
        if self.keyword("primitive") {
            return Ok(DefinitionStatusToken::Primitive);
        }
        match self.keyword("defined") {
            true => Ok(DefinitionStatusToken::Defined),
            false => Err(self.expected("primitive or defined")),
        }
    }

    fn member_filter(&mut self) -> Result<MemberFilter, EclError> {
        if self.keyword("moduleId") {
            let equality = self.equality()?;
            return Ok(MemberFilter::Module(equality, self.concept_operand()?));
        }
        if self.keyword("effectiveTime") {
            let (order, times) = self.effective_time()?;
            return Ok(MemberFilter::EffectiveTime(order, times));
        }
        if self.keyword("active") {
            let equality = self.equality()?;
            return Ok(MemberFilter::Active(equality, self.activity()?));
        }
        let field = self.field_name()?;
        Ok(MemberFilter::Field(field, self.field_comparison()?))
    }

    /// Passes over a comparison with times.
    pub(super) fn effective_time(&mut self) -> Result<(Order, Vec<Time>), EclError> {
        let order = self.order()?;
        Ok((order, self.one_or_set(Cursor::time)?))
    }

    /// Passes over an expression or a set of references.
    pub(super) fn concept_operand(&mut self) -> Result<ConceptOperand, EclError> {
        if self.peek() != Some(b'(') {
            return self.boxed_sub_expression().map(ConceptOperand::Expression);
        }
        let start = self.at;
        self.at += 1;
        self.skip_space();
        if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            let first = self.concept_reference()?;
            let mut spaced = self.skip_space();
            let mut references = vec![first];
            while spaced && self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                references.push(self.concept_reference()?);
                spaced = self.skip_space();
            }
            if references.len() > 1 {
                return match self.eat(b')') {
                    true => Ok(ConceptOperand::References(references)),
                    false => Err(self.expected("a further identifier behind white space, or ')'")),
                };
            }
        }
        self.at = start;
        self.boxed_sub_expression().map(ConceptOperand::Expression)
    }

    /// Passes over a history supplement, whose opening braces and plus are behind already.
    fn history(&mut self) -> Result<HistorySupplement, EclError> {
        self.skip_space();
        if !self.keyword("HISTORY") {
            return Err(self.expected("HISTORY"));
        }
        let suffixed = self.eat(b'-') || self.eat(b'_');
        let supplement = if suffixed {
            if self.keyword("MIN") {
                HistorySupplement::Minimum
            } else if self.keyword("MOD") {
                HistorySupplement::Moderate
            } else if self.keyword("MAX") {
                HistorySupplement::Maximum
            } else {
                return Err(self.expected("MIN, MOD or MAX"));
            }
        } else {
            self.skip_space();
            match self.peek() {
                Some(b'(') => HistorySupplement::Subset(self.bracketed_expression()?),
                _ => HistorySupplement::Maximum,
            }
        };
        self.may_follow = match (suffixed, &supplement) {
            (false, HistorySupplement::Maximum) => "'-MIN', '-MOD', '-MAX', '('",
            _ => "nothing more",
        };
        self.close("}}")?;
        Ok(supplement)
    }
}

/// What a filter of descriptions begins with.
const DESCRIPTION_KEYWORDS: &[&str] = &[
    "term",
    "language",
    "type",
    "typeId",
    "dialect",
    "dialectId",
    "moduleId",
    "effectiveTime",
    "active",
    "id",
];

/// What a filter of concepts begins with.
const CONCEPT_KEYWORDS: &[&str] =
    &["definitionStatus", "definitionStatusId", "moduleId", "effectiveTime", "active"];

/// What a filter of members begins with, other than the name of a field.
const MEMBER_KEYWORDS: &[&str] = &["moduleId", "effectiveTime", "active"];
