//! How long does it take to list, or count, all concepts below one?
#![allow(missing_docs)]

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::index::Verification;

fn descendants(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    // Concepts whose sets have about forty members on average.
    let concepts: Vec<_> = common::workload("descendants.txt")
        .lines()
        .filter_map(|line| snomed.concept(line.trim().parse().ok()?))
        .collect();
    let mut group = criterion.benchmark_group("descendants");
    group.throughput(Throughput::Elements(concepts.len() as u64));
    group.bench_function("as ids", |bencher| {
        let sum = |concept: &farr::Concept<'_>| {
            concept.descendants().ids().fold(0_u64, |sum, id| sum.wrapping_add(id.value()))
        };
        bencher.iter(|| concepts.iter().map(sum).fold(0, u64::wrapping_add));
    });
    group.bench_function("counted", |bencher| {
        bencher.iter(|| concepts.iter().map(|c| c.descendants().len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, descendants);
criterion_main!(benches);
