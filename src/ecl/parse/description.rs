//! Filters of descriptions.

use super::cursor::Cursor;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{
    Acceptability, ConceptReference, DescriptionFilter, DialectAlias, DialectId, Equality, Span,
    TypeToken,
};

/// Entries of an acceptability set behind a set of dialects, times those, at most.
const DISTRIBUTED: usize = 10_000;

impl Cursor<'_> {
    pub(super) fn description_filter(&mut self) -> Result<DescriptionFilter, EclError> {
        if self.keyword("term") {
            let equality = self.equality()?;
            return Ok(DescriptionFilter::Term(equality, self.one_or_set(Cursor::search_term)?));
        }
        if self.keyword("language") {
            let equality = self.equality()?;
            return Ok(DescriptionFilter::Language(equality, self.one_or_set(Cursor::language)?));
        }
        if self.keyword("type") {
            let equality = self.equality()?;
            return Ok(DescriptionFilter::Type(equality, self.one_or_set(Cursor::type_token)?));
        }
        if self.keyword("typeId") {
            let equality = self.equality()?;
            return Ok(DescriptionFilter::TypeId(equality, self.concept_operand()?));
        }
        if self.keyword("dialect") {
            let equality = self.equality()?;
            return self.dialects(equality);
        }
        if self.keyword("dialectId") {
            let equality = self.equality()?;
            return self.dialect_ids(equality);
        }
        if self.keyword("moduleId") {
            let equality = self.equality()?;
            return Ok(DescriptionFilter::Module(equality, self.concept_operand()?));
        }
        if self.keyword("effectiveTime") {
            let (order, times) = self.effective_time()?;
            return Ok(DescriptionFilter::EffectiveTime(order, times));
        }
        if self.keyword("active") {
            let equality = self.equality()?;
            return Ok(DescriptionFilter::Active(equality, self.activity()?));
        }
        if self.keyword("id") {
            let equality = self.equality()?;
            let id = |cursor: &mut Self| cursor.sctid("the identifier of a description");
            return Ok(DescriptionFilter::Id(equality, self.one_or_set(id)?));
        }
        Err(self.expected(
            "term, language, type, typeId, dialect, dialectId, moduleId, effectiveTime, active or \
             id",
        ))
    }

    fn language(&mut self) -> Result<String, EclError> {
        let letters = self.letters();
        if letters.len() != 2 {
            return Err(self.expected("a language of two letters"));
        }
        self.at += 2;
        Ok(letters.to_ascii_lowercase())
    }

    fn type_token(&mut self) -> Result<TypeToken, EclError> {
        if self.keyword("syn") || self.keyword("synonym") {
            return Ok(TypeToken::Synonym);
        }
        if self.keyword("fsn") || self.keyword("fullySpecifiedName") {
            return Ok(TypeToken::FullySpecifiedName);
        }
        if self.keyword("def") || self.keyword("definition") {
            return Ok(TypeToken::Definition);
        }
        Err(self.expected("fsn, syn or def"))
    }

    /// Passes over what stands behind `dialect =`.
    fn dialects(&mut self, equality: Equality) -> Result<DescriptionFilter, EclError> {
        let mut dialects = self.one_or_set(Cursor::dialect_alias)?;
        if let Some((acceptability, span)) = self.acceptability_behind()? {
            check_product(dialects.len(), acceptability.len(), span)?;
            for dialect in &mut dialects {
                distribute(&mut dialect.acceptability, &acceptability, span)?;
            }
        }
        Ok(DescriptionFilter::Dialect(equality, dialects))
    }

    fn dialect_alias(&mut self) -> Result<DialectAlias, EclError> {
        let length = self.alias_length();
        if length == 0 {
            return Err(self.expected("a dialect, en-gb say"));
        }
        let start = self.at;
        self.at += length;
        let alias = self.slice(start, self.at).to_owned();
        let acceptability = self.acceptability_behind()?;
        let acceptability = acceptability.map(|(acceptability, _)| acceptability);
        Ok(DialectAlias {
            alias,
            acceptability: acceptability.unwrap_or_default(),
            span: self.span(start),
        })
    }

    /// Passes over what stands behind `dialectId =`.
    fn dialect_ids(&mut self, equality: Equality) -> Result<DescriptionFilter, EclError> {
        if let Some(mut dialects) = self.dialect_id_set()? {
            if let Some((acceptability, span)) = self.acceptability_behind()? {
                check_product(dialects.len(), acceptability.len(), span)?;
                for dialect in &mut dialects {
                    distribute(&mut dialect.acceptability, &acceptability, span)?;
                }
            }
            return Ok(DescriptionFilter::DialectId(equality, dialects));
        }
        let expression = self.boxed_sub_expression()?;
        let acceptability = self.acceptability_behind()?;
        let acceptability = acceptability.map(|(acceptability, _)| acceptability);
        Ok(DescriptionFilter::DialectExpression(
            equality,
            expression,
            acceptability.unwrap_or_default(),
        ))
    }

    /// Passes over a set of references, if one is here: a single one without an acceptability of
    /// its own is a bracketed expression.
    fn dialect_id_set(&mut self) -> Result<Option<Vec<DialectId>>, EclError> {
        let start = self.at;
        if !self.eat(b'(') {
            return Ok(None);
        }
        self.skip_space();
        if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.concept_reference()?;
            let spaced = self.skip_space();
            let is_set = match self.peek() {
                Some(b'(') => true,
                Some(byte) => spaced && byte.is_ascii_digit(),
                None => false,
            };
            if is_set {
                self.at = start;
                return self.one_or_set(Cursor::dialect_id).map(Some);
            }
        }
        self.at = start;
        Ok(None)
    }

    fn dialect_id(&mut self) -> Result<DialectId, EclError> {
        let refset = self.concept_reference()?;
        let acceptability = self.acceptability_behind()?;
        let acceptability = acceptability.map(|(acceptability, _)| acceptability);
        Ok(DialectId { refset, acceptability: acceptability.unwrap_or_default() })
    }

    /// Passes over white space and an acceptability set, or over nothing.
    fn acceptability_behind(&mut self) -> Result<Option<(Vec<Acceptability>, Span)>, EclError> {
        let behind = self.at;
        self.skip_space();
        if self.peek() != Some(b'(') {
            self.at = behind;
            return Ok(None);
        }
        let start = self.at;
        let inside = self.peek_behind_bracket();
        let set = match inside.is_some_and(|byte| byte.is_ascii_digit()) {
            true => self
                .one_or_set(Cursor::concept_reference)?
                .into_iter()
                .map(|reference: ConceptReference| Acceptability::Reference(reference))
                .collect(),
            false => self.one_or_set(Cursor::acceptability_token)?,
        };
        Ok(Some((set, self.span(start))))
    }

    /// The first byte within the bracket here.
    fn peek_behind_bracket(&mut self) -> Option<u8> {
        let start = self.at;
        self.at += 1;
        self.skip_space();
        let byte = self.peek();
        self.at = start;
        byte
    }

    fn acceptability_token(&mut self) -> Result<Acceptability, EclError> {
        if self.keyword("prefer") || self.keyword("preferred") {
            return Ok(Acceptability::Preferred);
        }
        if self.keyword("accept") || self.keyword("acceptable") {
            return Ok(Acceptability::Acceptable);
        }
        Err(self.expected("prefer, accept, or the identifier of an acceptability"))
    }
}

/// Gives an acceptability behind a set to an entry of it.
fn distribute(
    entry: &mut Vec<Acceptability>,
    acceptability: &[Acceptability],
    span: Span,
) -> Result<(), EclError> {
    if !entry.is_empty() {
        let message = "an acceptability stands within the set already".to_owned();
        return Err(EclError::new(EclErrorKind::Syntax, span, message));
    }
    entry.extend_from_slice(acceptability);
    Ok(())
}

/// Keeps a text of two long sets from making a tree of all pairs.
fn check_product(dialects: usize, acceptability: usize, span: Span) -> Result<(), EclError> {
    if dialects.saturating_mul(acceptability) <= DISTRIBUTED {
        return Ok(());
    }
    let message = "this acceptability has too many entries to stand behind so many dialects";
    Err(EclError::new(EclErrorKind::Unsupported, span, message.to_owned()))
}
