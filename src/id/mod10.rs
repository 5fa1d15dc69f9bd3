//! The check digit of GS1 keys: GTIN, SSCC, GSRN, GLN.
//!
//! The digits before it, from the right, are weighed 3 and 1 in turn; the check digit fills their
//! sum to a multiple of ten. It catches every single wrong digit, and every swap of neighbours that
//! do not differ by five ([GS1 General Specifications][gs], section 7.9). Leading zeros do not
//! change it.
//!
//! [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications

/// Returns whether the last decimal digit of `value` is the check digit of those before it.
///
/// It looks at the check digit only, not at the length. Costs a few nanoseconds.
///
/// # Example
/// ```
/// use farr::id::mod10;
///
/// assert!(mod10::is_valid(5_012_617_019_844));
/// assert!(!mod10::is_valid(5_012_617_019_845));
/// ```
#[must_use]
#[inline]
pub const fn is_valid(value: u64) -> bool {
    value % 10 == check_digit(value / 10) as u64
}

/// Returns the digit, 0 to 9, that makes the decimal digits of `stem` valid when it is written
/// after them.
///
/// Costs a few nanoseconds. Every stem has a check digit.
///
/// # Example
/// ```
/// use farr::id::mod10;
///
/// assert_eq!(mod10::check_digit(501_261_701_984), 4);
/// ```
#[must_use]
#[inline]
pub const fn check_digit(stem: u64) -> u8 {
    let mut rest = stem;
    // At most ten pairs of digits, each at most 36.
    let mut sum = 0;
    while rest > 0 {
        let pair = rest % 100;
        sum += 3 * (pair % 10) + pair / 10;
        rest /= 100;
    }
    ((10 - sum % 10) % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::{check_digit, is_valid};
    use proptest::prelude::*;

    /// The recipe of the standard, over characters.
    fn by_characters(stem: u64) -> u8 {
        let digits = stem.to_string();
        let weighted = digits.bytes().rev().enumerate().map(|(place, character)| {
            u32::from(character - b'0') * if place % 2 == 0 { 3 } else { 1 }
        });
        let sum: u32 = weighted.sum();
        (0..10).find(|digit| (sum + u32::from(*digit)).is_multiple_of(10)).unwrap()
    }

    proptest! {
        #[test]
        fn the_check_digit_is_that_of_the_recipe(stem: u64, shift in 0..64_u32) {
            let stem = stem >> shift;
            prop_assert_eq!(check_digit(stem), by_characters(stem));
        }

        #[test]
        fn one_digit_is_right_and_nine_are_wrong(stem in 0..u64::MAX / 10 - 1) {
            let valid = (0..10).filter(|digit| is_valid(stem * 10 + digit));
            prop_assert_eq!(valid.collect::<Vec<u64>>(), vec![u64::from(check_digit(stem))]);
        }
    }
}
