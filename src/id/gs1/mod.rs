//! Barcodes in the syntax of GS1: what a scanner sends of a medicine pack, a case or a wristband.
//!
//! [`Scan::parse`] reads the text of a scan, whichever form it has, into values that have been
//! checked: a GTIN alone, element strings, or a GS1 Digital Link URI. [`ElementStrings`] has what
//! packs carry by name, and everything else by application identifier. [`Definition`] is what the
//! [GS1 Barcode Syntax Dictionary][dictionary] says of each.
//!
//! A scan is refused as a whole, with what is wrong, where, and what was expected ([`Gs1Error`]).
//! Where a text can be read in two ways the caller decides, and nothing is guessed: what `<GS>` in
//! a value is ([`AngleBrackets`]), in which century a year is and on which day a month ends
//! ([`Gs1Date`]).
//!
//! # Example
//! ```
//! use farr::id::gs1::Scan;
//!
//! let scan = Scan::parse("]d2010501261701984417271130\u{1d}10A1\u{1d}21X77")?;
//! let pack = scan.element_strings().ok_or("a GTIN alone")?;
//! let expiry = pack.expiry().ok_or("no expiry")?.last_day(2026)?;
//! assert_eq!(expiry.to_string(), "2027-11-30");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [dictionary]: https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod application_identifier;
mod association;
mod character_set;
mod check;
mod content;
mod date;
mod digital_link;
mod element_strings;
mod error;
mod print;
mod quantity;
mod scan;
mod separator;
mod symbology;
mod table;
mod typed;

pub use application_identifier::{AiRange, ApplicationIdentifier, Component, Definition};
pub use association::AssociationProblem;
pub use character_set::CharacterSet;
pub use check::{Check, Coverage};
pub use date::{Gs1Date, Gs1DateError, Gs1DateTime};
pub use digital_link::DigitalLink;
pub use element_strings::{Element, ElementStrings};
pub use error::Gs1Error;
pub use quantity::{Decimal, Measure, Price};
pub use scan::{LENGTH_LIMIT, Scan};
pub use separator::{AngleBrackets, ScanOptions};
pub use symbology::Symbology;

#[cfg(test)]
mod tests;
