//! Rows of what is not there: relationships of a concept that is not active, and descriptions of one
//! that no release has.
//!
//! They make nothing, and an index has them all the same. So they are told as the rows that they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::SnomedComparison;
use super::about::About;
use super::descriptions;
use crate::diff::{Change, ChangeKind};
use crate::id::Sctid;
use crate::snomed::constants::{INFERRED, IS_A};
use crate::snomed::{AttributeValue, Concept, Snomed};

/// A release's record of an id, a concept of that release or not.
type Record<'t> = Option<Concept<'t>>;

/// Tells of the rows of all ids that rows name, and that are a concept of neither release.
pub(super) fn tell(comparison: &SnomedComparison<'_>, emit: &mut dyn FnMut(Change)) {
    let (old, new) = (comparison.sides.old, comparison.sides.new);
    let (records, records_now) = (missing(old), missing(new));
    let ids: BTreeSet<Sctid> = records.keys().chain(records_now.keys()).copied().collect();
    let is_known = |id| old.concept(id).is_some() || new.concept(id).is_some();
    for id in ids.into_iter().filter(|id| !is_known(*id)) {
        let about = About { comparison, id, is_other: false };
        let both = (records.get(&id).copied(), records_now.get(&id).copied());
        descriptions::tell_strays(&about, both, emit);
        tell_relationships(&about, both, emit);
    }
}

/// The records of the ids that rows name and a release does not have.
fn missing(snomed: Snomed<'_>) -> BTreeMap<Sctid, Concept<'_>> {
    let ordinals = snomed.layout.concept_count..snomed.layout.total;
    let records = ordinals.map(|ordinal| Concept { snomed, ordinal });
    records.filter_map(|record| Some((snomed.id(record.ordinal)?, record))).collect()
}

/// Tells of the active relationships of a concept that is active in neither release.
pub(super) fn tell_relationships(
    about: &About<'_, '_>,
    (old, new): (Record<'_>, Record<'_>),
    emit: &mut dyn FnMut(Change),
) {
    let (before, after) = (relationships(old), relationships(new));
    let mut tell = |kind, attribute_type: Sctid, before, after| {
        emit(about.change(kind).of(attribute_type.to_string()).from_to(before, after));
    };
    for (attribute_type, value) in before.difference(&after) {
        tell(ChangeKind::RelationshipRetired, *attribute_type, Some(value.clone()), None);
    }
    for (attribute_type, value) in after.difference(&before) {
        tell(ChangeKind::RelationshipAdded, *attribute_type, None, Some(value.clone()));
    }
}

/// The type of each relationship, and what it says: the value, the role group where it is in one, and
/// the characteristic type where it is not inferred.
fn relationships(record: Record<'_>) -> BTreeSet<(Sctid, String)> {
    let Some(record) = record else { return BTreeSet::new() };
    let id = |ordinal: &[u8; 4]| record.snomed.id(u32::from_le_bytes(*ordinal));
    let parents = record.raw_parents().iter().filter_map(id);
    let mut all: BTreeSet<(Sctid, String)> =
        parents.map(|parent| (IS_A, parent.to_string())).collect();
    for attribute in record.attributes() {
        let mut value = match attribute.value {
            AttributeValue::Concept(value) => value.id().to_string(),
            AttributeValue::Missing(value) => value.to_string(),
            AttributeValue::Concrete(value) => value.to_string(),
        };
        // A string takes whatever is written.
        if attribute.group != 0 {
            let _ = write!(value, " (group {})", attribute.group);
        }
        if attribute.characteristic_type != INFERRED {
            let _ = write!(value, " [{}]", attribute.characteristic_type);
        }
        all.insert((attribute.attribute_type, value));
    }
    all
}
