//! Whether a value is what its application identifier says.

use super::date::{Gs1Date, two};
use super::{ApplicationIdentifier, CharacterSet, Check, Component, Definition, Gs1Error};
use crate::Date;
use crate::id::{GtinError, mod10};

/// Checks a value. `position` says where its byte number so and so stands in the input.
#[inline]
pub(super) fn check(
    ai: ApplicationIdentifier,
    definition: &Definition,
    value: &str,
    position: impl Fn(usize) -> usize + Copy,
) -> Result<(), Gs1Error> {
    let mut rest = value;
    let mut start = 0_usize;
    for component in definition.components {
        if rest.is_empty() && component.is_optional {
            break;
        }
        let length = rest.len().min(component.maximum);
        let bytes = rest.as_bytes().get(..length).unwrap_or_default();
        let at = |offset: usize| position(start.saturating_add(offset));
        characters(ai, component.characters, rest, bytes, at)?;
        if length < component.minimum {
            return Err(Gs1Error::Length {
                ai,
                index: at(0),
                minimum: component.minimum,
                maximum: component.maximum,
                found: length,
            });
        }
        for check in component.checks {
            content(ai, component, *check, bytes, at)?;
        }
        // All bytes so far are ASCII, so this is a boundary of characters.
        rest = rest.get(length..).unwrap_or_default();
        start = start.saturating_add(length);
    }
    if rest.is_empty() {
        return Ok(());
    }
    Err(Gs1Error::Length {
        ai,
        index: position(0),
        minimum: definition.minimum_length(),
        maximum: definition.maximum_length(),
        found: value.len(),
    })
}

#[inline]
fn characters(
    ai: ApplicationIdentifier,
    expected: CharacterSet,
    text: &str,
    bytes: &[u8],
    at: impl Fn(usize) -> usize,
) -> Result<(), Gs1Error> {
    let stranger = match expected {
        CharacterSet::Z => stranger_of_base64(bytes),
        set => bytes.iter().position(|byte| !set.contains(*byte)),
    };
    let Some(offset) = stranger else { return Ok(()) };
    let found = text.get(offset..).and_then(|text| text.chars().next()).unwrap_or_default();
    Err(Gs1Error::Character { ai, index: at(offset), found, expected })
}

/// The first byte that is not of CSET 64, or is padding where there must be none.
///
/// Padding is at most two at the end. It fills the text to a multiple of four, as base64 has it, or
/// to one of three, as the reference implementation of the dictionary has it; either is taken.
fn stranger_of_base64(bytes: &[u8]) -> Option<usize> {
    let padding = bytes.iter().rev().take_while(|byte| **byte == b'=').count();
    let data = bytes.len().saturating_sub(padding);
    let is_in_set = |byte: &u8| *byte != b'=' && CharacterSet::Z.contains(*byte);
    let first = bytes.iter().take(data).position(|byte| !is_in_set(byte));
    let is_whole = bytes.len().is_multiple_of(4) || bytes.len().is_multiple_of(3);
    let is_padded = padding == 0 || (padding <= 2 && is_whole);
    first.or((!is_padded).then_some(data))
}

fn content(
    ai: ApplicationIdentifier,
    component: &Component,
    check: Check,
    bytes: &[u8],
    at: impl Fn(usize) -> usize,
) -> Result<(), Gs1Error> {
    let is_right = match check {
        Check::Csum => return check_digit(ai, component, bytes, at),
        Check::CsumAlpha => return check_characters(ai, bytes, at),
        Check::GcpPos1
        | Check::GcpPos2
        | Check::PackageType
        | Check::CouponCode
        | Check::CouponPosOffer => true,
        Check::Yymmd0 => Gs1Date::read(bytes, true).is_some(),
        Check::Yymmdd => Gs1Date::read(bytes, false).is_some(),
        Check::Yyyymmdd => {
            let number = number(bytes).and_then(|number| u32::try_from(number).ok());
            number.and_then(Date::from_number).is_some()
        }
        Check::Hhmi => match *bytes {
            [a, b, c, d] => is_up_to(&[a, b], 23) && is_up_to(&[c, d], 59),
            _ => false,
        },
        Check::Hh => is_up_to(bytes, 23),
        Check::Mi | Check::Ss => is_up_to(bytes, 59),
        // The characters and the length are those of the component.
        Check::Iso3166 | Check::Iso3166999 | Check::Iso4217 => bytes.len() == 3,
        Check::Iso3166Alpha2 => bytes.iter().all(u8::is_ascii_uppercase),
        Check::Iso5218 => matches!(bytes, b"0" | b"1" | b"2" | b"9"),
        Check::Iban => is_iban(bytes),
        Check::PcEnc => percent_signs_are_followed_by_two_digits(bytes),
        Check::YesNo => matches!(bytes, b"0" | b"1"),
        Check::Zero => bytes.iter().all(|byte| *byte == b'0'),
        Check::NonZero => bytes.iter().any(|byte| *byte != b'0'),
        Check::NoZeroPrefix => !bytes.starts_with(b"0"),
        Check::Winding => matches!(bytes, b"0" | b"1" | b"9"),
        Check::PieceOfTotal => match *bytes {
            [a, b, c, d] => is_piece(two(a, b), two(c, d)),
            _ => false,
        },
        Check::HasNonDigit => bytes.iter().any(|byte| !byte.is_ascii_digit()),
        Check::Hyphen => bytes.iter().all(|byte| *byte == b'-'),
        Check::PosInSeqSlash => match *bytes {
            [a, b'/', b] => is_piece(two(b'0', a), two(b'0', b)),
            _ => false,
        },
        Check::ImporterIdx => {
            bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        }
        Check::Latitude => number(bytes).is_some_and(|number| number <= 1_800_000_000),
        Check::Longitude => number(bytes).is_some_and(|number| number <= 3_600_000_000),
        Check::MediaType => match *bytes {
            [a, b] => two(a, b).is_some_and(|code| matches!(code, 1..=10 | 80..)),
            _ => false,
        },
    };
    if is_right { Ok(()) } else { Err(Gs1Error::Content { ai, index: at(0), check }) }
}

fn check_digit(
    ai: ApplicationIdentifier,
    component: &Component,
    bytes: &[u8],
    at: impl Fn(usize) -> usize,
) -> Result<(), Gs1Error> {
    // Eighteen digits at most, so always a number.
    let value = number(bytes).unwrap_or_default();
    let expected = mod10::check_digit(value / 10);
    let found = (value % 10) as u8;
    if expected != found {
        let index = at(bytes.len().saturating_sub(1));
        return Err(Gs1Error::CheckDigit { ai, index, expected, found });
    }
    if value == 0 && component.maximum == 14 {
        return Err(Gs1Error::Gtin { index: at(0), reason: GtinError::Zero });
    }
    Ok(())
}

/// The pair of check characters of a Global Model Number: the characters before it, by their place
/// in CSET 82, weighed from the right by the prime numbers, modulo 1021; five bits of the sum for
/// each of the pair ([GS1 General Specifications][gs], section 7.9.5).
///
/// [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications
fn check_characters(
    ai: ApplicationIdentifier,
    bytes: &[u8],
    at: impl Fn(usize) -> usize,
) -> Result<(), Gs1Error> {
    let Some((data, found)) = bytes.split_last_chunk::<2>() else {
        return Err(Gs1Error::Content { ai, index: at(0), check: Check::CsumAlpha });
    };
    let expected = pair(data);
    if found.map(char::from) == expected {
        return Ok(());
    }
    Err(Gs1Error::CheckCharacters { ai, index: at(data.len()), expected })
}

pub(super) fn pair(data: &[u8]) -> [char; 2] {
    let products = data.iter().rev().zip(PRIMES).map(|(byte, prime)| {
        let before = (b'!'..*byte).filter(|byte| CharacterSet::X.contains(*byte)).count();
        before.wrapping_mul(prime)
    });
    let sum = products.fold(0_usize, usize::wrapping_add) % 1021;
    [sum >> 5, sum & 31].map(|place| PAIR.get(place).copied().map_or('?', char::from))
}

/// As many as the longest value with such a pair has characters before it.
const PRIMES: [usize; 23] =
    [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/// Digits and capitals without those that are mistaken for others.
const PAIR: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The value of at most 19 digits.
#[inline]
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    if digits.len() > 19 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Nineteen digits fit, so nothing wraps.
    let value = |value: u64, digit: &u8| {
        value.wrapping_mul(10).wrapping_add(u64::from(digit.wrapping_sub(b'0')))
    };
    Some(digits.iter().fold(0, value))
}

fn is_up_to(bytes: &[u8], largest: u8) -> bool {
    match *bytes {
        [tens, ones] => two(tens, ones).is_some_and(|value| value <= largest),
        _ => false,
    }
}

fn is_piece(piece: Option<u8>, total: Option<u8>) -> bool {
    piece.zip(total).is_some_and(|(piece, total)| (1..=total).contains(&piece))
}

fn percent_signs_are_followed_by_two_digits(bytes: &[u8]) -> bool {
    let mut parts = bytes.split(|byte| *byte == b'%').skip(1);
    parts.all(|part| {
        part.first_chunk::<2>().is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Two capitals, two digits and more of both, whose number is 1 modulo 97 when the first four come
/// last and a letter counts 10 to 35 (ISO 13616).
fn is_iban(bytes: &[u8]) -> bool {
    let Some((head, tail)) = bytes.split_first_chunk::<4>() else { return false };
    let [a, b, c, d] = head;
    let has_form = a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && c.is_ascii_digit()
        && d.is_ascii_digit()
        && !tail.is_empty();
    let remainder = tail.iter().chain(head).try_fold(0_u32, |remainder, byte| {
        let value = match byte {
            b'0'..=b'9' | b'A'..=b'Z' => char::from(*byte).to_digit(36)?,
            _ => return None,
        };
        let shift = if value < 10 { 10 } else { 100 };
        Some(remainder.wrapping_mul(shift).wrapping_add(value) % 97)
    });
    has_form && remainder == Some(1)
}
