//! Identifiers as value types that need no data: parse once, at the edge, into a type that cannot
//! be wrong.
//!
//! | type | what it holds | standard |
//! |---|---|---|
//! | [`Sctid`] | a SNOMED CT identifier | [release file specification][rfs], section 6 |
//!
//! A value of these types has passed its check digit. Whether a release contains it, ask the index.
//!
//! Every function that takes `&[u8]` or `&str` here accepts any input without panicking, so each is
//! a fuzz target as it stands.
//!
//! # Example
//! ```
//! use farr::id::Sctid;
//!
//! let sclerosis: Sctid = "24700007".parse()?;
//! assert_eq!(sclerosis.value(), 24_700_007);
//!
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification

mod sctid;
pub mod verhoeff;

pub use sctid::{Component, Partition, Sctid, SctidError, SctidPartsError};
