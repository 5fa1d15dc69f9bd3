//! The query table held against the hierarchy; what goes beyond it is kept.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::progress::Progress;
use crate::release::Entry;
use crate::rf2::Problems;
use crate::rf2::history::{QueryTableRow, read_query_table};
use crate::snomed::{IdTable, Numbering};

/// Rows of one kind that a chunk keeps as examples.
const EXAMPLES: usize = crate::problem::MOST_NAMED;

/// What the query tables say beyond the hierarchy.
#[derive(Debug, Default)]
pub(crate) struct QueryTable {
    /// Subtype, supertype and provenance of the rows with a provenance above 0, ascending, each
    /// once.
    pub(crate) pairs: Vec<(u32, u32, u8)>,
    /// How many rows of provenance 0 are pairs of the hierarchy.
    pub(crate) confirmed: u64,
}

/// What one chunk gave.
#[derive(Debug, Default)]
struct Part {
    pairs: Vec<(u32, u32, u8)>,
    confirmed: u64,
    unknown: Told,
    beyond: Told,
}

/// Rows of one kind: how many, and the first of them.
#[derive(Debug, Default)]
struct Told {
    count: u64,
    first: Vec<QueryTableRow>,
}

impl Told {
    fn add(&mut self, row: QueryTableRow) {
        self.count += 1;
        if self.first.len() < EXAMPLES {
            self.first.push(row);
        }
    }

    fn note(self, kind: NoteKind, notes: &mut Notes) {
        let mut first = self.first.into_iter();
        for _ in 0..self.count {
            notes.add(kind, || match first.next() {
                Some(row) => format!("{} below {}", row.subtype, row.supertype),
                None => String::new(),
            });
        }
    }
}

/// Reads query tables and holds them against the hierarchy: every row of provenance 0 against the
/// closure, and every pair of the closure against the rows.
pub(crate) fn query_table(
    entries: &[Entry],
    numbering: &Numbering,
    progress: &dyn Progress,
    notes: &mut Notes,
) -> Result<QueryTable, BuildError> {
    progress.phase("query table", Some(entries.iter().map(|entry| entry.bytes).sum()));
    let advance = |bytes| progress.advance(bytes);
    let concepts = numbering.concepts();
    let known = &numbering.ids[..concepts as usize];
    let table = IdTable::new(known.iter().copied().zip(0..concepts));
    let closure = &numbering.ancestors;
    // One bit a pair of the closure: whether a row has it.
    let seen: Vec<AtomicU64> =
        (0..closure.values.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
    let take = |part: &mut Part, row: QueryTableRow| {
        let (Some(above), Some(below)) = (table.get(row.supertype), table.get(row.subtype)) else {
            return part.unknown.add(row);
        };
        if row.provenance > 0 {
            return part.pairs.push((below, above, row.provenance));
        }
        if below == above {
            return;
        }
        let own = if below < numbering.active { closure.row(below) } else { &[] };
        match own.binary_search(&above) {
            Ok(place) => {
                let pair = closure.starts[below as usize] as usize + place;
                seen[pair / 64].fetch_or(1 << (pair % 64), Ordering::Relaxed);
                part.confirmed += 1;
            }
            Err(_) => part.beyond.add(row),
        }
    };
    let mut problems = Problems::default();
    let mut found = QueryTable::default();
    for entry in entries {
        let (parts, wrong, told) = read_query_table::<Part>(entry, &advance, take)?;
        problems.append(wrong);
        notes.append(told);
        for part in parts {
            found.pairs.extend(part.pairs);
            found.confirmed += part.confirmed;
            part.unknown.note(NoteKind::QueryTableUnknownConcept, notes);
            part.beyond.note(NoteKind::QueryTableBeyondHierarchy, notes);
        }
    }
    problems.into_result()?;
    for below in 0..closure.len() {
        let start = closure.starts[below as usize] as usize;
        for (pair, above) in (start..).zip(closure.row(below)) {
            if seen[pair / 64].load(Ordering::Relaxed) & 1 << (pair % 64) == 0 {
                let id = |ordinal: u32| numbering.ids[ordinal as usize];
                let example = || format!("{} below {}", id(below), id(*above));
                notes.add(NoteKind::HierarchyBeyondQueryTable, example);
            }
        }
    }
    found.pairs.par_sort_unstable();
    found.pairs.dedup();
    if found.pairs.len() >= 1 << 30 {
        return Err(BuildError::TooLarge { what: "pairs of the query table" });
    }
    Ok(found)
}
