//! Texts that are no SCTID: what they are instead, or were.

use super::Judging;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::number_damage::{NumberText, Origins};
use crate::coding::system::System;
use crate::coding::validator::Validator;
use crate::id::{Component, Sctid, SctidError};

/// Codes that a damaged one can have been, beyond which none is named.
const MOST_ORIGINS: usize = 10;

impl<'v> Judging<'v, '_> {
    /// Tells a text that is no SCTID from the others of that kind.
    #[cold]
    pub(super) fn not_an_sctid(
        &mut self,
        system: System,
        text: &str,
        error: SctidError,
        coding: &Coding<'_>,
    ) {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.wrong_digits(system, text, error, coding);
            return;
        }
        match NumberText::read(text) {
            Some(NumberText::Exact(value)) => {
                let original = Sctid::from_value(value).ok();
                let known = original.filter(|id| self.is_known(system, *id));
                let suggestions = known.map(|id| self.origin(SuggestionKind::Original, system, id));
                self.add(FindingCode::WrittenAsNumber, || {
                    (Detail::Nothing, suggestions.into_iter().collect())
                });
            }
            Some(NumberText::Rounded { value, lost }) => {
                let origins = self.origins(system, value, Some(lost));
                self.add(FindingCode::RoundedBySpreadsheet, || (Detail::Nothing, origins));
            }
            None => self.not_a_number(system, text, error, coding),
        }
    }

    fn not_a_number(&mut self, system: System, text: &str, error: SctidError, coding: &Coding<'_>) {
        if let Some(count) = several(text) {
            self.add(FindingCode::SeveralCodes, || (Detail::Count(count), Vec::new()));
        } else if system == System::Snomed && self.expression(text, coding) {
        } else if super::read_code::looks_like_one(text) {
            self.read_code(text);
        } else {
            self.add(FindingCode::Malformed, || (Detail::Sctid(error), Vec::new()));
        }
    }

    /// Digits, and no SCTID.
    fn wrong_digits(&mut self, system: System, text: &str, error: SctidError, coding: &Coding<'_>) {
        if let Ok(id) = Sctid::parse_as_published(text)
            && self.is_known(system, id)
        {
            // The release is the authority on its own ids, and says which one it means.
            self.plain(FindingCode::PublishedWithWrongCheckDigit);
            match system {
                System::Dmd => self.dmd_id(id, coding),
                _ => self.snomed_id(id, coding),
            }
            return;
        }
        let value: Option<u64> = text.parse().ok().filter(|_| !text.starts_with('0'));
        let origins = value.map(|value| self.origins(system, value, None)).unwrap_or_default();
        let whole = value.filter(|_| origins.is_empty()).and_then(|value| self.whole(value, text));
        if let Some(whole) = whole {
            // Digits may be wrong as well as missing, so that others than this one may have been meant.
            let whole = self.origin(SuggestionKind::PossibleOriginal, system, whole);
            self.add(FindingCode::Truncated, || (Detail::Nothing, vec![whole]));
            return;
        }
        let code = match (origins.is_empty(), error) {
            (false, _) => FindingCode::RoundedBySpreadsheet,
            (true, SctidError::CheckDigit { .. }) => FindingCode::WrongCheckDigit,
            (true, _) if super::read_code::looks_like_one(text) => {
                self.read_code(text);
                return;
            }
            (true, _) => FindingCode::Malformed,
        };
        self.add(code, || (Detail::Sctid(error), origins));
    }

    /// The one known id that begins with these digits and goes on. Of few digits nothing is said: many
    /// ids begin with them, or one does by chance.
    fn whole(&self, value: u64, text: &str) -> Option<Sctid> {
        const FEWEST: usize = 10;
        const MOST: usize = 18;
        if !(FEWEST..MOST).contains(&text.len()) {
            return None;
        }
        let known = self.validator.sorted_ids();
        let mut found = None;
        let mut power = 1_u64;
        for _ in text.len()..MOST {
            power = power.checked_mul(10)?;
            let first = value.checked_mul(power)?;
            let from = known.partition_point(|id| *id < first);
            let beyond = first.saturating_add(power);
            for id in known.get(from..)?.iter().take_while(|id| **id < beyond) {
                if found.replace(*id).is_some() {
                    return None;
                }
            }
        }
        Sctid::from_value(found?).ok()
    }

    fn is_known(&self, system: System, id: Sctid) -> bool {
        let product = || self.validator.systems.dmd().is_some_and(|dmd| dmd.product(id).is_some());
        let concept = || self.validator.snomed().is_some_and(|snomed| snomed.concept(id).is_some());
        match system {
            System::Dmd => product(),
            _ => concept() || product(),
        }
    }

    /// [`Judging::origins`], where anybody will read them.
    pub(super) fn origins_if_told(&self, system: System, value: u64) -> Vec<Suggestion<'v>> {
        match self.only_codes {
            true => Vec::new(),
            false => self.origins(system, value, None),
        }
    }

    /// The known ids that a program can have made a number of: the one, or the several. Of very many
    /// nothing is said.
    #[cold]
    pub(super) fn origins(
        &self,
        system: System,
        value: u64,
        lost: Option<u32>,
    ) -> Vec<Suggestion<'v>> {
        let found = Origins::of(value, lost).among(self.validator.sorted_ids());
        let ids = found.filter_map(|origin| Sctid::from_value(origin).ok());
        let concepts = ids.filter(|id| id.component() == Some(Component::Concept));
        let known = concepts.filter(|id| self.is_known(system, *id));
        let known: Vec<Sctid> = known.take(MOST_ORIGINS.saturating_add(1)).collect();
        if known.len() > MOST_ORIGINS {
            return Vec::new();
        }
        let kind = match known.len() {
            1 => SuggestionKind::Original,
            _ => SuggestionKind::PossibleOriginal,
        };
        known.into_iter().map(|id| self.origin(kind, system, id)).collect()
    }

    fn origin(&self, kind: SuggestionKind, system: System, id: Sctid) -> Suggestion<'v> {
        let dialect = self.validator.binding.dialect;
        let concept = self.validator.snomed().and_then(|snomed| snomed.concept(id));
        let term = concept.and_then(|concept| Some(concept.preferred_term(dialect)?.text()));
        let name = || Some(self.validator.systems.dmd()?.product(id)?.name());
        Suggestion::new(kind, system, id.to_string(), term.or_else(name))
    }
}

impl Validator<'_> {
    /// All ids of concepts and products, sorted the first time that one may have lost
    /// digits.
    fn sorted_ids(&self) -> &[u64] {
        self.sorted.get_or_init(|| {
            let concepts = self.snomed().map(|snomed| snomed.concepts().ids());
            let products = self.systems.dmd().map(|dmd| dmd.products().map(|found| found.id()));
            let concepts = concepts.into_iter().flatten();
            let ids = concepts.chain(products.into_iter().flatten()).map(Sctid::value);
            let mut sorted: Vec<u64> = ids.collect();
            sorted.sort_unstable();
            sorted.dedup();
            sorted.into_boxed_slice()
        })
    }
}

/// How many codes a text has with separators between them: all are digits, and one at least is well
/// formed; `None` for one.
fn several(text: &str) -> Option<usize> {
    let is_separator = |c: char| matches!(c, ';' | ',' | '|' | '/') || c.is_whitespace();
    let parts = text.split(is_separator).filter(|part| !part.is_empty());
    let (mut count, mut is_any_right) = (0_usize, false);
    for part in parts {
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        is_any_right |= Sctid::parse(part).is_ok();
        count = count.saturating_add(1);
    }
    (count > 1 && is_any_right).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_codes_are_counted_where_each_is_one() {
        assert_eq!(several("24700007;73211009"), Some(2));
        assert_eq!(several("24700007, 73211009 | 24700007"), Some(3));
        assert_eq!(several("24700007"), None);
        assert_eq!(several("24700007 sclerosis"), None);
        assert_eq!(several("24700007;73211008"), Some(2), "one of them with a wrong check digit");
        assert_eq!(several("24700007,4020"), Some(2));
        assert_eq!(several("2470 0007"), None, "one code that was broken up");
    }
}
