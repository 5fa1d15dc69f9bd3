//! What can be wrong with an index file.

use std::path::PathBuf;

use super::format::Tag;

/// Damage found in an index file: where, and what was expected there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corrupt {
    /// The section that the damaged bytes belong to, or `None` for the header and its tables.
    pub section: Option<Tag>,
    /// What does not hold.
    pub what: &'static str,
    /// The byte of the file at which it does not hold; for a checksum, the first byte of its block.
    pub at: u64,
}

impl std::fmt::Display for Corrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.section {
            Some(tag) => write!(f, "section {tag}, byte {}: {}", self.at, self.what),
            None => write!(f, "header, byte {}: {}", self.at, self.what),
        }
    }
}

/// Why an index could not be opened or used.
///
/// Every variant names the file; an index given as bytes is named `(memory)`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The operating system refused.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file does not begin as an index does.
    #[error("{}: not a farr index", file.display())]
    NotAnIndex {
        /// The file.
        file: PathBuf,
    },
    /// The file was written by a newer, or a much older, builder.
    #[error("{}: index format {}.{}, but this library reads {}.x; rebuild the index",
        file.display(), found.0, found.1, supported)]
    Version {
        /// The file.
        file: PathBuf,
        /// Major and minor version of the file.
        found: (u16, u16),
        /// The major version that this library reads.
        supported: u16,
    },
    /// The file holds something this library must not pass over, and does not know.
    #[error("{}: section {tag} needs a newer farr", file.display())]
    UnknownSection {
        /// The file.
        file: PathBuf,
        /// The section.
        tag: Tag,
    },
    /// The file is damaged.
    #[error("{}: damaged: {corrupt}", file.display())]
    Corrupt {
        /// The file.
        file: PathBuf,
        /// Where, and what.
        corrupt: Corrupt,
    },
    /// None of the opened files holds this code system.
    #[error("no opened index holds {what}")]
    Absent {
        /// The code system.
        what: &'static str,
    },
    /// Two of the opened files hold the same code system: which one to answer from is not ours to
    /// choose.
    #[error("{} and {} both hold {what}", first.display(), second.display())]
    Twice {
        /// The code system.
        what: &'static str,
        /// The first file that holds it.
        first: PathBuf,
        /// The second.
        second: PathBuf,
    },
}

impl OpenError {
    /// The damage, where this error is about damage.
    pub fn corrupt(&self) -> Option<Corrupt> {
        match self {
            OpenError::Corrupt { corrupt, .. } => Some(*corrupt),
            _ => None,
        }
    }
}
