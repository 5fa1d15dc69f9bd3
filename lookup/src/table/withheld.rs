//! What summaries, reports and errors do not show: numbers that may tell whose a row is.

use std::borrow::Cow;
use std::ops::Range;

use farr::id::NhsNumber;

/// Digits of an NHS number.
const DIGITS: usize = 10;
/// Digits that are put together at most: a number with zeros before it.
const MOST: usize = 2 * DIGITS;
/// What stands in the place of what is withheld.
pub(crate) const WITHHELD: &str = "(withheld)";

/// Whether a text has a well-formed NHS number, by itself or among others: whatever stands between its
/// digits, zeros before them, and written as a number with a fraction or an exponent. Too much is
/// withheld rather than too little.
pub(crate) fn has_nhs_number(text: &str) -> bool {
    first(text, 0, |_| true).is_some() || of_exponent(text)
}

/// A sentence without the NHS numbers that it has. Where words or the end of a line stand between digits,
/// they are of two numbers: of a place and of a code, say.
pub(crate) fn without_nhs_numbers(text: &str) -> Cow<'_, str> {
    let joins = |between: &str| !between.contains(|c: char| c.is_alphabetic() || c == '\n');
    let (mut rest, mut from) = (String::new(), 0);
    while let Some(found) = first(text, from, joins) {
        rest.push_str(text.get(from..found.start).unwrap_or_default());
        rest.push_str(WITHHELD);
        from = found.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    match (from, of_exponent(&rest)) {
        (0, false) => Cow::Borrowed(text),
        (_, false) => Cow::Owned(rest),
        // What an exponent hides has no place of its own.
        (_, true) => Cow::Borrowed(WITHHELD),
    }
}

/// Where the first NHS number from a byte on stands: whole groups of digits, one behind the other, that
/// are one together; what stands between two groups may part them. A part of a longer number is none, or
/// half of all ids would be.
fn first(text: &str, from: usize, joins: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut start = from;
    while let Some(group) = group(text, start) {
        let mut digits = String::new();
        let mut next = Some(group.clone());
        while let Some(range) = next {
            digits.push_str(text.get(range.clone())?);
            if digits.len() > MOST {
                break;
            }
            if is_one(&digits) {
                return Some(group.start..range.end);
            }
            next = self::group(text, range.end)
                .filter(|next| text.get(range.end..next.start).is_some_and(&joins));
        }
        start = group.end;
    }
    None
}

/// The first group of digits from a byte on.
fn group(text: &str, from: usize) -> Option<Range<usize>> {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let bytes = text.as_bytes().get(from..)?;
    let start = bytes.iter().position(is_digit)?;
    let length = bytes.iter().skip(start).take_while(|byte| is_digit(byte)).count();
    Some(from + start..from + start + length)
}

fn is_one(digits: &str) -> bool {
    let zeros = digits.len().saturating_sub(DIGITS);
    let is_padded = digits.bytes().take(zeros).all(|digit| digit == b'0');
    is_padded && digits.get(zeros..).is_some_and(|digits| NhsNumber::parse(digits).is_ok())
}

/// Whether a word of a text is an NHS number as a spreadsheet writes one, `9.434765919E9` say.
fn of_exponent(text: &str) -> bool {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | 'E' | '+');
    text.split(|c| !is_of_number(c)).any(|word| {
        let Some((digits, exponent)) = word.split_once(['e', 'E']) else { return false };
        let Ok(exponent) = exponent.trim_start_matches('+').parse::<usize>() else { return false };
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let Some(length) = whole.len().checked_add(exponent) else { return false };
        let mut digits = format!("{whole}{fraction}");
        if length <= MOST {
            digits.extend(std::iter::repeat_n('0', length.saturating_sub(digits.len())));
        }
        digits.get(..length).is_some_and(is_one)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEEN: [&str; 24] = [
        "9434765919",
        "943 476 5919",
        "943-476-5919",
        "NHS: 943 476 5919",
        "NHS-9434765919",
        "nhs9434765919x",
        "1;9434765919",
        "401004 9434765919",
        "9434765919-",
        "9434765919-1",
        "943.476.5919",
        "943_476_5919",
        "943\u{a0}476\u{200b}5919",
        "943 476 5919 12",
        "1 943 476 5919",
        "1980-01-01 943 476 5919",
        "9434765919.0",
        "09434765919",
        "00 943 476 5919",
        "9.434765919E9",
        "9.434765919e+09",
        "94347659.19E2",
        "9.43476591900E9",
        "9434765919E0",
    ];

    #[test]
    fn a_number_that_may_be_of_a_patient_is_seen() {
        for text in SEEN {
            assert!(has_nhs_number(text), "{text}");
            let rest = without_nhs_numbers(text);
            assert!(rest.contains(WITHHELD) && !has_nhs_number(&rest), "{text}: {rest}");
        }
    }

    #[test]
    fn other_numbers_are_shown() {
        for text in [
            "",
            "401004",
            "9434765918",
            "94347659190",
            "9434765919000",
            "E11.9",
            "999000011000001104",
            "9.43476E+09",
            "1e99999999999999999999",
            "1E400",
        ] {
            assert!(!has_nhs_number(text), "{text}");
            assert_eq!(without_nhs_numbers(text), text);
        }
    }

    #[test]
    fn only_the_number_is_taken_out_of_a_text() {
        for (text, rest) in [
            ("list.csv:2:1: 9434765919 is no code", "list.csv:2:1: (withheld) is no code"),
            ("9434765919, 943 476 5919", "(withheld), (withheld)"),
            ("line 943, column 4765919", "line 943, column 4765919"),
            ("943\n4765919", "943\n4765919"),
        ] {
            assert_eq!(without_nhs_numbers(text), rest);
        }
    }

    proptest! {
        #[test]
        fn whatever_stands_between_the_digits_of_a_number_it_is_seen(
            between in prop::collection::vec("[^0-9]{0,2}", 11),
        ) {
            let text: String =
                between.iter().zip("9434765919 ".chars()).map(|(gap, d)| format!("{gap}{d}")).collect();
            prop_assert!(has_nhs_number(&text), "{}", text);
        }
    }
}
