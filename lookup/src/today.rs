//! The day it is: the one place where this program looks at a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use farr::Date;

/// Today, in UTC; `None` where the clock stands before 1970 or beyond the calendar.
pub(crate) fn today() -> Option<Date> {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    of_days(elapsed.as_secs() / 86_400)
}

/// The day so many days after the first of January 1970.
fn of_days(mut days: u64) -> Option<Date> {
    for year in 1970.. {
        for month in 1..=12 {
            let length = (28..=31).rev().find(|day| Date::new(year, month, *day).is_some())?;
            if days < u64::from(length) {
                return Date::new(year, month, days as u32 + 1);
            }
            days -= u64::from(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (days, date) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_666, "2026-08-01")]
        {
            assert_eq!(of_days(days), date.parse().ok());
        }
        assert_eq!(of_days(u64::MAX), None);
    }
}
