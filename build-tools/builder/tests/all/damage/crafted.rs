//! Indexes that were made to do harm: whatever is asked of them has an answer, and soon.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::support::crafted::crafted;
use crate::support::tiny_index;
use farr::Terminology;
use farr::index::{OpenOptions, Verification};
use farr_exercise::{Limits, target};

/// Far more than any of them takes, and far less than what they were made to take.
const LONGEST: Duration = Duration::from_secs(30);

/// Runs this in a thread of its own, and gives up on it when it takes too long.
fn in_time(name: &str, run: impl FnOnce() + Send + 'static) {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::spawn(move || {
        run();
        let _ = sender.send(());
    });
    match receiver.recv_timeout(LONGEST) {
        Ok(()) => {}
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name}: no answer in {LONGEST:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            assert!(thread.join().is_ok(), "{name}: it panicked");
        }
    }
}

#[test]
fn crafted_indexes_are_refused_or_answer_in_time() {
    for (name, bytes) in crafted(&tiny_index()) {
        in_time(name, move || {
            target::open(bytes, Limits::SMALL);
        });
    }
}

#[test]
fn a_vocabulary_without_end_does_not_hold_up_a_search() {
    for (name, bytes) in crafted(&tiny_index()) {
        in_time(name, move || {
            let options = OpenOptions::new().verification(Verification::FirstUse);
            let Ok(opened) = Terminology::from_bytes_with(bytes, options) else { return };
            let mistyped = "a".repeat(40);
            let _ = opened.ask(|snomed| snomed.search(&mistyped).run().hits().len());
        });
    }
}

#[test]
fn the_helper_that_crafts_leaves_a_good_index_good() {
    let index = tiny_index();
    let same = farr_exercise::craft(&index, &[]);
    let (good, again) = (target::open(index, Limits::SMALL), target::open(same, Limits::SMALL));
    assert!(good.full.is_some());
    assert_eq!(good, again);
}
