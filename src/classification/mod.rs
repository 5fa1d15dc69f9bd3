//! ICD-10, ICD-10-CM and OPCS-4 as code systems of their own.
//!
//! [`Classification`] is one edition of one of them: [`Icd10`] (of the WHO, or that of the NHS),
//! [`Icd10Cm`] and [`Opcs4`]. Its [`Rubric`]s are chapters, blocks, categories and their subdivisions,
//! with all that their source says: titles, what is included and excluded, daggers and asterisks,
//! limits of sex and age. What a source does not have, the file of the NHS chapters say, is not made
//! up.
//!
//! Codes are read by [`Icd10Code`](crate::Icd10Code) and its like, which take every spelling; which
//! source is read how, and what sources leave open, is told in `docs/icd10.md`.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod code;
mod edition;
mod layout;
mod limits;
mod rubric;
mod rubrics;
mod search;
mod system;
mod text;
mod text_kind;
mod verify;

pub use code::RubricCode;
pub use edition::{Classification, Icd10, Icd10Cm, Opcs4};
pub use limits::{AgeLimits, SexLimit};
pub use rubric::{FurtherCharacter, Rubric, RubricKind};
pub use rubrics::{CodeRubrics, Rubrics};
pub use search::{RubricHit, RubricResults, RubricSearch};
pub use system::CodeSystem;
pub use text::{Reference, RubricText, RubricTexts};
pub use text_kind::TextKind;

pub(crate) use layout::ClassificationLayout;
