//! Asking what a concept is called.

use farr::{Concept, Description, Dialect, Snomed};

use crate::answers::Limits;
use crate::digest::Digest;

/// Asks for every name of a concept, in every dialect.
pub(crate) fn ask(snomed: Snomed<'_>, concept: Concept<'_>, limits: Limits, digest: &mut Digest) {
    digest.add(concept.descriptions().len());
    let descriptions: Vec<Description<'_>> = concept.descriptions().collect();
    for description in descriptions.into_iter().take(limits.rows) {
        ask_description(snomed, description, limits, digest);
    }
    digest.add(concept.fully_specified_name().map(|name| (name.id(), name.term())));
    digest.add(concept.synonyms().take(limits.rows).count());
    digest.add(concept.text_definitions().take(limits.rows).count());
    let mut dialects = vec![Dialect::NHS_CLINICAL, Dialect::NHS_PHARMACY, Dialect::GB, Dialect::US];
    // The dialect of no refset at all: what is shown then is found in other ways.
    dialects.push(Dialect::refset(farr::snomed::constants::ROOT));
    for dialect in dialects {
        let term = concept.preferred_term(dialect);
        digest.add(term.map(|term| (term.text().to_owned(), term.description().id())));
        digest.add(format!("{:?}", term.map(|term| term.source())));
    }
}

fn ask_description(
    snomed: Snomed<'_>,
    description: Description<'_>,
    limits: Limits,
    digest: &mut Digest,
) {
    digest.add((description.id(), description.term(), description.is_active()));
    digest.add((description.module(), description.effective_time(), description.language()));
    digest.add(format!(
        "{:?} {:?}",
        description.description_type(),
        description.case_significance()
    ));
    for (refset, acceptability) in description.acceptabilities().take(limits.rows) {
        digest.add((refset, format!("{acceptability:?}")));
    }
    for dialect in [Dialect::NHS_CLINICAL, Dialect::GB, Dialect::US] {
        digest.add(format!("{:?}", description.acceptability(dialect)));
    }
    digest.add((description.concept().map(Concept::id), description.concept_id()));
    let found = snomed.description(description.id());
    digest.add(found.map(|found| (found.id(), found.term())));
}
