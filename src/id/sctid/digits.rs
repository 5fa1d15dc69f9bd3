//! The digits of an SCTID, before anything is asked of them.

use super::{Sctid, SctidError};
use crate::id::eight_digits;
use std::num::NonZeroU64;

/// Reads 1 to 18 digits that do not begin with zero.
pub(super) const fn read(text: &[u8]) -> Result<Sctid, SctidError> {
    if text.len() > 18 {
        return Err(SctidError::Length { found: text.len() });
    }
    let value = match eight_digits::number(text) {
        Ok(value) => value,
        Err(index) => return Err(SctidError::Digit { index }),
    };
    match NonZeroU64::new(value) {
        Some(value) if text[0] != b'0' => Ok(Sctid(value)),
        _ if text.is_empty() => Err(SctidError::Length { found: 0 }),
        _ => Err(SctidError::LeadingZero),
    }
}
