//! The rows of a map in memory: what they are found, sorted and chosen by lies side by side, so that
//! the rows of a concept take one read where the file has one for each column and row.

use super::targets::Targets;
use super::{Part, partition_point};
use crate::snomed::edition::Snomed;

/// Concepts that share an entry: about as many as their rows share a cache line.
const SHARED: u32 = 32;

/// An active row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedRow {
    /// The code of the component that it references.
    component: u32,
    /// What the map packs into it.
    pub(crate) place: u32,
    /// Its target, by the number among [`Targets`].
    pub(crate) target: u32,
}

/// The active rows of a part in their order, and where those of every so many concepts begin, where
/// there are many.
#[derive(Debug)]
pub(crate) struct PackedRows {
    rows: Box<[PackedRow]>,
    starts: Box<[u32]>,
}

impl PackedRows {
    /// The rows of a part; `None` where `place` has none for one of them, or targets are not those of
    /// all rows. Passes over all rows.
    pub(crate) fn of(
        snomed: Snomed<'_>,
        part: Part,
        (targets, by_target): (&Targets, &[[u8; 4]]),
        place: impl Fn(u32) -> Option<u32>,
    ) -> Option<PackedRows> {
        let beyond = part.first.checked_add(part.active)?;
        let mut rows = Vec::with_capacity(part.active as usize);
        for row in part.first..beyond {
            let component = snomed.member_component(row)?;
            rows.push(PackedRow { component, place: place(row)?, target: u32::MAX });
        }
        for (number, (start, end)) in (0..).zip(targets.runs()) {
            for row in by_target.get(start..end)? {
                let at = u32::from_le_bytes(*row).checked_sub(part.first)?;
                rows.get_mut(at as usize)?.target = number;
            }
        }
        if rows.iter().any(|row| row.target == u32::MAX) {
            return None;
        }
        // A map of few rows is searched: what is kept of it is no more than some bytes a row.
        let entries = (snomed.layout.concept_count / SHARED).checked_add(2)?;
        let entries = if entries <= part.active { entries } else { 0 };
        let mut starts = Vec::with_capacity(entries as usize);
        let mut at = 0;
        for entry in 0..entries {
            let first = entry.saturating_mul(SHARED);
            while rows.get(at).is_some_and(|row| row.component < first) {
                at = at.saturating_add(1);
            }
            starts.push(u32::try_from(at).ok()?);
        }
        Some(PackedRows { rows: rows.into(), starts: starts.into() })
    }

    /// The rows that reference the component with this code, and how many stand before them.
    #[inline]
    pub(crate) fn of_component(&self, code: u32) -> (usize, &[PackedRow]) {
        let entry = (code / SHARED) as usize;
        // Codes behind those of concepts are of something else.
        let (first, beyond) = match self.starts.get(entry..).and_then(<[u32]>::first_chunk) {
            Some([start, end]) => (*start as usize, *end as usize),
            None => {
                let component = |at: usize| self.rows.get(at).map_or(u32::MAX, |row| row.component);
                let all = self.rows.len();
                let first = partition_point(0, all, |at| component(at) < code);
                (first, partition_point(first, all, |at| component(at) <= code))
            }
        };
        let shared = self.rows.get(first..beyond).unwrap_or_default();
        // Counted, not searched: there is no branch that cannot be foretold.
        let before = shared.iter().filter(|row| row.component < code).count();
        let count = shared.iter().filter(|row| row.component == code).count();
        let own = shared.get(before..).and_then(|rows| rows.get(..count)).unwrap_or_default();
        (first.saturating_add(before), own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of these components, which ascend, with so many starts.
    fn packed(components: &[u32], entries: u32) -> PackedRows {
        let row = |component: &u32| PackedRow { component: *component, place: 0, target: 0 };
        let rows: Box<[PackedRow]> = components.iter().map(row).collect();
        let start = |entry| rows.iter().filter(|row| row.component < entry * SHARED).count() as u32;
        PackedRows { starts: (0..entries).map(start).collect(), rows }
    }

    #[test]
    fn every_component_has_its_own_rows_and_no_others() {
        let components = [0, 0, 5, 31, 32, 32, 32, 63, 64, 99, 1 << 30, (1 << 30) + 1, u32::MAX];
        for packed in [0, 5, 6].map(|entries| packed(&components, entries)) {
            let others = [(1 << 30) - 1, 1 << 30, (1 << 30) + 1, u32::MAX - 1, u32::MAX];
            for code in (0..200).chain(others) {
                let before = components.iter().filter(|component| **component < code).count();
                let count = components.iter().filter(|component| **component == code).count();
                let (first, rows) = packed.of_component(code);
                assert_eq!(rows.len(), count, "{code}");
                assert!(count == 0 || first == before, "{code}");
                assert!(rows.iter().all(|row| row.component == code));
            }
        }
    }
}
