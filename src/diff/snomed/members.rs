//! Rows of reference sets, matched by their ids.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::about::About;
use super::descriptions::changed_state;
use super::fields::{self, published};
use super::languages::said;
use super::maps;
use super::refsets::Effect;
use super::rows::Placed;
use crate::diff::{Change, ChangeKind};
use crate::id::Sctid;
use crate::snomed::{Component, Concept, Member};

/// Whether a concept is in both releases, and whether it is active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// In both, and in both active.
    Active,
    /// In both, and inactive in one at least.
    Inactive,
    /// In one alone.
    One,
    /// The rows are about something else.
    NoConcept,
}

/// What came of the row of a reference set.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// New, or active again.
    Added(Placed),
    /// Inactive now, or gone.
    Retired(Placed),
    /// Active, and says something else.
    Changed(Placed, Placed),
    /// Says the same in another version, or has another id.
    Republished(Placed, Placed),
}

/// Tells of the rows of a concept, or of those that belong to none.
pub(super) fn tell<'t>(
    about: &About<'_, 't>,
    (old, new): (Option<Concept<'t>>, Option<Concept<'t>>),
    (rows, rows_now): (&[Placed], &[Placed]),
    presence: Presence,
    emit: &mut dyn FnMut(Change),
) {
    let comparison = about.comparison;
    let mut pairs = rows.iter().zip(rows_now);
    if rows.len() == rows_now.len() && pairs.all(|(old, new)| comparison.is_same_row(*old, *new)) {
        return;
    }
    let mut maps_changed = Vec::new();
    for event in events(about, rows, rows_now) {
        if let Some(map) = tell_one(about, event, presence, emit)
            && maps_changed.last() != Some(&map)
        {
            maps_changed.push(map);
        }
    }
    let (Presence::Active | Presence::Inactive, Some(old), Some(new)) = (presence, old, new) else {
        return;
    };
    for map in maps_changed {
        maps::tell(about, (old, new), map, emit);
    }
}

/// The rows that differ, matched; by reference set and id.
fn events(about: &About<'_, '_>, old: &[Placed], new: &[Placed]) -> Vec<Event> {
    let comparison = about.comparison;
    let (rows, rows_now) = (&comparison.rows, &comparison.rows_now);
    let of_old = |placed: &Placed| {
        let id = rows.part(*placed).map_or(0, |part| part.id);
        (id, comparison.sides.old.member_uuid(placed.row))
    };
    let of_new = |placed: &Placed| {
        let id = rows_now.part(*placed).map_or(0, |part| part.id);
        (id, comparison.sides.new.member_uuid(placed.row))
    };
    let (mut old, mut new) = (old.to_vec(), new.to_vec());
    old.sort_by_key(of_old);
    new.sort_by_key(of_new);
    let (mut olds, mut news) = (old.iter().peekable(), new.iter().peekable());
    let mut events = Vec::new();
    loop {
        let order = match (olds.peek(), news.peek()) {
            (None, None) => break,
            (Some(old), Some(new)) => of_old(old).cmp(&of_new(new)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        };
        let one = if order == Ordering::Greater { None } else { olds.next() };
        let other = if order == Ordering::Less { None } else { news.next() };
        let is_active =
            |placed: &&Placed| rows.part(**placed).is_some_and(|part| part.is_active(placed.row));
        let is_active_now = |placed: &&Placed| {
            rows_now.part(**placed).is_some_and(|part| part.is_active(placed.row))
        };
        match (one.filter(is_active), other.filter(is_active_now)) {
            (Some(old), Some(new)) if comparison.is_same_row(*old, *new) => {}
            (Some(old), Some(new)) if comparison.says_the_same(*old, *new) => {
                events.push(Event::Republished(*old, *new));
            }
            (Some(old), Some(new)) => events.push(Event::Changed(*old, *new)),
            (Some(old), None) => events.push(Event::Retired(*old)),
            (None, Some(new)) => events.push(Event::Added(*new)),
            // Of rows that are inactive in both only a new version is worth a word; one that never
            // was active says nothing.
            (None, None) => {
                if let (Some(old), Some(new)) = (one, other)
                    && !comparison.is_same_row(*old, *new)
                {
                    events.push(Event::Republished(*old, *new));
                }
            }
        }
    }
    with_other_ids(about, events)
}

/// Makes one of a row retired and a row added that say the same.
fn with_other_ids(about: &About<'_, '_>, events: Vec<Event>) -> Vec<Event> {
    let comparison = about.comparison;
    // By reference set and component, so that few are looked at for each.
    let mut added: BTreeMap<(Sctid, Option<Sctid>), Vec<usize>> = BTreeMap::new();
    let key = |member: Member<'_>| (member.refset().id(), member.referenced_component().id());
    for (place, event) in events.iter().enumerate() {
        if let Event::Added(new) = event
            && let Some(member) = fields::member(&comparison.rows_now, *new)
        {
            added.entry(key(member)).or_default().push(place);
        }
    }
    if added.is_empty() {
        return events;
    }
    let mut left: Vec<Option<Event>> = events.iter().copied().map(Some).collect();
    for (place, event) in events.iter().enumerate() {
        let Event::Retired(old) = event else { continue };
        let member = fields::member(&comparison.rows, *old);
        let Some(places) = member.and_then(|member| added.get_mut(&key(member))) else { continue };
        let same = places.iter().position(|other| {
            let other = events.get(*other);
            matches!(other, Some(Event::Added(new)) if comparison.says_the_same(*old, *new))
        });
        let Some(other) = same.map(|same| places.remove(same)) else { continue };
        if let (Some(Event::Added(new)), Some(slot)) = (events.get(other), left.get_mut(place)) {
            *slot = Some(Event::Republished(*old, *new));
        }
        if let Some(slot) = left.get_mut(other) {
            *slot = None;
        }
    }
    left.into_iter().flatten().collect()
}

/// Tells of one row, and returns the map whose answers may be others by it.
fn tell_one(
    about: &About<'_, '_>,
    event: Event,
    presence: Presence,
    emit: &mut dyn FnMut(Change),
) -> Option<Sctid> {
    let comparison = about.comparison;
    let old = |placed| fields::member(&comparison.rows, placed);
    let new = |placed| fields::member(&comparison.rows_now, placed);
    let (before, after) = match event {
        Event::Added(now) => (None, new(now)),
        Event::Retired(was) => (old(was), None),
        Event::Changed(was, now) | Event::Republished(was, now) => (old(was), new(now)),
    };
    let member = after.or(before)?;
    let refset = member.refset().id();
    let effect = comparison.effect(refset);
    let is_republished = matches!(event, Event::Republished(..));
    let told_elsewhere = !is_republished && is_told_elsewhere(about, effect, presence, member);
    if is_republished || told_elsewhere {
        if told_elsewhere && !has_no_effect(about, effect, presence, (before, after)) {
            return None;
        }
        let row = |one: Option<Member<'_>>| {
            let id = one.map(|one| one.id().to_string());
            (one.and_then(Member::effective_time), one.and_then(Member::module), id)
        };
        let (before, after) = published(row(before), row(after));
        let change = about.of_component(ChangeKind::Republished, member.referenced_component());
        emit(change.of(refset.to_string()).from_to(before, after));
        return None;
    }
    let is_map = effect == Effect::Map;
    let kind = match (event, is_map) {
        (Event::Added(_), false) => ChangeKind::MemberAdded,
        (Event::Added(_), true) => ChangeKind::MapRowAdded,
        (Event::Retired(_), false) => ChangeKind::MemberRetired,
        (Event::Retired(_), true) => ChangeKind::MapRowRetired,
        (_, false) => ChangeKind::MemberChanged,
        (_, true) => ChangeKind::MapRowChanged,
    };
    let change = about.of_component(kind, member.referenced_component());
    let of = about.is_of(member.referenced_component());
    let text = |one: Option<Member<'_>>| one.and_then(|one| fields::text(one, of));
    emit(change.of(refset.to_string()).from_to(text(before), text(after)));
    is_map.then_some(refset)
}

/// Whether what a row does is told as a change of its concept or description.
fn is_told_elsewhere(
    about: &About<'_, '_>,
    effect: Effect,
    presence: Presence,
    member: Member<'_>,
) -> bool {
    let component = member.referenced_component();
    match effect {
        Effect::Member | Effect::Map => false,
        Effect::Past => component.concept().is_some() && presence != Presence::Active,
        Effect::Language => component.description().is_some() && presence != Presence::NoConcept,
        Effect::DescriptionReason => {
            let Some(description) = component.description() else { return false };
            if presence == Presence::NoConcept {
                return false;
            }
            presence == Presence::One || changed_state(about.descriptions(description.id()))
        }
    }
}

/// Whether a row of a language reference set that came, went or changed leaves what is said of its
/// description as it was, because another row says it too.
fn has_no_effect(
    about: &About<'_, '_>,
    effect: Effect,
    presence: Presence,
    (before, after): (Option<Member<'_>>, Option<Member<'_>>),
) -> bool {
    let Some(member) = after.or(before) else { return false };
    if effect != Effect::Language || presence == Presence::One {
        return false;
    }
    let Component::Description(description) = member.referenced_component() else { return false };
    let refset = member.refset().id();
    match about.descriptions(description.id()) {
        (Some(old), Some(new)) if old.is_active() == new.is_active() => {
            said(old, refset) == said(new, refset)
        }
        _ => false,
    }
}
