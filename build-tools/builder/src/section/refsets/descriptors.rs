//! Refset descriptors, held against the columns that the files have.

use std::collections::BTreeMap;

use super::columns::Column;
use super::parts::Part;
use crate::problem::{NoteKind, Notes};
use crate::snomed::Numbering;

/// The refset of the descriptors.
const REFSET_DESCRIPTOR: u64 = 900_000_000_000_456_007;
/// The types of attributes, and the letters of columns that hold them: a member of a refset is a
/// UUID, which is written as a text.
const TYPES: [(u64, &str); 5] = [
    (900_000_000_000_464_001, "cs"),
    (900_000_000_000_460_005, "c"),
    (900_000_000_000_476_001, "i"),
    (900_000_000_000_465_000, "s"),
    (900_000_000_000_475_002, "s"),
];
/// Concepts looked at on the way up.
const MOST: usize = 256;

/// The attributes of each concept that has descriptors: their order and the ordinal of their type.
type Described = BTreeMap<u32, BTreeMap<i32, Option<u32>>>;

/// Notes the refsets whose columns are not those of their descriptor.
pub(super) fn check(
    refsets: &[u64],
    parts: &[Part],
    tables: &[Vec<Column>],
    codes: &[u32],
    numbering: &Numbering,
    concept: impl Fn(u64) -> Option<u32>,
    notes: &mut Notes,
) {
    let described = described(refsets, parts, tables, codes, numbering.concepts());
    let above = |at: u32, found: &dyn Fn(u32) -> bool| {
        let mut level = vec![at];
        let mut looked = 0;
        while !level.is_empty() && looked < MOST {
            if let Some(at) = level.iter().find(|at| found(**at)) {
                return Some(*at);
            }
            looked += level.len();
            let parents = level.iter().flat_map(|at| numbering.published.parents.row(*at));
            level = parents.copied().collect();
            level.sort_unstable();
            level.dedup();
        }
        None
    };
    let types: Vec<(u32, &str)> =
        TYPES.iter().filter_map(|(id, letters)| Some((concept(*id)?, *letters))).collect();
    let letters = |at: u32| {
        let known = |at: u32| types.iter().find(|(known, _)| *known == at);
        above(at, &|at| known(at).is_some()).and_then(known).map(|(_, letters)| *letters)
    };
    for part in parts.iter().filter(|part| part.active > 0) {
        let id = refsets[usize::from(part.refset)];
        let Some(at) = concept(id).and_then(|at| above(at, &|at| described.contains_key(&at)))
        else {
            continue;
        };
        let attributes = &described[&at];
        let columns = &tables[usize::from(part.table)];
        let count = attributes.keys().filter(|order| **order > 0).count();
        if count != columns.len() {
            notes.add(NoteKind::RefsetDescriptor, || {
                format!("{id}: {count} fields described, {} in the file", columns.len())
            });
            continue;
        }
        for (column, order) in columns.iter().zip(1..) {
            let expected = attributes.get(&order).copied().flatten().and_then(letters);
            if let Some(expected) = expected
                && !expected.contains(char::from(column.letter))
            {
                notes.add(NoteKind::RefsetDescriptor, || {
                    let found = char::from(column.letter);
                    format!("{id}: {} is described as {expected}, and is {found}", column.name)
                });
            }
        }
    }
}

/// The active descriptors.
fn described(
    refsets: &[u64],
    parts: &[Part],
    tables: &[Vec<Column>],
    codes: &[u32],
    concepts: u32,
) -> Described {
    let mut described = Described::new();
    for part in parts.iter().filter(|p| refsets[usize::from(p.refset)] == REFSET_DESCRIPTOR) {
        let named =
            |name: &str| tables[usize::from(part.table)].iter().find(|column| column.name == name);
        let (Some(types), Some(orders)) = (named("attributeType"), named("attributeOrder")) else {
            continue;
        };
        for row in part.first..part.first + part.active {
            let at = (row - types.first) as usize;
            let order = i32::from_le_bytes(orders.values[at].to_le_bytes());
            let of_type = Some(types.values[at]).filter(|code| *code < concepts);
            if codes[row as usize] < concepts {
                described.entry(codes[row as usize]).or_default().insert(order, of_type);
            }
        }
    }
    described
}
