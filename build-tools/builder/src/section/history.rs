//! The history tables: read by `farr::snomed::history`.

use farr::index::format;

use super::Section;
use super::bytes::{texts, u32s};
use crate::history::{HistoryTables, QueryTable};

/// The sections of the substitution table.
pub(crate) fn substitutions(tables: &HistoryTables) -> Vec<Section> {
    let rows = &tables.substitutions;
    let mut bytes = Vec::with_capacity(rows.len() * format::SUBSTITUTION_LENGTH);
    for row in rows {
        bytes.extend_from_slice(&row.old.to_le_bytes());
        bytes.extend_from_slice(&row.new.to_le_bytes());
        bytes.extend_from_slice(&row.path.to_le_bytes());
        bytes.extend_from_slice(&row.iterations.to_le_bytes());
        bytes.extend_from_slice(&row.flags.to_le_bytes());
    }
    vec![
        Section::new(format::SUBSTITUTIONS, rows.len(), bytes),
        texts(format::SUBSTITUTION_PATHS, tables.paths.iter().map(|path| &**path)),
    ]
}

/// The section of the query table.
pub(crate) fn query_table(table: &QueryTable, concepts: u32) -> Section {
    let mut starts = vec![0_u32; concepts as usize + 1];
    for (below, _, _) in &table.pairs {
        starts[*below as usize + 1] += 1;
    }
    for concept in 0..concepts as usize {
        starts[concept + 1] += starts[concept];
    }
    let mut bytes = u32s(&starts);
    bytes.reserve_exact(table.pairs.len() * format::QUERY_TABLE_LENGTH);
    for (_, above, provenance) in &table.pairs {
        bytes.extend_from_slice(&above.to_le_bytes());
        bytes.push(*provenance);
    }
    Section::new(format::QUERY_TABLE, table.pairs.len(), bytes)
}
