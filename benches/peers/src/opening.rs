//! Opening an index, inside a process.

use std::path::Path;

use anyhow::{Context, Result};
use farr::index::{OpenOptions, Verification};
use farr::{Sctid, Terminology};
use serde_json::{Value, json};

use crate::rounds::{contender, measure};

/// Maps an index; what is asked is verified when it is asked.
pub fn map(index: &Path) -> Result<Terminology> {
    map_with(index, Verification::FirstUse)
}

/// Maps an index and verifies it in full.
pub fn map_verified(index: &Path) -> Result<Terminology> {
    map_with(index, Verification::Full)
}

fn map_with(index: &Path, verification: Verification) -> Result<Terminology> {
    let options = OpenOptions::new().verification(verification);
    // SAFETY: the driver of these measurements does not change an index that it has built.
    unsafe { Terminology::map_with([index], options) }.context("the index cannot be opened")
}

/// Opens over and over.
pub fn run(index: &Path, id: Sctid, rounds: usize) -> Value {
    let answer = |ok: bool| u64::from(ok);
    let ask = |terminology: Terminology| {
        terminology.ask(|snomed| snomed.concept(id).is_some()).is_ok_and(|found| found)
    };
    let mapped = || answer(map(index).is_ok());
    let asked = || answer(map(index).is_ok_and(ask));
    let verified = || answer(map_verified(index).is_ok());
    let read = || answer(Terminology::open([index]).is_ok());
    json!({ "figures": [
        measure("open, memory mapped, verified on first use", rounds * 5, 1, vec![contender("farr", mapped)]),
        measure("open and find the first concept", rounds * 5, 1, vec![contender("farr", asked)]),
        measure("open, memory mapped, verified in full", rounds, 1, vec![contender("farr", verified)]),
        measure("open, read into memory, verified in full", rounds, 1, vec![contender("farr", read)]),
    ]})
}

/// One question and its answer, for timing whole processes where there is no `farr` command.
pub fn lookup(index: &Path, id: Sctid) -> Result<String> {
    let card = map(index)?.ask(|snomed| {
        let concept = snomed.concept(id)?;
        let descriptions = concept.descriptions().map(|description| description.term());
        Some(descriptions.collect::<Vec<_>>().join("\n"))
    })?;
    card.context("no such concept")
}
