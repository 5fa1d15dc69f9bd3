//! Asking what became of a concept.

use farr::snomed::{HistoryProfile, constants};
use farr::{Concept, Snomed};

use crate::answers::Limits;
use crate::digest::Digest;

/// Asks for what stands in the place of a concept, what it stands in for, and why.
pub(crate) fn ask(snomed: Snomed<'_>, concept: Concept<'_>, limits: Limits, digest: &mut Digest) {
    let successors = concept.successors();
    digest.add((successors.code(), successors.all().len(), successors.dead_ends().len()));
    for successor in successors.all().iter().take(limits.rows) {
        let path = successor.path();
        digest.add((successor.concept().id(), successor.weakest(), path.len()));
        path.iter().take(limits.rows).for_each(|hop| digest.add((hop.kind(), hop.target.id())));
    }
    for end in successors.dead_ends().iter().take(limits.rows) {
        digest.add((end.component().id(), end.reason(), end.path().len()));
    }
    concept.moved_to().take(limits.rows).for_each(|namespace| digest.add(namespace.id()));
    let predecessors = concept.predecessors();
    digest.add(predecessors.len());
    for predecessor in predecessors.iter().take(limits.rows) {
        digest.add((predecessor.concept().id(), predecessor.weakest(), predecessor.path().len()));
    }
    digest.add(format!("{:?}", concept.inactivation_reason()));
    for description in concept.descriptions().take(limits.rows) {
        digest.add(format!("{:?}", description.inactivation_reason()));
        digest.add(description.refers_to().take(limits.rows).count());
    }
    digest.add((snomed.has_substitution_table(), snomed.has_query_table()));
    for row in concept.substitutions().take(limits.rows) {
        digest.add((row.old_id(), row.concept().id(), row.path(), row.iterations()));
        digest.add((row.is_ambiguous(), row.is_same_top_level()));
        digest.add((row.is_same_name_without_tag(), row.is_same_tag()));
    }
    for above in concept.query_table_supertypes().take(limits.rows) {
        digest.add((above.concept.id(), above.provenance));
    }
    let these = [constants::SAME_AS, constants::ALTERNATIVE];
    for profile in [
        HistoryProfile::Minimum,
        HistoryProfile::Moderate,
        HistoryProfile::Maximum,
        HistoryProfile::These(&these),
    ] {
        let found = snomed.subsumes_with_history(constants::ROOT, concept.id(), profile);
        digest.add(format!("{found:?}"));
        digest.add(snomed.root().map(|root| concept.is_a_with_history(root, profile)));
        digest.add(concept.descendants_with_history(profile).len());
        let set = concept.descendants_or_self_with_history(profile);
        digest.add((set.len(), set.contains(concept)));
    }
}
