//! Element strings once read: each value by its application identifier.

use super::association::{self, AssociationProblem};
use super::{ApplicationIdentifier, Definition, Gs1Error, Symbology};
use std::borrow::Cow;

/// Element strings: application identifiers, each once, and their values, in the order of the
/// barcode.
///
/// Every value has passed the checks of [`Scan::parse`](super::Scan::parse), so a typed answer is
/// `None` only where the application identifier is not there.
///
/// # Example
/// ```
/// use farr::id::gs1::Scan;
///
/// let scan = Scan::parse("(01)05012617019844(17)271130(10)A1(712)1234567")?;
/// let pack = scan.element_strings().ok_or("no element strings")?;
/// assert_eq!(pack.batch_or_lot(), Some("A1"));
/// assert_eq!(pack.get(712), Some("1234567"));
/// assert_eq!(pack.serial_number(), None);
/// let titles: Vec<_> = pack.iter().map(|element| element.definition().title()).collect();
/// assert_eq!(titles, ["GTIN", "USE BY or EXPIRY", "BATCH/LOT", "NHRN CN"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementStrings<'t> {
    elements: Vec<Element<'t>>,
    symbology: Option<Symbology>,
}

/// An application identifier and its value.
#[derive(Clone, Debug)]
pub struct Element<'t> {
    pub(super) ai: ApplicationIdentifier,
    pub(super) definition: &'static Definition,
    pub(super) value: Cow<'t, str>,
    pub(super) index: usize,
}

/// Equal are those of the same application identifier with the same value, wherever they stood.
impl PartialEq for Element<'_> {
    fn eq(&self, other: &Element<'_>) -> bool {
        self.ai == other.ai && self.value == other.value
    }
}

impl Eq for Element<'_> {}

impl Element<'_> {
    /// The application identifier.
    #[must_use]
    pub const fn application_identifier(&self) -> ApplicationIdentifier {
        self.ai
    }

    /// The value, without escapes.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Where the value stood in the scanned text, in bytes from its start.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// What the dictionary says of the application identifier.
    #[must_use]
    pub const fn definition(&self) -> &'static Definition {
        self.definition
    }
}

impl<'t> ElementStrings<'t> {
    pub(super) fn new(symbology: Option<Symbology>) -> ElementStrings<'t> {
        // As many as nearly all barcodes have.
        ElementStrings { elements: Vec::with_capacity(8), symbology }
    }

    /// Adds an element. The same one again is passed over.
    #[inline]
    pub(super) fn push(&mut self, element: Element<'t>) -> Result<(), Gs1Error> {
        match self.elements.iter().find(|other| other.ai == element.ai) {
            Some(other) if other.value == element.value => {}
            Some(&Element { index: first, .. }) => {
                return Err(Gs1Error::Repeated { ai: element.ai, index: element.index, first });
            }
            None => self.elements.push(element),
        }
        Ok(())
    }

    /// Returns all of them, in the order of the barcode.
    pub fn iter(&self) -> std::slice::Iter<'_, Element<'t>> {
        self.elements.iter()
    }

    /// Returns the value of the application identifier of this number; `None` where it is not
    /// there.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("(01)05012617019844(22)2A")?;
    /// assert_eq!(scan.element_strings().and_then(|all| all.get(22)), Some("2A"));
    /// # Ok::<(), farr::id::gs1::Gs1Error>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn get(&self, number: u16) -> Option<&str> {
        self.elements.iter().find(|element| element.ai.0 == number).map(Element::value)
    }

    /// Returns the kind of barcode, if the scanner said it.
    #[must_use]
    pub const fn symbology(&self) -> Option<Symbology> {
        self.symbology
    }

    /// Returns what is amiss between the application identifiers: one that must not be on the same
    /// item as another, and one that needs another that is not here.
    ///
    /// This is no part of reading, since it is a question about an item, and the item may carry
    /// several barcodes: what is missing here may be in another.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::{AssociationProblem, Scan};
    ///
    /// let scan = Scan::parse("(17)271130(10)A1(21)77(235)TPX")?;
    /// let all = scan.element_strings().ok_or("no element strings")?;
    /// let problems: Vec<_> = all.association_problems().map(|it| it.to_string()).collect();
    /// assert_eq!(problems[0], "(17) needs one of 01, 02, 03, 255, 8006, 8026 on the same item");
    /// assert!(problems.contains(&"(21) must not be on the same item as (235)".to_owned()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The rules are those of the [GS1 Barcode Syntax Dictionary][dictionary].
    ///
    /// [dictionary]: https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/
    pub fn association_problems(&self) -> impl Iterator<Item = AssociationProblem> + '_ {
        association::problems(&self.elements)
    }

    /// Returns the same element strings, kept apart from the scanned text: copies each value.
    #[must_use]
    pub fn into_owned(self) -> ElementStrings<'static> {
        let own = |element: Element<'t>| Element {
            ai: element.ai,
            definition: element.definition,
            value: Cow::Owned(element.value.into_owned()),
            index: element.index,
        };
        ElementStrings {
            elements: self.elements.into_iter().map(own).collect(),
            symbology: self.symbology,
        }
    }
}

impl<'e, 't> IntoIterator for &'e ElementStrings<'t> {
    type Item = &'e Element<'t>;
    type IntoIter = std::slice::Iter<'e, Element<'t>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
