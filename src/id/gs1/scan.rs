//! The text of a scan: which form it has, and its element strings.

use super::digital_link::{self, DigitalLink};
use super::element_strings::{Element, ElementStrings};
use super::separator::{GS, ScanOptions};
use super::symbology::Carries;
use super::{ApplicationIdentifier, CharacterSet, Definition, Gs1Error, Symbology, content, table};
use crate::id::{Gtin, GtinError};
use std::borrow::Cow;

/// The longest text that is read, in bytes: more than any barcode holds.
pub const LENGTH_LIMIT: usize = 8192;

/// What was scanned.
///
/// # Example
/// ```
/// use farr::id::gs1::Scan;
///
/// // A scanner in front of a medicine pack; GS is the control character 1D.
/// let scan = Scan::parse("]d2010501261701984417271130\u{1d}10A1\u{1d}21X77")?;
/// let Scan::ElementStrings(pack) = scan else { return Err("not element strings".into()) };
/// assert_eq!(pack.gtin().map(|gtin| gtin.to_string()).as_deref(), Some("05012617019844"));
/// assert_eq!(pack.expiry().map(|date| date.to_string()).as_deref(), Some("271130"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan<'t> {
    /// A GTIN alone, as EAN-13, EAN-8 and UPC-A carry it.
    Gtin {
        /// The GTIN.
        gtin: Gtin,
        /// What the scanner said of the symbol, if it did.
        symbology: Option<Symbology>,
    },
    /// Element strings: application identifiers and their values.
    ElementStrings(ElementStrings<'t>),
    /// A GS1 Digital Link URI.
    DigitalLink(DigitalLink<'t>),
}

impl<'t> Scan<'t> {
    /// Reads the text of a scan, of any of these forms:
    ///
    /// - a symbology identifier of element strings (`]C1`, `]d2`, `]Q3`, `]J1`, `]e0`) and element
    ///   strings in either form; of a GTIN (`]E0` to `]E4`) and its digits; of Data Matrix or QR
    ///   Code that is not marked as GS1 (`]d1`, `]Q1`) and a GS1 Digital Link URI;
    /// - element strings as a scanner sends them, `01…17…10…` with a separator after each value
    ///   that needs one. The separator is the control character 1D, or one of the texts that
    ///   scanners send in its place: `{GS}`, `[GS]`, `{FNC1}`, `[FNC1]`, `^]`, `~1`, `\x1d`,
    ///   `\u001d`, `\u{1d}`, `\035`, `&#29;`, `&#x1d;`, `␝`, in any case. For `<GS>` and `<FNC1>`
    ///   see [`AngleBrackets`](super::AngleBrackets). One before the first application identifier,
    ///   after the last value and after a value of predefined length is passed over;
    /// - element strings as people read them, `(01)…(17)…`, with `\(` for a bracket in a value, and
    ///   spaces before and after the application identifier or none;
    /// - `http://` or `https://`, a GS1 Digital Link URI;
    /// - 8, 12, 13 or 14 digits and nothing else: a GTIN. If their check digit is wrong, they are
    ///   a wrong GTIN, and no attempt is made at another reading.
    ///
    /// White space of ASCII around it all, such as the line end that scanners add, is ignored.
    ///
    /// Every value is checked: length, characters, check digit, and what else the dictionary
    /// prescribes and [`Check::coverage`](super::Check::coverage) names. Whether the application
    /// identifiers belong together is another question, see
    /// [`ElementStrings::association_problems`].
    ///
    /// Costs a few hundred nanoseconds for a medicine pack, one allocation, and copies no value unless
    /// it is written with `\(` or with `%`.
    ///
    /// # Errors
    /// [`Gs1Error`], the first from the left.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::{Gs1Error, Scan};
    ///
    /// assert!(matches!(Scan::parse("5012617019844")?, Scan::Gtin { .. }));
    /// assert!(matches!(Scan::parse("(01)05012617019844(10)A1")?, Scan::ElementStrings(_)));
    /// assert!(matches!(
    ///     Scan::parse("https://example.org/01/05012617019844")?,
    ///     Scan::DigitalLink(_)
    /// ));
    /// assert!(matches!(Scan::parse("(18)271130"), Err(Gs1Error::UnknownAi { found: 18, .. })));
    /// # Ok::<(), Gs1Error>(())
    /// ```
    ///
    /// The forms are those of the [GS1 General Specifications][gs], section 7.8, and of [GS1
    /// Digital Link][dl].
    ///
    /// [gs]: https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications
    /// [dl]: https://ref.gs1.org/standards/digital-link/uri-syntax/
    pub fn parse(text: &'t str) -> Result<Scan<'t>, Gs1Error> {
        Scan::parse_with(text, ScanOptions::new())
    }

    /// Reads the text of a scan, of a scanner whose separators are known: [`Scan::parse`] with
    /// options.
    ///
    /// # Errors
    /// As [`Scan::parse`].
    pub fn parse_with(text: &'t str, options: ScanOptions<'_>) -> Result<Scan<'t>, Gs1Error> {
        if text.len() > LENGTH_LIMIT {
            return Err(Gs1Error::TooLong { length: text.len() });
        }
        let data = text.trim_end_matches(is_white_space);
        let mut rest = Rest { text: data, index: 0 };
        rest.skip(data.len().saturating_sub(data.trim_start_matches(is_white_space).len()));
        let symbology = if rest.text.starts_with(']') {
            let found = Symbology::of_prefix(rest.text);
            let found = found.ok_or(Gs1Error::UnknownSymbology { index: rest.index })?;
            rest.skip(found.identifier().len());
            Some(found)
        } else {
            None
        };
        if rest.text.is_empty() {
            return Err(Gs1Error::Empty);
        }
        let is_uri = digital_link::scheme(rest.text) > 0;
        match symbology.map(Symbology::carries) {
            Some(Carries::Gtin) => gtin(rest, symbology),
            _ if is_uri => digital_link::parse(rest, symbology).map(Scan::DigitalLink),
            Some(Carries::Uri) => match symbology {
                Some(symbology) => Err(Gs1Error::NotGs1 { symbology }),
                None => Err(Gs1Error::Empty),
            },
            None if is_gtin(rest.text) => gtin(rest, None),
            _ => element_strings(rest, symbology, options).map(Scan::ElementStrings),
        }
    }

    /// Returns the GTIN of the item, in whichever form it was scanned: alone, or the value of (01).
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let forms = ["5012617019844", "(01)05012617019844", "https://id.gs1.org/01/5012617019844"];
    /// for text in forms {
    ///     let gtin = Scan::parse(text)?.gtin().ok_or("no GTIN")?;
    ///     assert_eq!(gtin.value(), 5_012_617_019_844);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn gtin(&self) -> Option<Gtin> {
        match self {
            Scan::Gtin { gtin, .. } => Some(*gtin),
            Scan::ElementStrings(_) | Scan::DigitalLink(_) => {
                self.element_strings().and_then(ElementStrings::gtin)
            }
        }
    }

    /// Returns the element strings, also those of a GS1 Digital Link URI; `None` for a GTIN alone.
    #[must_use]
    pub const fn element_strings(&self) -> Option<&ElementStrings<'t>> {
        match self {
            Scan::Gtin { .. } => None,
            Scan::ElementStrings(elements) => Some(elements),
            Scan::DigitalLink(link) => Some(link.element_strings()),
        }
    }

    /// Returns the kind of barcode, if the scanner said it.
    #[must_use]
    pub const fn symbology(&self) -> Option<Symbology> {
        match self {
            Scan::Gtin { symbology, .. } => *symbology,
            Scan::ElementStrings(elements) => elements.symbology(),
            Scan::DigitalLink(link) => link.element_strings().symbology(),
        }
    }
}

/// What is still to be read, and where it stands in the input.
#[derive(Clone, Copy)]
pub(super) struct Rest<'t> {
    pub(super) text: &'t str,
    pub(super) index: usize,
}

impl<'t> Rest<'t> {
    /// Passes over some bytes, which end at a boundary of characters.
    #[inline]
    pub(super) fn skip(&mut self, bytes: usize) {
        self.text = self.text.get(bytes..).unwrap_or_default();
        self.index = self.index.saturating_add(bytes);
    }

    /// Takes the application identifier that begins here.
    #[inline]
    pub(super) fn identifier(
        &mut self,
    ) -> Result<(ApplicationIdentifier, &'static Definition), Gs1Error> {
        let expected = Gs1Error::ApplicationIdentifierExpected { index: self.index };
        let number = |length: usize| {
            let digits = self.text.as_bytes().get(..length)?;
            content::number(digits).and_then(|number| u16::try_from(number).ok())
        };
        let first_two = number(2).ok_or(expected)?;
        let length = table::digits(first_two);
        if length == 0 {
            return Err(Gs1Error::UnknownAi { index: self.index, found: first_two });
        }
        let found = number(length).ok_or(expected)?;
        let unknown = Gs1Error::UnknownAi { index: self.index, found };
        let definition = table::find(found).ok_or(unknown)?;
        self.skip(length);
        Ok((ApplicationIdentifier(found), definition))
    }
}

const fn is_white_space(character: char) -> bool {
    character.is_ascii_whitespace()
}

fn is_gtin(text: &str) -> bool {
    matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn gtin<'t>(rest: Rest<'t>, symbology: Option<Symbology>) -> Result<Scan<'t>, Gs1Error> {
    match Gtin::parse(rest.text) {
        Ok(gtin) => Ok(Scan::Gtin { gtin, symbology }),
        Err(reason) => Err(Gs1Error::Gtin { index: rest.index, reason }),
    }
}

fn element_strings<'t>(
    mut rest: Rest<'t>,
    symbology: Option<Symbology>,
    options: ScanOptions<'_>,
) -> Result<ElementStrings<'t>, Gs1Error> {
    let mut elements = ElementStrings::new(symbology);
    rest.skip(options.before_identifier(rest.text));
    if rest.text.is_empty() {
        return Err(Gs1Error::Empty);
    }
    if rest.text.starts_with('(') {
        while !rest.text.is_empty() {
            elements.push(bracketed(&mut rest)?)?;
        }
    } else {
        while !rest.text.is_empty() {
            elements.push(raw(&mut rest, options)?)?;
        }
    }
    Ok(elements)
}

/// An element string as a scanner sends it.
#[inline]
fn raw<'t>(rest: &mut Rest<'t>, options: ScanOptions<'_>) -> Result<Element<'t>, Gs1Error> {
    let (ai, definition) = rest.identifier()?;
    let index = rest.index;
    let (value, separator) = if definition.has_predefined_length {
        let value = predefined(rest.text, definition, options);
        (value, options.before_identifier(rest.text.get(value.len()..).unwrap_or_default()))
    } else {
        let last = definition.components.last().map_or(CharacterSet::N, |last| last.characters);
        match options.value(rest.text, last) {
            Ok((length, separator)) => (rest.text.get(..length).unwrap_or_default(), separator),
            Err(offset) => {
                let index = index.saturating_add(offset);
                return Err(Gs1Error::AmbiguousSeparator { ai, index });
            }
        }
    };
    content::check(ai, definition, value, |offset| index.saturating_add(offset))?;
    rest.skip(value.len().saturating_add(separator));
    Ok(Element { ai, definition, value: Cow::Borrowed(value), index })
}

/// As many characters as the value has, or those up to a separator if it is too short. Values of
/// predefined length are digits.
fn predefined<'t>(text: &'t str, definition: &Definition, options: ScanOptions<'_>) -> &'t str {
    let length = definition.components.first().map_or(0, |digits| digits.maximum);
    match text.get(..length) {
        Some(value) if value.bytes().all(|byte| CharacterSet::N.contains(byte)) => value,
        _ => {
            let (end, _) = options.value(text, CharacterSet::N).unwrap_or((text.len(), 0));
            let value = text.get(..end).unwrap_or_default();
            // Not in the middle of a character: the check finds it, whole.
            let length = (length..end).find(|length| value.is_char_boundary(*length));
            length.and_then(|length| value.get(..length)).unwrap_or(value)
        }
    }
}

/// An element string as people read it.
fn bracketed<'t>(rest: &mut Rest<'t>) -> Result<Element<'t>, Gs1Error> {
    let expected = Gs1Error::ApplicationIdentifierExpected { index: rest.index };
    if !rest.text.starts_with('(') {
        return Err(expected);
    }
    rest.skip(1);
    let (ai, definition) = rest.identifier()?;
    if !rest.text.starts_with(')') {
        return Err(expected);
    }
    rest.skip(1);
    skip_spaces(rest);
    let index = rest.index;
    let (length, has_escapes) = until_bracket(rest.text);
    let written = rest.text.get(..length).unwrap_or_default();
    let written = written.trim_end_matches([' ', GS]);
    rest.skip(length);
    let value =
        if has_escapes { Cow::Owned(written.replace("\\(", "(")) } else { Cow::Borrowed(written) };
    content::check(ai, definition, &value, |offset| {
        index.saturating_add(if has_escapes { escaped(written, offset) } else { offset })
    })?;
    Ok(Element { ai, definition, value, index })
}

fn skip_spaces(rest: &mut Rest<'_>) {
    let spaces = rest.text.bytes().take_while(|byte| *byte == b' ').count();
    rest.skip(spaces);
}

/// The length of a value up to the next bracket, and whether one in it is escaped.
fn until_bracket(text: &str) -> (usize, bool) {
    let mut has_escapes = false;
    let mut before = 0;
    for (offset, byte) in text.bytes().enumerate() {
        match (before, byte) {
            (b'\\', b'(') => has_escapes = true,
            (_, b'(') => return (offset, has_escapes),
            _ => {}
        }
        before = byte;
    }
    (text.len(), has_escapes)
}

/// Where byte number `offset` of a value stands in its text with `\(`.
fn escaped(written: &str, offset: usize) -> usize {
    let bytes = written.as_bytes();
    let is_escape = |index: usize| bytes.get(index..).is_some_and(|rest| rest.starts_with(b"\\("));
    let places = (0..bytes.len()).filter(|index| !is_escape(*index));
    places.chain([bytes.len()]).nth(offset).unwrap_or(bytes.len())
}

/// The GTIN of a path, 8, 12 or 13 digits of it padded.
pub(super) fn padded_gtin(digits: &str) -> Result<String, GtinError> {
    Gtin::parse(digits).map(|gtin| gtin.to_string())
}
