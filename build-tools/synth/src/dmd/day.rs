//! Days of the calendar, which the dates of dm+d need counted.

use std::fmt;

/// A day, counted from 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i32);

impl Day {
    /// What stands for a start that is not known.
    pub(crate) const UNKNOWN: Self = Self::new(1948, 1, 1);

    /// The day of a date of the proleptic Gregorian calendar.
    pub(crate) const fn new(year: i32, month: i32, day: i32) -> Self {
        // Years begin in March here, so that the leap day is the last of its year.
        let year = if month > 2 { year } else { year - 1 };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// The day of a date written as in `20260801`.
    pub(crate) const fn of_release(date: u32) -> Self {
        Self::new((date / 10_000) as i32, (date / 100 % 100) as i32, (date % 100) as i32)
    }

    pub(crate) const fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// Days from another day to this one.
    pub(crate) const fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }

    /// Year, month and day of the month.
    pub(crate) const fn date(self) -> (i32, i32, i32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = years + era * 400;
        (if month > 2 { year } else { year + 1 }, month, day)
    }
}

/// The day as `xs:date` writes it.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(Day::new(1970, 1, 1), Day(0));
        assert_eq!(Day::new(2000, 3, 1), Day(11_017));
        assert_eq!(Day::UNKNOWN.to_string(), "1948-01-01");
        assert_eq!(Day::of_release(20_240_228).plus(1).to_string(), "2024-02-29");
        assert_eq!(Day::of_release(20_240_228).plus(2).to_string(), "2024-03-01");
        assert_eq!(Day::new(2026, 12, 31).plus(1).since(Day::new(2026, 1, 1)), 365);
        for day in -8_000..40_000 {
            let (year, month, of_month) = Day(day).date();
            assert_eq!(Day::new(year, month, of_month), Day(day));
        }
    }
}
