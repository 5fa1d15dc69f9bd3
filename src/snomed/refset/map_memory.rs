//! What is kept of a map in memory, so that answers take few reads that wait for each other.
//!
//! Each part is made when it is first needed, of a file that was verified in full. Where a file is
//! verified on first use that would touch all of a map, and answers come from the file.

use std::sync::OnceLock;

use super::packed_rows::PackedRows;
use super::targets::{Targets, TargetsByKey};
use crate::snomed::edition::Snomed;

/// Something of each part of the refsets, made when first asked for.
pub(crate) type ByPart<T> = OnceLock<Box<[T]>>;

/// A map in memory.
#[derive(Debug, Default)]
pub(crate) struct MapMemory {
    /// Its targets.
    pub(crate) targets: OnceLock<Targets>,
    /// Its rows; `None` where they cannot be packed.
    pub(crate) rows: OnceLock<Option<PackedRows>>,
    /// Its targets by the code that they spell.
    pub(crate) codes: OnceLock<TargetsByKey>,
}

impl<'t> Snomed<'t> {
    /// What is kept of the map whose rows are this part; `None` of a file that is verified on first
    /// use.
    pub(crate) fn map_memory(self, part_number: usize) -> Option<&'t MapMemory> {
        let layout = &self.layout.refsets;
        if !self.view(layout.column_values).is_verified() {
            return None;
        }
        let parts = layout
            .maps
            .get_or_init(|| (0..layout.parts.items).map(|_| MapMemory::default()).collect());
        parts.get(part_number)
    }
}
