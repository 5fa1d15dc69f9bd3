//! Whether a concept is there, and active; and what is asked of it where it is in both releases.

use super::about::About;
use super::fields::published;
use super::members::Presence;
use super::{definition, descriptions, past, place, strays};
use crate::diff::{Change, ChangeKind, Role};
use crate::id::Sctid;
use crate::snomed::Concept;

/// Tells of a concept, its rows in reference sets apart.
pub(super) fn tell<'t>(
    about: &About<'_, 't>,
    concepts: (Option<Concept<'t>>, Option<Concept<'t>>),
    emit: &mut dyn FnMut(Change),
) -> Presence {
    let word = |concept: Concept<'_>| match concept.is_active() {
        true => "active".to_owned(),
        false => past::reason(concept),
    };
    let (old, new) = match concepts {
        (None, None) => return Presence::NoConcept,
        (None, Some(new)) => {
            let mut change = about.change(ChangeKind::ConceptAdded);
            change.related = match new.is_active() {
                true => parents(about, new),
                false => past::successors(about, new),
            };
            emit(change.from_to(None, Some(word(new))));
            return Presence::One;
        }
        (Some(old), None) => {
            emit(about.change(ChangeKind::ConceptRemoved).from_to(Some(word(old)), None));
            return Presence::One;
        }
        (Some(old), Some(new)) => (old, new),
    };
    let both = (old, new);
    let (mut told, mut presence) = (true, Presence::Inactive);
    match (old.is_active(), new.is_active()) {
        (true, false) => {
            let mut change = about.change(ChangeKind::ConceptInactivated);
            change.related = past::successors(about, new);
            emit(change.from_to(Some(word(old)), Some(word(new))));
        }
        (false, true) => {
            let change = about.change(ChangeKind::ConceptReactivated);
            emit(change.from_to(Some(word(old)), Some(word(new))));
        }
        (true, true) => {
            presence = Presence::Active;
            place::tell(about, both, emit);
            definition::tell(about, both, emit);
            told = definition::tell_status(about, both, emit);
        }
        (false, false) => {
            told = definition::tell_status(about, both, emit);
            past::tell(about, both, emit);
            strays::tell_relationships(about, (Some(old), Some(new)), emit);
        }
    }
    descriptions::tell(about, both, emit);
    let (module, module_now) = (old.module(), new.module());
    if module != module_now {
        told = true;
        let id = |module: Option<Sctid>| module.map(|id| id.to_string());
        let change = about.change(ChangeKind::ConceptModuleChanged);
        emit(change.from_to(id(module), id(module_now)));
    }
    let row = |one: Concept<'_>| (one.effective_time(), None, None);
    if !told && row(old) != row(new) {
        let (before, after) = published(row(old), row(new));
        emit(about.change(ChangeKind::Republished).from_to(before, after));
    }
    presence
}

/// The parents of a concept that is new.
fn parents(about: &About<'_, '_>, concept: Concept<'_>) -> Vec<crate::diff::Related> {
    let mut ids: Vec<_> = concept.parents().ids().chain(concept.missing_parents()).collect();
    ids.sort_unstable();
    ids.into_iter().map(|id| about.related(Role::ParentGained, id)).collect()
}
