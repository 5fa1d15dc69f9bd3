//! Why nothing was published.

use std::path::PathBuf;

use farr::index::OpenError;
use farr::published::{DescriptionError, SetError};

/// Why nothing was published, or the pointer not moved. Whatever it is, the pointer points to a whole
/// set as before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The operating system refused.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// No index was given.
    #[error("nothing to publish: give an index, as farr build makes it")]
    NothingGiven,
    /// Another publisher is at work in this folder.
    #[error("{}: another publisher is at work in this folder", folder.display())]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// An index does not verify.
    #[error("{0}")]
    Index(OpenError),
    /// What was written is not what was read: the disk does not keep what it is given.
    #[error("{}: the copy reads back with other bytes than were written", file.display())]
    Copy {
        /// The index that was copied.
        file: PathBuf,
    },
    /// There is no number for another set: the highest one is taken, and none is used twice. No
    /// publishing gets there; somebody has written it.
    #[error("{}: a set has the highest number that there is, {}: publish in another folder", folder.display(), u32::MAX)]
    NoNumber {
        /// The folder.
        folder: PathBuf,
    },
    /// The set would go back behind the one before, and that was [refused](super::Publish::no_older).
    #[error("the set goes back behind the one before: {}", what.join("; "))]
    Older {
        /// What is older, no longer there or no longer signed, one a fact.
        what: Vec<String>,
    },
    /// A set cannot be described.
    #[error("the set cannot be described: {0}")]
    Description(#[from] DescriptionError),
    /// The set could not be signed.
    #[error("the set was not signed: {source}")]
    Sign {
        /// What the signer said.
        source: std::io::Error,
    },
    /// The signature does not hold against the public key that was given.
    #[error("the signature of the set does not hold: {what}")]
    Signature {
        /// What is amiss with it.
        what: &'static str,
    },
    /// The set that the pointer is to be moved to cannot be opened.
    #[error("{0}")]
    Set(#[from] SetError),
    /// There is no set before the current one, or it was removed.
    #[error("{}: the set before the current one is not there", folder.display())]
    NoEarlier {
        /// The folder.
        folder: PathBuf,
    },
}
