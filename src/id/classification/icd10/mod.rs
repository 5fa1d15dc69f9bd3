//! Codes of ICD-10, in every spelling of the NHS.

mod chapter;
mod marked;
mod read;

use super::{ClassificationCodeError, CodeText};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

pub use chapter::Icd10Chapter;
pub use marked::{DaggerAsterisk, MarkedIcd10Code};

/// A code of [ICD-10][who], in the form of the WHO and of the edition that the NHS uses: a category
/// of three characters, or a subdivision of one by a fourth and a fifth.
///
/// The spellings of a code are one value: [`Icd10Code::parse`] has the list of them. The mark of a
/// dagger or an asterisk is no part of a code, but of its use beside another; so it has a type with
/// a place for it, [`MarkedIcd10Code`], and this one refuses it rather than lose it. Codes of
/// ICD-10-CM, of the United States, have letters where these have marks, and are
/// [`Icd10CmCode`][super::Icd10CmCode].
///
/// A value has the form of a code. Whether an edition contains it, the form cannot say.
///
/// | method | the category I10 | E11.9 | M45, fifth character 0 |
/// |---|---|---|---|
/// | [`dotted`][Self::dotted], `Display` | `I10` | `E11.9` | `M45.X0` |
/// | [`undotted`][Self::undotted] | `I10` | `E119` | `M45X0` |
/// | [`padded`][Self::padded] | `I10X` | `E119` | `M45X0` |
/// | [`data_set`][Self::data_set] | `I10X- ` | `E119- ` | `M45X0 ` |
///
/// It is a `Copy` integer that is never zero, so `Option<Icd10Code>` takes 4 bytes too. It is
/// ordered as the classification is published: a category, and then its subdivisions.
///
/// # Example
/// ```
/// use farr::Icd10Code;
///
/// let sclerosis: Icd10Code = "G35X".parse()?;
/// assert_eq!(sclerosis, "G35".parse()?);
/// assert_eq!(sclerosis, "g35.x".parse()?);
/// assert_eq!(sclerosis.to_string(), "G35");
/// assert_eq!(sclerosis.chapter().map(|chapter| chapter.to_string()).as_deref(), Some("VI"));
/// # Ok::<(), farr::id::ClassificationCodeError>(())
/// ```
///
/// [who]: https://icd.who.int/browse10/2016/en
// From the highest bit: the letter from 1; four bits each for the two digits; the fourth character,
// which is 0 for none, 1 for X before a fifth, and then the digits from 2; the fifth, 0 for none,
// and then the digits from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icd10Code(NonZeroU32);

impl Icd10Code {
    /// Returns the code that `text` spells, in any of these ways, in capitals or small letters and
    /// with white space of ASCII around it:
    ///
    /// | | a category | a fourth character | a fifth | a fifth without a fourth |
    /// |---|---|---|---|---|
    /// | as the WHO prints it | `I10`, `I10.-` | `E11.9` | `M81.99` | |
    /// | without the point | `I10` | `E119` | `M8199` | `M45X0` |
    /// | padded, in the maps and data sets of the NHS | `I10X`, `I10.X` | `E119` | `M8199` | `M45X0`, `M45.X0` |
    /// | with a [filler][dd] for the fifth character | `I10X-`, `I10.X-` | `E119-`, `E11.9-` | | |
    ///
    /// Refused, since sources differ or say nothing, and a guess could be wrong: `I10-` (the filler
    /// of the fourth place is X), `M45XX` (the filler of the fifth is `-`), a space within a code.
    /// A text with a `#` is a word of a map that says why there is no code. Costs some
    /// twenty nanoseconds, and does not allocate.
    ///
    /// # Errors
    /// [`ClassificationCodeError`]. A code with a mark is
    /// [`Marked`][ClassificationCodeError::Marked]: read it with [`MarkedIcd10Code::parse`], and
    /// take the code out of what that returns if the mark is of no concern.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    /// use farr::id::{ClassificationCodeError, DaggerAsterisk, MarkedIcd10Code};
    ///
    /// assert_eq!(Icd10Code::parse(" i10x- ")?, Icd10Code::parse("I10")?);
    /// assert_eq!(Icd10Code::parse("M45.X0")?, Icd10Code::parse("M45X0")?);
    ///
    /// let mark = DaggerAsterisk::Dagger;
    /// let marked = Icd10Code::parse("E119D");
    /// assert_eq!(marked, Err(ClassificationCodeError::Marked { index: 4, mark }));
    /// assert_eq!(MarkedIcd10Code::parse("E119D")?.code(), Icd10Code::parse("E11.9")?);
    /// # Ok::<(), ClassificationCodeError>(())
    /// ```
    ///
    /// [dd]: https://www.datadictionary.nhs.uk/data_elements/icd-10_code.html
    pub fn parse(text: &str) -> Result<Icd10Code, ClassificationCodeError> {
        Icd10Code::from_bytes(text.as_bytes())
    }

    /// Returns the code that `text` spells: [`Icd10Code::parse`] for bytes that need not be UTF-8,
    /// such as a field of a file.
    ///
    /// # Errors
    /// As [`Icd10Code::parse`], and [`ClassificationCodeError::NotText`].
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// assert_eq!(Icd10Code::from_bytes(b"R69X6")?.to_string(), "R69.X6");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    pub fn from_bytes(text: &[u8]) -> Result<Icd10Code, ClassificationCodeError> {
        match read::read(text)? {
            (code, None) => Ok(code),
            (_, Some((mark, index))) => Err(ClassificationCodeError::Marked { index, mark }),
        }
    }

    /// Returns the integer that orders codes as the classification is published.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// let (category, first) = (Icd10Code::parse("E11")?, Icd10Code::parse("E11.0")?);
    /// assert!(category.sort_key() < first.sort_key());
    /// assert_eq!(Icd10Code::from_sort_key(first.sort_key()), Some(first));
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
    /// assert_eq!(farr::Icd10Code::from_sort_key(0), None);
    /// ```
    #[must_use]
    pub const fn from_sort_key(key: u32) -> Option<Icd10Code> {
        let fields = [key >> 16, key >> 12 & 0xf, key >> 8 & 0xf, key >> 4 & 0xf, key & 0xf];
        let [letter, tens, units, fourth, fifth] = fields;
        let in_range = matches!(letter, 1..=26) && tens < 10 && units < 10;
        let divided = match fourth {
            0 => fifth == 0,
            // X stands before a fifth character only: the category alone is written without it.
            1 => matches!(fifth, 1..=10),
            2..=11 => fifth <= 10,
            _ => false,
        };
        match NonZeroU32::new(key) {
            Some(key) if in_range && divided => Some(Icd10Code(key)),
            _ => None,
        }
    }

    /// The key of the last code that could be a subdivision of this one, or its own.
    pub(super) const fn last_key(self) -> u32 {
        match self.sort_key() & 0xff {
            0x00 => self.sort_key() | 0xba,
            fourth if fourth & 0x0f == 0 => self.sort_key() | 0x0a,
            _ => self.sort_key(),
        }
    }

    /// Returns the category, of three characters, that the code is or belongs to.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// assert_eq!(Icd10Code::parse("M81.99")?.category(), Icd10Code::parse("M81")?);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn category(self) -> Icd10Code {
        self.up_to(0xff)
    }

    /// Returns whether the code is a category: of three characters.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// assert!(Icd10Code::parse("I10X")?.is_category());
    /// assert!(!Icd10Code::parse("E11.9")?.is_category());
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_category(self) -> bool {
        self.sort_key() & 0xff == 0
    }

    /// Returns the code that this one is a subdivision of: without its last character; `None` for a
    /// category.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// let parent = |text: &str| Icd10Code::parse(text).map(|code| code.parent());
    /// assert_eq!(parent("M81.99")?, Some(Icd10Code::parse("M81.9")?));
    /// assert_eq!(parent("M81.9")?, Some(Icd10Code::parse("M81")?));
    /// assert_eq!(parent("M45.X0")?, Some(Icd10Code::parse("M45")?));
    /// assert_eq!(parent("M81")?, None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn parent(self) -> Option<Icd10Code> {
        match (self.sort_key() >> 4 & 0xf, self.sort_key() & 0xf) {
            (0, _) => None,
            (1, _) | (_, 0) => Some(self.category()),
            _ => Some(self.up_to(0x0f)),
        }
    }

    /// Returns whether the code is `general` or a subdivision of it.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// assert!(Icd10Code::parse("M45.X0")?.is_within(Icd10Code::parse("M45")?));
    /// assert!(!Icd10Code::parse("M45")?.is_within(Icd10Code::parse("M45.X0")?));
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_within(self, general: Icd10Code) -> bool {
        general.sort_key() <= self.sort_key() && self.sort_key() <= general.last_key()
    }

    /// Returns the digit in the fourth place; `None` where there is none, X included.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// assert_eq!(Icd10Code::parse("E11.9")?.fourth_digit(), Some(9));
    /// assert_eq!(Icd10Code::parse("M45.X0")?.fourth_digit(), None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn fourth_digit(self) -> Option<u8> {
        ((self.sort_key() >> 4 & 0xf) as u8).checked_sub(2)
    }

    /// Returns the digit in the fifth place; `None` where there is none.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// assert_eq!(Icd10Code::parse("M45.X0")?.fifth_digit(), Some(0));
    /// assert_eq!(Icd10Code::parse("E119-")?.fifth_digit(), None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn fifth_digit(self) -> Option<u8> {
        ((self.sort_key() & 0xf) as u8).checked_sub(1)
    }

    /// Returns the code with its point, as the WHO prints it: `I10`, `E11.9`, `M45.X0`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Icd10Code::parse("E119")?.dotted(), "E11.9");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn dotted(self) -> CodeText {
        if self.is_category() { self.stem() } else { self.divided(self.stem().with(b'.')) }
    }

    /// Returns the code without its point: `I10`, `E119`, `M45X0`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Icd10Code::parse("E11.9")?.undotted(), "E119");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn undotted(self) -> CodeText {
        if self.is_category() { self.stem() } else { self.divided(self.stem()) }
    }

    /// Returns the code as the maps and the data sets of the NHS have it, four characters at least:
    /// `I10X`, `E119`, `M45X0`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Icd10Code::parse("I10")?.padded(), "I10X");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    ///
    /// X is in the place of the fourth character of *any* category, divided or not: only an edition
    /// can say which have subdivisions, so that a category of these must not be sent at all.
    #[must_use]
    pub fn padded(self) -> CodeText {
        self.divided(self.stem())
    }

    /// Returns the six characters of the field for a diagnosis in the commissioning data sets:
    /// `I10X- `, `E119- `, `M45X0 `.
    ///
    /// The [data dictionary][dd] fills the fourth place with X and the fifth with `-`; the sixth is
    /// for a mark, and a space without one. It gives the length of the field as 4 to 6 characters,
    /// and as 6 before 2015: a receiver that wants no more than needed takes
    /// [`padded`][Self::padded].
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::Icd10Code::parse("I10")?.data_set(), "I10X- ");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    ///
    /// [dd]: https://www.datadictionary.nhs.uk/data_elements/icd-10_code.html
    #[must_use]
    pub fn data_set(self) -> CodeText {
        self.five_characters().with(b' ')
    }

    /// The padded code with its fifth place filled.
    fn five_characters(self) -> CodeText {
        let padded = self.padded();
        if self.fifth_digit().is_none() { padded.with(b'-') } else { padded }
    }

    /// The three characters of the category.
    fn stem(self) -> CodeText {
        let letter = b'@'.wrapping_add((self.sort_key() >> 16) as u8);
        let text = CodeText::EMPTY.with(letter);
        text.with(b'0' | (self.sort_key() >> 12 & 0xf) as u8)
            .with(b'0' | (self.sort_key() >> 8 & 0xf) as u8)
    }

    /// `text` with the fourth and the fifth character behind it, X where there is no fourth.
    fn divided(self, text: CodeText) -> CodeText {
        let text = text.with(self.fourth_digit().map_or(b'X', |digit| b'0' | digit));
        self.fifth_digit().map_or(text, |digit| text.with(b'0' | digit))
    }

    /// The code without the characters whose bits these are.
    const fn up_to(self, bits: u32) -> Icd10Code {
        match NonZeroU32::new(self.sort_key() & !bits) {
            Some(key) => Icd10Code(key),
            // The letter is not zero.
            None => self,
        }
    }
}

/// As [`Icd10Code::parse`].
impl FromStr for Icd10Code {
    type Err = ClassificationCodeError;

    fn from_str(text: &str) -> Result<Icd10Code, ClassificationCodeError> {
        Icd10Code::parse(text)
    }
}

/// The code with its point, as [`Icd10Code::dotted`].
impl fmt::Display for Icd10Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.dotted(), f)
    }
}

/// The code with its point, on one line in any format.
impl fmt::Debug for Icd10Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icd10Code({self})")
    }
}
