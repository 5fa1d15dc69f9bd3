//! Why a rule cannot be read.

use std::fmt;
use std::ops::Range;

use crate::ecl::render;
use crate::ecl::syntax::Span;

/// What is wrong with the text of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MapRuleErrorKind {
    /// It is longer than [`LENGTH_LIMIT`](super::LENGTH_LIMIT).
    TooLong,
    /// It begins with none of `TRUE`, `OTHERWISE TRUE` and `IFA`.
    Keyword,
    /// Where an identifier has to be, there is none.
    Concept,
    /// A bar is missing, so that where a term ends is not certain.
    MissingBar,
    /// Something other than an age is compared.
    Observable,
    /// Behind an age, there is no comparison.
    Comparison,
    /// What an age is compared with is no number, or one with more than six digits before the point
    /// or three behind it.
    Number,
    /// Behind the number there is no unit.
    Unit,
    /// Where `AND` or the end has to be, there is something else.
    Trailing,
}

/// Why a rule cannot be read, and where.
///
/// # Example
/// ```
/// use farr::map::{MapRule, MapRuleErrorKind};
///
/// let text = "IFA 445518008 | Age at onset | < 28.0 fortnights";
/// let error = MapRule::parse(text).unwrap_err();
/// assert_eq!(error.kind(), MapRuleErrorKind::Unit);
/// assert_eq!(&text[error.span()], "fortnights");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct MapRuleError {
    kind: MapRuleErrorKind,
    start: u32,
    end: u32,
}

impl MapRuleError {
    #[cold]
    pub(super) fn new(kind: MapRuleErrorKind, span: Range<usize>) -> MapRuleError {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        MapRuleError { kind, start: place(span.start), end: place(span.end) }
    }

    /// Returns what is wrong.
    ///
    /// # Example
    /// ```
    /// use farr::map::{MapRule, MapRuleErrorKind};
    ///
    /// assert_eq!(MapRule::parse("ALWAYS").unwrap_err().kind(), MapRuleErrorKind::Keyword);
    /// ```
    #[must_use]
    pub const fn kind(self) -> MapRuleErrorKind {
        self.kind
    }

    /// Returns where, in bytes of the text; empty at its end where something is missing there.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::map::MapRule::parse("TRUE OR FALSE").unwrap_err().span(), 5..7);
    /// ```
    #[must_use]
    pub const fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the message, the text, and carets under the place; `text` is what was parsed.
    /// Characters that could command a terminal are replaced.
    ///
    /// # Example
    /// ```
    /// use farr::map::MapRule;
    ///
    /// let text = "IFA 445518008 | Age at onset | < 28.0 fortnights";
    /// let expected = "\
    /// expected years, months, weeks or days behind the number
    ///  --> line 1, column 39
    ///   |
    /// 1 | IFA 445518008 | Age at onset | < 28.0 fortnights
    ///   |                                       ^^^^^^^^^^";
    /// assert_eq!(MapRule::parse(text).unwrap_err().render(text), expected);
    /// ```
    #[must_use]
    pub fn render(self, text: &str) -> String {
        let mut rendered = self.message().to_owned();
        let Range { start, end } = self.span();
        render::place(&mut rendered, text, Span { start, end });
        rendered
    }

    const fn message(self) -> &'static str {
        match self.kind {
            MapRuleErrorKind::TooLong => "the rule has more than 65535 bytes",
            MapRuleErrorKind::Keyword => "expected TRUE, OTHERWISE TRUE or IFA",
            MapRuleErrorKind::Concept => "expected the identifier of a concept",
            MapRuleErrorKind::MissingBar => {
                "a bar is missing, so that it is not certain where the term ends"
            }
            MapRuleErrorKind::Observable => "what is compared is not an age",
            MapRuleErrorKind::Comparison => "expected <, <=, >, >= or = behind an age",
            MapRuleErrorKind::Number => {
                "expected a number, of up to six digits before the point and three behind it"
            }
            MapRuleErrorKind::Unit => "expected years, months, weeks or days behind the number",
            MapRuleErrorKind::Trailing => "expected AND or the end of the rule",
        }
    }
}

/// The name of the kind, in lower case.
impl fmt::Display for MapRuleErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            MapRuleErrorKind::TooLong => "too long",
            MapRuleErrorKind::Keyword => "keyword",
            MapRuleErrorKind::Concept => "concept",
            MapRuleErrorKind::MissingBar => "missing bar",
            MapRuleErrorKind::Observable => "observable",
            MapRuleErrorKind::Comparison => "comparison",
            MapRuleErrorKind::Number => "number",
            MapRuleErrorKind::Unit => "unit",
            MapRuleErrorKind::Trailing => "trailing",
        })
    }
}
