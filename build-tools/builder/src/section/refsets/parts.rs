//! Member rows in their order, and where the rows of each refset lie.

use rayon::prelude::*;

use super::source::Source;

/// The rows of one refset in one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) refset: u16,
    pub(super) table: u16,
    pub(super) first: u32,
    pub(super) active: u32,
    pub(super) inactive: u32,
}

/// The rows of a table in the order of the index: by refset, active before inactive, code, member.
pub(super) fn order(source: &Source, codes: &[u32], refsets: &[u64]) -> Vec<u32> {
    // Of each membership its refset's number and whether it is inactive.
    let places: Vec<u64> = source
        .memberships
        .iter()
        .map(|membership| {
            let refset = refsets.partition_point(|refset| *refset < membership.refset);
            (refset as u64) << 33 | u64::from(!membership.active) << 32
        })
        .collect();
    let rows = &source.table.rows;
    let mut keys: Vec<(u64, u32)> = (0..rows.len() as u32)
        .into_par_iter()
        .map(|row| {
            let place = places[rows[row as usize].membership as usize];
            (place | u64::from(codes[row as usize]), row)
        })
        .collect();
    keys.par_sort_unstable_by(|one, other| {
        one.0.cmp(&other.0).then_with(|| {
            let member = |key: &(u64, u32)| (rows[key.1 as usize].member, key.1);
            member(one).cmp(&member(other))
        })
    });
    keys.into_iter().map(|(_, row)| row).collect()
}

/// The parts of a table whose rows stand in this order from `first` on.
pub(super) fn parts(
    source: &Source,
    order: &[u32],
    refsets: &[u64],
    table: u16,
    first: u32,
) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last = None;
    for (row, at) in order.iter().zip(first..) {
        let membership = source.membership(*row);
        if last != Some(membership.refset) {
            last = Some(membership.refset);
            let refset = refsets.partition_point(|refset| *refset < membership.refset) as u16;
            parts.push(Part { refset, table, first: at, active: 0, inactive: 0 });
        }
        if let Some(part) = parts.last_mut() {
            match membership.active {
                true => part.active += 1,
                false => part.inactive += 1,
            }
        }
    }
    parts
}
