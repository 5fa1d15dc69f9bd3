//! A publisher that is killed at any moment leaves a pointer to a whole set, and the next one works.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use farr_build::Silent;

use crate::published::*;

/// Says to the child in which folder to publish, and before which change to die.
const FOLDER: &str = "FARR_TEST_PUBLISH_FOLDER";
const CHANGE: &str = "FARR_TEST_PUBLISH_CHANGE";

/// Not a test of its own: the process that the tests below kill.
#[test]
#[ignore = "run as a child by the tests of this file"]
fn a_publisher_in_a_child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let last: usize = std::env::var(CHANGE).unwrap().parse().unwrap();
    let changes = AtomicUsize::new(0);
    let publish = Which::B.publish(Path::new(&folder)).keep(0).before_change(move |_, _| {
        if changes.fetch_add(1, Ordering::Relaxed) + 1 == last {
            // As a kill does: no destructor runs, nothing is put right.
            std::process::abort();
        }
        Ok(())
    });
    publish.run(&Silent).unwrap();
}

/// A publisher in a process of its own, which dies before this change.
fn child(folder: &Path, change: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "killed::a_publisher_in_a_child", "--ignored"]);
    command.env(FOLDER, folder).env(CHANGE, change.to_string());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// That a whole set is current, and that the next publishing works and leaves nothing behind.
fn whole_and_going_on(folder: &Path, when: &str) -> Which {
    let found = current(folder);
    let report = Which::B.publish(folder).keep(0).run(&Silent);
    let report = report.unwrap_or_else(|error| panic!("{when}: the next one fails: {error}"));
    assert!(report.in_use.is_empty(), "{when}");
    assert_eq!(current(folder), Which::B, "{when}");
    no_leftovers(folder);
    found
}

#[test]
fn a_publisher_that_dies_before_any_of_its_changes_leaves_a_whole_set() {
    let mut seen = (false, false);
    for change in 1.. {
        let folder = tempfile::tempdir().unwrap();
        Which::A.published(folder.path());
        let finished = child(folder.path(), change).status().unwrap().success();
        match whole_and_going_on(folder.path(), &format!("dead before change {change}")) {
            Which::A => {
                assert!(!finished && !seen.1, "change {change}: the old set after the new one");
                seen.0 = true;
            }
            Which::B => seen.1 = true,
        }
        if finished {
            assert!(change > 20, "{change} changes are too few to be all");
            assert!(seen.0 && seen.1);
            return;
        }
    }
}

#[test]
fn the_first_publisher_that_dies_leaves_nothing_or_a_whole_set() {
    for change in 1.. {
        let folder = tempfile::tempdir().unwrap();
        let finished = child(folder.path(), change).status().unwrap().success();
        if folder.path().join(farr::published::POINTER).exists() {
            assert_eq!(current(folder.path()), Which::B);
        }
        Which::B.published(folder.path());
        assert_eq!(current(folder.path()), Which::B);
        no_leftovers(folder.path());
        if finished {
            return;
        }
    }
}
