//! Expressions of the expression constraint language, one contender a process: what each answers,
//! and in what time.

mod bitmaps;
mod engine;
mod farr;

pub use bitmaps::run as run_bitmaps;
pub use engine::run as run_engine;
pub use farr::run as run_farr;

use std::fs;
use std::hint::black_box;
use std::io::{BufWriter, Write, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Somebody who answers expressions.
trait Contender {
    /// What it holds an answer in.
    type Answer;

    /// Parses and evaluates.
    fn evaluate(&self, expression: &str) -> Result<Self::Answer>;

    /// How many concepts an answer has.
    fn len(&self, answer: &Self::Answer) -> usize;

    /// The ids of an answer, in ascending order.
    fn list(&self, answer: Self::Answer) -> Vec<u64>;
}

/// What was found out about one expression.
struct Asked<'e> {
    kind: &'e str,
    expression: &'e str,
    answer: Result<Vec<u64>, String>,
    slow: bool,
    evaluate: Vec<u64>,
    list: Vec<u64>,
}

/// Beyond this an expression is measured in the first pass only.
const SLOW: Duration = Duration::from_secs(1);

/// Asks every expression once unmeasured, then all of them `passes` times, and writes a line of JSON
/// for each. The times told are medians; with `list` the ids are made and put in order too.
fn measure(contender: &impl Contender, expressions: &Path, passes: usize) -> Result<()> {
    let text = fs::read_to_string(expressions)
        .with_context(|| format!("{} cannot be read", expressions.display()))?;
    let mut all = Vec::new();
    for line in text.lines() {
        let (kind, expression) = line.split_once('\t').context("a line has a kind and a tab")?;
        let start = Instant::now();
        let answer = contender.evaluate(expression);
        let slow = start.elapsed() > SLOW;
        let answer = answer.map(|answer| contender.list(answer)).map_err(|e| format!("{e:#}"));
        let (evaluate, list) = (Vec::new(), Vec::new());
        all.push(Asked { kind, expression, answer, slow, evaluate, list });
    }
    for pass in 0..passes {
        for asked in &mut all {
            if asked.answer.is_err() || (asked.slow && pass > 0) {
                continue;
            }
            let start = Instant::now();
            let answer = contender.evaluate(black_box(asked.expression))?;
            black_box(contender.len(&answer));
            asked.evaluate.push(start.elapsed().as_nanos() as u64);
            drop(answer);
            let start = Instant::now();
            let answer = contender.evaluate(black_box(asked.expression))?;
            let ids = black_box(contender.list(answer));
            asked.list.push(start.elapsed().as_nanos() as u64);
            drop(ids);
        }
    }
    let mut out = BufWriter::new(stdout().lock());
    for asked in all {
        writeln!(out, "{}", asked.told())?;
    }
    Ok(out.flush()?)
}

impl Asked<'_> {
    fn told(mut self) -> Value {
        let Asked { kind, expression, .. } = self;
        match &self.answer {
            Err(error) => json!({ "kind": kind, "expression": expression, "error": error }),
            Ok(ids) => json!({
                "kind": kind,
                "expression": expression,
                "count": ids.len(),
                "hash": format!("{:016x}", hash(ids)),
                "evaluate_ns": median(&mut self.evaluate),
                "list_ns": median(&mut self.list),
            }),
        }
    }
}

fn median(times: &mut [u64]) -> u64 {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or(0)
}

/// FNV-1a over the bytes of the ids.
fn hash(ids: &[u64]) -> u64 {
    ids.iter().flat_map(|id| id.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
