//! The characters of a code, from the left.

use super::{ClassificationCodeError, CodeCharacter};

/// What is left of a text to be read.
pub(super) struct Cursor<'t> {
    rest: &'t [u8],
    /// Position of the end of `rest` in the whole text.
    end: usize,
}

/// The places of a code, for what is to be said of a character that cannot stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The first.
    Letter,
    /// The second and the third, and the fourth of OPCS-4.
    Digit,
    /// The fourth of ICD-10.
    Fourth,
    /// The fifth of ICD-10, or what comes in its stead.
    Fifth,
    /// The third and those behind it in ICD-10-CM.
    DigitOrLetter,
    /// Behind the code.
    End,
}

impl<'t> Cursor<'t> {
    /// Stands before the first character that is not white space.
    #[inline]
    pub(super) fn new(text: &'t [u8]) -> Result<Cursor<'t>, ClassificationCodeError> {
        let from_start = text.trim_ascii_start();
        let start = text.len().saturating_sub(from_start.len());
        let rest = from_start.trim_ascii_end();
        if rest.is_empty() {
            return Err(ClassificationCodeError::Empty { index: start });
        }
        Ok(Cursor { rest, end: start.saturating_add(rest.len()) })
    }

    /// The position of the next character in the whole text.
    #[inline]
    pub(super) const fn index(&self) -> usize {
        self.end.saturating_sub(self.rest.len())
    }

    #[inline]
    pub(super) const fn rest(&self) -> &'t [u8] {
        self.rest
    }

    #[inline]
    pub(super) const fn next(&self) -> Option<u8> {
        match self.rest {
            [next, ..] => Some(*next),
            [] => None,
        }
    }

    #[inline]
    pub(super) const fn skip(&mut self) {
        if let [_, rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    /// Takes the point, if it is next.
    #[inline]
    pub(super) const fn point(&mut self) -> bool {
        let point = matches!(self.rest, [b'.', ..]);
        if point {
            self.skip();
        }
        point
    }

    /// Takes a letter, and returns it as one of the capitals.
    #[inline]
    pub(super) fn letter(&mut self) -> Result<u8, ClassificationCodeError> {
        match self.next() {
            Some(letter) if letter.is_ascii_alphabetic() => {
                self.skip();
                Ok(letter.to_ascii_uppercase())
            }
            _ => Err(self.misplaced(Place::Letter)),
        }
    }

    /// Takes a digit, and returns its value.
    #[inline]
    pub(super) fn digit(&mut self) -> Result<u8, ClassificationCodeError> {
        match self.next().map(|byte| byte.wrapping_sub(b'0')) {
            Some(digit) if digit < 10 => {
                self.skip();
                Ok(digit)
            }
            _ => Err(self.misplaced(Place::Digit)),
        }
    }

    /// Checks that nothing is left.
    #[inline]
    pub(super) fn finish(&self) -> Result<(), ClassificationCodeError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.misplaced(Place::End)) }
    }

    /// Says what is wrong with the next character.
    #[cold]
    pub(super) fn misplaced(&self, place: Place) -> ClassificationCodeError {
        let index = self.index();
        if let Some(at) = self.rest.iter().position(|byte| *byte == b'#') {
            return ClassificationCodeError::Special { index: index.saturating_add(at) };
        }
        let expected = match place {
            Place::Letter => Some(CodeCharacter::Letter),
            Place::Digit => Some(CodeCharacter::Digit),
            Place::Fourth => Some(CodeCharacter::DigitOrX),
            Place::DigitOrLetter => Some(CodeCharacter::DigitOrLetter),
            Place::Fifth | Place::End => None,
        };
        if let ([], Some(expected)) = (self.rest, expected) {
            return ClassificationCodeError::Incomplete { index, expected };
        }
        // No character is longer than four bytes, so the rest of a long text need not be decoded.
        let bytes = self.rest.get(..4).unwrap_or(self.rest);
        let text = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let Some(found) = text.chars().next() else {
            return ClassificationCodeError::NotText { index };
        };
        if found == '.' {
            return ClassificationCodeError::Point { index };
        }
        if matches!(place, Place::Digit | Place::Fourth | Place::Fifth) {
            match found {
                'O' | 'o' => {
                    return ClassificationCodeError::LetterForDigit { index, found, digit: 0 };
                }
                'I' | 'i' | 'L' | 'l' => {
                    return ClassificationCodeError::LetterForDigit { index, found, digit: 1 };
                }
                _ => {}
            }
        }
        if !found.is_ascii() && found.is_numeric() {
            return ClassificationCodeError::NonAsciiDigit { index, found };
        }
        let filler = match place {
            Place::Fourth => found == '-',
            Place::Fifth => matches!(found, 'X' | 'x'),
            Place::Letter | Place::Digit | Place::DigitOrLetter | Place::End => false,
        };
        if filler {
            return ClassificationCodeError::Filler { index, found };
        }
        match expected {
            Some(expected) => ClassificationCodeError::Character { index, found, expected },
            None => ClassificationCodeError::TooLong { index, found },
        }
    }
}
