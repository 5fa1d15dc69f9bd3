//! What a scanner says of the symbol that it read.

use std::fmt;

/// The kind of barcode, as the AIM symbology identifier before the data says ([ISO/IEC 15424][iso];
/// GS1 General Specifications, section 5.1.2).
///
/// # Example
/// ```
/// use farr::id::gs1::{Scan, Symbology};
///
/// let scan = Scan::parse("]d20105012617019844")?;
/// assert_eq!(scan.symbology(), Some(Symbology::Gs1DataMatrix));
/// assert_eq!(Symbology::Gs1DataMatrix.identifier(), "]d2");
/// # Ok::<(), farr::id::gs1::Gs1Error>(())
/// ```
///
/// [iso]: https://www.iso.org/standard/43894.html
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Symbology {
    /// `]C1`: GS1-128.
    Gs1128,
    /// `]d2`: GS1 DataMatrix, the code of medicine packs.
    Gs1DataMatrix,
    /// `]Q3`: GS1 QR Code.
    Gs1QrCode,
    /// `]J1`: GS1 DotCode.
    Gs1DotCode,
    /// `]e0`: GS1 DataBar, and GS1 Composite.
    Gs1DataBar,
    /// `]E0`: EAN-13, and UPC-A and UPC-E as 13 digits.
    Ean13,
    /// `]E1`: a two-digit add-on alone, which is no GTIN.
    AddOn2,
    /// `]E2`: a five-digit add-on alone, which is no GTIN.
    AddOn5,
    /// `]E3`: EAN-13 with an add-on. With the digits of the add-on it is refused by its length.
    Ean13WithAddOn,
    /// `]E4`: EAN-8.
    Ean8,
    /// `]d1`: Data Matrix not marked as GS1 data: a GS1 Digital Link URI only.
    DataMatrix,
    /// `]Q1`: QR Code not marked as GS1 data: a GS1 Digital Link URI only.
    QrCode,
}

/// What follows a symbology identifier.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Carries {
    ElementStrings,
    Gtin,
    Uri,
}

impl Symbology {
    const ALL: [Symbology; 12] = [
        Symbology::Gs1128,
        Symbology::Gs1DataMatrix,
        Symbology::Gs1QrCode,
        Symbology::Gs1DotCode,
        Symbology::Gs1DataBar,
        Symbology::Ean13,
        Symbology::AddOn2,
        Symbology::AddOn5,
        Symbology::Ean13WithAddOn,
        Symbology::Ean8,
        Symbology::DataMatrix,
        Symbology::QrCode,
    ];

    /// Returns the identifier: three characters, the first `]`.
    #[must_use]
    pub const fn identifier(self) -> &'static str {
        match self {
            Symbology::Gs1128 => "]C1",
            Symbology::Gs1DataMatrix => "]d2",
            Symbology::Gs1QrCode => "]Q3",
            Symbology::Gs1DotCode => "]J1",
            Symbology::Gs1DataBar => "]e0",
            Symbology::Ean13 => "]E0",
            Symbology::AddOn2 => "]E1",
            Symbology::AddOn5 => "]E2",
            Symbology::Ean13WithAddOn => "]E3",
            Symbology::Ean8 => "]E4",
            Symbology::DataMatrix => "]d1",
            Symbology::QrCode => "]Q1",
        }
    }

    /// The symbology whose identifier begins a text.
    pub(super) fn of_prefix(text: &str) -> Option<Symbology> {
        Symbology::ALL.into_iter().find(|symbology| text.starts_with(symbology.identifier()))
    }

    pub(super) const fn carries(self) -> Carries {
        match self {
            Symbology::Gs1128
            | Symbology::Gs1DataMatrix
            | Symbology::Gs1QrCode
            | Symbology::Gs1DotCode
            | Symbology::Gs1DataBar => Carries::ElementStrings,
            Symbology::Ean13
            | Symbology::AddOn2
            | Symbology::AddOn5
            | Symbology::Ean13WithAddOn
            | Symbology::Ean8 => Carries::Gtin,
            Symbology::DataMatrix | Symbology::QrCode => Carries::Uri,
        }
    }
}

/// The identifier.
impl fmt::Display for Symbology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.identifier())
    }
}
