//! History supplements: the inactive concepts whose associations lead to what was found.

use crate::snomed::{Code, OrdinalSet, Snomed, raw_association};

use super::budget::Budget;
use super::hierarchy::Answer;
use super::plan::Profile;

/// Concepts for each concept with an association that leads to it, about.
const SPARSE: usize = 4;

/// The concepts that an inactive concept is supplemented for: those that its active associations
/// in the refsets of a profile lead to.
pub(super) fn successors(snomed: Snomed<'_>, ordinal: u32, profile: &Profile) -> Vec<u32> {
    if ordinal < snomed.active_count() {
        return Vec::new();
    }
    let end = ordinal.saturating_add(1);
    let forward = snomed.raw_associations(ordinal).iter();
    let backward = snomed.raw_inverse_associations_of_run(ordinal, end).iter();
    let one = |entry: &[u8; 6], wanted: &dyn Fn(u16) -> bool| {
        let (code, refset) = raw_association(*entry);
        match Code::of(code) {
            Code::Concept(other) if wanted(refset) => Some(other),
            _ => None,
        }
    };
    let ahead = forward.filter_map(|entry| one(entry, &|refset| profile.refsets.contains(&refset)));
    let behind =
        backward.filter_map(|entry| one(entry, &|refset| profile.reversed == Some(refset)));
    ahead.chain(behind).collect()
}

/// A set, and the inactive concepts from which an association of a profile leads to one of it. One
/// step, as the specification says.
pub(super) fn supplemented<'t>(
    snomed: Snomed<'t>,
    inner: OrdinalSet<'t>,
    profile: &Profile,
    budget: &mut Budget<'_>,
) -> Answer<'t> {
    budget.spend(inner.len().saturating_mul(SPARSE))?;
    let active = snomed.active_count();
    let mut found: Vec<u32> = Vec::new();
    inner.each_run(|start, end| {
        let mut take = |entries: &[[u8; 6]], wanted: &dyn Fn(u16) -> bool| {
            for entry in entries {
                let (code, refset) = raw_association(*entry);
                if let Code::Concept(other) = Code::of(code)
                    && other >= active
                    && wanted(refset)
                {
                    found.push(other);
                }
            }
        };
        let backward = snomed.raw_inverse_associations_of_run(start, end);
        take(backward, &|refset| profile.refsets.contains(&refset));
        if let Some(reversed) = profile.reversed {
            let forward = snomed.raw_associations_of_run(start, end);
            take(forward, &|refset| refset == reversed);
        }
    });
    budget.spend(found.len())?;
    let count = found.len();
    let older = OrdinalSet::from_many(found.into_iter(), count, snomed.ordinal_count());
    Ok(inner.union(&older))
}
