//! How long does it take to know whether a concept is in a refset, and to read a refset's rows?
#![allow(missing_docs)]

mod common;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::Concept;
use farr::index::Verification;
use farr::snomed::Refset;

const PAIRS: usize = 100_000;

fn refset(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let refsets: Vec<Refset<'_>> = snomed.refsets().collect();
    let ids = common::random_ids(snomed, PAIRS);
    let mut numbers = common::Numbers::new();
    let pairs: Vec<(Concept<'_>, Refset<'_>)> = ids
        .iter()
        .filter_map(|id| Some((snomed.concept(*id)?, refsets[numbers.below(refsets.len())])))
        .collect();
    let largest = refsets.iter().copied().max_by_key(|refset| refset.concepts().len());
    let largest = largest.expect("the release has refsets");

    let mut group = criterion.benchmark_group("refset");
    group.throughput(Throughput::Elements(pairs.len() as u64));
    group.bench_function("contains, by the concept's list", |bencher| {
        bencher.iter(|| pairs.iter().filter(|(concept, refset)| refset.contains(*concept)).count());
    });
    group.bench_function("contains, by a search in the refset", |bencher| {
        bencher.iter(|| {
            pairs.iter().filter(|(concept, refset)| refset.contains_by_search(*concept)).count()
        });
    });
    group.bench_function("contains of the largest, by the concept's list", |bencher| {
        bencher.iter(|| pairs.iter().filter(|(concept, _)| largest.contains(*concept)).count());
    });
    group.bench_function("contains of the largest, by a search in the refset", |bencher| {
        bencher.iter(|| {
            pairs.iter().filter(|(concept, _)| largest.contains_by_search(*concept)).count()
        });
    });
    group.bench_function("refsets of a concept", |bencher| {
        bencher.iter(|| pairs.iter().map(|(concept, _)| concept.refsets().len()).sum::<usize>());
    });
    group.bench_function("rows of a concept in a refset", |bencher| {
        bencher.iter(|| {
            let of = |(concept, refset): &(Concept<'_>, Refset<'_>)| {
                refset.members_of((*concept).into()).len()
            };
            pairs.iter().map(of).sum::<usize>()
        });
    });
    group.throughput(Throughput::Elements(largest.len() as u64));
    group.bench_function("every row of the largest refset, with its component", |bencher| {
        bencher.iter(|| {
            for member in largest.members() {
                black_box(member.referenced_component());
            }
        });
    });
    group.finish();
}

criterion_group!(benches, refset);
criterion_main!(benches);
