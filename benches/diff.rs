//! How long does it take to tell what changed between two releases, as a whole and for some codes?
//!
//! `FARR_BENCH_NEXT` is the index of the newer release; without it a release is compared with itself,
//! which finds nothing, and has to look at everything all the same.
#![allow(missing_docs)]

mod common;

use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::Sctid;
use farr::diff::SnomedComparison;
use farr::index::Verification;

/// Codes of a list that somebody keeps.
const LISTED: usize = 5_000;

fn diff(criterion: &mut Criterion) {
    let old = common::terminology(Verification::Full);
    let next = std::env::var_os("FARR_BENCH_NEXT").map(PathBuf::from);
    let new = match next {
        Some(next) => common::mapped(&next, Verification::Full),
        None => common::terminology(Verification::Full),
    };
    let (old, new) = (old.snomed().expect("SNOMED CT"), new.snomed().expect("SNOMED CT"));
    let comparison = SnomedComparison::new(old, new);
    let ids = comparison.concept_ids();
    let listed: Vec<Sctid> =
        ids.iter().step_by((ids.len() / LISTED).max(1)).take(LISTED).copied().collect();
    let mut group = criterion.benchmark_group("two releases");
    group.sample_size(10);
    group.bench_function("made ready", |bencher| {
        bencher.iter(|| SnomedComparison::new(old, new).concept_ids().len());
    });
    group.throughput(Throughput::Elements(listed.len() as u64));
    group.bench_function("changes of the codes of a list", |bencher| {
        bencher.iter(|| {
            let mut changes = 0_u64;
            listed.iter().for_each(|id| comparison.changes_of(*id, &mut |_| changes += 1));
            changes
        });
    });
    group.throughput(Throughput::Elements(ids.len() as u64));
    group.bench_function("all changes, on one core", |bencher| {
        bencher.iter(|| {
            let mut changes = 0_u64;
            comparison.changes(&mut |_| changes += 1);
            changes
        });
    });
    group.finish();
}

criterion_group!(benches, diff);
criterion_main!(benches);
