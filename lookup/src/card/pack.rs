//! The packs that a GTIN stands for.

use farr::dmd::{Dmd, Level, On, PackGtin, Product};
use farr::id::Gtin;
use farr::{Date, Dialect, Snomed};
use serde::Serialize;

use super::current::days;
use super::draw::Sheet;
use super::draw_product::{concept, named};
use super::product::{ProductConcept, ProductName, vmp_of, vtm_of};

/// A pack that has, or had, a GTIN.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PackCard {
    /// `None` where the row of the GTIN names none.
    pub(crate) ampp: Option<ProductName>,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    /// Whether it had the GTIN on the day asked about.
    pub(crate) valid: bool,
    /// `None` where the release lacks the pack.
    pub(crate) discontinued: Option<bool>,
    pub(crate) amp: Option<ProductName>,
    pub(crate) vmpp: Option<ProductName>,
    pub(crate) vmp: Option<ProductName>,
    pub(crate) vtm: Option<ProductName>,
    /// The AMP as a concept of SNOMED CT, and what that is below.
    #[serde(flatten)]
    pub(crate) concept: ProductConcept,
}

impl PackCard {
    fn of<'t>(
        found: PackGtin<'t>,
        on: Date,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
    ) -> PackCard {
        let ampp = found.ampp();
        let product = ampp.map(Product::Ampp);
        let amp = ampp.and_then(|ampp| ampp.amp());
        let ids = ampp.map(|ampp| (ampp.amp_id(), ampp.vmpp_id()));
        let (amp_id, vmpp_id) = ids.unwrap_or_default();
        PackCard {
            ampp: ProductName::known_or(ampp, Level::Ampp, found.ampp_id()),
            start: found.start().map(|date| date.to_string()),
            end: found.end().map(|date| date.to_string()),
            valid: found.is_valid_on(on),
            discontinued: ampp.map(|ampp| ampp.is_discontinued()),
            amp: ProductName::known_or(amp, Level::Amp, amp_id),
            vmpp: ProductName::known_or(ampp.and_then(|ampp| ampp.vmpp()), Level::Vmpp, vmpp_id),
            vmp: product.and_then(vmp_of),
            vtm: product.and_then(vtm_of),
            concept: match amp {
                Some(amp) => ProductConcept::of(amp.into(), snomed, dialect),
                None => ProductConcept::unknown(),
            },
        }
    }
}

/// All packs of a GTIN, those that had it on the day first.
pub(crate) fn packs<'t>(
    dmd: Dmd<'t>,
    gtin: Gtin,
    on: Date,
    snomed: Option<Snomed<'t>>,
    dialect: Dialect,
) -> Vec<PackCard> {
    let all = dmd.packs_by_gtin(gtin, On::AnyDay);
    let mut packs: Vec<PackCard> =
        all.map(|found| PackCard::of(found, on, snomed, dialect)).collect();
    packs.sort_by_key(|pack| !pack.valid);
    packs
}

/// Draws the packs of a GTIN, each once with all the days on which it has, or had, it.
pub(crate) fn draw(sheet: &mut Sheet, packs: &[PackCard], on: Date) {
    let palette = sheet.palette();
    let id = |pack: &PackCard| pack.ampp.as_ref().map(|ampp| ampp.id.clone());
    for (number, pack) in packs.iter().enumerate() {
        if packs.iter().take(number).any(|drawn| id(drawn) == id(pack)) {
            continue;
        }
        sheet.line("");
        let invalid = pack.ampp.as_ref().is_some_and(|ampp| ampp.invalid == Some(true));
        sheet.labelled("Pack (AMPP)", &of(&pack.ampp), |text| match invalid {
            true => palette.bad(text),
            false => palette.heading(text),
        });
        let rows = packs.iter().filter(|row| id(row) == id(pack));
        for (number, row) in rows.enumerate() {
            let label = if number == 0 { "Has the GTIN" } else { "" };
            let days = days(row.start.as_deref(), row.end.as_deref());
            let days = days.unwrap_or_else(|| "on days that are not stated".to_owned());
            match row.valid {
                true => sheet.labelled(label, &days, |text| palette.good(text)),
                false => {
                    let text = format!("{days}, NOT on {on}");
                    sheet.labelled(label, &text, |text| palette.bad(text));
                }
            }
        }
        // Of a pack that the release lacks nothing else is known.
        if pack.discontinued.is_some() {
            draw_product(sheet, pack);
        }
    }
}

fn draw_product(sheet: &mut Sheet, pack: &PackCard) {
    let palette = sheet.palette();
    if pack.discontinued == Some(true) {
        sheet.labelled("Discontinued", "yes", |text| palette.warning(text));
    }
    for (label, product) in
        [("Product (AMP)", &pack.amp), ("Generic (VMPP)", &pack.vmpp), ("Generic (VMP)", &pack.vmp)]
    {
        sheet.plain(label, &of(product));
    }
    match &pack.vtm {
        Some(vtm) => sheet.plain("Moiety (VTM)", &named(vtm)),
        None if pack.vmp.as_ref().is_some_and(|vmp| vmp.name.is_some()) => {
            sheet.plain("Moiety (VTM)", "none");
        }
        None => {}
    }
    concept(sheet, "SNOMED CT (AMP)", &pack.concept);
}

fn of(name: &Option<ProductName>) -> String {
    name.as_ref().map_or_else(|| "not named by the release".to_owned(), named)
}
