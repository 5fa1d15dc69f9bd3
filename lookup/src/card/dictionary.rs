//! An identifier looked up in dm+d: the product that has it, or what it leads to.

use farr::dmd::{Dmd, Product};
use farr::{Date, Dialect, Sctid, Snomed};
use serde::Serialize;

use super::current::CurrentCard;
use super::product::{ProductCard, ProductName};
use super::sctid::Detail;

/// How an identifier stands in dm+d. The words are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DmdStatus {
    /// It is the id of a product.
    Found,
    /// It is the id of something else in dm+d.
    NotAProduct,
    /// It was the id of what has another one now.
    PreviousId,
    /// The release knows nothing of it.
    NotInRelease,
}

impl DmdStatus {
    /// Its word in the output.
    pub(crate) fn word(self) -> &'static str {
        match self {
            DmdStatus::Found => "found",
            DmdStatus::NotAProduct => "not-a-product",
            DmdStatus::PreviousId => "previous-id",
            DmdStatus::NotInRelease => "not-in-release",
        }
    }
}

/// An identifier, and what dm+d has of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DmdCard {
    pub(crate) status: DmdStatus,
    /// The product that has it, or the one that has it no longer and goes by another now.
    pub(crate) product: Option<ProductCard>,
    /// What the id leads to now, where it is, or was, that of a thing whose id may change.
    pub(crate) current: Option<CurrentCard>,
    /// The same product by its name, for rows.
    #[serde(skip)]
    pub(crate) name: Option<ProductName>,
}

impl DmdCard {
    /// Looks up an identifier.
    pub(crate) fn of<'t>(
        dmd: Dmd<'t>,
        id: Sctid,
        on: Option<Date>,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
        detail: Detail,
    ) -> DmdCard {
        let current = CurrentCard::of(dmd, id, on);
        let product = dmd.product(id);
        let status = match (product, current.outcome) {
            (Some(_), _) => DmdStatus::Found,
            (None, "none") => DmdStatus::NotInRelease,
            (None, _) if current.leads_elsewhere(id) => DmdStatus::PreviousId,
            (None, _) => DmdStatus::NotAProduct,
        };
        // Of a product that has had this id alone there is nothing more to say.
        let told = match status {
            DmdStatus::Found => current.leads_elsewhere(id) || !current.rows.is_empty(),
            DmdStatus::NotInRelease => false,
            DmdStatus::NotAProduct | DmdStatus::PreviousId => true,
        };
        // The one product that has it now is shown; of several none is chosen.
        let product = product.or_else(|| only_product(dmd, &current));
        DmdCard {
            status,
            name: product.map(ProductName::of),
            product: product
                .filter(|_| detail == Detail::Whole)
                .map(|product| ProductCard::of(dmd, product, snomed, dialect)),
            current: told.then_some(current),
        }
    }

    /// The ids that it leads to now.
    pub(crate) fn current_ids(&self) -> Vec<&str> {
        let things = self.current.iter().flat_map(|current| &current.things);
        things.map(|thing| thing.id.as_str()).collect()
    }
}

/// The product that an identifier leads to, where it leads to one thing alone.
pub(crate) fn only_product<'t>(dmd: Dmd<'t>, current: &CurrentCard) -> Option<Product<'t>> {
    match current.things.as_slice() {
        [one] => dmd.product(one.id.parse().ok()?),
        _ => None,
    }
}
