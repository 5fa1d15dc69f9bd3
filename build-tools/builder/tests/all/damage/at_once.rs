//! Verification in parts, whichever is done first, finds what verification in one go finds.

use crate::support::crafted::crafted;
use crate::support::damage::first_use;
use crate::support::{classification_index, dmd_index, synthetic_index, tiny_index};
use farr::Terminology;
use farr_exercise::{Damage, repair};

/// The outcome of opening these bytes in full; and by parts, done last to first, as it is where a first
/// look lets them be opened at all.
fn outcomes(bytes: &[u8]) -> (Result<(), String>, Option<Result<(), String>>) {
    let whole = Terminology::from_bytes(bytes.to_vec()).map(drop);
    let by_parts = first_use(bytes.to_vec()).ok().map(|terminology| {
        terminology
            .verify_at_once(|parts, part| (0..parts).rev().for_each(part))
            .map_err(|error| error.to_string())
    });
    (whole.map_err(|error| error.to_string()), by_parts)
}

#[test]
fn golden_files_are_sound_in_whichever_order() {
    for bytes in [tiny_index(), synthetic_index(), dmd_index(), classification_index()] {
        assert_eq!(outcomes(&bytes), (Ok(()), Some(Ok(()))));
    }
}

#[test]
fn what_is_damaged_or_crafted_is_refused_with_the_same_words_in_whichever_order() {
    let tiny = tiny_index();
    let mut struck: Vec<Vec<u8>> = crafted(&tiny).into_iter().map(|(_, bytes)| bytes).collect();
    for seed in 5_000_000..5_002_000 {
        let mut bytes = tiny.clone();
        Damage::new(seed).strike(&mut bytes);
        // Half of them with checksums that hold, so that the structure is what speaks.
        if seed % 2 == 0 {
            repair(&mut bytes);
        }
        struck.push(bytes);
    }
    let mut refused = 0;
    for (number, bytes) in struck.iter().enumerate() {
        match outcomes(bytes) {
            (whole, Some(by_parts)) => {
                refused += usize::from(whole.is_err());
                assert_eq!(by_parts, whole, "{number}");
            }
            (whole, None) => assert!(whole.is_err(), "{number} opens in full alone"),
        }
    }
    assert!(refused > 500, "{refused}");
}
