//! How long does it take from a concept to its codes by the maps of a release, and back?
//!
//! ```sh
//! FARR_BENCH_SCALE=1.0 cargo bench --bench map
//! ```
#![allow(missing_docs)]

mod common;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::index::Verification;
use farr::map::{Age, BlockRow, Defaults, Patient, PublishedMap, Selection, Sex, constants};
use farr::{Concept, Sctid, Snomed};

const ASKED: usize = 100_000;

/// Random ones of all.
fn random<T: Clone>(all: &[T]) -> Vec<T> {
    let mut numbers = common::Numbers::new();
    (0..ASKED).map(|_| all[numbers.below(all.len())].clone()).collect()
}

/// Random concepts that a map has.
fn mapped<'t>(map: &PublishedMap<'t>) -> Vec<Concept<'t>> {
    let members = map.refset().members();
    let concepts = members.filter_map(|member| member.referenced_component().concept());
    let mut concepts: Vec<Concept<'t>> = concepts.collect();
    concepts.dedup();
    // What is kept in memory is made at the first question.
    let started = Instant::now();
    let has = concepts.first().is_some_and(|concept| map.has(*concept));
    println!("{}: {has} after {:?}", map.refset().id(), started.elapsed());
    random(&concepts)
}

fn published(snomed: Snomed<'_>, refset: Sctid) -> PublishedMap<'_> {
    snomed.published_map(refset).expect("the release has this map")
}

fn rules(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let map = published(snomed, constants::INTERNATIONAL_ICD_10);
    let concepts = mapped(&map);
    let PublishedMap::Rules(map) = map else { panic!("it is by rules") };
    let known = Patient::new().sex(Sex::Female).age_at_onset(Age::years(41)).complete();
    let mut group = criterion.benchmark_group("map by rules");
    group.throughput(Throughput::Elements(ASKED as u64));
    for (name, patient) in [("known patient", known), ("unknown patient", Patient::new())] {
        group.bench_function(name, |bencher| {
            let targets = |concept: &Concept<'_>| match map.select(*concept, &patient) {
                Ok(Selection::Targets(rows)) => rows.len(),
                other => usize::from(black_box(other).is_ok()),
            };
            bencher.iter(|| concepts.iter().map(targets).sum::<usize>());
        });
    }
    let any = random(&snomed.concepts().collect::<Vec<_>>());
    group.bench_function("any concept, mapped or not", |bencher| {
        bencher.iter(|| any.iter().filter(|concept| map.has(**concept)).count());
    });
    group.finish();
}

fn blocks(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let map = published(snomed, constants::UK_ICD_10);
    let concepts = mapped(&map);
    let PublishedMap::Blocks(map) = map else { panic!("it is by blocks") };
    let mut group = criterion.benchmark_group("map by blocks");
    group.throughput(Throughput::Elements(ASKED as u64));
    group.bench_function("defaults", |bencher| {
        let targets = |concept: &Concept<'_>| match map.defaults(*concept) {
            Defaults::Targets { targets, .. } => targets.len(),
            other => usize::from(black_box(other) == Defaults::NoMap),
        };
        bencher.iter(|| concepts.iter().map(targets).sum::<usize>());
    });
    group.bench_function("defaults, with what their advice says", |bencher| {
        let mandatory = |row: &BlockRow<'_>| row.sequencing().additional_code_mandatory;
        let targets = |concept: &Concept<'_>| match map.defaults(*concept) {
            Defaults::Targets { targets, .. } => {
                targets.iter().filter(|row| mandatory(row)).count()
            }
            _ => 0,
        };
        bencher.iter(|| concepts.iter().map(targets).sum::<usize>());
    });
    group.finish();
}

fn reverse(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let mut group = criterion.benchmark_group("map, from code to concepts");
    for (name, refset) in
        [("rules", constants::INTERNATIONAL_ICD_10), ("blocks", constants::UK_ICD_10)]
    {
        let map = published(snomed, refset);
        let targets = map
            .refset()
            .members()
            .filter_map(|member| Some(member.field("mapTarget")?.text()?.to_cow().into_owned()));
        let targets: BTreeSet<String> = targets.filter(|target| !target.is_empty()).collect();
        let started = Instant::now();
        let found = map.concepts_with_code("G35").map_or(0, |found| found.len());
        println!("{name}: {found} after {:?}", started.elapsed());
        println!("{name}: {} targets, {} rows", targets.len(), map.refset().len());
        let targets: Vec<String> = random(&targets.into_iter().collect::<Vec<_>>());
        group.throughput(Throughput::Elements(ASKED as u64));
        group.bench_function(format!("{name}, exact text"), |bencher| {
            let concepts = |target: &String| map.concepts_with_target(target).len();
            bencher.iter(|| targets.iter().map(concepts).sum::<usize>());
        });
        group.throughput(Throughput::Elements(10_000));
        group.bench_function(format!("{name}, any spelling"), |bencher| {
            let concepts =
                |target: &String| map.concepts_with_code(target).map_or(0, |found| found.len());
            bencher.iter(|| targets.iter().take(10_000).map(concepts).sum::<usize>());
        });
    }
    group.finish();
}

criterion_group!(benches, rules, blocks, reverse);
criterion_main!(benches);
