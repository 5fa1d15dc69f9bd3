//! How long does an index take to open?
#![allow(missing_docs)]

mod common;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use farr::index::Verification;

fn open(criterion: &mut Criterion) {
    common::index();
    let mut group = criterion.benchmark_group("open");
    group.bench_function("mapped, verified on first use", |bencher| {
        bencher.iter(|| black_box(common::terminology(Verification::FirstUse)));
    });
    group.sample_size(10);
    group.bench_function("mapped, verified in full", |bencher| {
        bencher.iter(|| black_box(common::terminology(Verification::Full)));
    });
    group.finish();
}

criterion_group!(benches, open);
criterion_main!(benches);
