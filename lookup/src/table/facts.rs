//! Facts of a patient and of a row as cells of a file have them.

use farr::Date;
use farr::map::{Age, Sex};

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said<T> {
    Known(T),
    /// It says that it is not known, or nothing.
    Unknown,
    /// Nobody can tell what it says, so that nothing is known of it.
    Unreadable,
}

impl<T> Said<T> {
    pub(crate) fn known(self) -> Option<T> {
        match self {
            Said::Known(fact) => Some(fact),
            Said::Unknown | Said::Unreadable => None,
        }
    }
}

/// A sex: a code of the NHS data dictionary (1 male, 2 female, 0 not known, 9 not specified), of
/// FHIR, or a first letter.
pub(crate) fn sex(cell: &str) -> Said<Sex> {
    let cell = cell.trim();
    let is = |words: &[&str]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is(&["2", "f", "female"]) {
        Said::Known(Sex::Female)
    } else if is(&["1", "m", "male"]) {
        Said::Known(Sex::Male)
    } else if is(&["", "0", "9", "unknown", "other"]) {
        Said::Unknown
    } else {
        Said::Unreadable
    }
}

/// An age as in `41y`, `6m`, `3w` and `27d`; a number alone is one of years.
pub(crate) fn age(cell: &str) -> Said<Age> {
    let cell = cell.trim();
    let years = || cell.bytes().all(|byte| byte.is_ascii_digit()).then(|| cell.parse().ok())?;
    if cell.is_empty() || cell.eq_ignore_ascii_case("unknown") {
        return Said::Unknown;
    }
    match Age::parse(cell).ok().or_else(|| years().map(Age::years)) {
        Some(age) => Said::Known(age),
        None => Said::Unreadable,
    }
}

/// A day as in `2026-01-31` or `20260131`, a time of the day behind it or not. No other form is
/// read: whether `03/04/2026` is in March or April is not for a program to guess.
pub(crate) fn day(cell: &str) -> Said<Date> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Said::Unknown;
    }
    let (day, time) = match cell.split_once(['T', ' ']) {
        Some((day, time)) => (day, Some(time)),
        None => (cell, None),
    };
    match day.parse() {
        Ok(day) if time.is_none_or(is_time) => Said::Known(day),
        _ => Said::Unreadable,
    }
}

/// Whether a text is a time as ISO 8601 has it, `10:00:00.000Z`, `101010` or `10:00 +01:00` say.
fn is_time(text: &str) -> bool {
    let at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at_checked(at).unwrap_or((text, ""));
    let (clock, fraction) = match time.trim_end().split_once(['.', ',']) {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (time.trim_end(), None),
    };
    let is_zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => is_clock(offset, 2),
        None => matches!(zone, "" | "Z" | "z"),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_clock(clock, 3) && fraction.is_none_or(is_digits) && is_zone
}

/// Whether a text is an hour, or so many numbers from the hour on, colons between all or none.
fn is_clock(text: &str, most: usize) -> bool {
    let plain = text.replace(':', "");
    let (pairs, rest) = plain.as_bytes().as_chunks::<2>();
    let is_below = |pair: &[u8; 2], limit: u8| {
        pair.iter().all(u8::is_ascii_digit) && (pair[0] - b'0') * 10 + (pair[1] - b'0') < limit
    };
    // The midnight that ends a day is the day after: which day is meant by it is not for a program to guess.
    let mut limits = [24, 60, 61].into_iter().zip(pairs);
    rest.is_empty()
        && (1..=most).contains(&pairs.len())
        && limits.all(|(limit, pair)| is_below(pair, limit))
        && (text.len() == plain.len() || text.split(':').all(|part| part.len() == 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sex_is_known_unknown_or_not_to_be_read_and_never_guessed() {
        for (cells, said) in [
            (["2", "f", "F", "female", " Female "], Said::Known(Sex::Female)),
            (["1", "m", "M", "MALE", "male"], Said::Known(Sex::Male)),
            (["", "0", "9", "unknown", "other"], Said::Unknown),
            (["x", "3", "fe", "male?", "12"], Said::Unreadable),
        ] {
            for cell in cells {
                assert_eq!(sex(cell), said, "{cell:?}");
            }
        }
    }

    #[test]
    fn an_age_is_in_its_unit_or_in_years() {
        for (cell, said) in [
            ("41y", Said::Known(Age::years(41))),
            (" 6M ", Said::Known(Age::months(6))),
            ("3w", Said::Known(Age::weeks(3))),
            ("27d", Said::Known(Age::days(27))),
            ("41", Said::Known(Age::years(41))),
            ("0", Said::Known(Age::years(0))),
            ("", Said::Unknown),
            ("unknown", Said::Unknown),
            ("-1", Said::Unreadable),
            ("41.5", Said::Unreadable),
            ("41 years", Said::Unreadable),
            ("1986-02-01", Said::Unreadable),
            ("99999", Said::Unreadable),
        ] {
            assert_eq!(age(cell), said, "{cell:?}");
        }
    }

    #[test]
    fn a_day_is_read_and_never_guessed() {
        for cell in [
            "2026-01-31",
            "20260131",
            " 2026-01-31 ",
            "2026-01-31T10:00:00Z",
            "2026-01-31 00:00:00.0000000 +00:00",
            "2026-01-31T23:59+0100",
            "20260131T101010",
            "20260131 10",
        ] {
            assert_eq!(day(cell), Said::Known(Date::new(2026, 1, 31).unwrap()), "{cell}");
        }
        assert_eq!(day(" "), Said::Unknown);
        for cell in [
            "31/01/2026",
            "2026-02-30",
            "2026",
            "2026-01-31x",
            "46053",
            "2026-01-31Tfoo",
            "2026-01-31 to 2026-02-01",
            "2026-01-31T",
            "2026-01-31T25:00",
            "2026-01-31T24:00",
            "2026-01-31T24:30",
            "2026-01-31T1:00",
            "2026-01-31T10:00:00:00",
            "2026-01-31T10:00PM",
            "2026-01-31T10:00+1",
        ] {
            assert_eq!(day(cell), Said::Unreadable, "{cell}");
        }
    }
}
