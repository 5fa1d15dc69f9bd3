//! Embeddable clinical terminology for the NHS: SNOMED CT from one memory-mapped index file.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod id;
pub mod index;
pub mod search;

pub use id::{NhsNumber, Sctid};
