//! Reference sets as such, and how their rows are told of.

use std::collections::BTreeMap;

use super::SnomedComparison;
use super::about::About;
use super::sides::Sides;
use crate::diff::{Change, ChangeKind};
use crate::id::Sctid;
use crate::map::{PublishedMap, SimpleMap};
use crate::snomed::{AssociationKind, Refset, Snomed, constants};

/// What the rows of a reference set do, beyond that they are rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing that is told of otherwise.
    Member,
    /// They make a map.
    Map,
    /// They say what terms are preferred and acceptable.
    Language,
    /// They say why an inactive concept is inactive, and what it leads to.
    Past,
    /// They say why a description is inactive.
    DescriptionReason,
}

/// The effect of each reference set of both releases.
pub(super) fn effects(sides: &Sides<'_>) -> BTreeMap<Sctid, Effect> {
    let mut effects = BTreeMap::new();
    for snomed in [sides.old, sides.new] {
        effects.extend(snomed.refsets().map(|refset| (refset.id(), effect(snomed, refset))));
    }
    for snomed in [sides.old, sides.new] {
        let maps = snomed.published_maps().map(|map: PublishedMap<'_>| map.refset());
        let maps = maps.chain(snomed.simple_maps().map(SimpleMap::refset));
        effects.extend(maps.map(|refset| (refset.id(), Effect::Map)));
        effects.extend(snomed.language_refsets().map(|id| (id, Effect::Language)));
    }
    effects
}

fn effect(snomed: Snomed<'_>, refset: Refset<'_>) -> Effect {
    let id = refset.id();
    let is_historical = || {
        let above = snomed.concept(constants::HISTORICAL_ASSOCIATION)?;
        refset.concept()?.is_a(above)
    };
    match id {
        constants::CONCEPT_INACTIVATION_INDICATOR => Effect::Past,
        constants::DESCRIPTION_INACTIVATION_INDICATOR => Effect::DescriptionReason,
        _ if AssociationKind::of(id) != AssociationKind::Other => Effect::Past,
        _ if is_historical() == Some(true) => Effect::Past,
        _ => Effect::Member,
    }
}

/// Tells of the reference sets that have active rows in one release alone.
pub(super) fn tell(comparison: &SnomedComparison<'_>, emit: &mut dyn FnMut(Change)) {
    for id in comparison.effects.keys().copied() {
        tell_one(comparison, id, emit);
    }
}

/// Tells of one reference set whether it has active rows in one release alone. Gives whether it has any
/// in either.
pub(super) fn tell_one(
    comparison: &SnomedComparison<'_>,
    id: Sctid,
    emit: &mut dyn FnMut(Change),
) -> bool {
    let rows = |snomed: Snomed<'_>| snomed.refset(id).map_or(0, Refset::len);
    let (before, after) = (rows(comparison.sides.old), rows(comparison.sides.new));
    let kind = match (before, after) {
        (0, 1..) => ChangeKind::RefsetAdded,
        (1.., 0) => ChangeKind::RefsetRemoved,
        (before, _) => return before > 0,
    };
    let count = |rows: usize| Some(format!("rows={rows}"));
    let about = About { comparison, id, is_other: false };
    emit(about.change(kind).of(id.to_string()).from_to(count(before), count(after)));
    true
}
