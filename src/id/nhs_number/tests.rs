use super::{NhsNumber, NhsNumberError};
use std::path::Path;

/// The recipe of the data dictionary, digit by digit: what everything faster is tested against.
pub(super) fn by_digit_loop(digits: &[u8; 10]) -> bool {
    let mut sum = 0;
    for (byte, weight) in digits.iter().zip((1..=10_u32).rev()) {
        if !byte.is_ascii_digit() {
            return false;
        }
        sum += u32::from(byte - b'0') * weight;
    }
    sum.is_multiple_of(11)
}

/// The reason a vector file names.
fn reason(result: Result<NhsNumber, NhsNumberError>) -> &'static str {
    match result {
        Ok(_) => "valid",
        Err(NhsNumberError::Empty) => "empty",
        Err(NhsNumberError::NotText { .. }) => "not-text",
        Err(NhsNumberError::NonAsciiDigit { .. }) => "non-ascii-digit",
        Err(NhsNumberError::NonAsciiSpace { .. }) => "non-ascii-space",
        Err(NhsNumberError::NonAsciiHyphen { .. }) => "non-ascii-hyphen",
        Err(NhsNumberError::Character { .. }) => "character",
        Err(NhsNumberError::TooShort { .. }) => "too-short",
        Err(NhsNumberError::TooLong { .. }) => "too-long",
        Err(NhsNumberError::MixedSeparators { .. }) => "mixed-separators",
        Err(NhsNumberError::Grouping { .. }) => "grouping",
        Err(NhsNumberError::NoCheckDigit) => "no-check-digit",
        Err(NhsNumberError::CheckDigit) => "check-digit",
    }
}

#[test]
fn the_vectors_give_the_reasons_they_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/identifiers/nhs_number.tsv");
    let text = std::fs::read_to_string(&path).expect("testdata is beside the crate");
    let mut count = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (input, expected) = line.split_once('\t').expect("two columns");
        assert_eq!(reason(NhsNumber::parse(input)), expected, "{input}");
        count += 1;
    }
    assert!(count > 40, "only {count} vectors");
}

/// Vectors gathered from the test suites of other validators. They are not ours to publish, so the
/// test runs only where they are present.
#[test]
fn the_vectors_of_other_validators() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/identifiers/nhs_number_vectors.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no vectors of other validators at {}", path.display());
        return;
    };
    let vectors: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let strings = |name: &str| -> Vec<String> {
        let list = vectors[name].as_array().expect(name);
        list.iter().map(|text| text.as_str().expect(name).to_owned()).collect()
    };
    for vector in vectors["harvested"].as_array().expect("harvested") {
        let input = vector["input"].as_str().expect("input");
        let result = NhsNumber::parse(input);
        if let Err(NhsNumberError::MixedSeparators { .. }) = result {
            // Others strip every separator; whether one may differ from another is our decision.
            assert!(input.contains(' ') && input.contains('-'), "{input}");
            continue;
        }
        assert_eq!(Some(result.is_ok()), vector["valid"].as_bool(), "{input}");
    }
    for text in strings("synthetic_valid") {
        assert_eq!(NhsNumber::parse(&text).map(|number| number.value()), Ok(text.parse().unwrap()));
    }
    for text in strings("synthetic_bad_check_digit") {
        assert_eq!(NhsNumber::parse(&text), Err(NhsNumberError::CheckDigit), "{text}");
    }
    for stem in strings("nine_digit_stems_with_check_value_10_no_valid_number_exists") {
        for last in 0..10 {
            let text = format!("{stem}{last}");
            assert_eq!(NhsNumber::parse(&text), Err(NhsNumberError::NoCheckDigit), "{text}");
        }
    }
}

#[test]
fn every_wrong_digit_and_every_swap_of_neighbours_is_detected() {
    for number in NhsNumber::test_numbers(5).take(500) {
        let digits = number.digits();
        for index in 0..10 {
            for digit in b'0'..=b'9' {
                let mut changed = digits;
                changed[index] = digit;
                assert_eq!(NhsNumber::from_bytes(&changed).is_ok(), changed == digits);
            }
        }
        for index in 1..10 {
            let mut swapped = digits;
            swapped.swap(index - 1, index);
            assert_eq!(NhsNumber::from_bytes(&swapped).is_ok(), swapped == digits);
        }
    }
}

#[test]
fn debug_hides_the_digits_in_every_form() {
    let number = NhsNumber::parse("9434765919").expect("valid");
    assert_eq!(format!("{number:?}"), "NhsNumber(••• ••• ••••)");
    assert_eq!(format!("{:?}", Some(number)), "Some(NhsNumber(••• ••• ••••))");
    assert!(!format!("{number:#?}").contains("943"));
}
