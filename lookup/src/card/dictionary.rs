//! A code looked up in dm+d: the product that has it, or what it leads to.

use farr::dmd::{Current, Dmd, Product};
use farr::id::SctidError;
use farr::{Date, Dialect, Sctid, Snomed};
use serde::Serialize;

use super::current::{self, CurrentCard, Thing};
use super::draw::Sheet;
use super::draw_product;
use super::product::{ProductCard, ProductConcept, ProductName};
use super::sctid::Detail;

/// How a code stands in dm+d. The words are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DmdStatus {
    /// It is the id of a product.
    Found,
    /// It is the id of something else in dm+d.
    NotAProduct,
    /// It was the id of what has another one now.
    PreviousId,
    /// The release knows it, and nothing is known to have had it on the day asked about.
    OtherDay,
    /// The release knows nothing of it.
    NotInRelease,
    /// Its check digit is wrong, and the release does not have it so.
    WrongCheckDigit,
    /// It is no identifier.
    Malformed,
}

impl DmdStatus {
    /// Its word in the output.
    pub(crate) fn word(self) -> &'static str {
        match self {
            DmdStatus::Found => "found",
            DmdStatus::NotAProduct => "not-a-product",
            DmdStatus::PreviousId => "previous-id",
            DmdStatus::OtherDay => "other-day",
            DmdStatus::NotInRelease => "not-in-release",
            DmdStatus::WrongCheckDigit => "wrong-check-digit",
            DmdStatus::Malformed => "malformed",
        }
    }

    /// Whether dm+d has it, or had it.
    pub(crate) fn is_known(self) -> bool {
        matches!(self, DmdStatus::Found | DmdStatus::NotAProduct | DmdStatus::PreviousId)
    }
}

/// A code, and what dm+d has of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DmdCard {
    pub(crate) status: DmdStatus,
    /// The product that has it, or the one that has had it and goes by another now.
    pub(crate) product: Option<ProductCard>,
    /// What the code leads to now, where it is, or was, that of a thing whose code may change.
    pub(crate) current: Option<CurrentCard>,
    /// What is to be said of the code itself.
    pub(crate) message: Option<String>,
    /// The product by its name, for rows.
    #[serde(skip)]
    pub(crate) name: Option<ProductName>,
}

impl DmdCard {
    /// Looks up a code, of today or of the day on which it was used.
    pub(crate) fn of<'t>(
        dmd: Dmd<'t>,
        code: &str,
        on: Option<Date>,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
        detail: Detail,
    ) -> DmdCard {
        let card = |status, message, product: Option<Product<'t>>, current| DmdCard {
            status,
            product: product
                .filter(|_| detail == Detail::Whole)
                .map(|product| ProductCard::of(dmd, product, snomed, dialect)),
            current,
            message,
            name: product.map(ProductName::of),
        };
        // The release is the authority on ids that it publishes with a wrong check digit.
        let id = match Sctid::parse_as_published(code) {
            Ok(id) => id,
            Err(error) => return card(DmdStatus::Malformed, Some(error.to_string()), None, None),
        };
        let current = CurrentCard::of(dmd, id, on);
        let product = dmd.product(id);
        // AMPs and packs keep their ids for good; of the others the day matters.
        let keeps = !matches!(product, None | Some(Product::Vtm(_) | Product::Vmp(_)));
        if product.is_some() && (on.is_none() || keeps || current.leads_to(id)) {
            let others: Vec<String> = current
                .things
                .iter()
                .filter(|thing| thing.id != id.to_string())
                .map(Thing::line)
                .collect();
            let message = (!others.is_empty())
                .then(|| format!("also a previous id of {}", others.join(", ")));
            let told = current.tells_of_others().then_some(current);
            return card(DmdStatus::Found, message, product, told);
        }
        let (status, message) = elsewhere(dmd, code, id, &current, on);
        // The one product that has it now is shown; of several none is chosen.
        let product = match current.things.as_slice() {
            [one] => one.id.parse().ok().and_then(|id: Sctid| dmd.product(id)),
            _ => None,
        };
        let known = !matches!(status, DmdStatus::WrongCheckDigit | DmdStatus::Malformed);
        card(status, Some(message), product, known.then_some(current))
    }

    /// The kinds of what the code leads to now, and the ids.
    pub(crate) fn things(&self, cell: fn(&Thing) -> &str) -> Vec<&str> {
        let things = self.current.iter().flat_map(|current| &current.things);
        things.map(cell).collect()
    }
}

/// How a code stands that no product has, or had on the day.
fn elsewhere(
    dmd: Dmd<'_>,
    code: &str,
    id: Sctid,
    current: &CurrentCard,
    on: Option<Date>,
) -> (DmdStatus, String) {
    match (current.things.as_slice(), on) {
        ([], Some(date)) if dmd.current(id) != Current::None => {
            let others: Vec<String> =
                current::things(dmd, &dmd.current(id)).iter().map(Thing::line).collect();
            let message = format!(
                "nothing in dm+d is known to have had it on {date}; used on another day it \
                 leads to {}",
                others.join(", ")
            );
            (DmdStatus::OtherDay, message)
        }
        ([], _) => match Sctid::parse(code) {
            Ok(_) => {
                let message = "not in this release of dm+d, now or formerly".to_owned();
                (DmdStatus::NotInRelease, message)
            }
            Err(error @ SctidError::CheckDigit { .. }) => {
                let message = format!("not in this release of dm+d, and {error}");
                (DmdStatus::WrongCheckDigit, message)
            }
            Err(error) => (DmdStatus::Malformed, error.to_string()),
        },
        (things, _) if things.iter().all(|thing| thing.id == id.to_string()) => {
            let things: Vec<String> = things.iter().map(Thing::line).collect();
            (DmdStatus::NotAProduct, format!("not a product: {}", things.join(", ")))
        }
        ([one], _) => (DmdStatus::PreviousId, format!("a previous id of {}", one.line())),
        (things, _) => {
            let count = things.len();
            let message = format!(
                "a previous id that leads to {count} things: which one was meant is not known"
            );
            (DmdStatus::PreviousId, message)
        }
    }
}

/// Draws what dm+d has of a code, below the card of its concept where that stands there already.
pub(crate) fn draw(sheet: &mut Sheet, card: &DmdCard, code: &str, below_concept: bool) {
    let palette = sheet.palette();
    let own = card.status == DmdStatus::Found;
    if !own {
        sheet.heading(code);
    }
    let product = |sheet: &mut Sheet, product: &ProductCard| match below_concept {
        // What the concept is, and below what, has just been said.
        true if own => {
            let mut product = product.clone();
            product.summary.concept = ProductConcept::unknown();
            draw_product::product(sheet, &product);
        }
        _ => draw_product::product(sheet, product),
    };
    if let Some(card) = card.product.as_ref().filter(|_| own) {
        product(sheet, card);
    }
    if let Some(message) = &card.message {
        sheet.labelled("Code", message, |text| match card.status {
            DmdStatus::NotAProduct => text.to_owned(),
            DmdStatus::Found | DmdStatus::PreviousId | DmdStatus::OtherDay => palette.warning(text),
            _ => palette.bad(text),
        });
    }
    if let Some(current) = &card.current {
        current::draw(sheet, current, code);
    }
    if let Some(card) = card.product.as_ref().filter(|_| !own) {
        sheet.line("");
        product(sheet, card);
    }
}
