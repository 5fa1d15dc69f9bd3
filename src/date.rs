//! Days of the calendar.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// A day of the Gregorian calendar, from the year 1 to 9999.
///
/// Four bytes, ordered by time. farr has no clock: whoever asks what holds today says which day
/// that is.
///
/// ```
/// use farr::Date;
/// let date: Date = "2026-08-01".parse()?;
/// assert_eq!(date, "20260801".parse()?);
/// assert_eq!((date.year(), date.month(), date.day()), (2026, 8, 1));
/// assert_eq!(date.to_string(), "2026-08-01");
/// assert!(Date::new(2026, 2, 29).is_none());
/// # Ok::<(), farr::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NonZeroU32);

/// A text that is no day: expected `YYYY-MM-DD` or `YYYYMMDD`, and a day that the calendar has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date: expected YYYY-MM-DD, and a day that the calendar has")]
pub struct DateError;

impl Date {
    /// The day of a year, month and day; `None` where the calendar has no such day.
    #[must_use]
    pub const fn new(year: u32, month: u32, day: u32) -> Option<Date> {
        if year == 0 || year > 9999 || day == 0 || day > days_of(year, month) {
            return None;
        }
        match NonZeroU32::new(year * 10_000 + month * 100 + day) {
            Some(number) => Some(Date(number)),
            None => None,
        }
    }

    /// The day that the decimal number `YYYYMMDD` spells; `None` where the calendar has no such
    /// day.
    ///
    /// ```
    /// assert_eq!(farr::Date::from_number(20_260_801).map(|date| date.month()), Some(8));
    /// ```
    #[must_use]
    pub const fn from_number(number: u32) -> Option<Date> {
        Date::new(number / 10_000, number / 100 % 100, number % 100)
    }

    /// The decimal number `YYYYMMDD`.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0.get()
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u32 {
        self.0.get() / 10_000
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u32 {
        self.0.get() / 100 % 100
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u32 {
        self.0.get() % 100
    }
}

/// How many days a month has; 0 where there is no such month.
const fn days_of(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let digits = |part: &str| -> Option<u32> {
            let all = part.bytes().all(|byte| byte.is_ascii_digit());
            if all { part.parse().ok() } else { None }
        };
        let part = |start: usize, end: usize| text.get(start..end).and_then(digits);
        let date = match text.len() {
            8 => part(0, 8).and_then(Date::from_number),
            10 if text.get(4..5) == Some("-") && text.get(7..8) == Some("-") => {
                let (year, month, day) = (part(0, 4), part(5, 7), part(8, 10));
                year.zip(month)
                    .zip(day)
                    .and_then(|((year, month), day)| Date::new(year, month, day))
            }
            _ => None,
        };
        date.ok_or(DateError)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_has_the_days_it_has() {
        let mut days = 0;
        for year in 1999..2101 {
            for month in 0..14 {
                days += (0..33).filter(|day| Date::new(year, month, *day).is_some()).count();
            }
        }
        // 102 years, 25 of them leap years: 2000 is one, 2100 is none.
        assert_eq!(days, 102 * 365 + 25);
        assert!(Date::new(10_000, 1, 1).is_none() && Date::new(0, 1, 1).is_none());
    }

    #[test]
    fn texts_that_are_no_dates_are_refused() {
        for text in
            ["", "2026-8-01", "2026/08/01", "2026-13-01", "+2026801", "2026-08-0é", "20260229"]
        {
            assert_eq!(text.parse::<Date>(), Err(DateError), "{text}");
        }
    }
}
