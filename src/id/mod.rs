//! Identifiers as value types that need no data: parse once, at the edge, into a type that cannot
//! be wrong.
//!
//! | type | what it holds | standard |
//! |---|---|---|
//! | [`Sctid`] | a SNOMED CT identifier | [release file specification][rfs], section 6 |
//! | [`NhsNumber`] | an NHS, a CHI or a Health and Care number | [data dictionary][nhs] |
//! | [`Icd10Code`], [`MarkedIcd10Code`] | a code of ICD-10, without and with its mark | [WHO][who], [data dictionary][icd] |
//! | [`Icd10CmCode`] | a code of ICD-10-CM | [ICD-10-CM][cm] |
//! | [`Opcs4Code`] | a code of OPCS-4 | [data dictionary][opcs] |
//! | [`CodeRange`] | codes from one to another | |
//! | [`Gtin`] | the number in the barcode of a pack | [GS1 General Specifications][gs] |
//! | [`gs1::Scan`] | a scanned barcode: GTIN, batch, expiry and the like | the same, and [GS1 Digital Link][dl] |
//!
//! A value of these types has passed its check digit, or has the form of a code where there is
//! none. What these cannot say is asked separately, and answered with reasons: whether a release contains
//! an identifier or a code (ask the index), whether an NHS number lies in a range that is issued
//! ([`NhsNumber::range`]), whether it could be a patient's ([`NhsNumber::plausibility`]).
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
//! [who]: https://icd.who.int/browse10/2016/en
//! [icd]: https://www.datadictionary.nhs.uk/data_elements/icd-10_code.html
//! [cm]: https://www.cdc.gov/nchs/icd/icd-10-cm/index.html
//! [opcs]: https://www.datadictionary.nhs.uk/data_elements/opcs-4_code.html
//! [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification
//! [nhs]: https://www.datadictionary.nhs.uk/attributes/nhs_number.html
//! [dl]: https://ref.gs1.org/standards/digital-link/uri-syntax/
//! [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications

mod classification;
mod eight_digits;
pub mod gs1;
mod gtin;
pub mod mod10;
mod nhs_number;
mod position;
mod sctid;
#[cfg(test)]
mod shared;
pub mod verhoeff;

pub use classification::{
    ClassificationCode, ClassificationCodeError, CodeCharacter, CodeRange, CodeRangeError,
    CodeRangeList, CodeText, DaggerAsterisk, Icd10Chapter, Icd10CmCode, Icd10Code, Icd10Range,
    MarkedIcd10Code, Opcs4Code, Opcs4Range,
};
pub use gtin::{Gtin, GtinError, GtinFormat};
pub use nhs_number::{
    Chi, ChiSex, ChiYears, Implausibility, NhsNumber, NhsNumberBatchError, NhsNumberError,
    NhsNumberLines, NhsNumberRange, Plausibility, PlausibilityReasons, TestNumbers,
};
pub use sctid::{Component, Partition, Sctid, SctidError, SctidPartsError};
