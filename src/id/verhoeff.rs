//! Verhoeff's check digit, as SNOMED CT uses it.
//!
//! The digits of a number, from the right, are permuted each by its position and multiplied
//! together in the dihedral group of ten elements; the number is valid when the product is the
//! identity. It catches every single wrong digit and every swap of neighbours ([release file
//! specification][rfs], section 6.4).
//!
//! The group is associative, so the product of three digits can be a table entry. Eighteen digits
//! are six look-ups and five multiplications in a tree, without a branch: a few nanoseconds,
//! whatever the length. The leading zeros that pad a shorter number to eighteen are not neutral in
//! this scheme; what they contribute depends only on how many they are, so it is a constant to
//! compare with.
//!
//! [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification

/// Returns whether the last decimal digit of `value` is the Verhoeff check digit of those before
/// it.
///
/// It looks at the check digit only: not at the length, not at the partition ([`Sctid::from_value`]
/// does). Costs a few nanoseconds up to 18 digits, and a loop over the digits beyond.
///
/// # Example
/// ```
/// use farr::id::verhoeff;
///
/// assert!(verhoeff::is_valid(24_700_007));
/// assert!(!verhoeff::is_valid(24_700_008));
/// ```
///
/// [`Sctid::from_value`]: crate::id::Sctid::from_value
#[must_use]
#[inline]
pub const fn is_valid(value: u64) -> bool {
    if value < TEN_TO_18 {
        padded_product(value) == PADDING[digit_count(value)]
    } else {
        product(value, 0) == IDENTITY
    }
}

/// Returns the digit, 0 to 9, that makes the decimal digits of `stem` valid when it is written
/// after them.
///
/// Costs a few nanoseconds up to 17 digits, and a loop over the digits beyond. Every stem has a
/// check digit; the zero stem is read as the one digit `0`.
///
/// # Example
/// ```
/// use farr::id::verhoeff;
///
/// assert_eq!(verhoeff::check_digit(2_470_000), 7);
/// ```
#[must_use]
#[inline]
pub const fn check_digit(stem: u64) -> u8 {
    if stem == 0 || stem >= TEN_TO_18 / 10 {
        return INVERSE[product(stem, 1) as usize];
    }
    // A check digit of zero is the identity, so the product of the stem with it is the product of
    // the stem alone.
    let value = stem * 10;
    let stem_product =
        multiply(padded_product(value), INVERSE[PADDING[digit_count(value)] as usize]);
    INVERSE[stem_product as usize]
}

/// The product over the 18 digits of `value` padded with zeros on the left. `value` is below 10^18.
const fn padded_product(value: u64) -> u8 {
    let high = (value / 1_000_000_000) as u32;
    let low = (value % 1_000_000_000) as u32;
    let first = multiply(triple(0, low % 1000), triple(1, low / 1000 % 1000));
    let second = multiply(triple(2, low / 1_000_000), triple(3, high % 1000));
    let third = multiply(triple(4, high / 1000 % 1000), triple(5, high / 1_000_000));
    multiply(first, multiply(second, third))
}

/// The product over the digits of `value`, the last of which stands at `position`. The recipe of
/// the standard.
const fn product(value: u64, position: usize) -> u8 {
    let mut rest = value;
    let mut at = position;
    let mut result = IDENTITY;
    loop {
        result = multiply(result, permuted(at, (rest % 10) as u8));
        rest /= 10;
        at += 1;
        if rest == 0 {
            return result;
        }
    }
}

const fn digit_count(value: u64) -> usize {
    match value.checked_ilog10() {
        Some(log) => log as usize + 1,
        None => 1,
    }
}

const fn multiply(left: u8, right: u8) -> u8 {
    PRODUCT[((left << 4) | right) as usize]
}

const fn triple(index: usize, digits: u32) -> u8 {
    TRIPLES[index][digits as usize]
}

/// Applies the position permutation: the power `position` of [`STEP`], which has order eight.
const fn permuted(position: usize, digit: u8) -> u8 {
    let mut digit = digit;
    let mut times = position % 8;
    while times > 0 {
        digit = STEP[digit as usize];
        times -= 1;
    }
    digit
}

const TEN_TO_18: u64 = 1_000_000_000_000_000_000;

const IDENTITY: u8 = 0;

/// One step of the position permutation: row 1 of the table in section 6.4.
const STEP: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// The element that brings each element back to the identity.
const INVERSE: [u8; 10] = [0, 4, 3, 2, 1, 5, 6, 7, 8, 9];

/// Multiplication in the dihedral group, at `left * 16 + right`, so that no index can be out of
/// bounds.
static PRODUCT: [u8; 256] = {
    let mut table = [0; 256];
    let mut left = 0;
    while left < 10 {
        let mut right = 0;
        while right < 10 {
            // 0 to 4 are the rotations of a pentagon, 5 to 9 its reflections.
            let rotation = if left < 5 { left % 5 + right % 5 } else { left % 5 + 5 - right % 5 };
            let reflected = (left < 5) != (right < 5);
            table[left * 16 + right] = (rotation % 5) as u8 + if reflected { 5 } else { 0 };
            right += 1;
        }
        left += 1;
    }
    table
};

/// For each group of three positions from the right, the product of the three digits standing
/// there.
static TRIPLES: [[u8; 1000]; 6] = {
    let mut tables = [[0; 1000]; 6];
    let mut index = 0;
    while index < 6 {
        let mut permutation = [[0; 10]; 3];
        let mut digit = 0;
        while digit < 10 {
            permutation[0][digit] = permuted(index * 3, digit as u8);
            permutation[1][digit] = permuted(index * 3 + 1, digit as u8);
            permutation[2][digit] = permuted(index * 3 + 2, digit as u8);
            digit += 1;
        }
        let mut digits = 0;
        while digits < 1000 {
            tables[index][digits] = multiply(
                multiply(permutation[0][digits % 10], permutation[1][digits / 10 % 10]),
                permutation[2][digits / 100],
            );
            digits += 1;
        }
        index += 1;
    }
    tables
};

/// For each number of digits, what the zeros that pad it to eighteen contribute.
static PADDING: [u8; 21] = {
    let mut table = [IDENTITY; 21];
    let mut digits = 18;
    while digits > 0 {
        digits -= 1;
        table[digits] = multiply(permuted(digits, 0), table[digits + 1]);
    }
    table
};

#[cfg(test)]
mod tests {
    use super::{INVERSE, PRODUCT, check_digit, is_valid, permuted};
    use proptest::prelude::*;

    /// The tables as the standard prints them.
    const D: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const F: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];

    fn recipe(digits: &str, first_position: usize) -> u8 {
        digits.bytes().rev().enumerate().fold(0, |product, (index, byte)| {
            let permuted = F[(index + first_position) % 8][usize::from(byte - b'0')];
            D[usize::from(product)][usize::from(permuted)]
        })
    }

    fn assert_agrees(value: u64) {
        let digits = value.to_string();
        assert_eq!(is_valid(value), recipe(&digits, 0) == 0, "{value}");
        assert_eq!(check_digit(value), INVERSE[usize::from(recipe(&digits, 1))], "{value}");
    }

    #[test]
    fn tables_are_those_of_the_standard() {
        for left in 0..10_usize {
            for right in 0..10_usize {
                assert_eq!(PRODUCT[left * 16 + right], D[left][right]);
            }
            assert_eq!(D[left][usize::from(INVERSE[left])], 0);
        }
        for position in 0..18 {
            for digit in 0..10_u8 {
                assert_eq!(permuted(position, digit), F[position % 8][usize::from(digit)]);
            }
        }
    }

    #[test]
    fn every_number_of_up_to_six_digits_agrees_with_the_recipe() {
        (0..1_000_000).for_each(assert_agrees);
    }

    #[test]
    fn the_edges_of_each_length_agree_with_the_recipe() {
        for exponent in 0..20 {
            let power = 10_u64.pow(exponent);
            [power - 1, power, power + 1].into_iter().for_each(assert_agrees);
        }
        assert_agrees(u64::MAX);
    }

    #[test]
    fn a_number_extended_by_its_check_digit_is_valid() {
        for stem in (1..100_000_000_000_000_000_u64).step_by(99_999_999_999_977) {
            assert!(is_valid(stem * 10 + u64::from(check_digit(stem))));
        }
    }

    proptest! {
        #[test]
        fn any_number_agrees_with_the_recipe(value: u64, shift in 0..64_u32) {
            assert_agrees(value >> shift);
        }
    }
}
