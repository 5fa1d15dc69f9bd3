//! Why a rule cannot be decided.

use std::fmt;

use crate::id::Sctid;

/// Why a rule cannot be decided: what is not known of the patient, or what nobody can tell.
///
/// # Example
/// ```
/// use farr::Sctid;
/// use farr::map::{MapRule, Missing, Patient, Truth};
///
/// let rule = MapRule::parse("IFA 248152002 | Female (finding) |")?;
/// let evaluated = rule.evaluate(&Patient::new(), |_: Sctid, _: Sctid| Truth::Unknown)?;
/// assert_eq!((evaluated.truth, evaluated.missing), (Truth::Unknown, vec![Missing::Sex]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Missing {
    /// The sex is not known.
    Sex,
    /// The age at onset is not known.
    AgeAtOnset,
    /// The current age is not known.
    AgeNow,
    /// The age at onset is known, and not exactly enough to settle the comparison.
    AgeAtOnsetExactly,
    /// The current age is known, and not exactly enough to settle the comparison.
    AgeNowExactly,
    /// Whether the patient has this, or a kind of it, is not known.
    Finding(Sctid),
    /// The patient has a finding of which it is not known whether it is a kind of what the rule
    /// names: it is inactive, say, so that the release no longer says what it is.
    Placement {
        /// What the patient has.
        finding: Sctid,
        /// What the rule names.
        concept: Sctid,
    },
    /// The rule is not one that can be read: a person has to. The rule's
    /// [error](crate::map::MapRule::error) says why.
    UnreadableRule,
    /// There is no rule where there are several rows to choose from: the advice is for a person.
    BlankRule,
}

impl Missing {
    /// Returns a word for it that stays, `age-at-onset` say.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::map::Missing::AgeAtOnset.code(), "age-at-onset");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Missing::Sex => "sex",
            Missing::AgeAtOnset => "age-at-onset",
            Missing::AgeNow => "age-now",
            Missing::AgeAtOnsetExactly => "age-at-onset-exactly",
            Missing::AgeNowExactly => "age-now-exactly",
            Missing::Finding(_) => "finding",
            Missing::Placement { .. } => "placement",
            Missing::UnreadableRule => "unreadable-rule",
            Missing::BlankRule => "blank-rule",
        }
    }
}

/// A phrase, to stand behind "unknown:".
impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Sex => f.write_str("the sex is not known"),
            Missing::AgeAtOnset => f.write_str("the age at onset is not known"),
            Missing::AgeNow => f.write_str("the current age is not known"),
            Missing::AgeAtOnsetExactly => f.write_str("the age at onset is not exact enough"),
            Missing::AgeNowExactly => f.write_str("the current age is not exact enough"),
            Missing::Finding(concept) => {
                write!(f, "it is not known whether the patient has {concept} or a kind of it")
            }
            Missing::Placement { finding, concept } => {
                write!(f, "it is not known whether {finding} is a kind of {concept}")
            }
            Missing::UnreadableRule => f.write_str("the rule cannot be read"),
            Missing::BlankRule => f.write_str("there is no rule to choose by"),
        }
    }
}

/// Adds a reason that is not there yet.
pub(super) fn add(reasons: &mut Vec<Missing>, missing: Missing) {
    if !reasons.contains(&missing) {
        reasons.push(missing);
    }
}
