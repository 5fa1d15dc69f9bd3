//! Published folders: a new release is put beside the old one and switched to without a stop.
//!
//! `farr publish` writes index files under names that follow from their content, and one small
//! pointer file that it replaces in one step. A published file is never touched again, so it may stay
//! mapped while newer ones appear. `docs/publishing.md` describes the folder.
//!
//! - [`Handle`] is what a service holds: threads read the [current](Handle::current) set, and
//!   [`Handle::reload`] switches to another.
//! - [`OpenSet`] is a set that was opened: its [`Terminology`](crate::Terminology), and its
//!   [releases](OpenSet::releases).
//! - [`SetOptions`] pins a set, limits the age of releases, or asks for a signature.
//! - [`SetDescription`] is the text of the pointer file, [`HeldSet`] a set found and held by it.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod description;
mod error;
mod handle;
mod held;
mod open_set;
mod options;
mod sha256;
#[cfg(feature = "signed")]
mod signature;

pub use description::{DescriptionError, SetDescription, SetFile, SetRelease};
pub use error::SetError;
pub use handle::{Handle, Reload};
pub use held::{HeldSet, POINTER};
pub use open_set::OpenSet;
pub use options::SetOptions;
pub use sha256::Sha256Sum;
#[cfg(feature = "signed")]
pub use signature::{PublicKey, PublicKeyError};
