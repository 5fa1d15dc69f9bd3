//! References, texts in quotes, numbers, times.

use std::fmt::{self, Write as _};

use super::Printer;
use crate::ecl::parse::is_of_plain_code;
use crate::ecl::syntax::{AlternateIdentifier, ConceptReference, Number, SearchTerm, Time};

/// What the quotes of an identifier of another scheme stand around, where its code needs some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    /// `"LOINC#54486 6"`, as the grammar has it.
    Whole,
    /// `LOINC#"54486 6"`, as the specification writes it: where the other would be a text.
    Code,
}

impl Printer<'_, '_> {
    pub(super) fn reference(&mut self, reference: &ConceptReference) -> fmt::Result {
        write!(self.f, "{}", reference.id)?;
        self.term(reference.term.as_deref())
    }

    fn term(&mut self, term: Option<&str>) -> fmt::Result {
        match term {
            None => Ok(()),
            Some(term) => write!(self.f, " |{term}|"),
        }
    }

    pub(super) fn alternate(
        &mut self,
        alternate: &AlternateIdentifier,
        quote: Quote,
    ) -> fmt::Result {
        let AlternateIdentifier { scheme, code, term, .. } = alternate;
        let plain = !code.is_empty() && code.bytes().all(is_of_plain_code);
        match (plain, quote) {
            (true, _) => write!(self.f, "{scheme}#{code}")?,
            (false, Quote::Whole) => write!(self.f, "\"{scheme}#{code}\"")?,
            (false, Quote::Code) => write!(self.f, "{scheme}#\"{code}\"")?,
        }
        self.term(term.as_deref())
    }

    pub(super) fn number(&mut self, number: &Number) -> fmt::Result {
        write!(self.f, "#{}", number.0)
    }

    pub(super) fn string(&mut self, text: &str) -> fmt::Result {
        self.f.write_str("\"")?;
        escaped(self.f, text)?;
        self.f.write_str("\"")
    }

    pub(super) fn search_term(&mut self, term: &SearchTerm) -> fmt::Result {
        match term {
            SearchTerm::Match(words) => {
                self.either("\"", "match:\"")?;
                self.list(words, " ", |printer, word| escaped(printer.f, word))?;
                self.f.write_str("\"")
            }
            SearchTerm::Wild(pattern) => write!(self.f, "wild:\"{pattern}\""),
        }
    }

    pub(super) fn time(&mut self, time: &Time) -> fmt::Result {
        match time.0 {
            Some(date) => write!(self.f, "\"{date}\""),
            None => self.f.write_str("\"\""),
        }
    }
}

/// Writes the text between quotes.
pub(crate) fn escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            f.write_str("\\")?;
        }
        f.write_char(character)?;
    }
    Ok(())
}
