//! NHS numbers and GTINs.

use super::Judging;
use super::product_name::has_name;
use super::spelling::Spelling;
use crate::coding::binding::DisplayRule;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::number_damage::NumberText;
use crate::coding::system::System;
use crate::dmd::{Ampp, Dmd, On, Product};
use crate::id::{Gtin, GtinError, NhsNumber, NhsNumberError};

impl<'v> Judging<'v, '_> {
    pub(super) fn nhs_number(&mut self, text: &str) {
        match NhsNumber::parse(text) {
            Ok(number) => {
                let plausibility = number.plausibility();
                if !plausibility.is_plausible() {
                    self.add(FindingCode::ImplausibleNhsNumber, || {
                        (Detail::Plausibility(plausibility), Vec::new())
                    });
                }
            }
            Err(error) => {
                let code = match error {
                    NhsNumberError::CheckDigit | NhsNumberError::NoCheckDigit => {
                        FindingCode::WrongCheckDigit
                    }
                    _ => written(text),
                };
                let original = exact(text).and_then(|value| NhsNumber::from_value(value).ok());
                self.add(code, || {
                    (Detail::NhsNumber(error), self_suggestion(System::NhsNumber, original))
                });
            }
        }
    }

    pub(super) fn gtin(&mut self, text: &str, coding: &Coding<'_>) {
        match Gtin::parse(text) {
            Ok(gtin) => {
                let Some(dmd) = self.validator.systems.dmd() else {
                    self.not_judged(System::Gtin);
                    return;
                };
                self.judge = Some(System::Dmd);
                // A code without a day of recording is used today.
                let day = self.facts.recorded.or(self.facts.today);
                let on = day.map_or(On::AnyDay, On::Date);
                if dmd.packs_by_gtin(gtin, on).next().is_none() {
                    let ever = dmd.packs_by_gtin(gtin, On::AnyDay).next().is_some();
                    let text = match ever {
                        true => "it has the GTIN for other days",
                        false => "it does not have all GTINs",
                    };
                    self.add(FindingCode::GtinUnknown, || (Detail::Made(text.into()), Vec::new()));
                }
                if let Some(display) = coding.display
                    && self.validator.binding.display != DisplayRule::Nothing
                {
                    self.name_of_pack(dmd, gtin, display);
                }
            }
            Err(error) => {
                let code = match error {
                    GtinError::CheckDigit { .. } => FindingCode::WrongCheckDigit,
                    _ => written(text),
                };
                let original = exact(text).and_then(|value| Gtin::parse(&value.to_string()).ok());
                self.add(code, || (Detail::Gtin(error), self_suggestion(System::Gtin, original)));
            }
        }
    }

    /// The text beside a GTIN: the name of a pack that has it, or of what is in the pack.
    #[cold]
    fn name_of_pack(&mut self, dmd: Dmd<'v>, gtin: Gtin, display: &str) {
        let spelled = Spelling::of(display);
        let packs: Vec<Ampp<'v>> =
            dmd.packs_by_gtin(gtin, On::AnyDay).filter_map(|pack| pack.ampp()).collect();
        let names = |pack: &Ampp<'v>| {
            let product = Product::from(*pack);
            let (amp, vmp) = (product.amp().map(Product::from), product.vmp().map(Product::from));
            let of = [Some(product), pack.vmpp().map(Product::from), amp, vmp];
            of.into_iter().flatten().any(|product| has_name(product, &spelled))
        };
        if !packs.iter().any(names)
            && let Some(first) = packs.first()
        {
            self.name_of(Product::from(*first), display);
        }
    }
}

/// The number that a text is in another writing, with every digit left.
fn exact(text: &str) -> Option<u64> {
    match NumberText::read(text)? {
        NumberText::Exact(value) => Some(value),
        NumberText::Rounded { .. } => None,
    }
}

fn self_suggestion<'v>(system: System, original: Option<impl ToString>) -> Vec<Suggestion<'v>> {
    let code = original.map(|original| original.to_string());
    let found = code.map(|code| Suggestion::new(SuggestionKind::Original, system, code, None));
    found.into_iter().collect()
}

/// What it is that a text is no number of the kind.
fn written(text: &str) -> FindingCode {
    match NumberText::read(text) {
        Some(NumberText::Exact(_)) => FindingCode::WrittenAsNumber,
        Some(NumberText::Rounded { .. }) => FindingCode::RoundedBySpreadsheet,
        None => FindingCode::Malformed,
    }
}
