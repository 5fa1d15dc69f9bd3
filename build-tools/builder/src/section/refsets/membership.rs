//! Which concepts a refset has, and which refsets a concept is in.

use farr::index::format::{self, CODE_KIND_SHIFT, REFSET_RECORD_LENGTH};

use super::parts::Part;
use crate::error::BuildError;
use crate::section::Section;
use crate::section::bytes::u32s;
use crate::section::lists;

/// The sections of refsets, their parts and their concepts; `parts` ascend by refset and table,
/// `codes` are the referenced components of all member rows.
pub(super) fn sections(
    refsets: &[u64],
    parts: &[Part],
    codes: &[u32],
    concepts: u32,
) -> Result<Vec<Section>, BuildError> {
    let mut records: Vec<u8> = Vec::with_capacity((refsets.len() + 1) * REFSET_RECORD_LENGTH);
    let mut part_records: Vec<u8> = Vec::with_capacity(parts.len() * 16);
    let mut all: Vec<u32> = Vec::new();
    let mut starts: Vec<usize> = Vec::with_capacity(refsets.len() + 1);
    let mut rest = parts;
    for (number, refset) in refsets.iter().enumerate() {
        let count = rest.iter().take_while(|part| usize::from(part.refset) == number).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        starts.push(all.len());
        let mut kinds = 0_u32;
        for part in own {
            let active = &codes[part.first as usize..(part.first + part.active) as usize];
            // The codes ascend, so the kinds stand one behind the other.
            let known = active.partition_point(|code| code >> CODE_KIND_SHIFT == 0);
            let described = active.partition_point(|code| code >> CODE_KIND_SHIFT <= 1);
            kinds |= u32::from(known > 0);
            kinds |= u32::from(described > known) << 1;
            kinds |= u32::from(active.len() > described) << 2;
            all.extend_from_slice(&active[..known]);
        }
        let from = starts[number];
        if own.len() > 1 {
            all[from..].sort_unstable();
        }
        dedup_from(&mut all, from);
        let part_start = (parts.len() - rest.len() - own.len()) as u32;
        records.extend_from_slice(&refset.to_le_bytes());
        records.extend_from_slice(&u32s(&[part_start, from as u32, kinds, 0]));
        for part in own {
            part_records.extend_from_slice(&u32s(&[part.first, part.active, part.inactive]));
            part_records.extend_from_slice(&part.table.to_le_bytes());
            part_records.extend_from_slice(&part.refset.to_le_bytes());
        }
    }
    starts.push(all.len());
    if all.len() >= 1 << 30 {
        return Err(BuildError::TooLarge { what: "refset rows" });
    }
    records.extend_from_slice(&[0; 8]);
    records.extend_from_slice(&u32s(&[parts.len() as u32, all.len() as u32, 0, 0]));

    let mut list_starts = vec![0_u32; concepts as usize + 1];
    for ordinal in &all {
        list_starts[*ordinal as usize + 1] += 1;
    }
    for concept in 0..concepts as usize {
        list_starts[concept + 1] += list_starts[concept];
    }
    let mut next = list_starts.clone();
    let mut numbers = vec![0_u16; all.len()];
    for (number, pair) in starts.windows(2).enumerate() {
        for ordinal in &all[pair[0]..pair[1]] {
            let place = &mut next[*ordinal as usize];
            numbers[*place as usize] = number as u16;
            *place += 1;
        }
    }
    let mut lists = lists::blocks(&list_starts);
    numbers.iter().for_each(|number| lists.extend_from_slice(&number.to_le_bytes()));
    Ok(vec![
        Section::new(format::REFSETS, refsets.len(), records),
        Section::new(format::REFSET_PARTS, parts.len(), part_records),
        Section::new(format::REFSET_CONCEPTS, all.len(), u32s(&all)),
        Section::new(format::CONCEPT_REFSETS, numbers.len(), lists),
    ])
}

/// Leaves one of equal neighbours behind a place.
fn dedup_from(values: &mut Vec<u32>, from: usize) {
    let mut kept = from;
    for at in from..values.len() {
        if at == from || values[at] != values[kept - 1] {
            values[kept] = values[at];
            kept += 1;
        }
    }
    values.truncate(kept);
}
