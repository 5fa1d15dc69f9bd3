//! Whether a rule holds for a patient.

use super::limit::{AgeLimit, Operator};
use super::missing::{self, Missing};
use super::patient::{Contradiction, Patient};
use super::rule::{AgeOf, ClauseKind, Condition, MapRule};
use super::sex::Sex;
use super::truth::Truth;
use crate::id::Sctid;

/// Whether a rule holds, and why that is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// Whether it holds.
    pub truth: Truth,
    /// Why that is unknown, in the order of the clauses and each once; empty where it is known.
    pub missing: Vec<Missing>,
}

impl MapRule<'_> {
    /// Returns whether it holds for a patient, by itself: of `OTHERWISE TRUE`, whether it holds where
    /// it is reached. Does not allocate; a clause on age or sex costs a few nanoseconds.
    ///
    /// `is_a` says whether a finding that the patient has is what a rule names, or a kind of it:
    /// unknown where the release does not say, as of an inactive concept. It is not asked of a
    /// concept and itself.
    ///
    /// # Errors
    /// The patient's facts exclude each other.
    ///
    /// # Example
    /// ```
    /// use farr::Sctid;
    /// use farr::map::{Age, MapRule, Patient, Truth};
    ///
    /// let rule = MapRule::parse("IFA 445518008 | Age at onset | < 15.0 years")?;
    /// let is_a = |_: Sctid, _: Sctid| Truth::Unknown;
    /// assert_eq!(rule.truth(&Patient::new().age_at_onset(Age::years(14)), is_a)?, Truth::True);
    /// assert_eq!(rule.truth(&Patient::new().age_at_onset(Age::years(15)), is_a)?, Truth::False);
    /// // The age that the patient has now is another one.
    /// assert_eq!(rule.truth(&Patient::new().age_now(Age::years(15)), is_a)?, Truth::Unknown);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn truth(
        &self,
        patient: &Patient,
        mut is_a: impl FnMut(Sctid, Sctid) -> Truth,
    ) -> Result<Truth, Contradiction> {
        evaluate(self, patient, &mut is_a, &mut |_| ())
    }

    /// Returns whether it holds for a patient as [`MapRule::truth`], and why that is unknown.
    /// Allocates only where it is.
    ///
    /// # Errors
    /// The patient's facts exclude each other.
    ///
    /// # Example
    /// ```
    /// use farr::Sctid;
    /// use farr::map::{MapRule, Missing, Patient, Sex, Truth};
    ///
    /// let text = "IFA 248152002 | Female (finding) | AND IFA 445518008 | Age at onset | < 1 year";
    /// let rule = MapRule::parse(text)?;
    /// let is_a = |_: Sctid, _: Sctid| Truth::Unknown;
    /// let evaluated = rule.evaluate(&Patient::new(), is_a)?;
    /// assert_eq!(evaluated.missing, [Missing::Sex, Missing::AgeAtOnset]);
    /// // One clause that is false is enough.
    /// let evaluated = rule.evaluate(&Patient::new().sex(Sex::Male), is_a)?;
    /// assert_eq!((evaluated.truth, evaluated.missing), (Truth::False, vec![]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate(
        &self,
        patient: &Patient,
        mut is_a: impl FnMut(Sctid, Sctid) -> Truth,
    ) -> Result<Evaluated, Contradiction> {
        evaluate_with_reasons(self, patient, &mut is_a)
    }
}

pub(super) fn evaluate_with_reasons(
    rule: &MapRule<'_>,
    patient: &Patient,
    is_a: &mut impl FnMut(Sctid, Sctid) -> Truth,
) -> Result<Evaluated, Contradiction> {
    let mut missing = Vec::new();
    let truth = evaluate(rule, patient, is_a, &mut |reason| missing::add(&mut missing, reason))?;
    if truth != Truth::Unknown {
        missing.clear();
    }
    Ok(Evaluated { truth, missing })
}

/// Evaluates clause by clause up to the first that is false.
pub(super) fn evaluate(
    rule: &MapRule<'_>,
    patient: &Patient,
    is_a: &mut impl FnMut(Sctid, Sctid) -> Truth,
    because: &mut impl FnMut(Missing),
) -> Result<Truth, Contradiction> {
    patient.check()?;
    let unknown = match rule.condition() {
        Condition::Always | Condition::Otherwise => return Ok(Truth::True),
        Condition::Blank => Missing::BlankRule,
        Condition::Unreadable(_) => Missing::UnreadableRule,
        Condition::Clauses(clauses) => {
            let mut all = Truth::True;
            for clause in clauses {
                match ask(clause.kind, patient, is_a)? {
                    Answer::Yes => {}
                    Answer::No => return Ok(Truth::False),
                    Answer::Unknown(missing) => {
                        all = Truth::Unknown;
                        because(missing);
                    }
                }
            }
            return Ok(all);
        }
    };
    because(unknown);
    Ok(Truth::Unknown)
}

/// What a patient's facts say to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    Unknown(Missing),
}

impl Answer {
    pub(super) fn truth(self) -> Truth {
        match self {
            Answer::Yes => Truth::True,
            Answer::No => Truth::False,
            Answer::Unknown(_) => Truth::Unknown,
        }
    }
}

/// Asks the facts of a patient that do not exclude each other.
#[inline]
pub(super) fn ask(
    clause: ClauseKind,
    patient: &Patient,
    is_a: &mut impl FnMut(Sctid, Sctid) -> Truth,
) -> Result<Answer, Contradiction> {
    match clause {
        ClauseKind::Sex(sex) => Ok(of_sex(sex, patient)),
        ClauseKind::Age { of, operator, limit } => Ok(of_age(of, operator, limit, patient)),
        ClauseKind::Finding(concept) => of_finding(concept, patient, is_a),
    }
}

fn of_sex(sex: Sex, patient: &Patient) -> Answer {
    match patient.known_sex() {
        Some(known) if known == sex => Answer::Yes,
        Some(_) => Answer::No,
        None => Answer::Unknown(Missing::Sex),
    }
}

fn of_age(of: AgeOf, operator: Operator, limit: AgeLimit, patient: &Patient) -> Answer {
    let (known, unknown, inexact) = match of {
        AgeOf::Onset => {
            (patient.known_age_at_onset(), Missing::AgeAtOnset, Missing::AgeAtOnsetExactly)
        }
        AgeOf::Now => (patient.known_age_now(), Missing::AgeNow, Missing::AgeNowExactly),
    };
    let Some(age) = known else { return Answer::Unknown(unknown) };
    match limit.compare(age, operator) {
        Truth::True => Answer::Yes,
        Truth::False => Answer::No,
        Truth::Unknown => Answer::Unknown(inexact),
    }
}

fn of_finding(
    concept: Sctid,
    patient: &Patient,
    is_a: &mut impl FnMut(Sctid, Sctid) -> Truth,
) -> Result<Answer, Contradiction> {
    let mut is_kind = |finding: Sctid, concept: Sctid| match finding == concept {
        true => Truth::True,
        false => is_a(finding, concept),
    };
    let (mut present, mut unplaced) = (false, None);
    for finding in patient.present() {
        match is_kind(*finding, concept) {
            Truth::True => {
                present = true;
                break;
            }
            Truth::False => {}
            Truth::Unknown => unplaced = unplaced.or(Some(*finding)),
        }
    }
    // Who lacks something lacks every kind of it.
    let absent = patient.absent().iter().any(|lacked| is_kind(concept, *lacked) == Truth::True);
    Ok(match (present, absent, unplaced) {
        (true, true, _) => return Err(Contradiction::Finding(concept)),
        (true, false, _) => Answer::Yes,
        (false, true, _) => Answer::No,
        _ if !patient.is_complete() => Answer::Unknown(Missing::Finding(concept)),
        (false, false, Some(finding)) => Answer::Unknown(Missing::Placement { finding, concept }),
        (false, false, None) => Answer::No,
    })
}
