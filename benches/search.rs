//! How long does a search take, as a person types it?
#![allow(missing_docs)]

mod common;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::index::Verification;

fn search(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let workload = common::workload("search.tsv");
    let mut group = criterion.benchmark_group("search, ten hits");
    for kind in ["prefix1", "prefix2", "prefix3", "exact", "typo1"] {
        let queries: Vec<&str> = workload
            .lines()
            .filter_map(|line| line.strip_prefix(kind)?.split('\t').nth(1))
            .collect();
        group.throughput(Throughput::Elements(queries.len() as u64));
        group.bench_function(kind, |bencher| {
            bencher.iter(|| {
                for query in &queries {
                    black_box(snomed.search(query).limit(10).run());
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
