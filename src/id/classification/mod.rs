//! Codes of the classifications that hospitals code in: ICD-10 and OPCS-4.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod cursor;
mod error;
mod icd10;
mod icd10_cm;
mod opcs4;
mod range;
#[cfg(feature = "serde")]
mod serde;
mod text;

pub use error::{ClassificationCodeError, CodeCharacter, CodeRangeError};
pub use icd10::{DaggerAsterisk, Icd10Chapter, Icd10Code, MarkedIcd10Code};
pub use icd10_cm::Icd10CmCode;
pub use opcs4::Opcs4Code;
pub use range::{ClassificationCode, CodeRange, CodeRangeList, Icd10Range, Opcs4Range};
pub use text::CodeText;

#[cfg(test)]
mod tests;
