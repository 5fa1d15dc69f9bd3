//! Damage by accident and on purpose: an index tells of it, or is not touched by it.
//!
//! `FARR_DAMAGES=1000000 cargo test --release -p farr-build --test all
//! damage::snomed::damage_by_chance` runs as many cases of random damage as that.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::support::damage::{self, data_end, first_use};
use crate::support::{synthetic_index, tiny_index};
use farr::Terminology;
use farr::index::OpenError;
use farr::index::format::{BLOCK, DATA_START};
use farr::snomed::constants::ROOT;
use farr_exercise::{Damage, Limits, Random, answers, repair};
use rayon::prelude::*;

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

#[test]
fn every_flipped_bit_is_refused_where_it_is() {
    damage::every_flipped_bit_is_refused_where_it_is(&tiny_index(), everything);
}

#[test]
fn a_file_cut_short_is_refused_at_every_length() {
    for index in [tiny_index(), synthetic_index()] {
        damage::a_file_cut_short_is_refused_at_every_length(&index);
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

#[test]
fn damage_by_chance_neither_goes_unnoticed_nor_does_harm() {
    damage::damage_by_chance_neither_goes_unnoticed_nor_does_harm(&tiny_index());
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
        damage::open_in_time(&format!("seed {seed}"), damaged);
    });
}
