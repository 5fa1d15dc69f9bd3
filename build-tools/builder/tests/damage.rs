//! Damage by accident and on purpose: an index tells of it, or is not touched by it.
//!
//! `FARR_DAMAGES=1000000 cargo test --release -p farr-build --test damage chance` runs as many
//! cases of random damage as that.

mod support;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use farr::Terminology;
use farr::index::format::{BLOCK, DATA_START, MAGIC};
use farr::index::{OpenError, OpenOptions, Verification};
use farr::snomed::constants::ROOT;
use farr_exercise::{Damage, Limits, Random, answers, repair, target};
use rayon::prelude::*;
use support::{synthetic_index, tiny_index};

/// How long one damaged file may hold anybody up, on a slow machine without optimisation.
const LONGEST: Duration = Duration::from_secs(20);
/// What takes longer than this is done once more, to tell a slow file from a busy machine.
const SLOW: Duration = Duration::from_secs(1);

/// Opens a damaged index and asks it everything, and tells how long that took.
///
/// A machine that is busy with something else may stand still for longer than any file could hold
/// it up, so what was slow is done once more.
fn open_in_time(seed: u64, bytes: Vec<u8>) -> (target::Opened, Duration) {
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
    assert!(again < LONGEST, "seed {seed}: {again:?} at best");
    (opened, again)
}

fn first_use(bytes: Vec<u8>) -> Result<Terminology, OpenError> {
    let options = OpenOptions::new().verification(Verification::FirstUse);
    Terminology::from_bytes_with(bytes, options)
}

fn everything(opened: &Terminology) -> Result<u64, OpenError> {
    opened.ask(|snomed| answers(snomed, Limits::BRIEF))
}

/// A question that needs a few blocks only.
fn little(opened: &Terminology) -> Result<Option<String>, OpenError> {
    opened.ask(|snomed| {
        let name = snomed.concept(ROOT)?.fully_specified_name()?;
        Some(name.term().to_owned())
    })
}

/// Where the sections end and the checksums begin.
fn data_end(index: &[u8]) -> usize {
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

#[test]
fn every_flipped_bit_is_refused_where_it_is() {
    let index = tiny_index();
    let end = data_end(&index);
    let good = first_use(index.clone()).and_then(|opened| everything(&opened));
    let good = good.expect("the golden file is good");
    (0..index.len()).into_par_iter().for_each(|at| {
        for bit in 0..8 {
            let mut damaged = index.clone();
            damaged[at] ^= 1 << bit;
            refused(damaged.clone(), at, end);
            if let Ok(answers) = first_use(damaged).and_then(|opened| everything(&opened)) {
                assert_eq!(answers, good, "byte {at}, bit {bit}: another answer");
            }
        }
    });
}

#[test]
fn a_file_cut_short_is_refused_at_every_length() {
    for index in [tiny_index(), synthetic_index()] {
        // All lengths of the small file, and of the large one those around what could matter.
        let step = index.len().div_ceil(20_000);
        (0..index.len()).into_par_iter().step_by(step).for_each(|length| {
            let cut = index[..length].to_vec();
            assert!(Terminology::from_bytes(cut.clone()).is_err(), "{length} bytes");
            assert!(first_use(cut).is_err(), "{length} bytes");
        });
    }
}

#[test]
fn bytes_behind_the_end_are_refused() {
    let index = tiny_index();
    let mut random = Random::new(7);
    for length in (1..200).chain([BLOCK - 1, BLOCK, BLOCK + 1]) {
        let mut longer = index.clone();
        longer.extend((0..length).map(|_| random.number() as u8));
        assert!(Terminology::from_bytes(longer.clone()).is_err(), "{length} bytes more");
        // Though every checksum be made to fit.
        repair(&mut longer);
        assert!(Terminology::from_bytes(longer).is_err(), "{length} bytes more");
    }
}

#[test]
fn an_answer_from_blocks_that_are_sound_is_the_right_one() {
    let index = synthetic_index();
    let opened = first_use(index.clone()).expect("the golden file is good");
    let good = (everything(&opened).ok(), little(&opened).ok());
    assert!(good.0.is_some() && matches!(&good.1, Some(Some(_))));
    let (answered, refused) = (AtomicU64::new(0), AtomicU64::new(0));
    (0..600_u64).into_par_iter().for_each(|seed| {
        let mut damaged = index.clone();
        // Behind the tables, or else the file does not even open.
        let end = data_end(&index);
        let at = DATA_START + Random::new(seed).below(end - DATA_START);
        damaged[at] ^= 1 << (seed % 8);
        let Ok(opened) = first_use(damaged) else { return };
        match little(&opened) {
            Ok(answer) => {
                assert_eq!(Some(answer), good.1, "seed {seed}");
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                assert!(error.corrupt().is_some(), "seed {seed}: {error}");
                refused.fetch_add(1, Ordering::Relaxed);
            }
        }
        if let Ok(answers) = everything(&opened) {
            assert_eq!(Some(answers), good.0, "seed {seed}");
        }
        // A terminology that has met damage goes on telling of it.
        assert!(opened.snomed().is_err(), "seed {seed}");
    });
    let counts = (answered.into_inner(), refused.into_inner());
    assert!(counts.0 > 20 && counts.1 > 20, "one outcome is hardly tested: {counts:?}");
}

/// How many cases of random damage to run.
fn damages(unless_said: u64) -> u64 {
    let said = std::env::var("FARR_DAMAGES").ok();
    said.map_or(unless_said, |count| count.parse().expect("FARR_DAMAGES is a number"))
}

#[test]
fn damage_by_chance_neither_goes_unnoticed_nor_does_harm() {
    let (index, cases) = (tiny_index(), damages(6_000));
    let slowest = AtomicU64::new(0);
    let accepted = AtomicU64::new(0);
    (0..cases).into_par_iter().for_each(|seed| {
        let mut damaged = index.clone();
        Damage::new(seed).strike(&mut damaged);
        // Every other case has its checksums made right, as somebody with intent would.
        let repaired = seed % 2 == 1;
        if repaired {
            repair(&mut damaged);
        }
        let unchanged = damaged == index;
        let (opened, took) = open_in_time(seed, damaged);
        assert!(repaired || unchanged || opened.full.is_none(), "seed {seed}: it went unnoticed");
        accepted.fetch_add(u64::from(repaired && opened.full.is_some()), Ordering::Relaxed);
        slowest.fetch_max(took.as_micros() as u64, Ordering::Relaxed);
    });
    let accepted = accepted.into_inner();
    println!("{cases} damaged files, {accepted} opened, slowest {} µs", slowest.into_inner());
    // Where nothing were accepted, the readers behind the verification would not be tested.
    assert!(accepted > 0);
}

#[test]
fn damage_by_chance_to_a_larger_file_does_no_harm() {
    let index = synthetic_index();
    (0..60_u64).into_par_iter().for_each(|seed| {
        let mut damaged = index.clone();
        Damage::new(seed).strike(&mut damaged);
        if seed % 2 == 0 {
            repair(&mut damaged);
        }
        open_in_time(seed, damaged);
    });
}
