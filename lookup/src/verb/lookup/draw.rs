//! The cards of a code.

use super::answer::{Answer, UNASKED, unreadable, without_term};
use crate::card::dictionary::{self, DmdCard};
use crate::card::draw::{self, Sheet};
use crate::card::gtin::GtinCard;
use crate::card::nhs::{NhsNumberCard, range_name};
use crate::card::pack;
use crate::card::sctid::{SctidCard, Status};
use crate::output::text::shown;

/// Draws everything known of a code.
pub(super) fn answer(sheet: &mut Sheet, answer: &Answer) {
    let palette = sheet.palette();
    if let Some(card) = &answer.expression {
        card.draw(sheet, &answer.code);
        return;
    }
    let mut begun = false;
    // Of a product that SNOMED CT does not have, its own card says so.
    if let Some(card) = answer.sctid.as_ref().filter(|card| !only_in_dmd(answer, card)) {
        begun = true;
        draw_sctid(sheet, answer, card);
    }
    if let Some(card) = &answer.dmd {
        draw_dmd(sheet, answer, card, begun);
        begun = true;
    }
    if let Some(card) = &answer.gtin {
        also(sheet, begun, "the same digits can also be read as a GTIN:");
        begun = true;
        draw_gtin(sheet, answer, card);
    }
    if let Some(card) = &answer.nhs_number {
        also(sheet, begun, "the same digits can also be read as an NHS number:");
        begun = true;
        draw_nhs(sheet, answer, card);
    }
    for classified in &answer.classifications {
        also(sheet, begun, &format!("it can also be read as a code of {}:", classified.system()));
        begun = true;
        classified.draw(sheet);
    }
    if !begun && answer.unasked {
        begun = true;
        sheet.line(&palette.heading(&shown(&answer.code)));
        sheet.labelled("Code", UNASKED, |text| palette.warning(text));
    }
    if !begun {
        sheet.line(&palette.heading(&shown(&answer.code)));
        sheet.labelled("Code", unreadable(&answer.code), |text| palette.bad(text));
    }
}

/// Between two readings of the same digits.
fn also(sheet: &mut Sheet, begun: bool, text: &str) {
    if begun {
        let palette = sheet.palette();
        sheet.line("");
        sheet.line(&palette.warning(text));
    }
}

fn only_in_dmd(answer: &Answer, card: &SctidCard) -> bool {
    answer.is_in_dmd() && card.concept.is_none() && card.description.is_none()
}

fn draw_dmd(sheet: &mut Sheet, answer: &Answer, card: &DmdCard, begun: bool) {
    let palette = sheet.palette();
    if !card.status.is_known() {
        // Of a concept that is no product there is nothing to say.
        if answer.sctid.as_ref().is_some_and(|card| card.status != Status::Found)
            && let Some(message) = &card.message
        {
            sheet.labelled("dm+d", message, |text| palette.bad(text));
        }
        return;
    }
    if begun {
        sheet.line("");
    }
    dictionary::draw(sheet, card, without_term(&answer.code), begun);
    if let Some(reason) = answer.sctid.as_ref().and_then(|card| card.reason.as_ref())
        && !begun
    {
        sheet.labelled("Check", reason, |text| palette.warning(text));
    }
}

fn draw_gtin(sheet: &mut Sheet, answer: &Answer, card: &GtinCard) {
    let palette = sheet.palette();
    sheet.heading(card.gtin.as_deref().unwrap_or(&answer.code));
    match &card.message {
        Some(message) if card.has_packs() => {
            sheet.labelled("GTIN", message, |text| palette.warning(text));
        }
        Some(message) => sheet.labelled("GTIN", message, |text| palette.bad(text)),
        None => sheet.labelled("GTIN", "in dm+d", |text| palette.good(text)),
    }
    pack::draw(sheet, &card.packs, card.on);
}

fn draw_sctid(sheet: &mut Sheet, answer: &Answer, card: &SctidCard) {
    let palette = sheet.palette();
    if let Some(description) = &card.description {
        draw::description(sheet, description);
        sheet.line("");
    }
    match &card.concept {
        Some(concept) => draw::concept(sheet, concept),
        None if card.description.is_some() => {
            sheet.line(&palette.bad("its concept is not in this release"));
        }
        None => {
            sheet.line(&palette.heading(&shown(&answer.code)));
            let verdict = match card.status {
                Status::NotInRelease => "well-formed, not in this release",
                Status::NotAsked => "well-formed; no index with SNOMED CT is open",
                Status::NotHeld => "well-formed; an index does not hold ids of this kind",
                Status::WrongCheckDigit => "wrong check digit, and not in this release",
                _ => "not well-formed, and not in this release",
            };
            sheet.labelled("Kind", &card.kind(), str::to_owned);
            sheet.labelled("Status", verdict, |text| palette.bad(text));
            let issuer = match &card.namespace {
                Some(namespace) => namespace.as_str(),
                None => "none: issued by SNOMED International",
            };
            if card.component.is_some() {
                sheet.labelled("Namespace", issuer, str::to_owned);
            }
        }
    }
    if let Some(reason) = &card.reason {
        sheet.labelled("Check", reason, |text| palette.warning(text));
    }
}

fn draw_nhs(sheet: &mut Sheet, answer: &Answer, card: &NhsNumberCard) {
    let palette = sheet.palette();
    let display = card.display.as_deref().unwrap_or(&answer.code);
    sheet.line(&palette.heading(&shown(display)));
    match &card.message {
        Some(message) => {
            sheet.labelled("NHS number", "not valid", |text| palette.bad(text));
            sheet.labelled("Check", message, str::to_owned);
        }
        None => sheet.labelled("NHS number", "valid", |text| palette.good(text)),
    }
    if let Some(range) = card.range {
        sheet.labelled("Range", range_name(range), str::to_owned);
    }
    match card.plausible {
        Some(true) => sheet.labelled("Plausible", "yes: nothing speaks against it", str::to_owned),
        Some(false) => {
            sheet.labelled("Plausible", &format!("no: {}", card.doubts.join("; ")), |text| {
                palette.warning(text)
            });
        }
        None => {}
    }
}
