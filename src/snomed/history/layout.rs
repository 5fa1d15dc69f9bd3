//! Where the sections of the history tables lie in a file, where it has them.

use crate::index::format::{self, Tag};
use crate::index::{Corrupt, IndexFile, OpenError, Section};

/// The sections of the history tables; an index has them where its build was given the tables.
#[derive(Debug)]
pub(crate) struct HistoryLayout {
    /// The rows of the substitution table, and the texts of their paths.
    pub(crate) substitutions: Option<(Section, Section)>,
    /// The pairs of the query table that exist by substitution.
    pub(crate) query_table: Option<Section>,
}

impl HistoryLayout {
    /// The layout of the history tables in a file with so many concepts.
    pub(crate) fn of(file: &IndexFile, concept_count: usize) -> Result<HistoryLayout, OpenError> {
        let corrupt = |tag: Tag, what| {
            let at = file.section(tag).map_or(0, |section| section.start);
            file.corrupt(Corrupt { section: Some(tag), what, at: at as u64 })
        };
        let is_long = |tag, section: Section, length: Option<usize>| match length {
            Some(length) if length == section.length && section.items <= 1 << 30 => Ok(()),
            _ => Err(corrupt(tag, "the section is not as long as its items")),
        };
        let rows = file.section(format::SUBSTITUTIONS);
        let paths = file.section(format::SUBSTITUTION_PATHS);
        let substitutions = match (rows, paths) {
            (Some(rows), Some(paths)) => {
                let length = rows.items.checked_mul(format::SUBSTITUTION_LENGTH);
                is_long(format::SUBSTITUTIONS, rows, length)?;
                let starts = paths.items.checked_add(1).and_then(|n| n.checked_mul(4));
                let whole = starts.is_some_and(|starts| starts <= paths.length);
                if !whole || paths.items > 1 << 30 {
                    let what = "the section is not as long as its items";
                    return Err(corrupt(format::SUBSTITUTION_PATHS, what));
                }
                Some((rows, paths))
            }
            (None, None) => None,
            _ => return Err(corrupt(format::SUBSTITUTIONS, "rows or paths are missing")),
        };
        let query_table = file.section(format::QUERY_TABLE);
        if let Some(section) = query_table {
            let entries = section.items.checked_mul(format::QUERY_TABLE_LENGTH);
            let starts = concept_count.checked_add(1).and_then(|n| n.checked_mul(4));
            let length = entries.zip(starts).and_then(|(a, b)| a.checked_add(b));
            is_long(format::QUERY_TABLE, section, length)?;
        }
        Ok(HistoryLayout { substitutions, query_table })
    }
}
