//! What was published.

use farr::published::{DescriptionError, SetDescription};

/// What became of the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new set was made, and the pointer points to it.
    Published,
    /// The pointer points to an older or newer set that was there.
    Moved,
    /// The current set is what was asked for already.
    Unchanged,
}

impl Change {
    /// The word for it in outputs: `published`, `moved` or `unchanged`. Words stay.
    pub fn word(self) -> &'static str {
        match self {
            Change::Published => "published",
            Change::Moved => "moved",
            Change::Unchanged => "unchanged",
        }
    }
}

/// What was published, and what was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What became of the pointer.
    pub change: Change,
    /// The set that is current now.
    pub set: SetDescription,
    /// The number of the set that was current before; `None` where there was none.
    pub before: Option<u32>,
    /// Index files that were not in the folder before.
    pub written: Vec<String>,
    /// Sets that were removed.
    pub removed_sets: Vec<u32>,
    /// Files that were removed.
    pub removed_files: Vec<String>,
    /// What would have been removed and was left.
    pub in_use: Vec<InUse>,
    /// What else there is to say.
    pub notes: Vec<String>,
}

impl Published {
    pub(super) fn new(change: Change, set: SetDescription, before: Option<u32>) -> Published {
        Published {
            change,
            set,
            before,
            written: Vec::new(),
            removed_sets: Vec::new(),
            removed_files: Vec::new(),
            in_use: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// Something that was left where it is, for the next publishing to remove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InUse {
    /// The set.
    pub set: u32,
    /// Why it was left.
    pub why: String,
}

/// A set in the history of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSet {
    /// Its number.
    pub number: u32,
    /// Whether the pointer points to it.
    pub current: bool,
    /// What it is, or why its description cannot be read.
    pub description: Result<SetDescription, DescriptionError>,
    /// Files that it names and that are not there, or not of the length that it names.
    pub missing: Vec<String>,
}
