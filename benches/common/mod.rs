//! What all benchmarks ask: an index over a generated release, and the workload that came with it.
//!
//! `FARR_BENCH_SCALE` says how large (0.05 unless said; 1.0 is about the UK Monolith). Releases and
//! indexes are kept in the target folder and made once a scale.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use farr::index::{OpenOptions, Verification};
use farr::{Concept, Sctid, Snomed, Terminology};
use farr_build::{Build, Silent};
use farr_synth::{Parameters, Release};

/// The scale asked for.
pub(crate) fn scale() -> f64 {
    let scale = std::env::var("FARR_BENCH_SCALE").ok();
    scale.map_or(0.05, |scale| scale.parse().expect("FARR_BENCH_SCALE is a number"))
}

/// Where the data of this scale is.
pub(crate) fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"));
    target.join(format!("bench-data/scale-{}", scale()))
}

/// The index of this scale, made where it is not there yet.
pub(crate) fn index() -> PathBuf {
    let folder = folder();
    let index = folder.join("snomed.farr");
    if !index.exists() {
        std::fs::create_dir_all(&folder).expect("a folder for the benchmark's data");
        let parameters = Parameters { scale: scale(), ..Parameters::default() };
        let release = Release::new(parameters).expect("a release of this scale");
        release.write(&folder).expect("the release on disk");
        release.write_workload(&folder).expect("the workload on disk");
        let build = Build::new().snomed(folder.join(release.name()));
        build.run(&index, &Silent).expect("an index of the release");
    }
    index
}

/// The index, mapped and verified.
pub(crate) fn terminology(verification: Verification) -> Terminology {
    mapped(&index(), verification)
}

/// The one place where benchmarks map an index.
#[allow(unsafe_code)]
pub(crate) fn mapped(index: &Path, verification: Verification) -> Terminology {
    let options = OpenOptions::new().verification(verification);
    // SAFETY: an index is only ever replaced by renaming.
    unsafe { Terminology::map_with([index], options) }.expect("the index opens")
}

/// Where the dm+d of this scale is.
fn dmd_folder() -> PathBuf {
    folder().join("dmd")
}

/// The index of dm+d of this scale, made where it is not there yet.
fn dmd_index() -> PathBuf {
    let folder = dmd_folder();
    let index = folder.join("dmd.farr");
    if !index.exists() {
        std::fs::create_dir_all(&folder).expect("a folder for the benchmark's data");
        let parameters = Parameters { scale: scale(), ..Parameters::default() };
        let release = Release::new(parameters).expect("a release of this scale");
        release.write_dmd(&folder).expect("the release on disk");
        release.write_dmd_workload(&folder).expect("the workload on disk");
        Build::new().dmd(&folder).run(&index, &Silent).expect("an index of the release");
    }
    index
}

/// The index of dm+d, mapped and verified.
pub(crate) fn dmd_terminology(verification: Verification) -> Terminology {
    mapped(&dmd_index(), verification)
}

/// A file of the workload over dm+d.
pub(crate) fn dmd_workload(name: &str) -> String {
    dmd_index();
    let path = dmd_folder().join("workload").join(name);
    std::fs::read_to_string(&path).expect("the workload that came with the release")
}

/// The index of the classifications of this scale, made where it is not there yet.
fn icd10_index() -> PathBuf {
    let folder = folder().join("icd10");
    let index = folder.join("icd10.farr");
    if !index.exists() {
        std::fs::create_dir_all(&folder).expect("a folder for the benchmark's data");
        let parameters = Parameters { scale: scale(), ..Parameters::default() };
        let release = Release::new(parameters).expect("a release of this scale");
        let files = release.write_icd10(&folder).expect("the classifications on disk");
        let uk_edition = files.iter().find(|file| {
            let name = file.path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with("ICD10_Edition5") && name.ends_with(".txt"))
        });
        let uk_edition = folder.join(&uk_edition.expect("the UK edition").path);
        Build::new().icd10(uk_edition).run(&index, &Silent).expect("an index of ICD-10");
    }
    index
}

/// The index of the classifications, mapped and verified.
pub(crate) fn icd10_terminology(verification: Verification) -> Terminology {
    mapped(&icd10_index(), verification)
}

/// A file of the workload.
pub(crate) fn workload(name: &str) -> String {
    let path = folder().join("workload").join(name);
    std::fs::read_to_string(&path).expect("the workload that came with the release")
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new() -> Numbers {
        Numbers(0x9E37_79B9_7F4A_7C15)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// Random ids of the release, active and inactive.
pub(crate) fn random_ids(snomed: Snomed<'_>, count: usize) -> Vec<Sctid> {
    let all: Vec<Sctid> = snomed.concepts().map(Concept::id).collect();
    let mut numbers = Numbers::new();
    (0..count).map(|_| all[numbers.below(all.len())]).collect()
}

/// Random pairs of active concepts.
pub(crate) fn random_pairs(snomed: Snomed<'_>, count: usize) -> Vec<(Sctid, Sctid)> {
    let active: Vec<Sctid> =
        snomed.concepts().take(snomed.active_concept_count()).map(Concept::id).collect();
    let mut numbers = Numbers::new();
    let mut one = || active[numbers.below(active.len())];
    (0..count).map(|_| (one(), one())).collect()
}
