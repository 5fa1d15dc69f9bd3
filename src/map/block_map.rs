//! Maps by blocks.

use super::blocks::{BlockRow, Defaults};
use super::table::MapTable;
use crate::classification::CodeSystem;
use crate::snomed::{Concept, Refset};

/// A map by blocks.
///
/// A few hundred bytes, so that its columns are looked up once: pass a reference.
#[derive(Clone, Copy, Debug)]
pub struct BlockMap<'t> {
    pub(super) table: MapTable<'t>,
}

impl<'t> BlockMap<'t> {
    /// The refset whose rows it is.
    pub fn refset(&self) -> Refset<'t> {
        self.table.refset
    }

    /// What its codes are of; `None` where neither the id of its refset nor its name says so.
    pub fn target_system(&self) -> Option<CodeSystem> {
        self.table.system
    }

    /// Whether the concept has an active row. Costs a search among the rows.
    pub fn has(&self, concept: Concept<'_>) -> bool {
        self.table.has(concept)
    }

    /// The active rows of a concept, by block, group and priority; none where it has no map.
    ///
    /// Costs a search among the rows, and little for each of the concept.
    pub fn rows(&self, concept: Concept<'_>) -> Vec<BlockRow<'t>> {
        self.table.placed(concept, |rows| rows.iter().map(BlockRow::of).collect())
    }

    /// What a coder is offered for a concept: see [`Defaults`].
    ///
    /// Costs some two hundred nanoseconds for a few rows, once [rows are packed](super::PublishedMap).
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::map::{Defaults, PublishedMap, constants};
    /// let map = snomed.published_map(constants::UK_ICD_10).ok_or("no such map")?;
    /// let PublishedMap::Blocks(map) = map else { return Err("not a map by blocks".into()) };
    /// let concept = snomed.concept("24700007".parse()?).ok_or("not in this release")?;
    /// if let Defaults::Targets { targets, alternatives, .. } = map.defaults(concept) {
    ///     println!("{targets:?}, or {alternatives:?}: the coder decides");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn defaults(&self, concept: Concept<'_>) -> Defaults<'t> {
        self.table.placed(concept, |rows| Defaults::of(rows, |row| row.place, BlockRow::of))
    }
}
