//! One thing that is wrong with a coding, and what to do.

use std::borrow::Cow;

use super::detail::Detail;
use super::finding_code::FindingCode;
use super::system::System;
use super::verdict::Severity;
use crate::snomed::{Concept, Dialect};

/// One thing that is wrong with a coding.
///
/// `Display` says it in a sentence for a clinician or an analyst. The code given is not repeated in
/// it; terms and codes of the release are.
#[derive(Clone, Debug)]
pub struct Finding<'v> {
    pub(super) code: FindingCode,
    pub(super) severity: Severity,
    pub(super) part: Option<u32>,
    pub(super) detail: Detail<'v>,
    pub(super) suggestions: Vec<Suggestion<'v>>,
}

impl<'v> Finding<'v> {
    /// What it is: stable, suited to an audit log.
    pub fn code(&self) -> FindingCode {
        self.code
    }

    /// How much it weighs, by the binding. Never [`Severity::Ignore`].
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Of a field with several codes, which of them it is about, from 0; of an expression, which of
    /// its concepts. `None` where there is but one.
    pub fn part(&self) -> Option<u32> {
        self.part
    }

    /// What may stand in its place, or was meant. Suggestions, all of them: a person decides.
    pub fn suggestions(&self) -> &[Suggestion<'v>] {
        &self.suggestions
    }

    /// The sentence that `Display` gives.
    pub fn message(&self) -> String {
        self.to_string()
    }
}

/// A code that may stand in the place of another, or a text in that of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<'v> {
    pub(super) kind: SuggestionKind,
    pub(super) system: System,
    pub(super) code: Cow<'v, str>,
    pub(super) term: Option<Cow<'v, str>>,
}

/// Why a code is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SuggestionKind {
    /// The release names it as what stands in the place of the inactive code.
    Successor,
    /// One of several that the release names for the inactive code.
    Candidate,
    /// The one code of the release that the damaged one can have come from.
    Original,
    /// One of several codes of the release that the damaged one can have come from.
    PossibleOriginal,
    /// The concept that the description is of.
    Concept,
    /// The term to show beside the code.
    PreferredTerm,
    /// The code whose term the text is.
    TermOf,
    /// The nearest code above or below that would do.
    Nearest,
    /// A subdivision of the code.
    Subdivision,
    /// A code that stands beside it in a dual classification.
    Partner,
    /// The identifier that dm+d has for the product now.
    Current,
    /// The concept that the map gives for the Read code.
    Mapped,
    /// The same code, written as it is asked for.
    Form,
}

impl SuggestionKind {
    /// The word for it in outputs. Words stay.
    pub const fn word(self) -> &'static str {
        match self {
            SuggestionKind::Successor => "successor",
            SuggestionKind::Candidate => "candidate",
            SuggestionKind::Original => "original",
            SuggestionKind::PossibleOriginal => "possible-original",
            SuggestionKind::Concept => "concept",
            SuggestionKind::PreferredTerm => "preferred-term",
            SuggestionKind::TermOf => "term-of",
            SuggestionKind::Nearest => "nearest",
            SuggestionKind::Subdivision => "subdivision",
            SuggestionKind::Partner => "partner",
            SuggestionKind::Current => "current",
            SuggestionKind::Mapped => "mapped",
            SuggestionKind::Form => "form",
        }
    }
}

impl<'v> Suggestion<'v> {
    pub(super) fn new(
        kind: SuggestionKind,
        system: System,
        code: impl Into<Cow<'v, str>>,
        term: impl Into<Option<&'v str>>,
    ) -> Suggestion<'v> {
        Suggestion { kind, system, code: code.into(), term: term.into().map(Cow::Borrowed) }
    }

    pub(super) fn concept(
        kind: SuggestionKind,
        concept: Concept<'v>,
        dialect: Dialect,
    ) -> Suggestion<'v> {
        let term = concept.preferred_term(dialect).map(|term| term.text());
        Suggestion::new(kind, System::Snomed, concept.id().to_string(), term)
    }

    /// Why it is suggested.
    pub fn kind(&self) -> SuggestionKind {
        self.kind
    }

    /// The system that the code is of.
    pub fn system(&self) -> System {
        self.system
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its term, name or title.
    pub fn term(&self) -> Option<&str> {
        self.term.as_deref()
    }
}

/// `24700007 |Multiple sclerosis|`.
impl std::fmt::Display for Suggestion<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)?;
        match &self.term {
            Some(term) => write!(f, " |{term}|"),
            None => Ok(()),
        }
    }
}
