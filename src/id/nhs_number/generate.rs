//! Numbers for tests, which can never be a patient's.

use super::NhsNumber;
use super::parse::check_digit;
use std::iter::FusedIterator;

impl NhsNumber {
    /// Returns valid numbers of the test range, 999 000 0000 to 999 999 9999, in an order that
    /// `seed` decides.
    ///
    /// The same seed gives the same numbers in every version of this library. No number comes
    /// twice, and after all of them, some nine hundred thousand, the iterator ends. Never does it
    /// give a number outside the test range, nor 999 999 9999, which is a filler.
    ///
    /// # Example
    /// ```
    /// use farr::id::{NhsNumber, NhsNumberRange};
    ///
    /// let patients: Vec<NhsNumber> = NhsNumber::test_numbers(7).take(3).collect();
    /// assert!(patients.iter().all(|number| number.range() == NhsNumberRange::Test));
    /// assert_eq!(patients, NhsNumber::test_numbers(7).take(3).collect::<Vec<_>>());
    /// ```
    #[must_use]
    pub fn test_numbers(seed: u64) -> TestNumbers {
        let mut state = seed;
        TestNumbers { keys: std::array::from_fn(|_| split_mix(&mut state)), next: 0 }
    }
}

/// Valid numbers of the test range, without repetition: see [`NhsNumber::test_numbers`].
///
/// # Example
/// ```
/// use farr::id::NhsNumber;
///
/// let mut numbers = NhsNumber::test_numbers(1);
/// assert_ne!(numbers.next(), numbers.next());
/// ```
#[derive(Clone, Debug)]
pub struct TestNumbers {
    keys: [u64; 4],
    next: u32,
}

impl Iterator for TestNumbers {
    type Item = NhsNumber;

    fn next(&mut self) -> Option<NhsNumber> {
        while self.next < PERMUTED {
            let tail = permute(self.next, &self.keys);
            self.next += 1;
            if let Some(number) = test_number(tail) {
                return Some(number);
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some((PERMUTED - self.next) as usize))
    }
}

impl FusedIterator for TestNumbers {}

/// The number that begins 999 and goes on with the six digits of `tail`, if there is one.
fn test_number(tail: u32) -> Option<NhsNumber> {
    if tail > 999_999 {
        return None;
    }
    let stem = 999_000_000 + u64::from(tail);
    let mut digits = [0; 9];
    let mut rest = stem;
    for digit in digits.iter_mut().rev() {
        *digit = (rest % 10) as u8;
        rest /= 10;
    }
    let number = NhsNumber(stem * 10 + u64::from(check_digit(digits)?));
    (number.0 != 9_999_999_999).then_some(number)
}

/// A permutation of the numbers below [`PERMUTED`]: four Feistel rounds over two halves of ten
/// bits. Being a permutation is what makes every number come once.
fn permute(number: u32, keys: &[u64; 4]) -> u32 {
    let (mut left, mut right) = (number >> 10, number & 0x3ff);
    for key in keys {
        let mixed = finish(u64::from(right) ^ key) >> 54;
        (left, right) = (right, left ^ mixed as u32);
    }
    left << 10 | right
}

/// The next number of SplitMix64 (Steele, Lea and Flood, 2014), a generator of public domain.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    finish(*state)
}

fn finish(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

/// The smallest power of two above the million of stems, with an even number of bits.
const PERMUTED: u32 = 1 << 20;

#[cfg(test)]
mod tests {
    use super::{NhsNumber, split_mix};
    use crate::id::NhsNumberRange;
    use std::collections::HashSet;

    #[test]
    fn the_order_is_the_same_for_ever() {
        let values = |seed| -> Vec<u64> {
            NhsNumber::test_numbers(seed).take(4).map(NhsNumber::value).collect()
        };
        assert_eq!(values(0), GOLDEN_0);
        assert_eq!(values(u64::MAX), GOLDEN_MAX);
    }

    #[test]
    fn split_mix_is_the_published_one() {
        let mut state = 1_234_567;
        assert_eq!(split_mix(&mut state), 6_457_827_717_110_365_317);
        assert_eq!(split_mix(&mut state), 3_203_168_211_198_807_973);
    }

    #[test]
    fn every_number_of_the_range_comes_once_and_none_of_another() {
        let numbers: HashSet<NhsNumber> = NhsNumber::test_numbers(42).collect();
        let expected = (9_990_000_000..9_999_999_999_u64)
            .filter(|&value| NhsNumber::from_value(value).is_ok());
        assert_eq!(numbers.len(), expected.count());
        assert_eq!(NhsNumber::test_numbers(42).count(), numbers.len());
        for number in numbers {
            assert_eq!(number.range(), NhsNumberRange::Test);
            assert_eq!(NhsNumber::from_value(number.value()), Ok(number));
            assert_eq!(number.plausibility().into_iter().count(), 1);
        }
    }

    const GOLDEN_0: [u64; 4] = [9_991_542_876, 9_993_687_960, 9_998_812_569, 9_997_037_065];
    const GOLDEN_MAX: [u64; 4] = [9_990_822_638, 9_992_412_747, 9_995_477_424, 9_992_230_754];
}
