//! Many numbers at once: columns of ten digits each, as a database or a fixed-width file has them.

use super::{NhsNumber, block, word};
use thiserror::Error;

impl NhsNumber {
    /// Checks numbers of ten ASCII digits that follow each other without separators, and returns
    /// how many are valid.
    ///
    /// Number `n` is the bytes from `10·n`; bit `n % 64` of `valid[n / 64]` is set if they are ten
    /// digits with the right check digit, as [`NhsNumber::parse`] would find, and clear otherwise.
    /// The bits after the last number are clear. A bit a number is the form that costs least to
    /// write, and to combine with others.
    ///
    /// Costs one to two nanoseconds a number, and does not allocate.
    ///
    /// # Errors
    /// - [`NhsNumberBatchError::Digits`]: the length of `digits` is not a multiple of ten.
    /// - [`NhsNumberBatchError::Bitmap`]: the length of `valid` is not the number of numbers
    ///   divided by 64, rounded up.
    ///
    /// On an error nothing is written.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// let mut valid = [0];
    /// let count = NhsNumber::validate_batch(b"999000001899900000109990000026", &mut valid)?;
    /// assert_eq!(count, 2);
    /// assert_eq!(valid, [0b101]);
    /// # Ok::<(), farr::id::NhsNumberBatchError>(())
    /// ```
    ///
    /// The check digit is that of the [data dictionary][nhs].
    ///
    /// [nhs]: https://www.datadictionary.nhs.uk/attributes/nhs_number.html
    pub fn validate_batch(digits: &[u8], valid: &mut [u64]) -> Result<usize, NhsNumberBatchError> {
        let expected = records(digits)?.len().div_ceil(64);
        if valid.len() != expected {
            return Err(NhsNumberBatchError::Bitmap { expected, found: valid.len() });
        }
        let mut count = 0;
        let mut words = valid.iter_mut();
        for_each_word(digits, |bits| {
            count += bits.count_ones() as usize;
            if let Some(word) = words.next() {
                *word = bits;
            }
        });
        Ok(count)
    }

    /// Returns how many numbers are valid, where only that is of interest:
    /// [`NhsNumber::validate_batch`] without the answer for each.
    ///
    /// # Errors
    /// [`NhsNumberBatchError::Digits`]: the length of `digits` is not a multiple of ten.
    ///
    /// # Example
    /// ```
    /// use farr::id::{NhsNumber, NhsNumberBatchError};
    ///
    /// assert_eq!(NhsNumber::count_valid(b"99900000189990000010")?, 1);
    /// let too_short = NhsNumber::count_valid(b"999000001");
    /// assert_eq!(too_short, Err(NhsNumberBatchError::Digits { found: 9 }));
    /// # Ok::<(), NhsNumberBatchError>(())
    /// ```
    pub fn count_valid(digits: &[u8]) -> Result<usize, NhsNumberBatchError> {
        records(digits)?;
        let mut count = 0;
        for_each_word(digits, |bits| count += bits.count_ones() as usize);
        Ok(count)
    }
}

/// Why a batch cannot be checked.
///
/// # Example
/// ```
/// use farr::id::{NhsNumber, NhsNumberBatchError};
///
/// assert_eq!(
///     NhsNumber::validate_batch(b"9990000018", &mut []),
///     Err(NhsNumberBatchError::Bitmap { expected: 1, found: 0 }),
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum NhsNumberBatchError {
    /// The digits are not a whole number of numbers.
    #[error(
        "{found} bytes are not a whole number of ten-digit numbers: pad or split the numbers, \
         or give one a line"
    )]
    Digits {
        /// Number of bytes.
        found: usize,
    },
    /// The bitmap is not of the length that these numbers need.
    #[error(
        "the bitmap has {found} words of 64 bits where these numbers need {expected}: \
         give one of that length"
    )]
    Bitmap {
        /// Number of words needed.
        expected: usize,
        /// Number of words given.
        found: usize,
    },
}

fn records(digits: &[u8]) -> Result<&[[u8; 10]], NhsNumberBatchError> {
    match digits.as_chunks() {
        (records, []) => Ok(records),
        _ => Err(NhsNumberBatchError::Digits { found: digits.len() }),
    }
}

/// Calls `word` with the answers for each 64 numbers in turn, and for the rest.
#[inline(always)]
fn for_each_word(digits: &[u8], mut word: impl FnMut(u64)) {
    let (words, rest) = digits.as_chunks::<640>();
    for sixty_four in words {
        word(block::valid(sixty_four));
    }
    if !rest.is_empty() {
        word(one_by_one(rest));
    }
}

/// The answers for up to 64 numbers.
fn one_by_one(digits: &[u8]) -> u64 {
    let (records, _) = digits.as_chunks();
    records.iter().rev().fold(0, |bits, record| (bits << 1) | u64::from(word::is_valid(record)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::nhs_number::tests::by_digit_loop;
    use proptest::prelude::*;

    fn assert_agrees(digits: &[u8]) {
        let (records, _) = digits.as_chunks::<10>();
        let mut valid = vec![u64::MAX; records.len().div_ceil(64)];
        let count = NhsNumber::validate_batch(digits, &mut valid).unwrap();
        for (index, record) in records.iter().enumerate() {
            let bit = valid[index / 64] >> (index % 64) & 1 == 1;
            assert_eq!(bit, by_digit_loop(record), "number {index}: {record:?}");
        }
        let set: u32 = valid.iter().map(|word| word.count_ones()).sum();
        assert_eq!(count, set as usize, "a bit after the last number is set");
        assert_eq!(NhsNumber::count_valid(digits), Ok(count));
    }

    /// Sixty-five numbers, of which the first 64 take the fast way.
    fn valid_batch(seed: u64) -> Vec<u8> {
        NhsNumber::test_numbers(seed).take(65).flat_map(NhsNumber::digits).collect()
    }

    #[test]
    fn every_byte_at_every_place_of_a_block() {
        let base = valid_batch(1);
        for position in 0..160 {
            for byte in 0..=255 {
                let mut digits = base[..640].to_vec();
                digits[position] = byte;
                assert_agrees(&digits);
            }
        }
    }

    #[test]
    fn every_length_and_every_alignment() {
        let many: Vec<u8> =
            NhsNumber::test_numbers(2).take(300).flat_map(NhsNumber::digits).collect();
        for count in 0..=200 {
            assert_agrees(&many[..count * 10]);
        }
        for offset in 0..64 {
            assert_agrees(&many[offset..offset + 1290]);
        }
    }

    #[test]
    fn all_sums_at_every_place() {
        for value in (0..10_000_000_000_u64).step_by(7_919_993) {
            let digits = crate::id::nhs_number::ascii_digits(value).repeat(64);
            assert_agrees(&digits);
        }
    }

    #[test]
    fn wrong_lengths_are_errors_and_nothing_is_written() {
        let digits = valid_batch(3);
        for length in (0..digits.len()).filter(|length| length % 10 != 0) {
            let error = NhsNumberBatchError::Digits { found: length };
            assert_eq!(NhsNumber::validate_batch(&digits[..length], &mut [0; 2]), Err(error));
            assert_eq!(NhsNumber::count_valid(&digits[..length]), Err(error));
        }
        let mut bitmap = [7; 3];
        assert_eq!(
            NhsNumber::validate_batch(&digits, &mut bitmap),
            Err(NhsNumberBatchError::Bitmap { expected: 2, found: 3 })
        );
        assert_eq!(bitmap, [7; 3]);
        assert_eq!(NhsNumber::validate_batch(&[], &mut []), Ok(0));
    }

    proptest! {
        #[test]
        fn random_and_mutated_batches(
            seed: u64,
            changes in prop::collection::vec((0..650_usize, any::<u8>()), 0..40),
            digit_changes in prop::collection::vec((0..650_usize, b'0'..=b'9'), 0..40),
        ) {
            let mut digits = valid_batch(seed);
            for (position, digit) in digit_changes {
                digits[position] = digit;
            }
            assert_agrees(&digits);
            for (position, byte) in changes {
                digits[position] = byte;
            }
            assert_agrees(&digits);
        }

        #[test]
        fn random_digits(digits in prop::collection::vec(b'0'..=b'9', 640)) {
            assert_agrees(&digits);
        }

        #[test]
        fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 640)) {
            assert_agrees(&bytes);
        }
    }
}
