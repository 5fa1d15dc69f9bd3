//! Embeddable clinical terminology for the NHS.

pub mod id;

pub use id::{NhsNumber, Sctid};
