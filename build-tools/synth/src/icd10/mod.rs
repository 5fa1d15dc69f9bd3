//! Classifications that maps lead to: ICD-10 in its United Kingdom edition and as ClaML, OPCS-4, and
//! a small ICD-10-CM.
//!
//! The chapters and ranges are those of ICD-10, which codes are daggers and asterisks is so in part,
//! and all titles are invented. The [`plan`] is one: each file says the same of each code.

mod chapters;
mod claml;
mod claml_rubrics;
mod clinical_modification;
pub(crate) mod codes;
mod modifiers;
pub(crate) mod opcs4;
mod package;
mod pairs;
pub(crate) mod plan;
mod shape;
mod titles;
mod uk_edition;
