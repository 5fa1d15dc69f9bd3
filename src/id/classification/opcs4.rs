//! Codes of OPCS-4.

use super::cursor::{Cursor, Place};
use super::{ClassificationCodeError, CodeText};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// A code of [OPCS-4][dd], the classification of interventions and procedures of the NHS: a
/// category of a letter and two digits, or a subdivision of one by a fourth digit.
///
/// It has the same form in every version, 4.1 to the last; whether a version contains it, the form
/// cannot say. The same text may be a code of ICD-10 as well (C15.1), so what kind of code a field
/// holds must be known from elsewhere.
///
/// It is a `Copy` integer that is never zero, so `Option<Opcs4Code>` takes 4 bytes too. It is
/// ordered as the classification is published: a category, and then its subdivisions.
///
/// # Example
/// ```
/// use farr::Opcs4Code;
///
/// let chemotherapy: Opcs4Code = "X384".parse()?;
/// assert_eq!(chemotherapy, "x38.4".parse()?);
/// assert_eq!(chemotherapy.to_string(), "X38.4");
/// assert_eq!(chemotherapy.category(), Opcs4Code::parse("X38")?);
/// # Ok::<(), farr::id::ClassificationCodeError>(())
/// ```
///
/// [dd]: https://www.datadictionary.nhs.uk/data_elements/opcs-4_code.html
// From the highest bit: the letter from 1; four bits each for the two digits; the fourth digit, 0
// for none and then the digits from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opcs4Code(NonZeroU32);

impl Opcs4Code {
    /// Returns the code that `text` spells: `X38`, `X38.4` or `X384`, in capitals or small letters
    /// and with white space of ASCII around it. Costs some twenty nanoseconds.
    ///
    /// Nothing fills the fourth place of OPCS-4, and no mark stands behind a code.
    ///
    /// # Errors
    /// [`ClassificationCodeError`].
    ///
    /// # Example
    /// ```
    /// use farr::Opcs4Code;
    /// use farr::id::ClassificationCodeError;
    ///
    /// assert_eq!(Opcs4Code::parse(" x384\n")?, Opcs4Code::parse("X38.4")?);
    /// let longer = Opcs4Code::parse("X384D");
    /// assert_eq!(longer, Err(ClassificationCodeError::TooLong { index: 4, found: 'D' }));
    /// # Ok::<(), ClassificationCodeError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Opcs4Code, ClassificationCodeError> {
        Opcs4Code::from_bytes(text.as_bytes())
    }

    /// Returns the code that `text` spells: [`Opcs4Code::parse`] for bytes that need not be UTF-8.
    ///
    /// # Errors
    /// As [`Opcs4Code::parse`], and [`ClassificationCodeError::NotText`].
    ///
    /// # Example
    /// ```
    /// use farr::Opcs4Code;
    ///
    /// assert_eq!(Opcs4Code::from_bytes(b"X384")?.to_string(), "X38.4");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    pub fn from_bytes(text: &[u8]) -> Result<Opcs4Code, ClassificationCodeError> {
        let mut cursor = Cursor::new(text)?;
        let letter = u32::from(cursor.letter()? & 0x1f);
        let tens = u32::from(cursor.digit()?);
        let units = u32::from(cursor.digit()?);
        let dotted = cursor.point();
        let fourth = match cursor.next() {
            None if !dotted => 0,
            _ => u32::from(cursor.digit()?).wrapping_add(1),
        };
        cursor.finish()?;
        match NonZeroU32::new(letter << 12 | tens << 8 | units << 4 | fourth) {
            Some(key) => Ok(Opcs4Code(key)),
            // The letter is not zero.
            None => Err(cursor.misplaced(Place::Letter)),
        }
    }

    /// Returns the integer that orders codes as the classification is published.
    ///
    /// # Example
    /// ```
    /// use farr::Opcs4Code;
    ///
    /// let (category, first) = (Opcs4Code::parse("X38")?, Opcs4Code::parse("X38.1")?);
    /// assert!(category.sort_key() < first.sort_key());
    /// assert_eq!(Opcs4Code::from_sort_key(first.sort_key()), Some(first));
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn sort_key(self) -> u32 {
        self.0.get()
    }

    /// Returns the code whose [`sort_key`][Self::sort_key] this is; `None` if it is of no code.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Opcs4Code::from_sort_key(0), None);
    /// ```
    #[must_use]
    pub const fn from_sort_key(key: u32) -> Option<Opcs4Code> {
        let [tens, units, fourth] = [key >> 8 & 0xf, key >> 4 & 0xf, key & 0xf];
        let in_range = matches!(key >> 12, 1..=26) && tens < 10 && units < 10 && fourth <= 10;
        match NonZeroU32::new(key) {
            Some(key) if in_range => Some(Opcs4Code(key)),
            _ => None,
        }
    }

    /// The key of the last code that could be a subdivision of this one, or its own.
    pub(super) const fn last_key(self) -> u32 {
        if self.is_category() { self.sort_key() | 0xa } else { self.sort_key() }
    }

    /// Returns the category, of three characters, that the code is or belongs to.
    ///
    /// # Example
    /// ```
    /// use farr::Opcs4Code;
    ///
    /// assert_eq!(Opcs4Code::parse("X38.4")?.category().to_string(), "X38");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn category(self) -> Opcs4Code {
        match NonZeroU32::new(self.sort_key() & !0xf) {
            Some(key) => Opcs4Code(key),
            // The letter is not zero.
            None => self,
        }
    }

    /// Returns whether the code is a category: of three characters.
    ///
    /// # Example
    /// ```
    /// assert!(farr::Opcs4Code::parse("X38")?.is_category());
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_category(self) -> bool {
        self.sort_key() & 0xf == 0
    }

    /// Returns the category that the code is a subdivision of; `None` for a category.
    ///
    /// # Example
    /// ```
    /// use farr::Opcs4Code;
    ///
    /// assert_eq!(Opcs4Code::parse("X38.4")?.parent(), Some(Opcs4Code::parse("X38")?));
    /// assert_eq!(Opcs4Code::parse("X38")?.parent(), None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn parent(self) -> Option<Opcs4Code> {
        if self.is_category() { None } else { Some(self.category()) }
    }

    /// Returns whether the code is `general` or a subdivision of it.
    ///
    /// # Example
    /// ```
    /// use farr::Opcs4Code;
    ///
    /// assert!(Opcs4Code::parse("X38.4")?.is_within(Opcs4Code::parse("X38")?));
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_within(self, general: Opcs4Code) -> bool {
        general.sort_key() <= self.sort_key() && self.sort_key() <= general.last_key()
    }

    /// Returns the digit in the fourth place; `None` for a category.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Opcs4Code::parse("X384")?.fourth_digit(), Some(4));
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn fourth_digit(self) -> Option<u8> {
        ((self.sort_key() & 0xf) as u8).checked_sub(1)
    }

    /// Returns the code with its point, as it is published: `X38.4`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Opcs4Code::parse("X384")?.dotted(), "X38.4");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn dotted(self) -> CodeText {
        let stem = self.stem();
        self.fourth_digit().map_or(stem, |digit| stem.with(b'.').with(b'0' | digit))
    }

    /// Returns the code without its point, as maps and data sets have it: `X384`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Opcs4Code::parse("X38.4")?.undotted(), "X384");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn undotted(self) -> CodeText {
        let stem = self.stem();
        self.fourth_digit().map_or(stem, |digit| stem.with(b'0' | digit))
    }

    /// The three characters of the category.
    fn stem(self) -> CodeText {
        let letter = b'@'.wrapping_add((self.sort_key() >> 12) as u8);
        let text = CodeText::EMPTY.with(letter);
        text.with(b'0' | (self.sort_key() >> 8 & 0xf) as u8)
            .with(b'0' | (self.sort_key() >> 4 & 0xf) as u8)
    }
}

/// As [`Opcs4Code::parse`].
impl FromStr for Opcs4Code {
    type Err = ClassificationCodeError;

    fn from_str(text: &str) -> Result<Opcs4Code, ClassificationCodeError> {
        Opcs4Code::parse(text)
    }
}

/// The code with its point, as [`Opcs4Code::dotted`].
impl fmt::Display for Opcs4Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.dotted(), f)
    }
}

/// The code with its point, on one line in any format.
impl fmt::Debug for Opcs4Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opcs4Code({self})")
    }
}
