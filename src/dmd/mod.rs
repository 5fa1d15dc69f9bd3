//! dm+d, the NHS dictionary of medicines and devices: products at five levels, their packs, prices
//! and barcodes, and how they hang together.
//!
//! ```text
//!          VTM  what a medicine is
//!           |
//!          VMP  its strength and form ------- VMPP  an amount of it
//!           |                                   |
//!          AMP  as a supplier makes it ------- AMPP  an amount of that: a pack, with GTINs
//! ```
//!
//! Start at [`Dmd`]. Handles are `Copy` and borrow the [`Terminology`](crate::Terminology); each is a
//! record of the files, with a method for each element, named in words, the element in its
//! description. [`Record::elements`] gives all elements by the names that the files have, which
//! [`schema`] lists.
//!
//! `docs/dmd.md` in the repository has every element with the method that gives it, the rules of
//! [`Dmd::prescribable`] with their sources, and what was decided where the standard is open.
//!
//! dm+d comes from the NHS Business Services Authority under the
//! [Open Government Licence](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/);
//! its [technical specification](https://www.nhsbsa.nhs.uk/pharmacies-gp-practices-and-appliance-contractors/dictionary-medicines-and-devices-dmd)
//! describes the files.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod amp;
mod ampp;
mod concepts;
mod dictionary;
mod element;
mod gtin;
mod ingredient;
mod layout;
mod level;
mod lookup;
mod prescribable;
mod previous;
mod product;
mod record;
pub mod schema;
mod search;
mod trade_family;
mod verify;
mod vmp;
mod vmpp;
mod vtm;

pub use amp::{Amp, AmpBnf, LicensedRoute, ProductInformation};
pub use ampp::{
    Ampp, AmppComponent, AppliancePackInfo, PrescribInfo, PriceInfo, ReimbursementInfo,
};
pub use dictionary::Dmd;
pub use element::{Element, ElementValue};
pub use gtin::{On, PackGtin, PacksByGtin};
pub use ingredient::{Excipient, Ingredient, VirtualProductIngredient, VtmIngredient};
pub use level::Level;
pub use lookup::LookupEntry;
pub use prescribable::{Prescribability, PrescribingReason, Setting, Verdict};
pub use previous::{Current, CurrentId, IdKind, IdSource, PreviousId, PreviousIds};
pub use product::Product;
pub use record::{DmdRecord, Record, Records};
pub use search::{NameKind, ProductHit, ProductResults, ProductSearch};
pub use trade_family::{TradeFamily, TradeFamilyAmp, TradeFamilyGroup};
pub use vmp::{ControlDrugInfo, DrugForm, DrugRoute, OntDrugForm, Vmp, VmpBnf};
pub use vmpp::{DrugTariffInfo, Vmpp, VmppComponent};
pub use vtm::Vtm;

pub(crate) use layout::DmdLayout;
