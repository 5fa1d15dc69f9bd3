//! The sex and the ages that a source limits a code to.

use crate::index::format::NONE_U16;
use crate::map::Sex;

/// The sex that a source limits a code to.
///
/// The file of the NHS has a number, GENDER_MASK, whose values no public source explains. What they
/// mean is found in the file itself: see `docs/icd10.md`. Where the file does not show it, the limit
/// is [`SexLimit::NotUnderstood`], and the number is in
/// [`TextKind::GenderMask`](super::TextKind::GenderMask).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SexLimit {
    /// The source says nothing.
    NotStated,
    /// Any sex.
    Any,
    /// This one.
    Only(Sex),
    /// The source says something whose meaning it does not show.
    NotUnderstood,
}

impl SexLimit {
    pub(super) fn of_number(number: u8) -> SexLimit {
        match number {
            0 => SexLimit::NotStated,
            1 => SexLimit::Any,
            2 => SexLimit::Only(Sex::Female),
            3 => SexLimit::Only(Sex::Male),
            _ => SexLimit::NotUnderstood,
        }
    }

    /// The number of it in an index.
    pub const fn number(self) -> u8 {
        match self {
            SexLimit::NotStated => 0,
            SexLimit::Any => 1,
            SexLimit::Only(Sex::Female) => 2,
            SexLimit::Only(Sex::Male) => 3,
            SexLimit::NotUnderstood => 4,
        }
    }

    /// The word for it in outputs. Words stay.
    pub const fn word(self) -> &'static str {
        match self {
            SexLimit::NotStated => "not-stated",
            SexLimit::Any => "any",
            SexLimit::Only(Sex::Female) => "female",
            SexLimit::Only(Sex::Male) => "male",
            SexLimit::NotUnderstood => "not-understood",
        }
    }
}

/// The ages that a source limits a code to: MIN_AGE and MAX_AGE of the file of the NHS.
///
/// The numbers are as published. That they are completed years is how readers of the file take them;
/// no public source says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AgeLimits {
    /// The least age; `None` where the source says nothing.
    pub minimum: Option<u16>,
    /// The greatest age; `None` where the source says nothing.
    pub maximum: Option<u16>,
}

impl AgeLimits {
    pub(super) fn of_record(minimum: u16, maximum: u16) -> AgeLimits {
        let stated = |age| (age != NONE_U16).then_some(age);
        AgeLimits { minimum: stated(minimum), maximum: stated(maximum) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_stands_at_its_number() {
        for number in 0..=4 {
            assert_eq!(SexLimit::of_number(number).number(), number);
        }
        assert_eq!(SexLimit::of_number(7), SexLimit::NotUnderstood);
        let ages = AgeLimits { minimum: Some(0), maximum: None };
        assert_eq!(AgeLimits::of_record(0, NONE_U16), ages);
    }
}
