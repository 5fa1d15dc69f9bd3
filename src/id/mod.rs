//! Identifiers as value types that need no data: parse once, at the edge, into a type that cannot
//! be wrong.
//!
//! | type | what it holds | standard |
//! |---|---|---|
//! | [`Sctid`] | a SNOMED CT identifier | [release file specification][rfs], section 6 |
//! | [`NhsNumber`] | an NHS, a CHI or a Health and Care number | [data dictionary][nhs] |
//! | [`Gtin`] | the number in the barcode of a pack | [GS1 General Specifications][gs] |
//! | [`gs1::Scan`] | a scanned barcode: GTIN, batch, expiry and the like | the same, and [GS1 Digital Link][dl] |
//!
//! A value of these types has passed its check digit. What a check digit cannot say is asked
//! separately, and answered with reasons: whether a SNOMED CT identifier is in a release (ask the
//! index), whether an NHS number lies in a range that is issued ([`NhsNumber::range`]), whether it
//! could be a patient's ([`NhsNumber::plausibility`]).
//!
//! Every function that takes `&[u8]` or `&str` here accepts any input without panicking, so each is
//! a fuzz target as it stands.
//!
//! # Example
//! ```
//! use farr::id::{NhsNumber, Sctid};
//!
//! let sclerosis: Sctid = "24700007".parse()?;
//! assert_eq!(sclerosis.value(), 24_700_007);
//!
//! let number: NhsNumber = "999 000 0018".parse()?;
//! assert_eq!(number.to_string(), "999 000 0018");
//! assert_eq!(format!("{number:?}"), "NhsNumber(••• ••• ••••)");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification
//! [nhs]: https://www.datadictionary.nhs.uk/attributes/nhs_number.html
//! [dl]: https://ref.gs1.org/standards/digital-link/uri-syntax/
//! [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications

mod eight_digits;
pub mod gs1;
mod gtin;
pub mod mod10;
mod nhs_number;
mod sctid;
#[cfg(test)]
mod shared;
pub mod verhoeff;

pub use gtin::{Gtin, GtinError, GtinFormat};
pub use nhs_number::{
    Chi, ChiSex, ChiYears, Implausibility, NhsNumber, NhsNumberBatchError, NhsNumberError,
    NhsNumberLines, NhsNumberRange, Plausibility, PlausibilityReasons, TestNumbers,
};
pub use sctid::{Component, Partition, Sctid, SctidError, SctidPartsError};
