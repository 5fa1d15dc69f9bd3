//! An age, as exactly as it is known.

use std::fmt;
use std::str::FromStr;

use super::calendar::{
    days_between, fewest_days, highest_step, lowest_step, most_days, step_between,
};
use crate::date::Date;

/// An age, as exactly as it is known: all that it may be.
///
/// Sixteen bytes. An age in [years](Age::years), [months](Age::months) or [weeks](Age::weeks) may be
/// any day that the unit covers; one in [days](Age::days) or [between](Age::between) two dates is
/// exact to the day. Only that between two dates is exact in months and years too.
///
/// # Example
/// ```
/// use farr::map::Age;
///
/// let age: Age = "41y".parse()?;
/// assert_eq!(age, Age::years(41));
/// // All that 24 months cover 2 years cover, and not the other way round.
/// assert_ne!(Age::months(24), Age::years(2));
/// assert_eq!(age.to_string(), "41y");
/// # Ok::<(), farr::map::AgeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Age {
    days: Bounds,
    months: Bounds,
}

/// From where to where an age may lie, both included, in steps: 2n is exactly n of a unit, 2n + 1 is
/// more than n and fewer than n + 1. Days are whole, so theirs are even.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bounds {
    pub(super) low: u32,
    pub(super) high: u32,
}

impl Bounds {
    fn and(self, other: Bounds) -> Option<Bounds> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Bounds { low, high })
    }
}

/// Why there is no such age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AgeError {
    /// The text does not begin with a whole number.
    #[error("an age begins with a whole number: expected an age like 41y, 6m, 3w or 27d")]
    Number,
    /// Behind the number stands something other than a unit.
    #[error("expected y, m, w or d behind the number, as in 41y, 6m, 3w or 27d")]
    Unit,
    /// The number is above 65535.
    #[error("the number of an age is at most 65535")]
    TooLarge,
    /// The day of birth is after the day on which the age is asked.
    #[error("the day of birth is after the day of the age: check that both are right")]
    BeforeBirth,
    /// The youngest is older than the oldest.
    #[error("an age spans from the younger to the older")]
    Order,
}

impl Age {
    /// Returns the age of somebody so many years old: up to the day before the next birthday.
    ///
    /// # Example
    /// ```
    /// use farr::map::Age;
    ///
    /// assert_eq!(Age::years(0), Age::spanning(Age::days(0), Age::months(11))?);
    /// # Ok::<(), farr::map::AgeError>(())
    /// ```
    #[must_use]
    pub fn years(years: u16) -> Age {
        let months = u32::from(years).saturating_mul(12);
        Age::of_months(months, months.saturating_add(11))
    }

    /// Returns the age of somebody so many months old: up to the day before another is completed.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::map::Age::months(6).to_string(), "6m");
    /// ```
    #[must_use]
    pub fn months(months: u16) -> Age {
        Age::of_months(months.into(), months.into())
    }

    /// Returns the age of somebody so many weeks old: seven days.
    ///
    /// # Example
    /// ```
    /// use farr::map::Age;
    ///
    /// assert_eq!(Age::weeks(3), Age::spanning(Age::days(21), Age::days(27))?);
    /// # Ok::<(), farr::map::AgeError>(())
    /// ```
    #[must_use]
    pub fn weeks(weeks: u16) -> Age {
        let days = u32::from(weeks).saturating_mul(7);
        Age::of_days(days, days.saturating_add(6))
    }

    /// Returns the age of somebody so many days old: exact to the day, and in months as exact as the
    /// calendar allows.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::map::Age::days(27).to_string(), "27d");
    /// ```
    #[must_use]
    pub fn days(days: u16) -> Age {
        Age::of_days(days.into(), days.into())
    }

    /// Returns the age on a day of somebody born on another: exact in every unit.
    ///
    /// # Errors
    /// [`AgeError::BeforeBirth`].
    ///
    /// # Example
    /// ```
    /// use farr::map::Age;
    ///
    /// let age = Age::between("2024-02-10".parse()?, "2024-03-08".parse()?)?;
    /// assert_eq!(age.to_string(), "27d");
    /// assert!(Age::between("2024-03-08".parse()?, "2024-02-10".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn between(birth: Date, day: Date) -> Result<Age, AgeError> {
        let days = days_between(birth, day).ok_or(AgeError::BeforeBirth)?;
        let (days, months) = (days.saturating_mul(2), step_between(birth, day));
        let exactly = |step| Bounds { low: step, high: step };
        Ok(Age { days: exactly(days), months: exactly(months) })
    }

    /// Returns the age of somebody who is at least as old as the one and at most as old as the
    /// other.
    ///
    /// # Errors
    /// [`AgeError::Order`].
    ///
    /// # Example
    /// ```
    /// use farr::map::Age;
    ///
    /// let schoolchild = Age::spanning(Age::years(5), Age::years(15))?;
    /// assert_eq!(schoolchild.to_string(), "5y to 15y");
    /// assert!(Age::spanning(Age::weeks(9), Age::days(3)).is_err());
    /// # Ok::<(), farr::map::AgeError>(())
    /// ```
    pub fn spanning(youngest: Age, oldest: Age) -> Result<Age, AgeError> {
        let span = |from: Bounds, to: Bounds| {
            let ordered = from.low <= to.low && from.high <= to.high;
            ordered.then_some(Bounds { low: from.low, high: to.high }).ok_or(AgeError::Order)
        };
        Ok(Age {
            days: span(youngest.days, oldest.days)?,
            months: span(youngest.months, oldest.months)?,
        })
    }

    /// Returns the age that a number and one of the letters `y`, `m`, `w` and `d` spell: completed
    /// years, months, weeks or days. Either case; no white space.
    ///
    /// # Errors
    /// [`AgeError::Number`], [`AgeError::TooLarge`], [`AgeError::Unit`].
    ///
    /// # Example
    /// ```
    /// use farr::map::{Age, AgeError};
    ///
    /// assert_eq!(Age::parse("6m"), Ok(Age::months(6)));
    /// assert_eq!(Age::parse("27d"), Ok(Age::days(27)));
    /// assert_eq!(Age::parse("41"), Err(AgeError::Unit));
    /// ```
    pub fn parse(text: &str) -> Result<Age, AgeError> {
        let unit = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(unit).unwrap_or_default();
        if number.is_empty() {
            return Err(AgeError::Number);
        }
        let number = number.parse().map_err(|_| AgeError::TooLarge)?;
        match unit {
            "y" | "Y" => Ok(Age::years(number)),
            "m" | "M" => Ok(Age::months(number)),
            "w" | "W" => Ok(Age::weeks(number)),
            "d" | "D" => Ok(Age::days(number)),
            _ => Err(AgeError::Unit),
        }
    }

    /// From so many completed months to so many.
    fn of_months(first: u32, last: u32) -> Age {
        let end = last.saturating_add(1);
        let months =
            Bounds { low: first.saturating_mul(2), high: last.saturating_mul(2).saturating_add(1) };
        let last_day = most_days(end).saturating_sub(1);
        let days =
            Bounds { low: fewest_days(first).saturating_mul(2), high: last_day.saturating_mul(2) };
        Age { days, months }
    }

    /// From so many days to so many.
    fn of_days(first: u32, last: u32) -> Age {
        let days = Bounds { low: first.saturating_mul(2), high: last.saturating_mul(2) };
        Age { days, months: Bounds { low: lowest_step(first), high: highest_step(last) } }
    }

    /// In days, whole ones.
    pub(super) fn in_days(self) -> Bounds {
        self.days
    }

    /// In months.
    pub(super) fn in_months(self) -> Bounds {
        self.months
    }

    /// What both say; `None` where they exclude each other.
    pub(super) fn and(self, other: Age) -> Option<Age> {
        let (days, months) = (self.days.and(other.days)?, self.months.and(other.months)?);
        Some(Age { days, months })
    }

    /// Whether it is above the other, whatever the two are exactly.
    pub(super) fn is_surely_above(self, other: Age) -> bool {
        self.days.low > other.days.high || self.months.low > other.months.high
    }
}

/// As [`Age::parse`].
impl FromStr for Age {
    type Err = AgeError;

    fn from_str(text: &str) -> Result<Age, AgeError> {
        Age::parse(text)
    }
}

/// In the unit that says what is known, `41y` or `5y to 15y`; otherwise in days, `27d` or
/// `27d to 29d`.
impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.days.low / 2, self.days.high / 2);
        let (month, last_month) = (self.months.low / 2, self.months.high / 2);
        if first == last {
            write!(f, "{first}d")
        } else if *self == Age::of_months(month, last_month) {
            let (year, last_year) = (month / 12, last_month / 12);
            match (month % 12, last_month % 12) {
                (0, 11) if year == last_year => write!(f, "{year}y"),
                (0, 11) => write!(f, "{year}y to {last_year}y"),
                _ if month == last_month => write!(f, "{month}m"),
                _ => write!(f, "{month}m to {last_month}m"),
            }
        } else if first % 7 == 0 && first.checked_add(6) == Some(last) {
            write!(f, "{}w", first / 7)
        } else {
            write!(f, "{first}d to {last}d")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_ages_or_are_refused() {
        for text in ["41y", "0y", "6m", "0m", "24m", "3w", "0w", "27d", "0d", "365d", "65535y"] {
            assert_eq!(Age::parse(text).unwrap().to_string(), text);
            assert_eq!(Age::parse(&text.to_uppercase()), Age::parse(text));
        }
        for text in ["", "y", "-1y", " 4y", "+4y", "é", "٣y"] {
            assert_eq!(Age::parse(text), Err(AgeError::Number), "{text}");
        }
        for text in ["4", "4 y", "4.5y", "4yy", "4mo", "4é", "4years"] {
            assert_eq!(Age::parse(text), Err(AgeError::Unit), "{text}");
        }
        assert_eq!(Age::parse("65536d"), Err(AgeError::TooLarge));
        assert_eq!(Age::parse("99999999999999999999y"), Err(AgeError::TooLarge));
    }

    #[test]
    fn what_two_ages_say_together_is_shown() {
        let both = Age::months(1).and(Age::weeks(8)).unwrap();
        assert_eq!(both.to_string(), "56d to 61d");
        assert_eq!(Age::weeks(3).and(Age::months(1)), None);
        assert_eq!(Age::years(2).and(Age::months(30)), Some(Age::months(30)));
        let months = Age::spanning(Age::months(3), Age::months(7)).unwrap();
        assert_eq!(months.to_string(), "3m to 7m");
        assert_eq!(Age::spanning(Age::years(3), Age::years(3)), Ok(Age::years(3)));
    }

    #[test]
    fn one_age_is_surely_above_another_where_no_two_days_of_them_are_not() {
        assert!(Age::weeks(4).is_surely_above(Age::weeks(3)));
        assert!(Age::months(6).is_surely_above(Age::months(5)));
        assert!(!Age::years(41).is_surely_above(Age::years(41)));
        assert!(Age::days(31).is_surely_above(Age::months(0)));
        assert!(!Age::days(30).is_surely_above(Age::months(0)));
        assert!(!Age::months(1).is_surely_above(Age::days(28)));
        assert!(Age::months(1).is_surely_above(Age::days(27)));
    }
}
