//! Why a scanned text cannot be read.

use super::{ApplicationIdentifier, CharacterSet, Check, Symbology};
use crate::id::GtinError;
use crate::id::position::place;
use thiserror::Error;

/// Why a scanned text cannot be read, and where: what was scanned is refused as a whole, since a
/// barcode that is wrong in one place is not to be trusted in another.
///
/// Positions are in bytes from the start of the text as given.
///
/// # Example
/// ```
/// use farr::id::gs1::{Gs1Error, Scan};
///
/// let error = Scan::parse("(01)05012617019845(17)271130").unwrap_err();
/// assert_eq!(error.index(), Some(17));
/// assert!(matches!(error, Gs1Error::CheckDigit { expected: 4, found: 5, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Gs1Error {
    /// There is nothing but white space, a symbology identifier or a separator.
    #[error("there is no data here: scan again")]
    Empty,
    /// The text is longer than any barcode.
    #[error("the text has {length} bytes, more than {limit} of a barcode: give one scan at a time",
        limit = super::LENGTH_LIMIT)]
    TooLong {
        /// Length of the text, in bytes.
        length: usize,
    },
    /// The text begins with `]`, and what follows is not a symbology identifier known here.
    #[error(
        "the symbology identifier at character {at} is not one that carries GS1 data: \
         ]C1, ]d2, ]Q3, ]J1 and ]e0 do, and ]E0 to ]E4 carry a GTIN",
        at = place(.index)
    )]
    UnknownSymbology {
        /// Position of the `]`.
        index: usize,
    },
    /// The symbology identifier says that this is not GS1 data, and it is no URI either.
    #[error(
        "the barcode ({symbology}) is not marked as GS1 data, and holds no GS1 Digital Link URI: \
         this is another kind of barcode, or it was printed without FNC1 in the first position"
    )]
    NotGs1 {
        /// What the scanner said.
        symbology: Symbology,
    },
    /// A number that stands alone, or in a URI, is not a GTIN; or the GTIN of an element string is
    /// zero.
    #[error(
        "the GTIN at character {at} is wrong: {reason}",
        at = place(.index)
    )]
    Gtin {
        /// Position of the number.
        index: usize,
        /// Why it is not a GTIN. Positions in it count from the start of the number.
        reason: GtinError,
    },
    /// The digits of an application identifier are expected, and something else is there.
    #[error(
        "an application identifier is expected at character {at}: its 2 to 4 digits are not there",
        at = place(.index)
    )]
    ApplicationIdentifierExpected {
        /// Position where it must begin.
        index: usize,
    },
    /// No application identifier is assigned these digits.
    #[error(
        "({found:02}) at character {at} is not an application identifier: \
         the barcode is wrong, or a separator before it was lost",
        at = place(.index)
    )]
    UnknownAi {
        /// Position of the first digit.
        index: usize,
        /// The digits as a number, two at least when printed; only the first two where no
        /// application identifier begins with them.
        found: u16,
    },
    /// A value, or a part of it, is too short or too long.
    #[error(
        "the value of ({ai}) at character {at} has {found} characters where {minimum} to {maximum} \
         are expected: check whether the scanner sends the separators",
        at = place(.index)
    )]
    Length {
        /// Whose value it is.
        ai: ApplicationIdentifier,
        /// Position of the value, or of the part of it that is too short.
        index: usize,
        /// The fewest characters expected there.
        minimum: usize,
        /// The most characters expected there.
        maximum: usize,
        /// Number of characters found.
        found: usize,
    },
    /// A character does not belong there.
    #[error(
        "the value of ({ai}) has {found:?} at character {at} where {expected} is expected",
        at = place(.index)
    )]
    Character {
        /// Whose value it is.
        ai: ApplicationIdentifier,
        /// Position of the character.
        index: usize,
        /// The character.
        found: char,
        /// What is expected in its place.
        expected: CharacterSet,
    },
    /// The check digit is wrong.
    #[error(
        "the check digit of ({ai}) at character {at} is {found} where the other digits require \
         {expected}: at least one digit is wrong, so scan again; do not replace the check digit",
        at = place(.index)
    )]
    CheckDigit {
        /// Whose value it is.
        ai: ApplicationIdentifier,
        /// Position of the check digit.
        index: usize,
        /// The digit the others require, 0 to 9.
        expected: u8,
        /// The digit found, 0 to 9.
        found: u8,
    },
    /// The pair of check characters is wrong.
    #[error(
        "the check characters of ({ai}) at character {at} are not {}{}, which the other characters \
         require: at least one character is wrong, so scan again",
        expected[0],
        expected[1],
        at = place(.index)
    )]
    CheckCharacters {
        /// Whose value it is.
        ai: ApplicationIdentifier,
        /// Position of the pair.
        index: usize,
        /// The pair the other characters require.
        expected: [char; 2],
    },
    /// A part of a value is not what it must be: a date that no calendar has, say.
    #[error(
        "the value of ({ai}) at character {at} is not right: {check} is expected",
        at = place(.index)
    )]
    Content {
        /// Whose value it is.
        ai: ApplicationIdentifier,
        /// Position of the part.
        index: usize,
        /// What is expected; [`Check::name`] is its name in the dictionary.
        check: Check,
    },
    /// An application identifier is there twice with different values.
    #[error(
        "({ai}) at character {at} repeats the one whose value is at character {former}, with \
         another value: two barcodes may have run together",
        at = place(.index),
        former = place(.first)
    )]
    Repeated {
        /// Which it is.
        ai: ApplicationIdentifier,
        /// Position of the second value.
        index: usize,
        /// Position of the first value.
        first: usize,
    },
    /// Four or more characters in a value that may be a separator, as some scanners write it, or
    /// data.
    #[error(
        "the value of ({ai}) has <GS> or <FNC1> at character {at}, which may be a separator or \
         data: say which in the options, or have the scanner send the character 1D",
        at = place(.index)
    )]
    AmbiguousSeparator {
        /// Whose value it is.
        ai: ApplicationIdentifier,
        /// Position of the `<`.
        index: usize,
    },
    /// A URI has no domain.
    #[error(
        "the URI has no domain at character {at}: a GS1 Digital Link URI is https://domain/...",
        at = place(.index)
    )]
    NoDomain {
        /// Position where the domain must begin.
        index: usize,
    },
    /// The path of a URI does not end in a primary key and its qualifiers.
    #[error(
        "the path of the URI at character {at} has no GS1 key such as /01/ and a GTIN: \
         it is no GS1 Digital Link URI, or a compressed one, which is not read",
        at = place(.index)
    )]
    NoKey {
        /// Position of the path.
        index: usize,
    },
    /// What follows the primary key of a URI is not a qualifier of it, or not in its order.
    #[error(
        "({ai}) at character {at} is not a qualifier of the key of the URI, or out of order",
        at = place(.index)
    )]
    Qualifier {
        /// Which it is.
        ai: ApplicationIdentifier,
        /// Position of its digits.
        index: usize,
    },
    /// An application identifier that may not stand in the query of a URI.
    #[error(
        "({ai}) at character {at} must not stand in the query of a GS1 Digital Link URI",
        at = place(.index)
    )]
    NotDataAttribute {
        /// Which it is.
        ai: ApplicationIdentifier,
        /// Position of its digits.
        index: usize,
    },
    /// A `%` without two hexadecimal digits, or bytes that are not text.
    #[error(
        "the percent-encoding at character {at} cannot be decoded",
        at = place(.index)
    )]
    PercentEncoding {
        /// Position of the `%`, or of the value whose bytes are not text.
        index: usize,
    },
}

impl Gs1Error {
    /// Returns the position in bytes from the start of the text; `None` where it is the text as a
    /// whole.
    #[must_use]
    pub const fn index(&self) -> Option<usize> {
        match *self {
            Gs1Error::Empty | Gs1Error::TooLong { .. } | Gs1Error::NotGs1 { .. } => None,
            Gs1Error::UnknownSymbology { index }
            | Gs1Error::Gtin { index, .. }
            | Gs1Error::ApplicationIdentifierExpected { index }
            | Gs1Error::UnknownAi { index, .. }
            | Gs1Error::Length { index, .. }
            | Gs1Error::Character { index, .. }
            | Gs1Error::CheckDigit { index, .. }
            | Gs1Error::CheckCharacters { index, .. }
            | Gs1Error::Content { index, .. }
            | Gs1Error::Repeated { index, .. }
            | Gs1Error::AmbiguousSeparator { index, .. }
            | Gs1Error::NoDomain { index }
            | Gs1Error::NoKey { index }
            | Gs1Error::Qualifier { index, .. }
            | Gs1Error::NotDataAttribute { index, .. }
            | Gs1Error::PercentEncoding { index } => Some(index),
        }
    }

    /// Returns the application identifier whose value is wrong; `None` where it is none.
    #[must_use]
    pub const fn application_identifier(&self) -> Option<ApplicationIdentifier> {
        match *self {
            Gs1Error::Length { ai, .. }
            | Gs1Error::Character { ai, .. }
            | Gs1Error::CheckDigit { ai, .. }
            | Gs1Error::CheckCharacters { ai, .. }
            | Gs1Error::Content { ai, .. }
            | Gs1Error::Repeated { ai, .. }
            | Gs1Error::AmbiguousSeparator { ai, .. }
            | Gs1Error::Qualifier { ai, .. }
            | Gs1Error::NotDataAttribute { ai, .. } => Some(ai),
            _ => None,
        }
    }
}
