//! The SNOMED CT identifier.

mod digits;
mod error;
mod partition;
mod parts;
#[cfg(feature = "serde")]
mod serde;

use super::verhoeff;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

pub use error::{SctidError, SctidPartsError};
pub use partition::{Component, Partition};

/// A SNOMED CT identifier: of a concept, a description, a relationship and so on.
///
/// 6 to 18 digits, from the left: the item, in the long form a namespace of seven digits, a
/// partition of two that says which kind of component it is, and a Verhoeff check digit ([release
/// file specification][rfs], section 6). It does not fit the 53 bits of a floating-point number, so
/// it travels as a string or as a 64-bit integer.
///
/// [`Sctid::parse`] checks all of that. What it cannot check is whether a release contains the
/// identifier. An identifier that was published against the rules is taken as it is by
/// [`Sctid::as_published`], and [`Sctid::check`] tells the one kind from the other.
///
/// It is a `Copy` integer that is never zero, so `Option<Sctid>` takes 8 bytes too. It is ordered
/// by number.
///
/// # Example
/// ```
/// use farr::id::{Component, Sctid};
///
/// let sclerosis: Sctid = "24700007".parse()?;
/// assert_eq!(sclerosis.component(), Some(Component::Concept));
/// assert_eq!(sclerosis.to_string(), "24700007");
/// assert_eq!(format!("{sclerosis:?}"), "Sctid(24700007)");
/// # Ok::<(), farr::id::SctidError>(())
/// ```
///
/// [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sctid(NonZeroU64);

impl Sctid {
    /// Returns the identifier that `text` spells.
    ///
    /// The text must be the digits and nothing else: no white space, no sign, no leading zero.
    /// Costs about ten nanoseconds.
    ///
    /// # Errors
    /// The first that holds, in this order: [`SctidError::Length`], [`SctidError::Digit`],
    /// [`SctidError::LeadingZero`], [`SctidError::CheckDigit`], [`SctidError::Partition`],
    /// [`SctidError::Namespace`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Sctid, SctidError};
    ///
    /// assert!(Sctid::parse("24700007").is_ok());
    /// assert_eq!(Sctid::parse("2470000"), Err(SctidError::CheckDigit { expected: 5, found: 0 }));
    /// assert_eq!(Sctid::parse("G20.."), Err(SctidError::Length { found: 5 }));
    /// ```
    pub const fn parse(text: &str) -> Result<Sctid, SctidError> {
        Sctid::from_bytes(text.as_bytes())
    }

    /// Returns the identifier that `text` spells in ASCII: [`Sctid::parse`] for bytes that need not
    /// be UTF-8.
    ///
    /// # Errors
    /// As [`Sctid::parse`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Sctid, SctidError};
    ///
    /// let field = b"24700007\t20020131".split(|byte| *byte == b'\t').next().unwrap_or_default();
    /// assert_eq!(Sctid::from_bytes(field)?.value(), 24_700_007);
    /// # Ok::<(), SctidError>(())
    /// ```
    pub const fn from_bytes(text: &[u8]) -> Result<Sctid, SctidError> {
        if text.len() < 6 {
            return Err(SctidError::Length { found: text.len() });
        }
        match digits::read(text) {
            Ok(sctid) => match sctid.check() {
                Ok(()) => Ok(sctid),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// The identifier that `text` spells, of which nothing but the digits was looked at.
    #[inline]
    pub(crate) const fn digits_of(text: &[u8]) -> Option<Sctid> {
        match digits::read(text) {
            Ok(sctid) => Some(sctid),
            Err(_) => None,
        }
    }

    /// Returns the identifier whose number is `value`.
    ///
    /// Costs a few nanoseconds; a check of the check digit alone is [`verhoeff::is_valid`].
    ///
    /// # Errors
    /// As [`Sctid::parse`] of the digits of `value`.
    ///
    /// # Example
    /// ```
    /// use farr::id::{Sctid, SctidError};
    ///
    /// assert_eq!(Sctid::from_value(24_700_007)?.to_string(), "24700007");
    /// assert_eq!(Sctid::from_value(7), Err(SctidError::Length { found: 1 }));
    /// # Ok::<(), SctidError>(())
    /// ```
    pub const fn from_value(value: u64) -> Result<Sctid, SctidError> {
        match NonZeroU64::new(value) {
            Some(value) => match Sctid(value).check() {
                Ok(()) => Ok(Sctid(value)),
                Err(error) => Err(error),
            },
            None => Err(SctidError::Length { found: 1 }),
        }
    }

    /// Returns the identifier whose number is `value`, although its check digit or partition may be
    /// wrong; `None` for zero and for numbers of more than 18 digits.
    ///
    /// For identifiers that a release file contains: there, the file is the authority. What a
    /// person or another system sends belongs to [`Sctid::parse`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Sctid, SctidError};
    ///
    /// let published = Sctid::as_published(24_700_008).ok_or("zero, or too long")?;
    /// assert_eq!(published.check(), Err(SctidError::CheckDigit { expected: 7, found: 8 }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn as_published(value: u64) -> Option<Sctid> {
        match NonZeroU64::new(value) {
            Some(number) if value < BEYOND_18_DIGITS => Some(Sctid(number)),
            _ => None,
        }
    }

    /// Returns the identifier that `text` spells, although its check digit or partition may be
    /// wrong: [`Sctid::as_published`] for text. It also takes fewer than six digits.
    ///
    /// # Errors
    /// [`SctidError::Length`] (none, or more than 18), [`SctidError::Digit`],
    /// [`SctidError::LeadingZero`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Sctid, SctidError};
    ///
    /// assert_eq!(Sctid::parse_as_published("24700008")?.value(), 24_700_008);
    /// assert_eq!(Sctid::parse_as_published("2470000x"), Err(SctidError::Digit { index: 7 }));
    /// # Ok::<(), SctidError>(())
    /// ```
    pub const fn parse_as_published(text: &str) -> Result<Sctid, SctidError> {
        digits::read(text.as_bytes())
    }

    /// Returns the concept identifier `value`, for constants: a wrong one does not compile.
    ///
    /// # Panics
    /// If `value` is not a well-formed concept identifier; in a `const`, that is an error of the
    /// compiler.
    ///
    /// # Example
    /// ```
    /// use farr::id::Sctid;
    ///
    /// const IS_A: Sctid = Sctid::concept_constant(116_680_003);
    /// assert_eq!(IS_A.to_string(), "116680003");
    /// ```
    ///
    /// ```compile_fail
    /// use farr::id::Sctid;
    ///
    /// const WRONG: Sctid = Sctid::concept_constant(116_680_004);
    /// # println!("{WRONG}");
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn concept_constant(value: u64) -> Sctid {
        match Sctid::from_value(value) {
            Ok(sctid) => {
                assert!(
                    matches!(sctid.component(), Some(Component::Concept)),
                    "not a concept identifier"
                );
                sctid
            }
            Err(SctidError::CheckDigit { .. }) => panic!("the check digit is wrong"),
            Err(_) => panic!("not an SCTID"),
        }
    }

    /// Checks the identifier again: always `Ok` if it came from [`Sctid::parse`], and the point of
    /// it if it came from [`Sctid::as_published`].
    ///
    /// # Errors
    /// As [`Sctid::parse`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{Sctid, SctidError};
    ///
    /// let dummy = Sctid::parse_as_published("1234")?;
    /// assert_eq!(dummy.check(), Err(SctidError::Length { found: 4 }));
    /// # Ok::<(), SctidError>(())
    /// ```
    #[inline]
    pub const fn check(self) -> Result<(), SctidError> {
        let value = self.value();
        let length = value.ilog10() as usize + 1;
        if length < 6 || length > 18 {
            return Err(SctidError::Length { found: length });
        }
        if !verhoeff::is_valid(value) {
            return Err(SctidError::CheckDigit {
                expected: verhoeff::check_digit(value / 10),
                found: self.check_digit(),
            });
        }
        match self.partition() {
            Some(partition) if partition.is_long() && length < 11 => {
                Err(SctidError::Namespace { found: length })
            }
            Some(_) => Ok(()),
            None => {
                let code = self.partition_code();
                Err(SctidError::Partition { found: [b'0' + code / 10, b'0' + code % 10] })
            }
        }
    }

    /// Returns the identifier as a number, below 10^18.
    ///
    /// # Example
    /// ```
    /// use farr::id::Sctid;
    ///
    /// assert_eq!(Sctid::parse("24700007")?.value(), 24_700_007);
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn value(self) -> u64 {
        self.0.get()
    }

    /// Returns the partition: the kind of component and the form; `None` only for an identifier
    /// that was published with a partition that SNOMED CT does not define.
    ///
    /// # Example
    /// ```
    /// use farr::id::Sctid;
    ///
    /// let sclerosis = Sctid::parse("24700007")?;
    /// assert_eq!(sclerosis.partition().map(|p| p.to_string()).as_deref(), Some("00"));
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn partition(self) -> Option<Partition> {
        Partition::from_code(self.partition_code())
    }

    /// Returns the kind of component: short for `partition()` and then `component()`.
    ///
    /// # Example
    /// ```
    /// use farr::id::{Component, Sctid};
    ///
    /// assert_eq!(Sctid::parse("100022")?.component(), Some(Component::Relationship));
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn component(self) -> Option<Component> {
        match self.partition() {
            Some(partition) => Some(partition.component()),
            None => None,
        }
    }

    /// Returns the namespace of the organisation that issued the identifier, at most 9999999;
    /// `None` in the short form, which SNOMED International issues, and where the partition is not
    /// a defined one.
    ///
    /// A namespace has seven digits: print it with leading zeros.
    ///
    /// # Example
    /// ```
    /// use farr::id::Sctid;
    ///
    /// assert_eq!(Sctid::parse("999000041000000102")?.namespace(), Some(1_000_000));
    /// assert_eq!(Sctid::parse("24700007")?.namespace(), None);
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    pub const fn namespace(self) -> Option<u32> {
        match self.partition() {
            Some(partition) if partition.is_long() => {
                Some((self.value() / 1000 % 10_000_000) as u32)
            }
            _ => None,
        }
    }

    /// Returns the item: what is left of the identifier without its namespace, partition and check
    /// digit.
    ///
    /// It is unique only together with the namespace and the kind of component.
    ///
    /// # Example
    /// ```
    /// use farr::id::Sctid;
    ///
    /// assert_eq!(Sctid::parse("24700007")?.item(), 24_700);
    /// assert_eq!(Sctid::parse("999000041000000102")?.item(), 99_900_004);
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    pub const fn item(self) -> u64 {
        match self.namespace() {
            Some(_) => self.value() / 10_000_000_000,
            None => self.value() / 1000,
        }
    }

    /// Returns the last digit, 0 to 9, as it stands.
    ///
    /// # Example
    /// ```
    /// use farr::id::Sctid;
    ///
    /// assert_eq!(Sctid::parse("24700007")?.check_digit(), 7);
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    pub const fn check_digit(self) -> u8 {
        (self.value() % 10) as u8
    }

    const fn partition_code(self) -> u8 {
        (self.value() / 10 % 100) as u8
    }
}

/// As [`Sctid::parse`].
impl FromStr for Sctid {
    type Err = SctidError;

    fn from_str(text: &str) -> Result<Sctid, SctidError> {
        Sctid::parse(text)
    }
}

/// The digits.
impl fmt::Display for Sctid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The digits, on one line in any format.
impl fmt::Debug for Sctid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sctid({})", self.0)
    }
}

const BEYOND_18_DIGITS: u64 = 1_000_000_000_000_000_000;

#[cfg(test)]
mod tests;
