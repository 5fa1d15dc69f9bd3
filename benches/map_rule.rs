//! How long does it take to read a rule of the map, to evaluate it, and to select among rows?
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use farr::Sctid;
use farr::map::{Age, MapRow, MapRule, Patient, Sex, Truth, select};

const RULES: [(&str, &str); 6] = [
    ("always", "TRUE"),
    ("otherwise", "OTHERWISE TRUE"),
    ("sex", "IFA 248152002 | Female (finding) |"),
    ("age", "IFA 445518008 | Age at onset of clinical finding (observable entity) | < 28.0 days"),
    (
        "ages",
        "IFA 445518008 | Age at onset of clinical finding (observable entity) | >= 12.0 years AND \
         IFA 445518008 | Age at onset of clinical finding (observable entity) | < 19.0 years",
    ),
    ("finding", "IFA 90979004 | Chronic tonsillitis (disorder) |"),
];

fn is_a(_: Sctid, _: Sctid) -> Truth {
    Truth::False
}

fn row<'r>(group: u32, priority: u32, rule: &'r str, target: &'r str) -> MapRow<'r> {
    MapRow::new((group, priority), MapRule::as_published(rule), target)
}

fn map_rule(criterion: &mut Criterion) {
    let tonsillitis = Sctid::parse("101009").expect("it is an identifier");
    let known =
        Patient::new().sex(Sex::Male).age_at_onset(Age::years(41)).has(tonsillitis).complete();
    let unknown = Patient::new();

    let mut group = criterion.benchmark_group("read a map rule");
    for (name, text) in RULES {
        group.bench_function(name, |bencher| {
            bencher.iter(|| MapRule::as_published(black_box(text)));
        });
    }
    group.finish();

    for (whose, patient) in [("known", &known), ("unknown", &unknown)] {
        let mut group = criterion.benchmark_group(format!("evaluate a map rule, {whose} patient"));
        for (name, text) in RULES {
            let rule = MapRule::as_published(text);
            group.bench_function(name, |bencher| {
                bencher.iter(|| black_box(&rule).truth(black_box(patient), is_a));
            });
        }
        group.finish();
    }

    let rows = [
        row(1, 1, RULES[2].1, "N94.8"),
        row(1, 2, RULES[3].1, "P39.9"),
        row(1, 3, "OTHERWISE TRUE", "R10.2"),
        row(2, 1, "TRUE", "T63.4"),
    ];
    let mut group = criterion.benchmark_group("select among four map rows");
    for (name, patient) in [("targets", &known), ("candidates", &unknown)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| select(black_box(&rows), black_box(patient), is_a));
        });
    }
    group.finish();
    criterion.bench_function("age in years", |bencher| {
        bencher.iter(|| Age::years(black_box(41)));
    });
    criterion.bench_function("age in days", |bencher| {
        bencher.iter(|| Age::days(black_box(15_000)));
    });
}

criterion_group!(benches, map_rule);
criterion_main!(benches);
