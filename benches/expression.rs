//! How long does it take to read an expression, and to bring it into normal form?
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use farr::Expression;

const EXPRESSIONS: [(&str, &str); 4] = [
    ("a concept", "24700007"),
    ("a concept with a term", "24700007 |Plumosis of the lobe|"),
    ("an attribute", "64572001 |Ailment| : 363698007 |Place of it| = 24700007 |Lobe|"),
    (
        "two groups and a nested expression",
        "64572001 + 404684003 : { 363698007 = 24700007, 116676008 = 64572001 }, \
         { 363698007 = (24700007 : 272741003 = 7771000), 246112005 = #2.50 }",
    ),
];

fn expression(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse expression");
    for (name, text) in EXPRESSIONS {
        group.bench_function(name, |bencher| bencher.iter(|| Expression::parse(black_box(text))));
    }
    group.finish();
    let read = Expression::parse(EXPRESSIONS[3].1).expect("it is an expression");
    criterion.bench_function("normal form of an expression", |bencher| {
        bencher.iter(|| black_box(&read).normal_form());
    });
}

criterion_group!(benches, expression);
criterion_main!(benches);
