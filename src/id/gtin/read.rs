//! The digits of a GTIN, before anything is asked of them.

use super::{Gtin, GtinError};
use crate::id::eight_digits;
use std::num::NonZeroU64;

/// Reads 1 to 14 digits that are not all zero.
pub(super) const fn digits(text: &[u8]) -> Result<Gtin, GtinError> {
    if text.is_empty() || text.len() > 14 {
        return Err(GtinError::Length { found: text.len() });
    }
    let value = match eight_digits::number(text) {
        Ok(value) => value,
        Err(index) => return Err(GtinError::Digit { index }),
    };
    match NonZeroU64::new(value) {
        Some(value) => Ok(Gtin(value)),
        None => Err(GtinError::Zero),
    }
}
