//! Facts of a patient as cells of a file have them.

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
}
