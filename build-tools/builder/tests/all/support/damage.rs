//! What any damaged index must do: tell of it, or not be touched by it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use farr::Terminology;
use farr::index::format::{BLOCK, DATA_START, MAGIC};
use farr::index::{OpenError, OpenOptions, Verification};
use farr_exercise::{Damage, Limits, repair, sections, target};
use rayon::prelude::*;

/// How long one damaged file may hold anybody up, on a slow machine without optimisation.
const LONGEST: Duration = Duration::from_secs(20);
/// What takes longer than this is done once more, to tell a slow file from a busy machine.
const SLOW: Duration = Duration::from_secs(1);
/// Enough to touch every block of a small file, for a hundred thousand files one after the other.
pub(crate) const FEW: Limits = Limits { concepts: 8, rows: 8, paths: 1, searches: 2 };

/// Opens a damaged index and asks it everything; what was slow is done once more.
pub(crate) fn open_in_time(name: &str, bytes: Vec<u8>) -> (target::Opened, Duration) {
    let timed = |bytes| {
        let started = Instant::now();
        let opened = target::open(bytes, Limits::BRIEF);
        (opened, started.elapsed())
    };
    let (opened, took) = timed(bytes.clone());
    if took < SLOW {
        return (opened, took);
    }
    let (opened, again) = timed(bytes);
    let again = again.min(took);
    assert!(again < LONGEST, "{name}: {again:?} at best");
    (opened, again)
}

pub(crate) fn first_use(bytes: Vec<u8>) -> Result<Terminology, OpenError> {
    let options = OpenOptions::new().verification(Verification::FirstUse);
    Terminology::from_bytes_with(bytes, options)
}

/// Where the sections end and the checksums begin.
pub(crate) fn data_end(index: &[u8]) -> usize {
    index[32..].first_chunk().map_or(0, |start| u64::from_le_bytes(*start)) as usize
}

/// Refuses one damaged file, and names the section and the block that the damage is in.
fn refused(damaged: Vec<u8>, at: usize, data_end: usize) {
    let Err(error) = Terminology::from_bytes(damaged) else {
        panic!("byte {at}: damage went unnoticed");
    };
    let Some(corrupt) = error.corrupt() else {
        let magic = at < MAGIC.len() && matches!(error, OpenError::NotAnIndex { .. });
        assert!(magic, "byte {at}: {error}");
        return;
    };
    if (DATA_START..data_end).contains(&at) {
        let block = corrupt.at as usize..corrupt.at as usize + BLOCK;
        assert!(corrupt.section.is_some() && block.contains(&at), "byte {at}: {error}");
    } else {
        assert!(corrupt.section.is_none(), "byte {at}: {error}");
    }
}

/// Flips every bit of an index; `everything` asks it.
pub(crate) fn every_flipped_bit_is_refused_where_it_is(
    index: &[u8],
    everything: impl Fn(&Terminology) -> Result<u64, OpenError> + Sync,
) {
    let end = data_end(index);
    let good = first_use(index.to_vec()).and_then(|opened| everything(&opened));
    let good = good.expect("the golden file is good");
    (0..index.len()).into_par_iter().for_each(|at| {
        for bit in 0..8 {
            let mut damaged = index.to_vec();
            damaged[at] ^= 1 << bit;
            refused(damaged.clone(), at, end);
            if let Ok(answers) = first_use(damaged).and_then(|opened| everything(&opened)) {
                assert_eq!(answers, good, "byte {at}, bit {bit}: another answer");
            }
        }
    });
}

/// Changes every byte, and makes the checksums right.
pub(crate) fn every_changed_byte_whose_checksum_is_made_right_does_no_harm(index: &[u8]) {
    let accepted = AtomicU64::new(0);
    let data: Vec<usize> = sections(index).flat_map(|(_, section)| section).collect();
    data.into_par_iter().for_each(|at| {
        let mut damaged = index.to_vec();
        damaged[at] = [index[at] ^ 1 << (at / 3 % 8), 0xFF, 0][at % 3];
        repair(&mut damaged);
        let opened = target::open(damaged, FEW);
        accepted.fetch_add(u64::from(opened.full.is_some()), Ordering::Relaxed);
    });
    // Where nothing were accepted, the readers behind the verification would not be tested.
    assert!(accepted.into_inner() > 0);
}

/// Cuts an index short: a small one at every length, a large one at as many as are done soon.
pub(crate) fn a_file_cut_short_is_refused_at_every_length(index: &[u8]) {
    let step = index.len().div_ceil(40_000);
    (0..index.len()).into_par_iter().step_by(step).for_each(|length| {
        let cut = index[..length].to_vec();
        assert!(Terminology::from_bytes(cut.clone()).is_err(), "{length} bytes");
        assert!(first_use(cut).is_err(), "{length} bytes");
    });
}

/// How many cases of random damage to run.
fn damages(unless_said: u64) -> u64 {
    let said = std::env::var("FARR_DAMAGES").ok();
    said.map_or(unless_said, |count| count.parse().expect("FARR_DAMAGES is a number"))
}

/// Damages an index at random, every other time with its checksums made right.
pub(crate) fn damage_by_chance_neither_goes_unnoticed_nor_does_harm(index: &[u8]) {
    let cases = damages(6_000);
    let slowest = AtomicU64::new(0);
    let accepted = AtomicU64::new(0);
    (0..cases).into_par_iter().for_each(|seed| {
        let mut damaged = index.to_vec();
        Damage::new(seed).strike(&mut damaged);
        // Every other case has its checksums made right, as somebody with intent would.
        let repaired = seed % 2 == 1;
        if repaired {
            repair(&mut damaged);
        }
        let unchanged = damaged == index;
        let (opened, took) = open_in_time(&format!("seed {seed}"), damaged);
        assert!(repaired || unchanged || opened.full.is_none(), "seed {seed}: it went unnoticed");
        accepted.fetch_add(u64::from(repaired && opened.full.is_some()), Ordering::Relaxed);
        slowest.fetch_max(took.as_micros() as u64, Ordering::Relaxed);
    });
    let accepted = accepted.into_inner();
    println!("{cases} damaged files, {accepted} opened, slowest {} µs", slowest.into_inner());
    assert!(accepted > 0);
}
