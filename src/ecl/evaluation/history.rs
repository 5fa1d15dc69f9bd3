//! History supplements: the inactive concepts whose associations lead to what was found.

use crate::snomed::{Code, OrdinalSet, Snomed, raw_association};

use super::budget::Budget;
use super::hierarchy::Answer;

/// Concepts for each concept with an association that leads to it, about.
const SPARSE: usize = 4;

/// The concepts that the active associations of a concept in these refsets lead to.
pub(super) fn targets<'t, 'r>(
    snomed: Snomed<'t>,
    ordinal: u32,
    refsets: &'r [u16],
) -> impl Iterator<Item = u32> + use<'t, 'r> {
    snomed.raw_associations(ordinal).iter().filter_map(move |entry| {
        let (code, refset) = raw_association(*entry);
        match Code::of(code) {
            Code::Concept(target) if refsets.contains(&refset) => Some(target),
            _ => None,
        }
    })
}

/// A set, and the concepts from which an association in these refsets leads to one of it. One step,
/// as the specification says.
pub(super) fn supplemented<'t>(
    snomed: Snomed<'t>,
    inner: OrdinalSet<'t>,
    refsets: &[u16],
    budget: &mut Budget<'_>,
) -> Answer<'t> {
    budget.spend(inner.len().saturating_mul(SPARSE))?;
    let mut found: Vec<u32> = Vec::new();
    inner.each_run(|start, end| {
        for entry in snomed.raw_inverse_associations_of_run(start, end) {
            let (code, refset) = raw_association(*entry);
            if let Code::Concept(source) = Code::of(code)
                && refsets.contains(&refset)
            {
                found.push(source);
            }
        }
    });
    budget.spend(found.len())?;
    let count = found.len();
    let older = OrdinalSet::from_many(found.into_iter(), count, snomed.ordinal_count());
    Ok(inner.union(&older))
}
