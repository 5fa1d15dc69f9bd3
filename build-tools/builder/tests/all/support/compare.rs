//! An index against the model of the same release.

use std::collections::{BTreeMap, BTreeSet};

use farr::snomed::{Acceptability, AttributeValue, NotClassified, Subsumption, Unclassified};
use farr::{Concept, Sctid, Snomed};

use super::model::{Hierarchy, Model, number};
use farr_exercise::Random;

fn id(value: u64) -> Sctid {
    Sctid::as_published(value).expect("a release holds numbers of 18 digits at most")
}

fn values(ids: impl Iterator<Item = Sctid>) -> Vec<u64> {
    ids.map(Sctid::value).collect()
}

fn set(ids: impl Iterator<Item = Sctid>) -> BTreeSet<u64> {
    let all: Vec<u64> = values(ids);
    let set: BTreeSet<u64> = all.iter().copied().collect();
    assert_eq!(all.len(), set.len(), "one stands twice");
    set
}

fn date(column: &str) -> Option<u32> {
    (!column.is_empty()).then(|| number(column) as u32)
}

/// Everything that an index says, but for the search.
pub(crate) fn compare(snomed: Snomed<'_>, model: &Model) {
    super::refsets::compare(snomed, model);
    assert_eq!(snomed.concept_count(), model.concepts.len());
    let all = set(snomed.concepts().ids());
    assert_eq!(all, model.concepts.keys().copied().collect());
    let active = model.concepts.values().filter(|row| row[2] == "1").count();
    assert_eq!(snomed.active_concept_count(), active);
    for (concept, row) in &model.concepts {
        let found = snomed.concept(id(*concept)).expect("the release has it");
        assert_eq!(found.is_active(), row[2] == "1", "{concept}");
        assert_eq!(found.effective_time(), date(&row[1]), "{concept}");
        assert_eq!(found.module().map(Sctid::value), Some(number(&row[3])), "{concept}");
        let status = format!("{:?}", found.definition_status().expect("there is one"));
        let expected = match row[4].as_str() {
            "900000000000073002" => "Defined",
            "900000000000074008" => "Primitive",
            other => panic!("{concept}: {other} is no definition status"),
        };
        assert_eq!(status, expected, "{concept}");
    }
    descriptions(snomed, model);
    hierarchy(snomed, model);
    attributes(snomed, model);
}

fn descriptions(snomed: Snomed<'_>, model: &Model) {
    let acceptabilities = model.acceptabilities();
    let mut by_concept: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    let nothing = BTreeMap::new();
    for (description, row) in &model.descriptions {
        let found = snomed.description(id(*description)).expect("the release has it");
        by_concept.entry(number(&row[4])).or_default().insert(*description);
        assert_eq!(found.id().value(), *description);
        assert_eq!(found.term(), row[7], "{description}");
        assert_eq!(found.is_active(), row[2] == "1", "{description}");
        assert_eq!(found.effective_time(), date(&row[1]), "{description}");
        assert_eq!(found.module().map(Sctid::value), Some(number(&row[3])), "{description}");
        assert_eq!(found.language(), row[5], "{description}");
        assert_eq!(found.concept_id().map(Sctid::value), Some(number(&row[4])), "{description}");
        let concept = found.concept().map(|concept| concept.id().value());
        let known = model.concepts.contains_key(&number(&row[4]));
        assert_eq!(concept, known.then(|| number(&row[4])), "{description}");
        let kind = match row[6].as_str() {
            "900000000000003001" => "FullySpecifiedName",
            "900000000000013009" => "Synonym",
            "900000000000550004" => "TextDefinition",
            other => panic!("{description}: {other} is no type"),
        };
        assert_eq!(format!("{:?}", found.description_type()), kind, "{description}");
        let case = match row[8].as_str() {
            "900000000000017005" => "EntireTermCaseSensitive",
            "900000000000020002" => "InitialCharacterCaseInsensitive",
            "900000000000448009" => "EntireTermCaseInsensitive",
            other => panic!("{description}: {other} is no case significance"),
        };
        assert_eq!(format!("{:?}", found.case_significance()), case, "{description}");
        let said: BTreeMap<u64, bool> = found
            .acceptabilities()
            .map(|(refset, said)| (refset.value(), said == Acceptability::Preferred))
            .collect();
        assert_eq!(&said, acceptabilities.get(description).unwrap_or(&nothing), "{description}");
    }
    for concept in snomed.concepts() {
        let expected = by_concept.remove(&concept.id().value()).unwrap_or_default();
        let found = set(concept.descriptions().map(|description| description.id()));
        assert_eq!(found, expected, "{concept:?}");
        assert!(concept.descriptions().is_sorted_by_key(|description| !description.is_active()));
    }
}

fn hierarchy(snomed: Snomed<'_>, model: &Model) {
    let walked = Hierarchy::of(model);
    let rows = model.is_a_rows();
    let mut named: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    let mut turned: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for (child, parent) in rows {
        named.entry(child).or_default().insert(parent);
        turned.entry(parent).or_default().insert(child);
    }
    let none = BTreeSet::new();
    let mut all: Vec<Concept<'_>> = Vec::new();
    for concept in snomed.concepts() {
        let at = concept.id().value();
        let parents = set(concept.parents().ids().chain(concept.missing_parents()));
        assert_eq!(&parents, named.get(&at).unwrap_or(&none), "{at}");
        assert!(concept.missing_parents().all(|id| snomed.concept(id).is_none()));
        let children = set(concept.children().ids());
        let known = |child: &&u64| model.concepts.contains_key(child);
        let expected = turned.get(&at).unwrap_or(&none).iter().filter(known).copied().collect();
        assert_eq!(children, expected, "{at}");
        assert_eq!(set(concept.ancestors().ids()), walked.ancestors(at), "{at}");
        let below = walked.descendants(at);
        assert_eq!(concept.descendants().len(), below.len(), "{at}");
        assert_eq!(set(concept.descendants().ids()), below, "{at}");
        assert_eq!(concept.descendants_or_self().len(), below.len() + 1, "{at}");
        assert_eq!(concept.placed().is_some(), walked.placed.contains(&at), "{at}");
        all.push(concept);
    }
    pairs(snomed, model, &walked, &all);
}

/// Subsumption of all pairs where they are few, and of many of them where not.
fn pairs(snomed: Snomed<'_>, model: &Model, walked: &Hierarchy, all: &[Concept<'_>]) {
    let ancestors: Vec<BTreeSet<u64>> =
        all.iter().map(|concept| walked.ancestors(concept.id().value())).collect();
    let mut random = Random::new(all.len() as u64);
    let mut sampled: Vec<(usize, usize)> = match all.len() {
        few @ 0..=150 => (0..few).flat_map(|one| (0..few).map(move |two| (one, two))).collect(),
        many => (0..20_000).map(|_| (random.below(many), random.below(many))).collect(),
    };
    // Of pairs by chance few are above one another, so each concept's next of kin as well.
    for (one, concept) in all.iter().enumerate() {
        let next = concept.ancestors().next();
        let place = next.and_then(|next| all.iter().position(|other| *other == next));
        sampled.extend(place.map(|two| (two, one)));
    }
    let asked: Vec<(Sctid, Sctid)> =
        sampled.iter().map(|(one, two)| (all[*one].id(), all[*two].id())).collect();
    let many = snomed.subsumes_many(&asked);
    for ((one, two), at_once) in sampled.into_iter().zip(many) {
        let (general, specific) = (all[one].id().value(), all[two].id().value());
        let unclassified = |concept: u64| match () {
            () if walked.placed.contains(&concept) => None,
            () if model.is_active(concept) => Some(Unclassified::Unplaced),
            () => Some(Unclassified::Inactive),
        };
        let expected = if general == specific {
            Subsumption::Equivalent
        } else if ancestors[two].contains(&general) {
            Subsumption::Subsumes
        } else if ancestors[one].contains(&specific) {
            Subsumption::SubsumedBy
        } else {
            match (unclassified(general), unclassified(specific)) {
                (None, None) => Subsumption::NotSubsumed,
                (general, specific) => {
                    Subsumption::NotClassified(NotClassified { general, specific })
                }
            }
        };
        assert_eq!(
            snomed.subsumes(id(general), id(specific)),
            Ok(expected),
            "{general} {specific}"
        );
        assert_eq!(at_once, Ok(expected), "{general} {specific}");
        let sure = match (expected, unclassified(specific)) {
            (Subsumption::Equivalent | Subsumption::Subsumes, _) => Some(true),
            (_, None) if model.is_active(general) => Some(false),
            _ => None,
        };
        assert_eq!(all[two].is_a(all[one]), sure, "{specific} is a {general}");
        let held = all[one].descendants().contains(all[two]);
        assert_eq!(held, expected == Subsumption::Subsumes, "{general} {specific}");
    }
}

fn attributes(snomed: Snomed<'_>, model: &Model) {
    let mut expected = model.attributes();
    for concept in snomed.concepts() {
        let rows: Vec<_> = concept
            .attributes()
            .map(|attribute| {
                let value = match attribute.value {
                    AttributeValue::Concept(value) => value.id().to_string(),
                    AttributeValue::Missing(value) => value.to_string(),
                    AttributeValue::Concrete(value) => value.to_string(),
                };
                let kind = attribute.attribute_type.value();
                (attribute.group, kind, value, attribute.characteristic_type.value())
            })
            .collect();
        assert!(rows.is_sorted_by_key(|(group, _, _, _)| *group), "{concept:?}");
        let groups: usize = concept.role_groups().map(|group| group.attributes().len()).sum();
        assert_eq!(groups, rows.len(), "{concept:?}");
        let numbers: Vec<u16> = concept.role_groups().map(|group| group.number).collect();
        assert!(numbers.is_sorted_by(|one, two| one < two), "{concept:?}: {numbers:?}");
        let expected = expected.remove(&concept.id().value()).unwrap_or_default();
        assert_eq!(rows.len(), expected.len(), "{concept:?}");
        assert_eq!(rows.into_iter().collect::<BTreeSet<_>>(), expected, "{concept:?}");
    }
    // What is left belongs to concepts that the release does not have.
    assert!(expected.keys().all(|concept| !model.concepts.contains_key(concept)));
}
