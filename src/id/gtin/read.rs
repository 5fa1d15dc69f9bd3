//! The digits of a GTIN, before anything is asked of them.

use super::{Gtin, GtinError};
use crate::id::eight_digits;
use std::num::NonZeroU64;

/// Reads 1 to 14 digits that are not all zero.
#[allow(clippy::arithmetic_side_effects, reason = "14 digits do not fill a u64")]
pub(super) const fn digits(text: &[u8]) -> Result<Gtin, GtinError> {
    if text.is_empty() || text.len() > 14 {
        return Err(GtinError::Length { found: text.len() });
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
            return Err(GtinError::Digit { index: text.len() - rest.len() });
        }
        value = value * 10 + digit as u64;
        rest = after;
    }
    match NonZeroU64::new(value) {
        Some(value) => Ok(Gtin(value)),
        None => Err(GtinError::Zero),
    }
}
