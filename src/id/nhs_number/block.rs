//! Sixty-four numbers at once, in loops that a compiler turns into vector instructions.
//!
//! A number is five pairs of digits. Read as a little-endian integer of 16 bits, the pair `d e` is
//! `d + 256·e`; its product with `256·v + w` has `d·v + e·w` in the upper byte, since for digits
//! and the weights here neither `d·w` nor that sum reaches 256. So one multiplication weighs a
//! pair, for a whole vector of pairs, and the sum of a number is that of five neighbours.
//!
//! Each step runs over the whole block before the next begins: the loops stay simple enough to be
//! vectorised for any processor, and what one writes is in the cache when the next reads.

/// Returns which of 64 numbers are valid, the first in the lowest bit.
#[inline]
pub(super) fn valid(digits: &[u8; 640]) -> u64 {
    let mut products = [0; 320];
    if !weigh_pairs(digits, &mut products) {
        spoil_pairs_that_are_not_digits(digits, &mut products);
    }
    let mut sums = [0; 64];
    add_five(&products, &mut sums);
    multiples_of_eleven(&sums)
}

/// Weighs the pairs of digits, and returns whether they are digits all.
#[inline]
fn weigh_pairs(digits: &[u8; 640], products: &mut [u16; 320]) -> bool {
    let (pairs, _) = digits.as_chunks();
    let mut marks = 0;
    for ((product, pair), weight) in products.iter_mut().zip(pairs).zip(&WEIGHTS) {
        let pair = u16::from_le_bytes(*pair) ^ ASCII_ZEROS;
        marks |= marks_of_non_digits(pair);
        *product = pair.wrapping_mul(*weight) >> 8;
    }
    marks == 0
}

/// Replaces the product of each pair that is not two digits. Only for the rare block that has one.
#[inline(never)]
fn spoil_pairs_that_are_not_digits(digits: &[u8; 640], products: &mut [u16; 320]) {
    let (pairs, _) = digits.as_chunks();
    for (product, pair) in products.iter_mut().zip(pairs) {
        let marks = marks_of_non_digits(u16::from_le_bytes(*pair) ^ ASCII_ZEROS);
        *product = if marks == 0 { *product } else { SPOILED };
    }
}

/// Bits that are set where a byte of `pair` is above nine.
///
/// Adding six carries 10 to 15 into the upper half of the byte, where no digit has a bit. A byte
/// that overflows has such a bit before the addition, so what it does to the next is no matter.
#[inline(always)]
fn marks_of_non_digits(pair: u16) -> u16 {
    (pair | pair.wrapping_add(0x0606)) & 0xf0f0
}

/// Adds the five products of each number.
#[inline]
fn add_five(products: &[u16; 320], sums: &mut [u16; 64]) {
    let (numbers, _) = products.as_chunks();
    for (sum, &[a, b, c, d, e]) in sums.iter_mut().zip(numbers) {
        // The upper quarter of this product is the sum of the four lanes: one load, one
        // multiplication, and nothing for the compiler to gather lane by lane.
        let four = u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32 | u64::from(d) << 48;
        *sum = (four.wrapping_mul(0x0001_0001_0001_0001) >> 48) as u16 + e;
    }
}

/// Returns which sums are multiples of eleven and not spoiled.
///
/// Multiplying by the inverse of eleven divides a multiple exactly, and sends every other number
/// above the largest quotient.
#[inline]
fn multiples_of_eleven(sums: &[u16; 64]) -> u64 {
    let mut flags = [0; 64];
    for (flag, sum) in flags.iter_mut().zip(sums) {
        let multiple = sum.wrapping_mul(0x8ba3) <= u16::MAX / 11;
        *flag = u8::from(multiple & (*sum < SPOILED));
    }
    // This multiplication moves the lowest bit of byte `n` to bit `n` of the uppermost byte.
    let (eights, _) = flags.as_chunks();
    eights.iter().rev().fold(0, |bits, eight| {
        bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

const ASCII_ZEROS: u16 = 0x3030;

/// More than five weighted pairs of digits can make, and five of it still fit.
const SPOILED: u16 = 0x2000;

/// The weights of each pair of digits in a block: 10 and 9, 8 and 7, down to 2 and 1, and again.
static WEIGHTS: [u16; 320] = {
    let mut weights = [0; 320];
    let mut index = 0;
    while index < 320 {
        let first = 10 - index as u16 % 5 * 2;
        weights[index] = first << 8 | (first - 1);
        index += 1;
    }
    weights
};

#[cfg(test)]
mod tests {
    use super::valid;
    use crate::id::nhs_number::tests::by_digit_loop;

    #[test]
    fn every_pair_of_bytes_at_every_pair_of_places() {
        // Each block holds 64 variants of one number, so all 65536 pairs take 1024 blocks.
        for place in 0..5 {
            for block in 0..1024_u16 {
                let mut digits = [0; 640];
                let (numbers, _) = digits.as_chunks_mut();
                for (index, number) in numbers.iter_mut().enumerate() {
                    *number = *b"9434765919";
                    let pair = (block * 64 + index as u16).to_le_bytes();
                    number[place * 2..][..2].copy_from_slice(&pair);
                }
                let (numbers, _) = digits.as_chunks();
                let expected = numbers
                    .iter()
                    .rev()
                    .fold(0, |bits, number| bits << 1 | u64::from(by_digit_loop(number)));
                assert_eq!(valid(&digits), expected, "place {place}, block {block}");
            }
        }
    }
}
