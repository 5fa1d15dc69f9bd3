//! Why a binding cannot be joined with releases.

use super::system::System;
use crate::id::Sctid;

/// Why a binding cannot be joined with the releases opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BindingError {
    /// The binding asks for something of a system that is not among the indexes opened.
    #[error("the binding asks for {what}, which needs an index of {}: open one beside", system.name())]
    NotOpen {
        /// The system.
        system: System,
        /// What is asked for.
        what: &'static str,
    },
    /// The constraint cannot be evaluated in this release: it names an unknown concept, say.
    #[error("the constraint: {0}")]
    Constraint(#[from] crate::ecl::EvaluationError),
    /// The release does not have the reference set.
    #[error("the release does not have the reference set {0}: check the id, and the release")]
    Refset(Sctid),
    /// A range of codes cannot be read.
    #[error("the ranges of codes: {0}")]
    Ranges(#[from] crate::id::CodeRangeError),
    /// A range of codes is asked for, and no classification.
    #[error(
        "ranges of codes are asked for, and no system: say ICD-10 or OPCS-4; ICD-10-CM has none"
    )]
    RangesOfWhat,
    /// A code of the value set is no code of its system.
    #[error("the value set {name}: {code:?} is no {} code", system.name())]
    ValueSet {
        /// The value set.
        name: String,
        /// The code.
        code: String,
        /// The system that it is said to be of.
        system: System,
    },
    /// An index is damaged.
    #[error(transparent)]
    Open(#[from] crate::index::OpenError),
}
