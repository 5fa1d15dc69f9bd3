//! SNOMED CT Expression Constraint Language 2.3
//! ([specification](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language)).
//!
//! [`Ecl::parse`] reads the brief and the long syntax, also mixed; [`syntax`] is the tree that comes
//! of it. Neither needs an index: whether a concept exists is asked when the expression is
//! evaluated, by [`Snomed::evaluate`](crate::Snomed::evaluate) or an [`Evaluation`] with options.

mod error;
mod evaluation;
pub(crate) mod parse;
pub(crate) mod print;
pub(crate) mod render;
pub mod syntax;
pub mod visit;

use std::fmt;
use std::str::FromStr;

pub use error::{EclError, EclErrorKind};
pub use evaluation::{
    Amount, CompiledEcl, Evaluated, Evaluation, EvaluationError, ExplainedPart, Explanation,
    Finding, FindingKind, Gap, GapEffect, Limits, PartKind, Report, SelectedRows, SelectedValue,
    Selection,
};
pub use parse::{DEPTH_LIMIT, LENGTH_LIMIT};
pub use print::{Brief, Long};

use crate::id::SctidError;
use syntax::Expression;
use visit::Identifier;

/// An expression constraint: its text, and the tree that the text spells.
///
/// Two of them are equal where their trees are, however they were written.
///
/// # Example
/// ```
/// use farr::ecl::Ecl;
///
/// let ecl = Ecl::parse("descendantOrSelfOf 24700007 |sclerosis| minus ANY")?;
/// assert_eq!(ecl.to_string(), "<< 24700007 |sclerosis| MINUS *");
/// # Ok::<(), farr::ecl::EclError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ecl {
    source: String,
    expression: Expression,
}

impl Ecl {
    /// Reads an expression constraint, in time linear in its length: below a microsecond for a
    /// short one.
    ///
    /// Check digits are not looked at: [`Ecl::malformed_ids`] tells of them.
    ///
    /// # Errors
    /// The text is not an expression constraint, is longer than [`LENGTH_LIMIT`], or is nested
    /// deeper than [`DEPTH_LIMIT`]. [`EclError::render`] shows the place.
    ///
    /// # Example
    /// ```
    /// use farr::ecl::{Ecl, EclErrorKind};
    ///
    /// assert!(Ecl::parse("<< 24700007 : 363698007 = *").is_ok());
    ///
    /// let mixed = "24700007 AND 64572001 OR 138875005";
    /// let error = Ecl::parse(mixed).unwrap_err();
    /// assert_eq!(error.kind(), EclErrorKind::MixedOperators);
    /// assert_eq!(&mixed[error.span().start..error.span().end], "OR");
    /// ```
    pub fn parse(source: &str) -> Result<Ecl, EclError> {
        let expression = parse::parse(source)?;
        Ok(Ecl { source: source.to_owned(), expression })
    }

    /// Writes a tree in brief form and reads it again, so that its spans are those of the text.
    ///
    /// # Errors
    /// The tree is not one that a text can spell: the text does not parse, or what it spells is
    /// another tree. A tree by [`Ecl::parse`] has no brackets that change nothing (a
    /// [`Focus::Nested`](syntax::Focus::Nested) of a bare focus, say), no list of a single operand,
    /// and no field that is called as a keyword.
    ///
    /// # Example
    /// ```
    /// use farr::ecl::Ecl;
    ///
    /// let ecl = Ecl::parse("<<  24700007")?;
    /// let written = Ecl::from_expression(ecl.expression().clone())?;
    /// assert_eq!(written.source(), "<< 24700007");
    /// # Ok::<(), farr::ecl::EclError>(())
    /// ```
    pub fn from_expression(expression: Expression) -> Result<Ecl, EclError> {
        let source = expression.brief().to_string();
        let written = Ecl::parse(&source)?;
        if written.expression != expression {
            return Err(EclError::unspellable(source.len()));
        }
        Ok(written)
    }

    /// The tree.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// The text, as it was parsed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The brief form: symbols, and no more brackets than it takes. It parses to an equal tree
    /// (provided that it is no longer than [`LENGTH_LIMIT`]).
    pub fn brief(&self) -> Brief<'_> {
        self.expression.brief()
    }

    /// The long form: words instead of symbols. It parses to an equal tree, as the brief form does.
    pub fn long(&self) -> Long<'_> {
        self.expression.long()
    }

    /// Every identifier in the text, in the order of the text.
    ///
    /// # Example
    /// ```
    /// use farr::ecl::Ecl;
    ///
    /// let ecl = Ecl::parse("<< 64572001 : 363698007 = 24700007")?;
    /// let ids: Vec<u64> = ecl.identifiers().iter().map(|found| found.id.value()).collect();
    /// assert_eq!(ids, [64_572_001, 363_698_007, 24_700_007]);
    /// # Ok::<(), farr::ecl::EclError>(())
    /// ```
    pub fn identifiers(&self) -> Vec<Identifier> {
        visit::identifiers(&self.expression)
    }

    /// The identifiers whose check digit or partition is wrong, so that no release that keeps the
    /// rules has them, and what is wrong.
    ///
    /// # Example
    /// ```
    /// use farr::ecl::Ecl;
    /// use farr::id::SctidError;
    ///
    /// let ecl = Ecl::parse("<< 24700008 OR << 64572001")?;
    /// let (wrong, why) = ecl.malformed_ids()[0];
    /// assert_eq!((wrong.span.start, wrong.span.end), (3, 11));
    /// assert_eq!(why, SctidError::CheckDigit { expected: 7, found: 8 });
    /// # Ok::<(), farr::ecl::EclError>(())
    /// ```
    pub fn malformed_ids(&self) -> Vec<(Identifier, SctidError)> {
        let checked = self.identifiers().into_iter();
        checked.filter_map(|found| found.id.check().err().map(|error| (found, error))).collect()
    }
}

/// By the tree.
impl PartialEq for Ecl {
    fn eq(&self, other: &Ecl) -> bool {
        self.expression == other.expression
    }
}

impl Eq for Ecl {}

/// As [`Ecl::parse`].
impl FromStr for Ecl {
    type Err = EclError;

    fn from_str(source: &str) -> Result<Ecl, EclError> {
        Ecl::parse(source)
    }
}

/// The brief form, as [`Ecl::brief`].
impl fmt::Display for Ecl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.brief().fmt(f)
    }
}

#[cfg(test)]
mod tests;
