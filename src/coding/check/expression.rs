//! Postcoordinated expressions.

use super::Judging;
use crate::coding::coding::Coding;

impl Judging<'_, '_> {
    /// Judges a text as an expression; `false` where it is none.
    pub(super) fn expression(&mut self, _text: &str, _coding: &Coding<'_>) -> bool {
        false
    }
}
