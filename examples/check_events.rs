//! Judges a column of SNOMED CT ids on two threads: the batch of `farr::coding`.
//!
//! ```sh
//! cargo run --release --example check_events -- INDEX EVENTS REFSET ROUNDS
//! ```
//!
//! EVENTS holds 64-bit little-endian integers, nothing else. Prints JSON: how many are members of the
//! reference set and active, how many are not accepted, and the median seconds of a round of each.

use std::time::Instant;

use farr::Terminology;
use farr::coding::{Binding, System, Validator};

const THREADS: usize = 2;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, events, refset, rounds] = arguments.as_slice() else {
        return Err("usage: check_events INDEX EVENTS REFSET ROUNDS".into());
    };
    let terminology = Terminology::open([index])?;
    let binding = Binding::new("events").system(System::Snomed).refset(refset.parse()?);
    let validator = Validator::new(&terminology, &binding)?;
    let bytes = std::fs::read(events)?;
    let (words, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(format!("{events} is not of whole 64-bit integers").into());
    }
    let ids: Vec<i64> = words.iter().map(|word| i64::from_le_bytes(*word)).collect();

    // A whole number of bytes of bits each.
    let share = ids.len().div_ceil(THREADS).next_multiple_of(8).max(8);
    let mut bits = vec![0_u8; ids.len().div_ceil(8)];
    let mut findings = vec![0_u8; ids.len()];
    let rounds: usize = rounds.parse()?;
    let membership = median(rounds, || {
        std::thread::scope(|scope| {
            for (ids, bits) in ids.chunks(share).zip(bits.chunks_mut(share / 8)) {
                scope.spawn(|| validator.members(ids, bits));
            }
        });
    });
    let judging = median(rounds, || {
        std::thread::scope(|scope| {
            for (ids, findings) in ids.chunks(share).zip(findings.chunks_mut(share)) {
                scope.spawn(|| validator.check_ids(ids, findings));
            }
        });
    });
    let members: u32 = bits.iter().map(|byte| byte.count_ones()).sum();
    let refused = findings.iter().filter(|finding| **finding != 0).count();
    println!(
        "{{\"members\":{members},\"refused\":{refused},\
         \"membership_seconds\":{membership},\"findings_seconds\":{judging}}}"
    );
    Ok(())
}

/// The median of some rounds, after one that makes the tables and is not counted.
fn median(rounds: usize, mut work: impl FnMut()) -> f64 {
    work();
    let mut seconds: Vec<f64> = (0..rounds.max(1))
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or_default()
}
