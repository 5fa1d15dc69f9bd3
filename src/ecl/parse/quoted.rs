//! Texts in quotes: strings, search terms, times; and sets of things in brackets.

use super::cursor::{Cursor, Language};
use crate::ecl::error::{EclError, EclErrorKind};
use crate::ecl::syntax::{SearchTerm, Span, Time};

impl<'t> Cursor<'t> {
    /// Passes over one item, or over a set of one or more with white space between them.
    pub(super) fn one_or_set<T>(
        &mut self,
        item: impl Fn(&mut Cursor<'t>) -> Result<T, EclError>,
    ) -> Result<Vec<T>, EclError> {
        if !self.eat(b'(') {
            return Ok(vec![item(self)?]);
        }
        let mut items = Vec::new();
        self.skip_space();
        loop {
            items.push(item(self)?);
            let spaced = self.skip_space();
            if self.eat(b')') {
                return Ok(items);
            }
            if !spaced {
                return Err(self.expected("white space or ')'"));
            }
        }
    }

    /// Whether a quoted text is here, or a set of search terms: not a bracketed expression that
    /// begins with a quoted identifier.
    pub(super) fn is_at_texts(&mut self) -> bool {
        let start = self.at;
        let found = self.eat(b'"') || (self.eat(b'(') && self.is_within_set_of_texts());
        self.at = start;
        found
    }

    fn is_within_set_of_texts(&mut self) -> bool {
        self.skip_space();
        if self.is_at_typed_term() {
            return true;
        }
        if self.peek() != Some(b'"') || self.quoted().is_err() {
            return false;
        }
        self.skip_space();
        matches!(self.peek(), Some(b'"' | b')')) || self.is_at_typed_term()
    }

    /// Whether `match:` or `wild:` is here.
    pub(super) fn is_at_typed_term(&mut self) -> bool {
        let start = self.at;
        let found = matches!(self.peek(), Some(b'm' | b'M' | b'w' | b'W'))
            && (self.keyword("match") || self.keyword("wild"))
            && {
                self.skip_space();
                self.peek() == Some(b':')
            };
        self.at = start;
        found
    }

    /// Passes over a quoted text; gives what is between the quotes, as it stands.
    fn quoted(&mut self) -> Result<&'t str, EclError> {
        let start = self.at;
        if !self.eat(b'"') {
            return Err(self.expected("a text in quotes"));
        }
        let content = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(self.slice(content, self.at - 1));
                }
                Some(b'\\') => self.at += 1 + usize::from(self.peek_at(1).is_some()),
                Some(b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(byte) if byte < b' ' || byte == 0x7f => {
                    return Err(self.expected("a text without control characters"));
                }
                Some(_) => self.at += 1,
                None => {
                    let span = Span { start, end: start + 1 };
                    let message = "the text is not closed by a second '\"'".to_owned();
                    return Err(EclError::new(EclErrorKind::Syntax, span, message));
                }
            }
        }
    }

    /// Looks at the backslashes in the quoted text that begins at `start`.
    fn check_escapes(&self, start: usize, content: &str, asterisk: bool) -> Result<(), EclError> {
        let mut bytes = content.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            if byte != b'\\' {
                continue;
            }
            match bytes.next() {
                Some((_, b'"' | b'\\')) => {}
                Some((_, b'*')) if asterisk => {}
                _ => {
                    let at = start + 1 + at;
                    let escaped = match asterisk {
                        true => "a backslash stands before '\"', '\\' or '*' only",
                        false => "a backslash stands before '\"' or '\\' only",
                    };
                    return Err(EclError::new(
                        EclErrorKind::Syntax,
                        Span { start: at, end: at + 1 },
                        escaped.to_owned(),
                    ));
                }
            }
        }
        Ok(())
    }

    /// Passes over the text of a concrete value; gives it without escapes.
    pub(crate) fn concrete_string(&mut self) -> Result<String, EclError> {
        let start = self.at;
        let content = self.quoted()?;
        if content.is_empty() {
            return Err(self.empty(start));
        }
        self.check_escapes(start, content, self.language == Language::Constraints)?;
        Ok(unescaped(content))
    }

    /// Passes over a search term with its kind.
    pub(super) fn search_term(&mut self) -> Result<SearchTerm, EclError> {
        let wild = self.is_at_typed_term() && matches!(self.peek(), Some(b'w' | b'W'));
        if self.is_at_typed_term() {
            self.at += self.letters().len();
            self.skip_space();
            self.at += 1;
            self.skip_space();
        }
        let start = self.at;
        let content = self.quoted()?;
        self.check_escapes(start, content, wild)?;
        if wild {
            return match content.is_empty() {
                true => Err(self.empty(start)),
                false => Ok(SearchTerm::Wild(content.to_owned())),
            };
        }
        let words: Vec<String> = content
            .split([' ', '\t', '\r', '\n'])
            .filter(|word| !word.is_empty())
            .map(unescaped)
            .collect();
        match words.is_empty() {
            true => Err(self.empty(start)),
            false => Ok(SearchTerm::Match(words)),
        }
    }

    #[cold]
    fn empty(&self, start: usize) -> EclError {
        let message = "there is nothing between the quotes".to_owned();
        EclError::new(EclErrorKind::Syntax, self.span(start), message)
    }

    /// Passes over a time.
    pub(super) fn time(&mut self) -> Result<Time, EclError> {
        let start = self.at;
        let content = self.quoted()?;
        if content.is_empty() {
            return Ok(Time(None));
        }
        match date(content) {
            Some(date) => Ok(Time(Some(date))),
            None => Err(EclError::new(
                EclErrorKind::Syntax,
                self.span(start),
                "a time is eight digits, year, month and day: \"20240131\"".to_owned(),
            )),
        }
    }
}

/// The number that eight digits are, where they are a date.
fn date(text: &str) -> Option<u32> {
    if text.len() != 8 || text.starts_with('0') || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let date: u32 = text.parse().ok()?;
    let (month, day) = (date / 100 % 100, date % 100);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(date)
}

/// A text without the backslashes before what they escape.
fn unescaped(content: &str) -> String {
    if !content.contains('\\') {
        return content.to_owned();
    }
    let mut text = String::with_capacity(content.len());
    let mut characters = content.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next()),
            _ => text.push(character),
        }
    }
    text
}
