//! Why a text is not a GTIN.

use crate::id::position::place;
use thiserror::Error;

/// Why a text or a number is not a GTIN, and where.
///
/// Checks run in the order of the variants, so a later reason means that all before it are
/// satisfied.
///
/// # Example
/// ```
/// use farr::id::{Gtin, GtinError};
///
/// assert_eq!(Gtin::parse("96385070"), Err(GtinError::CheckDigit { expected: 4, found: 0 }));
/// assert_eq!(Gtin::parse("5012617 19844"), Err(GtinError::Digit { index: 7 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum GtinError {
    /// The text is not of 8, 12, 13 or 14 bytes.
    #[error(
        "a GTIN has 8, 12, 13 or 14 digits, and this has {found} characters: \
         check that the whole number was copied, with its leading zeros"
    )]
    Length {
        /// Length of the text, in bytes.
        found: usize,
    },
    /// A character is not an ASCII digit. White space is not trimmed.
    #[error(
        "character {at} is not one of the digits 0 to 9: \
         a GTIN is digits only, so remove spaces, signs and separators",
        at = place(.index)
    )]
    Digit {
        /// Position of the character, in bytes from the start of the text.
        index: usize,
    },
    /// All digits are zero.
    #[error("a GTIN of zeros only identifies nothing: check the source of the number")]
    Zero,
    /// The last digit is not the check digit of those before it.
    #[error(
        "the check digit is {found} where the other digits require {expected}: \
         at least one digit is wrong, so scan or copy the number again; \
         do not replace the check digit"
    )]
    CheckDigit {
        /// The digit the others require, 0 to 9.
        expected: u8,
        /// The digit found, 0 to 9.
        found: u8,
    },
}
