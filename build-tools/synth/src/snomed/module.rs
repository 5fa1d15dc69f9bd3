//! The modules of the release, from the one all need to the one that needs all.

use crate::sctid::{UNITED_KINGDOM, UNITED_KINGDOM_DRUG};

/// A module; a later one may refer to the content of an earlier one, never the reverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Module {
    ModelComponent,
    Core,
    Clinical,
    Drug,
    Edition,
}

impl Module {
    pub(crate) const ALL: [Self; 5] =
        [Self::ModelComponent, Self::Core, Self::Clinical, Self::Drug, Self::Edition];

    pub(crate) const fn id(self) -> u64 {
        match self {
            Self::ModelComponent => 900_000_000_000_012_004,
            Self::Core => 900_000_000_000_207_008,
            Self::Clinical => 999_000_011_000_000_103,
            Self::Drug => 999_000_011_000_001_104,
            Self::Edition => 83_821_000_000_107,
        }
    }

    /// The module that content of this one was in where it has been moved.
    pub(crate) const fn former(self) -> Self {
        match self {
            Self::ModelComponent => Self::Core,
            Self::Core => Self::ModelComponent,
            Self::Clinical | Self::Drug => Self::Edition,
            Self::Edition => Self::Clinical,
        }
    }

    /// The namespace of the identifiers minted in the module.
    pub(crate) const fn namespace(self) -> Option<u64> {
        match self {
            Self::ModelComponent | Self::Core => None,
            Self::Clinical | Self::Edition => Some(UNITED_KINGDOM),
            Self::Drug => Some(UNITED_KINGDOM_DRUG),
        }
    }
}
