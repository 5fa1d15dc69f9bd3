//! Concepts by id, their terms and their cards.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::hint::black_box;
use std::path::Path;

use anyhow::Result;
use farr::snomed::AttributeValue;
use farr::{Concept, Dialect, Sctid, Snomed};
use serde_json::{Value, json};

use crate::peer_graph::Multiply;
use crate::random::Random;
use crate::release::workload;
use crate::rounds::{contender, measure};

const LOOKUPS: usize = 1_000_000;

/// Asks farr for the concepts of the workload; of the first `sample`, also tells what was found, to
/// be held against what contenders in other processes find.
pub fn run(snomed: Snomed<'_>, work: &Path, sample: usize, rounds: usize) -> Result<Value> {
    let text = workload(work, "ids.txt")?;
    let ids = text.lines().map(str::parse).collect::<Result<Vec<Sctid>, _>>()?;
    let mut all: Vec<Sctid> = snomed.concepts().map(Concept::id).collect();
    Random::new(11).shuffle(&mut all);
    all.truncate(LOOKUPS);
    let mut table: HashMap<u64, bool, BuildHasherDefault<Multiply>> = HashMap::default();
    table.extend(snomed.concepts().map(|concept| (concept.id().value(), concept.is_active())));

    let sampled = &ids[..sample.min(ids.len())];
    let figures = vec![
        measure(
            "SCTID to concept",
            rounds,
            all.len(),
            vec![
                contender("farr", || {
                    let found = all.iter().filter_map(|id| snomed.concept(black_box(*id)));
                    found.filter(|concept| concept.is_active()).count() as u64
                }),
                contender("hash table in memory", || {
                    let found = all.iter().filter_map(|id| table.get(&black_box(*id).value()));
                    found.filter(|active| **active).count() as u64
                }),
            ],
        ),
        alone("SCTID to preferred term", rounds, &ids, |id| preferred(snomed, id)),
        alone("SCTID to whole card", rounds, &ids, |id| card(snomed, id)),
    ];
    Ok(json!({
        "figures": figures,
        "sample": {
            "ids": sampled.len(),
            "active": sum(sampled, |id| u64::from(snomed.concept(id).is_some_and(Concept::is_active))),
            "preferred": sum(sampled, |id| preferred(snomed, id)),
            "card": sum(sampled, |id| card(snomed, id)),
        },
    }))
}

fn alone(figure: &str, rounds: usize, ids: &[Sctid], ask: impl Fn(Sctid) -> u64) -> Value {
    measure(figure, rounds, ids.len(), vec![contender("farr", || sum(ids, &ask))])
}

fn sum(ids: &[Sctid], ask: impl Fn(Sctid) -> u64) -> u64 {
    ids.iter().map(|id| ask(black_box(*id))).sum()
}

/// Reads every byte of the text: to be shown it has to be read.
fn touch(text: &str) -> u64 {
    black_box(text.bytes().fold(0_u8, |seen, byte| seen ^ byte));
    text.len() as u64
}

fn preferred(snomed: Snomed<'_>, id: Sctid) -> u64 {
    snomed.concept(id).map_or(0, shown)
}

fn shown(concept: Concept<'_>) -> u64 {
    concept.preferred_term(Dialect::NHS_CLINICAL).map_or(0, |term| touch(term.text()))
}

/// Everything a card shows: the concept, its descriptions with what each language refset says of
/// them, parents with their terms, children, attributes with the terms of type and value.
fn card(snomed: Snomed<'_>, id: Sctid) -> u64 {
    let Some(concept) = snomed.concept(id) else { return 0 };
    black_box((concept.is_active(), concept.module(), concept.effective_time()));
    black_box((concept.definition_status(), concept.semantic_tag()));
    let mut seen = shown(concept);
    for description in concept.descriptions() {
        black_box((description.id(), description.description_type(), description.is_active()));
        seen += touch(description.term());
        seen += black_box(description.acceptabilities().count()) as u64;
    }
    for parent in concept.parents() {
        black_box(parent.id());
        seen += shown(parent);
    }
    for child in concept.children() {
        black_box(child.id());
        seen += 1;
    }
    for attribute in concept.attributes() {
        seen += preferred(snomed, attribute.attribute_type);
        seen += match attribute.value {
            AttributeValue::Concept(value) => shown(value),
            AttributeValue::Concrete(value) => {
                black_box(value);
                1
            }
            AttributeValue::Missing(_) => 0,
        };
    }
    seen
}
