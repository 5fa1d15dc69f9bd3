//! What can be wrong with the text of an expression constraint.

use std::fmt;

use super::render;
use super::syntax::Span;

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EclErrorKind {
    /// Something stands where the language has something else.
    Syntax,
    /// Operators stand side by side, and only brackets can say which goes first.
    MixedOperators,
    /// An identifier has too few or too many digits, or begins with zero.
    Identifier,
    /// A cardinality whose least is above its most, or that is too large.
    Cardinality,
    /// Nested deeper than [`DEPTH_LIMIT`](super::DEPTH_LIMIT).
    TooDeep,
    /// Longer than [`LENGTH_LIMIT`](super::LENGTH_LIMIT).
    TooLong,
    /// A tree that no text spells.
    Unspellable,
    /// Understood, and not supported: there is no answer, as opposed to the answer "none".
    Unsupported,
}

/// Why a text is not an expression constraint, and where.
///
/// It is displayed as a sentence; [`EclError::render`] shows the place too.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.0.message)]
pub struct EclError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    span: Span,
    kind: EclErrorKind,
    message: String,
    hint: Option<&'static str>,
}

/// What to do where operators are mixed.
const BRACKETS: &str = "put brackets around what belongs together";

impl EclError {
    #[cold]
    #[inline(never)]
    pub(super) fn new(kind: EclErrorKind, span: Span, message: String) -> EclError {
        let hint = match kind {
            EclErrorKind::MixedOperators => Some(BRACKETS),
            _ => None,
        };
        EclError(Box::new(Details { span, kind, message, hint }))
    }

    #[cold]
    pub(crate) fn with_hint(mut self, hint: &'static str) -> EclError {
        self.0.hint = Some(hint);
        self
    }

    pub(super) fn unspellable(length: usize) -> EclError {
        let message = "the tree is not one that a text can spell".to_owned();
        EclError::new(EclErrorKind::Unspellable, Span { start: 0, end: length }, message)
    }

    /// What kind of thing is wrong.
    pub fn kind(&self) -> EclErrorKind {
        self.0.kind
    }

    /// Where, in bytes of the text; empty at the end of the text where something is missing there.
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// What to do, where that is plain.
    pub fn hint(&self) -> Option<&'static str> {
        self.0.hint
    }

    /// The message with the line it is about, carets under the place, and the hint; `source` is the
    /// text that was parsed.
    ///
    /// Characters that could command a terminal are replaced, and a long line is cut around the
    /// place. Without a line end behind the last line.
    ///
    /// # Example
    /// ```
    /// use farr::ecl::Ecl;
    ///
    /// let text = "<< 64572001 |ailment| AND";
    /// let expected = "\
    /// expected an expression, found the end
    ///  --> line 1, column 26
    ///   |
    /// 1 | << 64572001 |ailment| AND
    ///   |                          ^";
    /// assert_eq!(Ecl::parse(text).unwrap_err().render(text), expected);
    /// ```
    pub fn render(&self, source: &str) -> String {
        let mut rendered = render::control_free(&self.0.message);
        render::place(&mut rendered, source, self.0.span);
        if let Some(hint) = self.0.hint {
            rendered.push_str("\n  = ");
            rendered.push_str(hint);
        }
        rendered
    }
}

/// The name of the kind, in lower case.
impl fmt::Display for EclErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EclErrorKind::Syntax => "syntax",
            EclErrorKind::MixedOperators => "mixed operators",
            EclErrorKind::Identifier => "identifier",
            EclErrorKind::Cardinality => "cardinality",
            EclErrorKind::TooDeep => "too deep",
            EclErrorKind::TooLong => "too long",
            EclErrorKind::Unspellable => "unspellable",
            EclErrorKind::Unsupported => "unsupported",
        })
    }
}
