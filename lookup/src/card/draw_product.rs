//! Products for reading.

use super::draw::Sheet;
use super::product::{PrescribingCard, ProductCard, ProductConcept, ProductName};
use crate::output::number::grouped;

/// Draws a product.
pub(crate) fn product(sheet: &mut Sheet, card: &ProductCard) {
    let palette = sheet.palette();
    let summary = &card.summary;
    sheet.heading(&summary.name);
    sheet.labelled(summary.level, &summary.id, |id| palette.id(id));
    if summary.invalid {
        let text = "INVALID: kept in dm+d for what was recorded with it";
        sheet.labelled("Validity", text, |text| palette.bad(text));
    }
    for (label, above) in [
        ("of AMP", &summary.amp),
        ("of VMPP", &summary.vmpp),
        ("of VMP", &summary.vmp),
        ("of VTM", &summary.vtm),
    ] {
        if let Some(above) = above {
            sheet.plain(label, &named(above));
        }
    }
    let below = card.below.iter().map(|(level, count)| {
        format!("{} {level}{}", grouped(*count as u64), if *count == 1 { "" } else { "s" })
    });
    let below: Vec<String> = below.collect();
    if !below.is_empty() {
        sheet.plain("Below it", &below.join(", "));
    }
    prescribing(sheet, &summary.prescribing);
    let mut last = "";
    for (label, text) in &card.facts {
        sheet.plain(if *label == last { "" } else { label }, text);
        last = label;
    }
    concept(sheet, "SNOMED CT", &summary.concept);
}

/// Draws whether it may be prescribed, settings of which the same is to be said together.
fn prescribing(sheet: &mut Sheet, answers: &[PrescribingCard]) {
    let palette = sheet.palette();
    let same = answers.windows(2).all(|pair| match pair {
        [one, other] => one.words == other.words,
        _ => true,
    });
    for (number, answer) in answers.iter().enumerate() {
        if same && number > 0 {
            break;
        }
        let setting = match answer.setting {
            _ if same => "in any setting",
            "primary-care" => "in primary care",
            _ => "by dose, as in hospitals",
        };
        let label = if number == 0 { "Prescribing" } else { "" };
        let text = format!("{setting}: {}", answer.words);
        sheet.labelled(label, &text, |text| match answer.verdict {
            "prescribable" => palette.good(text),
            "not-prescribable" => palette.bad(text),
            _ => palette.warning(text),
        });
    }
}

/// Draws a product as a concept; nothing where no release of SNOMED CT is open.
pub(super) fn concept(sheet: &mut Sheet, label: &str, card: &ProductConcept) {
    let palette = sheet.palette();
    match (&card.concept, card.in_snomed) {
        (Some(concept), _) => {
            let term = concept.term.as_deref().unwrap_or("(no term)");
            match concept.active {
                Some(false) => {
                    let text = format!("{term} (INACTIVE)");
                    sheet.labelled(label, &text, |text| palette.bad(text));
                }
                _ => sheet.plain(label, term),
            }
            let parents = card.parents.iter().map(|parent| {
                let term = parent.term.as_deref().unwrap_or("(no term)");
                format!("{} {term}", parent.id)
            });
            sheet.list("Parents", parents);
        }
        (None, Some(false)) => {
            let text = "not in the opened release: dm+d may be newer";
            sheet.labelled(label, text, |text| palette.warning(text));
        }
        (None, _) => {}
    }
}

/// A product in a line.
pub(crate) fn named(product: &ProductName) -> String {
    let name = product.name.as_deref().unwrap_or("(not in this release)");
    let invalid = if product.invalid == Some(true) { " INVALID" } else { "" };
    format!("{} {name}{invalid}", product.id)
}
