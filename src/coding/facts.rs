//! What is known around a coding.

use crate::date::Date;
use crate::map::{Age, Sex};

/// What is known around a coding: the day, the patient, the other codes. What is left out is unknown,
/// and no check takes anything for granted in its place.
///
/// # Example
/// ```
/// use farr::coding::{Facts, Position};
/// use farr::map::{Age, Sex};
///
/// let facts = Facts::new().sex(Sex::Female).age(Age::years(41)).position(Position::Primary);
/// assert_ne!(facts, Facts::new());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts<'c> {
    pub(super) recorded: Option<Date>,
    pub(super) today: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) age: Option<Age>,
    pub(super) position: Option<Position>,
    pub(super) alongside: Option<&'c [&'c str]>,
}

/// Where a code of a classification stands among those of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// The first: the main condition or procedure.
    Primary,
    /// Any other.
    Secondary,
}

impl<'c> Facts<'c> {
    /// Nothing is known.
    pub fn new() -> Facts<'c> {
        Facts::default()
    }

    /// The day on which the code was recorded: whether it is active is asked for that day.
    #[must_use]
    pub fn recorded(mut self, day: impl Into<Option<Date>>) -> Facts<'c> {
        self.recorded = day.into();
        self
    }

    /// Today, by which the age of a release is told. farr never asks the clock.
    #[must_use]
    pub fn today(mut self, day: impl Into<Option<Date>>) -> Facts<'c> {
        self.today = day.into();
        self
    }

    /// The sex of the patient.
    #[must_use]
    pub fn sex(mut self, sex: impl Into<Option<Sex>>) -> Facts<'c> {
        self.sex = sex.into();
        self
    }

    /// The age of the patient at the time.
    #[must_use]
    pub fn age(mut self, age: impl Into<Option<Age>>) -> Facts<'c> {
        self.age = age.into();
        self
    }

    /// Where the code stands among those of the episode.
    #[must_use]
    pub fn position(mut self, position: impl Into<Option<Position>>) -> Facts<'c> {
        self.position = position.into();
        self
    }

    /// The other codes of the same episode, all of them: an asterisk code needs its dagger among
    /// them. An empty list says that it stands alone.
    #[must_use]
    pub fn alongside(mut self, codes: impl Into<Option<&'c [&'c str]>>) -> Facts<'c> {
        self.alongside = codes.into();
        self
    }
}
