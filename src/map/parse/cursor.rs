//! A place in the text of a rule, and what stands there.

use std::ops::Range;

use crate::map::error::{MapRuleError, MapRuleErrorKind};

/// A place in the text.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// Whether there is an ampersand, so that signs may be written as entities.
    pub(super) escaped: bool,
    /// Whether there may be another bar, so that none is looked for twice.
    barred: bool,
}

/// How a bar is written.
const BARS: [&str; 4] = ["|", "&#x7C;", "&#124;", "&verbar;"];
/// The words before a clause.
pub(super) const JOINTS: [&str; 3] = ["AND", "OR", "IFA"];
/// How a sign of a comparison begins, where it is written as an entity.
const ESCAPED_SIGNS: [&str; 2] = ["&lt;", "&gt;"];

impl<'t> Cursor<'t> {
    /// The start of a text.
    pub(super) fn new(text: &'t str) -> Cursor<'t> {
        Cursor { text, at: 0, escaped: text.contains('&'), barred: true }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// How many bytes from here on satisfy this.
    pub(super) fn run(&self, wanted: impl Fn(u8) -> bool) -> usize {
        self.rest().bytes().take_while(|byte| wanted(*byte)).count()
    }

    pub(super) fn skip_space(&mut self) {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\t'..=b'\r') => self.at = self.at.saturating_add(1),
                Some(128..) => match self.rest().chars().next() {
                    Some(character) if character.is_whitespace() => {
                        self.at = self.at.saturating_add(character.len_utf8());
                    }
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// Passes over a text in either case, if it stands here.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let end = self.at.saturating_add(text.len());
        let here = self.slice(self.at..end).eq_ignore_ascii_case(text);
        if here {
            self.at = end;
        }
        here
    }

    pub(super) fn is_at_word(&self, word: &str) -> bool {
        let bytes = self.rest().as_bytes();
        let (start, rest) = bytes.split_at_checked(word.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(word.as_bytes())
            && !rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric())
    }

    /// Passes over a word in either case, if it stands here.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let here = self.is_at_word(word);
        if here {
            self.at = self.at.saturating_add(word.len());
        }
        here
    }

    pub(super) fn is_at_operator_word(&self) -> bool {
        JOINTS.into_iter().any(|word| self.is_at_word(word))
    }

    pub(super) fn is_at_sign(&self) -> bool {
        let rest = self.rest();
        rest.starts_with(['<', '>', '=']) || (self.escaped && starts_with_any(rest, &ESCAPED_SIGNS))
    }

    /// Where the next sign of a comparison is.
    pub(super) fn sign_from(&self, start: usize) -> Option<usize> {
        let rest = self.slice(start..self.text.len());
        let sign = rest.find(['<', '>', '=']);
        let rest = rest.get(..sign.unwrap_or(rest.len())).unwrap_or_default();
        let entity = self.escaped.then(|| first_of(rest, &ESCAPED_SIGNS)).flatten();
        Some(start.saturating_add(entity.map(|(at, _)| at).or(sign)?))
    }

    /// How long the bar here is; 0 where there is none.
    pub(super) fn bar_length(&self) -> usize {
        let bar = |bar: &&str| starts_with(self.rest(), bar);
        match self.escaped {
            true => BARS.iter().find(|wanted| bar(wanted)).map_or(0, |found| found.len()),
            false => usize::from(self.rest().starts_with('|')),
        }
    }

    /// Where the next bar is, and how long it is.
    pub(super) fn bar_from(&mut self, start: usize) -> Option<(usize, usize)> {
        if !self.barred {
            return None;
        }
        let rest = self.slice(start..self.text.len());
        let found = match self.escaped {
            true => first_of(rest, &BARS),
            false => rest.find('|').map(|at| (at, 1)),
        };
        self.barred = found.is_some();
        found.map(|(at, length)| (start.saturating_add(at), length))
    }

    /// An error at the word or sign that stands here.
    #[cold]
    pub(super) fn error(&self, kind: MapRuleErrorKind) -> MapRuleError {
        let word = self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b',');
        let length = match word {
            0 => self.rest().chars().next().map_or(0, char::len_utf8),
            word => word,
        };
        MapRuleError::new(kind, self.at..self.at.saturating_add(length))
    }
}

/// Where the first of these stands in a text, in either case, and how long it is.
fn first_of(text: &str, wanted: &[&str]) -> Option<(usize, usize)> {
    let places = text.match_indices(['|', '&']);
    places.into_iter().find_map(|(at, _)| {
        let here = text.get(at..).unwrap_or_default();
        let found = wanted.iter().find(|wanted| starts_with(here, wanted))?;
        Some((at, found.len()))
    })
}

/// In either case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|here| here.eq_ignore_ascii_case(start))
}

fn starts_with_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| starts_with(text, start))
}
