//! A SNOMED CT release in memory: read, merged, checked, numbered.

mod delta;
mod dependencies;
mod graph;
mod id_table;
mod merge;
mod modules;
mod numbering;
mod packages;
mod read;
mod refsets;
mod used;

pub(crate) use dependencies::check_dependencies;
pub(crate) use graph::Intervals;
pub(crate) use id_table::IdTable;
pub(crate) use merge::merge;
pub(crate) use modules::edition;
pub(crate) use numbering::Numbering;
pub(crate) use packages::Packages;
pub(crate) use read::{Release, read};
pub(crate) use refsets::RefsetTable;

/// The root of SNOMED CT.
pub(crate) const ROOT: u64 = 138_875_005;
/// The refsets of historical associations are below this concept.
pub(crate) const HISTORICAL_ASSOCIATION: u64 = 900_000_000_000_522_004;
/// The type of is-a relationships.
pub(crate) const IS_A: u64 = 116_680_003;
/// The characteristic type of inferred relationships.
pub(crate) const INFERRED: u64 = 900_000_000_000_011_006;
/// Fully specified name.
pub(crate) const FULLY_SPECIFIED_NAME: u64 = 900_000_000_000_003_001;
/// Synonym.
pub(crate) const SYNONYM: u64 = 900_000_000_000_013_009;
/// Text definition.
pub(crate) const TEXT_DEFINITION: u64 = 900_000_000_000_550_004;
