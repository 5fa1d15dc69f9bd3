//! How long does it take from an id to a concept, to its term, to its whole card?
#![allow(missing_docs)]

mod common;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::index::Verification;
use farr::snomed::AttributeValue;
use farr::{Concept, Dialect};

const IDS: usize = 100_000;

/// Everything a concept card shows, as a number that the compiler cannot do without.
fn card(concept: Concept<'_>) -> usize {
    let term = |concept: Concept<'_>| {
        concept.preferred_term(Dialect::NHS_CLINICAL).map_or(0, |term| term.text().len())
    };
    let descriptions: usize = concept
        .descriptions()
        .map(|description| description.term().len() + description.acceptabilities().count())
        .sum();
    let attributes: usize = concept
        .attributes()
        .map(|attribute| match attribute.value {
            AttributeValue::Concept(value) => term(value),
            _ => 1,
        })
        .sum();
    term(concept)
        + descriptions
        + attributes
        + concept.parents().map(term).sum::<usize>()
        + concept.children().len()
        + concept.descendants().len()
        + usize::from(concept.module().is_some())
        + usize::from(concept.effective_time().is_some())
        + usize::from(concept.definition_status().is_some())
        + concept.semantic_tag().map_or(0, str::len)
}

fn lookup(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let ids = common::random_ids(snomed, IDS);
    let concepts: Vec<Concept<'_>> = ids.iter().filter_map(|id| snomed.concept(*id)).collect();
    let mut group = criterion.benchmark_group("lookup");
    group.throughput(Throughput::Elements(IDS as u64));
    group.bench_function("id to concept", |bencher| {
        bencher.iter(|| ids.iter().filter(|id| snomed.concept(**id).is_some()).count());
    });
    group.bench_function("id to preferred term", |bencher| {
        let length =
            |id| snomed.concept(id)?.preferred_term(Dialect::NHS_CLINICAL).map(|t| t.text().len());
        bencher.iter(|| ids.iter().filter_map(|id| length(*id)).sum::<usize>());
    });
    group.bench_function("concept card", |bencher| {
        bencher.iter(|| concepts.iter().map(|concept| card(*concept)).sum::<usize>());
    });
    group.throughput(Throughput::Elements(1000));
    let descriptions: Vec<_> = concepts
        .iter()
        .take(1000)
        .filter_map(|concept| Some(concept.descriptions().next()?.id()))
        .collect();
    group.bench_function("description id to concept", |bencher| {
        bencher.iter(|| {
            for id in &descriptions {
                black_box(snomed.description(*id).and_then(|found| found.concept()));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
