//! What is known of a patient.

use thiserror::Error;

use super::age::Age;
use super::constants::{FEMALE, MALE};
use super::sex::Sex;
use crate::id::Sctid;

/// What is known of a patient, so far as rules ask for it. What is not said is not known.
///
/// What is said twice holds both times: of two ages that do not exclude each other, what they have
/// in common. Facts that exclude each other are a [`Contradiction`], and no rule is evaluated for
/// such a patient. The age at onset and the current age never stand in for each other.
///
/// # Example
/// ```
/// use farr::map::{Age, Contradiction, Patient, Sex};
///
/// let patient = Patient::new().sex(Sex::Female).age_at_onset(Age::years(41));
/// assert_eq!(patient.check(), Ok(()));
/// assert_eq!(patient.sex(Sex::Male).check(), Err(Contradiction::Sex));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patient {
    sex: Option<Sex>,
    age_at_onset: Option<Age>,
    age_now: Option<Age>,
    present: Vec<Sctid>,
    absent: Vec<Sctid>,
    complete: bool,
    contradiction: Option<Contradiction>,
}

/// Facts of a patient that exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Contradiction {
    /// Both female and male.
    #[error("the patient cannot be both female and male: say which, or neither")]
    Sex,
    /// Two ages at onset.
    #[error("two ages at onset exclude each other")]
    AgeAtOnset,
    /// Two current ages.
    #[error("two current ages exclude each other")]
    AgeNow,
    /// The age at onset is above the current age.
    #[error("the age at onset is above the current age: check both")]
    OnsetAfterNow,
    /// Both present and absent.
    #[error("the patient is said to have {0} or a kind of it, and not to have it")]
    Finding(
        /// The concept.
        Sctid,
    ),
}

impl Patient {
    /// Returns a patient of whom nothing is known.
    ///
    /// # Example
    /// ```
    /// assert!(farr::map::Patient::new().check().is_ok());
    /// ```
    #[must_use]
    pub fn new() -> Patient {
        Patient::default()
    }

    /// Says the sex; `None` says nothing.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Patient, Sex};
    ///
    /// assert_eq!(Patient::new().sex(None), Patient::new());
    /// assert_ne!(Patient::new().sex(Sex::Female), Patient::new().sex(Sex::Male));
    /// ```
    #[must_use]
    pub fn sex(mut self, sex: impl Into<Option<Sex>>) -> Patient {
        match (self.sex, sex.into()) {
            (Some(one), Some(other)) if one != other => self.contradict(Contradiction::Sex),
            (None, said) => self.sex = said,
            _ => {}
        }
        self
    }

    /// Says how old the patient was when it began; `None` says nothing.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Age, Patient};
    ///
    /// let patient = Patient::new().age_at_onset(Age::years(2)).age_at_onset(Age::months(30));
    /// assert_eq!(patient, Patient::new().age_at_onset(Age::months(30)));
    /// ```
    #[must_use]
    pub fn age_at_onset(mut self, age: impl Into<Option<Age>>) -> Patient {
        if !narrow(&mut self.age_at_onset, age.into()) {
            self.contradict(Contradiction::AgeAtOnset);
        }
        self.compare_ages();
        self
    }

    /// Says how old the patient is; `None` says nothing.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Age, Contradiction, Patient};
    ///
    /// let patient = Patient::new().age_at_onset(Age::years(41)).age_now(Age::years(40));
    /// assert_eq!(patient.check(), Err(Contradiction::OnsetAfterNow));
    /// ```
    #[must_use]
    pub fn age_now(mut self, age: impl Into<Option<Age>>) -> Patient {
        if !narrow(&mut self.age_now, age.into()) {
            self.contradict(Contradiction::AgeNow);
        }
        self.compare_ages();
        self
    }

    /// Says that the patient has this finding. The findings 248152002 (female) and 248153007 (male)
    /// say the sex.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Contradiction, Patient, Sex};
    ///
    /// let patient = Patient::new().has("248152002".parse()?).sex(Sex::Male);
    /// assert_eq!(patient.check(), Err(Contradiction::Sex));
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    pub fn has(mut self, finding: Sctid) -> Patient {
        if self.absent.contains(&finding) {
            self.contradict(Contradiction::Finding(finding));
        }
        if !self.present.contains(&finding) {
            self.present.push(finding);
        }
        match finding {
            FEMALE => self.sex(Sex::Female),
            MALE => self.sex(Sex::Male),
            _ => self,
        }
    }

    /// Says that the patient has neither this finding nor any kind of it: the answer "no" to
    /// [`Missing::Finding`](crate::map::Missing::Finding). It says nothing about the sex.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Contradiction, Patient};
    ///
    /// let tonsillitis = "90979004".parse()?;
    /// let patient = Patient::new().lacks(tonsillitis).has(tonsillitis);
    /// assert_eq!(patient.check(), Err(Contradiction::Finding(tonsillitis)));
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    pub fn lacks(mut self, finding: Sctid) -> Patient {
        if self.present.contains(&finding) {
            self.contradict(Contradiction::Finding(finding));
        }
        if !self.absent.contains(&finding) {
            self.absent.push(finding);
        }
        self
    }

    /// Says that the findings are all that the patient has: what is not among them, nor above one of
    /// them, is absent. Without it, what is not mentioned is not known.
    ///
    /// # Example
    /// ```
    /// use farr::Sctid;
    /// use farr::map::{MapRule, Patient, Truth};
    ///
    /// let rule = MapRule::parse("IFA 90979004 | Chronic tonsillitis (disorder) |")?;
    /// let is_a = |_: Sctid, _: Sctid| Truth::False;
    /// assert_eq!(rule.truth(&Patient::new(), is_a)?, Truth::Unknown);
    /// assert_eq!(rule.truth(&Patient::new().complete(), is_a)?, Truth::False);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn complete(mut self) -> Patient {
        self.complete = true;
        self
    }

    /// Returns whether the facts can hold together, so far as they say by themselves. That a finding
    /// is present and what it is a kind of is absent shows only when a rule asks for it.
    ///
    /// # Errors
    /// The first [`Contradiction`] that was said.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Age, Contradiction, Patient};
    ///
    /// let patient = Patient::new().age_now(Age::years(41)).age_now(Age::years(42));
    /// assert_eq!(patient.check(), Err(Contradiction::AgeNow));
    /// ```
    pub const fn check(&self) -> Result<(), Contradiction> {
        match self.contradiction {
            Some(contradiction) => Err(contradiction),
            None => Ok(()),
        }
    }

    /// The sex, where it is known.
    pub(super) fn known_sex(&self) -> Option<Sex> {
        self.sex
    }

    /// The age at onset, where it is known.
    pub(super) fn known_age_at_onset(&self) -> Option<Age> {
        self.age_at_onset
    }

    /// The current age, where it is known.
    pub(super) fn known_age_now(&self) -> Option<Age> {
        self.age_now
    }

    /// What the patient has.
    pub(super) fn present(&self) -> &[Sctid] {
        &self.present
    }

    /// What the patient does not have.
    pub(super) fn absent(&self) -> &[Sctid] {
        &self.absent
    }

    /// Whether what is not present is absent.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    fn compare_ages(&mut self) {
        if let (Some(onset), Some(now)) = (self.age_at_onset, self.age_now)
            && onset.is_surely_above(now)
        {
            self.contradict(Contradiction::OnsetAfterNow);
        }
    }

    fn contradict(&mut self, contradiction: Contradiction) {
        self.contradiction.get_or_insert(contradiction);
    }
}

/// Adds what is said of an age to what is known; false where they exclude each other.
fn narrow(known: &mut Option<Age>, said: Option<Age>) -> bool {
    match (*known, said) {
        (Some(one), Some(other)) => match one.and(other) {
            Some(both) => *known = Some(both),
            None => return false,
        },
        (None, Some(_)) => *known = said,
        (_, None) => {}
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_that_exclude_each_other_contradict_in_any_order() {
        let (five, forty) = (Age::years(5), Age::years(40));
        let new = Patient::new;
        let id: Sctid = "90979004".parse().unwrap();
        let cases = [
            (new().sex(Sex::Female).sex(Sex::Male), Contradiction::Sex),
            (new().has(MALE).has(FEMALE), Contradiction::Sex),
            (new().sex(Sex::Female).has(MALE), Contradiction::Sex),
            (new().age_at_onset(five).age_at_onset(forty), Contradiction::AgeAtOnset),
            (new().age_now(forty).age_now(five), Contradiction::AgeNow),
            (new().age_now(five).age_at_onset(forty), Contradiction::OnsetAfterNow),
            (new().age_at_onset(forty).age_now(five), Contradiction::OnsetAfterNow),
            (new().has(id).lacks(id), Contradiction::Finding(id)),
            (new().lacks(id).has(id), Contradiction::Finding(id)),
        ];
        for (patient, contradiction) in cases {
            assert_eq!(patient.check(), Err(contradiction), "{patient:?}");
            // It stays one, whatever else is said.
            assert_eq!(patient.complete().check(), Err(contradiction));
        }
    }

    #[test]
    fn facts_that_agree_do_not_contradict() {
        let id: Sctid = "90979004".parse().unwrap();
        let patient = Patient::new()
            .sex(Sex::Female)
            .sex(None)
            .sex(Sex::Female)
            .has(FEMALE)
            .has(id)
            .has(id)
            .age_at_onset(Age::years(41))
            .age_now(Age::years(41))
            .age_now(None);
        assert_eq!(patient.check(), Ok(()));
        assert_eq!(patient.present(), [FEMALE, id]);
        assert_eq!(patient.known_age_now(), Some(Age::years(41)));
        // Not to be female is not to be male.
        assert_eq!(Patient::new().lacks(FEMALE).known_sex(), None);
    }
}
