//! Contenders that take turns, so that what else the machine does falls on all of them.

use std::hint::black_box;
use std::time::Instant;

use serde_json::{Value, json};

/// One of those who do the same work: its name, and the work, which returns its answer.
pub struct Contender<'a> {
    name: &'static str,
    work: Box<dyn FnMut() -> u64 + 'a>,
}

/// Names some work.
pub fn contender<'a>(name: &'static str, work: impl FnMut() -> u64 + 'a) -> Contender<'a> {
    Contender { name, work: Box::new(work) }
}

/// Lets each contender work once unmeasured, then `rounds` times in turn; tells the median and the
/// least nanoseconds per operation, and the answer of each.
pub fn measure(
    figure: &str,
    rounds: usize,
    operations: usize,
    mut contenders: Vec<Contender<'_>>,
) -> Value {
    let answers: Vec<u64> = contenders.iter_mut().map(|one| black_box((one.work)())).collect();
    let mut nanoseconds = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (one, times) in contenders.iter_mut().zip(&mut nanoseconds) {
            let start = Instant::now();
            black_box((one.work)());
            times.push(start.elapsed().as_nanos() as f64 / operations as f64);
        }
    }
    let told: Vec<Value> = contenders
        .iter()
        .zip(&mut nanoseconds)
        .zip(answers)
        .map(|((one, times), answer)| {
            times.sort_by(f64::total_cmp);
            json!({
                "name": one.name,
                "nanoseconds": times[times.len() / 2],
                "least": times[0],
                "answer": answer,
            })
        })
        .collect();
    json!({ "figure": figure, "operations": operations, "contenders": told })
}
