//! How long does it take to say whether one concept is another?
#![allow(missing_docs)]

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::Subsumption;
use farr::index::Verification;

const PAIRS: usize = 1_000_000;

fn subsumption(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let pairs = common::random_pairs(snomed, PAIRS);
    let placed: Vec<_> = pairs
        .iter()
        .filter_map(|(general, specific)| {
            Some((snomed.concept(*general)?.placed()?, snomed.concept(*specific)?.placed()?))
        })
        .collect();
    let mut group = criterion.benchmark_group("subsumption of a million random pairs");
    group.sample_size(20);
    group.throughput(Throughput::Elements(PAIRS as u64));
    group.bench_function("by handle", |bencher| {
        bencher.iter(|| placed.iter().filter(|(one, other)| other.is_a(*one)).count());
    });
    group.bench_function("from two ids, many at once", |bencher| {
        bencher.iter(|| {
            let answers = snomed.subsumes_many(&pairs);
            answers.iter().filter(|answer| **answer == Ok(Subsumption::Subsumes)).count()
        });
    });
    group.bench_function("from two ids, each waiting for the last", |bencher| {
        bencher.iter(|| {
            let mut at = 0;
            for _ in 0..PAIRS {
                let (general, specific) = pairs[at];
                let answer = snomed.subsumes(general, specific);
                let turn = usize::from(answer != Ok(Subsumption::NotSubsumed));
                // The next pair depends on the answer to this one.
                at = (at * 7 + 13 + turn) % PAIRS;
            }
            at
        });
    });
    group.finish();
}

criterion_group!(benches, subsumption);
criterion_main!(benches);
