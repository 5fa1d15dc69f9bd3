//! Parents and ancestors.

use super::about::About;
use super::sides::Sides;
use crate::diff::{Change, ChangeKind, Role};
use crate::id::Sctid;
use crate::snomed::Concept;

/// Whether two lists of ordinals are of the same concepts; the newer one ascends.
fn is_same(sides: &Sides<'_>, old: &[[u8; 4]], new: &[[u8; 4]]) -> bool {
    old.len() == new.len()
        && old.iter().all(|old| {
            let there = sides.ordinal(u32::from_le_bytes(*old));
            new.binary_search_by_key(&there, |ordinal| u32::from_le_bytes(*ordinal)).is_ok()
        })
}

/// The ids of ordinals, ascending.
fn ids(concept: Concept<'_>, ordinals: &[[u8; 4]]) -> Vec<Sctid> {
    let ids = ordinals.iter().filter_map(|one| concept.snomed.id(u32::from_le_bytes(*one)));
    let mut ids: Vec<Sctid> = ids.collect();
    ids.sort_unstable();
    ids
}

/// What is in one list and not in any of some others: all ascend.
fn without<'a>(all: &'a [Sctid], others: [&'a [Sctid]; 2]) -> impl Iterator<Item = Sctid> + 'a {
    let is_in = |list: &[Sctid], id| list.binary_search(id).is_ok();
    all.iter().filter(move |id| !others.iter().any(|list| is_in(list, id))).copied()
}

/// Tells of parents and ancestors of a concept that is active in both.
pub(super) fn tell(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    emit: &mut dyn FnMut(Change),
) {
    let sides = about.sides();
    let stayed = is_same(sides, old.raw_parents(), new.raw_parents());
    let (above, above_now) = (old.raw_ancestors(), new.raw_ancestors());
    if stayed && is_same(sides, above, above_now) {
        return;
    }
    let (parents, parents_now) = (ids(old, old.raw_parents()), ids(new, new.raw_parents()));
    let (above, above_now) = (ids(old, above), ids(new, above_now));
    let kind = if stayed { ChangeKind::AncestorsChanged } else { ChangeKind::ConceptMoved };
    let gained: Vec<Sctid> = without(&parents_now, [&parents, &[]]).collect();
    let lost: Vec<Sctid> = without(&parents, [&parents_now, &[]]).collect();
    // A parent gained is an ancestor gained, and told of once.
    let above_gained = without(&above_now, [&above, &gained]);
    let above_lost = without(&above, [&above_now, &lost]);
    let mut change = about.change(kind);
    let related = |role| move |id: Sctid| about.related(role, id);
    change.related.extend(gained.iter().copied().map(related(Role::ParentGained)));
    change.related.extend(lost.iter().copied().map(related(Role::ParentLost)));
    change.related.extend(above_gained.map(related(Role::AncestorGained)));
    change.related.extend(above_lost.map(related(Role::AncestorLost)));
    emit(change);
}
