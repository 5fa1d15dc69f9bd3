//! Asking everything.

use farr::{Description, Sctid, Snomed};

use crate::digest::Digest;
use crate::{hierarchy, history, names, refsets, search};

/// How much is asked, so that a hostile file cannot ask for more.
///
/// A file decides how many concepts it has and how many rows each of them; these numbers decide
/// how many are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Concepts that are asked everything.
    pub concepts: usize,
    /// Rows of each list of a concept.
    pub rows: usize,
    /// Ways up from a concept.
    pub paths: usize,
    /// Terms that are searched for.
    pub searches: usize,
}

impl Limits {
    /// Everything that a small index has.
    pub const SMALL: Limits = Limits { concepts: 5_000, rows: 2_000, paths: 20, searches: 40 };
    /// A little of everything: for thousands of damaged files one after the other.
    pub const BRIEF: Limits = Limits { concepts: 64, rows: 64, paths: 4, searches: 6 };

    /// Every which concept is asked, so that those asked are of all kinds.
    fn step(self, concepts: usize) -> usize {
        concepts.div_ceil(self.concepts.max(1)).max(1)
    }
}

/// The digest of all answers.
pub fn answers(snomed: Snomed<'_>, limits: Limits) -> u64 {
    let mut digest = Digest::default();
    let meta = snomed.meta();
    digest.add(meta.to_text());
    digest.add((snomed.concept_count(), snomed.active_concept_count()));
    digest.add(snomed.root().map(farr::Concept::id));
    let step = limits.step(snomed.concept_count());
    for concept in snomed.concepts().step_by(step).take(limits.concepts) {
        digest.add((concept.id(), concept.is_active()));
        // By the id as well as by the handle.
        digest.add(snomed.concept(concept.id()) == Some(concept));
        digest.add((concept.module(), concept.effective_time(), concept.semantic_tag()));
        digest.add(format!("{:?}", concept.definition_status()));
        names::ask(snomed, concept, limits, &mut digest);
        hierarchy::ask(snomed, concept, limits, &mut digest);
        attributes(concept, limits, &mut digest);
        history::ask(snomed, concept, limits, &mut digest);
        refsets::ask_concept(concept, limits, &mut digest);
    }
    refsets::ask(snomed, limits, &mut digest);
    search::ask(snomed, limits, &mut digest);
    strangers(snomed, &mut digest);
    digest.finish()
}

/// Ids that the release most likely does not have.
fn strangers(snomed: Snomed<'_>, digest: &mut Digest) {
    for value in [1, 100_005, 999_999_999_999_999_999, 1 << 40] {
        let Some(id) = Sctid::as_published(value) else { continue };
        digest.add(snomed.concept(id).is_some());
        digest.add(snomed.description(id).map(Description::id));
        digest.add(snomed.subsumes(id, farr::snomed::constants::ROOT).is_ok());
    }
}

fn attributes(concept: farr::Concept<'_>, limits: Limits, digest: &mut Digest) {
    digest.add(concept.attributes().len());
    for attribute in concept.attributes().take(limits.rows) {
        digest.add((attribute.group, attribute.attribute_type, attribute.is_inferred));
        digest.add((attribute.characteristic_type, format!("{:?}", attribute.value)));
    }
    for group in concept.role_groups().take(limits.rows) {
        digest.add((group.number, group.attributes().len()));
        for attribute in group.attributes().take(limits.rows) {
            digest.add(attribute.attribute_type);
        }
    }
    // Collecting makes room for as many as the iterator says there are.
    let collected: Vec<_> = concept.attributes().collect();
    digest.add(collected.len());
}
