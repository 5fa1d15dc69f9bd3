//! The Global Trade Item Number, the number in the barcode of a pack.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod error;
mod format;
mod read;
#[cfg(feature = "serde")]
mod serde;

use super::mod10;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

pub use error::GtinError;
pub use format::GtinFormat;

/// A Global Trade Item Number: of a pack, a case of packs, or any other trade item.
///
/// 8, 12, 13 or 14 digits, the last a check digit by modulus 10 ([GS1 General Specifications][gs],
/// section 3.3.2). A shorter one is the same number as the longer one with zeros before it, so a
/// GTIN is kept, compared, ordered and printed as 14 digits, and
/// [`Gtin::format`] says which of the four it is. From text: [`Gtin::parse`]. From a release file,
/// whatever its check digit: [`Gtin::as_published`].
///
/// Some countries number medicines by a *National* Trade Item Number within the syntax of the GTIN
/// (Germany and Switzerland, for example). Nothing in the digits tells such a number from a GTIN
/// for certain, so nothing here decides it; only the national list does.
///
/// It is a `Copy` integer that is never zero, so `Option<Gtin>` takes 8 bytes too.
///
/// # Example
/// ```
/// use farr::Gtin;
///
/// let pack: Gtin = "5012617019844".parse()?;
/// assert_eq!(pack.to_string(), "05012617019844");
/// assert_eq!(pack, "05012617019844".parse()?);
/// # Ok::<(), farr::id::GtinError>(())
/// ```
///
/// [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(NonZeroU64);

impl Gtin {
    /// Returns the GTIN that `text` spells.
    ///
    /// The text must be 8, 12, 13 or 14 ASCII digits and nothing else. Costs some tens of
    /// nanoseconds.
    ///
    /// # Errors
    /// The first that holds, in this order: [`GtinError::Length`], [`GtinError::Digit`],
    /// [`GtinError::Zero`], [`GtinError::CheckDigit`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Gtin, GtinError};
    ///
    /// assert_eq!(Gtin::parse("96385074")?.value(), 96_385_074);
    /// assert_eq!(Gtin::parse("9638507"), Err(GtinError::Length { found: 7 }));
    /// # Ok::<(), GtinError>(())
    /// ```
    pub const fn parse(text: &str) -> Result<Gtin, GtinError> {
        Gtin::from_bytes(text.as_bytes())
    }

    /// Returns the GTIN that `text` spells in ASCII: [`Gtin::parse`] for bytes that need not be
    /// UTF-8.
    ///
    /// # Errors
    /// As [`Gtin::parse`].
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::from_bytes(b"036000291452")?.to_string(), "00036000291452");
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    pub const fn from_bytes(text: &[u8]) -> Result<Gtin, GtinError> {
        if !matches!(text.len(), 8 | 12 | 13 | 14) {
            return Err(GtinError::Length { found: text.len() });
        }
        match read::digits(text) {
            Ok(gtin) => match gtin.check() {
                Ok(()) => Ok(gtin),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// Returns the GTIN whose number is `value`, although its check digit may be wrong; `None` for
    /// zero and for numbers of more than 14 digits.
    ///
    /// For numbers that a release file contains: there, the file is the authority. What a person or
    /// a scanner sends belongs to [`Gtin::parse`].
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// let published = Gtin::as_published(5_012_617_019_845).ok_or("zero, or too long")?;
    /// assert!(!published.has_valid_check_digit());
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub const fn as_published(value: u64) -> Option<Gtin> {
        match NonZeroU64::new(value) {
            Some(number) if value < BEYOND_14_DIGITS => Some(Gtin(number)),
            _ => None,
        }
    }

    /// Returns the GTIN that `text` spells, although its check digit may be wrong:
    /// [`Gtin::as_published`] for text. It takes any number of digits from 1 to 14.
    ///
    /// # Errors
    /// [`GtinError::Length`] (none, or more than 14), [`GtinError::Digit`], [`GtinError::Zero`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Gtin, GtinError};
    ///
    /// assert_eq!(Gtin::parse_as_published("5012617019845")?.value(), 5_012_617_019_845);
    /// assert_eq!(Gtin::parse_as_published("0"), Err(GtinError::Zero));
    /// # Ok::<(), GtinError>(())
    /// ```
    pub const fn parse_as_published(text: &str) -> Result<Gtin, GtinError> {
        read::digits(text.as_bytes())
    }

    /// Checks the check digit again: always `Ok` if the GTIN came from [`Gtin::parse`], and the
    /// point of it if it came from [`Gtin::as_published`].
    ///
    /// # Errors
    /// [`GtinError::CheckDigit`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Gtin, GtinError};
    ///
    /// let published = Gtin::parse_as_published("96385070")?;
    /// assert_eq!(published.check(), Err(GtinError::CheckDigit { expected: 4, found: 0 }));
    /// # Ok::<(), GtinError>(())
    /// ```
    #[inline]
    pub const fn check(self) -> Result<(), GtinError> {
        let expected = mod10::check_digit(self.value() / 10);
        let found = self.check_digit();
        if expected == found { Ok(()) } else { Err(GtinError::CheckDigit { expected, found }) }
    }

    /// Returns whether the check digit is right: always, if the GTIN came from [`Gtin::parse`].
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert!(Gtin::parse("96385074")?.has_valid_check_digit());
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn has_valid_check_digit(self) -> bool {
        mod10::is_valid(self.value())
    }

    /// Returns the GTIN as a number, below 10^14. Leading zeros are lost in it.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::parse("00000096385074")?.value(), 96_385_074);
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn value(self) -> u64 {
        self.0.get()
    }

    /// Returns the 14 digits in ASCII, leading zeros kept.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(&Gtin::parse("96385074")?.digits(), b"00000096385074");
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    pub fn digits(self) -> [u8; 14] {
        let mut digits = [b'0'; 14];
        let mut rest = self.value();
        for digit in digits.iter_mut().rev() {
            *digit |= (rest % 10) as u8;
            rest /= 10;
        }
        digits
    }

    /// Returns the last digit, 0 to 9, as it stands.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::parse("96385074")?.check_digit(), 4);
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn check_digit(self) -> u8 {
        (self.value() % 10) as u8
    }

    /// Returns the first of the 14 digits: 0 for a GTIN of up to 13 digits, 1 to 8 for a level of
    /// packaging around it, whose meaning is the manufacturer's own, and 9 for an item of variable
    /// measure.
    ///
    /// The GTIN of the item inside is *not* the same digits without the indicator: its check digit
    /// differs.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::parse("15012617019841")?.indicator(), 1);
    /// assert_eq!(Gtin::parse("5012617019844")?.indicator(), 0);
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    ///
    /// The digit is that of the [GS1 General Specifications][gs], section 2.1.6.
    ///
    /// [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications
    #[must_use]
    #[inline]
    pub const fn indicator(self) -> u8 {
        (self.value() / 10_000_000_000_000) as u8
    }

    /// Returns whether GS1 leaves the number to a company or a region to use as it likes, so that
    /// it identifies nothing outside of there: a shop's own label, say. Such a number must not be
    /// looked up in a national list of packs.
    ///
    /// These are the GTINs whose 13 digits, after the indicator, begin with 02, 04 or 20 to 29, and
    /// the GTIN-8 that begin with 0 or 2 ([GS1 General Specifications][gs], section 1.4).
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert!(Gtin::parse("2000000000008")?.is_restricted_circulation());
    /// assert!(!Gtin::parse("5012617019844")?.is_restricted_circulation());
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    ///
    /// [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications
    #[must_use]
    pub const fn is_restricted_circulation(self) -> bool {
        match self.format() {
            GtinFormat::Gtin8 => matches!(self.value() / 10_000_000, 0 | 2),
            _ => matches!(self.value() / 100_000_000_000 % 100, 2 | 4 | 20..=29),
        }
    }
}

/// As [`Gtin::parse`].
impl FromStr for Gtin {
    type Err = GtinError;

    fn from_str(text: &str) -> Result<Gtin, GtinError> {
        Gtin::parse(text)
    }
}

/// The 14 digits, leading zeros kept.
impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

/// The 14 digits, on one line in any format.
impl fmt::Debug for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gtin({self})")
    }
}

const BEYOND_14_DIGITS: u64 = 100_000_000_000_000;

#[cfg(test)]
mod tests;
