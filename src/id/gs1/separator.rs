//! How scanners write the separator FNC1.

use super::CharacterSet;

/// The separator of the standard: the control character GS.
pub(super) const GS: char = '\u{1d}';

/// What scanners send where they cannot send a control character. Each has a character that no
/// value can have, so it is never data.
const NEVER_DATA: [&str; 14] = [
    "\u{1d}", "{gs}", "[gs]", "{fnc1}", "[fnc1]", "^]", "\\x1d", "\\u001d", "\\u{1d}", "\\035",
    "~1", "\u{241d}", "&#29;", "&#x1d;",
];

/// What is in CSET 82 as a whole, and so may be data.
const PERHAPS_DATA: [&str; 2] = ["<gs>", "<fnc1>"];

/// Whether `<GS>` and `<FNC1>` within a value are a separator.
///
/// All their characters are in CSET 82, so a batch number may contain them, if none ever will.
/// Where no value can have them they are a separator in any case: before an application identifier,
/// and in a value of digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AngleBrackets {
    /// Neither is assumed: the scan is refused with `AmbiguousSeparator`.
    #[default]
    Refuse,
    /// They are a separator.
    Separator,
    /// They are data.
    Data,
}

/// What is to be taken as a separator, beyond what is one in any case.
///
/// # Example
/// ```
/// use farr::id::gs1::{AngleBrackets, Gs1Error, Scan, ScanOptions};
///
/// let text = "010501261701984410A1<GS>2177";
/// assert!(matches!(Scan::parse(text), Err(Gs1Error::AmbiguousSeparator { index: 20, .. })));
///
/// let options = ScanOptions::new().angle_brackets(AngleBrackets::Separator);
/// let scan = Scan::parse_with(text, options)?;
/// let elements = scan.element_strings().ok_or("no element strings")?;
/// assert_eq!((elements.batch_or_lot(), elements.serial_number()), (Some("A1"), Some("77")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ScanOptions<'o> {
    separator: Option<&'o str>,
    angle_brackets: AngleBrackets,
}

impl<'o> ScanOptions<'o> {
    /// The options of [`Scan::parse`](super::Scan::parse).
    #[must_use]
    pub const fn new() -> ScanOptions<'o> {
        ScanOptions { separator: None, angle_brackets: AngleBrackets::Refuse }
    }

    /// Takes this text as a separator too, wherever it stands and even if it is legal data: the
    /// scanner is known to send it. An empty text is none.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::{Scan, ScanOptions};
    ///
    /// let options = ScanOptions::new().separator("%");
    /// let scan = Scan::parse_with("010501261701984410A1%2177", options)?;
    /// assert_eq!(scan.element_strings().and_then(|all| all.serial_number()), Some("77"));
    /// # Ok::<(), farr::id::gs1::Gs1Error>(())
    /// ```
    #[must_use]
    pub const fn separator(mut self, text: &'o str) -> ScanOptions<'o> {
        self.separator = if text.is_empty() { None } else { Some(text) };
        self
    }

    /// Says what `<GS>` and `<FNC1>` within a value are.
    #[must_use]
    pub const fn angle_brackets(mut self, meaning: AngleBrackets) -> ScanOptions<'o> {
        self.angle_brackets = meaning;
        self
    }

    /// The length of the separator that begins a text in which no value can go on; 0 if there is
    /// none.
    #[inline]
    pub(super) fn before_identifier(self, text: &str) -> usize {
        match text.as_bytes().first() {
            None | Some(b'0'..=b'9') if self.separator.is_none() => 0,
            _ => match self.certain(text) {
                0 => longest(text, &PERHAPS_DATA),
                length => length,
            },
        }
    }

    /// The length of the value that begins a text and of the separator after it. An error is the
    /// offset of what may be a separator or data.
    #[inline]
    pub(super) fn value(self, text: &str, last: CharacterSet) -> Result<(usize, usize), usize> {
        let first_of_own = self.separator.and_then(|own| own.as_bytes().first()).copied();
        let bytes = text.as_bytes();
        let mut start = 0_usize;
        loop {
            let mut rest = bytes.get(start..).unwrap_or_default().iter();
            let next = match first_of_own {
                None => rest.position(|byte| !is_plain(*byte)),
                own => rest.position(|byte| !is_plain(*byte) || Some(*byte) == own),
            };
            let Some(next) = next else { return Ok((text.len(), 0)) };
            let offset = start.saturating_add(next);
            start = offset.saturating_add(1);
            // In the middle of a character nothing begins.
            let Some(rest) = text.get(offset..) else { continue };
            match self.certain(rest) {
                0 => {}
                length => return Ok((offset, length)),
            }
            let length = longest(rest, &PERHAPS_DATA);
            if length > 0 {
                match self.angle_brackets {
                    // In a value of digits they cannot be data.
                    _ if last != CharacterSet::X => return Ok((offset, length)),
                    AngleBrackets::Separator => return Ok((offset, length)),
                    AngleBrackets::Data => {}
                    AngleBrackets::Refuse => return Err(offset),
                }
            }
        }
    }

    #[inline]
    fn certain(self, text: &str) -> usize {
        match self.separator {
            Some(own) if text.starts_with(own) => own.len(),
            _ => longest(text, &NEVER_DATA),
        }
    }
}

/// Whether no separator begins with this byte, except one of the caller.
#[inline]
#[allow(clippy::indexing_slicing, reason = "a byte is an index of 256")]
const fn is_plain(byte: u8) -> bool {
    PLAIN[byte as usize]
}

#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a table that is wrong does not compile"
)]
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] =
            CharacterSet::X.contains(byte as u8) && byte as u8 != b'<' && byte as u8 != b'&'
                || byte as u8 == b'#';
        byte += 1;
    }
    plain
};

/// The length of the spelling that begins a text, in any case; 0 if there is none.
fn longest(text: &str, spellings: &[&str]) -> usize {
    let begins = |spelling: &&&str| {
        let start = text.as_bytes().get(..spelling.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(spelling.as_bytes()))
    };
    spellings.iter().find(begins).map_or(0, |spelling| spelling.len())
}
