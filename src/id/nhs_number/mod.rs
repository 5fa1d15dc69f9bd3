//! The NHS number, and the numbers of Scotland and Northern Ireland that share its form.

mod batch;
mod block;
mod chi;
mod error;
mod generate;
mod lines;
mod parse;
mod plausibility;
mod range;
#[cfg(feature = "serde")]
mod serde;
mod word;

use std::fmt;
use std::str::FromStr;

pub use batch::NhsNumberBatchError;
pub use chi::{Chi, ChiSex, ChiYears};
pub use error::NhsNumberError;
pub use generate::TestNumbers;
pub use lines::NhsNumberLines;
pub use plausibility::{Implausibility, Plausibility, PlausibilityReasons};
pub use range::NhsNumberRange;

/// Ten digits whose last is the check digit of the others by modulus 11: an [NHS number][nhs], a
/// [CHI number][chi] of Scotland or a Health and Care number of Northern Ireland.
///
/// Three questions have three answers. Form and check digit: [`NhsNumber::parse`], and every value
/// of this type has passed. Who issues numbers like it: [`NhsNumber::range`]. Whether it could be a
/// patient's: [`NhsNumber::plausibility`]. Whether it *is* this patient's, only a tracing service
/// knows.
///
/// `Display` writes the digits, in the groups of 3, 3 and 4 that people read. `Debug` hides them,
/// since it is what logs, panics and derives leak. Errors carry positions and never digits.
///
/// It is a `Copy` integer, ordered by number.
///
/// # Example
/// ```
/// use farr::id::{NhsNumber, NhsNumberRange};
///
/// let number: NhsNumber = "999-000-0018".parse()?;
/// assert_eq!(number.to_string(), "999 000 0018");
/// assert_eq!(format!("{number:?}"), "NhsNumber(••• ••• ••••)");
/// assert_eq!(number.range(), NhsNumberRange::Test);
/// assert!(!number.plausibility().is_plausible());
/// # Ok::<(), farr::id::NhsNumberError>(())
/// ```
///
/// [nhs]: https://www.datadictionary.nhs.uk/attributes/nhs_number.html
/// [chi]: https://www.datadictionary.nhs.uk/attributes/community_health_index_number.html
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NhsNumber(u64);

impl NhsNumber {
    /// Returns the number that `text` spells, if its form and its check digit are right.
    ///
    /// Three spellings are accepted: ten digits; groups of 3, 3 and 4 with a single space between
    /// them; the same with a hyphen. White space of ASCII around them is ignored. Everything else
    /// is refused with its reason: two different separators (`999-000 0018`) or a group of another
    /// size may be two numbers run together; a digit of another script, a no-break space or a dash
    /// is named as such, so that a caller who knows where the text came from can replace it.
    ///
    /// Costs a few nanoseconds for ten digits, and does not allocate.
    ///
    /// # Errors
    /// The first that holds, in the order of the variants of [`NhsNumberError`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{NhsNumber, NhsNumberError};
    ///
    /// assert_eq!(NhsNumber::parse(" 999 000 0018\n")?, NhsNumber::parse("9990000018")?);
    /// assert_eq!(NhsNumber::parse("9990000010"), Err(NhsNumberError::CheckDigit));
    /// assert_eq!(NhsNumber::parse("1234567890"), Err(NhsNumberError::NoCheckDigit));
    /// let mixed = NhsNumber::parse("999-000 0018");
    /// assert_eq!(mixed, Err(NhsNumberError::MixedSeparators { index: 7 }));
    /// # Ok::<(), NhsNumberError>(())
    /// ```
    ///
    /// The check digit is that of the [data dictionary][nhs].
    ///
    /// [nhs]: https://www.datadictionary.nhs.uk/attributes/nhs_number.html
    pub fn parse(text: &str) -> Result<NhsNumber, NhsNumberError> {
        parse::parse(text.as_bytes())
    }

    /// Returns the number that `text` spells: [`NhsNumber::parse`] for bytes that need not be
    /// UTF-8, such as a field of a file.
    ///
    /// # Errors
    /// As [`NhsNumber::parse`], and [`NhsNumberError::NotText`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{NhsNumber, NhsNumberError};
    ///
    /// assert_eq!(NhsNumber::from_bytes(b"9990000018")?.value(), 9_990_000_018);
    /// assert_eq!(NhsNumber::from_bytes(b"999\xa0000"), Err(NhsNumberError::NotText { index: 3 }));
    /// # Ok::<(), NhsNumberError>(())
    /// ```
    pub fn from_bytes(text: &[u8]) -> Result<NhsNumber, NhsNumberError> {
        parse::parse(text)
    }

    /// Returns the number whose value is `value`, from a system that stores it as an integer and so
    /// has lost its leading zeros.
    ///
    /// # Errors
    /// [`NhsNumberError::TooLong`], [`NhsNumberError::NoCheckDigit`],
    /// [`NhsNumberError::CheckDigit`].
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// assert_eq!(NhsNumber::from_value(607_230_002)?.to_string(), "060 723 0002");
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    pub fn from_value(value: u64) -> Result<NhsNumber, NhsNumberError> {
        if value > LARGEST {
            return Err(NhsNumberError::TooLong { digits: value.ilog10() as usize + 1 });
        }
        parse::checked(&ascii_digits(value))
    }

    /// Returns the number as an integer, at most 9999999999. Leading zeros are lost in it.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// assert_eq!(NhsNumber::parse("060 723 0002")?.value(), 607_230_002);
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn value(self) -> u64 {
        self.0
    }

    /// Returns the ten digits in ASCII, leading zeros kept: the form in which messages and
    /// databases carry the number.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// assert_eq!(&NhsNumber::parse("060 723 0002")?.digits(), b"0607230002");
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn digits(self) -> [u8; 10] {
        ascii_digits(self.0)
    }
}

/// As [`NhsNumber::parse`].
impl FromStr for NhsNumber {
    type Err = NhsNumberError;

    fn from_str(text: &str) -> Result<NhsNumber, NhsNumberError> {
        NhsNumber::parse(text)
    }
}

/// The digits, in groups of 3, 3 and 4 with single spaces.
impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second, third) = (self.0 / 10_000_000, self.0 / 10_000 % 1000, self.0 % 10_000);
        write!(f, "{first:03} {second:03} {third:04}")
    }
}

/// The name of the type, without the digits.
impl fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NhsNumber(••• ••• ••••)")
    }
}

const fn ascii_digits(value: u64) -> [u8; 10] {
    let mut digits = [b'0'; 10];
    let mut rest = value;
    let mut index = digits.len();
    while index > 0 {
        index -= 1;
        digits[index] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    digits
}

const LARGEST: u64 = 9_999_999_999;

#[cfg(test)]
mod tests;
