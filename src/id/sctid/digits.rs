//! The digits of an SCTID, before anything is asked of them.

use super::{Sctid, SctidError};
use crate::id::eight_digits;
use std::num::NonZeroU64;

/// Reads 1 to 18 digits that do not begin with zero.
pub(super) const fn read(text: &[u8]) -> Result<Sctid, SctidError> {
    if text.len() > 18 {
        return Err(SctidError::Length { found: text.len() });
    }
    let mut value = 0;
    let mut rest = text;
    while let Some((eight, after)) = rest.split_first_chunk() {
        let word = eight_digits::word(*eight);
        if eight_digits::marks_of_non_digits(word) != 0 {
            // The loop below finds which of the eight it is.
            break;
        }
        value = value * 100_000_000 + eight_digits::value(word);
        rest = after;
    }
    while let Some((character, after)) = rest.split_first() {
        let digit = character.wrapping_sub(b'0');
        if digit > 9 {
            return Err(SctidError::Digit { index: text.len() - rest.len() });
        }
        value = value * 10 + digit as u64;
        rest = after;
    }
    match NonZeroU64::new(value) {
        Some(value) if text[0] != b'0' => Ok(Sctid(value)),
        _ if text.is_empty() => Err(SctidError::Length { found: 0 }),
        _ => Err(SctidError::LeadingZero),
    }
}
