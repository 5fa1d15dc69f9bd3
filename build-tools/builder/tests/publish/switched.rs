//! Releases are switched under reading threads, and nobody notices.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use farr::published::{Handle, Reload, SetOptions};
use farr_build::{Publish, Silent};

use crate::published::*;

const THREADS: usize = 8;
const RELOADS: usize = 1000;

/// The files of a folder that this process has mapped; `None` where the system does not say.
fn mapped(folder: &Path) -> Option<Vec<String>> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    let folder = folder.canonicalize().unwrap();
    let prefix = format!("{}/", folder.display());
    let mut names: Vec<String> =
        maps.lines().filter_map(|line| Some(line.split_once(&prefix)?.1.to_owned())).collect();
    names.sort();
    names.dedup();
    Some(names)
}

/// Switches between two sets under threads that read all the time.
fn switched_under_readers(folder: &Path, handle: &Handle) {
    let done = Arc::new(AtomicBool::new(false));
    let seen = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
    let readers: Vec<_> = (0..THREADS)
        .map(|_| {
            let (handle, done, seen) = (handle.clone(), Arc::clone(&done), Arc::clone(&seen));
            std::thread::spawn(move || {
                let mut before = None;
                while !done.load(Ordering::Relaxed) {
                    // Panics where any answer fails, or is of another set than the others.
                    let set = handle.current();
                    let found = which(&set);
                    assert_eq!(found == Which::A, set.number() == 1);
                    // Another thread may switch here; this one is still on its set.
                    std::thread::sleep(Duration::from_micros(200));
                    assert_eq!(which(&set), found);
                    seen[usize::from(found == Which::B)].fetch_add(1, Ordering::Relaxed);
                    before = Some(found);
                }
                before
            })
        })
        .collect();
    let publish = Publish::new(folder);
    for number in 0..RELOADS {
        let (from, to) = if number % 2 == 0 { (2, 1) } else { (1, 2) };
        publish.switch_to(to).unwrap();
        assert_eq!(handle.reload().unwrap(), Reload::Switched { from, to });
        assert_eq!(handle.reload().unwrap(), Reload::Unchanged { set: to });
    }
    done.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.join().expect("no reader failed").is_some());
    }
    let seen = [0, 1].map(|at| seen[at].load(Ordering::Relaxed));
    assert!(seen.iter().all(|count| *count > 0), "both sets were read: {seen:?}");
}

fn both(folder: &Path) {
    Which::A.published(folder);
    Which::B.published(folder);
}

#[test]
fn a_thousand_reloads_under_eight_threads_that_read_mapped_files() {
    let folder = tempfile::tempdir().unwrap();
    both(folder.path());
    let handle = crate::mapped::handle(folder.path()).unwrap();
    switched_under_readers(folder.path(), &handle);

    // The old files are let go of: none is mapped, and its set can be removed.
    assert!(handle.current().is_locked());
    if let Some(mapped) = mapped(folder.path()) {
        let described = handle.current();
        let files = described.description().files();
        let mut live: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        live.sort();
        assert_eq!(mapped, live);
    }
    assert_eq!(handle.current().number(), 2);
    let removed = Which::B.publish(folder.path()).keep(0).run(&Silent).unwrap();
    assert_eq!((removed.removed_sets, removed.in_use), (vec![1], vec![]));
    // And that of the live set cannot.
    let third = Which::A.publish(folder.path()).keep(0).run(&Silent).unwrap();
    assert_eq!((third.removed_sets, third.in_use.len()), (vec![], 1));
    assert_eq!(which(&handle.current()), Which::B);
    drop(handle);
    if let Some(mapped) = mapped(folder.path()) {
        assert_eq!(mapped, [""; 0]);
    }
    let last = Which::A.publish(folder.path()).keep(0).run(&Silent).unwrap();
    assert_eq!((last.removed_sets, last.in_use), (vec![2], vec![]));
}

#[test]
fn a_thousand_reloads_under_eight_threads_that_read_memory() {
    let folder = tempfile::tempdir().unwrap();
    both(folder.path());
    let handle = Handle::open(folder.path(), SetOptions::new()).unwrap();
    switched_under_readers(folder.path(), &handle);
}

#[test]
fn readers_that_open_while_sets_are_published_and_removed_always_find_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    let done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (place, done) = (folder.path().to_owned(), Arc::clone(&done));
            std::thread::spawn(move || {
                let mut opened = 0;
                while !done.load(Ordering::Relaxed) {
                    let handle = crate::mapped::handle(&place);
                    which(&handle.expect("a whole set is current at any time").current());
                    opened += 1;
                }
                opened
            })
        })
        .collect();
    for number in 0..60 {
        let set = if number % 2 == 0 { Which::B } else { Which::A };
        // None kept: what is not in use is removed at once.
        set.publish(folder.path()).keep(0).run(&Silent).unwrap();
    }
    done.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.join().expect("no reader failed") > 0);
    }
}
