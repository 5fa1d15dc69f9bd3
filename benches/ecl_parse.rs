//! How long does it take to read an expression constraint?
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use farr::ecl::Ecl;

const EXPRESSIONS: [(&str, &str); 6] = [
    ("descendants", "<< 24700007"),
    ("with a term", "<< 24700007 |Plumosis of the lobe|"),
    ("three operands", "<< 24700007 AND << 64572001 AND ^ 447562003"),
    ("an attribute", "< 64572001 |Ailment| : 363698007 |Place of it| = << 24700007 |Lobe|"),
    (
        "two groups",
        "< 404684003 : { 363698007 = << 24700007, 116676008 = << 64572001 }, \
         { 363698007 = << 24700007, 116676008 = << 64572001 }",
    ),
    ("filters", "< 64572001 {{ term = \"plume lob\", language = en, type = (syn fsn) }}"),
];

fn ecl_parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse ECL");
    for (name, text) in EXPRESSIONS {
        group.bench_function(name, |bencher| bencher.iter(|| Ecl::parse(black_box(text))));
    }
    group.finish();
    let read = Ecl::parse(EXPRESSIONS[4].1).expect("it is an expression");
    criterion.bench_function("print ECL", |bencher| bencher.iter(|| black_box(&read).to_string()));
}

criterion_group!(benches, ecl_parse);
criterion_main!(benches);
