//! Reading and writing codes of ICD-10 and OPCS-4, and asking ranges of them.
//!
//! ```sh
//! cargo bench --bench icd10_code
//! ```

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::id::{Icd10CmCode, Icd10Range, MarkedIcd10Code};
use farr::{Icd10Code, Opcs4Code};
use std::hint::black_box;

/// Codes in a batch that fits the cache.
const COUNT: u64 = 16 * 1024;

fn one(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("icd10-parse");
    for (name, text) in [
        ("category", "I10"),
        ("dotted", "E11.9"),
        ("undotted", "E119"),
        ("data-set", "I10X- "),
        ("fifth", "M45.X0"),
        ("refused-word", "MERGER"),
        ("refused-special", "#NC"),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| Icd10Code::parse(black_box(text)));
        });
    }
    group.bench_function("marked", |bencher| {
        bencher.iter(|| MarkedIcd10Code::parse(black_box("A170D")));
    });
    group.bench_function("icd-10-cm", |bencher| {
        bencher.iter(|| Icd10CmCode::parse(black_box("S52.521A")));
    });
    group.bench_function("opcs-4", |bencher| {
        bencher.iter(|| Opcs4Code::parse(black_box("X38.4")));
    });
    group.finish();
}

fn many(criterion: &mut Criterion) {
    let texts = mixed_spellings();
    let codes: Vec<Icd10Code> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    assert_eq!(codes.len(), texts.len(), "every spelling is read");
    let mut group = criterion.benchmark_group("icd10-mixed");
    group.throughput(Throughput::Elements(COUNT)).sample_size(20);
    group.bench_function("parse", |bencher| {
        bencher
            .iter(|| texts.iter().filter(|text| Icd10Code::parse(black_box(text)).is_ok()).count());
    });
    group.bench_function("dotted", |bencher| {
        bencher.iter(|| codes.iter().map(|code| black_box(code).dotted().len()).sum::<usize>());
    });
    let diabetes = Icd10Range::parse("E10-E14").expect("a range");
    group.bench_function("range-contains", |bencher| {
        bencher.iter(|| codes.iter().filter(|code| diabetes.contains(*black_box(*code))).count());
    });
    group.bench_function("chapter", |bencher| {
        bencher.iter(|| codes.iter().filter(|code| black_box(code).chapter().is_some()).count());
    });
    group.finish();
}

/// Codes of every length in every spelling, in no order that a branch could be guessed by.
fn mixed_spellings() -> Vec<String> {
    let mut state = 1_u64;
    let mut below = |count: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % count
    };
    (0..COUNT)
        .map(|_| {
            let letter = char::from(b'A' + below(26) as u8);
            let (category, fourth, fifth) = (below(100), below(10), below(10));
            match below(8) {
                0 => format!("{letter}{category:02}"),
                1 => format!("{letter}{category:02}X"),
                2 => format!("{letter}{category:02}X-"),
                3 | 4 => format!("{letter}{category:02}.{fourth}"),
                5 => format!("{letter}{category:02}{fourth}"),
                6 => format!("{letter}{category:02}{fourth}{fifth}"),
                _ => format!("{letter}{category:02}.X{fifth}"),
            }
        })
        .collect()
}

criterion_group!(benches, one, many);
criterion_main!(benches);
