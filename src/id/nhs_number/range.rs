//! Who issues the numbers of a range.

use super::NhsNumber;

impl NhsNumber {
    /// Returns which range the number lies in: who issues it, or why nobody does.
    ///
    /// It says nothing of whether this number has been issued. Costs a few comparisons.
    ///
    /// # Example
    /// ```
    /// use farr::id::{NhsNumber, NhsNumberRange};
    ///
    /// let english = NhsNumber::parse("400 000 0004")?;
    /// assert_eq!(english.range(), NhsNumberRange::EnglandWalesIsleOfMan);
    /// assert_eq!(NhsNumber::parse("060 723 0002")?.range(), NhsNumberRange::Scotland);
    /// assert_eq!(NhsNumber::parse("320 000 0007")?.range(), NhsNumberRange::NorthernIreland);
    /// # Ok::<(), farr::id::NhsNumberError>(())
    /// ```
    #[must_use]
    pub const fn range(self) -> NhsNumberRange {
        match self.0 {
            100_000_000..=3_112_999_999 => NhsNumberRange::Scotland,
            3_113_000_000..=3_199_999_999 => NhsNumberRange::Unallocated,
            3_200_000_000..=3_999_999_999 => NhsNumberRange::NorthernIreland,
            4_000_000_000..=4_999_999_999 | 6_000_000_000..=7_999_999_999 => {
                NhsNumberRange::EnglandWalesIsleOfMan
            }
            8_000_000_000..=8_599_999_999 => NhsNumberRange::IrelandIhi,
            8_600_000_000..=8_999_999_999 => NhsNumberRange::Spare,
            9_990_000_000..=9_999_999_999 => NhsNumberRange::Test,
            _ => NhsNumberRange::NeverIssued,
        }
    }
}

/// The ranges that the ten-digit numbers of the islands are divided into.
///
/// The division is the one that the services publish in their guidance and that the open-source
/// validators share; there is no register of it that a machine can read. Where sources disagree,
/// the decision is written at the variant.
///
/// The standards are the [NHS number][nhs], the [CHI number][chi] and the
/// [Health and Care number][hc].
///
/// # Example
/// ```
/// use farr::id::NhsNumberRange;
///
/// assert!(NhsNumberRange::Scotland.is_issued());
/// assert!(!NhsNumberRange::Test.is_issued());
/// ```
///
/// [nhs]: https://www.datadictionary.nhs.uk/attributes/nhs_number.html
/// [chi]: https://www.datadictionary.nhs.uk/attributes/community_health_index_number.html
/// [hc]: https://www.datadictionary.nhs.uk/attributes/health_and_care_number.html
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NhsNumberRange {
    /// 010 000 0000 to 311 299 9999: CHI numbers of Scotland, which begin with a date of birth.
    ///
    /// The range is by days: 010 000 0000 has month 00, and is in it. That a date is not of the
    /// calendar is said by [`NhsNumber::plausibility`]. Numbers from 300 are in this range up to
    /// the last date, although some lists give all from 300 to England.
    Scotland,
    /// 320 000 0000 to 399 999 9999: Health and Care numbers of Northern Ireland.
    NorthernIreland,
    /// 400 000 0000 to 499 999 9999 and 600 000 0000 to 799 999 9999: NHS numbers of England, Wales
    /// and the Isle of Man.
    EnglandWalesIsleOfMan,
    /// 800 000 0000 to 859 999 9999: the core of Individual Health Identifiers of Ireland.
    ///
    /// The whole range is set aside for them, although those issued begin at 812.
    IrelandIhi,
    /// 311 300 0000 to 319 999 9999: between the last date of a CHI number and Northern Ireland.
    Unallocated,
    /// 860 000 0000 to 899 999 9999: held in reserve.
    Spare,
    /// 999 000 0000 to 999 999 9999: test data, never a patient.
    Test,
    /// 000 000 0000 to 009 999 9999, 500 000 0000 to 599 999 9999, and 900 000 0000 to
    /// 998 999 9999: not issued by anybody.
    ///
    /// Examples in guidance, and patients of some test systems, are from 9 as well as from 999.
    NeverIssued,
}

impl NhsNumberRange {
    /// Returns whether numbers of this range are issued to patients in the United Kingdom or the
    /// Isle of Man.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumberRange;
    ///
    /// assert!(NhsNumberRange::EnglandWalesIsleOfMan.is_issued());
    /// assert!(!NhsNumberRange::IrelandIhi.is_issued());
    /// ```
    #[must_use]
    pub const fn is_issued(self) -> bool {
        matches!(
            self,
            NhsNumberRange::Scotland
                | NhsNumberRange::NorthernIreland
                | NhsNumberRange::EnglandWalesIsleOfMan
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{NhsNumber, NhsNumberRange};

    /// The first value of each range; each ends where the next begins.
    const FIRSTS: [(u64, NhsNumberRange); 12] = [
        (0, NhsNumberRange::NeverIssued),
        (100_000_000, NhsNumberRange::Scotland),
        (3_113_000_000, NhsNumberRange::Unallocated),
        (3_200_000_000, NhsNumberRange::NorthernIreland),
        (4_000_000_000, NhsNumberRange::EnglandWalesIsleOfMan),
        (5_000_000_000, NhsNumberRange::NeverIssued),
        (6_000_000_000, NhsNumberRange::EnglandWalesIsleOfMan),
        (8_000_000_000, NhsNumberRange::IrelandIhi),
        (8_600_000_000, NhsNumberRange::Spare),
        (9_000_000_000, NhsNumberRange::NeverIssued),
        (9_990_000_000, NhsNumberRange::Test),
        (10_000_000_000, NhsNumberRange::NeverIssued),
    ];

    #[test]
    fn every_edge_lies_in_its_range() {
        for pair in FIRSTS.windows(2) {
            let [(first, range), (beyond, _)] = pair else { unreachable!() };
            assert_eq!(NhsNumber(*first).range(), *range, "{first}");
            assert_eq!(NhsNumber(beyond - 1).range(), *range, "{}", beyond - 1);
        }
    }
}
