//! Why a text is not an NHS number.

use crate::id::position::place;
use thiserror::Error;

/// Why a text is not an NHS number, and where.
///
/// Checks run in the order of the variants: characters from the left, then the number of digits,
/// then their grouping, then the check digit. A position is counted from the start of the text as
/// given, from zero; all before it is ASCII, so it is a position in bytes and in characters alike.
///
/// No variant carries a digit of the number, so an error may be logged. In particular none says
/// which check digit would have been right: the wrong digit may be any of the ten.
///
/// # Example
/// ```
/// use farr::id::{NhsNumber, NhsNumberError};
///
/// let letters = NhsNumber::parse("999 OOO 0018");
/// assert_eq!(letters, Err(NhsNumberError::Character { index: 4, found: 'O' }));
/// assert_eq!(NhsNumber::parse("99900000018"), Err(NhsNumberError::TooLong { digits: 11 }));
/// assert_eq!(NhsNumber::parse("99900 00018"), Err(NhsNumberError::Grouping { index: 3 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum NhsNumberError {
    /// There is nothing but white space.
    #[error("there is no number here: give ten digits, or record that the number is not known")]
    Empty,
    /// The bytes are not UTF-8.
    #[error(
        "byte {at} is not text: decode the input as UTF-8 first",
        at = place(.index)
    )]
    NotText {
        /// Position of the byte.
        index: usize,
    },
    /// A digit of another script than ASCII, such as a full-width one.
    #[error(
        "character {at} ({found:?}) is not one of the ASCII digits 0 to 9: \
         type it again",
        at = place(.index)
    )]
    NonAsciiDigit {
        /// Position of the character.
        index: usize,
        /// The character.
        found: char,
    },
    /// A space that is not the ASCII one, such as a no-break space from a web page, or a mark of no
    /// width.
    #[error(
        "character {at} ({found:?}) is a space other than the ordinary one: \
         replace it by an ordinary space, or remove it",
        at = place(.index)
    )]
    NonAsciiSpace {
        /// Position of the character.
        index: usize,
        /// The character.
        found: char,
    },
    /// A dash or hyphen that is not the ASCII one, such as an en dash from a word processor.
    #[error(
        "character {at} ({found:?}) is a dash other than the hyphen: \
         replace it by a hyphen",
        at = place(.index)
    )]
    NonAsciiHyphen {
        /// Position of the character.
        index: usize,
        /// The character.
        found: char,
    },
    /// Any other character that has no place in a number, such as a letter.
    #[error(
        "character {at} ({found:?}) is not a digit: an NHS number is ten digits",
        at = place(.index)
    )]
    Character {
        /// Position of the character.
        index: usize,
        /// The character.
        found: char,
    },
    /// Fewer than ten digits.
    #[error(
        "an NHS number has ten digits, and this has {digits}: \
         if it was stored as a number, its leading zeros were lost: put them back"
    )]
    TooShort {
        /// Number of digits.
        digits: usize,
    },
    /// More than ten digits.
    #[error("an NHS number has ten digits, and this has {digits}: check that it is one number")]
    TooLong {
        /// Number of digits.
        digits: usize,
    },
    /// Two different separators.
    #[error(
        "the separator at character {at} is not the one before it: \
         use spaces or hyphens, not both, and check that this is one number",
        at = place(.index)
    )]
    MixedSeparators {
        /// Position of the first separator that differs from the first of all.
        index: usize,
    },
    /// The separators do not make groups of 3, 3 and 4 digits.
    #[error(
        "the grouping goes wrong at character {at}: \
         put one separator after the third digit and one after the sixth, or none at all",
        at = place(.index)
    )]
    Grouping {
        /// Position where a separator stands and should not, or should stand and does not.
        index: usize,
    },
    /// The first nine digits have no check digit, so no number begins with them.
    #[error(
        "no NHS number begins with these nine digits: at least one of them is wrong, \
         so read the number from its source again"
    )]
    NoCheckDigit,
    /// The tenth digit is not the check digit of the first nine.
    #[error(
        "the check digit does not agree with the other digits: at least one of the ten is wrong, \
         so read the number from its source again"
    )]
    CheckDigit,
}
