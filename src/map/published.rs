//! Maps as a release publishes them.

use super::block_map::BlockMap;
use super::rule_map::RuleMap;
use super::system::opcs_4_version;
use super::table::MapTable;
use crate::classification::CodeSystem;
use crate::id::Sctid;
use crate::snomed::{Concept, Refset, Snomed};

/// An extended map of a release, in one of its two forms.
///
/// A few hundred bytes, so that its columns are looked up once: make it once, and pass a reference.
///
/// Of an index that was verified in full, rows, targets and the codes that they spell are packed in
/// memory at the first question that needs them, once for all copies: a pass over the rows, and about
/// 20 bytes each. Of one that is verified on first use nothing is kept, and questions cost searches in
/// the file.
///
/// ```no_run
/// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
/// # let snomed = terminology.snomed()?;
/// use farr::map::PublishedMap;
/// for map in snomed.published_maps() {
///     match map {
///         PublishedMap::Rules(map) => println!("{}: by rules", map.refset().id()),
///         PublishedMap::Blocks(map) => println!("{}: by blocks", map.refset().id()),
///     }
/// }
/// # Ok::<(), farr::index::OpenError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum PublishedMap<'t> {
    /// Each row has a rule, and a category in `mapCategoryId`: the maps of SNOMED International.
    Rules(RuleMap<'t>),
    /// Rows are in blocks, `mapBlock`, and have no rules: the maps of the United Kingdom.
    Blocks(BlockMap<'t>),
}

/// Which of the two.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Rules,
    Blocks,
}

impl<'t> PublishedMap<'t> {
    fn of(refset: Refset<'t>) -> Option<PublishedMap<'t>> {
        let (form, table) = MapTable::of(refset)?;
        Some(match form {
            Form::Rules => PublishedMap::Rules(RuleMap { table }),
            Form::Blocks => PublishedMap::Blocks(BlockMap { table }),
        })
    }

    pub(super) fn table(&self) -> &MapTable<'t> {
        match self {
            PublishedMap::Rules(map) => &map.table,
            PublishedMap::Blocks(map) => &map.table,
        }
    }

    /// The refset whose rows it is.
    pub fn refset(&self) -> Refset<'t> {
        self.table().refset
    }

    /// What its codes are of: by the id of its refset, or else by its name; `None` where neither says
    /// so.
    pub fn target_system(&self) -> Option<CodeSystem> {
        self.table().system
    }

    /// Whether the concept has an active row. Costs a search among the rows.
    pub fn has(&self, concept: Concept<'_>) -> bool {
        self.table().has(concept)
    }
}

impl<'t> Snomed<'t> {
    /// The extended map whose rows are in this refset; `None` where the release does not have it, or
    /// it is no extended map by its columns.
    pub fn published_map(self, refset: Sctid) -> Option<PublishedMap<'t>> {
        PublishedMap::of(self.refset(refset)?)
    }

    /// All extended maps of the release, by the id of their refsets.
    pub fn published_maps(self) -> impl Iterator<Item = PublishedMap<'t>> {
        self.refsets().filter_map(PublishedMap::of)
    }

    /// The UK map to OPCS-4: a refset whose name says so and that has active rows; of several that
    /// of the highest version.
    ///
    /// Each version of OPCS-4 has a refset of its own, so it is known by its name, "… Classification
    /// of Interventions and Procedures Version 4.11 … complex map reference set".
    pub fn uk_opcs_4_map(self) -> Option<BlockMap<'t>> {
        let maps = self.published_maps().filter_map(|map| match map {
            PublishedMap::Blocks(map) if !map.refset().is_empty() => {
                let name = map.refset().concept()?.fully_specified_name()?.term();
                Some((opcs_4_version(name)?, map))
            }
            _ => None,
        });
        maps.max_by_key(|(version, map)| (*version, map.refset().id())).map(|(_, map)| map)
    }
}
