//! Why an expression constraint has no answer, and what is told beside one.

use crate::ecl::render;
use crate::ecl::syntax::Span;
use crate::id::{Sctid, SctidError};

/// Why there is no answer: never a part of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// What was to be reported as an error: unknown ids and the like, in the order of the text.
    #[error("{}", first_of(.0))]
    Findings(Vec<Finding>),
    /// The expression asks for something whose meaning the specification leaves open, or for what
    /// an index cannot know.
    #[error("{what}")]
    Unsupported {
        /// What, and what to write instead.
        what: &'static str,
        /// Where it stands.
        span: Span,
    },
    /// The answer is rows of a refset, not concepts: to be asked for with
    /// [`Evaluation::select`](super::Evaluation::select).
    #[error("the answer is rows of refset fields, not concepts")]
    Rows {
        /// Where the fields are named.
        span: Span,
    },
    /// It would cost more steps than [`Limits`](super::Limits) allow.
    #[error("the expression costs more work than the limits allow")]
    TooMuchWork,
    /// The answer has more rows than [`Limits`](super::Limits) allow.
    #[error("the answer has more rows than the limits allow")]
    TooManyRows,
    /// It was called off.
    #[error("the evaluation was called off")]
    Cancelled,
}

fn first_of(findings: &[Finding]) -> String {
    match findings {
        [] => "nothing".to_owned(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} (and {} more)", rest.len()),
    }
}

impl EvaluationError {
    /// Where in the text the error lies, if at one place.
    pub fn span(&self) -> Option<Span> {
        match self {
            EvaluationError::Findings(findings) => findings.first().map(|finding| finding.span),
            EvaluationError::Unsupported { span, .. } | EvaluationError::Rows { span } => {
                Some(*span)
            }
            _ => None,
        }
    }

    /// The message with the line it is about and carets under the place; of several findings all,
    /// one below the other. `source` is the text that was parsed.
    ///
    /// As [`EclError::render`](crate::ecl::EclError::render): nothing in it commands a terminal.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::ecl::Ecl;
    /// let ecl = Ecl::parse("<< 301000 MINUS 24700007")?;
    /// let expected = "\
    /// 24700007 is not a concept of this release
    ///  --> line 1, column 17
    ///   |
    /// 1 | << 301000 MINUS 24700007
    ///   |                 ^^^^^^^^";
    /// assert_eq!(snomed.evaluate(&ecl).unwrap_err().render(ecl.source()), expected);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn render(&self, source: &str) -> String {
        match self {
            EvaluationError::Findings(findings) => {
                let all: Vec<String> =
                    findings.iter().map(|finding| finding.render(source)).collect();
                all.join("\n")
            }
            error => rendered(&error.to_string(), source, error.span()),
        }
    }
}

/// A message, and the place where there is one.
fn rendered(message: &str, source: &str, span: Option<Span>) -> String {
    let mut rendered = render::control_free(message);
    if let Some(span) = span {
        render::place(&mut rendered, source, span);
    }
    rendered
}

impl Finding {
    /// The message with the line it is about and carets under the place, as
    /// [`EvaluationError::render`]; `source` is the text that was parsed.
    pub fn render(&self, source: &str) -> String {
        rendered(&self.to_string(), source, Some(self.span))
    }
}

/// Something about an expression that this release tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Where it stands in the text.
    pub span: Span,
}

/// What is amiss with a part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingKind {
    /// The id cannot be an SCTID of a concept, and the release does not have it.
    MalformedId {
        /// The id.
        id: Sctid,
        /// Why not; `None` where it is the id of another kind of component.
        why: Option<SctidError>,
    },
    /// The release does not have the concept.
    UnknownConcept {
        /// Its id.
        id: Sctid,
    },
    /// A hierarchy operator is applied to a concept that is inactive in the release, which does not say any
    /// more what is above or below it; told by [`Evaluation::gaps`](super::Evaluation::gaps).
    InactiveOperand {
        /// The concept; of several the first.
        id: Sctid,
    },
    /// The term in pipes is not a term of the concept.
    OtherTerm {
        /// The concept.
        id: Sctid,
        /// What stood in the pipes.
        term: String,
    },
    /// The release has no rows of a refset with this id.
    NotRefset {
        /// The id.
        id: Sctid,
    },
    /// The members of the refset are not concepts.
    NotConcepts {
        /// The refset.
        id: Sctid,
    },
    /// No refset addressed has a field of this name.
    UnknownField {
        /// The name.
        name: String,
    },
    /// No refset addressed has the field with values that can be compared with what was written.
    FieldType {
        /// The name.
        name: String,
    },
    /// No scheme of alternate identifiers has this alias.
    UnknownScheme {
        /// The alias.
        alias: String,
    },
    /// The release has no concept with this alternate identifier.
    UnknownIdentifier {
        /// The alias of the scheme.
        alias: String,
        /// The code.
        code: String,
    },
    /// No language refset has this alias.
    UnknownDialect {
        /// The alias.
        alias: String,
    },
}

impl FindingKind {
    /// A word for it that stays: what a program may compare, `unknown-concept` say.
    pub fn code(&self) -> &'static str {
        match self {
            FindingKind::MalformedId { .. } => "malformed-id",
            FindingKind::UnknownConcept { .. } => "unknown-concept",
            FindingKind::InactiveOperand { .. } => "inactive-operand",
            FindingKind::OtherTerm { .. } => "other-term",
            FindingKind::NotRefset { .. } => "not-refset",
            FindingKind::NotConcepts { .. } => "not-concepts",
            FindingKind::UnknownField { .. } => "unknown-field",
            FindingKind::FieldType { .. } => "field-type",
            FindingKind::UnknownScheme { .. } => "unknown-scheme",
            FindingKind::UnknownIdentifier { .. } => "unknown-identifier",
            FindingKind::UnknownDialect { .. } => "unknown-dialect",
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            FindingKind::MalformedId { id, why: Some(why) } => write!(f, "{id}: {why}"),
            FindingKind::MalformedId { id, why: None } => {
                write!(f, "{id} is not the id of a concept, by its partition")
            }
            FindingKind::UnknownConcept { id } => {
                write!(f, "{id} is not a concept of this release")
            }
            FindingKind::InactiveOperand { id } => {
                write!(f, "{id} is inactive: what was above or below it is no longer said")
            }
            FindingKind::OtherTerm { id, term } => write!(f, "\"{term}\" is not a term of {id}"),
            FindingKind::NotRefset { id } => write!(f, "this release has no rows of a refset {id}"),
            FindingKind::NotConcepts { id } => {
                write!(f, "the members of refset {id} are not concepts")
            }
            FindingKind::UnknownField { name } => {
                write!(f, "no refset that is addressed has a field \"{name}\"")
            }
            FindingKind::FieldType { name } => {
                write!(f, "\"{name}\" holds values of another kind than it is compared with")
            }
            FindingKind::UnknownScheme { alias } => {
                write!(f, "no identifier scheme is known as \"{alias}\"")
            }
            FindingKind::UnknownIdentifier { alias, code } => {
                write!(f, "this release has no concept with the identifier {alias}#{code}")
            }
            FindingKind::UnknownDialect { alias } => {
                write!(f, "no language refset is known as \"{alias}\"")
            }
        }
    }
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Report {
    /// There is no answer.
    Error,
    /// It is told beside the answer.
    Warning,
    /// It is not told.
    Ignore,
}
