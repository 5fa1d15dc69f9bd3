//! How long do reading a code of ICD-10 and finding its rubric take?
//!
//! ```sh
//! FARR_BENCH_SCALE=1.0 cargo bench --bench classification
//! ```
#![allow(missing_docs)]

mod common;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::Icd10Code;
use farr::classification::Rubric;
use farr::id::{Icd10Range, MarkedIcd10Code};
use farr::index::Verification;

const ASKED: usize = 100_000;

fn classification(criterion: &mut Criterion) {
    let terminology = common::icd10_terminology(Verification::Full);
    let icd10 = terminology.icd10().expect("ICD-10");
    let codes: Vec<Icd10Code> = icd10.codes().filter_map(Rubric::code).collect();
    let mut numbers = common::Numbers::new();
    let codes: Vec<Icd10Code> = (0..ASKED).map(|_| codes[numbers.below(codes.len())]).collect();
    let padded: Vec<String> = codes.iter().map(|code| code.padded().to_string()).collect();

    let mut group = criterion.benchmark_group("icd10");
    group.throughput(Throughput::Elements(ASKED as u64));
    group.bench_function("rubric by code", |bencher| {
        bencher.iter(|| codes.iter().filter_map(|code| icd10.rubric(*code)).count());
    });
    let rubric = |text: &String| {
        let code = MarkedIcd10Code::parse(text).ok()?.code();
        icd10.rubric(code)
    };
    group.bench_function("read a code, and its rubric", |bencher| {
        bencher.iter(|| padded.iter().filter_map(rubric).count());
    });
    group.bench_function("read a code, and its title", |bencher| {
        let length = |text: &String| rubric(text).map(|rubric| rubric.title().len());
        bencher.iter(|| padded.iter().filter_map(length).sum::<usize>());
    });
    group.bench_function("rubric by code, to its category", |bencher| {
        let category = |code: &Icd10Code| icd10.rubric(*code)?.category();
        bencher.iter(|| codes.iter().filter_map(category).count());
    });
    group.finish();

    let range: Icd10Range = "E10-E14".parse().expect("a range");
    criterion.bench_function("icd10/codes of a range", |bencher| {
        bencher.iter(|| icd10.in_range(black_box(range)).count());
    });
    let words: Vec<&str> = icd10.codes().step_by(97).map(Rubric::title).collect();
    let mut group = criterion.benchmark_group("icd10 search");
    group.throughput(Throughput::Elements(words.len() as u64));
    group.bench_function("first word of a title", |bencher| {
        let first = |title: &&str| {
            let word = title.split(' ').next().unwrap_or_default();
            icd10.search(word).run().hits().len()
        };
        bencher.iter(|| words.iter().map(first).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, classification);
criterion_main!(benches);
