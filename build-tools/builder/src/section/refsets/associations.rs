//! Historical associations, both ways: read by `farr::snomed::association`.

use farr::index::format;

use super::columns::Column;
use super::parts::Part;
use crate::section::{Section, lists};
use crate::snomed::{HISTORICAL_ASSOCIATION, Numbering};

/// Whether each refset is a historical association.
///
/// It is where its concept is, or is below, 900000000000522004. Where the release lacks that
/// concept, or the refset's own, it is where its one column is the target.
pub(super) fn historical(
    refsets: &[u64],
    parts: &[Part],
    tables: &[Vec<Column>],
    numbering: &Numbering,
    concept: impl Fn(u64) -> Option<u32>,
) -> Vec<bool> {
    let mut below = vec![false; numbering.ids.len()];
    let top = concept(HISTORICAL_ASSOCIATION);
    let mut stack: Vec<u32> = top.into_iter().collect();
    while let Some(at) = stack.pop() {
        if !std::mem::replace(&mut below[at as usize], true) {
            stack.extend(numbering.published.children.row(at));
        }
    }
    let by_column = |number: u16| {
        parts.iter().filter(|part| part.refset == number).any(|part| {
            let columns = &tables[usize::from(part.table)];
            matches!(&columns[..], [column] if is_target(column))
        })
    };
    refsets
        .iter()
        .zip(0..)
        .map(|(refset, number)| match (top, concept(*refset)) {
            (Some(_), Some(at)) => below[at as usize],
            _ => by_column(number),
        })
        .collect()
}

fn is_target(column: &Column) -> bool {
    column.letter == b'c' && column.name == "targetComponentId"
}

/// The sections; `codes` are the referenced components of all member rows.
pub(super) fn sections(
    historical: &[bool],
    parts: &[Part],
    tables: &[Vec<Column>],
    codes: &[u32],
    concepts: u32,
) -> Vec<Section> {
    let mut forward: Vec<(u32, u16, u32)> = Vec::new();
    for part in parts.iter().filter(|part| historical[usize::from(part.refset)]) {
        let columns = &tables[usize::from(part.table)];
        let Some(target) = columns.iter().find(|column| is_target(column)) else { continue };
        for row in part.first..part.first + part.active {
            let source = codes[row as usize];
            let code = target.values[(row - target.first) as usize];
            // A target that is a text, or none, leads nowhere.
            if source < concepts && code >> format::CODE_KIND_SHIFT < 3 {
                forward.push((source, part.refset, code));
            }
        }
    }
    let known = forward.iter().filter(|(_, _, target)| *target < concepts);
    let inverse = known.map(|(source, refset, target)| (*target, *refset, *source)).collect();
    vec![
        section(format::ASSOCIATIONS, forward, concepts),
        section(format::INVERSE_ASSOCIATIONS, inverse, concepts),
    ]
}

fn section(tag: format::Tag, mut entries: Vec<(u32, u16, u32)>, concepts: u32) -> Section {
    entries.sort_unstable();
    entries.dedup();
    let mut starts = vec![0_u32; concepts as usize + 1];
    for (concept, _, _) in &entries {
        starts[*concept as usize + 1] += 1;
    }
    for concept in 0..concepts as usize {
        starts[concept + 1] += starts[concept];
    }
    let mut bytes = lists::blocks(&starts);
    for (_, refset, code) in &entries {
        bytes.extend_from_slice(&code.to_le_bytes());
        bytes.extend_from_slice(&refset.to_le_bytes());
    }
    Section::new(tag, entries.len(), bytes)
}
