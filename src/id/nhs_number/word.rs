//! One number in two machine words: the ten bytes as two overlapping loads of eight.
//!
//! The weights 10 to 6 are, modulo 11, the negatives of 1 to 5. So the sum that must be a multiple
//! of eleven is `5·d6 + 4·d7 + 3·d8 + 2·d9 + d10 - (d1 + 2·d2 + 3·d3 + 4·d4 + 5·d5)`, and as
//! neither half can exceed 135, each is one byte of a product of the word and a constant.

/// Returns whether all ten bytes are ASCII digits and the last is the check digit.
#[inline(always)]
pub(super) fn is_valid(digits: &[u8; 10]) -> bool {
    are_digits(digits) & is_multiple_of_eleven(sum(digits))
}

/// Returns whether all ten bytes are ASCII digits.
#[inline(always)]
pub(super) fn are_digits(digits: &[u8; 10]) -> bool {
    let first = load(digits, 0) ^ ASCII_ZEROS;
    let last = load(digits, 2) ^ ASCII_ZEROS;
    // Adding six carries 10 to 15 into the upper half of the byte, where no digit has a bit. A byte
    // that overflows has such a bit before the addition, so what it does to the next is no matter.
    let not_digits = first | first.wrapping_add(SIXES) | last | last.wrapping_add(SIXES);
    not_digits & UPPER_HALVES == 0
}

/// Returns a number that is, modulo 11, the weighted sum of ten bytes that are ASCII digits.
#[inline(always)]
pub(super) fn sum(digits: &[u8; 10]) -> u32 {
    let first = load(digits, 0) ^ ASCII_ZEROS;
    let last = load(digits, 2) ^ ASCII_ZEROS;
    let negative = (first.wrapping_mul(0x01_02_03_04_05) >> 32) & 0xff;
    let positive = last.wrapping_mul(0x05_04_03_02_01) >> 56;
    // A multiple of eleven above any negative half keeps the difference positive, for digits; what
    // comes of other bytes does not count.
    (positive + 143).wrapping_sub(negative) as u32
}

/// Returns the value of ten bytes that are ASCII digits.
#[inline(always)]
pub(super) fn value(digits: &[u8; 10]) -> u64 {
    let ones = load(digits, 0) ^ ASCII_ZEROS;
    let tens = ones.wrapping_mul(10).wrapping_add(ones >> 8) & 0x00ff_00ff_00ff_00ff;
    let hundreds = tens.wrapping_mul(100).wrapping_add(tens >> 16) & 0x0000_ffff_0000_ffff;
    let first_eight = hundreds.wrapping_mul(10_000).wrapping_add(hundreds >> 32) & 0xffff_ffff;
    first_eight * 100 + u64::from(digits[8] & 15) * 10 + u64::from(digits[9] & 15)
}

#[inline(always)]
fn load(digits: &[u8; 10], at: usize) -> u64 {
    u64::from_le_bytes(std::array::from_fn(|index| digits[at + index]))
}

/// Multiplying by the inverse of eleven divides a multiple exactly, and sends every other number
/// above the largest quotient.
#[inline(always)]
fn is_multiple_of_eleven(sum: u32) -> bool {
    sum.wrapping_mul(0xba2e_8ba3) <= u32::MAX / 11
}

const ASCII_ZEROS: u64 = 0x3030_3030_3030_3030;
const SIXES: u64 = 0x0606_0606_0606_0606;
const UPPER_HALVES: u64 = 0xf0f0_f0f0_f0f0_f0f0;

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
        for base in [
            b"9434765919",
            b"0000000000",
            b"9999999999",
            b"1234567890",
            b"0607230002",
        ] {
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
