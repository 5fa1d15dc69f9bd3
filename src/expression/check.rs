//! An expression held against a release.

use std::fmt;

use super::Expression;
use super::concepts::{ConceptRole, ExpressionConcept};
use super::syntax::Span;
use crate::ecl::render;
use crate::id::{Component, Sctid, SctidError};
use crate::snomed::constants::{
    CONCEPT_MODEL_ATTRIBUTE, CONCEPT_MODEL_DATA_ATTRIBUTE, CONCEPT_MODEL_OBJECT_ATTRIBUTE,
};
use crate::snomed::{Concept, Snomed, Unclassified};

/// Something about a concept in an expression that this release tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionFinding {
    /// What it is.
    pub kind: ExpressionFindingKind,
    /// The concept.
    pub id: Sctid,
    /// What the concept is there for.
    pub role: ConceptRole,
    /// Where it stands in the text: of what is about the term the term included.
    pub span: Span,
}

/// What is amiss with a concept in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExpressionFindingKind {
    /// The id cannot be an SCTID of a concept, and the release does not have it.
    MalformedId {
        /// Why not; `None` where it is the id of another kind of component.
        why: Option<SctidError>,
    },
    /// The release does not have the concept.
    UnknownConcept,
    /// The release has the concept as inactive.
    InactiveConcept,
    /// The term in pipes is not a term of the concept.
    OtherTerm {
        /// What stood in the pipes.
        term: String,
    },
    /// It is the name of an attribute, and the release has it elsewhere than below 410662002
    /// "Concept model attribute".
    NotAttribute,
    /// It is the name of an attribute, and the release does not say whether it is one.
    AttributeUnclear {
        /// What is amiss with its place in the hierarchy; `None` where nothing is, and the release
        /// has no place for 410662002 "Concept model attribute".
        why: Option<Unclassified>,
    },
}

impl ExpressionFindingKind {
    /// A word for it that stays: what a program may compare, `unknown-concept` say.
    pub fn code(&self) -> &'static str {
        match self {
            ExpressionFindingKind::MalformedId { .. } => "malformed-id",
            ExpressionFindingKind::UnknownConcept => "unknown-concept",
            ExpressionFindingKind::InactiveConcept => "inactive-concept",
            ExpressionFindingKind::OtherTerm { .. } => "other-term",
            ExpressionFindingKind::NotAttribute => "not-attribute",
            ExpressionFindingKind::AttributeUnclear { .. } => "attribute-unclear",
        }
    }
}

impl fmt::Display for ExpressionFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id;
        match &self.kind {
            ExpressionFindingKind::MalformedId { why: Some(why) } => write!(f, "{id}: {why}"),
            ExpressionFindingKind::MalformedId { why: None } => {
                write!(f, "{id} is not the id of a concept, by its partition")
            }
            ExpressionFindingKind::UnknownConcept => {
                write!(f, "{id} is not a concept of this release")
            }
            ExpressionFindingKind::InactiveConcept => {
                write!(f, "{id} is inactive in this release")
            }
            ExpressionFindingKind::OtherTerm { term } => {
                write!(f, "\"{term}\" is not a term of {id}")
            }
            ExpressionFindingKind::NotAttribute => {
                write!(f, "{id} is not an attribute: it is not below {CONCEPT_MODEL_ATTRIBUTE}")
            }
            ExpressionFindingKind::AttributeUnclear { why } => {
                write!(f, "whether {id} is an attribute is not known: ")?;
                match why {
                    Some(Unclassified::Inactive) => {
                        f.write_str("an inactive concept has no place in the hierarchy")
                    }
                    Some(Unclassified::Unplaced) => {
                        f.write_str("a way up from it does not end at the root")
                    }
                    None => {
                        write!(f, "this release has no place for {CONCEPT_MODEL_ATTRIBUTE}")
                    }
                }
            }
        }
    }
}

impl ExpressionFinding {
    /// The message with the line it is about and carets under the place; `source` is the text that
    /// was parsed.
    ///
    /// As [`EclError::render`](crate::ecl::EclError::render): nothing in it commands a terminal.
    pub fn render(&self, source: &str) -> String {
        let mut rendered = render::control_free(&self.to_string());
        render::place(&mut rendered, source, self.span);
        rendered
    }
}

impl Snomed<'_> {
    /// What this release tells of the concepts of an expression, in the order of the text: nothing
    /// where it has all of them as active, their terms as written, and the names of attributes below
    /// 410662002 "Concept model attribute". Costs a lookup or two for each concept.
    ///
    /// The [concept model](http://snomed.org/mrcm)
    /// is not asked: which attributes a focus concept may have, and which values they may have, is
    /// not looked at.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::Expression;
    /// let expression = Expression::parse("401004 |Squeak| + 24700007")?;
    /// let findings = snomed.check_expression(&expression);
    /// assert_eq!(findings.len(), 1);
    /// assert_eq!(findings[0].kind.code(), "unknown-concept");
    /// assert_eq!(findings[0].span.start, 18);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_expression(self, expression: &Expression) -> Vec<ExpressionFinding> {
        let mut findings = Vec::new();
        for found in expression.concepts() {
            let ExpressionConcept { id, term, role, span } = found;
            let mut find = |kind, span| findings.push(ExpressionFinding { kind, id, role, span });
            let Some(concept) = self.concept(id) else {
                find(absent(id), found.id_span());
                continue;
            };
            if !concept.is_active() {
                find(ExpressionFindingKind::InactiveConcept, found.id_span());
            }
            if let Some(term) = term.filter(|term| !concept.has_term(term)) {
                find(ExpressionFindingKind::OtherTerm { term: term.to_owned() }, span);
            }
            if role == ConceptRole::AttributeName
                && let Some(kind) = self.amiss_as_attribute(concept)
            {
                find(kind, found.id_span());
            }
        }
        findings
    }

    /// Why a concept is no attribute, or may be none.
    fn amiss_as_attribute(self, name: Concept<'_>) -> Option<ExpressionFindingKind> {
        let all =
            [CONCEPT_MODEL_ATTRIBUTE, CONCEPT_MODEL_OBJECT_ATTRIBUTE, CONCEPT_MODEL_DATA_ATTRIBUTE];
        if all.contains(&name.id()) {
            return Some(ExpressionFindingKind::NotAttribute);
        }
        // Where a release is a part of one, the concepts in between may be there without the first.
        let is_below = |general| Some(name.is_a(self.concept(general)?) == Some(true));
        if all.into_iter().any(|general| is_below(general) == Some(true)) {
            return None;
        }
        let placed =
            self.concept(CONCEPT_MODEL_ATTRIBUTE).is_some_and(|all| all.placed().is_some());
        Some(match self.unclassified(name.ordinal) {
            None if placed => ExpressionFindingKind::NotAttribute,
            why => ExpressionFindingKind::AttributeUnclear { why },
        })
    }
}

/// What an id is that the release does not have.
fn absent(id: Sctid) -> ExpressionFindingKind {
    match id.check() {
        Err(why) => ExpressionFindingKind::MalformedId { why: Some(why) },
        Ok(()) if id.component() != Some(Component::Concept) => {
            ExpressionFindingKind::MalformedId { why: None }
        }
        Ok(()) => ExpressionFindingKind::UnknownConcept,
    }
}
