//! Publishing, listing, going back, and what is refused.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::published::*;
use farr::coding::{ReleaseAge, System};
use farr::published::{Handle, HeldSet, OpenSet, Reload, SetDescription, SetError, SetOptions};
use farr_build::{Change, Publish, PublishError, Silent};

#[test]
fn a_published_set_opens_and_names_its_releases() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("below/farr");
    let report = Which::A.published(&place);
    assert_eq!((report.change, report.before, report.set.number()), (Change::Published, None, 1));
    assert_eq!(
        report.written,
        report.set.files().iter().map(|f| f.name.clone()).collect::<Vec<_>>()
    );
    assert_eq!(current(&place), Which::A);
    let set = OpenSet::open(&place, &SetOptions::new()).unwrap();
    let systems: Vec<System> = set.releases().iter().map(|release| release.system()).collect();
    assert_eq!(systems, [System::Snomed, System::Dmd]);
    for (named, file) in set.description().files().iter().zip(Which::A.indexes()) {
        let bytes = std::fs::read(file).unwrap();
        assert_eq!(named.bytes, bytes.len() as u64);
        assert_eq!(std::fs::read(place.join(&named.name)).unwrap(), bytes);
        let hash = &named.sha256.to_string()[..16];
        assert!(named.name.ends_with(&format!("-{hash}.farr")), "{}", named.name);
        let found = std::fs::metadata(place.join(&named.name)).unwrap();
        assert!(found.permissions().readonly(), "{}", named.name);
    }
    no_leftovers(&place);
}

#[test]
fn the_same_indexes_again_are_no_new_set() {
    let folder = tempfile::tempdir().unwrap();
    let first = Which::A.published(folder.path());
    let before = names(folder.path());
    let again = Which::A.published(folder.path());
    assert_eq!((again.change, again.before), (Change::Unchanged, Some(1)));
    assert_eq!((again.set, again.written.len()), (first.set, 0));
    assert_eq!(names(folder.path()), before);
    // In another order too.
    let [one, two] = Which::A.indexes();
    let turned = Publish::new(folder.path()).index(two).index(one).run(&Silent).unwrap();
    assert_eq!(turned.change, Change::Unchanged);
}

#[test]
fn as_many_sets_before_the_current_one_are_kept_as_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let alternately = [Which::A, Which::B].into_iter().cycle().take(6);
    for (number, set) in alternately.enumerate() {
        let report = set.publish(folder.path()).keep(2).run(&Silent).unwrap();
        assert_eq!(report.set.number() as usize, number + 1);
        assert!(report.in_use.is_empty());
    }
    let sets = Publish::new(folder.path()).sets().unwrap();
    let listed: Vec<(u32, bool)> = sets.iter().map(|set| (set.number, set.current)).collect();
    assert_eq!(listed, [(4, false), (5, false), (6, true)]);
    let alone = Publish::new(folder.path()).index(golden("tiny")).keep(0).run(&Silent).unwrap();
    assert_eq!(alone.removed_sets, [4, 5, 6]);
    assert_eq!(index_names(folder.path()), [alone.set.files()[0].name.clone()]);
    no_leftovers(folder.path());
}

#[test]
fn a_rollback_goes_to_what_was_current_before_and_not_to_what_was_gone_back_from() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    Which::B.published(folder.path());
    let back = Publish::new(folder.path()).rollback().unwrap();
    assert_eq!((back.change, back.before, back.set.number()), (Change::Moved, Some(2), 1));
    assert_eq!(current(folder.path()), Which::A);
    assert!(matches!(Publish::new(folder.path()).rollback(), Err(PublishError::NoEarlier { .. })));
    // Set 2 is still there to be named.
    assert_eq!(Publish::new(folder.path()).switch_to(2).unwrap().change, Change::Moved);
    assert_eq!(Publish::new(folder.path()).switch_to(2).unwrap().change, Change::Unchanged);
    Publish::new(folder.path()).rollback().unwrap();
    let third = Publish::new(folder.path()).index(golden("dmd")).run(&Silent).unwrap();
    assert_eq!((third.set.number(), third.set.before()), (3, Some(1)));
    assert_eq!(Publish::new(folder.path()).rollback().unwrap().set.number(), 1);
    let absent = Publish::new(folder.path()).switch_to(9).unwrap_err();
    assert!(matches!(absent, PublishError::Set(SetError::Absent { .. })), "{absent}");
}

#[test]
fn a_set_that_a_reader_has_mapped_is_left_and_removed_later() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    // A reader that maps holds the set as this does.
    let reader = HeldSet::current(folder.path()).unwrap();
    assert!(reader.is_locked());
    let report = Which::B.publish(folder.path()).keep(0).run(&Silent).unwrap();
    assert!(report.removed_sets.is_empty());
    assert_eq!((report.in_use.len(), report.in_use[0].set), (1, 1));
    assert!(reader.paths().iter().all(|path| path.exists()));
    assert_eq!(index_names(folder.path()).len(), 4);
    drop(reader);
    let report = Which::B.publish(folder.path()).keep(0).run(&Silent).unwrap();
    assert_eq!((report.change, report.removed_sets), (Change::Unchanged, vec![1]));
    no_leftovers(folder.path());
}

#[test]
fn what_is_read_into_memory_keeps_no_set_from_removal() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    let handle = Handle::open(folder.path(), SetOptions::new()).unwrap();
    assert!(!handle.current().is_locked());
    let report = Which::B.publish(folder.path()).keep(0).run(&Silent).unwrap();
    assert_eq!(report.removed_sets, [1]);
    assert_eq!(which(&handle.current()), Which::A);
    assert_eq!(handle.reload().unwrap(), Reload::Switched { from: 1, to: 2 });
    assert_eq!(which(&handle.current()), Which::B);
}

#[test]
fn two_publishers_at_once_are_not_let_in() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    let refused = Arc::new(Mutex::new(None));
    let second = (Arc::clone(&refused), folder.path().to_owned());
    let report = Which::B
        .publish(folder.path())
        .before_change(move |what, _| {
            let mut refused = second.0.lock().unwrap();
            if what == "write" && refused.is_none() {
                *refused = Some(Which::A.publish(&second.1).run(&Silent));
            }
            Ok(())
        })
        .run(&Silent)
        .unwrap();
    assert_eq!(report.change, Change::Published);
    let refused = refused.lock().unwrap().take().expect("the second one tried").unwrap_err();
    assert!(matches!(refused, PublishError::Busy { .. }), "{refused}");
    assert!(refused.to_string().contains("another publisher"), "{refused}");
    assert_eq!(current(folder.path()), Which::B);
    no_leftovers(folder.path());
}

#[test]
fn what_does_not_verify_is_not_published_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    let before = names(folder.path());
    let bad = folder.path().join("bad");
    let mut bytes = std::fs::read(golden("synthetic")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    for (bytes, expected) in [(&bytes[..], "damaged"), (b"something else", "not a farr index")] {
        std::fs::write(&bad, bytes).unwrap();
        let error = Publish::new(folder.path()).index(&bad).run(&Silent).unwrap_err().to_string();
        // It is told of the file that was given, and not of the copy.
        assert!(error.starts_with(bad.to_str().unwrap()) && error.contains(expected), "{error}");
        std::fs::remove_file(&bad).unwrap();
        assert_eq!(names(folder.path()), before);
    }
    let twice = Publish::new(folder.path()).index(golden("tiny")).index(golden("synthetic"));
    let error = twice.run(&Silent).unwrap_err().to_string();
    assert!(error.contains("1.0-tiny.farr") && error.contains("both hold SNOMED CT"), "{error}");
    let nothing = Publish::new(folder.path()).run(&Silent);
    assert!(matches!(nothing, Err(PublishError::NothingGiven)));
    let absent = Publish::new(folder.path()).index("/no/such.farr").run(&Silent);
    assert!(matches!(absent, Err(PublishError::Io { .. })));
    assert_eq!(names(folder.path()), before);
    assert_eq!(current(folder.path()), Which::A);
}

/// Publishes B over A with an error in the place of change number `at`, and of those behind it where
/// `on`; gives how many changes there were.
fn with_an_error_at(at: usize, on: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    let changes = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&changes);
    let outcome = Which::B
        .publish(folder.path())
        .keep(0)
        .before_change(move |_, _| {
            let now = counted.fetch_add(1, Ordering::Relaxed) + 1;
            match now == at || (on && now > at) {
                true => Err(io::Error::from(io::ErrorKind::StorageFull)),
                false => Ok(()),
            }
        })
        .run(&Silent);
    let expected = if outcome.is_ok() { Which::B } else { Which::A };
    assert_eq!(current(folder.path()), expected, "an error at change {at}: {outcome:?}");
    if !on && outcome.is_err() {
        // The disk is full for a moment only: what was written is taken away again.
        assert_eq!(index_names(folder.path()).len(), 2, "an error at change {at}");
    }
    Which::B.publish(folder.path()).keep(0).run(&Silent).unwrap();
    assert_eq!(current(folder.path()), Which::B);
    no_leftovers(folder.path());
    changes.load(Ordering::Relaxed)
}

#[test]
fn a_disk_that_fills_at_any_moment_leaves_the_old_set() {
    let changes = with_an_error_at(usize::MAX, false);
    assert!(changes > 20, "{changes} changes are too few to be all");
    for at in 1..=changes {
        with_an_error_at(at, false);
        with_an_error_at(at, true);
    }
}

#[test]
fn a_failed_reload_keeps_the_old_set_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    Which::A.published(place);
    let handle = Handle::open(place, SetOptions::new()).unwrap();
    assert_eq!(handle.reload().unwrap(), Reload::Unchanged { set: 1 });
    let set = Which::B.published(place).set;
    let pointer = place.join(farr::published::POINTER);
    let good = std::fs::read(&pointer).unwrap();
    let refused = |expected: &dyn Fn(&SetError) -> bool| {
        let error = handle.reload().unwrap_err();
        assert!(expected(&error), "{error:?}");
        assert!(!error.to_string().is_empty());
        assert_eq!(which(&handle.current()), Which::A);
    };

    std::fs::remove_file(&pointer).unwrap();
    refused(&|error| matches!(error, SetError::Absent { .. }));
    for damaged in [&b""[..], &good[..good.len() - 1], &good[..40], b"\xff"] {
        std::fs::write(&pointer, damaged).unwrap();
        refused(&|error| matches!(error, SetError::Description { .. }));
    }
    std::fs::write(&pointer, &good).unwrap();

    let file = place.join(&set.files()[0].name);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    refused(&|error| matches!(error, SetError::Missing { .. }));
    std::fs::write(&file, &bytes[1..]).unwrap();
    refused(&|error| matches!(error, SetError::Differs { what: "another length", .. }));
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 0x10;
    std::fs::write(&file, &changed).unwrap();
    refused(&|error| matches!(error, SetError::Open { .. }));
    // Another index, sound in itself, of the same length.
    let another = another_index_like(&bytes);
    std::fs::write(&file, &another).unwrap();
    refused(&|error| matches!(error, SetError::Differs { what: "another build id", .. }));

    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(handle.reload().unwrap(), Reload::Switched { from: 1, to: 2 });
    assert_eq!(which(&handle.current()), Which::B);
}

/// An index that verifies, of the same length as this one and with another build id.
fn another_index_like(bytes: &[u8]) -> Vec<u8> {
    let mut another = bytes.to_vec();
    another[40] ^= 1;
    let sum = crc32fast::hash(&another[..60]);
    another[60..64].copy_from_slice(&sum.to_le_bytes());
    farr::Terminology::from_bytes(another.clone()).expect("it verifies");
    another
}

#[test]
fn a_pinned_handle_stays_and_several_sets_are_open_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    Which::B.published(folder.path());
    let pinned = Handle::open(folder.path(), SetOptions::new().pinned(1)).unwrap();
    let current = Handle::open(folder.path(), SetOptions::new()).unwrap();
    assert_eq!(pinned.reload().unwrap(), Reload::Unchanged { set: 1 });
    assert_eq!((which(&pinned.current()), which(&current.current())), (Which::A, Which::B));
    let absent = Handle::open(folder.path(), SetOptions::new().pinned(3)).unwrap_err();
    assert!(matches!(absent, SetError::Absent { .. }), "{absent}");
}

#[test]
fn releases_are_fresh_or_stale_or_of_unknown_age() {
    let folder = tempfile::tempdir().unwrap();
    Which::A.published(folder.path());
    let set = OpenSet::open(folder.path(), &SetOptions::new()).unwrap();
    let date = set.release(System::Dmd).unwrap().date().unwrap();
    let later = farr::Date::new(date.year() + 1, date.month(), date.day()).unwrap();
    let of_dmd = |today: Option<farr::Date>| {
        let ages = set.ages(14, today);
        ages.iter().find(|(release, _)| release.system() == System::Dmd).unwrap().1
    };
    assert_eq!(of_dmd(Some(date)), ReleaseAge::Fresh { days: 0 });
    assert!(matches!(of_dmd(Some(later)), ReleaseAge::Stale { days: 365 | 366 }));
    assert_eq!(of_dmd(None), ReleaseAge::Unknown);

    let limited = SetOptions::new().most_age_days(System::Dmd, 14);
    let open = |today| Handle::open(folder.path(), limited.clone().today(today));
    let handle = open(Some(date)).unwrap();
    let stale = open(Some(later)).unwrap_err();
    assert!(matches!(stale, SetError::Stale { system: System::Dmd, most: 14, .. }), "{stale}");
    let unknown = open(None).unwrap_err();
    assert!(matches!(unknown, SetError::AgeUnknown { system: System::Dmd, .. }), "{unknown}");

    // While nobody publishes, the set that is open grows old: that is told, and it stays.
    assert_eq!(handle.reload_on(date).unwrap(), Reload::Unchanged { set: 1 });
    let stale = handle.reload_on(later).unwrap_err();
    assert!(matches!(stale, SetError::Stale { set: 1, most: 14, .. }), "{stale}");
    assert!(matches!(handle.reload(), Err(SetError::AgeUnknown { set: 1, .. })));
    assert_eq!(handle.current().number(), 1);
    let pinned = Handle::open(folder.path(), limited.clone().today(date).pinned(1)).unwrap();
    assert!(matches!(pinned.reload_on(later), Err(SetError::Stale { set: 1, .. })));
    assert_eq!(pinned.reload_on(date).unwrap(), Reload::Unchanged { set: 1 });

    // A reload is told the day anew, and never judges by that of the opening.
    Publish::new(folder.path()).index(golden("dmd")).run(&Silent).unwrap();
    assert!(matches!(handle.reload(), Err(SetError::AgeUnknown { .. })));
    assert!(matches!(handle.reload_on(later), Err(SetError::Stale { .. })));
    assert_eq!(handle.current().number(), 1);
    assert_eq!(handle.reload_on(date).unwrap(), Reload::Switched { from: 1, to: 2 });
    // A set without the system is not refused for it.
    Publish::new(folder.path()).index(golden("classifications")).run(&Silent).unwrap();
    assert_eq!(handle.reload_on(later).unwrap(), Reload::Switched { from: 2, to: 3 });
}

#[test]
fn a_damaged_description_keeps_files_from_removal_and_a_damaged_pointer_is_published_over() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    Which::A.published(place);
    Which::B.published(place);
    std::fs::write(place.join("sets/000001.set"), "farr-set\t1\n").unwrap();
    std::fs::write(place.join(farr::published::POINTER), "").unwrap();
    // The sets are listed, so that whoever mends it knows what to go to; that no set is current is known.
    let sets = Publish::new(place).sets().unwrap();
    let listed: Vec<_> = sets.iter().map(|set| (set.current, set.description.is_ok())).collect();
    assert_eq!(listed, [(false, false), (false, true)]);
    let error = Publish::new(place).rollback().unwrap_err();
    assert!(matches!(error, PublishError::Set(SetError::Description { .. })), "{error}");
    let good = std::fs::read(place.join("sets/000002.set")).unwrap();
    std::fs::remove_file(place.join(farr::published::POINTER)).unwrap();
    let error = Publish::new(place).rollback().unwrap_err();
    assert!(matches!(error, PublishError::Set(SetError::Absent { .. })), "{error}");
    assert_eq!(Publish::new(place).switch_to(2).unwrap().change, Change::Moved);
    assert_eq!(std::fs::read(place.join(farr::published::POINTER)).unwrap(), good);
    std::fs::write(place.join(farr::published::POINTER), "").unwrap();
    let report = Publish::new(place).index(golden("dmd")).keep(0).run(&Silent).unwrap();
    assert_eq!((report.set.number(), report.removed_files.len()), (3, 0));
    assert_eq!(report.notes.len(), 2, "{:?}", report.notes);
    assert_eq!(index_names(place).len(), 4);
    std::fs::remove_file(place.join("sets/000001.set")).unwrap();
    let report = Publish::new(place).index(golden("dmd")).keep(0).run(&Silent).unwrap();
    assert_eq!((report.removed_sets, index_names(place).len()), (vec![2], 1));
    no_leftovers(place);
}

#[test]
fn a_code_system_that_is_no_longer_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    Which::B.published(folder.path());
    let report = Which::A.published(folder.path());
    let expected = "the set before holds ICD-10, and this one does not";
    assert!(report.notes.iter().any(|note| note == expected), "{:?}", report.notes);
}

#[test]
fn files_of_other_people_are_left_alone_whatever_becomes_of_the_publishing() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let of_others = [
        // None of these is a name that publishing gives, and the last is one of a set that somebody
        // is copying here.
        "keep-me-0123456789abcdef.farr",
        "archive-aaaaaaaaaaaaaaaa.farr",
        "notes.publishing",
        "snomed-20260801-0123456789abcdef.farr",
    ];
    for name in of_others {
        std::fs::write(place.join(name), name).unwrap();
    }
    std::fs::create_dir(place.join("sets")).unwrap();
    std::fs::write(place.join("sets/mine.set.publishing"), "mine").unwrap();
    let all_there = |expected: &[&str]| {
        for name in expected {
            assert_eq!(std::fs::read(place.join(name)).unwrap(), name.as_bytes(), "{name}");
        }
        assert!(place.join("sets/mine.set.publishing").exists());
    };
    let bad = folder.path().join("bad");
    std::fs::write(&bad, "something else").unwrap();
    Publish::new(place).index(golden("dmd")).index(&bad).run(&Silent).unwrap_err();
    all_there(&of_others);
    assert!(!place.join("1.publishing").exists() && !place.join("2.publishing").exists());
    let report = Which::A.published(place);
    assert!(report.removed_files.is_empty(), "{:?}", report.removed_files);
    all_there(&of_others);
    // In a folder that sets are published in, an index under a name that publishing gives is its own.
    Publish::new(place).index(&bad).run(&Silent).unwrap_err();
    all_there(&of_others);
    let report = Which::B.publish(place).keep(0).run(&Silent).unwrap();
    assert!(report.removed_files.iter().any(|name| name == of_others[3]));
    all_there(&of_others[..3]);
}

#[test]
fn the_highest_number_is_said_to_be_taken_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let set = Which::A.published(place).set;
    let files = set.files().to_vec();
    let last = SetDescription::new(u32::MAX, None, files, set.releases().to_vec()).unwrap();
    std::fs::write(place.join(farr::published::POINTER), last.text()).unwrap();
    let before = (names(place), names(&place.join("sets")));
    let error = Which::B.publish(place).run(&Silent).unwrap_err();
    assert!(matches!(error, PublishError::NoNumber { .. }), "{error}");
    assert!(error.to_string().contains("publish in another folder"), "{error}");
    assert_eq!((names(place), names(&place.join("sets"))), before);
    assert_eq!(current(place), Which::A);
}

#[cfg(unix)]
#[test]
fn a_description_is_read_no_further_than_one_may_go() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    Which::A.published(place);
    // Not a byte of it is on the disk, and to read it all would take memory that is not there.
    let endless = std::fs::File::create(place.join("sets/000002.set")).unwrap();
    endless.set_len(1 << 42).unwrap();
    let sets = Publish::new(place).sets().unwrap();
    assert_eq!(sets.iter().map(|set| set.description.is_ok()).collect::<Vec<_>>(), [true, false]);
    let report = Which::B.publish(place).run(&Silent).unwrap();
    assert_eq!(report.set.number(), 3);
}

/// What is opened to be read from waits for a writer where it is a pipe, and nobody writes.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("farr");
    Which::A.published(&place);
    let pipe = |path: &std::path::Path| {
        let _ = std::fs::remove_file(path);
        let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
        assert!(made.success());
        path.to_owned()
    };
    let plain = |error: String| assert!(error.contains("not a plain file"), "{error}");
    let source = pipe(&folder.path().join("source.farr"));
    plain(Publish::new(&place).index(&source).run(&Silent).unwrap_err().to_string());
    plain(farr::Terminology::open([&source]).unwrap_err().to_string());
    plain(crate::mapped::pipe(&source).unwrap_err().to_string());
    let set = pipe(&place.join("sets/000002.set"));
    plain(Publish::new(&place).sets().unwrap_err().to_string());
    plain(OpenSet::open(&place, &SetOptions::new().pinned(2)).unwrap_err().to_string());
    std::fs::remove_file(set).unwrap();
    pipe(&place.join(farr::published::POINTER));
    plain(OpenSet::open(&place, &SetOptions::new()).unwrap_err().to_string());
    plain(Which::B.publish(&place).run(&Silent).unwrap_err().to_string());
}

#[test]
fn nothing_is_made_where_nothing_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("no/such");
    for place in [folder.path(), &absent] {
        for moved in [Publish::new(place).rollback(), Publish::new(place).switch_to(1)] {
            let error = moved.unwrap_err();
            assert!(matches!(error, PublishError::Set(SetError::Absent { .. })), "{error}");
        }
        let error = Publish::new(place).sets().unwrap_err();
        assert!(matches!(error, PublishError::Set(SetError::Absent { .. })), "{error}");
    }
    assert!(names(folder.path()).is_empty());
}

#[test]
fn an_index_of_a_set_that_was_damaged_or_lost_is_written_anew_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let set = Which::A.published(place).set;
    let (one, two) = (&set.files()[0].name, &set.files()[1].name);
    let good = std::fs::read(place.join(one)).unwrap();
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 1;
    std::fs::remove_file(place.join(one)).unwrap();
    std::fs::write(place.join(one), bad).unwrap();
    std::fs::remove_file(place.join(two)).unwrap();
    let report = Which::A.published(place);
    assert_eq!((report.change, report.set.number()), (Change::Unchanged, 1));
    assert_eq!(report.written, [one.clone(), two.clone()]);
    let expected = [
        format!("{one} was damaged and is written anew"),
        format!("{two} was not there, and is written anew"),
    ];
    assert_eq!(report.notes, expected);
    assert_eq!(std::fs::read(place.join(one)).unwrap(), good);
    assert_eq!(current(place), Which::A);
    let again = Which::A.published(place);
    assert!(again.written.is_empty() && again.notes.is_empty());
}

#[test]
fn a_published_file_is_never_touched_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    Which::A.published(place);
    let state = || -> Vec<_> {
        let of = |name: &String| {
            let found = std::fs::metadata(place.join(name)).unwrap();
            #[cfg(unix)]
            let node = std::os::unix::fs::MetadataExt::ino(&found);
            #[cfg(not(unix))]
            let node = 0_u64;
            let bytes = std::fs::read(place.join(name)).unwrap();
            (name.clone(), node, found.modified().unwrap(), bytes)
        };
        index_names(place).iter().map(of).collect()
    };
    let before = state();
    // The same again, another set, back, the same file in a set with another, and a failure.
    Which::A.published(place);
    Which::B.published(place);
    Publish::new(place).rollback().unwrap();
    Publish::new(place).index(golden("dmd")).run(&Silent).unwrap();
    Publish::new(place).index(golden("dmd")).index("/no/such.farr").run(&Silent).unwrap_err();
    let after = state();
    assert_eq!(before.len(), 2);
    for file in &before {
        let now = after.iter().find(|now| now.0 == file.0);
        // Not by `assert_eq`, which would print megabytes.
        assert!(now == Some(file), "{} is another file", file.0);
    }
}

/// Publishes the smaller golden release of SNOMED CT, described as of a day in the future.
fn published_of_the_future(place: &std::path::Path, signature: Option<&str>) -> SetDescription {
    let set = Publish::new(place).index(golden("tiny")).run(&Silent).unwrap().set;
    let mut releases = set.releases().to_vec();
    releases[0].date = Some("2099-08-01".parse().unwrap());
    // Of the edition of the other golden release, which then is older and nothing else.
    releases[0].version = Some("http://snomed.info/sct/83821000000107/version/20990801".to_owned());
    let files = set.files().to_vec();
    let set = SetDescription::new(set.number(), set.before(), files, releases).unwrap();
    let set = match signature {
        Some(signature) => set.with_signature(signature).unwrap(),
        None => set,
    };
    for file in [SetDescription::path_of(set.number()).as_str(), farr::published::POINTER] {
        std::fs::write(place.join(file), set.text()).unwrap();
    }
    set
}

#[test]
fn publishing_an_older_release_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    published_of_the_future(place, None);
    let older = Publish::new(place).index(golden("synthetic"));
    let report = older.run(&Silent).unwrap();
    assert_eq!((report.change, report.set.number()), (Change::Published, 2));
    let date = report.set.releases()[0].date.unwrap();
    let expected =
        format!("SNOMED CT of {date} is older than that of the set before, of 2099-08-01");
    assert_eq!(report.notes, std::slice::from_ref(&expected));
    // Going on to the newer one is nothing to tell, and going back to the older one is.
    assert!(Publish::new(place).switch_to(1).unwrap().notes.is_empty());
    assert_eq!(Publish::new(place).switch_to(2).unwrap().notes, [expected]);
}

#[test]
fn what_goes_back_is_not_published_where_that_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let signature = "untrusted comment: a\nb\ntrusted comment: c\nd\n";
    let set = published_of_the_future(place, Some(signature));
    let before = (names(place), names(&place.join("sets")));
    let refused = |publish: Publish, expected: &[&str]| {
        let error = publish.no_older().run(&Silent).unwrap_err();
        let PublishError::Older { what } = &error else { panic!("{error}") };
        assert_eq!(what.len(), expected.len(), "{error}");
        assert!(what.iter().zip(expected).all(|(what, part)| what.contains(part)), "{error}");
        assert_eq!((names(place), names(&place.join("sets"))), before);
        assert_eq!(HeldSet::peek(place).unwrap(), set);
    };
    let signed = move |publish: Publish| publish.sign(move |_| Ok(signature.to_owned()));
    let synthetic = || Publish::new(place).index(golden("synthetic"));
    refused(signed(synthetic()), &["is older than"]);
    refused(synthetic(), &["is older than", "is signed, and this one is not"]);
    refused(signed(Publish::new(place).index(golden("dmd"))), &["before holds SNOMED CT"]);
    // What a damaged pointer pointed to is not known.
    std::fs::write(place.join(farr::published::POINTER), "").unwrap();
    let error = synthetic().no_older().run(&Silent).unwrap_err();
    assert!(matches!(error, PublishError::Older { .. }), "{error}");
    // Going back by itself is asked for by name.
    Publish::new(place).no_older().switch_to(1).unwrap();
    // A pointer that is gone does not make it the first set.
    let pointer = place.join(farr::published::POINTER);
    std::fs::remove_file(&pointer).unwrap();
    let error = signed(synthetic()).no_older().run(&Silent).unwrap_err();
    assert!(error.to_string().contains("is older than"), "{error}");
    // The same day, and everything there: that is no going back.
    let folder = tempfile::tempdir().unwrap();
    Publish::new(folder.path()).index(golden("tiny")).run(&Silent).unwrap();
    let report = Which::A.publish(folder.path()).no_older().run(&Silent).unwrap();
    assert_eq!(report.change, Change::Published);
}
