//! Search as it is typed.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use farr::Snomed;
use serde_json::{Value, json};

use crate::release::workload;

const HITS: usize = 10;

/// Runs the queries of the workload one by one; tells of each what it took and what it found.
pub fn run(snomed: Snomed<'_>, work: &Path, rounds: usize) -> Result<Value> {
    let mut told = Vec::new();
    for line in workload(work, "search.tsv")?.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [class, query, wanted, _] = columns[..] else { continue };
        let wanted = wanted.parse().with_context(|| line.to_owned())?;
        let mut results = snomed.search(query).limit(HITS).run();
        let mut nanoseconds = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            let start = Instant::now();
            results = black_box(snomed.search(black_box(query)).limit(HITS).run());
            nanoseconds.push(start.elapsed().as_nanos() as u64);
        }
        nanoseconds.sort_unstable();
        told.push(json!({
            "class": class,
            "query": query,
            "nanoseconds": nanoseconds[rounds / 2],
            "hits": results.hits().len(),
            "found": results.hits().iter().any(|hit| hit.concept().id() == wanted),
            "corrected": results.is_corrected(),
        }));
    }
    Ok(json!({ "queries": told }))
}
