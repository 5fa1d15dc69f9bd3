//! Days as Parquet counts them.

use farr::Date;

/// Days of 400 years, after which the calendar repeats itself.
const CYCLE: i64 = 146_097;
/// Days from the first of March of the year 0 to the first of January 1970.
const EPOCH: i64 = 719_468;

/// The day so many days after the first of January 1970, or before it; `None` beyond the calendar of
/// [`Date`].
pub(super) fn of_days(days: i64) -> Option<Date> {
    let days = days.checked_add(EPOCH)?;
    let (cycle, day) = (days.div_euclid(CYCLE), days.rem_euclid(CYCLE));
    // A year begins in March here, so that the leap day is its last.
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = match month {
        0..=9 => (year, month + 3),
        _ => (year + 1, month - 9),
    };
    let year = u32::try_from(cycle.checked_mul(400)?.checked_add(year)?).ok()?;
    Date::new(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (days, date) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (-25_567, "1900-01-01"),
            (20_666, "2026-08-01"),
        ] {
            assert_eq!(of_days(days), date.parse().ok(), "{date}");
        }
        assert_eq!(of_days(i64::MAX), None);
        assert_eq!(of_days(i64::MIN), None);
    }

    #[test]
    fn each_day_follows_the_one_before() {
        let mut before = of_days(-30_000).unwrap();
        for days in -29_999..60_000 {
            let day = of_days(days).unwrap();
            let is_next = (day.day() == before.day() + 1 && day.month() == before.month())
                || (day.day() == 1 && before.day() >= 28 && day > before);
            assert!(is_next, "{before} {day}");
            before = day;
        }
    }
}
