//! What other schemes call a concept, and what the history substitution table puts in its place.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::SnomedComparison;
use super::about::About;
use super::sides::Sides;
use crate::coding::System;
use crate::diff::{Change, ChangeKind, Role};
use crate::id::Sctid;
use crate::snomed::{Concept, Snomed};

/// Tells of the alternate identifiers of a concept that is in both releases.
pub(super) fn tell(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    emit: &mut dyn FnMut(Change),
) {
    if !has_identifiers(old.snomed) || !has_identifiers(new.snomed) {
        return;
    }
    let (before, after) = (identifiers(old), identifiers(new));
    let mut told = |kind, scheme: Option<Sctid>, before, after| {
        let mut change = about.change(kind);
        change.component = scheme.map(|id| id.to_string());
        emit(change.from_to(before, after));
    };
    for (scheme, text) in before.difference(&after) {
        let was = Some((*text).to_owned());
        told(ChangeKind::AlternateIdentifierRetired, *scheme, was, None);
    }
    for (scheme, text) in after.difference(&before) {
        let is = Some((*text).to_owned());
        told(ChangeKind::AlternateIdentifierAdded, *scheme, None, is);
    }
}

/// The schemes and identifiers in force.
fn identifiers<'t>(concept: Concept<'t>) -> BTreeSet<(Option<Sctid>, &'t str)> {
    let active = concept.alternate_identifiers().filter(|one| one.is_active());
    active.map(|one| (one.scheme().id(), one.identifier())).collect()
}

/// Tells of the alternate identifiers of what is a concept of neither release.
pub(super) fn tell_strays(comparison: &SnomedComparison<'_>, emit: &mut dyn FnMut(Change)) {
    let (old, new) = (comparison.sides.old, comparison.sides.new);
    if !has_identifiers(old) || !has_identifiers(new) {
        return;
    }
    let is_known = |id| old.concept(id).is_some() || new.concept(id).is_some();
    let (before, after) = (strays(old, is_known), strays(new, is_known));
    let mut told = |kind, (id, scheme, _): Stray<'_>, before, after| {
        let about = About { comparison, id, is_other: true };
        let mut change = about.change(kind);
        change.component = scheme.map(|id| id.to_string());
        emit(change.from_to(before, after));
    };
    for gone in before.difference(&after) {
        told(ChangeKind::AlternateIdentifierRetired, *gone, Some(gone.2.to_owned()), None);
    }
    for come in after.difference(&before) {
        told(ChangeKind::AlternateIdentifierAdded, *come, None, Some(come.2.to_owned()));
    }
}

/// A component, a scheme and an identifier.
type Stray<'t> = (Sctid, Option<Sctid>, &'t str);

fn strays<'t>(snomed: Snomed<'t>, is_known: impl Fn(Sctid) -> bool) -> BTreeSet<Stray<'t>> {
    let active = snomed.alternate_identifiers().filter(|one| one.is_active());
    let named = active.filter_map(|one| {
        let id = one.component().id().filter(|id| !is_known(*id))?;
        Some((id, one.scheme().id(), one.identifier()))
    });
    named.collect()
}

/// Tells of what the table puts in the place of a concept, where both releases have the table.
pub(super) fn tell_substitutions(about: &About<'_, '_>, emit: &mut dyn FnMut(Change)) {
    let (old, new) = (about.sides().old, about.sides().new);
    if !old.has_substitution_table() || !new.has_substitution_table() {
        return;
    }
    let (before, after) = (substitutes(old, about.id), substitutes(new, about.id));
    if before == after {
        return;
    }
    let mut change = about.change(ChangeKind::SubstitutionsChanged);
    let is_one = after.len() == 1 && after.iter().all(|(_, is_ambiguous)| !is_ambiguous);
    let role = if is_one { Role::Successor } else { Role::PossibleSuccessor };
    let ids: BTreeSet<Sctid> = after.iter().filter_map(|(id, _)| *id).collect();
    change.related = ids.into_iter().map(|id| about.related(role, id)).collect();
    emit(change.from_to(text(&before), text(&after)));
}

/// What the table puts in the place of an id, and whether it calls that ambiguous.
fn substitutes(snomed: Snomed<'_>, id: Sctid) -> BTreeSet<(Option<Sctid>, bool)> {
    snomed.substitutions(id).map(|row| (row.concept().id(), row.is_ambiguous())).collect()
}

fn text(substitutes: &BTreeSet<(Option<Sctid>, bool)>) -> Option<String> {
    let mut text = String::new();
    for (id, is_ambiguous) in substitutes {
        let separator = if text.is_empty() { "" } else { ", " };
        // A string takes whatever is written.
        let _ = match id {
            Some(id) => write!(text, "{separator}{id}"),
            None => write!(text, "{separator}no concept"),
        };
        if *is_ambiguous {
            text.push_str(" (ambiguous)");
        }
    }
    Some(text).filter(|text| !text.is_empty())
}

/// Tells of what cannot be compared, one release alone having it: the history substitution table, and the
/// file of alternate identifiers.
pub(super) fn tell_absent(sides: &Sides<'_>, emit: &mut dyn FnMut(Change)) {
    let (old, new) = (sides.old, sides.new);
    let table = |snomed: Snomed<'_>| snomed.has_substitution_table();
    absent("history substitution table", (table(old), table(new)), emit);
    absent("alternate identifiers", (has_identifiers(old), has_identifiers(new)), emit);
}

fn absent(what: &str, has: (bool, bool), emit: &mut dyn FnMut(Change)) {
    if has.0 == has.1 {
        return;
    }
    let said = |has: bool| (!has).then(|| "built without it".to_owned());
    let change = Change::new(ChangeKind::CannotTell, System::Snomed, "", "").of(what);
    emit(change.from_to(said(has.0), said(has.1)));
}

/// Whether the release was built with alternate identifiers: none at all is none in the file, or no file.
fn has_identifiers(snomed: Snomed<'_>) -> bool {
    snomed.layout.refsets.alternate_identifiers.items > 0
}
