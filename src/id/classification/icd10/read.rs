//! The spellings of a code of ICD-10, and of the marks behind it.

use super::{DaggerAsterisk, Icd10Code};
use crate::id::classification::ClassificationCodeError;
use crate::id::classification::cursor::{Cursor, Place};
use std::num::NonZeroU32;

/// Reads a code, and the mark behind it with its position.
pub(super) fn read(
    text: &[u8],
) -> Result<(Icd10Code, Option<(DaggerAsterisk, usize)>), ClassificationCodeError> {
    let mut cursor = Cursor::new(text)?;
    let letter = u32::from(cursor.letter()? & 0x1f);
    let tens = u32::from(cursor.digit()?);
    let units = u32::from(cursor.digit()?);
    let division = division(&mut cursor)?;
    let index = cursor.index();
    let mark = if division.ends { symbol(&mut cursor) } else { any_mark(&mut cursor) };
    if division.ends || mark.is_some() {
        cursor.finish()?;
    } else if !cursor.rest().is_empty() {
        return Err(cursor.misplaced(division.open));
    }
    let key = letter << 16 | tens << 12 | units << 8 | division.bits;
    match NonZeroU32::new(key) {
        Some(key) => Ok((Icd10Code(key), mark.map(|mark| (mark, index)))),
        // The letter is not zero.
        None => Err(cursor.misplaced(Place::Letter)),
    }
}

/// What is read of the fourth and the fifth character.
struct Division {
    /// As they are in a code.
    bits: u32,
    /// Whether nothing but the symbol of a mark may follow.
    ends: bool,
    /// What could follow besides a mark.
    open: Place,
}

#[inline]
fn division(cursor: &mut Cursor<'_>) -> Result<Division, ClassificationCodeError> {
    const CATEGORY: Division = Division { bits: 0, ends: true, open: Place::End };
    let dotted = cursor.point();
    let fourth = match cursor.next() {
        Some(digit @ b'0'..=b'9') => u32::from(digit & 0xf).wrapping_add(2),
        Some(b'X' | b'x') => 1,
        None if !dotted => return Ok(CATEGORY),
        Some(b'*' | b'+') if !dotted => return Ok(CATEGORY),
        Some(_) if !dotted && cursor.rest().starts_with(DAGGER) => return Ok(CATEGORY),
        // The point and the dash of the WHO: a fourth character exists, and is not said.
        Some(b'-') if dotted => {
            cursor.skip();
            return match cursor.next() {
                Some(letter) if letter_mark(letter).is_some() => Err(unpadded(cursor, letter)),
                _ => Ok(CATEGORY),
            };
        }
        Some(letter) if letter_mark(letter).is_some() => return Err(unpadded(cursor, letter)),
        _ => return Err(cursor.misplaced(Place::Fourth)),
    };
    cursor.skip();
    let (fifth, open) = match cursor.next() {
        Some(digit @ b'0'..=b'9') => (u32::from(digit & 0xf).wrapping_add(1), Place::End),
        Some(b'-') => (0, Place::End),
        _ => return Ok(Division { bits: undivided(fourth), ends: false, open: Place::Fifth }),
    };
    cursor.skip();
    let bits = if fifth == 0 { undivided(fourth) } else { fourth << 4 | fifth };
    Ok(Division { bits, ends: false, open })
}

/// The bits of a fourth character with no fifth behind it: X is no character then.
#[inline]
const fn undivided(fourth: u32) -> u32 {
    if fourth == 1 { 0 } else { fourth << 4 }
}

const DAGGER: &[u8] = "†".as_bytes();

/// Takes the mark that is next, as a symbol of the WHO or as a letter of the NHS.
#[inline]
fn any_mark(cursor: &mut Cursor<'_>) -> Option<DaggerAsterisk> {
    match letter_mark(cursor.next()?) {
        Some(mark) => {
            cursor.skip();
            Some(mark)
        }
        None => symbol(cursor),
    }
}

/// Takes the mark that is next as a symbol of the WHO, or its stand-in.
#[inline]
fn symbol(cursor: &mut Cursor<'_>) -> Option<DaggerAsterisk> {
    let (mark, length) = match cursor.next()? {
        b'*' => (DaggerAsterisk::Asterisk, 1),
        b'+' => (DaggerAsterisk::Dagger, 1),
        _ if cursor.rest().starts_with(DAGGER) => (DaggerAsterisk::Dagger, DAGGER.len()),
        _ => return None,
    };
    for _ in 0..length {
        cursor.skip();
    }
    Some(mark)
}

#[inline]
const fn letter_mark(letter: u8) -> Option<DaggerAsterisk> {
    match letter {
        b'D' | b'd' => Some(DaggerAsterisk::Dagger),
        b'A' | b'a' => Some(DaggerAsterisk::Asterisk),
        _ => None,
    }
}

#[cold]
fn unpadded(cursor: &Cursor<'_>, letter: u8) -> ClassificationCodeError {
    if cursor.rest().contains(&b'#') {
        return cursor.misplaced(Place::Fourth);
    }
    ClassificationCodeError::UnpaddedMark { index: cursor.index(), found: char::from(letter) }
}
