//! What stands at the bottom of an expression: concepts, `*`, identifiers of other schemes.

use super::cursor::Cursor;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{AlternateIdentifier, ConceptReference, Focus, Span};
use crate::id::Sctid;

impl Cursor<'_> {
    /// Passes over a focus that is no bracket.
    pub(super) fn focus(&mut self) -> Result<Focus, EclError> {
        match self.peek() {
            Some(b'0'..=b'9') => self.concept_reference().map(Focus::Concept),
            Some(b'*') => {
                self.at += 1;
                Ok(Focus::Any)
            }
            Some(b'"') => self.quoted_alternate().map(Focus::Alternate),
            Some(_) if self.is_alternate() => self.alternate().map(Focus::Alternate),
            Some(b'a' | b'A') if self.keyword("ANY") => Ok(Focus::Any),
            _ => {
                let error = self.expected("an expression");
                Err(match self.peek() {
                    Some(b'<' | b'>' | b'!' | b'^') => error
                        .with_hint("operators are applied one by one: put brackets between them"),
                    _ => error,
                })
            }
        }
    }

    /// Passes over an identifier and the term behind it.
    pub(crate) fn concept_reference(&mut self) -> Result<ConceptReference, EclError> {
        let start = self.at;
        let id = self.sctid("the identifier of a concept")?;
        let term = self.term()?;
        Ok(ConceptReference { id, term, span: self.span(start) })
    }

    /// Passes over an identifier.
    pub(super) fn sctid(&mut self, what: &str) -> Result<Sctid, EclError> {
        let length = self.run(0, |byte| byte.is_ascii_digit());
        if length == 0 {
            return Err(self.expected(what));
        }
        let digits = self.slice(self.at, self.at + length);
        let span = Span { start: self.at, end: self.at + length };
        match Sctid::parse_as_published(digits) {
            Ok(id) if length >= 6 => {
                self.at += length;
                Ok(id)
            }
            _ => Err(wrong_sctid(span, digits)),
        }
    }

    /// Passes over white space and a term in pipes; where no term is, over nothing.
    pub(super) fn term(&mut self) -> Result<Option<String>, EclError> {
        let behind = self.at;
        self.skip_space();
        if self.peek() != Some(b'|') {
            self.at = behind;
            return Ok(None);
        }
        let start = self.at;
        let length = self.run(1, |byte| byte != b'|');
        let term = self.slice(start + 1, start + 1 + length);
        self.at = start + 1 + length;
        if !self.eat(b'|') {
            let span = Span { start, end: start + 1 };
            let message = "the term is not closed by a second '|'".to_owned();
            return Err(EclError::new(EclErrorKind::Syntax, span, message));
        }
        self.behind_term = self.at;
        let term = term.trim_matches([' ', '\t', '\r', '\n']);
        let wrong = match term {
            "" => "there is no term between the pipes",
            _ if term.bytes().any(|byte| byte < b' ' || byte == 0x7f) => {
                "a term is a single line without control characters"
            }
            _ => return Ok(Some(term.to_owned())),
        };
        Err(EclError::new(EclErrorKind::Syntax, self.span(start), wrong.to_owned()))
    }

    /// Whether the name of a scheme and `#` are here.
    pub(super) fn is_alternate(&self) -> bool {
        let length = self.alias_length();
        length > 0 && self.peek_at(length) == Some(b'#')
    }

    /// `LOINC#54486-6` or `LOINC#"54486-6"`.
    fn alternate(&mut self) -> Result<AlternateIdentifier, EclError> {
        let start = self.at;
        let scheme = self.scheme()?;
        let quoted = self.eat(b'"');
        let code = match quoted {
            true => self.quoted_code()?,
            false => {
                let length = self.run(0, is_of_plain_code);
                let code = self.slice(self.at, self.at + length);
                self.at += length;
                code.to_owned()
            }
        };
        if code.is_empty() {
            return Err(self.expected("a code behind '#'"));
        }
        self.alternate_behind(start, scheme, code)
    }

    /// `"LOINC#54486-6"`.
    fn quoted_alternate(&mut self) -> Result<AlternateIdentifier, EclError> {
        let start = self.at;
        self.at += 1;
        if !self.is_alternate() {
            self.at = start;
            return Err(self.expected("an expression").with_hint(
                "within quotes, an expression is an identifier of another scheme, \"LOINC#54486-6\"",
            ));
        }
        let scheme = self.scheme()?;
        let code = self.quoted_code()?;
        self.alternate_behind(start, scheme, code)
    }

    fn alternate_behind(
        &mut self,
        start: usize,
        scheme: String,
        code: String,
    ) -> Result<AlternateIdentifier, EclError> {
        let term = self.term()?;
        Ok(AlternateIdentifier { scheme, code, term, span: self.span(start) })
    }

    fn scheme(&mut self) -> Result<String, EclError> {
        let length = self.alias_length();
        let scheme = self.slice(self.at, self.at + length).to_owned();
        self.at += length;
        match self.eat(b'#') {
            true => Ok(scheme),
            false => Err(self.expected("'#'")),
        }
    }

    /// Passes over a code and the quotation mark behind it.
    fn quoted_code(&mut self) -> Result<String, EclError> {
        let length = self.run(0, is_of_quoted_code);
        let code = self.slice(self.at, self.at + length);
        self.at += length;
        if code.is_empty() {
            return Err(self.expected("a code behind '#'"));
        }
        match self.eat(b'"') {
            true => Ok(code.to_owned()),
            false => Err(self.expected("the code to be closed by '\"'")),
        }
    }
}

/// Whether a byte may stand in a code without quotes.
pub(in crate::ecl) fn is_of_plain_code(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

fn is_of_quoted_code(byte: u8) -> bool {
    match byte {
        b'"' | b'\\' | 0x7f => false,
        b'\t' | b'\r' | b'\n' => true,
        _ => byte >= b' ',
    }
}

#[cold]
fn wrong_sctid(span: Span, digits: &str) -> EclError {
    let error = |message: String| EclError::new(EclErrorKind::Identifier, span, message);
    match digits.len() {
        0..6 => error(format!("an identifier has 6 to 18 digits, this one {}", digits.len()))
            .with_hint("there is no white space within an identifier, and a number is written #5"),
        6..=18 => error("an identifier does not begin with zero".to_owned()),
        length => error(format!("an identifier has 6 to 18 digits, this one {length}")),
    }
}
