//! Postcoordinated expressions: SNOMED CT compositional grammar 2.4
//! ([specification](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-compositional-grammar-specification)).
//!
//! [`Expression::parse`] reads one without an index, and [`syntax`] is the tree that comes of it;
//! [`Snomed::check_expression`](crate::Snomed::check_expression) holds it against a release. What an
//! expression means, whether it subsumes another, is not answered: that takes a classifier.

mod check;
mod concepts;
mod error;
mod normal;
mod parse;
mod print;
pub mod syntax;

use std::fmt;
use std::str::FromStr;

pub use check::{ExpressionFinding, ExpressionFindingKind};
pub use concepts::{ConceptRole, ExpressionConcept};
pub use error::{ExpressionError, ExpressionErrorKind};
pub use print::Printed;

/// Brackets and braces that may stand within one another, as in an expression constraint.
pub use crate::ecl::DEPTH_LIMIT;
/// Bytes of a text at most, as of an expression constraint.
pub use crate::ecl::LENGTH_LIMIT;
use crate::id::{Sctid, SctidError};
use syntax::{DefinitionStatus, SubExpression};

/// An expression: its text, and the tree that the text spells.
///
/// Two of them are equal where their trees are: white space does not matter, terms and order do.
/// [`Expression::normal_form`] is what to compare where they should not.
///
/// # Example
/// ```
/// use farr::Expression;
///
/// let written = "64572001|Ailment|:{363698007|Place of it|=24700007}";
/// let expression = Expression::parse(written)?;
/// let printed = "64572001 |Ailment| : { 363698007 |Place of it| = 24700007 }";
/// assert_eq!(expression.to_string(), printed);
/// # Ok::<(), farr::expression::ExpressionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
    definition_status: Option<DefinitionStatus>,
    expression: SubExpression,
}

impl Expression {
    /// Reads an expression, in time linear in its length: about a microsecond for a short one.
    ///
    /// Check digits are not looked at: [`Expression::malformed_ids`] tells of them.
    ///
    /// # Errors
    /// The text is not an expression, is longer than [`LENGTH_LIMIT`], or is nested deeper than
    /// [`DEPTH_LIMIT`]. [`ExpressionError::render`] shows the place.
    ///
    /// # Example
    /// ```
    /// use farr::expression::{Expression, ExpressionErrorKind};
    ///
    /// assert!(Expression::parse("=== 64572001 + 24700007 : 363698007 = 24700007").is_ok());
    ///
    /// let text = "64572001 : 363698007 24700007";
    /// let error = Expression::parse(text).unwrap_err();
    /// assert_eq!(error.kind(), ExpressionErrorKind::Syntax);
    /// assert_eq!(error.span().start, 21);
    /// ```
    pub fn parse(source: &str) -> Result<Expression, ExpressionError> {
        let (definition_status, expression) = parse::parse(source)?;
        Ok(Expression { source: source.to_owned(), definition_status, expression })
    }

    /// The text, as it was parsed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The definition status as written; `None` where none is, which means
    /// [`DefinitionStatus::EquivalentTo`].
    pub fn definition_status(&self) -> Option<DefinitionStatus> {
        self.definition_status
    }

    /// The tree, without the definition status.
    pub fn expression(&self) -> &SubExpression {
        &self.expression
    }

    /// The text without terms. It parses to a tree that differs in its terms alone.
    ///
    /// # Example
    /// ```
    /// use farr::Expression;
    ///
    /// let expression = Expression::parse("64572001 |Ailment|")?;
    /// assert_eq!(expression.without_terms().to_string(), "64572001");
    /// # Ok::<(), farr::expression::ExpressionError>(())
    /// ```
    pub fn without_terms(&self) -> Printed<'_> {
        self.printed(false)
    }

    fn printed(&self, terms: bool) -> Printed<'_> {
        Printed { status: self.definition_status, expression: &self.expression, terms }
    }

    /// The same in the one form of all that differ only in how they are written, for keeping and
    /// comparing. Takes time of the order of sorting it.
    ///
    /// - The definition status is stated; terms are left off, for they mean nothing.
    /// - Focus concepts ascend by id, attributes by type and then value, groups by their attributes.
    /// - What stands twice stands once: focus concepts, the attributes of a group and groups are all
    ///   said at once, and a thing said twice says no more. Groups that differ stay apart.
    /// - Brackets around a concept alone are left off. Numbers have no plus sign, and no zeros at the
    ///   end of a fraction.
    ///
    /// Nothing is looked up: two expressions of different normal forms can still mean the same, as
    /// only a classifier could tell. An attribute in no group stays in none.
    ///
    /// # Example
    /// ```
    /// use farr::Expression;
    ///
    /// let one = "64572001 |Ailment| : 363698007 = (24700007), 116676008 = 64572001";
    /// let other = "=== 64572001 : 116676008 = 64572001, 363698007 = 24700007";
    /// let normal = Expression::parse(one)?.normal_form();
    /// assert_eq!(normal.to_string(), other);
    /// assert_eq!(normal, Expression::parse(other)?);
    /// # Ok::<(), farr::expression::ExpressionError>(())
    /// ```
    pub fn normal_form(&self) -> Expression {
        let normal = normal::normal(&self.expression);
        let status = self.definition_status.unwrap_or(DefinitionStatus::EquivalentTo);
        let printed = Printed { status: Some(status), expression: &normal, terms: false };
        let source = printed.to_string();
        // Read again, so that its spans are those of its text.
        let (definition_status, expression) =
            parse::parse_of_any_length(&source).unwrap_or((Some(status), normal));
        Expression { source, definition_status, expression }
    }

    /// Every concept in the text, in the order of the text, at any depth.
    ///
    /// # Example
    /// ```
    /// use farr::Expression;
    /// use farr::expression::ConceptRole;
    ///
    /// let expression = Expression::parse("64572001 : 363698007 = (24700007 |Lobe|)")?;
    /// let values: Vec<_> = expression
    ///     .concepts()
    ///     .filter(|concept| concept.role == ConceptRole::AttributeValue)
    ///     .map(|concept| (concept.id.value(), concept.term))
    ///     .collect();
    /// assert_eq!(values, [(24_700_007, Some("Lobe"))]);
    /// # Ok::<(), farr::expression::ExpressionError>(())
    /// ```
    pub fn concepts(&self) -> impl ExactSizeIterator<Item = ExpressionConcept<'_>> {
        let mut found = Vec::new();
        concepts::gather(&self.expression, ConceptRole::Focus, &mut found);
        found.into_iter()
    }

    /// The concepts whose id has a wrong check digit or partition, so that no release that keeps the
    /// rules has them, and what is wrong.
    ///
    /// # Example
    /// ```
    /// use farr::Expression;
    /// use farr::id::SctidError;
    ///
    /// let expression = Expression::parse("64572001 : 363698007 = 24700008")?;
    /// let (wrong, why) = expression.malformed_ids()[0];
    /// assert_eq!((wrong.id_span().start, wrong.id_span().end), (23, 31));
    /// assert_eq!(why, SctidError::CheckDigit { expected: 7, found: 8 });
    /// # Ok::<(), farr::expression::ExpressionError>(())
    /// ```
    pub fn malformed_ids(&self) -> Vec<(ExpressionConcept<'_>, SctidError)> {
        let checked = self.concepts();
        checked.filter_map(|found| found.id.check().err().map(|error| (found, error))).collect()
    }

    /// The concept that the expression is, where it is a single focus concept without a refinement.
    ///
    /// `None` also behind `<<<`: what is meant there is something below the concept, and no release
    /// has a code for it.
    ///
    /// # Example
    /// ```
    /// use farr::Expression;
    ///
    /// let is = |text| Expression::parse(text).map(|read| read.precoordinated().is_some());
    /// assert_eq!(is("64572001 |Ailment|"), Ok(true));
    /// assert_eq!(is("<<< 64572001"), Ok(false));
    /// assert_eq!(is("64572001 : 363698007 = 24700007"), Ok(false));
    /// ```
    pub fn precoordinated(&self) -> Option<Sctid> {
        match self.expression.focus_concepts.as_slice() {
            [only] if self.is_precoordinated() => Some(only.id),
            _ => None,
        }
    }

    /// Whether it is a concept of a release, and no more: see [`Expression::precoordinated`].
    pub fn is_precoordinated(&self) -> bool {
        self.definition_status != Some(DefinitionStatus::SubtypeOf)
            && self.expression.refinement.is_empty()
            && self.expression.focus_concepts.len() == 1
    }
}

/// By the tree.
impl PartialEq for Expression {
    fn eq(&self, other: &Expression) -> bool {
        (self.definition_status, &self.expression) == (other.definition_status, &other.expression)
    }
}

impl Eq for Expression {}

/// As [`Expression::parse`].
impl FromStr for Expression {
    type Err = ExpressionError;

    fn from_str(source: &str) -> Result<Expression, ExpressionError> {
        Expression::parse(source)
    }
}

/// The text with the terms as written. It parses to an equal tree (provided that it is no longer than
/// [`LENGTH_LIMIT`]).
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.printed(true).fmt(f)
    }
}

#[cfg(test)]
mod tests;
