//! From codes back to concepts: for searching, not for coding.

use std::borrow::Cow;

use super::published::PublishedMap;
use super::rule::MapRule;
use super::table::Reads;
use crate::classification::CodeSystem;
use crate::id::{ClassificationCodeError, DaggerAsterisk, Icd10CmCode, MarkedIcd10Code, Opcs4Code};
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
        distinct(rows.filter_map(|row| self.table().concept(row)).collect())
    }

    /// The concepts with an active row whose target is this code, however it is spelled: dotted or
    /// not, padded with X or not. Of ICD-10, a code without the mark of a dagger or an asterisk is
    /// found with either or none, and one with a mark only with that mark.
    ///
    /// For searching, not for coding, as [`PublishedMap::concepts_with_target`]. Costs two searches
    /// for each way to spell it, some ten.
    ///
    /// # Errors
    /// It is no code of the map's [target system](PublishedMap::target_system). Where that is not
    /// known, the text is sought as it is.
    pub fn concepts_with_code(
        &self,
        code: &str,
    ) -> Result<Vec<Concept<'t>>, ClassificationCodeError> {
        let mut concepts = Vec::new();
        for spelled in spellings(self.target_system(), code)? {
            let rows = self.table().rows_with_target(&spelled);
            concepts.extend(rows.filter_map(|row| self.table().concept(row)));
        }
        Ok(distinct(concepts))
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
        let mut found = Vec::new();
        for spelled in spellings(self.target_system(), code)? {
            let rows = self.table().rows_with_target(&spelled);
            found.extend(rows.filter_map(|row| self.found(row)));
        }
        found.sort_by_key(|row: &FoundRow<'t>| {
            (row.concept.id(), row.block, row.group, row.priority)
        });
        Ok(found)
    }

    fn found(&self, row: u32) -> Option<FoundRow<'t>> {
        let table = self.table();
        let concept = table.concept(row)?;
        let (group, priority) = (table.group.number(row), table.priority.number(row));
        let (first, beyond) = table.rows(concept);
        let is_block = matches!(self, PublishedMap::Blocks(_));
        let place = |row| {
            let block = if is_block { table.last.number(row) } else { 0 };
            (block, table.group.number(row), table.priority.number(row))
        };
        let (block, ..) = place(row);
        let comes_before = (first..beyond).any(|other| {
            let (other_block, other_group, other_priority) = place(other);
            other_block < block
                || (other_block, other_group) == (block, group) && other_priority < priority
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
            target: table.target.whole_text(row),
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

/// Every text that maps may publish for a code, each once.
fn spellings(
    system: Option<CodeSystem>,
    code: &str,
) -> Result<Vec<String>, ClassificationCodeError> {
    let mut spelled: Vec<String> = match system {
        Some(CodeSystem::Icd10) => {
            let code = MarkedIcd10Code::parse(code)?;
            let marks = match code.mark() {
                Some(mark) => vec![Some(mark)],
                None => {
                    vec![None, Some(DaggerAsterisk::Dagger), Some(DaggerAsterisk::Asterisk)]
                }
            };
            let spell = |mark: Option<DaggerAsterisk>| {
                let plain = code.code();
                let marked = MarkedIcd10Code::new(plain, mark);
                let mut texts = vec![marked.padded().to_string(), marked.dotted().to_string()];
                if mark.is_none() {
                    texts.push(plain.undotted().to_string());
                }
                texts
            };
            marks.into_iter().flat_map(spell).collect()
        }
        Some(CodeSystem::Icd10Cm) => {
            let code = Icd10CmCode::parse(code)?;
            vec![code.dotted().to_string(), code.undotted().to_string()]
        }
        Some(CodeSystem::Opcs4) => {
            let code = Opcs4Code::parse(code)?;
            vec![code.dotted().to_string(), code.undotted().to_string()]
        }
        None => vec![code.trim().to_owned()],
    };
    spelled.sort_unstable();
    spelled.dedup();
    Ok(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_spelled_in_every_way_that_maps_have() {
        let icd_10 = |code| spellings(Some(CodeSystem::Icd10), code).unwrap().join(" ");
        for spelled in ["G35", "g35x", "G35.X", " G35 "] {
            assert_eq!(icd_10(spelled), "G35 G35* G35X G35XA G35XD G35†", "{spelled}");
        }
        for spelled in ["J31.2", "J312"] {
            assert_eq!(icd_10(spelled), "J31.2 J31.2* J31.2† J312 J312A J312D", "{spelled}");
        }
        assert_eq!(icd_10("G01XA"), "G01* G01XA");
        let opcs_4 = |code| spellings(Some(CodeSystem::Opcs4), code).unwrap().join(" ");
        assert_eq!(opcs_4("x384"), "X38.4 X384");
        assert!(spellings(Some(CodeSystem::Opcs4), "G35XA").is_err());
        let cm = spellings(Some(CodeSystem::Icd10Cm), "s52521a").unwrap();
        assert_eq!(cm, ["S52.521A", "S52521A"]);
        assert_eq!(spellings(None, " .72. ").unwrap(), [".72."]);
    }
}
