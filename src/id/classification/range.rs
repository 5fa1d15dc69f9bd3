//! Ranges of codes, as code lists and the classifications themselves write them.

use super::{ClassificationCodeError, CodeRangeError, Icd10Code, Opcs4Code};
use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::str::FromStr;

/// A code of a classification whose published order is known from the codes alone: [`Icd10Code`]
/// and [`Opcs4Code`], and nothing outside of this crate.
///
/// # Example
/// ```
/// use farr::id::{ClassificationCode, CodeRange};
///
/// fn is_one_code<C: ClassificationCode>(range: CodeRange<C>) -> bool {
///     range.first() == range.last()
/// }
/// assert!(is_one_code(CodeRange::from(farr::Opcs4Code::parse("X38")?)));
/// # Ok::<(), farr::id::ClassificationCodeError>(())
/// ```
pub trait ClassificationCode: ordered::Ordered + fmt::Display {}

impl ClassificationCode for Icd10Code {}
impl ClassificationCode for Opcs4Code {}

mod ordered {
    use super::{ClassificationCodeError, Icd10Code, Opcs4Code};

    #[allow(unreachable_pub, reason = "a bound of a public trait that nobody else can satisfy")]
    pub trait Ordered: Copy + Ord + Sized {
        fn read(text: &[u8]) -> Result<Self, ClassificationCodeError>;
        fn key(self) -> u32;
        /// The key of the last code that could be a subdivision of this one, or its own.
        fn last_key(self) -> u32;
    }

    impl Ordered for Icd10Code {
        fn read(text: &[u8]) -> Result<Icd10Code, ClassificationCodeError> {
            Icd10Code::from_bytes(text)
        }

        fn key(self) -> u32 {
            self.sort_key()
        }

        fn last_key(self) -> u32 {
            Icd10Code::last_key(self)
        }
    }

    impl Ordered for Opcs4Code {
        fn read(text: &[u8]) -> Result<Opcs4Code, ClassificationCodeError> {
            Opcs4Code::from_bytes(text)
        }

        fn key(self) -> u32 {
            self.sort_key()
        }

        fn last_key(self) -> u32 {
            Opcs4Code::last_key(self)
        }
    }
}

/// The codes of a classification from one to another, as they are published, with the subdivisions
/// of both; or one code with its subdivisions.
///
/// | range | [`contains`][Self::contains] | [`overlaps`][Self::overlaps] besides |
/// |---|---|---|
/// | `E10-E14` | E10, E10.9, E14, E14.99 | nothing |
/// | `E11` | E11, E11.9 | nothing |
/// | `E10.0-E10.9` | E10.0, E10.45 | E10, which is more than its subdivisions |
/// | `E10-E14.3` | E10, E14.3 | E14, of which E14.4 is beyond the range |
///
/// A code that the range overlaps and does not contain is one of which it cannot be said whether it
/// is in the range: neither yes nor no.
///
/// # Example
/// ```
/// use farr::Icd10Code;
/// use farr::id::Icd10Range;
///
/// let diabetes: Icd10Range = "E10–E14".parse()?;
/// assert!(diabetes.contains(Icd10Code::parse("E119")?));
/// assert_eq!(diabetes.to_string(), "E10-E14");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeRange<C> {
    first: C,
    last: C,
}

/// A range of codes of ICD-10.
pub type Icd10Range = CodeRange<Icd10Code>;

/// A range of codes of OPCS-4.
pub type Opcs4Range = CodeRange<Opcs4Code>;

impl Icd10Range {
    /// A range whose codes are known to be in order.
    pub(super) const fn between(first: Icd10Code, last: Icd10Code) -> Icd10Range {
        debug_assert!(first.sort_key() <= last.sort_key(), "reversed");
        CodeRange { first, last }
    }
}

impl<C: ClassificationCode> CodeRange<C> {
    /// Returns the range from a code to another; `None` where the second stands before the first.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    /// use farr::id::Icd10Range;
    ///
    /// let (first, last) = (Icd10Code::parse("E10")?, Icd10Code::parse("E14")?);
    /// assert!(Icd10Range::new(first, last).is_some());
    /// assert_eq!(Icd10Range::new(last, first), None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn new(first: C, last: C) -> Option<CodeRange<C>> {
        (first <= last).then_some(CodeRange { first, last })
    }

    /// Returns the range that `text` spells: one code, or two with a hyphen or an en dash (`–`)
    /// between them, and spaces around it or none.
    ///
    /// Codes are spelled as for [`Icd10Code::parse`] or [`Opcs4Code::parse`], fillers included.
    ///
    /// # Errors
    /// [`CodeRangeError`], the positions in it counted from the start of `text`.
    ///
    /// # Example
    /// ```
    /// use farr::id::{CodeRangeError, Icd10Range, Opcs4Range};
    ///
    /// assert_eq!(Icd10Range::parse("E10.0 - E10.9")?.to_string(), "E10.0-E10.9");
    /// assert_eq!(Icd10Range::parse("i10x-")?.to_string(), "I10");
    /// assert_eq!(Opcs4Range::parse("X70-X74")?.to_string(), "X70-X74");
    /// assert_eq!(Icd10Range::parse("E14-E10"), Err(CodeRangeError::Reversed { index: 4 }));
    /// # Ok::<(), CodeRangeError>(())
    /// ```
    pub fn parse(text: &str) -> Result<CodeRange<C>, CodeRangeError> {
        let Some((first, index, second)) = halves(text) else {
            return Ok(CodeRange::from(C::read(text.as_bytes())?));
        };
        let first = C::read(first.as_bytes())?;
        let last = C::read(second.as_bytes()).map_err(|error| error.moved(index))?;
        let spaces = second.len().saturating_sub(second.trim_ascii_start().len());
        let index = index.saturating_add(spaces);
        CodeRange::new(first, last).ok_or(CodeRangeError::Reversed { index })
    }

    /// Returns the ranges that `text` lists, with commas or semicolons between them.
    ///
    /// Each is read when the iterator comes to it, without an allocation. Every part between two
    /// commas must be a range, so that a text with nothing in it is a list of one error.
    ///
    /// # Errors
    /// Of each range, as [`CodeRange::parse`], the positions counted from the start of `text`.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    /// use farr::id::Icd10Range;
    ///
    /// let infections = Icd10Range::list("A00-A09, B20").collect::<Result<Vec<_>, _>>()?;
    /// let code = Icd10Code::parse("B20.1")?;
    /// assert!(infections.iter().any(|range| range.contains(code)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn list(text: &str) -> CodeRangeList<'_, C> {
        CodeRangeList { rest: Some(text), index: 0, codes: PhantomData }
    }

    /// Returns the first code.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::id::Icd10Range::parse("E10-E14")?.first(), "E10".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn first(self) -> C {
        self.first
    }

    /// Returns the last code: the first again, where the range was written as one code.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::id::Icd10Range::parse("E10-E14")?.last(), "E14".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn last(self) -> C {
        self.last
    }

    /// Returns whether the code and all that could be a subdivision of it lie in the range.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    /// use farr::id::Icd10Range;
    ///
    /// let range = Icd10Range::parse("E10-E14.3")?;
    /// assert!(range.contains(Icd10Code::parse("E10.95")?));
    /// assert!(!range.contains(Icd10Code::parse("E14")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn contains(self, code: C) -> bool {
        self.first.key() <= code.key() && code.last_key() <= self.last.last_key()
    }

    /// Returns whether the code, or any that could be a subdivision of it, lies in the range.
    ///
    /// Where this is false, the code is not in the range; where [`contains`][Self::contains] is
    /// true, it is; between the two, it cannot be said.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    /// use farr::id::Icd10Range;
    ///
    /// let range = Icd10Range::parse("E10-E14.3")?;
    /// assert!(range.overlaps(Icd10Code::parse("E14")?));
    /// assert!(!range.overlaps(Icd10Code::parse("E14.4")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn overlaps(self, code: C) -> bool {
        self.first.key() <= code.last_key() && code.key() <= self.last.last_key()
    }
}

/// The two codes of a range, and the position of the second; `None` where there is one code only.
///
/// The dash between them is the last that is neither at the end, where it is a filler, nor before
/// a single character, where it is one too and the mark of a code follows.
fn halves(text: &str) -> Option<(&str, usize, &str)> {
    let (index, dash) = text.char_indices().rev().find(|(index, character)| {
        let behind = index.saturating_add(character.len_utf8());
        matches!(character, '-' | '–')
            && text.get(behind..).is_some_and(|text| text.trim_ascii().chars().nth(1).is_some())
    })?;
    let second = index.saturating_add(dash.len_utf8());
    Some((text.get(..index)?, second, text.get(second..)?))
}

/// One code with its subdivisions.
impl<C: ClassificationCode> From<C> for CodeRange<C> {
    fn from(code: C) -> CodeRange<C> {
        CodeRange { first: code, last: code }
    }
}

/// As [`CodeRange::parse`].
impl<C: ClassificationCode> FromStr for CodeRange<C> {
    type Err = CodeRangeError;

    fn from_str(text: &str) -> Result<CodeRange<C>, CodeRangeError> {
        CodeRange::parse(text)
    }
}

/// The codes with their points and a hyphen between them; one code, where first and last are one.
impl<C: ClassificationCode> fmt::Display for CodeRange<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

/// The codes with their points and a hyphen between them, on one line in any format.
impl<C: ClassificationCode> fmt::Debug for CodeRange<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeRange({self})")
    }
}

/// The ranges of a list, in its order, each with the error that it may be: see
/// [`CodeRange::list`].
///
/// # Example
/// ```
/// use farr::id::{CodeRangeError, Icd10Range};
///
/// let mut list = Icd10Range::list("E14-E10; I10");
/// assert_eq!(list.next(), Some(Err(CodeRangeError::Reversed { index: 4 })));
/// assert_eq!(list.next(), Some("I10".parse()));
/// assert_eq!(list.next(), None);
/// ```
#[derive(Clone, Debug)]
pub struct CodeRangeList<'t, C> {
    /// What is behind the last separator; none at the end.
    rest: Option<&'t str>,
    /// Where that begins in the whole text.
    index: usize,
    codes: PhantomData<C>,
}

impl<C: ClassificationCode> Iterator for CodeRangeList<'_, C> {
    type Item = Result<CodeRange<C>, CodeRangeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest?;
        let (part, after) = match rest.split_once([',', ';']) {
            Some((part, after)) => (part, Some(after)),
            None => (rest, None),
        };
        let range = CodeRange::parse(part).map_err(|error| error.moved(self.index));
        self.rest = after;
        self.index = self.index.saturating_add(part.len()).saturating_add(1);
        Some(range)
    }
}

impl<C: ClassificationCode> FusedIterator for CodeRangeList<'_, C> {}
