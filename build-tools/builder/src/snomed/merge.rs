//! Several rows of one component: the newest stays
//! ([RF2 versioning](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).

use std::cmp::Reverse;
use std::hash::Hash;

use rayon::prelude::*;

use super::read::Release;
use super::used::leave_used;
use crate::problem::{NoteKind, Notes};
use crate::release::ReleaseType;
use crate::rf2::{Identifier, LanguageRow};

/// Leaves of each component its newest row, and sorts concepts and descriptions by id.
///
/// Packages carry the same rows, and a later package may carry a later version. Of two rows of one
/// date the first read stays; where they differ, that is told.
pub(crate) fn merge(release: &mut Release, notes: &mut Notes) {
    // In one Snapshot a component stands once; across packages it may stand in each.
    let alone = matches!(release.packages[..], [(_, ReleaseType::Snapshot)]);

    // Stable, so that of two rows of one date the first one read comes first.
    release.concepts.par_sort_by_key(|row| (row.id, Reverse(row.effective_time)));
    newest(
        &mut release.concepts,
        |row| (row.id, row.effective_time),
        |one, other| one.status == other.status,
        alone,
        notes,
    );

    release.descriptions.par_sort_unstable_by_key(|row| {
        (row.id, Reverse(row.effective_time), row.arena, row.text_start)
    });
    let mut descriptions = std::mem::take(&mut release.descriptions);
    newest(
        &mut descriptions,
        |row| (row.id, row.effective_time),
        |one, other| {
            one.kind == other.kind
                && one.concept == other.concept
                && release.term(one) == release.term(other)
        },
        alone,
        notes,
    );
    release.descriptions = descriptions;

    if repeats(release.relationships.par_iter().map(|row| row.id).collect()) {
        release.relationships.par_sort_by_key(|row| (row.id, Reverse(row.effective_time)));
        newest(
            &mut release.relationships,
            |row| (row.id, row.effective_time),
            |one, other| one == other,
            alone,
            notes,
        );
    }

    // Half of a UUID tells members apart; where two halves are alike, the whole decides.
    let halves = release.language_rows.par_iter().map(|row| row.member as u64).collect();
    if repeats(halves) {
        let memberships = &release.memberships;
        let refset = |row: &LanguageRow| memberships[row.membership as usize].refset;
        release
            .language_rows
            .par_sort_by_key(|row| (row.member, refset(row), Reverse(row.effective_time)));
        newest(
            &mut release.language_rows,
            |row| (Member(row.member, refset(row)), row.effective_time),
            |one, other| one == other,
            alone,
            notes,
        );
    }
    release.refsets.merge(alone, notes);
    merge_identifiers(&mut release.identifiers, alone, notes);

    let dependencies = &mut release.dependencies;
    dependencies.sort_by_key(|row| (row.member, row.refset, Reverse(row.effective_time)));
    newest(
        dependencies,
        |row| (Member(row.member, row.refset), row.effective_time),
        |one, other| one == other,
        alone,
        // They are refset rows too, and told of as such.
        &mut Notes::default(),
    );
    dependencies.retain(|row| row.active);
    leave_used(release);
}

/// Leaves of each identifier of a scheme its newest row. Where rows of one date lead to several
/// components none of them is left out: which one is meant is not to be guessed.
fn merge_identifiers(rows: &mut Vec<Identifier>, alone: bool, notes: &mut Notes) {
    rows.sort_by(|one, other| {
        let key = |row: &Identifier| (row.scheme, Reverse(row.effective_time), row.component);
        (&one.text, key(one)).cmp(&(&other.text, key(other)))
    });
    rows.dedup_by(|later, kept| {
        if (later.scheme, &later.text) != (kept.scheme, &kept.text) {
            return false;
        }
        let dated_alike = later.effective_time == kept.effective_time;
        if dated_alike && later != kept {
            notes.add(NoteKind::Conflict, || later.text.clone());
        } else if alone {
            notes.add(NoteKind::Repeated, || later.text.clone());
        }
        !dated_alike || later.component == kept.component
    });
}

/// The id of a refset member, told as the UUID it is, and its refset.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Member(pub(super) u128, pub(super) u64);

impl std::fmt::Display for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = format!("{:032x}", self.0);
        let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
        f.write_str(&parts.join("-"))
    }
}

/// Whether a key stands twice.
pub(super) fn repeats(mut keys: Vec<u64>) -> bool {
    keys.par_sort_unstable();
    keys.par_windows(2).any(|pair| pair[0] == pair[1])
}

/// Of rows sorted by id and descending time, leaves the first of each id.
fn newest<T: Copy, I: Copy + Eq + Hash + std::fmt::Display>(
    rows: &mut Vec<T>,
    version: impl Fn(&T) -> (I, u32),
    same: impl Fn(&T, &T) -> bool,
    alone: bool,
    notes: &mut Notes,
) {
    rows.dedup_by(|later, kept| {
        let (id, time) = version(later);
        let (kept_id, kept_time) = version(kept);
        if id != kept_id {
            return false;
        }
        if time == kept_time && !same(later, kept) {
            notes.add(NoteKind::Conflict, || id.to_string());
        } else if alone {
            notes.add(NoteKind::Repeated, || id.to_string());
        }
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rf2::{Concept, ConceptStatus, UNPUBLISHED};

    fn release(rows: &[(u64, u32, u32)]) -> Release {
        let concept = |(id, effective_time, status)| Concept { id, effective_time, status };
        let status = |active| ConceptStatus { active, module: 1, definition_status: 2 };
        Release {
            concepts: rows.iter().copied().map(concept).collect(),
            statuses: vec![status(false), status(true)],
            packages: vec![("one".into(), ReleaseType::Snapshot); 2],
            ..Release::default()
        }
    }

    #[test]
    fn the_newest_row_stays_and_a_blank_time_is_the_newest() {
        let mut release = release(&[
            (7, 20_200_101, 1),
            (5, 20_190_101, 1),
            (7, 20_210_101, 0),
            (5, UNPUBLISHED, 0),
        ]);
        let mut notes = Notes::default();
        merge(&mut release, &mut notes);
        let active = |row: &Concept| release.statuses[row.status as usize].active;
        let left: Vec<_> = release.concepts.iter().map(|row| (row.id, active(row))).collect();
        assert_eq!(left, [(5, false), (7, false)]);
        assert_eq!(release.statuses.len(), 1);
        assert_eq!(notes, Notes::default());
    }

    #[test]
    fn an_identifier_goes_where_its_newest_row_says_and_no_component_is_hidden() {
        let row = |text: &str, component, effective_time| Identifier {
            scheme: 9,
            text: text.into(),
            component,
            effective_time,
            module: 1,
            active: true,
        };
        let mut rows = vec![
            row("moved", 5, 20_200_101),
            row("moved", 7, 20_210_101),
            row("two", 7, 20_200_101),
            row("two", 5, 20_200_101),
            row("two", 7, 20_200_101),
        ];
        let mut notes = Notes::default();
        merge_identifiers(&mut rows, false, &mut notes);
        let left: Vec<_> = rows.iter().map(|row| (row.text.as_str(), row.component)).collect();
        assert_eq!(left, [("moved", 7), ("two", 5), ("two", 7)]);
        assert_eq!(notes.of(NoteKind::Conflict).map(|note| note.count), Some(1));
        assert_eq!(notes.of(NoteKind::Repeated), None);
    }

    #[test]
    fn a_member_is_told_as_its_uuid() {
        let member = Member(0x0895_232a_f4ba_42b2_98a4_eee1_8cbe_9881, 1);
        assert_eq!(member.to_string(), "0895232a-f4ba-42b2-98a4-eee18cbe9881");
    }

    #[test]
    fn equal_rows_are_one_and_different_ones_of_a_date_are_told() {
        let mut same = release(&[(7, 20_200_101, 1), (7, 20_200_101, 1)]);
        let mut notes = Notes::default();
        merge(&mut same, &mut notes);
        assert_eq!((same.concepts.len(), notes.of(NoteKind::Conflict)), (1, None));
        let mut other = release(&[(7, 20_200_101, 1), (7, 20_200_101, 0)]);
        merge(&mut other, &mut notes);
        assert!(other.statuses[other.concepts[0].status as usize].active);
        assert_eq!(notes.of(NoteKind::Conflict).map(|note| note.count), Some(1));
    }
}
