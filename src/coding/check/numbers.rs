//! NHS numbers and GTINs.

use super::Judging;
use crate::coding::detail::Detail;
use crate::coding::finding_code::FindingCode;
use crate::coding::number_damage::NumberText;
use crate::coding::system::System;
use crate::dmd::On;
use crate::id::{Gtin, GtinError, NhsNumber, NhsNumberError};

impl Judging<'_, '_> {
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
                self.add(code, || (Detail::NhsNumber(error), Vec::new()));
            }
        }
    }

    pub(super) fn gtin(&mut self, text: &str) {
        match Gtin::parse(text) {
            Ok(gtin) => {
                let Some(dmd) = self.validator.systems.dmd() else {
                    self.not_judged(System::Gtin);
                    return;
                };
                let on = self.facts.recorded.map_or(On::AnyDay, On::Date);
                if dmd.packs_by_gtin(gtin, on).next().is_none() {
                    let ever = dmd.packs_by_gtin(gtin, On::AnyDay).next().is_some();
                    let text = match ever {
                        true => "it has the GTIN for other days",
                        false => "it does not have all GTINs",
                    };
                    self.add(FindingCode::GtinUnknown, || (Detail::Made(text.into()), Vec::new()));
                }
            }
            Err(error) => {
                let code = match error {
                    GtinError::CheckDigit { .. } => FindingCode::WrongCheckDigit,
                    _ => written(text),
                };
                self.add(code, || (Detail::Gtin(error), Vec::new()));
            }
        }
    }
}

/// What it is that a text is no number of the kind.
fn written(text: &str) -> FindingCode {
    match NumberText::read(text) {
        Some(NumberText::Exact(_)) => FindingCode::WrittenAsNumber,
        Some(NumberText::Rounded { .. }) => FindingCode::RoundedBySpreadsheet,
        None => FindingCode::Malformed,
    }
}
