//! Inactive concepts: why, and what stands in their place.

use std::fmt::Write;

use super::about::About;
use super::sides::Sides;
use crate::diff::{Change, ChangeKind, Related, Role};
use crate::snomed::{Code, Concept, Successors, raw_association};

/// Why a concept is inactive, in a word; `inactive` where the release gives no reason.
pub(super) fn reason(concept: Concept<'_>) -> String {
    match concept.inactivation_reason() {
        Some(reason) => reason.to_string(),
        None => "inactive".to_owned(),
    }
}

/// What stands in the place of a concept.
pub(super) fn successors(about: &About<'_, '_>, concept: Concept<'_>) -> Vec<Related> {
    let successors = concept.successors();
    let role = match &successors {
        Successors::One(_) => Role::Successor,
        _ => Role::PossibleSuccessor,
    };
    let all = successors.all().iter().map(|successor| successor.concept().id());
    all.map(|id| about.related(role, id)).collect()
}

/// Tells of a concept that is inactive in both releases.
pub(super) fn tell(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    emit: &mut dyn FnMut(Change),
) {
    if !leads_to_the_same(about.sides(), old, new) {
        let (before, after) = (leads_to(old), leads_to(new));
        if before != after {
            let mut change = about.change(ChangeKind::SuccessorsChanged);
            change.related = successors(about, new);
            emit(change.from_to(before, after));
        }
    }
    let (before, after) = (old.inactivation_reason(), new.inactivation_reason());
    if before != after {
        let word = |reason: Option<_>| {
            reason.map(|reason: crate::snomed::InactivationReason| reason.to_string())
        };
        let change = about.change(ChangeKind::ReasonChanged);
        emit(change.from_to(word(before), word(after)));
    }
}

/// Whether two concepts certainly lead to the same: by the same association to one concept that is
/// active in both, as most do, or nowhere in both. "No" only means that it has to be looked at.
fn leads_to_the_same(sides: &Sides<'_>, old: Concept<'_>, new: Concept<'_>) -> bool {
    let (entries, entries_now) =
        (sides.old.raw_associations(old.ordinal), sides.new.raw_associations(new.ordinal));
    match (entries, entries_now) {
        ([], []) => true,
        ([one], [other]) => {
            let ((code, refset), (code_now, refset_now)) =
                (raw_association(*one), raw_association(*other));
            let (Code::Concept(target), Code::Concept(target_now)) =
                (Code::of(code), Code::of(code_now))
            else {
                return false;
            };
            let id = |snomed: crate::Snomed<'_>, number| {
                snomed.refset_of_number(number).map(|refset| refset.id())
            };
            target < sides.old.layout.active
                && target_now < sides.new.layout.active
                && sides.is_same_concept(target, target_now)
                && id(sides.old, refset) == id(sides.new, refset_now)
        }
        _ => false,
    }
}

/// The associations of a concept, and where they end: `same-as 24700007: one 24700007`; `None` where
/// it has none.
fn leads_to(concept: Concept<'_>) -> Option<String> {
    let mut associations: Vec<String> = concept
        .associations()
        .map(|one| match one.kind() {
            crate::snomed::AssociationKind::Other => format!("{} {}", one.refset.id(), one.target),
            kind => format!("{} {}", kind.code(), one.target),
        })
        .collect();
    if associations.is_empty() {
        return None;
    }
    associations.sort_unstable();
    let successors = concept.successors();
    let mut text = associations.join(", ");
    // A string takes whatever is written.
    let _ = write!(text, ": {}", successors.code());
    let mut ends: Vec<_> = successors.all().iter().map(|one| one.concept().id()).collect();
    ends.sort_unstable();
    for end in ends {
        let _ = write!(text, " {end}");
    }
    let mut dead_ends: Vec<&str> =
        successors.dead_ends().iter().map(|end| end.reason().code()).collect();
    dead_ends.sort_unstable();
    for end in dead_ends {
        let _ = write!(text, " {end}");
    }
    Some(text)
}
