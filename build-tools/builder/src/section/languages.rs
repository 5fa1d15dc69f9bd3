//! Language refsets as patterns of acceptability: read by `farr::snomed::language`.

use farr::index::format;
use farr::{Dialect, Sctid};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Section;
use super::bytes::{u32s, u64s};
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::snomed::Release;

/// The acceptability of every description.
pub(crate) struct Acceptabilities {
    pub(crate) sections: Vec<Section>,
    /// Pattern of each description of `Release::descriptions`.
    pub(crate) patterns: Vec<u16>,
    /// Whether each pattern prefers the description in any refset.
    pub(crate) prefers: Vec<bool>,
    /// How much the preference of each pattern counts in each stored dialect: 0 most, and
    /// [`format::NONE_U8`] where it has none.
    pub(crate) places: Vec<[u8; 4]>,
    pub(crate) rows: u64,
}

/// Language refset and acceptability (1 preferred, 0 acceptable), ascending.
type Pattern = Vec<(u16, u16)>;

/// Joins the active language rows to the descriptions.
pub(crate) fn acceptabilities(
    release: &Release,
    notes: &mut Notes,
) -> Result<Acceptabilities, BuildError> {
    let memberships = &release.memberships;
    let mut refsets: Vec<u64> = memberships
        .iter()
        .filter(|membership| membership.active)
        .map(|membership| membership.refset)
        .collect();
    refsets.sort_unstable();
    refsets.dedup();
    if refsets.len() > usize::from(u16::MAX) {
        return Err(BuildError::TooLarge { what: "language refsets" });
    }
    let all = &release.language_rows;
    let mut rows: Vec<(u64, u32)> = (0..all.len() as u32)
        .into_par_iter()
        .map(|at| (&all[at as usize], at))
        .filter(|(row, _)| memberships[row.membership as usize].active)
        .map(|(row, at)| (row.description, at))
        .collect();
    // Memberships ascend by refset, then preferred behind acceptable; of two rows of one
    // description in one refset the newest comes first.
    rows.par_sort_unstable_by(|one, other| {
        one.0.cmp(&other.0).then_with(|| {
            let key = |(_, at): &(u64, u32)| {
                let row = &all[*at as usize];
                let refset = memberships[row.membership as usize].refset;
                (refset, !row.effective_time, row.member)
            };
            key(one).cmp(&key(other))
        })
    });

    let mut found: FxHashMap<Pattern, u32> = FxHashMap::default();
    let mut patterns: Vec<u32> = Vec::with_capacity(release.descriptions.len());
    let mut at = 0;
    let mut pattern: Pattern = Vec::new();
    let total = rows.len() as u64;
    found.insert(Pattern::new(), 0);
    for description in &release.descriptions {
        while at < rows.len() && rows[at].0 < description.id {
            notes.add(NoteKind::MissingDescription, || rows[at].0.to_string());
            at += 1;
        }
        pattern.clear();
        while at < rows.len() && rows[at].0 == description.id {
            let membership = memberships[all[rows[at].1 as usize].membership as usize];
            let refset = refsets.partition_point(|refset| *refset < membership.refset) as u16;
            let entry = (refset, u16::from(membership.preferred));
            match pattern.last() {
                Some((last, preferred)) if *last == refset => {
                    if *preferred != entry.1 {
                        notes.add(NoteKind::Conflict, || {
                            format!("acceptability of {}", description.id)
                        });
                    }
                }
                _ => pattern.push(entry),
            }
            at += 1;
        }
        let number = match found.get(&pattern) {
            Some(number) => *number,
            None => {
                let number = found.len() as u32;
                found.insert(pattern.clone(), number);
                number
            }
        };
        patterns.push(number);
    }
    for (description, _) in &rows[at..] {
        notes.add(NoteKind::MissingDescription, || description.to_string());
    }
    drop(rows);

    // Numbered by their content, so that they do not depend on which came first.
    let mut all: Vec<(Pattern, u32)> = found.into_iter().collect();
    all.sort_unstable();
    if all.len() > usize::from(u16::MAX) {
        return Err(BuildError::TooLarge { what: "patterns of acceptability" });
    }
    let mut renumbered = vec![0_u16; all.len()];
    let mut starts = vec![0_u32];
    let mut entries: Vec<u8> = Vec::new();
    let mut prefers = Vec::with_capacity(all.len());
    let mut places = Vec::with_capacity(all.len());
    for (number, (pattern, old)) in all.iter().enumerate() {
        renumbered[*old as usize] = number as u16;
        for (refset, acceptability) in pattern {
            entries.extend_from_slice(&refset.to_le_bytes());
            entries.extend_from_slice(&acceptability.to_le_bytes());
        }
        starts.push((entries.len() / 4) as u32);
        prefers.push(pattern.iter().any(|(_, acceptability)| *acceptability == 1));
        places.push(Dialect::STORED.map(|dialect| {
            let preferring = pattern.iter().filter(|(_, acceptability)| *acceptability == 1);
            let place = preferring.filter_map(|(refset, _)| {
                dialect.place(Sctid::as_published(refsets[usize::from(*refset)])?)
            });
            place.min().map_or(format::NONE_U8, |place| place as u8)
        }));
    }
    let mut bytes = u32s(&starts);
    bytes.extend_from_slice(&entries);
    let sections = vec![
        Section::new(format::LANGUAGE_REFSETS, refsets.len(), u64s(refsets)),
        Section::new(format::ACCEPTABILITIES, all.len(), bytes),
    ];
    let patterns = patterns.into_iter().map(|old| renumbered[old as usize]).collect();
    Ok(Acceptabilities { sections, patterns, prefers, places, rows: total })
}
