//! What can be wrong with the text of an expression.

use std::fmt;

use super::syntax::Span;
use crate::ecl::{EclError, EclErrorKind};

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExpressionErrorKind {
    /// Something stands where the grammar has something else.
    Syntax,
    /// An identifier has too few or too many digits, or begins with zero.
    Identifier,
    /// Nested deeper than [`DEPTH_LIMIT`](super::DEPTH_LIMIT).
    TooDeep,
    /// Longer than [`LENGTH_LIMIT`](super::LENGTH_LIMIT).
    TooLong,
}

/// Why a text is not an expression, and where.
///
/// It is displayed as a sentence; [`ExpressionError::render`] shows the place too.
// Texts of both languages are read with one cursor, whose errors these are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ExpressionError(EclError);

impl From<EclError> for ExpressionError {
    fn from(error: EclError) -> ExpressionError {
        ExpressionError(error)
    }
}

impl ExpressionError {
    /// What kind of thing is wrong.
    pub fn kind(&self) -> ExpressionErrorKind {
        match self.0.kind() {
            EclErrorKind::Identifier => ExpressionErrorKind::Identifier,
            EclErrorKind::TooDeep => ExpressionErrorKind::TooDeep,
            EclErrorKind::TooLong => ExpressionErrorKind::TooLong,
            _ => ExpressionErrorKind::Syntax,
        }
    }

    /// Where, in bytes of the text; empty at the end of the text where something is missing there.
    pub fn span(&self) -> Span {
        self.0.span()
    }

    /// What to do, where that is plain.
    pub fn hint(&self) -> Option<&'static str> {
        self.0.hint()
    }

    /// The message with the line it is about, carets under the place, and the hint; `source` is the
    /// text that was parsed.
    ///
    /// As [`EclError::render`]: nothing in it commands a terminal, and a long line is cut.
    ///
    /// # Example
    /// ```
    /// use farr::Expression;
    ///
    /// let text = "64572001 : 363698007 =";
    /// let expected = "\
    /// expected a concept, '(', a number, '#5' say, a text in quotes, true or false, found the end
    ///  --> line 1, column 23
    ///   |
    /// 1 | 64572001 : 363698007 =
    ///   |                       ^";
    /// assert_eq!(Expression::parse(text).unwrap_err().render(text), expected);
    /// ```
    pub fn render(&self, source: &str) -> String {
        self.0.render(source)
    }
}

/// The name of the kind, in lower case.
impl fmt::Display for ExpressionErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ExpressionErrorKind::Syntax => "syntax",
            ExpressionErrorKind::Identifier => "identifier",
            ExpressionErrorKind::TooDeep => "too deep",
            ExpressionErrorKind::TooLong => "too long",
        })
    }
}
