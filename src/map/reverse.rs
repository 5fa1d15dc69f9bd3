//! From codes back to concepts: for searching, not for coding.

use std::borrow::Cow;

use super::published::PublishedMap;
use super::rule::MapRule;
use super::spelling::Sought;
use super::table::Reads;
use crate::id::ClassificationCodeError;
use crate::snomed::Concept;

/// A row of a map that a code was found in.
///
/// A map leads from a concept to a code and not back: the concept may mean more or less than the
/// code, may need further codes, or have the code only under a condition.
#[derive(Clone, Debug)]
pub struct FoundRow<'t> {
    /// The concept that the row is of.
    pub concept: Concept<'t>,
    /// `mapBlock`, of a map by blocks.
    pub block: Option<u32>,
    /// `mapGroup`.
    pub group: u32,
    /// `mapPriority`.
    pub priority: u32,
    /// `mapRule`, of a map by rules.
    pub rule: Option<MapRule<'t>>,
    /// `mapAdvice`.
    pub advice: Cow<'t, str>,
    /// `mapTarget`, as published.
    pub target: Cow<'t, str>,
    /// Whether the row gives its code only in certain cases: it is not the first that its concept
    /// has in the group, or in another block than the first, or has a rule that need not hold.
    pub conditional: bool,
}

impl<'t> PublishedMap<'t> {
    /// The concepts with an active row whose target is exactly this text, as published: of
    /// International maps with a point, of UK maps without one and with what stands behind the code.
    ///
    /// For searching, not for coding: a map leads from a concept to a code and not back. Each concept
    /// once, in the order of the release's hierarchy. Costs two searches, and little a row: below a
    /// microsecond. The first one of a terminology that was verified in full costs a few
    /// milliseconds.
    pub fn concepts_with_target(&self, target: &str) -> Vec<Concept<'t>> {
        let rows = self.table().rows_with_target(target);
        self.concepts_of(rows.len(), rows.iter())
    }

    /// The concepts of so many rows.
    fn concepts_of(&self, count: usize, rows: impl Iterator<Item = u32>) -> Vec<Concept<'t>> {
        let mut concepts = Vec::with_capacity(count);
        concepts.extend(rows.filter_map(|row| self.table().concept(row)));
        distinct(concepts)
    }

    /// The concepts with an active row whose target is this code, however it is spelled: dotted or
    /// not, padded with X or not. Of ICD-10, a code without the mark of a dagger or an asterisk is
    /// found with either or none, and one with a mark only with that mark.
    ///
    /// For searching, not for coding, as [`PublishedMap::concepts_with_target`], and at its cost: of
    /// a file that is verified on first use, at that of some ten such searches, one for each way to
    /// spell it.
    ///
    /// # Errors
    /// It is no code of the map's [target system](PublishedMap::target_system). Where that is not
    /// known, the text is sought as it is.
    pub fn concepts_with_code(
        &self,
        code: &str,
    ) -> Result<Vec<Concept<'t>>, ClassificationCodeError> {
        let rows = self.table().rows_with_code(&Sought::parse(self.target_system(), code)?);
        Ok(self.concepts_of(rows.len(), rows.into_iter()))
    }

    /// The active rows whose target is this code, however it is spelled, as
    /// [`PublishedMap::concepts_with_code`]: by the id of their concepts, then block, group and
    /// priority.
    ///
    /// # Errors
    /// As [`PublishedMap::concepts_with_code`].
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::map::constants;
    /// let map = snomed.published_map(constants::UK_ICD_10).ok_or("no such map")?;
    /// for row in map.rows_with_code("G35")? {
    ///     println!("{} has {}", row.concept.id(), row.target);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows_with_code(&self, code: &str) -> Result<Vec<FoundRow<'t>>, ClassificationCodeError> {
        let rows = self.table().rows_with_code(&Sought::parse(self.target_system(), code)?);
        let mut found: Vec<FoundRow<'t>> =
            rows.into_iter().filter_map(|row| self.found(row)).collect();
        found.sort_by_key(|row| (row.concept.id(), row.block, row.group, row.priority));
        Ok(found)
    }

    fn found(&self, row: u32) -> Option<FoundRow<'t>> {
        let table = self.table();
        let concept = table.concept(row)?;
        let placed = table.read(row);
        let (block, group, priority) = placed.place;
        let is_block = matches!(self, PublishedMap::Blocks(_));
        let comes_before = table.placed(concept, |rows| {
            rows.iter().any(|other| {
                let (other_block, other_group, other_priority) = other.place;
                other_block < block
                    || (other_block, other_group) == (block, group) && other_priority < priority
            })
        });
        let rule = (!is_block).then(|| MapRule::as_published(table.rule.whole_text(row)));
        let conditional = comes_before || rule.as_ref().is_some_and(|rule| !rule.is_always());
        Some(FoundRow {
            concept,
            block: is_block.then_some(block),
            group,
            priority,
            rule,
            advice: table.advice.whole_text(row),
            target: placed.target(),
            conditional,
        })
    }
}

/// Each concept once, in the order of the hierarchy.
pub(super) fn distinct(mut concepts: Vec<Concept<'_>>) -> Vec<Concept<'_>> {
    if !concepts.is_sorted_by_key(|concept| concept.ordinal) {
        concepts.sort_unstable_by_key(|concept| concept.ordinal);
    }
    concepts.dedup_by_key(|concept| concept.ordinal);
    concepts
}
