//! Descriptions of a concept, matched by their ids.

use std::cmp::Ordering;

use super::about::About;
use super::definition::leave_common;
use super::fields::published;
use super::languages;
use crate::diff::{Change, ChangeKind};
use crate::id::Sctid;
use crate::snomed::{CaseSignificance, Concept, Description, DescriptionType};

/// A description in the releases that have it, at least one.
pub(super) type Pair<'t> = (Option<Description<'t>>, Option<Description<'t>>);

/// Whether a description came, went, or became active or inactive.
pub(super) fn changed_state((old, new): Pair<'_>) -> bool {
    old.map(Description::is_active) != new.map(Description::is_active)
}

/// Tells of the descriptions of a concept that is in both releases.
pub(super) fn tell<'t>(
    about: &About<'_, 't>,
    (old, new): (Concept<'t>, Concept<'t>),
    emit: &mut dyn FnMut(Change),
) {
    let (descriptions, descriptions_now) = (old.descriptions(), new.descriptions());
    let is_same = descriptions.len() == descriptions_now.len()
        && descriptions
            .zip(descriptions_now)
            .all(|(old, new)| old.id() == new.id() && about.sides().is_same_description(old, new));
    if is_same {
        return;
    }
    let pairs = pairs(Some(old), Some(new));
    let changed = |pair: &Pair<'t>| match *pair {
        (Some(old), Some(new)) => !about.sides().is_same_description(old, new),
        _ => true,
    };
    if !pairs.iter().any(changed) {
        return;
    }
    tell_name(about, (old, new), emit);
    tell_definitions(about, (old, new), emit);
    let preferred = languages::tell_preferred(about, &pairs, emit);
    for pair in pairs.iter().copied().filter(changed) {
        tell_one(about, pair, Some(&preferred), emit);
    }
}

/// Tells of the descriptions of what is a concept of neither release. What language reference sets say of
/// them is told as the members that say it.
pub(super) fn tell_strays<'t>(
    about: &About<'_, 't>,
    (old, new): (Option<Concept<'t>>, Option<Concept<'t>>),
    emit: &mut dyn FnMut(Change),
) {
    for pair in pairs(old, new) {
        tell_one(about, pair, None, emit);
    }
}

/// The descriptions of both releases, by id.
fn pairs<'t>(old: Option<Concept<'t>>, new: Option<Concept<'t>>) -> Vec<Pair<'t>> {
    let by_id = |concept: Option<Concept<'t>>| {
        let mut all: Vec<Description<'t>> =
            concept.into_iter().flat_map(Concept::descriptions).collect();
        all.sort_unstable_by_key(|one| one.id());
        all.into_iter().peekable()
    };
    let (mut olds, mut news) = (by_id(old), by_id(new));
    std::iter::from_fn(|| {
        let order = match (olds.peek(), news.peek()) {
            (None, None) => return None,
            (Some(old), Some(new)) => old.id().cmp(&new.id()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        };
        Some(match order {
            Ordering::Less => (olds.next(), None),
            Ordering::Greater => (None, news.next()),
            Ordering::Equal => (olds.next(), news.next()),
        })
    })
    .collect()
}

fn tell_name(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    emit: &mut dyn FnMut(Change),
) {
    let (before, after) = (old.fully_specified_name(), new.fully_specified_name());
    if before.map(Description::term) == after.map(Description::term) {
        return;
    }
    let mut change = about.change(ChangeKind::FullySpecifiedNameChanged);
    change.component = after.or(before).map(|name| name.id().to_string());
    let term = |name: Option<Description<'_>>| name.map(|name| name.term().to_owned());
    emit(change.from_to(term(before), term(after)));
}

/// Tells of the text definitions in force: what came and what went, whatever their ids.
fn tell_definitions(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    emit: &mut dyn FnMut(Change),
) {
    let definitions = |concept: Concept<'_>| {
        let active = concept.text_definitions().filter(|one| one.is_active());
        let mut all: Vec<String> = active.map(|one| one.term().to_owned()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (mut before, mut after) = (definitions(old), definitions(new));
    leave_common(&mut before, &mut after);
    if before.is_empty() && after.is_empty() {
        return;
    }
    let text = |all: Vec<String>| Some(all.join(" | ")).filter(|_| !all.is_empty());
    let change = about.change(ChangeKind::TextDefinitionChanged);
    emit(change.from_to(text(before), text(after)));
}

/// Tells of one description. `preferred` are the language reference sets whose preferred term is told
/// already; `None` where what these say is told as members.
fn tell_one(
    about: &About<'_, '_>,
    pair: Pair<'_>,
    preferred: Option<&[Sctid]>,
    emit: &mut dyn FnMut(Change),
) {
    let Some(id) = pair.1.or(pair.0).map(Description::id) else { return };
    let mut told = false;
    let mut tell = |kind, before, after| {
        told = true;
        emit(about.change(kind).of(id.to_string()).from_to(before, after));
    };
    let term = |one: Description<'_>| Some(one.term().to_owned());
    let why = |one: Description<'_>| {
        let reason = one.inactivation_reason();
        Some(reason.map_or_else(|| "inactive".to_owned(), |reason| reason.to_string()))
    };
    match pair {
        (None, Some(new)) if new.is_active() => tell(ChangeKind::DescriptionAdded, None, term(new)),
        (None, Some(new)) => {
            let text = format!("{} ({})", new.term(), why(new).unwrap_or_default());
            tell(ChangeKind::DescriptionAdded, None, Some(text));
        }
        (Some(old), None) => tell(ChangeKind::DescriptionRetired, term(old), None),
        (Some(old), Some(new)) => match (old.is_active(), new.is_active()) {
            (true, false) => tell(ChangeKind::DescriptionRetired, term(old), why(new)),
            (false, true) => tell(ChangeKind::DescriptionReactivated, why(old), term(new)),
            _ => {}
        },
        (None, None) => {}
    }
    let (Some(old), Some(new)) = pair else { return };
    let (before, after) = columns(old, new);
    if before.is_some() {
        tell(ChangeKind::DescriptionChanged, before, after);
    }
    if let Some(preferred) = preferred.filter(|_| !changed_state(pair)) {
        for (before, after) in languages::acceptabilities(old, new, preferred) {
            tell(ChangeKind::AcceptabilityChanged, before, after);
        }
    }
    let row = |one: Description<'_>| (one.effective_time(), one.module(), None);
    if !told && row(old) != row(new) {
        let (before, after) = published(row(old), row(new));
        emit(about.change(ChangeKind::Republished).of(id.to_string()).from_to(before, after));
    }
}

/// The columns that differ, as `name=value`.
fn columns(old: Description<'_>, new: Description<'_>) -> (Option<String>, Option<String>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut add = |name: &str, old: String, new: String| {
        if old != new {
            before.push(format!("{name}={old}"));
            after.push(format!("{name}={new}"));
        }
    };
    add("term", old.term().to_owned(), new.term().to_owned());
    add("typeId", type_id(old), type_id(new));
    add("languageCode", old.language().to_owned(), new.language().to_owned());
    add("caseSignificanceId", case(old), case(new));
    let text = |columns: Vec<String>| Some(columns.join(", ")).filter(|_| !columns.is_empty());
    (text(before), text(after))
}

fn type_id(description: Description<'_>) -> String {
    use crate::snomed::constants;
    match description.description_type() {
        DescriptionType::FullySpecifiedName => constants::FULLY_SPECIFIED_NAME,
        DescriptionType::Synonym => constants::SYNONYM,
        DescriptionType::TextDefinition => constants::TEXT_DEFINITION,
        DescriptionType::Other(id) => id,
    }
    .to_string()
}

fn case(description: Description<'_>) -> String {
    use crate::snomed::constants;
    match description.case_significance() {
        CaseSignificance::EntireTermCaseSensitive => constants::ENTIRE_TERM_CASE_SENSITIVE,
        CaseSignificance::InitialCharacterCaseInsensitive => {
            constants::INITIAL_CHARACTER_CASE_INSENSITIVE
        }
        CaseSignificance::EntireTermCaseInsensitive => constants::ENTIRE_TERM_CASE_INSENSITIVE,
        CaseSignificance::Other(id) => id,
    }
    .to_string()
}
