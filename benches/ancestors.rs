//! How long does it take to list all concepts above one?
#![allow(missing_docs)]

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::index::Verification;

const CONCEPTS: usize = 10_000;

fn ancestors(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let pairs = common::random_pairs(snomed, CONCEPTS);
    let concepts: Vec<_> = pairs.iter().filter_map(|(id, _)| snomed.concept(*id)).collect();
    let mut group = criterion.benchmark_group("ancestors");
    group.throughput(Throughput::Elements(CONCEPTS as u64));
    group.bench_function("as ids", |bencher| {
        let sum = |concept: &farr::Concept<'_>| {
            concept.ancestors().ids().fold(0_u64, |sum, id| sum.wrapping_add(id.value()))
        };
        bencher.iter(|| concepts.iter().map(sum).fold(0, u64::wrapping_add));
    });
    group.finish();
}

criterion_group!(benches, ancestors);
criterion_main!(benches);
