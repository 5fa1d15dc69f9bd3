//! Why a text or a number is not an SCTID.

use crate::id::position::place;
use thiserror::Error;

/// Why a text or a number is not an SCTID, and where.
///
/// Checks run in the order of the variants, so a later reason means that all before it are
/// satisfied.
///
/// The rules are those of the [release file specification][rfs], section 6.
///
/// # Example
/// ```
/// use farr::id::{Sctid, SctidError};
///
/// assert_eq!(Sctid::parse("24700008"), Err(SctidError::CheckDigit { expected: 7, found: 8 }));
/// assert_eq!(Sctid::parse("247 0007"), Err(SctidError::Digit { index: 3 }));
/// ```
///
/// [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum SctidError {
    /// The text is not of 6 to 18 bytes.
    #[error(
        "an SCTID has 6 to 18 digits, and this has {found} characters: \
         check that the whole identifier was copied, and that it is not a code of another system"
    )]
    Length {
        /// Length of the text, in bytes.
        found: usize,
    },
    /// A character is not an ASCII digit. White space is not trimmed.
    #[error(
        "character {at} is not one of the digits 0 to 9: \
         an SCTID is digits only, so remove spaces, signs and separators",
        at = place(.index)
    )]
    Digit {
        /// Position of the character, in bytes from the start of the text.
        index: usize,
    },
    /// The first digit is zero.
    #[error("an SCTID does not begin with zero: remove the padding")]
    LeadingZero,
    /// The last digit is not the Verhoeff check digit of those before it.
    #[error(
        "the check digit is {found} where the other digits require {expected}: \
         at least one digit is wrong, so take the identifier from its source again; \
         do not replace the check digit"
    )]
    CheckDigit {
        /// The digit the others require, 0 to 9.
        expected: u8,
        /// The digit found, 0 to 9.
        found: u8,
    },
    /// The two digits before the check digit are not a partition that SNOMED CT defines.
    #[error(
        "the two digits before the check digit are {}{}, and no kind of component has that \
         partition: check that this is a SNOMED CT identifier",
        found[0] as char,
        found[1] as char
    )]
    Partition {
        /// The two digits, in ASCII.
        found: [u8; 2],
    },
    /// The partition says that a namespace of seven digits is present, and there is no room for it.
    #[error(
        "the partition says that a namespace is present, which takes at least 11 digits, \
         and this has {found}: check that the whole identifier was copied"
    )]
    Namespace {
        /// Number of digits.
        found: usize,
    },
}

/// Why an SCTID cannot be made of the parts given to [`Sctid::from_parts`].
///
/// # Example
/// ```
/// use farr::id::{Component, Sctid, SctidPartsError};
///
/// assert_eq!(
///     Sctid::from_parts(7, None, Component::Concept),
///     Err(SctidPartsError::Item { smallest: 100, largest: 999_999_999_999_999 }),
/// );
/// ```
///
/// [`Sctid::from_parts`]: crate::id::Sctid::from_parts
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum SctidPartsError {
    /// The item is too small or too large for an identifier of 6 to 18 digits.
    #[error("the item must be from {smallest} to {largest} in this form of identifier")]
    Item {
        /// Smallest item the form admits.
        smallest: u64,
        /// Largest item the form admits.
        largest: u64,
    },
    /// The namespace has more than seven digits.
    #[error("a namespace has seven digits: give a number up to 9999999")]
    Namespace,
    /// The kind of component exists in the long form only.
    #[error(
        "an expression identifier exists in the long form only: give the namespace that issues it"
    )]
    NamespaceRequired,
}
