//! What farr does with files of other versions: it refuses what it does not understand, and says
//! which farr to use.

use farr::Terminology;
use farr::index::format::{self, MAJOR, MINOR, MUST_UNDERSTAND};
use farr::index::{OpenError, OpenOptions, Verification};
use farr_exercise::{Limits, repair, section, target};

use super::crafted_versions::{UNKNOWN, of_version, with_layout, with_section};
use super::golden_files;
use crate::support::tiny_index;

/// The error of opening a file, which must be the same whenever its blocks are verified.
fn refusal(bytes: &[u8]) -> OpenError {
    let first_use = OpenOptions::new().verification(Verification::FirstUse);
    let early = Terminology::from_bytes(bytes.to_vec()).expect_err("it is refused");
    let late = Terminology::from_bytes_with(bytes.to_vec(), first_use).expect_err("it is refused");
    assert_eq!(early.to_string(), late.to_string());
    early
}

#[test]
fn another_major_version_is_refused_and_the_message_says_which_farr_to_use() {
    for (major, minor) in [(MAJOR + 1, 0), (MAJOR + 7, 3), (0, 9)] {
        let error = refusal(&of_version(&tiny_index(), major, minor));
        let OpenError::Version { found, supported, .. } = &error else { panic!("{error}") };
        assert_eq!((*found, *supported), ((major, minor), MAJOR));
        let said = error.to_string();
        for part in [
            format!("index format {major}.{minor}"),
            format!("farr {} reads {MAJOR}.0", env!("CARGO_PKG_VERSION")),
            format!("use a farr that reads format {major}"),
            "build the index again".to_owned(),
            "docs/format.md".to_owned(),
        ] {
            assert!(said.contains(&part), "{said} lacks {part}");
        }
    }
}

/// Of another major version nothing but the magic, the version and the header's checksum is known.
#[test]
fn another_major_version_is_told_whatever_else_the_file_holds() {
    let mut bytes = of_version(&tiny_index(), MAJOR + 1, 0);
    bytes.truncate(64);
    bytes[12..60].fill(0xA5);
    repair(&mut bytes);
    assert!(matches!(refusal(&bytes), OpenError::Version { .. }));
    // One that is damaged is damaged, and no version is read from it.
    bytes[9] ^= 1;
    assert!(refusal(&bytes).corrupt().is_some());
}

#[test]
fn a_later_minor_version_opens_and_answers_the_same() {
    for (name, bytes) in golden_files() {
        let good = target::open(bytes.clone(), Limits::SMALL);
        assert!(good.full.is_some(), "{name}");
        let later = of_version(&bytes, MAJOR, MINOR + 1);
        assert_eq!(target::open(later.clone(), Limits::SMALL), good, "{name}");
        let later = with_section(&later, UNKNOWN, 1, 0);
        assert_eq!(target::open(later, Limits::SMALL), good, "{name}");
    }
}

#[test]
fn an_unknown_section_is_passed_over_where_it_may_be() {
    let good = target::open(tiny_index(), Limits::SMALL);
    // Bits of the flags that mean nothing yet are passed over too.
    for flags in [0, 0x8000, 2] {
        let further = with_section(&tiny_index(), UNKNOWN, 1, flags);
        assert_eq!(target::open(further, Limits::SMALL), good, "flags {flags}");
    }
}

#[test]
fn an_unknown_section_that_must_be_understood_is_refused_by_the_name_of_the_builder() {
    let bytes = with_section(&of_version(&tiny_index(), MAJOR, 3), UNKNOWN, 1, MUST_UNDERSTAND);
    let error = refusal(&bytes);
    let OpenError::UnknownSection { found, tag, layout, builder, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!((*found, *tag, *layout), ((MAJOR, 3), UNKNOWN, 1));
    let builder = builder.clone().expect("META names it");
    assert!(builder.starts_with("farr-build "), "{builder}");
    let said = error.to_string();
    for part in [
        format!("index format {MAJOR}.3, made by {builder}"),
        "section XYZZ (layout 1)".to_owned(),
        format!("farr {}, which reads {MAJOR}.{MINOR}", env!("CARGO_PKG_VERSION")),
        "use the farr that belongs to that builder or a later one".to_owned(),
        "docs/format.md".to_owned(),
    ] {
        assert!(said.contains(&part), "{said} lacks {part}");
    }
}

#[test]
fn a_builder_is_not_named_from_what_is_damaged() {
    let mut bytes = with_section(&tiny_index(), UNKNOWN, 1, MUST_UNDERSTAND);
    let meta = section(&bytes, format::META).expect("there is META").start;
    bytes[meta + 9] ^= 1;
    let error = refusal(&bytes);
    assert!(matches!(&error, OpenError::UnknownSection { builder: None, .. }), "{error}");
    assert!(error.to_string().contains("made by a builder that it does not name"), "{error}");
}

#[test]
fn a_known_section_of_another_layout_is_as_an_unknown_one() {
    let must = with_layout(&tiny_index(), format::RANKS, 2, MUST_UNDERSTAND);
    let error = refusal(&must);
    assert!(error.to_string().contains("section RANK (layout 2)"), "{error}");
    // Passed over, it is missing, and was one that has to be there.
    let error = refusal_of_snomed(&with_layout(&tiny_index(), format::RANKS, 2, 0));
    assert_eq!(error.corrupt().and_then(|corrupt| corrupt.section), Some(format::RANKS));
}

/// The error of a file that opens, or not, and has no SNOMED CT to answer from.
fn refusal_of_snomed(bytes: &[u8]) -> OpenError {
    match Terminology::from_bytes(bytes.to_vec()) {
        Err(error) => error,
        Ok(opened) => opened.snomed().expect_err("it is refused"),
    }
}
