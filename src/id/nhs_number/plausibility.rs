//! Whether a number that passes its check digit could be a patient's.

use super::{NhsNumber, NhsNumberRange};
use std::fmt;
use std::iter::FusedIterator;

impl NhsNumber {
    /// Returns every reason to doubt that the number is a patient's in the United Kingdom or the
    /// Isle of Man.
    ///
    /// One number in eleven passes the check digit by chance, and so do all ten of one repeated
    /// digit. No reason found is not a proof: only a tracing service knows whose number it is. A
    /// reason is a question to ask, not a licence to reject: a visitor from Ireland does have a
    /// number of the Irish range.
    ///
    /// Costs a few comparisons, and does not allocate.
    ///
    /// # Example
    /// ```
    /// use farr::id::{Implausibility, NhsNumber};
    ///
    /// assert!(NhsNumber::parse("400 000 0004")?.plausibility().is_plausible());
    ///
    /// let filler = NhsNumber::parse("999 999 9999")?.plausibility();
    /// let reasons: Vec<Implausibility> = filler.reasons().collect();
    /// assert_eq!(reasons, [Implausibility::RepeatedDigit, Implausibility::TestRange]);
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub fn plausibility(self) -> Plausibility {
        let mut found = Plausibility { bits: 0 };
        if self.0.is_multiple_of(1_111_111_111) {
            found.insert(Implausibility::RepeatedDigit);
        }
        match self.range() {
            NhsNumberRange::Scotland
            | NhsNumberRange::NorthernIreland
            | NhsNumberRange::EnglandWalesIsleOfMan => {}
            NhsNumberRange::NeverIssued => found.insert(Implausibility::NeverIssued),
            NhsNumberRange::Unallocated => found.insert(Implausibility::Unallocated),
            NhsNumberRange::Spare => found.insert(Implausibility::SpareRange),
            NhsNumberRange::Test => found.insert(Implausibility::TestRange),
            NhsNumberRange::IrelandIhi => found.insert(Implausibility::IrelandRange),
        }
        if self.chi().is_some_and(|chi| chi.years().next().is_none()) {
            found.insert(Implausibility::ImpossibleChiDate);
        }
        found
    }
}

/// A reason to doubt that a number is a patient's.
///
/// # Example
/// ```
/// use farr::id::Implausibility;
///
/// assert_eq!(
///     Implausibility::TestRange.to_string(),
///     "the number is of the range for test data",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Implausibility {
    /// All ten digits are the same. All ten such numbers pass the check digit, and people type them
    /// to get past a field.
    RepeatedDigit,
    /// The number is of [`NhsNumberRange::NeverIssued`].
    NeverIssued,
    /// The number is of [`NhsNumberRange::Unallocated`].
    Unallocated,
    /// The number is of [`NhsNumberRange::Spare`].
    SpareRange,
    /// The number is of [`NhsNumberRange::Test`].
    TestRange,
    /// The number is of [`NhsNumberRange::IrelandIhi`].
    IrelandRange,
    /// The number is of [`NhsNumberRange::Scotland`], and its first six digits are not a date of
    /// any century. 29 February 00 is possible: there was one in 2000.
    ImpossibleChiDate,
}

/// What to tell a person, without the digits of the number.
impl fmt::Display for Implausibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Implausibility::RepeatedDigit => "all ten digits are the same",
            Implausibility::NeverIssued => "the number is of a range that is not issued",
            Implausibility::Unallocated => "the number is of a range that is not allocated",
            Implausibility::SpareRange => "the number is of a range held in reserve",
            Implausibility::TestRange => "the number is of the range for test data",
            Implausibility::IrelandRange => "the number is of the range of Ireland",
            Implausibility::ImpossibleChiDate => {
                "the number is of the range of Scotland, and does not begin with a date of birth"
            }
        })
    }
}

/// All reasons to doubt that a number is a patient's: see [`NhsNumber::plausibility`].
///
/// It is `Copy` and takes one byte.
///
/// # Example
/// ```
/// use farr::id::{Implausibility, NhsNumber};
///
/// let plausibility = NhsNumber::parse("812 000 0005")?.plausibility();
/// assert!(plausibility.contains(Implausibility::IrelandRange));
/// assert_eq!(plausibility.into_iter().count(), 1);
/// # Ok::<(), farr::id::NhsNumberError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plausibility {
    bits: u8,
}

impl Plausibility {
    /// Returns whether there is no reason to doubt.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// assert!(!NhsNumber::parse("444 444 4444")?.plausibility().is_plausible());
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn is_plausible(self) -> bool {
        self.bits == 0
    }

    /// Returns whether `reason` is among the reasons.
    ///
    /// # Example
    /// ```
    /// use farr::id::{Implausibility, NhsNumber};
    ///
    /// let number = NhsNumber::parse("999 000 0018")?;
    /// assert!(number.plausibility().contains(Implausibility::TestRange));
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn contains(self, reason: Implausibility) -> bool {
        self.bits & bit(reason) != 0
    }

    /// Returns the reasons, in the order of the variants.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// for reason in NhsNumber::parse("999 000 0018")?.plausibility().reasons() {
    ///     println!("check this number: {reason}");
    /// }
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn reasons(self) -> PlausibilityReasons {
        PlausibilityReasons { left: self }
    }

    fn insert(&mut self, reason: Implausibility) {
        self.bits |= bit(reason);
    }
}

/// The set of reasons.
impl fmt::Debug for Plausibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(*self).finish()
    }
}

/// The reasons, as [`Plausibility::reasons`].
impl IntoIterator for Plausibility {
    type Item = Implausibility;
    type IntoIter = PlausibilityReasons;

    fn into_iter(self) -> PlausibilityReasons {
        self.reasons()
    }
}

/// The reasons of a [`Plausibility`], in the order of the variants.
///
/// # Example
/// ```
/// use farr::id::{Implausibility, NhsNumber};
///
/// let mut reasons = NhsNumber::parse("999 000 0018")?.plausibility().reasons();
/// assert_eq!(reasons.next(), Some(Implausibility::TestRange));
/// assert_eq!(reasons.next(), None);
/// # Ok::<(), farr::id::NhsNumberError>(())
/// ```
#[derive(Clone, Debug)]
pub struct PlausibilityReasons {
    left: Plausibility,
}

impl Iterator for PlausibilityReasons {
    type Item = Implausibility;

    fn next(&mut self) -> Option<Implausibility> {
        let reason = ALL.into_iter().find(|&reason| self.left.contains(reason))?;
        self.left.bits &= !bit(reason);
        Some(reason)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.left.bits.count_ones() as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for PlausibilityReasons {}

impl FusedIterator for PlausibilityReasons {}

const fn bit(reason: Implausibility) -> u8 {
    1 << reason as u8
}

const ALL: [Implausibility; 7] = [
    Implausibility::RepeatedDigit,
    Implausibility::NeverIssued,
    Implausibility::Unallocated,
    Implausibility::SpareRange,
    Implausibility::TestRange,
    Implausibility::IrelandRange,
    Implausibility::ImpossibleChiDate,
];

#[cfg(test)]
mod tests {
    use super::{ALL, Implausibility, bit};
    use crate::id::NhsNumber;

    fn reasons(text: &str) -> Vec<Implausibility> {
        NhsNumber::parse(text).expect(text).plausibility().reasons().collect()
    }

    #[test]
    fn one_number_for_each_answer() {
        use Implausibility::*;
        for (text, expected) in [
            ("4000000004", &[][..]),
            ("3200000007", &[]),
            ("0607230002", &[]),
            ("2902000006", &[]),
            ("0123456789", &[ImpossibleChiDate]),
            ("9876543210", &[NeverIssued]),
            ("9434765919", &[NeverIssued]),
            ("9990000018", &[TestRange]),
            ("3199999999", &[Unallocated]),
            ("0000000000", &[RepeatedDigit, NeverIssued]),
            ("1111111111", &[RepeatedDigit]),
            ("2222222222", &[RepeatedDigit, ImpossibleChiDate]),
            ("3333333333", &[RepeatedDigit]),
            ("4444444444", &[RepeatedDigit]),
            ("5555555555", &[RepeatedDigit, NeverIssued]),
            ("6666666666", &[RepeatedDigit]),
            ("7777777777", &[RepeatedDigit]),
            ("8888888888", &[RepeatedDigit, SpareRange]),
            ("9999999999", &[RepeatedDigit, TestRange]),
        ] {
            assert_eq!(reasons(text), expected, "{text}");
        }
    }

    #[test]
    fn every_reason_has_its_own_bit_and_words() {
        assert_eq!(ALL.into_iter().fold(0, |bits, reason| bits | bit(reason)).count_ones(), 7);
        for (index, reason) in ALL.into_iter().enumerate() {
            assert_eq!(bit(reason), 1 << index);
            assert!(!reason.to_string().is_empty());
        }
    }
}
