//! How long does an expression constraint take, and how long one concept against a compiled one?
#![allow(missing_docs)]

mod common;

use std::collections::BTreeMap;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use farr::index::Verification;
use farr::{Concept, Ecl, Snomed};

/// Kinds of the workload whose matching is measured, one of each sort.
const MATCHED: [&str; 4] = ["descendants or self", "member of", "attribute", "grouped attributes"];

/// The expressions of the workload, by kind.
fn expressions() -> BTreeMap<String, Vec<String>> {
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in common::workload("ecl.tsv").lines() {
        let (kind, expression) = line.split_once('\t').expect("a kind and an expression");
        kinds.entry(kind.to_owned()).or_default().push(expression.to_owned());
    }
    kinds
}

fn evaluated(snomed: Snomed<'_>, expression: &str) -> usize {
    let ecl = Ecl::parse(expression).expect("it parses");
    snomed.evaluate(&ecl).expect("it has an answer").len()
}

fn ecl(criterion: &mut Criterion) {
    let terminology = common::terminology(Verification::Full);
    let snomed = terminology.snomed().expect("SNOMED CT");
    let kinds = expressions();
    let mut group = criterion.benchmark_group("ecl, parsed and evaluated");
    for (kind, expressions) in &kinds {
        group.throughput(Throughput::Elements(expressions.len() as u64));
        group.bench_function(kind, |bencher| {
            bencher.iter(|| expressions.iter().map(|e| evaluated(snomed, e)).sum::<usize>());
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("ecl, one concept");
    let concepts: Vec<Concept<'_>> =
        common::random_ids(snomed, 1000).into_iter().filter_map(|id| snomed.concept(id)).collect();
    for kind in MATCHED {
        let Some(expressions) = kinds.get(kind) else { continue };
        let compiled: Vec<_> = expressions
            .iter()
            .map(|expression| Ecl::parse(expression).expect("it parses"))
            .map(|ecl| snomed.evaluation().compile(&ecl).expect("it compiles").concepts)
            .collect();
        let pairs = || concepts.iter().zip(compiled.iter().cycle());
        group.throughput(Throughput::Elements(concepts.len() as u64));
        group.bench_function(kind, |bencher| {
            let matches = |(concept, compiled): (&Concept<'_>, &farr::ecl::CompiledEcl<'_>)| {
                usize::from(compiled.matches(*concept).expect("within the limits"))
            };
            bencher.iter(|| pairs().map(matches).sum::<usize>());
        });
    }
    group.finish();
}

criterion_group!(benches, ecl);
criterion_main!(benches);
