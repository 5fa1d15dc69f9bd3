//! How long does it take to say what to use now for an inactive concept?
#![allow(missing_docs)]

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::Concept;
use farr::index::Verification;
use farr::snomed::{HistoryProfile, Successors};

const ASKED: usize = 100_000;

fn history(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let inactive: Vec<Concept<'_>> =
        snomed.concepts().filter(|concept| !concept.is_active()).collect();
    assert!(!inactive.is_empty(), "a release without inactive concepts");
    let mut pick = common::Numbers::new();
    let random: Vec<Concept<'_>> =
        (0..ASKED).map(|_| inactive[pick.below(inactive.len())]).collect();
    let direct: Vec<Concept<'_>> = random
        .iter()
        .copied()
        .filter(|concept| match concept.successors() {
            Successors::One(successor) => successor.path().len() == 1,
            _ => false,
        })
        .collect();
    let mut group = criterion.benchmark_group("history of random inactive concepts");
    group.sample_size(20);
    group.throughput(Throughput::Elements(direct.len() as u64));
    group.bench_function("successors, one hop", |bencher| {
        bencher.iter(|| direct.iter().filter_map(|one| one.successors().one()).count());
    });
    group.throughput(Throughput::Elements(ASKED as u64));
    group.bench_function("successors, all kinds", |bencher| {
        bencher.iter(|| random.iter().map(|one| one.successors().all().len()).sum::<usize>());
    });
    group.bench_function("reason", |bencher| {
        bencher.iter(|| random.iter().filter_map(|one| one.inactivation_reason()).count());
    });
    let root = snomed.root().expect("a root");
    group.bench_function("is it below the root, with history", |bencher| {
        let is = |one: &Concept<'_>| one.is_a_with_history(root, HistoryProfile::Moderate);
        bencher.iter(|| random.iter().filter(|one| is(one) == Some(true)).count());
    });
    let ends: Vec<Concept<'_>> = direct.iter().filter_map(|one| one.successors().one()).collect();
    group.throughput(Throughput::Elements(ends.len() as u64));
    group.bench_function("predecessors", |bencher| {
        bencher.iter(|| ends.iter().map(|one| one.predecessors().len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, history);
criterion_main!(benches);
