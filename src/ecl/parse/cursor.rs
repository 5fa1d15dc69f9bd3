//! A place in the text: what stands there, and what to say where something else should.

use super::DEPTH_LIMIT;
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::Span;

/// Characters of a word that an error quotes at most.
const QUOTED: usize = 30;

/// Which language a text is of: both have concepts, terms and concrete values alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// Expression constraints.
    Constraints,
    /// Expressions, the compositional grammar: there are no comments, and fewer escapes.
    Expressions,
}

/// A place in the text.
pub(crate) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(crate) at: usize,
    pub(super) language: Language,
    depth: usize,
    /// What could have stood behind the expression that was read last.
    pub(crate) may_follow: &'static str,
    /// Behind the term that was read last.
    pub(super) behind_term: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str, language: Language) -> Cursor<'t> {
        Cursor { text, at: 0, language, depth: 0, may_follow: "", behind_term: 0 }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The byte here.
    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    /// The byte so many behind.
    #[inline]
    pub(super) fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// Passes over a byte, if it stands here.
    #[inline]
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    /// Passes over a text, if it stands here.
    pub(crate) fn eat_all(&mut self, text: &str) -> bool {
        let here = self.rest().as_bytes().starts_with(text.as_bytes());
        if here {
            self.at += text.len();
        }
        here
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// How many bytes from `ahead` on satisfy this.
    #[inline]
    pub(super) fn run(&self, ahead: usize, wanted: impl Fn(u8) -> bool) -> usize {
        let bytes = self.text.as_bytes().get(self.at + ahead..).unwrap_or_default();
        bytes.iter().take_while(|byte| wanted(**byte)).count()
    }

    /// The letters here, which are not passed over.
    #[inline]
    pub(super) fn letters(&self) -> &'t str {
        let length = self.run(0, |byte| byte.is_ascii_alphabetic());
        self.slice(self.at, self.at + length)
    }

    /// Passes over a keyword in any case, if the letters here are all of it.
    #[inline]
    pub(super) fn keyword(&mut self, keyword: &str) -> bool {
        let letters = self.letters();
        let here = letters.eq_ignore_ascii_case(keyword);
        if here {
            self.at += letters.len();
        }
        here
    }

    /// How long the name of a scheme or dialect here is: a letter, then letters, digits, dashes.
    pub(super) fn alias_length(&self) -> usize {
        match self.peek() {
            Some(byte) if byte.is_ascii_alphabetic() => {
                self.run(0, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }
            _ => 0,
        }
    }

    /// Passes over white space and comments; says whether there was any. It stops at a comment that
    /// is not closed, so that whatever is expected there tells of it.
    #[inline]
    pub(crate) fn skip_space(&mut self) -> bool {
        let start = self.at;
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'/') if self.is_at_comment() => {
                    let inside = self.text.get(self.at + 2..).unwrap_or_default();
                    match inside.find("*/") {
                        Some(length) => self.at += length + 4,
                        None => break,
                    }
                }
                _ => break,
            }
        }
        self.at > start
    }

    /// Whether white space, a comment or the end is here.
    pub(super) fn is_at_space(&self) -> bool {
        match self.peek() {
            None | Some(b' ' | b'\t' | b'\r' | b'\n') => true,
            Some(b'/') => self.is_at_comment(),
            Some(_) => false,
        }
    }

    fn is_at_comment(&self) -> bool {
        self.language == Language::Constraints && self.rest().starts_with("/*")
    }

    pub(crate) fn span(&self, start: usize) -> Span {
        Span { start, end: self.at }
    }

    /// Passes over a bracket that opens a level.
    pub(crate) fn open(&mut self, bracket: &str) -> Result<(), EclError> {
        self.depth += 1;
        let start = self.at;
        self.at += bracket.len();
        if self.depth > DEPTH_LIMIT {
            return Err(EclError::new(
                EclErrorKind::TooDeep,
                self.span(start),
                format!("brackets and braces are nested deeper than {DEPTH_LIMIT}"),
            ));
        }
        Ok(())
    }

    /// Passes over the bracket that closes the level, behind an expression or refinement.
    pub(crate) fn close(&mut self, bracket: &'static str) -> Result<(), EclError> {
        self.skip_space();
        if !self.eat_all(bracket) {
            return Err(self.not_closed(match bracket {
                ")" => "')'",
                "}" => "'}'",
                _ => "'}}'",
            }));
        }
        self.depth -= 1;
        Ok(())
    }

    /// An error: this was expected, and something else is here.
    #[cold]
    #[inline(never)]
    pub(crate) fn expected(&self, what: &str) -> EclError {
        let (found, length) = self.found();
        let span = Span { start: self.at, end: self.at + length };
        let unclosed = self.is_at_comment();
        let message = match unclosed {
            true => "the comment is not closed by '*/'".to_owned(),
            false => format!("expected {what}, found {found}"),
        };
        let error = EclError::new(EclErrorKind::Syntax, span, message);
        match self.peek() {
            _ if unclosed => error,
            Some(b'/') if self.rest().starts_with("/*") => {
                error.with_hint("an expression has no comments")
            }
            Some(b'|') => error.with_hint("a term stands in pipes behind an identifier"),
            Some(b'r') if length == 1 && self.language == Language::Constraints => {
                error.with_hint("the reverse flag is a capital R")
            }
            Some(_) if self.at == self.behind_term && self.rest().contains('|') => {
                error.with_hint("a term in pipes cannot contain a pipe itself")
            }
            Some(b'0'..=b'9')
                if self
                    .text
                    .get(..self.at)
                    .unwrap_or_default()
                    .trim_end()
                    .ends_with(|c: char| c.is_ascii_digit()) =>
            {
                error.with_hint("there is no white space within an identifier")
            }
            _ => error,
        }
    }

    /// An error behind an expression or a refinement that may be closed by this.
    #[cold]
    #[inline(never)]
    pub(super) fn not_closed(&mut self, closing: &str) -> EclError {
        let start = self.at;
        let may_follow = self.may_follow;
        match self.operator() {
            Err(error) => error,
            Ok(Some(operator)) => EclError::new(
                EclErrorKind::MixedOperators,
                self.span(start),
                format!(
                    "{operator} cannot follow without brackets: expected {may_follow} or {closing}"
                ),
            ),
            Ok(None) if matches!(self.peek(), Some(b':' | b'.')) => {
                let (found, _) = self.found();
                self.at += 1;
                EclError::new(
                    EclErrorKind::MixedOperators,
                    self.span(start),
                    format!(
                        "{found} cannot follow without brackets: expected {may_follow} or {closing}"
                    ),
                )
            }
            Ok(None) => self.expected(&format!("{may_follow} or {closing}")),
        }
    }

    /// What is here, in words, and how many bytes it has.
    fn found(&self) -> (String, usize) {
        let Some(first) = self.rest().chars().next() else {
            return ("the end".to_owned(), 0);
        };
        let length = match first {
            _ if first.is_ascii_digit() => self.run(0, |byte| byte.is_ascii_digit()),
            _ if first.is_ascii_alphabetic() => self.run(0, |byte| byte.is_ascii_alphanumeric()),
            '"' => return ("a quoted text".to_owned(), 1),
            '\u{a0}' => return ("a no-break space".to_owned(), first.len_utf8()),
            '\u{feff}' => return ("a byte order mark".to_owned(), first.len_utf8()),
            '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' => {
                return ("a typographic quotation mark".to_owned(), first.len_utf8());
            }
            _ if first.is_control() => return (format!("{first:?}"), first.len_utf8()),
            '{' | '}' if self.peek_at(1) == self.peek() => 2,
            _ => first.len_utf8(),
        };
        let text = self.slice(self.at, self.at + length);
        match text.len() > QUOTED && text.is_ascii() {
            true => (format!("'{}…'", text.get(..QUOTED).unwrap_or_default()), length),
            false => (format!("'{text}'"), length),
        }
    }
}
