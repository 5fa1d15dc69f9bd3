//! The four formats of a GTIN.

use super::Gtin;
use std::fmt;

/// The shortest standard form of a GTIN: how many of its 14 digits are not padding.
///
/// # Example
/// ```
/// use farr::id::{Gtin, GtinFormat};
///
/// assert_eq!(Gtin::parse("05012617019844")?.format(), GtinFormat::Gtin13);
/// assert_eq!(GtinFormat::Gtin13.digits(), 13);
/// # Ok::<(), farr::id::GtinError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GtinFormat {
    /// Eight digits, for small packs (EAN-8).
    Gtin8,
    /// Twelve digits, from North America (UPC-A).
    Gtin12,
    /// Thirteen digits (EAN-13), the form of most packs.
    Gtin13,
    /// Fourteen digits, the first an indicator from 1 to 9.
    Gtin14,
}

impl GtinFormat {
    /// Returns the number of digits: 8, 12, 13 or 14.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::id::GtinFormat::Gtin8.digits(), 8);
    /// ```
    #[must_use]
    pub const fn digits(self) -> usize {
        match self {
            GtinFormat::Gtin8 => 8,
            GtinFormat::Gtin12 => 12,
            GtinFormat::Gtin13 => 13,
            GtinFormat::Gtin14 => 14,
        }
    }
}

/// `GTIN-8`, `GTIN-12`, `GTIN-13` or `GTIN-14`.
impl fmt::Display for GtinFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GTIN-{}", self.digits())
    }
}

impl Gtin {
    /// Returns the shortest standard form that holds the number.
    ///
    /// A number of fewer than eight digits is a GTIN-8, and one of nine to eleven a GTIN-12, with
    /// zeros before it.
    ///
    /// # Example
    /// ```
    /// use farr::id::{Gtin, GtinFormat};
    ///
    /// assert_eq!(Gtin::parse("00000096385074")?.format(), GtinFormat::Gtin8);
    /// assert_eq!(Gtin::parse("0036000291452")?.format(), GtinFormat::Gtin12);
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    ///
    /// The forms are those of the [GS1 General Specifications][gs], section 3.3.2.
    ///
    /// [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications
    #[must_use]
    pub const fn format(self) -> GtinFormat {
        match self.value() {
            0..100_000_000 => GtinFormat::Gtin8,
            100_000_000..1_000_000_000_000 => GtinFormat::Gtin12,
            1_000_000_000_000..10_000_000_000_000 => GtinFormat::Gtin13,
            _ => GtinFormat::Gtin14,
        }
    }

    /// Returns the GTIN in its shortest standard form, to be printed: what stands under the bars of
    /// a pack.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::parse("05012617019844")?.shortest().to_string(), "5012617019844");
    /// assert_eq!(Gtin::parse("00000096385074")?.shortest().to_string(), "96385074");
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    pub const fn shortest(self) -> impl fmt::Display + Copy {
        Shortest(self)
    }

    /// Returns the eight digits of a GTIN-8, in ASCII; `None` for a longer one.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::parse("00000096385074")?.gtin_8(), Some(*b"96385074"));
    /// assert_eq!(Gtin::parse("5012617019844")?.gtin_8(), None);
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    pub fn gtin_8(self) -> Option<[u8; 8]> {
        self.last()
    }

    /// Returns twelve digits in ASCII, zeros before a GTIN-8; `None` for a longer one.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::parse("00036000291452")?.gtin_12(), Some(*b"036000291452"));
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    pub fn gtin_12(self) -> Option<[u8; 12]> {
        self.last()
    }

    /// Returns thirteen digits in ASCII, zeros before a GTIN-8 or a GTIN-12; `None` for a GTIN-14,
    /// whose indicator is not zero.
    ///
    /// # Example
    /// ```
    /// use farr::id::Gtin;
    ///
    /// assert_eq!(Gtin::parse("05012617019844")?.gtin_13(), Some(*b"5012617019844"));
    /// # Ok::<(), farr::id::GtinError>(())
    /// ```
    #[must_use]
    pub fn gtin_13(self) -> Option<[u8; 13]> {
        self.last()
    }

    /// The last digits, if all before them are zero.
    fn last<const LENGTH: usize>(self) -> Option<[u8; LENGTH]> {
        let digits = self.digits();
        let (padding, last) = digits.split_last_chunk()?;
        padding.iter().all(|digit| *digit == b'0').then_some(*last)
    }
}

#[derive(Clone, Copy)]
struct Shortest(Gtin);

impl fmt::Display for Shortest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.0.value(), width = self.0.format().digits())
    }
}
