//! Why a text is not a code of a classification.

use super::DaggerAsterisk;
use crate::id::position::place;
use std::fmt;
use thiserror::Error;

/// Why a text is not one code of the classification it was read as, and where.
///
/// Characters are read from the left, and the first that cannot be right is named. Positions are in
/// bytes from the start of the text as given; all before it is ASCII, so they are positions in
/// characters too.
///
/// # Example
/// ```
/// use farr::Icd10Code;
/// use farr::id::{ClassificationCodeError, CodeCharacter};
///
/// let typed = Icd10Code::parse("E1O.9");
/// assert_eq!(
///     typed,
///     Err(ClassificationCodeError::LetterForDigit { index: 2, found: 'O', digit: 0 }),
/// );
/// let word = Icd10Code::parse("MERGER");
/// let expected = CodeCharacter::Digit;
/// assert_eq!(word, Err(ClassificationCodeError::Character { index: 1, found: 'E', expected }));
/// let special = Icd10Code::parse("#NC");
/// assert_eq!(special, Err(ClassificationCodeError::Special { index: 0 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ClassificationCodeError {
    /// There is nothing but white space.
    #[error(
        "there is no code at character {at}",
        at = place(.index)
    )]
    Empty {
        /// Position where a code must begin.
        index: usize,
    },
    /// There is a `#`: this is one of the words that the maps of the NHS have in place of a code,
    /// such as `#NC`.
    #[error(
        "the # at character {at} marks a word that stands in place of a code in a map: \
         there is no code here, so handle it before codes are read",
        at = place(.index)
    )]
    Special {
        /// Position of the `#`.
        index: usize,
    },
    /// The bytes are not UTF-8.
    #[error(
        "byte {at} is not text: decode the input as UTF-8 first",
        at = place(.index)
    )]
    NotText {
        /// Position of the byte.
        index: usize,
    },
    /// A letter that looks like a digit stands where a digit is expected: O for 0, or I or L for 1.
    #[error(
        "the letter {found:?} at character {at} stands where a digit is expected, and looks like \
         {digit}: take the code from its source again",
        at = place(.index)
    )]
    LetterForDigit {
        /// Position of the letter.
        index: usize,
        /// The letter.
        found: char,
        /// The digit it looks like.
        digit: u8,
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
    /// A point that does not stand behind the third character.
    #[error(
        "the point at character {at} is misplaced: it stands behind the third character only",
        at = place(.index)
    )]
    Point {
        /// Position of the point.
        index: usize,
    },
    /// A filler of the NHS, in a place that it does not fill.
    #[error(
        "the filler {found:?} at character {at} is misplaced: \
         X fills the fourth place of an undivided category, and - the fifth where nothing stands; \
         a range of codes is not one code",
        at = place(.index)
    )]
    Filler {
        /// Position of the filler.
        index: usize,
        /// The filler, `X`, `x` or `-`.
        found: char,
    },
    /// `A` or `D` in the fourth place. In the NHS a mark stands behind the padded code (`G35XD`),
    /// and a code of ICD-10-CM may have a letter there (`F32.A`), so this cannot be read for
    /// certain.
    #[error(
        "the letter {found:?} at character {at} is in the fourth place: if it is the mark of a \
         dagger or an asterisk, fill that place with X first; if this is a code of ICD-10-CM, read \
         it as one",
        at = place(.index)
    )]
    UnpaddedMark {
        /// Position of the letter.
        index: usize,
        /// The letter.
        found: char,
    },
    /// A character that cannot stand in its place.
    #[error(
        "character {at} ({found:?}) stands where {expected} is expected",
        at = place(.index)
    )]
    Character {
        /// Position of the character.
        index: usize,
        /// The character.
        found: char,
        /// What is expected in its place.
        expected: CodeCharacter,
    },
    /// The text ends within the code.
    #[error(
        "the text ends before character {at}, where {expected} is expected: check that the whole \
        code was copied",
        at = place(.index)
    )]
    Incomplete {
        /// Position of the end, white space left out.
        index: usize,
        /// What is expected there.
        expected: CodeCharacter,
    },
    /// A character behind a whole code.
    #[error(
        "the code ends, and {found:?} follows at character {at}: \
         check that this is one code, and of which classification it is",
        at = place(.index)
    )]
    TooLong {
        /// Position of the first character that is not of the code.
        index: usize,
        /// The character.
        found: char,
    },
    /// A whole code of ICD-10 with the mark of a dagger or an asterisk, where a code alone is read.
    #[error(
        "the code has the mark of {mark} at character {at}, where a code alone is expected: keep \
         the mark beside it, so that it is not lost",
        at = place(.index)
    )]
    Marked {
        /// Position of the mark.
        index: usize,
        /// Which mark it is.
        mark: DaggerAsterisk,
    },
}

impl ClassificationCodeError {
    /// Returns the position in bytes from the start of the text.
    ///
    /// # Example
    /// ```
    /// use farr::Opcs4Code;
    ///
    /// assert_eq!(Opcs4Code::parse("X38.45").map_err(|error| error.index()), Err(5));
    /// ```
    #[must_use]
    pub const fn index(&self) -> usize {
        match *self {
            ClassificationCodeError::Empty { index }
            | ClassificationCodeError::Special { index }
            | ClassificationCodeError::NotText { index }
            | ClassificationCodeError::LetterForDigit { index, .. }
            | ClassificationCodeError::NonAsciiDigit { index, .. }
            | ClassificationCodeError::Point { index }
            | ClassificationCodeError::Filler { index, .. }
            | ClassificationCodeError::UnpaddedMark { index, .. }
            | ClassificationCodeError::Character { index, .. }
            | ClassificationCodeError::Incomplete { index, .. }
            | ClassificationCodeError::TooLong { index, .. }
            | ClassificationCodeError::Marked { index, .. } => index,
        }
    }

    /// Returns the error with its position counted from `by` bytes before.
    pub(super) const fn moved(mut self, by: usize) -> ClassificationCodeError {
        match &mut self {
            ClassificationCodeError::Empty { index }
            | ClassificationCodeError::Special { index }
            | ClassificationCodeError::NotText { index }
            | ClassificationCodeError::LetterForDigit { index, .. }
            | ClassificationCodeError::NonAsciiDigit { index, .. }
            | ClassificationCodeError::Point { index }
            | ClassificationCodeError::Filler { index, .. }
            | ClassificationCodeError::UnpaddedMark { index, .. }
            | ClassificationCodeError::Character { index, .. }
            | ClassificationCodeError::Incomplete { index, .. }
            | ClassificationCodeError::TooLong { index, .. }
            | ClassificationCodeError::Marked { index, .. } => *index = index.saturating_add(by),
        }
        self
    }
}

/// What may stand in a place of a code.
///
/// # Example
/// ```
/// assert_eq!(farr::id::CodeCharacter::DigitOrX.to_string(), "a digit, or X for none,");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeCharacter {
    /// A letter from A to Z, in either case.
    Letter,
    /// A digit from 0 to 9.
    Digit,
    /// A digit, or the filler X of an undivided category.
    DigitOrX,
    /// A digit or a letter.
    DigitOrLetter,
}

/// What it is, to be put in a sentence.
impl fmt::Display for CodeCharacter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CodeCharacter::Letter => "a letter",
            CodeCharacter::Digit => "a digit",
            CodeCharacter::DigitOrX => "a digit, or X for none,",
            CodeCharacter::DigitOrLetter => "a digit or a letter",
        })
    }
}

/// Why a text is not a range of codes.
///
/// # Example
/// ```
/// use farr::id::{CodeRangeError, Icd10Range};
///
/// assert_eq!("E14-E10".parse::<Icd10Range>(), Err(CodeRangeError::Reversed { index: 4 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum CodeRangeError {
    /// One of the two codes, or the only one, cannot be read.
    #[error(transparent)]
    Code(#[from] ClassificationCodeError),
    /// The second code stands before the first.
    #[error(
        "the code at character {at} stands before the one that the range begins with",
        at = place(.index)
    )]
    Reversed {
        /// Position of the second code.
        index: usize,
    },
}

impl CodeRangeError {
    /// Returns the position in bytes from the start of the text.
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10Range;
    ///
    /// assert_eq!("E10-E1".parse::<Icd10Range>().map_err(|error| error.index()), Err(6));
    /// ```
    #[must_use]
    pub const fn index(&self) -> usize {
        match self {
            CodeRangeError::Code(error) => error.index(),
            CodeRangeError::Reversed { index } => *index,
        }
    }

    /// Returns the error with its position counted from `by` bytes before.
    pub(super) const fn moved(self, by: usize) -> CodeRangeError {
        match self {
            CodeRangeError::Code(error) => CodeRangeError::Code(error.moved(by)),
            CodeRangeError::Reversed { index } => {
                CodeRangeError::Reversed { index: index.saturating_add(by) }
            }
        }
    }
}
