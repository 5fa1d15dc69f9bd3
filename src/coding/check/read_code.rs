//! Read codes: recognised as such, and those of CTV3 found in the map.

use super::Judging;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::map::constants::CTV3;

/// Five characters, letters and digits filled up with points; a term code of two may follow. A
/// letter or a point is among them: five digits may be anything.
pub(in crate::coding) fn looks_like_one(text: &str) -> bool {
    let Some(code) = text.get(..5) else { return false };
    let term = text.get(5..).unwrap_or_default();
    let body = code.trim_end_matches('.');
    let is_body = !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_term = term.is_empty() || term.len() == 2 && term.bytes().all(|b| b.is_ascii_digit());
    // A word of five letters is none: each has a digit, or is filled up.
    is_body
        && is_term
        && code.bytes().any(|b| b == b'.' || b.is_ascii_digit())
        && code.bytes().any(|b| b == b'.' || b.is_ascii_alphabetic())
}

impl<'v> Judging<'v, '_> {
    /// A Read code where something else is asked for.
    #[cold]
    pub(super) fn read_code(&mut self, text: &str) {
        let mapped = self.mapped_from(text);
        self.add(FindingCode::ReadCode, || (Detail::Nothing, mapped));
    }

    /// A Read code where one is asked for: its form is looked at. No index has the codes themselves.
    pub(super) fn read_code_asked_for(&mut self, system: System, text: &str) {
        match looks_like_one(text) || text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
            false => self.plain(FindingCode::Malformed),
            true if system == System::Ctv3 && !self.mapped_from(text).is_empty() => {
                self.judge = Some(System::Snomed);
                // A map leads to concepts, and not from them: the code need not mean what one of them does.
                if self.asks_membership() {
                    self.plain(FindingCode::MembershipUnknown);
                }
            }
            true => self.not_judged(system),
        }
    }

    /// The concepts that the release maps to a code of CTV3.
    fn mapped_from(&self, text: &str) -> Vec<Suggestion<'v>> {
        let Some(map) = self.validator.snomed().and_then(|snomed| snomed.simple_map(CTV3)) else {
            return Vec::new();
        };
        let dialect = self.validator.binding.dialect;
        let code = text.get(..5).unwrap_or(text);
        let concepts = map.concepts_with_target(code).into_iter();
        concepts.map(|c| Suggestion::concept(SuggestionKind::Mapped, c, dialect)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_codes_are_told_from_words_and_numbers() {
        for text in ["F20..", "F2011", "XE0Uc", "G30..00", "14A..", "H33..", "7....", "X40J4"] {
            assert!(looks_like_one(text), "{text}");
        }
        for text in
            ["", "F20", "MERGE", "MERGER", "24700", ".....", "F20...", "F 20.", "é20..", "F20..0"]
        {
            assert!(!looks_like_one(text), "{text}");
        }
    }
}
