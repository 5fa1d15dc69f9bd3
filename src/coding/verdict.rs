//! What is said of a coding.

use super::finding::Finding;
use super::finding_code::FindingCode;
use super::system::System;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It is not reported.
    Ignore,
    /// It is reported, and the coding accepted.
    Note,
    /// The coding is to be looked at.
    Warn,
    /// The coding is refused.
    Reject,
}

impl Severity {
    /// The word for it in rule packs and outputs: `ignore`, `note`, `warn` or `reject`. Words stay.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Ignore => "ignore",
            Severity::Note => "note",
            Severity::Warn => "warn",
            Severity::Reject => "reject",
        }
    }

    /// The severity of this word.
    pub fn named(word: &str) -> Option<Severity> {
        let all = [Severity::Ignore, Severity::Note, Severity::Warn, Severity::Reject];
        all.into_iter().find(|severity| severity.word() == word)
    }
}

/// What becomes of a coding: the weightiest of its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Nothing speaks against it.
    Accept,
    /// It is to be looked at.
    Warn,
    /// It is refused.
    Reject,
}

impl Outcome {
    /// The word for it in outputs: `accept`, `warn` or `reject`. Words stay.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Accept => "accept",
            Outcome::Warn => "warn",
            Outcome::Reject => "reject",
        }
    }
}

/// What is said of a coding: an outcome, and the findings that it comes from.
///
/// There is no conversion to `bool`: a coding that is to be looked at is neither right nor wrong.
#[derive(Clone, Debug)]
pub struct Verdict<'v> {
    pub(super) system: Option<System>,
    pub(super) release: Option<&'v Release>,
    pub(super) findings: Vec<Finding<'v>>,
}

impl<'v> Verdict<'v> {
    /// The outcome.
    #[inline]
    pub fn outcome(&self) -> Outcome {
        match self.findings.iter().map(Finding::severity).max() {
            None | Some(Severity::Ignore | Severity::Note) => Outcome::Accept,
            Some(Severity::Warn) => Outcome::Warn,
            Some(Severity::Reject) => Outcome::Reject,
        }
    }

    /// All findings, in the order in which they were made. Those of one severity are not ordered by
    /// weight.
    pub fn findings(&self) -> &[Finding<'v>] {
        &self.findings
    }

    /// The weightiest finding, of several the first; `None` where there is none.
    pub fn worst(&self) -> Option<&Finding<'v>> {
        // `max_by_key` gives the last of equals.
        self.findings.iter().rev().max_by_key(|finding| finding.severity())
    }

    /// Whether there is a finding of this code.
    pub fn has(&self, code: FindingCode) -> bool {
        self.findings.iter().any(|finding| finding.code() == code)
    }

    /// The system that the code was judged as; `None` where that is not known.
    pub fn system(&self) -> Option<System> {
        self.system
    }

    /// The release that the code was judged against; `None` where none was asked.
    pub fn release(&self) -> Option<&'v Release> {
        self.release
    }
}

/// A release that codings are judged against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub(super) system: System,
    pub(super) version: Option<String>,
    pub(super) date: Option<crate::date::Date>,
}

impl Release {
    /// The system that it is of.
    pub fn system(&self) -> System {
        self.system
    }

    /// Its version, as it states it itself: the URI of the version for SNOMED CT.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Its day.
    pub fn date(&self) -> Option<crate::date::Date> {
        self.date
    }
}

/// The system, and the version or day.
impl std::fmt::Display for Release {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.system.name())?;
        match (&self.version, self.date) {
            (Some(version), _) => write!(f, " {version}"),
            (None, Some(date)) => write!(f, " of {date}"),
            (None, None) => f.write_str(" of unknown version"),
        }
    }
}
