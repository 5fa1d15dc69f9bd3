//! Two releases compared: what the newer one says otherwise.
//!
//! A [`Comparison`] is of two sets of opened indexes. Each code system that both have is compared
//! component by component, and each difference is a [`Change`] with a [`ChangeKind`].
//!
//! Of what is yours: [`Comparison::changes_of`] a code of a record,
//! [`Comparison::changes_of_constraint`] an expression constraint and
//! [`Comparison::changes_of_binding`] what a binding accepts. `farr_codelists::diff` has lists in their
//! file formats and rule packs.

mod accepted;
mod change;
mod classification;
mod comparison;
mod dmd;
mod kind;
mod snomed;
mod yielded;

pub use change::{Change, Related, Role};
pub use classification::ClassificationComparison;
pub use comparison::Comparison;
pub use dmd::DmdComparison;
pub use kind::{ChangeKind, UnknownChangeKind};
pub use snomed::SnomedComparison;
pub use yielded::{Yielded, Yields};
