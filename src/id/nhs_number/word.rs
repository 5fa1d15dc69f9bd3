//! One number in two machine words: the ten bytes as two overlapping loads of eight.
//!
//! The weights 10 to 6 are, modulo 11, the negatives of 1 to 5. So the sum that must be a multiple
//! of eleven is `5·d6 + 4·d7 + 3·d8 + 2·d9 + d10 - (d1 + 2·d2 + 3·d3 + 4·d4 + 5·d5)`, and as
//! neither half can exceed 135, each is one byte of a product of the word and a constant.

use crate::id::eight_digits;

/// Returns whether all ten bytes are ASCII digits and the last is the check digit.
#[inline(always)]
pub(super) fn is_valid(digits: &[u8; 10]) -> bool {
    are_digits(digits) & is_multiple_of_eleven(sum(digits))
}

/// Returns whether all ten bytes are ASCII digits.
#[inline(always)]
pub(super) fn are_digits(digits: &[u8; 10]) -> bool {
    let (first, last) = (load(digits, 0), load(digits, 2));
    eight_digits::marks_of_non_digits(first) | eight_digits::marks_of_non_digits(last) == 0
}

/// Returns a number that is, modulo 11, the weighted sum of ten bytes that are ASCII digits.
#[inline(always)]
pub(super) fn sum(digits: &[u8; 10]) -> u32 {
    let first = load(digits, 0);
    let last = load(digits, 2);
    let negative = (first.wrapping_mul(0x01_02_03_04_05) >> 32) & 0xff;
    let positive = last.wrapping_mul(0x05_04_03_02_01) >> 56;
    // A multiple of eleven above any negative half keeps the difference positive, for digits; what
    // comes of other bytes does not count.
    (positive + 143).wrapping_sub(negative) as u32
}

/// Returns the value of ten bytes that are ASCII digits.
#[inline(always)]
pub(super) fn value(digits: &[u8; 10]) -> u64 {
    let first_eight = eight_digits::value(load(digits, 0));
    first_eight * 100 + u64::from(digits[8] & 15) * 10 + u64::from(digits[9] & 15)
}

#[inline(always)]
fn load(digits: &[u8; 10], at: usize) -> u64 {
    eight_digits::word(std::array::from_fn(|index| digits[at + index]))
}

/// Multiplying by the inverse of eleven divides a multiple exactly, and sends every other number
/// above the largest quotient.
#[inline(always)]
fn is_multiple_of_eleven(sum: u32) -> bool {
    sum.wrapping_mul(0xba2e_8ba3) <= u32::MAX / 11
}

#[cfg(test)]
mod tests {
    use super::{is_multiple_of_eleven, is_valid, value};
    use crate::id::nhs_number::tests::by_digit_loop;
    use proptest::prelude::*;

    #[test]
    fn multiples_of_eleven() {
        for sum in 0..100_000 {
            assert_eq!(is_multiple_of_eleven(sum), sum % 11 == 0);
        }
    }

    #[test]
    fn every_byte_at_every_position() {
        for base in [b"9434765919", b"0000000000", b"9999999999", b"1234567890", b"0607230002"] {
            for position in 0..10 {
                for byte in 0..=255 {
                    let mut digits = *base;
                    digits[position] = byte;
                    assert_eq!(is_valid(&digits), by_digit_loop(&digits), "{digits:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_ten_bytes(digits: [u8; 10]) {
            prop_assert_eq!(is_valid(&digits), by_digit_loop(&digits));
        }

        #[test]
        fn any_ten_digits(expected in 0..10_000_000_000_u64) {
            let digits = crate::id::nhs_number::ascii_digits(expected);
            prop_assert_eq!(value(&digits), expected);
            prop_assert_eq!(is_valid(&digits), by_digit_loop(&digits));
        }
    }
}
