//! What a CHI number of Scotland says of the patient.

use super::{NhsNumber, NhsNumberRange};
use std::fmt;
use std::iter::FusedIterator;

impl NhsNumber {
    /// Returns the number read as a CHI number, if it lies in the range of Scotland.
    ///
    /// The date in it may still be impossible: see [`Chi::years`].
    ///
    /// # Example
    /// ```
    /// use farr::id::{ChiSex, NhsNumber};
    ///
    /// let chi = NhsNumber::parse("060 723 0002")?.chi().ok_or("not in the range of Scotland")?;
    /// assert_eq!((chi.day(), chi.month(), chi.year_of_century()), (6, 7, 23));
    /// assert_eq!(chi.sex(), ChiSex::Female);
    /// assert!(NhsNumber::parse("400 000 0004")?.chi().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn chi(self) -> Option<Chi> {
        match self.range() {
            NhsNumberRange::Scotland => Some(Chi(self)),
            _ => None,
        }
    }
}

/// A number in the range of Scotland, read as a CHI number: date of birth as DDMMYY, two digits, a
/// digit for the sex, the check digit ([data dictionary][chi]).
///
/// What it says is what was recorded when the number was issued; a record may since have been
/// corrected while the number stayed. `Debug` hides it all.
///
/// # Example
/// ```
/// use farr::id::NhsNumber;
///
/// let chi = NhsNumber::parse("111 111 1111")?.chi().ok_or("not in the range of Scotland")?;
/// assert_eq!(chi.years().collect::<Vec<_>>(), [1811, 1911, 2011]);
/// assert_eq!(format!("{chi:?}"), "Chi(••• ••• ••••)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [chi]: https://www.datadictionary.nhs.uk/attributes/community_health_index_number.html
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chi(NhsNumber);

impl Chi {
    /// Returns the number itself.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// let number = NhsNumber::parse("060 723 0002")?;
    /// assert_eq!(number.chi().map(|chi| chi.number()), Some(number));
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn number(self) -> NhsNumber {
        self.0
    }

    /// Returns the day of birth, 1 to 31.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// assert_eq!(NhsNumber::parse("060 723 0002")?.chi().map(|chi| chi.day()), Some(6));
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn day(self) -> u8 {
        (self.0.0 / 100_000_000) as u8
    }

    /// Returns the month of birth as written, 0 to 99: check with [`Chi::years`] that the date
    /// exists.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// assert_eq!(NhsNumber::parse("060 723 0002")?.chi().map(|chi| chi.month()), Some(7));
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn month(self) -> u8 {
        (self.0.0 / 1_000_000 % 100) as u8
    }

    /// Returns the year of birth in its century, 0 to 99. The number does not say which century.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// let chi = NhsNumber::parse("060 723 0002")?.chi();
    /// assert_eq!(chi.map(|chi| chi.year_of_century()), Some(23));
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn year_of_century(self) -> u8 {
        (self.0.0 / 10_000 % 100) as u8
    }

    /// Returns the years of birth that the number admits, of the 19th, 20th and 21st century:
    /// those in which its day and month exist. None, if the date is impossible.
    ///
    /// Which of them is right is not in the number, and is not guessed here: the 20th of a month
    /// in 23 is that of a child or of a centenarian. Choose by another record of the date of birth.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// // 29 February of a year 00 was only in 2000.
    /// let chi = NhsNumber::parse("290 200 0006")?.chi().ok_or("not in the range of Scotland")?;
    /// assert_eq!(chi.years().collect::<Vec<_>>(), [2000]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn years(self) -> ChiYears {
        ChiYears { chi: self, century: FIRST_CENTURY }
    }

    /// Returns the sex that the ninth digit says.
    ///
    /// # Example
    /// ```
    /// use farr::id::{ChiSex, NhsNumber};
    ///
    /// let chi = NhsNumber::parse("111 111 1111")?.chi();
    /// assert_eq!(chi.map(|chi| chi.sex()), Some(ChiSex::Male));
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn sex(self) -> ChiSex {
        if (self.0.0 / 10).is_multiple_of(2) { ChiSex::Female } else { ChiSex::Male }
    }
}

/// The name of the type, without the digits: a date of birth identifies a patient too.
impl fmt::Debug for Chi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chi(••• ••• ••••)")
    }
}

/// The sex that a CHI number says: that recorded when it was issued.
///
/// # Example
/// ```
/// use farr::id::{ChiSex, NhsNumber};
///
/// assert_eq!(NhsNumber::parse("060 723 0002")?.chi().map(|chi| chi.sex()), Some(ChiSex::Female));
/// # Ok::<(), farr::id::NhsNumberError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChiSex {
    /// The ninth digit is even.
    Female,
    /// The ninth digit is odd.
    Male,
}

/// The years of birth that a CHI number admits, ascending: see [`Chi::years`].
///
/// # Example
/// ```
/// use farr::id::NhsNumber;
///
/// let chi = NhsNumber::parse("060 723 0002")?.chi().ok_or("not in the range of Scotland")?;
/// assert_eq!(chi.years().next(), Some(1823));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ChiYears {
    chi: Chi,
    century: u16,
}

impl Iterator for ChiYears {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        while self.century <= LAST_CENTURY {
            let year = self.century + u16::from(self.chi.year_of_century());
            self.century += 100;
            if (1..=days_in_month(self.chi.month(), year)).contains(&self.chi.day()) {
                return Some(year);
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(3))
    }
}

impl FusedIterator for ChiYears {}

/// The days of a month; none, if there is no such month.
fn days_in_month(month: u8, year: u16) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// People born before 1900 were alive when the register began, and records outlive patients.
const FIRST_CENTURY: u16 = 1800;
const LAST_CENTURY: u16 = 2000;

#[cfg(test)]
mod tests {
    use super::{Chi, ChiSex};
    use crate::id::nhs_number::NhsNumber;

    fn years(day_month_year: u64) -> Vec<u16> {
        Chi(NhsNumber(day_month_year * 10_000)).years().collect()
    }

    #[test]
    fn dates_that_exist_in_some_century_only() {
        assert_eq!(years(31_12_99), [1899, 1999, 2099]);
        assert_eq!(years(29_02_96), [1896, 1996, 2096]);
        assert_eq!(years(29_02_00), [2000]);
        for impossible in [29_02_01, 30_02_00, 31_04_50, 31_11_50, 1_00_50, 1_13_50, 1_99_50] {
            assert!(years(impossible).is_empty(), "{impossible}");
        }
    }

    #[test]
    fn exactly_the_dates_of_the_calendar_exist() {
        // 365 days of each of 100 years, and 25 leap days: 1900 has none, but 2000 has.
        let possible = (0..100).flat_map(|year| {
            (1..=31)
                .flat_map(move |day| (0..100).map(move |month| day * 10_000 + month * 100 + year))
        });
        assert_eq!(possible.filter(|&date| !years(date).is_empty()).count(), 36_525);
    }

    #[test]
    fn the_ninth_digit_is_the_sex() {
        for ninth in 0..10 {
            let chi = Chi(NhsNumber(101_500_000 + ninth * 10));
            let expected = if ninth % 2 == 0 { ChiSex::Female } else { ChiSex::Male };
            assert_eq!(chi.sex(), expected);
        }
    }

    #[test]
    fn debug_shows_nothing_of_the_patient() {
        let chi = Chi(NhsNumber(607_230_002));
        for text in [format!("{chi:?}"), format!("{:?}", chi.years()), format!("{:#?}", Some(chi))]
        {
            assert!(!text.contains("23") && !text.contains("0002"), "{text}");
        }
    }
}
