//! Asking where a concept belongs.

use farr::{Concept, Sctid, Snomed};

use crate::answers::Limits;
use crate::digest::Digest;

/// Asks for the neighbours of a concept, near and far, and how it stands to them.
pub(crate) fn ask(snomed: Snomed<'_>, concept: Concept<'_>, limits: Limits, digest: &mut Digest) {
    let mut neighbours: Vec<Concept<'_>> = Vec::new();
    for list in [concept.parents(), concept.children(), concept.ancestors()] {
        digest.add(list.len());
        // Collecting makes room for as many as the iterator says there are.
        let all: Vec<Concept<'_>> = list.collect();
        digest.add(all.len());
        for neighbour in all.iter().take(limits.rows) {
            digest.add(neighbour.id());
        }
        neighbours.extend(all.iter().take(4));
        neighbours.extend(all.last());
    }
    concept.missing_parents().take(limits.rows).for_each(|id| digest.add(id));
    for set in [concept.descendants(), concept.descendants_or_self()] {
        digest.add((set.len(), set.is_empty(), set.contains(concept)));
        // All of them, not the first few: how many there are is for the file to say, and must
        // be bounded by what it holds.
        digest.add(set.iter().count());
        for below in set.iter().take(limits.rows) {
            digest.add((below.id(), set.contains(below)));
        }
        set.ids().take(limits.rows).for_each(|id| digest.add(id));
        neighbours.extend(set.iter().take(4));
    }
    let placed = concept.placed();
    digest.add(placed.is_some());
    let id = concept.id();
    let pairs: Vec<(Sctid, Sctid)> =
        neighbours.iter().flat_map(|other| [(id, other.id()), (other.id(), id)]).collect();
    for neighbour in neighbours {
        digest.add((concept.is_a(neighbour), neighbour.is_a(concept)));
        digest.add(format!(
            "{:?} {:?}",
            snomed.subsumes(id, neighbour.id()),
            snomed.subsumes(neighbour.id(), id)
        ));
        if let (Some(placed), Some(other)) = (placed, neighbour.placed()) {
            digest.add((placed.is_a(other), placed.subsumes(other)));
        }
    }
    digest.add(format!("{:?}", snomed.subsumes_many(&pairs)));
    for path in concept.paths_to_root().take(limits.paths) {
        path.into_iter().take(limits.rows).for_each(|step| digest.add(step.id()));
    }
}
