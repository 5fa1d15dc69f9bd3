//! The marks of the dagger and asterisk system.

use super::{Icd10Code, read};
use crate::id::classification::{ClassificationCodeError, CodeText};
use std::fmt;
use std::str::FromStr;

/// The mark of a code in the [dagger and asterisk system][who] of ICD-10: which of the two codes of
/// one condition it is.
///
/// # Example
/// ```
/// use farr::id::DaggerAsterisk;
///
/// assert_eq!(DaggerAsterisk::Dagger.symbol(), '†');
/// assert_eq!(DaggerAsterisk::Dagger.letter(), 'D');
/// ```
///
/// [who]: https://icd.who.int/browse10/Content/statichtml/ICD10Volume2_en_2019.pdf
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DaggerAsterisk {
    /// The underlying disease, which is coded first.
    Dagger,
    /// What the disease shows itself in, which is never coded alone.
    Asterisk,
}

impl DaggerAsterisk {
    /// Returns the symbol of the WHO: `†` or `*`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::id::DaggerAsterisk::Asterisk.symbol(), '*');
    /// ```
    #[must_use]
    pub const fn symbol(self) -> char {
        match self {
            DaggerAsterisk::Dagger => '†',
            DaggerAsterisk::Asterisk => '*',
        }
    }

    /// Returns the letter that the NHS puts behind a code: `D` or `A`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::id::DaggerAsterisk::Asterisk.letter(), 'A');
    /// ```
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            DaggerAsterisk::Dagger => 'D',
            DaggerAsterisk::Asterisk => 'A',
        }
    }
}

/// Its name in a sentence.
impl fmt::Display for DaggerAsterisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DaggerAsterisk::Dagger => "a dagger",
            DaggerAsterisk::Asterisk => "an asterisk",
        })
    }
}

/// A code of ICD-10 as it was recorded: with the mark of a dagger or an asterisk, or without.
///
/// `E11.9` and `E11.9†` are one code and two of these. That a code has no mark does not say that it
/// needs none: many systems do not record them.
///
/// | method | G01, asterisk | A17.0, dagger | E11.9 |
/// |---|---|---|---|
/// | [`dotted`][Self::dotted], `Display` | `G01*` | `A17.0†` | `E11.9` |
/// | [`padded`][Self::padded] | `G01XA` | `A170D` | `E119` |
/// | [`data_set`][Self::data_set] | `G01X-A` | `A170-D` | `E119- ` |
///
/// # Example
/// ```
/// use farr::Icd10Code;
/// use farr::id::{DaggerAsterisk, MarkedIcd10Code};
///
/// let recorded: MarkedIcd10Code = "H360A".parse()?;
/// assert_eq!(recorded.code(), Icd10Code::parse("H36.0")?);
/// assert_eq!(recorded.mark(), Some(DaggerAsterisk::Asterisk));
/// assert_eq!(recorded.to_string(), "H36.0*");
/// # Ok::<(), farr::id::ClassificationCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkedIcd10Code {
    code: Icd10Code,
    mark: Option<DaggerAsterisk>,
}

impl MarkedIcd10Code {
    /// Returns a code with a mark, or without.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    /// use farr::id::{DaggerAsterisk, MarkedIcd10Code};
    ///
    /// let meningitis = Icd10Code::parse("A17.0")?;
    /// let marked = MarkedIcd10Code::new(meningitis, Some(DaggerAsterisk::Dagger));
    /// assert_eq!(marked, "A170D".parse()?);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn new(code: Icd10Code, mark: Option<DaggerAsterisk>) -> MarkedIcd10Code {
        MarkedIcd10Code { code, mark }
    }

    /// Returns the code that `text` spells, with its mark.
    ///
    /// The code is spelled as for [`Icd10Code::parse`]. Behind it, without a space, may stand a
    /// symbol of the WHO, `†` (or `+`) or `*`, or a letter of the NHS, `D` or `A`, in either case.
    /// A letter stands behind four characters at least, filled if need be: `G35XD`, `G35.XD`,
    /// `G35X-D`. Without the filler (`G35D`, `F32A`) it is refused, because the maps of the NHS
    /// fill and ICD-10-CM has codes with letters in that place.
    ///
    /// What nothing can tell is whether the `A` of `C830A` is a mark, or a character of ICD-10-CM,
    /// which has such codes too: here it is the mark. Read codes of the United States as
    /// [`Icd10CmCode`][crate::id::Icd10CmCode].
    ///
    /// # Errors
    /// [`ClassificationCodeError`], any but [`Marked`][ClassificationCodeError::Marked].
    ///
    /// # Example
    /// ```
    /// use farr::id::{ClassificationCodeError, MarkedIcd10Code};
    ///
    /// for text in ["G35XD", "g35.xd", "G35X-D", "G35†", "G35+"] {
    ///     assert_eq!(MarkedIcd10Code::parse(text)?.to_string(), "G35†");
    /// }
    /// let unpadded = MarkedIcd10Code::parse("F32A");
    /// assert_eq!(unpadded, Err(ClassificationCodeError::UnpaddedMark { index: 3, found: 'A' }));
    /// # Ok::<(), ClassificationCodeError>(())
    /// ```
    pub fn parse(text: &str) -> Result<MarkedIcd10Code, ClassificationCodeError> {
        MarkedIcd10Code::from_bytes(text.as_bytes())
    }

    /// Returns the code that `text` spells, with its mark: [`MarkedIcd10Code::parse`] for bytes
    /// that need not be UTF-8.
    ///
    /// # Errors
    /// As [`MarkedIcd10Code::parse`], and [`ClassificationCodeError::NotText`].
    ///
    /// # Example
    /// ```
    /// use farr::id::MarkedIcd10Code;
    ///
    /// assert_eq!(MarkedIcd10Code::from_bytes(b"G01*")?.padded(), "G01XA");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    pub fn from_bytes(text: &[u8]) -> Result<MarkedIcd10Code, ClassificationCodeError> {
        let (code, mark) = read::read(text)?;
        Ok(MarkedIcd10Code { code, mark: mark.map(|(mark, _)| mark) })
    }

    /// Returns the code without its mark.
    ///
    /// # Example
    /// ```
    /// use farr::id::MarkedIcd10Code;
    ///
    /// assert_eq!(MarkedIcd10Code::parse("A17.0†")?.code().to_string(), "A17.0");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn code(self) -> Icd10Code {
        self.code
    }

    /// Returns the mark; `None` where none was recorded.
    ///
    /// # Example
    /// ```
    /// use farr::id::MarkedIcd10Code;
    ///
    /// assert_eq!(MarkedIcd10Code::parse("E11.9")?.mark(), None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn mark(self) -> Option<DaggerAsterisk> {
        self.mark
    }

    /// Returns the code with its point and the symbol of the WHO: `A17.0†`, `G01*`.
    ///
    /// # Example
    /// ```
    /// use farr::id::MarkedIcd10Code;
    ///
    /// assert_eq!(MarkedIcd10Code::parse("A170D")?.dotted(), "A17.0†");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn dotted(self) -> CodeText {
        match self.mark {
            Some(mark) => self.code.dotted().with_text(mark.symbol().encode_utf8(&mut [0; 4])),
            None => self.code.dotted(),
        }
    }

    /// Returns the code as the maps of the NHS have it, padded and with a letter for the mark:
    /// `A170D`, `G01XA`.
    ///
    /// # Example
    /// ```
    /// use farr::id::MarkedIcd10Code;
    ///
    /// assert_eq!(MarkedIcd10Code::parse("G01*")?.padded(), "G01XA");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn padded(self) -> CodeText {
        self.mark.map_or(self.code.padded(), |mark| self.code.padded().with(mark.letter() as u8))
    }

    /// Returns the six characters of the field for a diagnosis in the commissioning data sets, the
    /// mark in the sixth: `A170-D`, `G01X-A`. [`Icd10Code::data_set`] says what they are.
    ///
    /// # Example
    /// ```
    /// use farr::id::MarkedIcd10Code;
    ///
    /// assert_eq!(MarkedIcd10Code::parse("G01*")?.data_set(), "G01X-A");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn data_set(self) -> CodeText {
        self.code.five_characters().with(self.mark.map_or(b' ', |mark| mark.letter() as u8))
    }
}

/// A code without a mark.
impl From<Icd10Code> for MarkedIcd10Code {
    fn from(code: Icd10Code) -> MarkedIcd10Code {
        MarkedIcd10Code::new(code, None)
    }
}

/// As [`MarkedIcd10Code::parse`].
impl FromStr for MarkedIcd10Code {
    type Err = ClassificationCodeError;

    fn from_str(text: &str) -> Result<MarkedIcd10Code, ClassificationCodeError> {
        MarkedIcd10Code::parse(text)
    }
}

/// The code with its point and the symbol of its mark, as [`MarkedIcd10Code::dotted`].
impl fmt::Display for MarkedIcd10Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.dotted(), f)
    }
}

/// The code with its point and the symbol of its mark, on one line in any format.
impl fmt::Debug for MarkedIcd10Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MarkedIcd10Code({self})")
    }
}
