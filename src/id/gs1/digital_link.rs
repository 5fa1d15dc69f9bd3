//! GS1 Digital Link URIs: element strings as an address on the web.

use super::element_strings::Element;
use super::scan::{Rest, padded_gtin};
use super::{ApplicationIdentifier, Definition, ElementStrings, Gs1Error, Symbology, content};
use std::borrow::Cow;
use std::fmt;

/// A GS1 Digital Link URI: `https://any.domain/01/05012617019844/10/A1?17=271130`.
///
/// The end of the path is a primary key with its qualifiers in the order of the dictionary, and the
/// query has further application identifiers. They are element strings like those of a barcode; a
/// GTIN of 8, 12 or 13 digits is padded to 14. Any domain and any path before the key will do.
///
/// Not read are compressed URIs, which no one can read without the algorithm, and the words that
/// an early version had for keys (`/gtin/`): such a URI is refused with [`Gs1Error::NoKey`].
///
/// # Example
/// ```
/// use farr::id::gs1::Scan;
///
/// let scan = Scan::parse("https://shop.example/med/01/5012617019844/10/A%2F1?17=271130&lang=en")?;
/// let Scan::DigitalLink(link) = scan else { return Err("not a link".into()) };
/// assert_eq!(link.element_strings().batch_or_lot(), Some("A/1"));
/// assert_eq!(link.domain(), "shop.example");
/// assert_eq!(link.ignored(), [("lang", "en")]);
/// assert_eq!(
///     link.element_strings().digital_link()?.to_string(),
///     "https://id.gs1.org/01/05012617019844/10/A%2F1?17=271130"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The syntax is that of [GS1 Digital Link][dl].
///
/// [dl]: https://ref.gs1.org/standards/digital-link/uri-syntax/
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigitalLink<'t> {
    elements: ElementStrings<'t>,
    key: ApplicationIdentifier,
    domain: &'t str,
    ignored: Vec<(&'t str, &'t str)>,
}

impl<'t> DigitalLink<'t> {
    /// Returns the element strings: the key first, then its qualifiers, then those of the query.
    #[must_use]
    pub const fn element_strings(&self) -> &ElementStrings<'t> {
        &self.elements
    }

    /// Returns the element strings, for good.
    #[must_use]
    pub fn into_element_strings(self) -> ElementStrings<'t> {
        self.elements
    }

    /// Returns the primary key: what kind of thing the URI identifies. For an item it is (01).
    #[must_use]
    pub const fn key(&self) -> ApplicationIdentifier {
        self.key
    }

    /// Returns the domain, with a port or whatever else stands before the path.
    #[must_use]
    pub const fn domain(&self) -> &'t str {
        self.domain
    }

    /// Returns the keys and values of the query that are no application identifiers, as they are
    /// written. Nothing is made of them.
    #[must_use]
    pub fn ignored(&self) -> &[(&'t str, &'t str)] {
        &self.ignored
    }
}

/// The length of the scheme that begins a text; 0 if it is none of the web.
pub(super) fn scheme(text: &str) -> usize {
    let begins = |scheme: &&str| {
        let start = text.as_bytes().get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    if !text.starts_with(['h', 'H']) {
        return 0;
    }
    ["https://", "http://"].into_iter().find(begins).map_or(0, str::len)
}

pub(super) fn parse<'t>(
    uri: Rest<'t>,
    symbology: Option<Symbology>,
) -> Result<DigitalLink<'t>, Gs1Error> {
    let mut rest = uri;
    rest.skip(scheme(rest.text));
    let domain = until(rest.text, &['/', '?', '#']);
    if domain.is_empty() {
        return Err(Gs1Error::NoDomain { index: rest.index });
    }
    rest.skip(domain.len());
    let path = Rest { text: until(rest.text, &['?', '#']), index: rest.index };
    rest.skip(path.text.len());
    let mut elements = ElementStrings::new(symbology);
    let key = read_path(path, &mut elements)?;
    let mut ignored = Vec::new();
    if rest.text.starts_with('?') {
        rest.skip(1);
        let query = Rest { text: until(rest.text, &['#']), index: rest.index };
        read_query(query, &mut elements, &mut ignored)?;
    }
    Ok(DigitalLink { elements, key, domain, ignored })
}

fn until<'t>(text: &'t str, ends: &[char]) -> &'t str {
    text.split(ends).next().unwrap_or_default()
}

/// Reads the key and the qualifiers at the end of a path.
fn read_path<'t>(
    path: Rest<'t>,
    elements: &mut ElementStrings<'t>,
) -> Result<ApplicationIdentifier, Gs1Error> {
    let no_key = Gs1Error::NoKey { index: path.index };
    let text = path.text.strip_suffix('/').unwrap_or(path.text);
    let start = start_of_key(text).ok_or(no_key)?;
    let mut rest = Rest { text, index: path.index };
    rest.skip(start);
    let mut key: Option<(ApplicationIdentifier, &Definition)> = None;
    let mut qualifiers = Qualifiers::default();
    while !rest.text.is_empty() {
        // The slash before the digits.
        rest.skip(1);
        let index = rest.index;
        let (ai, definition) = rest.identifier()?;
        match key {
            None => key = Some((ai, definition)),
            Some((_, key)) => {
                if !qualifiers.add(key, ai) {
                    return Err(Gs1Error::Qualifier { ai, index });
                }
            }
        }
        rest.skip(1);
        let written = Rest { text: until(rest.text, &['/']), index: rest.index };
        rest.skip(written.text.len());
        elements.push(element(ai, definition, written)?)?;
    }
    key.map(|(ai, _)| ai).ok_or(no_key)
}

/// Where the last `/key/value` of a path begins whose key is a primary key, if what follows it is
/// pairs of application identifiers and values.
fn start_of_key(path: &str) -> Option<usize> {
    let mut end = path;
    loop {
        let (before, _) = end.rsplit_once('/')?;
        let (before, digits) = before.rsplit_once('/')?;
        let mut rest = Rest { text: digits, index: 0 };
        let (_, definition) = rest.identifier().ok()?;
        if !rest.text.is_empty() {
            return None;
        }
        if definition.key_qualifiers.is_some() {
            return Some(before.len());
        }
        end = before;
    }
}

/// The qualifiers of a path so far. No sequence of the dictionary is longer than three.
#[derive(Default)]
struct Qualifiers {
    numbers: [u16; 3],
    count: usize,
}

impl Qualifiers {
    /// Whether one more leaves them a part of a sequence of the key, in its order.
    fn add(&mut self, key: &Definition, ai: ApplicationIdentifier) -> bool {
        let Some(place) = self.numbers.get_mut(self.count) else { return false };
        *place = ai.0;
        self.count = self.count.saturating_add(1);
        let found = self.numbers.get(..self.count).unwrap_or_default();
        key.key_qualifiers.unwrap_or_default().iter().any(|sequence| {
            let mut sequence = sequence.iter();
            found.iter().all(|number| sequence.any(|next| next == number))
        })
    }
}

fn read_query<'t>(
    query: Rest<'t>,
    elements: &mut ElementStrings<'t>,
    ignored: &mut Vec<(&'t str, &'t str)>,
) -> Result<(), Gs1Error> {
    let mut rest = query;
    while !rest.text.is_empty() {
        let pair = until(rest.text, &['&', ';']);
        let index = rest.index;
        rest.skip(pair.len().saturating_add(1));
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if pair.is_empty() {
            continue;
        }
        let name = decoded(Rest { text: key, index })?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            ignored.push((key, value));
            continue;
        }
        let mut digits = Rest { text: &name, index };
        let (ai, definition) = digits.identifier()?;
        if !digits.text.is_empty() {
            let found = content::number(name.as_bytes());
            let found = found.and_then(|found| u16::try_from(found).ok()).unwrap_or(u16::MAX);
            return Err(Gs1Error::UnknownAi { index, found });
        }
        if !definition.is_data_attribute {
            return Err(Gs1Error::NotDataAttribute { ai, index });
        }
        // Without an equals sign there is no value, and nothing behind the key to point at.
        let index = index.saturating_add(pair.len().saturating_sub(value.len()));
        elements.push(element(ai, definition, Rest { text: value, index })?)?;
    }
    Ok(())
}

/// An element of a URI, its value still written with `%`.
fn element<'t>(
    ai: ApplicationIdentifier,
    definition: &'static Definition,
    written: Rest<'t>,
) -> Result<Element<'t>, Gs1Error> {
    let mut value = decoded(written)?;
    if ai.0 == 1 && matches!(value.len(), 8 | 12 | 13) {
        let padded = padded_gtin(&value);
        let padded = padded.map_err(|reason| Gs1Error::Gtin { index: written.index, reason });
        value = Cow::Owned(padded?);
    } else {
        content::check(ai, definition, &value, |offset| {
            written.index.saturating_add(position(written.text, offset))
        })?;
    }
    Ok(Element { ai, definition, value, index: written.index })
}

/// The text that is written with `%`.
fn decoded(written: Rest<'_>) -> Result<Cow<'_, str>, Gs1Error> {
    if !written.text.contains('%') {
        return Ok(Cow::Borrowed(written.text));
    }
    let mut bytes = Vec::with_capacity(written.text.len());
    let mut rest = written.text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let before = written.text.len().saturating_sub(rest.len()).saturating_sub(1);
        let wrong = Gs1Error::PercentEncoding { index: written.index.saturating_add(before) };
        let (digits, after) = rest.split_first_chunk::<2>().ok_or(wrong)?;
        let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
        let value = high.zip(low).and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
        bytes.push(value.ok_or(wrong)?);
        rest = after;
    }
    let text = String::from_utf8(bytes);
    text.map(Cow::Owned).map_err(|_| Gs1Error::PercentEncoding { index: written.index })
}

/// Where byte number `offset` of a value begins in its text with `%`.
fn position(written: &str, offset: usize) -> usize {
    let bytes = written.as_bytes();
    let mut index = 0_usize;
    for _ in 0..offset {
        index = index.saturating_add(if bytes.get(index) == Some(&b'%') { 3 } else { 1 });
    }
    index.min(bytes.len())
}

impl ElementStrings<'_> {
    /// Returns the element strings as a GS1 Digital Link URI of the domain `id.gs1.org`, to be
    /// printed. [`Scan::parse`](super::Scan::parse) reads it back, the key and its qualifiers
    /// first.
    ///
    /// The key is the first application identifier that can be one and leaves the rest a place.
    ///
    /// # Errors
    /// [`Gs1Error::NoKey`] where none can be the key, and [`Gs1Error::NotDataAttribute`] where one
    /// has no place: it is no qualifier of the key, and must not stand in a query.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("]d20105012617019844172711301021A\u{1d}21X77")?;
    /// let all = scan.element_strings().ok_or("no element strings")?;
    /// let uri = all.digital_link()?.to_string();
    /// assert_eq!(uri, "https://id.gs1.org/01/05012617019844/10/21A/21/X77?17=271130");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn digital_link(&self) -> Result<impl fmt::Display + '_, Gs1Error> {
        let mut first_error = None;
        for key in self {
            for qualifiers in sequences(key.definition) {
                let uri = Uri { elements: self, key, qualifiers };
                match self.iter().find(|element| !uri.has_place_for(element)) {
                    None => return Ok(uri),
                    Some(element) => {
                        first_error.get_or_insert(Gs1Error::NotDataAttribute {
                            ai: element.ai,
                            index: element.index,
                        });
                    }
                }
            }
        }
        Err(first_error.unwrap_or(Gs1Error::NoKey { index: 0 }))
    }
}

/// The sequences of qualifiers of a key, the empty one if it has none; nothing for what is no key.
fn sequences(definition: &Definition) -> impl Iterator<Item = &'static [u16]> {
    let none: &'static [&'static [u16]] = &[&[]];
    match definition.key_qualifiers {
        None => [].iter(),
        Some([]) => none.iter(),
        Some(sequences) => sequences.iter(),
    }
    .copied()
}

struct Uri<'e, 't> {
    elements: &'e ElementStrings<'t>,
    key: &'e Element<'t>,
    qualifiers: &'static [u16],
}

impl Uri<'_, '_> {
    fn is_in_path(&self, element: &Element<'_>) -> bool {
        element.ai == self.key.ai || self.qualifiers.contains(&element.ai.0)
    }

    fn has_place_for(&self, element: &Element<'_>) -> bool {
        self.is_in_path(element) || element.definition.is_data_attribute
    }
}

impl fmt::Display for Uri<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://id.gs1.org/{}/{}", self.key.ai, Encoded(self.key.value()))?;
        for number in self.qualifiers {
            if let Some(value) = self.elements.get(*number) {
                write!(f, "/{}/{}", ApplicationIdentifier(*number), Encoded(value))?;
            }
        }
        let query = self.elements.iter().filter(|element| !self.is_in_path(element));
        for (place, element) in query.enumerate() {
            let mark = if place == 0 { '?' } else { '&' };
            write!(f, "{mark}{}={}", element.ai, Encoded(element.value()))?;
        }
        Ok(())
    }
}

/// A value in which all but letters, digits and `-._~` is written with `%`.
struct Encoded<'e>(&'e str);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => {
                    write!(f, "{}", char::from(byte))?;
                }
                _ => write!(f, "%{byte:02X}")?,
            }
        }
        Ok(())
    }
}
