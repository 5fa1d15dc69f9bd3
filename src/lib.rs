//! Embeddable clinical terminology for the NHS: SNOMED CT, dm+d, ICD-10 and OPCS-4 from memory-mapped
//! index files.
//!
//! An offline builder (`farr-build`) compiles releases into an index; this crate answers questions
//! from it: concepts and their terms, subsumption, attributes, search, medicines and their packs. It
//! opens in microseconds, copies nothing, and starts neither threads nor connections.
//!
//! - [`Terminology`] opens index files; [`Snomed`] is SNOMED CT within them, [`Dmd`] dm+d,
//!   [`Icd10`], [`Icd10Cm`] and [`Opcs4`] the [classifications](classification).
//! - [`Sctid`], [`NhsNumber`], [`Icd10Code`], [`Opcs4Code`] and [`Gtin`] are identifiers and codes:
//!   parsed once, well-formed from then on.
//! - [`Expression`] reads and prints postcoordinated SNOMED CT expressions.
//! - [`published`] opens what `farr publish` has published, and switches releases under reading
//!   threads.
//! - [`map`] evaluates the rules of the map to ICD-10 for a patient.
//! - [`index::format`] describes the file, byte by byte.
//!
//! Three answers are kept apart everywhere: *yes*, *no*, and *the release does not say*. An
//! inactive concept has no place in the hierarchy, so [`Snomed::subsumes`] answers
//! [`Subsumption::NotClassified`] for it, never "no".
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod classification;
pub mod coding;
mod date;
pub mod diff;
pub mod dmd;
pub mod ecl;
pub mod expression;
pub mod id;
pub mod index;
pub mod map;
pub mod published;
pub mod search;
pub mod snomed;
mod terminology;

pub use classification::{Icd10, Icd10Cm, Opcs4};
pub use date::{Date, DateError};
pub use dmd::Dmd;
pub use ecl::Ecl;
pub use expression::Expression;
pub use id::{Gtin, Icd10Code, NhsNumber, Opcs4Code, Sctid};
pub use snomed::{Concept, Description, Dialect, Snomed, Subsumption};
pub use terminology::{Systems, Terminology};
