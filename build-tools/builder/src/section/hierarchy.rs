//! Descendants, ancestors, parents, children: read by `farr::snomed::hierarchy`.

use farr::index::format;

use super::Section;
use super::bytes::{u32s, u64s};
use crate::snomed::{Intervals, Numbering};

/// The sections of the hierarchy.
pub(crate) fn sections(numbering: &Numbering) -> Vec<Section> {
    let intervals = Intervals::of(&numbering.ancestors);
    let mut records = Vec::with_capacity((numbering.active as usize + 1) * 4);
    let mut others: Vec<u32> = Vec::new();
    for concept in 0..numbering.active {
        let row = intervals.row(concept);
        // The interval with the concept itself stands in its record, where most questions end.
        let own = row.partition_point(|(_, end)| *end <= concept);
        let count: u32 = row.iter().map(|(start, end)| end - start).sum();
        let (start, end) = row[own];
        records.extend([start, end, (others.len() / 2) as u32, count - 1]);
        for (at, (start, end)) in row.iter().enumerate() {
            if at != own {
                others.extend([*start, *end]);
            }
        }
    }
    records.extend([numbering.placed, 0, (others.len() / 2) as u32, 0]);
    let Numbering { published, ancestors, .. } = numbering;
    let mut non_leaves = vec![0_u64; (numbering.active as usize).div_ceil(64)];
    for concept in 0..numbering.active as usize {
        let children = &published.children;
        let row = children.starts[concept] as usize..children.starts[concept + 1] as usize;
        if children.values[row].iter().any(|child| *child < numbering.active) {
            non_leaves[concept / 64] |= 1 << (concept % 64);
        }
    }
    let lists = |tag, values: &[u32]| Section::new(tag, values.len(), u32s(values));
    vec![
        Section::new(format::DESCENDANTS, numbering.active as usize, u32s(&records)),
        Section::new(format::INTERVALS, others.len() / 2, u32s(&others)),
        lists(format::PARENTS, &published.parents.values),
        lists(format::CHILDREN, &published.children.values),
        Section::new(format::NON_LEAVES, non_leaves.len(), u64s(non_leaves)),
        lists(format::ANCESTORS, &ancestors.values),
    ]
}
