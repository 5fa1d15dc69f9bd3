//! Dates of two-digit years.

use crate::Date;
use std::fmt;
use thiserror::Error;

/// A date as a barcode has it: YYMMDD, where the day may be 00 for none in particular.
///
/// It is no [`Date`] yet. The century depends on the current year, and farr has no clock; and what
/// a date without a day means depends on what it is the date of. So the caller says both. It is not
/// ordered, since 99 may be before 01.
///
/// # Example
/// ```
/// use farr::Date;
/// use farr::id::gs1::{Gs1DateError, Scan};
///
/// let scan = Scan::parse("(01)05012617019844(17)270200")?;
/// let expiry = scan.element_strings().and_then(|elements| elements.expiry()).ok_or("no expiry")?;
/// assert_eq!((expiry.year_of_century(), expiry.month(), expiry.day()), (27, 2, None));
/// assert_eq!(expiry.resolve(2026), Err(Gs1DateError::DayUnspecified));
/// assert_eq!(expiry.last_day(2026).ok(), Date::new(2027, 2, 28));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The rules are those of the [GS1 General Specifications][gs], sections 3.4 and 7.12.
///
/// [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gs1Date {
    year: u8,
    month: u8,
    day: u8,
}

/// Why a [`Gs1Date`] is no day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Gs1DateError {
    /// The day is 00.
    #[error("the date names a month and no day: ask for its last day, if that is what it means")]
    DayUnspecified,
    /// The calendar has no such day in that year: 29 February 2100, or a year beyond 1 to 9999.
    #[error("the calendar has no such day: check the current year that was given")]
    NoSuchDay,
}

impl Gs1Date {
    /// Reads YYMMDD of digits. The day 00 is taken if `without_day` says so. 29 February is taken
    /// of each year that is a leap year in any century.
    pub(super) fn read(digits: &[u8], without_day: bool) -> Option<Gs1Date> {
        let &[a, b, c, d, e, f] = digits else { return None };
        let (year, month, day) = (two(a, b)?, two(c, d)?, two(e, f)?);
        // 2000 is a leap year, and so every year that is one in some century is one here.
        let exists = Date::new(u32::from(year).checked_add(2000)?, month.into(), day.max(1).into());
        let day_is_fit = day != 0 || without_day;
        (exists.is_some() && day_is_fit).then_some(Gs1Date { year, month, day })
    }

    /// Returns the two digits of the year, 0 to 99.
    #[must_use]
    pub const fn year_of_century(self) -> u8 {
        self.year
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1; `None` where the barcode has 00.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        match self.day {
            0 => None,
            day => Some(day),
        }
    }

    /// Returns the year with its century: the one from 49 years before the current year to 50 years
    /// after it.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("]d20105012617019844112701311727013110A")?;
    /// let made = scan.element_strings().and_then(|all| all.production_date()).ok_or("no date")?;
    /// assert_eq!(made.year(2026), 2027);
    /// assert_eq!(made.year(2078), 2127);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn year(self, current_year: u32) -> u32 {
        let year = self.year as u32;
        let current = current_year % 100;
        let century = current_year.saturating_sub(current);
        if year >= current.saturating_add(51) {
            century.saturating_sub(100).saturating_add(year)
        } else if year.saturating_add(50) <= current {
            century.saturating_add(100).saturating_add(year)
        } else {
            century.saturating_add(year)
        }
    }

    /// Returns the day, given the current year.
    ///
    /// # Errors
    /// [`Gs1DateError::DayUnspecified`], [`Gs1DateError::NoSuchDay`].
    pub fn resolve(self, current_year: u32) -> Result<Date, Gs1DateError> {
        let day = self.day().ok_or(Gs1DateError::DayUnspecified)?;
        self.on(current_year, day).ok_or(Gs1DateError::NoSuchDay)
    }

    /// Returns the day, or the last day of the month where the barcode has none, given the current
    /// year: what an expiry date without a day means.
    ///
    /// # Errors
    /// [`Gs1DateError::NoSuchDay`].
    pub fn last_day(self, current_year: u32) -> Result<Date, Gs1DateError> {
        let last = match self.day() {
            Some(day) => self.on(current_year, day),
            None => (28..=31).rev().find_map(|day| self.on(current_year, day)),
        };
        last.ok_or(Gs1DateError::NoSuchDay)
    }

    fn on(self, current_year: u32, day: u8) -> Option<Date> {
        Date::new(self.year(current_year), self.month.into(), day.into())
    }
}

/// The six digits YYMMDD.
impl fmt::Display for Gs1Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}{:02}{:02}", self.year, self.month, self.day)
    }
}

/// The six digits, on one line in any format.
impl fmt::Debug for Gs1Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gs1Date({self})")
    }
}

/// A date of a barcode with a time of the day.
///
/// # Example
/// ```
/// use farr::id::gs1::Scan;
///
/// let scan = Scan::parse("(01)05012617019844(7003)2701311430")?;
/// let expiry = scan.element_strings().and_then(|all| all.expiry_time()).ok_or("no time")?;
/// assert_eq!((expiry.hour, expiry.minute, expiry.second), (14, Some(30), None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Gs1DateTime {
    /// The date. Its day is always specified.
    pub date: Gs1Date,
    /// The hour, 0 to 23, in local time.
    pub hour: u8,
    /// The minute, 0 to 59, where there is one.
    pub minute: Option<u8>,
    /// The second, 0 to 59, where there is one.
    pub second: Option<u8>,
}

impl Gs1DateTime {
    /// Reads YYMMDDHH of digits, with a minute and a second where they follow.
    pub(super) fn read(digits: &[u8]) -> Option<Gs1DateTime> {
        let (date, time) = digits.split_at_checked(6)?;
        let (parts, []) = time.as_chunks::<2>() else { return None };
        let mut parts = parts.iter().map(|&[tens, ones]| two(tens, ones));
        Some(Gs1DateTime {
            date: Gs1Date::read(date, false)?,
            hour: parts.next()??,
            minute: parts.next().flatten(),
            second: parts.next().flatten(),
        })
    }
}

/// The value of two digits.
pub(super) fn two(tens: u8, ones: u8) -> Option<u8> {
    if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
        return None;
    }
    tens.wrapping_sub(b'0').checked_mul(10)?.checked_add(ones.wrapping_sub(b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule in the words of the standard.
    fn by_difference(year: i64, current_year: i64) -> i64 {
        let (century, current) = (current_year / 100, current_year % 100);
        match year - current {
            51..=99 => (century - 1) * 100 + year,
            -99..=-50 => (century + 1) * 100 + year,
            _ => century * 100 + year,
        }
    }

    #[test]
    fn the_century_is_that_of_the_rule() {
        for current_year in 1900..2300_u32 {
            for year in 0..100_u8 {
                let date = Gs1Date { year, month: 1, day: 1 };
                let expected = by_difference(year.into(), current_year.into());
                assert_eq!(i64::from(date.year(current_year)), expected, "{year} {current_year}");
                let distance = expected - i64::from(current_year);
                assert!((-49..=50).contains(&distance), "{year} {current_year}");
            }
        }
    }

    #[test]
    fn every_six_digits_are_a_date_or_not_as_a_calendar_says() {
        for number in 0..1_000_000_u32 {
            let digits = format!("{number:06}");
            let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
            let days = match month {
                2 if year % 4 == 0 => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                1..=12 => 31,
                _ => 0,
            };
            let exists = day >= 1 && day <= days;
            let date = Gs1Date::read(digits.as_bytes(), false);
            assert_eq!(date.is_some(), exists, "{digits}");
            let without_day = Gs1Date::read(digits.as_bytes(), true);
            assert_eq!(without_day.is_some(), exists || (day == 0 && days > 0), "{digits}");
            if let Some(date) = without_day {
                assert_eq!(date.to_string(), digits);
                let last = date.last_day(2026).unwrap();
                assert_eq!(last.day(), if day == 0 { days } else { day });
                assert_eq!(date.resolve(2026).ok(), (day != 0).then_some(last));
            }
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_in_that_century_is_an_error() {
        let date = Gs1Date::read(b"000229", false).unwrap();
        assert!(date.resolve(2026).is_ok());
        assert_eq!(date.resolve(2090), Err(Gs1DateError::NoSuchDay));
        assert_eq!(date.last_day(0), Err(Gs1DateError::NoSuchDay));
        assert_eq!(date.last_day(u32::MAX), Err(Gs1DateError::NoSuchDay));
        let month = Gs1Date::read(b"000200", true).unwrap();
        assert_eq!(month.last_day(2090).map(Date::day), Ok(28));
    }
}
