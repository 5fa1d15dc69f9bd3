//! How long does it take to judge a coding, and ten million events?
#![allow(missing_docs)]

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::coding::{Binding, Coding, Facts, Outcome, System, Validator};
use farr::index::Verification;
use farr::{Dialect, Ecl, Snomed};

const CODES: usize = 100_000;
const EVENTS: usize = 10_000_000;

fn binding() -> Binding {
    Binding::new("bench").system(System::Snomed)
}

/// The refset with the most concepts.
fn large_refset(snomed: Snomed<'_>) -> farr::Sctid {
    let large = snomed.refsets().max_by_key(|refset| refset.concepts().count());
    large.expect("a reference set").id()
}

/// The codes that a validator accepts, at random.
fn accepted(snomed: Snomed<'_>, validator: &Validator<'_>, count: usize) -> Vec<(String, String)> {
    let all: Vec<_> = snomed
        .concepts()
        .filter_map(|concept| {
            let code = concept.id().to_string();
            let verdict = validator.check(&Coding::unstated(&code), &Facts::new());
            let term = concept.preferred_term(Dialect::NHS_CLINICAL)?.text().to_owned();
            (verdict.outcome() == Outcome::Accept).then_some((code, term))
        })
        .collect();
    let mut numbers = common::Numbers::new();
    (0..count).map(|_| all[numbers.below(all.len())].clone()).collect()
}

/// Events as records have them: each doubling of the rank is as likely as the last.
fn events(snomed: Snomed<'_>) -> Vec<i64> {
    let all: Vec<i64> = snomed.concepts().ids().map(|id| id.value().cast_signed()).collect();
    let mut numbers = common::Numbers::new();
    let octaves = all.len().ilog2() as usize;
    (0..EVENTS)
        .map(|_| {
            let octave = numbers.below(octaves);
            let rank = (1 << octave) + numbers.below(1 << octave);
            all[rank.wrapping_mul(2_654_435_761) % all.len()]
        })
        .collect()
}

fn coding(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let hierarchy = Ecl::parse("<< 404684003 |Clinical finding|").expect("it parses");
    let bindings = [
        ("known and active", binding()),
        ("in a hierarchy", binding().constraint(hierarchy.clone())),
        ("in a reference set", binding().refset(large_refset(snomed))),
    ];
    let mut group = criterion.benchmark_group("one coding, accepted");
    group.throughput(Throughput::Elements(CODES as u64));
    group.sample_size(20);
    for (name, binding) in &bindings {
        let validator = Validator::new(&terminology, binding).expect("it joins");
        let codes = accepted(snomed, &validator, CODES);
        let facts = Facts::new();
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                let verdicts =
                    codes.iter().map(|(code, _)| validator.check(&Coding::unstated(code), &facts));
                verdicts.filter(|verdict| verdict.outcome() == Outcome::Accept).count()
            });
        });
        let ahead = Validator::new(&terminology, binding).expect("it joins");
        ahead.judge_ahead();
        group.bench_function(format!("{name}, judged ahead"), |bencher| {
            bencher.iter(|| {
                let verdicts =
                    codes.iter().map(|(code, _)| ahead.check(&Coding::unstated(code), &facts));
                verdicts.filter(|verdict| verdict.outcome() == Outcome::Accept).count()
            });
        });
        group.bench_function(format!("{name}, with its preferred term"), |bencher| {
            bencher.iter(|| {
                let verdicts = codes.iter().map(|(code, term)| {
                    validator.check(&Coding::unstated(code).display(term.as_str()), &facts)
                });
                verdicts.filter(|verdict| verdict.outcome() == Outcome::Accept).count()
            });
        });
    }
    group.finish();
    criterion.bench_function("judging ahead, in a hierarchy", |bencher| {
        let binding = binding().constraint(hierarchy.clone());
        bencher.iter(|| {
            let validator = Validator::new(&terminology, &binding).expect("it joins");
            validator.judge_ahead();
            validator.releases().len()
        });
    });

    let events = events(snomed);
    let mut group = criterion.benchmark_group("ten million events, two threads");
    group.throughput(Throughput::Elements(EVENTS as u64));
    group.sample_size(10);
    for (name, binding) in &bindings {
        let validator = Validator::new(&terminology, binding).expect("it joins");
        let mut findings = vec![0; EVENTS];
        let half = EVENTS / 2;
        group.bench_function(format!("findings, {name}"), |bencher| {
            bencher.iter(|| {
                std::thread::scope(|scope| {
                    for (ids, findings) in events.chunks(half).zip(findings.chunks_mut(half)) {
                        scope.spawn(|| validator.check_ids(ids, findings));
                    }
                });
            });
        });
        let mut bits = vec![0; EVENTS.div_ceil(8)];
        group.bench_function(format!("membership, {name}"), |bencher| {
            bencher.iter(|| {
                std::thread::scope(|scope| {
                    for (ids, bits) in events.chunks(half).zip(bits.chunks_mut(half / 8)) {
                        scope.spawn(|| validator.members(ids, bits));
                    }
                });
            });
        });
    }
    group.finish();
}

criterion_group!(benches, coding);
criterion_main!(benches);
