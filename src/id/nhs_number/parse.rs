//! From text to number: form and check digit, and the reason when either is wrong.

use super::{NhsNumber, NhsNumberError, word};

/// Reads `text`. Almost every input is ten digits: those are decided without a look at each, and
/// only the rest is read slowly, for its spelling or for the reason.
#[inline]
pub(super) fn parse(text: &[u8]) -> Result<NhsNumber, NhsNumberError> {
    match text.try_into() {
        Ok(digits) if word::are_digits(digits) => checked(digits),
        _ => parse_any_spelling(text),
    }
}

/// Checks ten bytes that are known to be ASCII digits.
#[inline]
pub(super) fn checked(digits: &[u8; 10]) -> Result<NhsNumber, NhsNumberError> {
    let sum = word::sum(digits);
    if sum.is_multiple_of(11) {
        return Ok(NhsNumber(word::value(digits)));
    }
    // The check digit is what the sum of the others lacks to a multiple of eleven; none is ten.
    let stem_sum = sum + 11 - u32::from(digits[9] & 15);
    Err(if stem_sum % 11 == 1 { NhsNumberError::NoCheckDigit } else { NhsNumberError::CheckDigit })
}

/// The check digit of nine digits, 0 to 9 each; `None` for the one stem in eleven that has none.
pub(super) fn check_digit(stem: [u8; 9]) -> Option<u8> {
    let sum: u16 =
        stem.into_iter().zip((2..=10).rev()).map(|(digit, weight)| u16::from(digit) * weight).sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        digit => Some(digit as u8),
    }
}

#[cold]
fn parse_any_spelling(text: &[u8]) -> Result<NhsNumber, NhsNumberError> {
    let start = text.len() - text.trim_ascii_start().len();
    let trimmed = text.trim_ascii();
    if trimmed.is_empty() {
        return Err(NhsNumberError::Empty);
    }
    if let Some(index) =
        trimmed.iter().position(|&byte| !byte.is_ascii_digit() && !is_separator(byte))
    {
        return Err(misplaced_character(text, start + index));
    }
    let mut found = 0;
    let mut digits = [b'0'; 10];
    for &byte in trimmed.iter().filter(|byte| byte.is_ascii_digit()) {
        if let Some(digit) = digits.get_mut(found) {
            *digit = byte;
        }
        found += 1;
    }
    match found {
        0..10 => return Err(NhsNumberError::TooShort { digits: found }),
        10 => {}
        _ => return Err(NhsNumberError::TooLong { digits: found }),
    }
    check_grouping(trimmed, start)?;
    checked(&digits)
}

/// Checks the separators among ten digits. `start` is the position of `trimmed` in the whole text.
fn check_grouping(trimmed: &[u8], start: usize) -> Result<(), NhsNumberError> {
    let Some(&first) = trimmed.iter().find(|&&byte| is_separator(byte)) else {
        return Ok(());
    };
    if let Some(index) = trimmed.iter().position(|&byte| is_separator(byte) && byte != first) {
        return Err(NhsNumberError::MixedSeparators { index: start + index });
    }
    let wrong = |(index, &byte): (usize, &u8)| is_separator(byte) != matches!(index, 3 | 7);
    match trimmed.iter().enumerate().position(wrong) {
        Some(index) => Err(NhsNumberError::Grouping { index: start + index }),
        None => Ok(()),
    }
}

/// Names the character that begins at `index`, which is neither a digit nor a separator.
fn misplaced_character(text: &[u8], index: usize) -> NhsNumberError {
    // No character is longer than four bytes, so the rest of a long text need not be decoded.
    let bytes = &text[index..text.len().min(index + 4)];
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    match valid.chars().next() {
        None => NhsNumberError::NotText { index },
        Some(found) if found.is_ascii() => NhsNumberError::Character { index, found },
        Some(found) if found.is_numeric() => NhsNumberError::NonAsciiDigit { index, found },
        Some(found) if is_space(found) => NhsNumberError::NonAsciiSpace { index, found },
        Some(found) if is_hyphen(found) => NhsNumberError::NonAsciiHyphen { index, found },
        Some(found) => NhsNumberError::Character { index, found },
    }
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-')
}

/// Spaces, and the marks of no width that come along when text is copied.
fn is_space(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2060}' | '\u{feff}')
}

/// What word processors and spreadsheets put where a hyphen was typed.
fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

#[cfg(test)]
mod tests {
    use super::check_digit;
    use crate::id::nhs_number::tests::by_digit_loop;
    use crate::id::{NhsNumber, NhsNumberError};
    use proptest::prelude::*;

    fn reason(text: &str) -> NhsNumberError {
        NhsNumber::parse(text).expect_err(text)
    }

    #[test]
    fn the_worked_example_of_the_algorithm() {
        assert_eq!(check_digit([9, 4, 3, 4, 7, 6, 5, 9, 1]), Some(9));
        assert_eq!(check_digit([1, 2, 3, 4, 5, 6, 7, 8, 9]), None);
        assert_eq!(check_digit([9, 8, 7, 6, 5, 4, 4, 3, 2]), Some(2));
    }

    #[test]
    fn accepted_spellings_give_one_number() {
        for text in ["9434765919", "943 476 5919", "943-476-5919", " \t943 476 5919\r\n"] {
            assert_eq!(NhsNumber::parse(text).map(NhsNumber::value), Ok(9_434_765_919), "{text}");
        }
    }

    #[test]
    fn every_reason_says_where() {
        use NhsNumberError::*;
        for (text, expected) in [
            ("", Empty),
            (" \t\n", Empty),
            ("943 476 591", TooShort { digits: 9 }),
            ("---", TooShort { digits: 0 }),
            ("943 476 59190", TooLong { digits: 11 }),
            ("943-476 5919", MixedSeparators { index: 7 }),
            (" 943 476-5919", MixedSeparators { index: 8 }),
            ("943  476 5919", Grouping { index: 4 }),
            ("943 4765919", Grouping { index: 7 }),
            ("94 3476 5919", Grouping { index: 2 }),
            ("-943-476-5919", Grouping { index: 0 }),
            ("943-476-5919-", Grouping { index: 12 }),
            ("943.476.5919", Character { index: 3, found: '.' }),
            ("943\t476\t5919", Character { index: 3, found: '\t' }),
            ("  JRDAN 269", Character { index: 2, found: 'J' }),
            ("943476591\0", Character { index: 9, found: '\0' }),
            ("943476591é", Character { index: 9, found: 'é' }),
            ("943476591９", NonAsciiDigit { index: 9, found: '９' }),
            ("٩434765919", NonAsciiDigit { index: 0, found: '٩' }),
            ("943\u{a0}476\u{a0}5919", NonAsciiSpace { index: 3, found: '\u{a0}' }),
            ("9434765919\u{a0}", NonAsciiSpace { index: 10, found: '\u{a0}' }),
            ("\u{feff}9434765919", NonAsciiSpace { index: 0, found: '\u{feff}' }),
            ("943–476–5919", NonAsciiHyphen { index: 3, found: '–' }),
            ("9434765918", CheckDigit),
            ("1234567890", NoCheckDigit),
            ("123 456 7890", NoCheckDigit),
        ] {
            assert_eq!(reason(text), expected, "{text:?}");
        }
        assert_eq!(NhsNumber::from_bytes(b"94347\xff5919"), Err(NotText { index: 5 }));
        assert_eq!(NhsNumber::from_bytes(b"943476591\xe2\x80"), Err(NotText { index: 9 }));
        assert_eq!(NhsNumber::from_value(10_000_000_000), Err(TooLong { digits: 11 }));
        assert_eq!(NhsNumber::from_value(u64::MAX), Err(TooLong { digits: 20 }));
    }

    #[test]
    fn one_stem_in_eleven_has_no_number_and_its_ten_endings_say_so() {
        for stem in 999_000_000..=999_000_009_u64 {
            for last in 0..10 {
                assert_eq!(
                    NhsNumber::from_value(stem * 10 + last).err()
                        == Some(NhsNumberError::NoCheckDigit),
                    stem == 999_000_000
                );
            }
        }
    }

    proptest! {
        #[test]
        fn any_ten_digits_agree_with_the_plain_sum(value in 0..10_000_000_000_u64) {
            let text = format!("{value:010}");
            let grouped = format!("{} {} {}", &text[..3], &text[3..6], &text[6..]);
            let parsed = NhsNumber::parse(&text);
            let digits = text.as_bytes().first_chunk().expect("ten digits");
            prop_assert_eq!(parsed.is_ok(), by_digit_loop(digits));
            prop_assert_eq!(NhsNumber::parse(&grouped), parsed);
            prop_assert_eq!(NhsNumber::parse(&grouped.replace(' ', "-")), parsed);
            prop_assert_eq!(NhsNumber::from_value(value), parsed);
            if let Ok(number) = parsed {
                prop_assert_eq!(number.to_string(), grouped);
                prop_assert_eq!(&number.digits()[..], text.as_bytes());
                prop_assert_eq!(number.value(), value);
            }
        }

        #[test]
        fn any_text_is_answered(
            text in "\\PC*|[0-9 -]{8,14}|\\s*[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}\\s*",
        ) {
            if let Ok(number) = NhsNumber::parse(&text) {
                let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
                prop_assert_eq!(&number.digits()[..], &digits[..]);
            }
        }

        #[test]
        fn any_bytes_are_answered(text in prop::collection::vec(any::<u8>(), 0..20)) {
            if let Err(NhsNumberError::NotText { index }) = NhsNumber::from_bytes(&text) {
                prop_assert!(text[index] >= 0x80);
            }
        }
    }
}
