//! From text to tree.
//!
//! A descent over the bytes, without tokens in between and without going back further than over
//! one reference or one string, so that time is linear in the text. What recurses counts its depth.

mod cursor;
mod description;
mod expression;
mod filter;
mod focus;
mod operator;
mod quoted;
mod refinement;
mod value;

use super::error::{EclError, EclErrorKind};
use super::syntax::{Expression, Focus, Span, SubExpression};
pub(crate) use cursor::{Cursor, Language};
pub(super) use focus::is_of_plain_code;

/// Brackets and braces that may stand within one another, so that no text exhausts the stack:
/// parsing, printing, comparing and dropping fit 1 MiB of it at this depth.
pub const DEPTH_LIMIT: usize = 200;
/// Bytes of a text at most.
pub const LENGTH_LIMIT: usize = 1 << 20;

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Expression, EclError> {
    check_length(text)?;
    let mut cursor = Cursor::new(text, Language::Constraints);
    cursor.skip_space();
    let mut expression = Expression::Sub(SubExpression::new(Focus::Any, Span::default()));
    cursor.expression(&mut expression)?;
    cursor.skip_space();
    match cursor.is_at_end() {
        true => Ok(expression),
        false => Err(cursor.not_closed("the end")),
    }
}

/// Refuses a text that is too long.
pub(crate) fn check_length(text: &str) -> Result<(), EclError> {
    if text.len() <= LENGTH_LIMIT {
        return Ok(());
    }
    Err(EclError::new(
        EclErrorKind::TooLong,
        Span { start: LENGTH_LIMIT, end: text.len() },
        format!("the text has {} bytes, and at most {LENGTH_LIMIT} are read", text.len()),
    ))
}
