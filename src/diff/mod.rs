//! Two releases compared: what the newer one says otherwise.
//!
//! A [`Comparison`] is of two sets of opened indexes. Each code system that both have is compared
//! component by component, and each difference is a [`Change`] with a [`ChangeKind`].

mod change;
mod classification;
mod comparison;
mod dmd;
mod kind;
mod snomed;

pub use change::{Change, Related, Role};
pub use classification::ClassificationComparison;
pub use comparison::Comparison;
pub use dmd::DmdComparison;
pub use kind::{ChangeKind, UnknownChangeKind};
pub use snomed::SnomedComparison;
