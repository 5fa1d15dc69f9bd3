//! How long do products, the ways between them, and the packs of a GTIN take?
//!
//! ```sh
//! FARR_BENCH_SCALE=1.0 cargo bench --bench dmd
//! ```
#![allow(missing_docs)]

mod common;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use farr::dmd::{Amp, Ampp, Dmd, Level, On, Product, Setting, Vmp, Vmpp, Vtm};
use farr::id::Gtin;
use farr::id::gs1::Scan;
use farr::index::Verification;
use farr::{Date, Sctid};

const ASKED: usize = 100_000;

/// Random ones of all.
fn random<T: Copy>(all: &[T]) -> Vec<T> {
    let mut numbers = common::Numbers::new();
    (0..ASKED).map(|_| all[numbers.below(all.len())]).collect()
}

fn products(criterion: &mut Criterion) {
    let terminology = common::dmd_terminology(Verification::Full);
    let dmd = terminology.dmd().expect("dm+d");
    let ids: Vec<Sctid> = dmd.products().map(Product::id).collect();
    let ids = random(&ids);
    let mut group = criterion.benchmark_group("dmd");
    group.throughput(Throughput::Elements(ASKED as u64));
    group.bench_function("product by id", |bencher| {
        bencher.iter(|| ids.iter().filter_map(|id| dmd.product(*id)).count());
    });
    group.bench_function("product by id, with its name", |bencher| {
        let name = |id: &Sctid| dmd.product(*id).map(|product| product.name().len());
        bencher.iter(|| ids.iter().filter_map(name).sum::<usize>());
    });
    group.bench_function("current of an id", |bencher| {
        bencher.iter(|| ids.iter().map(|id| dmd.current(*id).ids().len()).sum::<usize>());
    });
    group.bench_function("prescribable, product by id", |bencher| {
        let verdict = |id: &Sctid| {
            let product = dmd.product(*id)?;
            Some(dmd.prescribable(product, Setting::PrimaryCare).verdict() as usize)
        };
        bencher.iter(|| ids.iter().filter_map(verdict).sum::<usize>());
    });
    hops(&mut group, dmd);
    gtins(&mut group, dmd);
    group.finish();
}

/// Each way from one level to another, from random products to the first there.
fn hops(group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>, dmd: Dmd<'_>) {
    let vtms: Vec<Vtm<'_>> = random(&dmd.vtms().collect::<Vec<_>>());
    let vmps: Vec<Vmp<'_>> = random(&dmd.vmps().collect::<Vec<_>>());
    let amps: Vec<Amp<'_>> = random(&dmd.amps().collect::<Vec<_>>());
    let vmpps: Vec<Vmpp<'_>> = random(&dmd.vmpps().collect::<Vec<_>>());
    let ampps: Vec<Ampp<'_>> = random(&dmd.ampps().collect::<Vec<_>>());
    macro_rules! hop {
        ($name:literal, $from:ident, $hop:expr) => {
            group.bench_function(BenchmarkId::new("hop", $name), |bencher| {
                bencher.iter(|| $from.iter().filter_map(|from| black_box($hop(*from))).count());
            });
        };
    }
    hop!("VTM to VMPs", vtms, |vtm: Vtm<'_>| vtm.vmps().next().map(Vmp::id));
    hop!("VMP to VTM", vmps, |vmp: Vmp<'_>| vmp.vtm().map(Vtm::id));
    hop!("VMP to AMPs", vmps, |vmp: Vmp<'_>| vmp.amps().next().map(Amp::id));
    hop!("VMP to VMPPs", vmps, |vmp: Vmp<'_>| vmp.vmpps().next().map(Vmpp::id));
    hop!("AMP to VMP", amps, |amp: Amp<'_>| amp.vmp().map(Vmp::id));
    hop!("AMP to AMPPs", amps, |amp: Amp<'_>| amp.ampps().next().map(Ampp::id));
    hop!("VMPP to VMP", vmpps, |vmpp: Vmpp<'_>| vmpp.vmp().map(Vmp::id));
    hop!("VMPP to AMPPs", vmpps, |vmpp: Vmpp<'_>| vmpp.ampps().next().map(Ampp::id));
    hop!("AMPP to AMP", ampps, |ampp: Ampp<'_>| ampp.amp().map(Amp::id));
    hop!("AMPP to VMPP", ampps, |ampp: Ampp<'_>| ampp.vmpp().map(Vmpp::id));
}

fn gtins(
    group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>,
    dmd: Dmd<'_>,
) {
    let all: Vec<Gtin> = dmd.ampps().flat_map(Ampp::gtins).filter_map(|row| row.gtin()).collect();
    let gtins = random(&all);
    let on = On::date("2026-08-01".parse::<Date>().expect("a day"));
    group.bench_function("packs by GTIN, on a day", |bencher| {
        bencher
            .iter(|| gtins.iter().map(|gtin| dmd.packs_by_gtin(*gtin, on).count()).sum::<usize>());
    });
    group.bench_function("packs by GTIN, with their AMPPs", |bencher| {
        let packs = |gtin: &Gtin| {
            dmd.packs_by_gtin(*gtin, on).filter_map(|found| found.ampp()).map(Ampp::id).count()
        };
        bencher.iter(|| gtins.iter().map(packs).sum::<usize>());
    });
}

/// From every VTM down to every pack.
fn walk(criterion: &mut Criterion) {
    let terminology = common::dmd_terminology(Verification::Full);
    let dmd = terminology.dmd().expect("dm+d");
    let mut group = criterion.benchmark_group("dmd walk");
    group.bench_function("every VTM to all its AMPPs", |bencher| {
        bencher.iter(|| {
            let vmps = dmd.vtms().flat_map(Vtm::vmps);
            vmps.flat_map(Vmp::amps).flat_map(Amp::ampps).map(|ampp| ampp.id().value()).max()
        });
    });
    group.finish();
}

/// What is typed, and what is scanned.
fn texts(criterion: &mut Criterion) {
    let terminology = common::dmd_terminology(Verification::Full);
    let dmd = terminology.dmd().expect("dm+d");
    let mut group = criterion.benchmark_group("dmd texts");
    let names: Vec<&str> = dmd.vmps().map(Vmp::name).collect();
    let queries: Vec<String> = random(&names)
        .into_iter()
        .take(1000)
        .map(|name| name.split(' ').take(2).map(beginning).collect::<Vec<_>>().join(" "))
        .collect();
    group.throughput(Throughput::Elements(queries.len() as u64));
    group.bench_function("two words begun, ten VMPs that may be prescribed", |bencher| {
        let found = |query: &String| {
            let search = dmd.search(query).level(Level::Vmp).prescribable(Setting::PrimaryCare);
            search.run().hits().len()
        };
        bencher.iter(|| queries.iter().map(found).sum::<usize>());
    });
    let scans = common::dmd_workload("dmd_element_strings.txt");
    let scans: Vec<&str> = scans.lines().collect();
    group.throughput(Throughput::Elements(scans.len() as u64));
    group.bench_function("element strings parsed", |bencher| {
        bencher.iter(|| scans.iter().filter(|scan| Scan::parse(black_box(scan)).is_ok()).count());
    });
    group.finish();
}

/// The first letters of a word.
fn beginning(word: &str) -> &str {
    word.char_indices().nth(4).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

criterion_group!(benches, products, walk, texts);
criterion_main!(benches);
