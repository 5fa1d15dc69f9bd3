//! Damage to an index of dm+d, by accident and on purpose: it tells of it, or is not touched by it.
//!
//! `FARR_DAMAGES=1000000 cargo test --release -p farr-build --test all
//! damage::dmd::damage_by_chance` runs as many cases of random damage as that.

use crate::support::crafted_dmd::crafted_dmd;
use crate::support::damage::{self, FEW};
use crate::support::dmd_index;
use farr::Terminology;
use farr::index::OpenError;
use farr_exercise::dmd_answers;

fn everything(opened: &Terminology) -> Result<u64, OpenError> {
    opened.ask_dmd(|dmd| dmd_answers(dmd, FEW))
}

#[test]
fn every_flipped_bit_is_refused_where_it_is() {
    damage::every_flipped_bit_is_refused_where_it_is(&dmd_index(), everything);
}

#[test]
fn every_changed_byte_whose_checksum_is_made_right_does_no_harm() {
    damage::every_changed_byte_whose_checksum_is_made_right_does_no_harm(&dmd_index());
}

#[test]
fn a_file_cut_short_is_refused_at_every_length() {
    damage::a_file_cut_short_is_refused_at_every_length(&dmd_index());
}

#[test]
fn damage_by_chance_neither_goes_unnoticed_nor_does_harm() {
    damage::damage_by_chance_neither_goes_unnoticed_nor_does_harm(&dmd_index());
}

#[test]
fn no_crafted_index_of_dmd_does_harm() {
    for (name, bytes) in crafted_dmd(&dmd_index()) {
        let (opened, _) = damage::open_in_time(name, bytes);
        println!("{name}: {opened:?}");
    }
}
