//! ICD-10 and OPCS-4 as code systems of their own.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod system;
mod text_kind;

pub use system::CodeSystem;
pub use text_kind::TextKind;
