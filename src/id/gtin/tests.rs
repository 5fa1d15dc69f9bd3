use super::{Gtin, GtinError, GtinFormat};
use crate::id::mod10;
use proptest::prelude::*;

#[test]
fn the_four_forms_of_a_number_are_one_gtin() {
    for (texts, format) in [
        (&["96385074", "000096385074", "0000096385074", "00000096385074"][..], GtinFormat::Gtin8),
        (&["036000291452", "0036000291452", "00036000291452"], GtinFormat::Gtin12),
        (&["5012617019844", "05012617019844"], GtinFormat::Gtin13),
        (&["15012617019841"], GtinFormat::Gtin14),
    ] {
        let longest = texts.last().unwrap();
        for text in texts {
            let gtin = Gtin::parse(text).expect(text);
            assert_eq!(gtin.to_string(), *longest);
            assert_eq!(&gtin.digits(), longest.as_bytes());
            assert_eq!(gtin.shortest().to_string(), texts[0]);
            assert_eq!(gtin.format(), format);
            assert_eq!(gtin.gtin_8().is_some(), format == GtinFormat::Gtin8);
            assert_eq!(gtin.gtin_12().is_some(), format <= GtinFormat::Gtin12);
            assert_eq!(gtin.gtin_13().is_some(), format <= GtinFormat::Gtin13);
        }
    }
}

#[test]
fn reasons_say_where_and_what() {
    for length in (0..40).filter(|length| ![8, 12, 13, 14].contains(length)) {
        let text = "0".repeat(length);
        assert_eq!(Gtin::parse(&text), Err(GtinError::Length { found: length }));
        let published = Gtin::parse_as_published(&text);
        let zero = (1..=14).contains(&length);
        let expected = if zero { GtinError::Zero } else { GtinError::Length { found: length } };
        assert_eq!(published, Err(expected));
    }
    assert_eq!(Gtin::parse("00000000000000"), Err(GtinError::Zero));
    assert_eq!(Gtin::parse(" 5012617019844"), Err(GtinError::Digit { index: 0 }));
    assert_eq!(Gtin::parse("501261701984\u{a0}"), Err(GtinError::Digit { index: 12 }));
    assert_eq!(Gtin::from_bytes(b"501261701984\xff"), Err(GtinError::Digit { index: 12 }));
    assert_eq!(Gtin::parse("5012617019845"), Err(GtinError::CheckDigit { expected: 4, found: 5 }));
    let message = GtinError::CheckDigit { expected: 4, found: 5 }.to_string();
    assert!(message.contains("do not replace the check digit"), "{message}");
}

#[test]
fn as_published_takes_a_wrong_check_digit_up_to_14_digits() {
    assert_eq!(Gtin::as_published(0), None);
    assert_eq!(Gtin::as_published(100_000_000_000_000), None);
    assert_eq!(Gtin::as_published(u64::MAX), None);
    for value in [1, 96_385_075, 99_999_999_999_999] {
        let published = Gtin::as_published(value).expect("in range");
        assert_eq!(Gtin::parse_as_published(&value.to_string()), Ok(published));
        assert!(!published.has_valid_check_digit());
        assert_eq!(published.check(), Gtin::parse(&published.to_string()).map(drop));
    }
}

#[test]
fn restricted_circulation_is_by_the_prefix_of_the_13_digits() {
    for prefix in 0..100_u64 {
        let stem = prefix * 10_000_000_000 + 3_456_789_012;
        let restricted = matches!(prefix, 2 | 4 | 20..=29);
        for indicator in 0..10 {
            let stem = indicator * 1_000_000_000_000 + stem;
            let value = stem * 10 + u64::from(mod10::check_digit(stem));
            let gtin = Gtin::parse(&format!("{value:014}")).unwrap();
            assert_eq!(gtin.is_restricted_circulation(), restricted, "{gtin}");
            assert_eq!(u64::from(gtin.indicator()), indicator);
        }
    }
    for first in 0..10_u64 {
        let stem = first * 1_000_000 + 123_456;
        let gtin = Gtin::as_published(stem * 10 + u64::from(mod10::check_digit(stem))).unwrap();
        assert_eq!(gtin.format(), GtinFormat::Gtin8);
        assert_eq!(gtin.is_restricted_circulation(), first == 0 || first == 2, "{gtin}");
    }
}

#[test]
fn an_option_is_no_larger() {
    assert_eq!(size_of::<Option<Gtin>>(), 8);
}

/// Every string of the length of a GTIN that third parties test with, and whether it is one.
#[test]
fn the_vectors_are_answered_as_they_say() {
    let Some(folder) = crate::id::shared::shared("identifiers") else { return };
    let text = std::fs::read_to_string(folder.join("gtin_vectors.json")).unwrap();
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut count = 0;
    for vector in vectors["harvested"].as_array().unwrap() {
        let input = vector["input"].as_str().unwrap();
        let valid = vector["check_digit_ok"].as_bool().unwrap();
        let zero = input.bytes().all(|digit| digit == b'0');
        match Gtin::parse(input) {
            Ok(gtin) => assert!(valid && !zero && gtin.to_string().ends_with(input), "{input}"),
            Err(GtinError::CheckDigit { .. }) => assert!(!valid, "{input}"),
            Err(GtinError::Zero) => assert!(zero, "{input}"),
            Err(error) => panic!("{input}: {error}"),
        }
        count += 1;
    }
    assert!(count > 100, "only {count} vectors");
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer_and_what_parses_prints_the_same(
        text in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..20),
            prop::collection::vec(b'0'..=b'9', 0..20),
        ],
    ) {
        let published = std::str::from_utf8(&text).map(Gtin::parse_as_published);
        match Gtin::from_bytes(&text) {
            Ok(gtin) => {
                prop_assert!(gtin.to_string().as_bytes().ends_with(&text));
                prop_assert_eq!(published, Ok(Ok(gtin)));
            }
            Err(GtinError::Digit { index }) => prop_assert!(!text[index].is_ascii_digit()),
            Err(GtinError::Length { found }) => prop_assert_eq!(found, text.len()),
            Err(GtinError::Zero) => prop_assert!(text.iter().all(|digit| *digit == b'0')),
            Err(error) => {
                let gtin = published.expect("digits").expect("in range");
                prop_assert_eq!(gtin.check(), Err(error));
            }
        }
    }

    #[test]
    fn a_wrong_digit_is_detected(
        stem in 0..10_000_000_000_000_u64,
        place in 0..14_usize,
        other in 1..10_u8,
    ) {
        let value = stem * 10 + u64::from(mod10::check_digit(stem));
        prop_assume!(value != 0);
        let mut text = format!("{value:014}").into_bytes();
        prop_assert!(Gtin::from_bytes(&text).is_ok());
        text[place] = b'0' + (text[place] - b'0' + other) % 10;
        prop_assert!(Gtin::from_bytes(&text).is_err());
    }
}
