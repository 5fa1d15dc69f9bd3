//! Why a published set could not be opened.

use std::path::PathBuf;

use super::description::DescriptionError;
use crate::coding::System;
use crate::index::OpenError;

/// Why a published set could not be opened, or was refused. Where a reload fails, the set that was
/// open before is answered from as before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetError {
    /// There is no pointer file, or no set of the number asked for.
    #[error("{}: no such set is published there", file.display())]
    Absent {
        /// The file that is looked for.
        file: PathBuf,
    },
    /// The pointer, or the description of a set, cannot be read as one.
    #[error("{}: {error}", file.display())]
    Description {
        /// The file.
        file: PathBuf,
        /// What is amiss with it.
        error: DescriptionError,
    },
    /// A file that the set names is not there.
    #[error("{}: set {set} names it, and it is not there", file.display())]
    Missing {
        /// The file.
        file: PathBuf,
        /// The number of the set.
        set: u32,
    },
    /// A file is not the one that the set names.
    #[error("{}: not the file that set {set} names: {what}", file.display())]
    Differs {
        /// The file.
        file: PathBuf,
        /// The number of the set.
        set: u32,
        /// What differs.
        what: &'static str,
    },
    /// A file cannot be opened, or is damaged.
    #[error("set {set}: {error}")]
    Open {
        /// The number of the set.
        set: u32,
        /// Which file, and why.
        error: OpenError,
    },
    /// The operating system refused.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A release is older than the options allow.
    #[error("set {set}: {} is {days} days old, and {most} are allowed", system.name())]
    Stale {
        /// The number of the set.
        set: u32,
        /// The code system.
        system: System,
        /// Days since the day of the release.
        days: u32,
        /// Days that are allowed.
        most: u32,
    },
    /// The options limit the age of a release, and it cannot be told: it has no date, or it was not
    /// said which day it is.
    #[error("set {set}: how old {} is cannot be told: {what}", system.name())]
    AgeUnknown {
        /// The number of the set.
        set: u32,
        /// The code system.
        system: System,
        /// Why not.
        what: &'static str,
    },
    /// A signature is required, and the set has none.
    #[error("{}: the set is not signed", file.display())]
    Unsigned {
        /// The pointer, or the description of the set.
        file: PathBuf,
    },
    /// The signature is not one of the required key over this description.
    #[error("{}: the signature does not hold: {what}", file.display())]
    Signature {
        /// The pointer, or the description of the set.
        file: PathBuf,
        /// What is amiss.
        what: &'static str,
    },
}
