//! The substitution table beside the associations of the release: both are official, and where they
//! differ somebody should know.

use std::collections::BTreeSet;

use farr::snomed::{Component, Successors};
use farr::{Concept, Sctid, Snomed};

use crate::problem::{NoteKind, Notes};

/// Holds the substitutions of every concept against its successors.
pub(crate) fn compare(snomed: Snomed<'_>, olds: &[u64], notes: &mut Notes) {
    if !snomed.has_substitution_table() {
        return;
    }
    for concept in snomed.concepts().filter(|concept| !concept.is_active()) {
        one(concept, notes);
    }
    // What the table says of concepts that are not inactive here.
    let mut last = 0;
    for old in olds.iter().filter_map(|old| Sctid::as_published(*old)) {
        if std::mem::replace(&mut last, old.value()) == old.value() {
            continue;
        }
        match snomed.concept(old) {
            Some(concept) if !concept.is_active() => {}
            found => {
                let stands = if found.is_some() { "is active" } else { "is not in the release" };
                notes.add(NoteKind::SubstitutionEnds, || format!("{old} {stands}"));
            }
        }
    }
}

fn one(old: Concept<'_>, notes: &mut Notes) {
    let rows = old.substitutions();
    let successors = old.successors();
    let id = old.id();
    for row in rows {
        match row.concept() {
            Component::Concept(new) if new.is_active() => {}
            new => {
                let stands = match new {
                    Component::Concept(_) => "is inactive",
                    _ => "is not a concept of the release",
                };
                notes.add(NoteKind::SubstitutionEnds, || format!("{id} by {new}, which {stands}"));
            }
        }
    }
    let tabled: BTreeSet<Sctid> = rows.filter_map(|row| row.concept().id()).collect();
    let reached: BTreeSet<Sctid> =
        successors.all().iter().map(|successor| successor.concept().id()).collect();
    match (tabled.is_empty(), reached.is_empty()) {
        (true, true) => {}
        (true, false) => {
            let example = || format!("{id}: associations lead to {}", listed(&reached));
            notes.add(NoteKind::AssociationWithoutSubstitution, example);
        }
        (false, true) => {
            let example = || format!("{id} by {}", listed(&tabled));
            notes.add(NoteKind::SubstitutionWithoutAssociation, example);
        }
        (false, false) if tabled != reached => {
            let example = || {
                let (table, associations) = (listed(&tabled), listed(&reached));
                format!("{id}: the table has {table}, associations lead to {associations}")
            };
            notes.add(NoteKind::SubstitutionDiffers, example);
        }
        (false, false) => {
            let ambiguous = rows.clone().any(|row| row.is_ambiguous());
            let several = matches!(successors, Successors::Several(_));
            if ambiguous != several {
                let word = if ambiguous { "ambiguous" } else { "not ambiguous" };
                let code = successors.code();
                let example = || format!("{id}: {word} in the table, {code} by associations");
                notes.add(NoteKind::SubstitutionAmbiguity, example);
            }
        }
    }
}

/// The first few of some ids.
fn listed(ids: &BTreeSet<Sctid>) -> String {
    const MOST: usize = 5;
    let first: Vec<String> = ids.iter().take(MOST).map(Sctid::to_string).collect();
    match ids.len() > MOST {
        true => format!("{} and {} more", first.join(", "), ids.len() - MOST),
        false => first.join(", "),
    }
}
