//! Codes of ICD-10-CM, the clinical modification of the United States.

use super::cursor::{Cursor, Place};
use super::{ClassificationCodeError, CodeText};
use std::fmt;
use std::str::FromStr;

/// A code of [ICD-10-CM][cm], the clinical modification of the United States: three to seven
/// characters, of which those from the third may be letters.
///
/// It is a type of its own because its letters are not marks: the `A` of `S52.521A` says which
/// encounter it is, and the `A` of `F32.A` is a character like any other. So nothing converts such
/// a code into an [`Icd10Code`][super::Icd10Code], even where the text would be the same: the same
/// text need not mean the same in both. X within a code holds a place, and is kept.
///
/// It is ordered as text. The tabular list is in another order (`C7A` stands before `C76` in it),
/// which only the list can say, and so there are no ranges of these codes here.
///
/// # Example
/// ```
/// use farr::id::Icd10CmCode;
///
/// let fracture: Icd10CmCode = "S52521A".parse()?;
/// assert_eq!(fracture.to_string(), "S52.521A");
/// assert_eq!(fracture.seventh_character(), Some('A'));
/// assert!(fracture.is_within("S52.5".parse()?));
/// # Ok::<(), farr::id::ClassificationCodeError>(())
/// ```
///
/// [cm]: https://www.cdc.gov/nchs/icd/icd-10-cm/index.html
// In capitals, without the point, and with zeros behind it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icd10CmCode([u8; 7]);

impl Icd10CmCode {
    /// Returns the code that `text` spells, with its point or without, in capitals or small letters
    /// and with white space of ASCII around it. Costs some twenty nanoseconds.
    ///
    /// # Errors
    /// [`ClassificationCodeError`].
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10CmCode;
    ///
    /// assert_eq!(Icd10CmCode::parse("o9a.1")?, Icd10CmCode::parse("O9A1")?);
    /// assert!(Icd10CmCode::parse("E11.9-").is_err());
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Icd10CmCode, ClassificationCodeError> {
        Icd10CmCode::from_bytes(text.as_bytes())
    }

    /// Returns the code that `text` spells: [`Icd10CmCode::parse`] for bytes that need not be
    /// UTF-8.
    ///
    /// # Errors
    /// As [`Icd10CmCode::parse`], and [`ClassificationCodeError::NotText`].
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10CmCode;
    ///
    /// assert_eq!(Icd10CmCode::from_bytes(b"C7A00  ")?.to_string(), "C7A.00");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    pub fn from_bytes(text: &[u8]) -> Result<Icd10CmCode, ClassificationCodeError> {
        let mut cursor = Cursor::new(text)?;
        let mut code = [0; 7];
        let [letter, digit, third, division @ ..] = &mut code;
        *letter = cursor.letter()?;
        *digit = b'0' | cursor.digit()?;
        *third = digit_or_letter(&mut cursor)?;
        let dotted = cursor.point();
        for (place, character) in division.iter_mut().enumerate() {
            if cursor.rest().is_empty() && !(dotted && place == 0) {
                break;
            }
            *character = digit_or_letter(&mut cursor)?;
        }
        cursor.finish()?;
        Ok(Icd10CmCode(code))
    }

    /// Returns the category, of three characters, that the code is or belongs to.
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10CmCode;
    ///
    /// assert_eq!(Icd10CmCode::parse("C7A.00")?.category().to_string(), "C7A");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn category(self) -> Icd10CmCode {
        let [letter, digit, third, ..] = self.0;
        Icd10CmCode([letter, digit, third, 0, 0, 0, 0])
    }

    /// Returns whether the code is a category: of three characters.
    ///
    /// # Example
    /// ```
    /// assert!(farr::id::Icd10CmCode::parse("Z3A")?.is_category());
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn is_category(self) -> bool {
        let [_, _, _, fourth, ..] = self.0;
        fourth == 0
    }

    /// Returns whether the code is `general` or begins with it.
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10CmCode;
    ///
    /// assert!(Icd10CmCode::parse("W03.XXXA")?.is_within(Icd10CmCode::parse("W03")?));
    /// assert!(!Icd10CmCode::parse("C7A.00")?.is_within(Icd10CmCode::parse("C79")?));
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn is_within(self, general: Icd10CmCode) -> bool {
        self.0.starts_with(general.characters())
    }

    /// Returns the seventh character; `None` for a shorter code.
    ///
    /// What it says depends on the category: the encounter, or which fetus, for example.
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10CmCode;
    ///
    /// assert_eq!(Icd10CmCode::parse("S52.521D")?.seventh_character(), Some('D'));
    /// assert_eq!(Icd10CmCode::parse("F32.A")?.seventh_character(), None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn seventh_character(self) -> Option<char> {
        match self.0 {
            [.., 0] => None,
            [.., seventh] => Some(seventh as char),
        }
    }

    /// Returns the code with its point, as it is published: `S52.521A`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::id::Icd10CmCode::parse("E119")?.dotted(), "E11.9");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn dotted(self) -> CodeText {
        self.characters().iter().enumerate().fold(CodeText::EMPTY, |text, (place, character)| {
            if place == 3 { text.with(b'.').with(*character) } else { text.with(*character) }
        })
    }

    /// Returns the code without its point, as the order file has it: `S52521A`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::id::Icd10CmCode::parse("E11.9")?.undotted(), "E119");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn undotted(self) -> CodeText {
        self.characters().iter().fold(CodeText::EMPTY, |text, character| text.with(*character))
    }

    fn characters(&self) -> &[u8] {
        let length = self.0.iter().position(|character| *character == 0);
        length.and_then(|length| self.0.get(..length)).unwrap_or(&self.0)
    }
}

#[inline]
fn digit_or_letter(cursor: &mut Cursor<'_>) -> Result<u8, ClassificationCodeError> {
    match cursor.next() {
        Some(character) if character.is_ascii_alphanumeric() => {
            cursor.skip();
            Ok(character.to_ascii_uppercase())
        }
        _ => Err(cursor.misplaced(Place::DigitOrLetter)),
    }
}

/// As [`Icd10CmCode::parse`].
impl FromStr for Icd10CmCode {
    type Err = ClassificationCodeError;

    fn from_str(text: &str) -> Result<Icd10CmCode, ClassificationCodeError> {
        Icd10CmCode::parse(text)
    }
}

/// The code with its point, as [`Icd10CmCode::dotted`].
impl fmt::Display for Icd10CmCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.dotted(), f)
    }
}

/// The code with its point, on one line in any format.
impl fmt::Debug for Icd10CmCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icd10CmCode({self})")
    }
}
