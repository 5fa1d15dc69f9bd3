//! Damage to one of two releases that are compared: it is told of, or nothing of it is touched.

use crate::support::testdata;
use farr::index::Verification;
use farr_exercise::{Damage, changed, repair};
use rayon::prelude::*;

/// Golden files whose systems the golden releases have, too.
const FILES: [&str; 4] =
    ["1.0-tiny.farr", "1.0-synthetic.farr", "1.0-dmd.farr", "1.0-classifications.farr"];

fn golden(name: &str) -> Vec<u8> {
    std::fs::read(testdata("golden").join(name)).expect("there are golden files")
}

#[test]
fn a_golden_file_has_changed_in_nothing() {
    for name in ["1.0-tiny.farr", "1.0-dmd.farr", "1.0-classifications.farr"] {
        let changed = changed(golden(name), Verification::Full).expect("it is good");
        assert_eq!(changed.count, 0, "{name}");
    }
    // Two releases of SNOMED CT that have little in common.
    let other = changed(golden("1.0-synthetic.farr"), Verification::Full).expect("it is good");
    assert!(other.count > 1_000);
}

#[test]
fn damage_is_told_of_or_not_touched() {
    for name in FILES {
        let index = golden(name);
        let good = changed(index.clone(), Verification::Full).expect("it is good");
        let rounds = if index.len() < 200_000 { 150_u64 } else { 24 };
        let told: u64 = (0..rounds)
            .into_par_iter()
            .map(|seed| {
                let mut damaged = index.clone();
                Damage::new(seed).strike(&mut damaged);
                let is_changed = damaged != index;
                match changed(damaged, Verification::FirstUse) {
                    Ok(changed) => assert_eq!(changed, good, "{name}, seed {seed}"),
                    Err(_) => return u64::from(is_changed),
                }
                0
            })
            .sum();
        assert!(told > rounds / 4, "{name}: {told} of {rounds}");
    }
}

#[test]
fn damage_with_checksums_made_right_does_no_harm() {
    for name in FILES {
        let index = golden(name);
        let rounds = if index.len() < 200_000 { 150_u64 } else { 24 };
        (0..rounds).into_par_iter().for_each(|seed| {
            let mut damaged = index.clone();
            Damage::new(seed ^ 0x5EED).strike(&mut damaged);
            repair(&mut damaged);
            // No panic, no endless loop; what it says is whatever the file says.
            let first_use = changed(damaged.clone(), Verification::FirstUse);
            if let Ok(full) = changed(damaged, Verification::Full) {
                assert_eq!(Some(full), first_use.ok(), "{name}, seed {seed}");
            }
        });
    }
}
