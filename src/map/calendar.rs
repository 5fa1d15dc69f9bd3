//! How many days months have: at fewest, at most, and between two dates.
//!
//! Stretches of months are told in *steps*: 2n is exactly n months, 2n + 1 is more than n and fewer
//! than n + 1.

use crate::date::Date;

/// Days of the months of a year that is no leap year.
const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// The place of February among them.
const FEBRUARY: usize = 1;
/// Days and months after which the calendar begins again: 400 years.
const CYCLE_DAYS: u64 = 146_097;
const CYCLE_MONTHS: u64 = 4_800;

/// Days between two dates; `None` where the second is the earlier.
pub(crate) fn days_between(from: Date, to: Date) -> Option<u32> {
    day_number(to).checked_sub(day_number(from))
}

/// Days since the first of January of the year 1.
fn day_number(date: Date) -> u32 {
    let years = date.year().saturating_sub(1);
    let leap_years = (years / 4).saturating_sub(years / 100).saturating_add(years / 400);
    let months = date.month().saturating_sub(1) as usize;
    let of_months: u32 = LENGTHS.iter().take(months).sum();
    let leap_day = u32::from(date.month() > 2 && Date::new(date.year(), 2, 29).is_some());
    [of_months, leap_day, leap_years, date.day().saturating_sub(1)]
        .into_iter()
        .fold(years.saturating_mul(365), u32::saturating_add)
}

/// The step between two dates of which the second is not the earlier.
pub(super) fn step_between(from: Date, to: Date) -> u32 {
    let month_number = |date: Date| date.year().saturating_mul(12).saturating_add(date.month());
    let months = month_number(to).saturating_sub(month_number(from));
    let completed = months.saturating_sub(u32::from(to.day() < from.day()));
    let step = completed.saturating_mul(2);
    // The day of the same number, or the first where the month before had no such day.
    let (year, month) = match to.month() {
        1 => (to.year().saturating_sub(1), 12),
        month => (to.year(), month.saturating_sub(1)),
    };
    let stands_in = to.day() == 1 && Date::new(year, month, from.day()).is_none();
    if to.day() == from.day() || stands_in { step } else { step.saturating_add(1) }
}

/// Days of so many months on end, at fewest.
pub(super) fn fewest_days(months: u32) -> u32 {
    let days = stretches(months)
        .map(|(days, februaries)| days.saturating_add(fewest_leap_years(februaries)));
    days.min().unwrap_or_default()
}

/// Days of so many months on end, at most.
pub(super) fn most_days(months: u32) -> u32 {
    let days = stretches(months)
        .map(|(days, februaries)| days.saturating_add(most_leap_years(februaries)));
    days.max().unwrap_or_default()
}

/// So many months on end, beginning with each month of the year: the days without leap days, and
/// how many times there is a February.
///
/// Who is born on a day that a later month does not have completes it on the first of the month
/// after. No stretch gets shorter or longer by it than the others are: before the only month that is
/// shorter by more than a day there stands a longer one.
fn stretches(months: u32) -> impl Iterator<Item = (u32, u32)> {
    let (years, rest) = (months / 12, (months % 12) as usize);
    (0..LENGTHS.len()).map(move |start| {
        let lengths = LENGTHS.iter().enumerate().cycle().skip(start).take(rest);
        let whole = (years.saturating_mul(365), years);
        lengths.fold(whole, |(days, februaries), (month, length)| {
            let february = u32::from(month == FEBRUARY);
            (days.saturating_add(*length), februaries.saturating_add(february))
        })
    })
}

/// Leap years among so many on end, at fewest: every fourth, less a year of a full century for each
/// hundred that the stretch can be laid over.
fn fewest_leap_years(years: u32) -> u32 {
    let (cycles, years) = (years / 400, years % 400);
    let centuries = (years.saturating_add(96) / 100).min(3);
    cycles.saturating_mul(97).saturating_add((years / 4).saturating_sub(centuries))
}

/// Leap years among so many on end, at most: every fourth, less the centuries that cannot be
/// avoided. From 1901 to 2099 there is none.
fn most_leap_years(years: u32) -> u32 {
    let (cycles, years) = (years / 400, years % 400);
    let centuries = (years.saturating_add(3) / 100).saturating_sub(1);
    cycles.saturating_mul(97).saturating_add(years.div_ceil(4).saturating_sub(centuries))
}

/// The lowest step that so many days can be.
pub(super) fn lowest_step(days: u32) -> u32 {
    step_of(days, most_days)
}

/// The highest step that so many days can be.
pub(super) fn highest_step(days: u32) -> u32 {
    step_of(days, fewest_days)
}

/// The step of so many days, where months have this many.
fn step_of(days: u32, of_months: fn(u32) -> u32) -> u32 {
    // By the mean length of a month, from which no stretch is a month away.
    let mean = u64::from(days).saturating_mul(CYCLE_MONTHS) / CYCLE_DAYS;
    let mut months = u32::try_from(mean).unwrap_or(u32::MAX).saturating_add(1);
    loop {
        let needed = of_months(months);
        if needed <= days || months == 0 {
            return months.saturating_mul(2).saturating_add(u32::from(needed < days));
        }
        months = months.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All days from 1890 to 2010, counted one by one.
    fn days() -> Vec<Date> {
        let all = 18_900_101..20_110_101;
        all.filter_map(Date::from_number).collect()
    }

    #[test]
    fn days_are_numbered_without_a_gap() {
        let days = days();
        assert_eq!(days.len(), 44_194);
        for (number, day) in days.iter().enumerate() {
            assert_eq!(days_between(days[0], *day), Some(number as u32), "{day}");
        }
        assert_eq!(days_between(days[1], days[0]), None);
        let (first, last) = (Date::new(1, 1, 1), Date::new(9999, 12, 31));
        assert_eq!(days_between(first.unwrap(), last.unwrap()), Some(3_652_058));
    }

    #[test]
    fn leap_years_are_as_many_as_were_counted() {
        let is_leap = |year: u32| Date::new(year, 2, 29).is_some();
        for years in 0..900 {
            let first: u32 = (1000..1000 + years).map(|year| u32::from(is_leap(year))).sum();
            let (mut count, mut fewest, mut most) = (first, first, first);
            for start in 1000..1400 {
                count = count + u32::from(is_leap(start + years)) - u32::from(is_leap(start));
                fewest = fewest.min(count);
                most = most.max(count);
            }
            assert_eq!(fewest_leap_years(years), fewest, "{years} years");
            assert_eq!(most_leap_years(years), most, "{years} years");
        }
    }

    #[test]
    fn months_have_as_many_days_as_were_counted() {
        let days = days();
        for months in (0..30).chain([59, 60, 95, 96, 180, 216, 480]) {
            let (mut fewest, mut most) = (u32::MAX, 0);
            // 1896 to 1904 is the longest time without a leap year.
            for (place, from) in days[..365 * 12].iter().enumerate() {
                let after = |count: u32| days[place + count as usize];
                let exact = (months * 28..)
                    .find(|count| step_between(*from, after(*count)) >= months * 2)
                    .unwrap();
                assert_eq!(step_between(*from, after(exact)), months * 2);
                fewest = fewest.min(exact);
                most = most.max(exact);
            }
            assert!(fewest_days(months) <= fewest && most <= most_days(months), "{months}");
            if months < 48 {
                assert_eq!((fewest_days(months), most_days(months)), (fewest, most), "{months}");
            }
        }
    }

    #[test]
    fn steps_and_days_agree() {
        assert_eq!((lowest_step(0), highest_step(0)), (0, 0));
        assert_eq!((lowest_step(27), highest_step(27)), (1, 1));
        assert_eq!((lowest_step(28), highest_step(28)), (1, 2));
        assert_eq!((lowest_step(31), highest_step(31)), (2, 3));
        assert_eq!((lowest_step(32), highest_step(32)), (3, 3));
        assert_eq!((lowest_step(365), highest_step(365)), (23, 24));
        assert_eq!((lowest_step(366), highest_step(366)), (24, 25));
        for days in (0..70_000).chain([3_652_058, u32::MAX / 2]) {
            let (lowest, highest) = (lowest_step(days), highest_step(days));
            assert!(lowest <= highest, "{days}");
            assert!(most_days(lowest / 2) <= days && days < most_days(lowest / 2 + 1), "{days}");
            assert!(fewest_days(highest / 2) <= days && days < fewest_days(highest / 2 + 1));
        }
    }

    #[test]
    fn a_day_that_a_month_does_not_have_is_the_first_of_the_next() {
        let step = |from: &str, to: &str| step_between(from.parse().unwrap(), to.parse().unwrap());
        assert_eq!(step("2000-02-29", "2015-02-28"), 15 * 24 - 1);
        assert_eq!(step("2000-02-29", "2015-03-01"), 15 * 24);
        assert_eq!(step("2000-02-29", "2016-02-29"), 16 * 24);
        assert_eq!(step("2001-01-31", "2001-02-28"), 1);
        assert_eq!(step("2001-01-31", "2001-03-01"), 2);
        assert_eq!(step("2001-01-29", "2001-03-01"), 2);
        assert_eq!(step("2001-01-28", "2001-03-01"), 3);
        assert_eq!(step("2001-12-31", "2002-01-01"), 1);
        assert_eq!(step("2001-11-30", "2002-01-01"), 3);
        assert_eq!(step("2001-11-30", "2001-11-30"), 0);
    }
}
