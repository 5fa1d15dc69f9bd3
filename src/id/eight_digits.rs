//! Eight ASCII digits in one machine word, read without a loop.
//!
//! A word holds the first digit in its lowest byte, less the code of `0` in each.

/// Returns the word of eight characters.
#[inline(always)]
pub(super) const fn word(characters: [u8; 8]) -> u64 {
    u64::from_le_bytes(characters) ^ 0x3030_3030_3030_3030
}

/// Returns bits that are set where a byte of the word is above nine; none, if all are digits.
///
/// Adding six carries 10 to 15 into the upper half of the byte, where no digit has a bit. A byte
/// that overflows has such a bit before the addition, so what it does to the next is no matter.
#[inline(always)]
pub(super) const fn marks_of_non_digits(word: u64) -> u64 {
    (word | word.wrapping_add(0x0606_0606_0606_0606)) & 0xf0f0_f0f0_f0f0_f0f0
}

/// Returns the value of a word of eight digits, by joining neighbours three times.
#[inline(always)]
pub(super) const fn value(word: u64) -> u64 {
    let pairs = word.wrapping_mul(10).wrapping_add(word >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff
}

/// Returns the number that up to 19 digits are, `Err` with the place of the first character that is none.
#[allow(clippy::arithmetic_side_effects, reason = "19 digits do not fill a u64")]
#[inline(always)]
pub(super) const fn number(text: &[u8]) -> Result<u64, usize> {
    let mut number = 0;
    let mut rest = text;
    while let Some((eight, after)) = rest.split_first_chunk() {
        let word = word(*eight);
        if marks_of_non_digits(word) != 0 {
            // The loop below finds which of the eight it is.
            break;
        }
        number = number * 100_000_000 + value(word);
        rest = after;
    }
    while let Some((character, after)) = rest.split_first() {
        let digit = character.wrapping_sub(b'0');
        if digit > 9 {
            return Err(text.len() - rest.len());
        }
        number = number * 10 + digit as u64;
        rest = after;
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::{marks_of_non_digits, value, word};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_digits_have_their_value(expected in 0..100_000_000_u64) {
            let text = format!("{expected:08}");
            let word = word(*text.as_bytes().first_chunk().unwrap());
            prop_assert_eq!(marks_of_non_digits(word), 0);
            prop_assert_eq!(value(word), expected);
        }

        #[test]
        fn a_byte_that_is_no_digit_is_marked(
            mut characters in prop::array::uniform8(b'0'..=b'9'),
            place in 0..8_usize,
            byte: u8,
        ) {
            characters[place] = byte;
            let marks = marks_of_non_digits(word(characters));
            prop_assert_eq!(marks == 0, byte.is_ascii_digit());
        }
    }
}
