//! What came of a question to a map.

use serde::Serialize;

/// What came of it. The words are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// Codes, by rules, or the rows of a simple map.
    Targets,
    /// Codes to begin with: a coder decides.
    Defaults,
    /// More has to be known of the patient.
    NeedsContext,
    /// The map says that there is no code.
    NotClassifiable,
    /// The map has no row of the concept, and it is not said which of several stands in its place.
    SeveralSuccessors,
    /// The map has no row of the concept.
    NoMap,
    /// What is said of the patient excludes itself, or the rows of the map do.
    Contradiction,
    /// The release does not have the concept.
    NotInRelease,
    /// It is no identifier of a concept.
    Malformed,
}

impl Outcome {
    /// Its word in the output.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Outcome::Targets => "targets",
            Outcome::Defaults => "defaults",
            Outcome::NeedsContext => "needs-context",
            Outcome::NotClassifiable => "not-classifiable",
            Outcome::SeveralSuccessors => "several-successors",
            Outcome::NoMap => "no-map",
            Outcome::Contradiction => "contradiction",
            Outcome::NotInRelease => "not-in-release",
            Outcome::Malformed => "malformed",
        }
    }

    /// Whether the map has an answer for the concept.
    pub(crate) fn is_found(self) -> bool {
        match self {
            Outcome::Targets
            | Outcome::Defaults
            | Outcome::NeedsContext
            | Outcome::NotClassifiable
            | Outcome::SeveralSuccessors => true,
            Outcome::NoMap
            | Outcome::Contradiction
            | Outcome::NotInRelease
            | Outcome::Malformed => false,
        }
    }
}
