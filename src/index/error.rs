//! What can be wrong with an index file.

use std::path::PathBuf;

use super::format::{MAJOR, MINOR, Tag};

/// The version of this library, which messages name beside the format it reads.
const FARR: &str = env!("CARGO_PKG_VERSION");

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
    /// The file is of a major version of the format that this library does not read: what a later or
    /// earlier one means cannot be known, so nothing of it is read but the version.
    #[error("{}: index format {}.{}, but farr {FARR} reads {supported}.0 and the later {supported}.x: \
        use a farr that reads format {}, or build the index again with this one; \
        docs/format.md has which farr reads which format",
        file.display(), found.0, found.1, found.0)]
    Version {
        /// The file.
        file: PathBuf,
        /// Major and minor version of the file.
        found: (u16, u16),
        /// The major version that this library reads.
        supported: u16,
    },
    /// The file holds something this library must not pass over, and does not know.
    #[error("{}: index format {}.{}, {}: section {tag} (layout {layout}) must be understood, and farr \
        {FARR}, which reads {MAJOR}.{MINOR}, does not know it: use the farr that belongs to that \
        builder or a later one, or build the index again with this one; docs/format.md has which farr \
        reads which format",
        file.display(), found.0, found.1, Builder(builder.as_deref()))]
    UnknownSection {
        /// The file.
        file: PathBuf,
        /// Major and minor version of the file.
        found: (u16, u16),
        /// The section.
        tag: Tag,
        /// The version of its layout.
        layout: u16,
        /// Name and version of the builder, where the file says so and that part of it is sound.
        builder: Option<String>,
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

/// Who made a file, in a message.
struct Builder<'b>(Option<&'b str>);

impl std::fmt::Display for Builder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(builder) => write!(f, "made by {builder}"),
            None => write!(f, "made by a builder that it does not name"),
        }
    }
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
