//! Rates of the identifiers: NHS numbers in batches and from text beside the plain loop over the
//! digits, and SCTIDs as a builder checks them beside the recipe of the standard.
//!
//! ```sh
//! cargo bench --bench nhs_number
//! ```

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::id::{Component, NhsNumber, Sctid, verhoeff};
use std::hint::black_box;

/// Numbers in a batch that fits the cache, so that what is measured is the check.
const IN_CACHE: u64 = 16 * 1024;
/// Numbers in a batch that does not.
const IN_MEMORY: u64 = 4 * 1024 * 1024;
/// Lines of text.
const LINES: u64 = 1024 * 1024;

fn batches(criterion: &mut Criterion) {
    for (name, count) in [("batch-in-cache", IN_CACHE), ("batch-in-memory", IN_MEMORY)] {
        let digits = mixed_digits(count);
        let mut valid = vec![0_u64; digits.len() / 10 / 64];
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(count)).sample_size(20);
        group.bench_function("validate_batch", |bencher| {
            bencher.iter(|| NhsNumber::validate_batch(black_box(&digits), &mut valid));
        });
        group.bench_function("count_valid", |bencher| {
            bencher.iter(|| NhsNumber::count_valid(black_box(&digits)));
        });
        group.bench_function("scalar-loop", |bencher| {
            bencher.iter(|| scalar_batch(black_box(&digits), &mut valid));
        });
        group.finish();
    }
}

/// One letter in every 64 numbers: the batch that gains least from blocks.
fn dirty_batch(criterion: &mut Criterion) {
    let mut digits = mixed_digits(IN_CACHE);
    for block in digits.chunks_mut(640) {
        block[321] = b'O';
    }
    let mut valid = vec![0_u64; digits.len() / 10 / 64];
    let mut group = criterion.benchmark_group("batch-with-letters");
    group.throughput(Throughput::Elements(IN_CACHE)).sample_size(20);
    group.bench_function("validate_batch", |bencher| {
        bencher.iter(|| NhsNumber::validate_batch(black_box(&digits), &mut valid));
    });
    group.bench_function("scalar-loop", |bencher| {
        bencher.iter(|| scalar_batch(black_box(&digits), &mut valid));
    });
    group.finish();
}

fn text(criterion: &mut Criterion) {
    let numbers: Vec<NhsNumber> = NhsNumber::test_numbers(1).cycle().take(LINES as usize).collect();
    let plain: String = numbers.iter().map(|number| format!("{:010}\n", number.value())).collect();
    let grouped: String = numbers.iter().map(|number| format!("{number}\r\n")).collect();
    let mixed: Vec<u8> =
        mixed_digits(LINES).chunks(10).flat_map(|digits| [digits, b"\n"].concat()).collect();
    let mut group = criterion.benchmark_group("lines");
    group.throughput(Throughput::Elements(LINES)).sample_size(20);
    for (name, text) in [
        ("ten-digits", plain.as_bytes()),
        ("groups-crlf", grouped.as_bytes()),
        ("half-invalid", &mixed),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| NhsNumber::lines(black_box(text)).filter(Result::is_ok).count());
        });
    }
    group.finish();

    let texts: Vec<&str> = plain.lines().take(IN_CACHE as usize).collect();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Elements(IN_CACHE)).sample_size(20);
    group.bench_function("ten-digits", |bencher| {
        bencher
            .iter(|| texts.iter().filter(|text| NhsNumber::parse(black_box(text)).is_ok()).count());
    });
    group.finish();
}

fn sctids(criterion: &mut Criterion) {
    let sctids: Vec<Sctid> = (0..IN_CACHE)
        .filter_map(|index| {
            let namespace = (index % 2 == 0).then_some(1_000_000);
            Sctid::from_parts(1_000 + index * 97, namespace, Component::Description).ok()
        })
        .collect();
    let values: Vec<u64> = sctids.iter().map(|sctid| sctid.value()).collect();
    let texts: Vec<String> = sctids.iter().map(Sctid::to_string).collect();
    let mut group = criterion.benchmark_group("sctid");
    group.throughput(Throughput::Elements(IN_CACHE)).sample_size(20);
    group.bench_function("verhoeff-is_valid", |bencher| {
        bencher
            .iter(|| values.iter().filter(|&&value| verhoeff::is_valid(black_box(value))).count());
    });
    group.bench_function("verhoeff-recipe", |bencher| {
        bencher.iter(|| values.iter().filter(|&&value| recipe(black_box(value))).count());
    });
    group.bench_function("from_value", |bencher| {
        bencher.iter(|| {
            values.iter().filter(|&&value| Sctid::from_value(black_box(value)).is_ok()).count()
        });
    });
    group.bench_function("from_bytes", |bencher| {
        bencher.iter(|| {
            texts
                .iter()
                .filter(|text| Sctid::from_bytes(black_box(text.as_bytes())).is_ok())
                .count()
        });
    });
    group.finish();
}

/// Ten-digit numbers of which every second is valid, in no order that a branch could be guessed by.
fn mixed_digits(count: u64) -> Vec<u8> {
    let mut state = 1_u64;
    let mut step = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut digits = Vec::new();
    for number in NhsNumber::test_numbers(1).cycle().take(count as usize) {
        let mut record = number.digits();
        if step() % 2 == 0 {
            record[(step() % 10) as usize] = b'0' + (step() % 10) as u8;
        }
        digits.extend_from_slice(&record);
    }
    digits
}

/// The recipe of the data dictionary as it is usually written, with the same output.
fn scalar_batch(digits: &[u8], valid: &mut [u64]) {
    let (records, _) = digits.as_chunks::<10>();
    for (word, records) in valid.iter_mut().zip(records.chunks(64)) {
        *word = 0;
        for (index, record) in records.iter().enumerate() {
            *word |= u64::from(scalar(record)) << index;
        }
    }
}

fn scalar(record: &[u8; 10]) -> bool {
    let mut sum = 0;
    let mut digits_only = true;
    for (byte, weight) in record.iter().zip((1..=10_u32).rev()) {
        let digit = byte.wrapping_sub(b'0');
        digits_only &= digit < 10;
        sum += u32::from(digit) * weight;
    }
    digits_only && sum.is_multiple_of(11)
}

/// Verhoeff's check, digit by digit with the two tables of the standard.
fn recipe(value: u64) -> bool {
    let (mut product, mut rest, mut position) = (0, value, 0);
    while rest > 0 {
        let permuted = PERMUTATION[position % 8][(rest % 10) as usize];
        product = PRODUCT[product][permuted];
        rest /= 10;
        position += 1;
    }
    product == 0
}

const PRODUCT: [[usize; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
const PERMUTATION: [[usize; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

criterion_group!(benches, batches, dirty_batch, text, sctids);
criterion_main!(benches);
