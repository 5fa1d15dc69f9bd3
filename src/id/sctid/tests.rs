use super::{Component, Sctid, SctidError};
use proptest::prelude::*;
use std::path::Path;

/// The reason a vector file names.
fn reason(result: Result<Sctid, SctidError>) -> &'static str {
    match result {
        Ok(_) => "valid",
        Err(SctidError::Length { .. }) => "length",
        Err(SctidError::Digit { .. }) => "digit",
        Err(SctidError::LeadingZero) => "leading-zero",
        Err(SctidError::CheckDigit { .. }) => "check-digit",
        Err(SctidError::Partition { .. }) => "partition",
        Err(SctidError::Namespace { .. }) => "namespace",
    }
}

fn valid_sctids() -> impl Strategy<Value = Sctid> {
    let short = (100..=999_999_999_999_999_u64, 0..53_u32)
        .prop_filter_map("too few digits", |(item, shift)| {
            Sctid::from_parts(item >> shift, None, Component::Concept).ok()
        });
    let long = (1..=99_999_999_u64, 0..=9_999_999_u32)
        .prop_filter_map("too few digits", |(item, namespace)| {
            Sctid::from_parts(item, Some(namespace), Component::Description).ok()
        });
    prop_oneof![short, long]
}

#[test]
fn the_vectors_give_the_reasons_they_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/identifiers/sctid.tsv");
    let text = std::fs::read_to_string(&path).expect("testdata is beside the crate");
    let mut count = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (input, expected) = line.split_once('\t').expect("two columns");
        assert_eq!(reason(Sctid::parse(input)), expected, "{input}");
        count += 1;
    }
    assert!(count > 40, "only {count} vectors");
}

#[test]
fn the_parts_of_the_identifiers_in_the_standard() {
    for (text, item, namespace, partition) in [
        ("100005", 100, None, "00"),
        ("100014", 100, None, "01"),
        ("100022", 100, None, "02"),
        ("1290023401004", 1_290_023_401, None, "00"),
        ("1290023401015", 1_290_023_401, None, "01"),
        ("9940000001029", 9_940_000_001, None, "02"),
        ("11000001102", 1, Some(1_000_001), "10"),
        ("10989121108", 1, Some(989_121), "10"),
        ("1290989121103", 129, Some(989_121), "10"),
        ("1290000001117", 129, Some(1), "11"),
        ("9940000001126", 994, Some(1), "12"),
        ("999999990989121104", 99_999_999, Some(989_121), "10"),
    ] {
        let sctid = Sctid::parse(text).expect(text);
        assert_eq!(sctid.item(), item, "{text}");
        assert_eq!(sctid.namespace(), namespace, "{text}");
        let found = sctid.partition().expect(text);
        assert_eq!(found.to_string(), partition, "{text}");
        let component = found.component();
        assert_eq!(Sctid::from_parts(item, namespace, component), Ok(sctid), "{text}");
    }
}

#[test]
fn reasons_say_where_and_what() {
    assert_eq!(Sctid::parse(""), Err(SctidError::Length { found: 0 }));
    assert_eq!(Sctid::parse("1234567890123456789"), Err(SctidError::Length { found: 19 }));
    assert_eq!(Sctid::parse(" 24700007"), Err(SctidError::Digit { index: 0 }));
    assert_eq!(Sctid::parse("24700007\u{a0}"), Err(SctidError::Digit { index: 8 }));
    assert_eq!(Sctid::parse("２4700007"), Err(SctidError::Digit { index: 0 }));
    assert_eq!(Sctid::from_bytes(b"247\xff0007"), Err(SctidError::Digit { index: 3 }));
    assert_eq!(Sctid::parse("024700007"), Err(SctidError::LeadingZero));
    assert_eq!(Sctid::parse("000000"), Err(SctidError::LeadingZero));
    assert_eq!(Sctid::parse("10006"), Err(SctidError::Length { found: 5 }));
    assert_eq!(Sctid::from_value(0), Err(SctidError::Length { found: 1 }));
    assert_eq!(Sctid::from_value(u64::MAX), Err(SctidError::Length { found: 20 }));
}

#[test]
fn undefined_partitions_are_named() {
    for code in 0..100_u64 {
        let stem = 12_345_678_901_200 + code;
        let value = stem * 10 + u64::from(super::verhoeff::check_digit(stem));
        let legal = code < 6 || (10..17).contains(&code);
        let found = [b'0' + (code / 10) as u8, b'0' + (code % 10) as u8];
        let expected = if legal { Ok(()) } else { Err(SctidError::Partition { found }) };
        assert_eq!(Sctid::from_value(value).map(drop), expected, "{value}");
    }
}

#[test]
fn the_messages_say_what_to_do() {
    let message = SctidError::Partition { found: *b"07" }.to_string();
    assert!(message.contains("check digit are 07,"), "{message}");
    let message = SctidError::CheckDigit { expected: 7, found: 8 }.to_string();
    assert!(message.contains("do not replace the check digit"), "{message}");
}

#[test]
fn as_published_takes_what_the_rules_refuse_up_to_18_digits() {
    assert_eq!(Sctid::as_published(0), None);
    assert_eq!(Sctid::as_published(1_000_000_000_000_000_000), None);
    assert_eq!(Sctid::as_published(u64::MAX), None);
    for value in [1, 12, 24_700_008, 999_999_999_999_999_999] {
        let published = Sctid::as_published(value).expect("in range");
        assert_eq!(Sctid::parse_as_published(&value.to_string()), Ok(published));
        assert!(published.check().is_err());
        assert_eq!(published.check(), Sctid::parse(&value.to_string()).map(drop));
    }
    assert_eq!(Sctid::parse_as_published(""), Err(SctidError::Length { found: 0 }));
    assert_eq!(Sctid::parse_as_published("0"), Err(SctidError::LeadingZero));
    assert_eq!(Sctid::parse_as_published("01"), Err(SctidError::LeadingZero));
}

#[test]
fn an_option_is_no_larger() {
    assert_eq!(size_of::<Option<Sctid>>(), 8);
}

#[test]
fn every_wrong_digit_and_every_swap_of_neighbours_is_detected() {
    for text in
        ["100005", "24700007", "138875005", "11000001102", "1290989121103", "999999990989121104"]
    {
        assert_detects_errors(Sctid::parse(text).expect(text));
    }
}

fn assert_detects_errors(sctid: Sctid) {
    let text = sctid.to_string();
    for index in 0..text.len() {
        for digit in b'0'..=b'9' {
            let mut changed = text.clone().into_bytes();
            changed[index] = digit;
            let result = Sctid::from_bytes(&changed);
            assert_eq!(result.is_ok(), changed == text.as_bytes(), "{changed:?}");
        }
    }
    for index in 1..text.len() {
        let mut swapped = text.clone().into_bytes();
        swapped.swap(index - 1, index);
        assert_eq!(Sctid::from_bytes(&swapped).is_ok(), swapped == text.as_bytes(), "{swapped:?}");
    }
}

proptest! {
    #[test]
    fn any_identifier_detects_wrong_digits_and_swaps(sctid in valid_sctids()) {
        assert_detects_errors(sctid);
    }

    #[test]
    fn any_bytes_give_an_answer_and_what_parses_prints_the_same(
        text in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..24),
            prop::collection::vec(b'0'..=b'9', 0..24),
        ],
    ) {
        let published = std::str::from_utf8(&text).map(Sctid::parse_as_published);
        match Sctid::from_bytes(&text) {
            Ok(sctid) => {
                prop_assert_eq!(sctid.to_string().into_bytes(), text.clone());
                prop_assert_eq!(published, Ok(Ok(sctid)));
                prop_assert_eq!(Sctid::from_value(sctid.value()), Ok(sctid));
            }
            Err(SctidError::Digit { index }) => prop_assert!(!text[index].is_ascii_digit()),
            Err(SctidError::Length { found }) => prop_assert_eq!(found, text.len()),
            Err(SctidError::LeadingZero) => prop_assert_eq!(text[0], b'0'),
            Err(error) => {
                let sctid = published.expect("digits").expect("in range");
                prop_assert_eq!(sctid.check(), Err(error));
            }
        }
    }
}
