//! Holds the refsets of an index against the rows of the files.

use std::collections::{BTreeMap, BTreeSet};

use farr::snomed::{Component, Member, Refset};
use farr::{Sctid, Snomed};

use super::model::{Columns, Model, number};

/// A row as published: id, time, active, module, refset, component, and the others with their
/// names.
type Row = (Vec<String>, Vec<(String, String)>);

fn sctid(text: &str) -> Sctid {
    Sctid::as_published(number(text)).expect("a number that can be an SCTID")
}

/// What the files have of each refset.
fn expected(model: &Model) -> BTreeMap<u64, Vec<Row>> {
    let mut refsets: BTreeMap<u64, Vec<Row>> = BTreeMap::new();
    for (names, row) in model.refset_rows.values() {
        let mut base: Columns = row[..6].to_vec();
        base[0] = base[0].to_lowercase();
        base[1].truncate(8);
        let others = names.iter().skip(6).zip(row.iter().skip(6));
        let others = others.map(|(name, value)| (name.clone(), value.clone())).collect();
        refsets.entry(number(&row[4])).or_default().push((base, others));
    }
    refsets
}

/// A row as the index has it.
fn found(member: Member<'_>) -> Row {
    let base = vec![
        member.id().to_string().to_lowercase(),
        member.effective_time().map_or(String::new(), |time| time.to_string()),
        u8::from(member.is_active()).to_string(),
        member.module().expect("every row has a module").to_string(),
        member.refset().id().to_string(),
        member.referenced_component().to_string(),
    ];
    let others: Vec<(String, String)> =
        member.fields().map(|(name, value)| (name.to_owned(), value.to_string())).collect();
    for (name, value) in &others {
        let by_name = member.field(name).expect("the field is there");
        assert_eq!(by_name.to_string(), *value);
        if let Some(text) = by_name.text() {
            assert!(text == value.as_str() && text != format!("{value}x").as_str());
            assert_eq!(text.to_cow(), value.as_str());
        }
    }
    (base, others)
}

/// Holds all refsets against the model.
pub(crate) fn compare(snomed: Snomed<'_>, model: &Model) {
    let expected = expected(model);
    let ids: Vec<u64> = snomed.refsets().map(|refset| refset.id().value()).collect();
    assert_eq!(ids, expected.keys().copied().collect::<Vec<_>>());
    let mut refsets_of: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for (refset, rows) in snomed.refsets().zip(expected.values()) {
        assert_eq!(snomed.refset(refset.id()), Some(refset));
        let all = refset.members().chain(refset.inactive_members());
        let mut found: Vec<Row> = all.map(found).collect();
        let mut rows = rows.clone();
        found.sort();
        rows.sort();
        assert_eq!(found.len(), rows.len(), "{refset:?}");
        for (found, row) in found.iter().zip(&rows) {
            assert_eq!(found, row, "{refset:?}");
        }
        let active: Vec<&Row> = rows.iter().filter(|row| row.0[2] == "1").collect();
        assert_eq!(refset.len(), active.len());
        assert_eq!(refset.members().len(), active.len());
        assert_eq!(refset.inactive_len(), rows.len() - active.len());
        either_end(refset);
        by_component(snomed, refset, &active);
        by_value(snomed, refset, &active);
        for row in &active {
            let component = number(&row.0[5]);
            if model.concepts.contains_key(&component) {
                refsets_of.entry(component).or_default().insert(refset.id().value());
            }
        }
    }
    for concept in snomed.concepts() {
        let id = concept.id().value();
        let listed: Vec<u64> = concept.refsets().map(|refset| refset.id().value()).collect();
        let expected: Vec<u64> = refsets_of.remove(&id).unwrap_or_default().into_iter().collect();
        assert_eq!(listed, expected, "refsets of {id}");
        for refset in snomed.refsets() {
            assert_eq!(refset.contains(concept), expected.contains(&refset.id().value()));
            assert_eq!(refset.contains(concept), refset.contains_by_search(concept));
        }
    }
    assert!(refsets_of.is_empty());
    associations(snomed);
    identifiers(snomed, model);
}

/// The rows from the front and from the back are the same.
fn either_end(refset: Refset<'_>) {
    let rows = |members: farr::snomed::Members<'_>| -> Vec<String> {
        members.map(|member| member.id().to_string()).collect()
    };
    let forward = rows(refset.members());
    let mut backward: Vec<String> =
        refset.members().rev().map(|member| member.id().to_string()).collect();
    backward.reverse();
    assert_eq!(forward, backward);
    let mut members = refset.members();
    let mut both = Vec::new();
    let mut tail = Vec::new();
    while let Some(front) = members.next() {
        both.push(front.id().to_string());
        tail.extend(members.next_back().map(|member| member.id().to_string()));
        assert_eq!(members.len(), forward.len() - both.len() - tail.len());
    }
    both.extend(tail.into_iter().rev());
    assert_eq!(both, forward);
    for step in [0, 1, 2, forward.len() / 2, forward.len()] {
        let passed = refset.members().nth(step).map(|member| member.id().to_string());
        assert_eq!(passed.as_ref(), forward.get(step));
        let mut members = refset.members();
        let from_back = members.next_back().map(|member| member.id().to_string());
        assert_eq!(from_back.as_ref(), forward.last());
        let expected = forward.get(step).filter(|_| step + 1 < forward.len());
        let passed = members.nth(step).map(|member| member.id().to_string());
        assert_eq!(passed.as_ref(), expected);
    }
}

fn by_component(snomed: Snomed<'_>, refset: Refset<'_>, active: &[&Row]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    active.iter().for_each(|row| *counts.entry(&row.0[5]).or_default() += 1);
    let kinds = refset.component_kinds();
    let mut seen = [false; 3];
    for (id, count) in &counts {
        let component = snomed.component(sctid(id));
        let members = refset.members_of(component);
        assert_eq!(members.len(), *count, "{refset:?} {id}");
        assert!(members.into_iter().all(|member| member.referenced_component() == component));
        // The id alone finds the same.
        assert_eq!(refset.members_of(Component::Other(sctid(id))).len(), *count);
        match component {
            Component::Concept(_) => seen[0] = true,
            Component::Description(_) => seen[1] = true,
            _ => seen[2] = true,
        }
    }
    assert_eq!(seen, [kinds.concepts, kinds.descriptions, kinds.others], "{refset:?}");
    let concepts: BTreeSet<u64> = refset.concepts().map(|concept| concept.id().value()).collect();
    assert_eq!(concepts.len(), refset.concepts().len());
    let expected = counts.keys().map(|id| number(id));
    let expected = expected.filter(|id| snomed.concept(sctid(&id.to_string())).is_some());
    assert_eq!(concepts, expected.collect());
    assert_eq!(refset.members_of(Component::Other(sctid("100009"))).len(), 0);
}

fn by_value(snomed: Snomed<'_>, refset: Refset<'_>, active: &[&Row]) {
    let mut values: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (name, value) in active.iter().flat_map(|row| &row.1) {
        *values.entry((name, value)).or_default() += 1;
    }
    for ((name, value), count) in values {
        let members = match name {
            "targetComponentId" if !value.is_empty() => {
                refset.members_with_target(snomed.component(sctid(value)))
            }
            "mapTarget" | "mapSource" => refset.members_with_text(name, value),
            _ => {
                assert!(refset.members_with_text(name, value).is_none());
                continue;
            }
        };
        let members = members.expect("rows are stored by this field");
        assert_eq!(members.len(), count, "{refset:?} {name} {value}");
        for member in members {
            assert_eq!(member.field(name).expect("the field is there").to_string(), value);
        }
    }
}

fn associations(snomed: Snomed<'_>) {
    let mut forward = BTreeSet::new();
    let mut inverse = BTreeSet::new();
    for concept in snomed.concepts() {
        for association in concept.associations() {
            let members = association.refset.members_of(concept.into());
            let target = |member: Member<'_>| {
                let target = member.field("targetComponentId").expect("it is an association");
                target.component() == Some(association.target)
            };
            assert!(members.into_iter().any(target));
            if let Some(target) = association.target.concept() {
                forward.insert((concept.id(), association.refset.id(), target.id()));
            }
        }
        for association in concept.inverse_associations() {
            let source = association.target.id().expect("it starts from a concept");
            inverse.insert((source, association.refset.id(), concept.id()));
        }
    }
    assert_eq!(forward, inverse);
    let top = farr::snomed::constants::HISTORICAL_ASSOCIATION;
    let below = snomed.concept(top).map(|top| top.descendants_or_self());
    let mut expected = BTreeSet::new();
    for refset in snomed.refsets() {
        let historical = match (&below, refset.concept()) {
            (Some(below), Some(concept)) => below.contains(concept),
            _ => {
                let mut fields = refset.fields();
                let first = fields.next().map(|field| field.name());
                first == Some("targetComponentId") && fields.next().is_none()
            }
        };
        for member in refset.members().filter(|_| historical) {
            let target = member.field("targetComponentId").and_then(|value| value.component());
            if let (Component::Concept(source), Some(Component::Concept(target))) =
                (member.referenced_component(), target)
            {
                expected.insert((source.id(), refset.id(), target.id()));
            }
        }
    }
    assert_eq!(forward, expected);
}

fn identifiers(snomed: Snomed<'_>, model: &Model) {
    let mut expected: Vec<Vec<String>> = model.identifiers.values().cloned().collect();
    let all = snomed.alternate_identifiers().map(|found| {
        vec![
            found.identifier().to_owned(),
            found.effective_time().map_or(String::new(), |time| time.to_string()),
            u8::from(found.is_active()).to_string(),
            found.module().expect("every row has a module").to_string(),
            found.scheme().to_string(),
            found.component().to_string(),
        ]
    });
    let mut all: Vec<Vec<String>> = all.collect();
    all.sort();
    expected.sort();
    assert_eq!(all, expected);
    for row in expected.iter().filter(|row| row[2] == "1") {
        let found = snomed.alternate_identifier(sctid(&row[4]), &row[0]);
        assert_eq!(found.expect("it is there").to_string(), row[5]);
        assert!(snomed.alternate_identifier(sctid(&row[4]), "no such identifier").is_none());
        if let Some(concept) = snomed.concept(sctid(&row[5])) {
            assert!(concept.alternate_identifiers().any(|found| found.identifier() == row[0]));
        }
    }
    let of_concepts: usize = snomed.concepts().map(|c| c.alternate_identifiers().count()).sum();
    let concepts = expected.iter().filter(|row| snomed.concept(sctid(&row[5])).is_some());
    assert_eq!(of_concepts, concepts.count());
}
