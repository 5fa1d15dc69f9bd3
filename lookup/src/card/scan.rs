//! What was scanned, and the packs it stands for.

use farr::dmd::{Dmd, On, PackGtin, Product};
use farr::id::Gtin;
use farr::id::gs1::{Gs1Date, Scan};
use farr::{Date, Dialect, Snomed};
use serde::Serialize;

use super::draw::Sheet;
use super::draw_product::named;
use super::product::{ProductConcept, ProductName};

/// A pack that has, or had, a GTIN.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PackCard {
    /// `None` where the release lacks the pack.
    pub(crate) ampp: Option<ProductName>,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    /// Whether it had the GTIN on the day asked about.
    pub(crate) valid: bool,
    pub(crate) discontinued: Option<bool>,
    pub(crate) amp: Option<ProductName>,
    pub(crate) vmpp: Option<ProductName>,
    pub(crate) vmp: Option<ProductName>,
    pub(crate) vtm: Option<ProductName>,
    /// The AMP as a concept of SNOMED CT, and what that is below.
    #[serde(flatten)]
    pub(crate) concept: Option<ProductConcept>,
}

impl PackCard {
    fn of<'t>(
        found: PackGtin<'t>,
        on: Option<Date>,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
    ) -> PackCard {
        let ampp = found.ampp();
        let product = ampp.map(Product::Ampp);
        let amp = ampp.and_then(|ampp| ampp.amp());
        let missing = found.ampp_id().map(|id| ProductName {
            level: "AMPP",
            id: id.to_string(),
            name: None,
            invalid: None,
        });
        PackCard {
            ampp: ampp.map(ProductName::of).or(missing),
            start: found.start().map(|date| date.to_string()),
            end: found.end().map(|date| date.to_string()),
            valid: on.is_none_or(|on| found.is_valid_on(on)),
            discontinued: ampp.map(|ampp| ampp.is_discontinued()),
            amp: amp.map(ProductName::of),
            vmpp: ampp.and_then(|ampp| ampp.vmpp()).map(ProductName::of),
            vmp: product.and_then(Product::vmp).map(ProductName::of),
            vtm: product.and_then(Product::vtm).map(ProductName::of),
            concept: amp.map(|amp| ProductConcept::of(amp.into(), snomed, dialect)),
        }
    }
}

/// All packs of a GTIN, those that had it on the day first.
pub(crate) fn packs<'t>(
    dmd: Dmd<'t>,
    gtin: Gtin,
    on: Option<Date>,
    snomed: Option<Snomed<'t>>,
    dialect: Dialect,
) -> Vec<PackCard> {
    let all = dmd.packs_by_gtin(gtin, On::AnyDay);
    let mut packs: Vec<PackCard> =
        all.map(|found| PackCard::of(found, on, snomed, dialect)).collect();
    packs.sort_by_key(|pack| !pack.valid);
    packs
}

/// A date of an element string.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ScannedDate {
    /// Six digits, as scanned.
    pub(crate) digits: String,
    /// The day, or the last day of the month where none is named; by the year of the day asked
    /// about.
    pub(crate) last_day: Option<String>,
    /// Whether it names a day.
    pub(crate) has_day: bool,
    /// Whether it lies before the day asked about.
    pub(crate) past: Option<bool>,
}

impl ScannedDate {
    fn of(date: Gs1Date, on: Option<Date>) -> ScannedDate {
        let last_day = on.and_then(|on| date.last_day(on.year()).ok());
        ScannedDate {
            digits: date.to_string(),
            last_day: last_day.map(|day| day.to_string()),
            has_day: date.day().is_some(),
            past: last_day.zip(on).map(|(day, on)| day < on),
        }
    }
}

/// An element string.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ElementCard {
    pub(crate) ai: String,
    pub(crate) title: String,
    pub(crate) value: String,
}

/// What was scanned.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ScanCard {
    /// `gtin`, `element-strings` or `digital-link`.
    pub(crate) form: &'static str,
    /// What the scanner said of the symbol.
    pub(crate) symbology: Option<String>,
    /// 14 digits.
    pub(crate) gtin: Option<String>,
    pub(crate) batch_or_lot: Option<String>,
    pub(crate) expiry: Option<ScannedDate>,
    pub(crate) serial_number: Option<String>,
    pub(crate) elements: Vec<ElementCard>,
    /// What does not go together by the rules of GS1.
    pub(crate) association_problems: Vec<String>,
}

impl ScanCard {
    pub(crate) fn of(scan: &Scan<'_>, on: Option<Date>) -> ScanCard {
        let elements = scan.element_strings();
        let text = |text: Option<&str>| text.map(str::to_owned);
        ScanCard {
            form: match scan {
                Scan::Gtin { .. } => "gtin",
                Scan::ElementStrings(_) => "element-strings",
                Scan::DigitalLink(_) => "digital-link",
            },
            symbology: scan.symbology().map(|symbology| symbology.to_string()),
            gtin: scan.gtin().map(|gtin| gtin.to_string()),
            batch_or_lot: elements.and_then(|all| text(all.batch_or_lot())),
            expiry: elements.and_then(|all| all.expiry()).map(|date| ScannedDate::of(date, on)),
            serial_number: elements.and_then(|all| text(all.serial_number())),
            elements: elements
                .into_iter()
                .flat_map(|all| all.iter())
                .map(|element| ElementCard {
                    ai: element.application_identifier().to_string(),
                    title: element.definition().title().to_owned(),
                    value: element.value().to_owned(),
                })
                .collect(),
            association_problems: elements
                .into_iter()
                .flat_map(|all| all.association_problems())
                .map(|problem| problem.to_string())
                .collect(),
        }
    }
}

/// Draws what was scanned.
pub(crate) fn draw(sheet: &mut Sheet, card: &ScanCard) {
    let palette = sheet.palette();
    if let Some(symbology) = &card.symbology {
        sheet.plain("Symbol", symbology);
    }
    if let Some(gtin) = &card.gtin {
        sheet.labelled("GTIN", gtin, |text| palette.id(text));
    }
    if let Some(batch) = &card.batch_or_lot {
        sheet.plain("Batch", batch);
    }
    if let Some(expiry) = &card.expiry {
        let day = expiry.last_day.as_deref().unwrap_or(&expiry.digits);
        let month = if expiry.has_day { "" } else { " (the month alone is printed)" };
        match expiry.past {
            Some(true) => {
                sheet.labelled("Expiry", &format!("{day}{month} EXPIRED"), |t| palette.bad(t));
            }
            _ => sheet.plain("Expiry", &format!("{day}{month}")),
        }
    }
    if let Some(serial) = &card.serial_number {
        sheet.plain("Serial number", serial);
    }
    // What has no line of its own.
    for element in &card.elements {
        if !matches!(element.ai.trim_matches(['(', ')']), "01" | "10" | "17" | "21") {
            let title = if element.title.is_empty() { &element.ai } else { &element.title };
            sheet.plain(&format!("{} {title}", element.ai), &element.value);
        }
    }
    for problem in &card.association_problems {
        sheet.labelled("Remark", problem, |text| palette.warning(text));
    }
}

/// Draws the packs of a GTIN.
pub(crate) fn draw_packs(sheet: &mut Sheet, packs: &[PackCard]) {
    let palette = sheet.palette();
    for pack in packs {
        sheet.line("");
        let days = match (&pack.start, &pack.end) {
            (Some(start), Some(end)) => format!("from {start} to {end}"),
            (Some(start), None) => format!("since {start}"),
            (None, Some(end)) => format!("to {end}"),
            (None, None) => "on unknown days".to_owned(),
        };
        let of = |name: &Option<ProductName>| {
            name.as_ref().map_or_else(|| "not in this release".to_owned(), named)
        };
        sheet.labelled("Pack (AMPP)", &of(&pack.ampp), |text| palette.heading(text));
        match pack.valid {
            true => sheet.labelled("GTIN valid", &days, |text| palette.good(text)),
            false => {
                let text = format!("{days}: NOT on the day asked about");
                sheet.labelled("GTIN valid", &text, |text| palette.bad(text));
            }
        }
        if pack.discontinued == Some(true) {
            sheet.labelled("Discontinued", "yes", |text| palette.warning(text));
        }
        sheet.plain("Product (AMP)", &of(&pack.amp));
        sheet.plain("Generic (VMP)", &of(&pack.vmp));
        match &pack.vtm {
            Some(vtm) => sheet.plain("VTM", &named(vtm)),
            None => sheet.plain("VTM", "none"),
        }
        let Some(concept) = &pack.concept else { continue };
        match (&concept.concept, concept.in_snomed) {
            (Some(found), _) => {
                let term = found.term.as_deref().unwrap_or("(no term)");
                sheet.plain("SNOMED CT (AMP)", term);
                let parents = concept.parents.iter().map(|parent| {
                    let term = parent.term.as_deref().unwrap_or("(no term)");
                    format!("{} {term}", parent.id)
                });
                sheet.list("Parents", parents);
            }
            (None, Some(false)) => {
                let text = "not in the opened release: dm+d may be newer";
                sheet.labelled("SNOMED CT (AMP)", text, |text| palette.warning(text));
            }
            (None, _) => {}
        }
    }
}
