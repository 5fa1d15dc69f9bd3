//! Whose ids a release has.

use std::collections::{HashMap, HashSet};

use crate::coding::validator::Validator;
use crate::id::Sctid;
use crate::snomed::Snomed;

/// The concept above those that stand for namespaces, 370136006 |Namespace concept|.
const NAMESPACE: Sctid = Sctid::concept_constant(370_136_006);

/// The namespaces of which a release has concepts, and what it calls those that it has a name for.
#[derive(Debug)]
pub(in crate::coding) struct Namespaces {
    present: HashSet<u32>,
    owners: HashMap<u32, Box<str>>,
}

impl Namespaces {
    fn of(snomed: Snomed<'_>) -> Namespaces {
        let present = snomed.concepts().ids().filter_map(Sctid::namespace).collect();
        let concepts = snomed.concept(NAMESPACE).map(|top| top.descendants());
        let mut owners = HashMap::new();
        for concept in concepts.iter().flat_map(|set| set.iter()) {
            // "Extension Namespace {1000000} (namespace concept)", the owner being in a synonym.
            let descriptions = concept.descriptions().filter(|d| d.is_active());
            let terms: Vec<&str> = descriptions.map(|description| description.term()).collect();
            let Some(number) = terms.iter().find_map(|term| number_in(term)) else { continue };
            let named = terms.iter().find(|term| number_in(term).is_none() && !term.is_empty());
            if let Some(term) = named.or_else(|| terms.first()) {
                owners.insert(number, Box::from(*term));
            }
        }
        Namespaces { present, owners }
    }

    /// Whether the release has a concept of a namespace.
    pub(super) fn has(&self, number: u32) -> bool {
        self.present.contains(&number)
    }

    /// What the release calls the owner of a namespace.
    pub(super) fn owner(&self, number: u32) -> Option<&str> {
        self.owners.get(&number).map(AsRef::as_ref)
    }
}

/// The seven digits of a namespace in a term.
fn number_in(term: &str) -> Option<u32> {
    let runs = term.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 7).find_map(|run| run.parse().ok())
}

impl Validator<'_> {
    /// Looks through all ids, the first time that one is unknown.
    pub(super) fn known_namespaces(&self) -> &Namespaces {
        self.namespaces.get_or_init(|| match self.snomed() {
            Some(snomed) => Namespaces::of(snomed),
            None => Namespaces { present: HashSet::new(), owners: HashMap::new() },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_is_seven_digits_in_a_term() {
        let term = "Extension Namespace {1000124} (namespace concept)";
        assert_eq!(number_in(term), Some(1_000_124));
        assert_eq!(number_in("Extension Namespace 100012"), None);
    }
}
