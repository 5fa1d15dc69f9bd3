//! Reading what a scanner sends: a medicine pack in each form, and a GTIN alone.
//!
//! ```sh
//! cargo bench --bench gs1
//! ```

use criterion::{Criterion, criterion_group, criterion_main};
use farr::Gtin;
use farr::id::gs1::Scan;
use std::hint::black_box;

fn scans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scan");
    for (name, text) in [
        ("medicine-pack", "]d2010501261701984417271130\u{1d}10AB1234\u{1d}21X77K2M9P4QW1"),
        ("medicine-pack-caret", "010501261701984417271130^]10AB1234^]21X77K2M9P4QW1"),
        ("medicine-pack-bracketed", "(01)05012617019844(17)271130(10)AB1234(21)X77K2M9P4QW1"),
        (
            "medicine-pack-digital-link",
            "https://id.gs1.org/01/05012617019844/10/AB1234/21/X77K2M9P4QW1?17=271130",
        ),
        ("gtin-alone", "]E05012617019844"),
        ("wrong-check-digit", "]d2010501261701984517271130\u{1d}10AB1234"),
    ] {
        group.bench_function(name, |bencher| bencher.iter(|| Scan::parse(black_box(text))));
    }
    group.finish();
}

fn gtins(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("gtin");
    group.bench_function("parse", |bencher| {
        bencher.iter(|| Gtin::parse(black_box("5012617019844")))
    });
    let gtin = Gtin::as_published(5_012_617_019_844).expect("14 digits at most");
    group.bench_function("digits", |bencher| bencher.iter(|| black_box(gtin).digits()));
    group.finish();
}

criterion_group!(benches, scans, gtins);
criterion_main!(benches);
