//! A code, written, without an allocation.

use std::fmt;
use std::ops::Deref;

/// A code as written in one of its forms: a few characters, held in the value itself.
///
/// It dereferences to `str`, and `Display` writes it with the width that is asked for.
///
/// # Example
/// ```
/// use farr::Icd10Code;
///
/// let code = Icd10Code::parse("I10")?;
/// assert_eq!(code.padded(), "I10X");
/// assert!(code.padded().ends_with('X'));
/// assert_eq!(format!("[{:>6}]", code.dotted()), "[   I10]");
/// # Ok::<(), farr::id::ClassificationCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeText {
    // What is beyond the length is zero, so that equal texts are equal values.
    bytes: [u8; LONGEST],
    length: u8,
}

/// The longest is a code of five characters with its point and a dagger of three bytes.
const LONGEST: usize = 9;

impl CodeText {
    pub(super) const EMPTY: CodeText = CodeText { bytes: [0; LONGEST], length: 0 };

    /// Returns the text with a character of ASCII behind it; the same text, if there is no room.
    #[must_use]
    pub(super) fn with(mut self, character: u8) -> CodeText {
        debug_assert!(character.is_ascii(), "a part of a character");
        if let Some(byte) = self.bytes.get_mut(usize::from(self.length)) {
            *byte = character;
            self.length = self.length.saturating_add(1);
        }
        self
    }

    /// Returns the text with another behind it.
    #[must_use]
    pub(super) fn with_text(mut self, text: &str) -> CodeText {
        let start = usize::from(self.length);
        let room = self.bytes.get_mut(start..start.saturating_add(text.len()));
        if let (Some(room), Ok(length)) = (room, u8::try_from(text.len())) {
            room.copy_from_slice(text.as_bytes());
            self.length = self.length.saturating_add(length);
        }
        self
    }

    /// Returns the text.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// assert_eq!(Icd10Code::parse("E119")?.dotted().as_str(), "E11.9");
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only whole characters are ever written, so there is always a text.
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl Deref for CodeText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for CodeText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<str> for CodeText {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == text
    }
}

impl PartialEq<&str> for CodeText {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

/// The text, padded to the width that the format asks for.
impl fmt::Display for CodeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text in quotes.
impl fmt::Debug for CodeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::CodeText;

    #[test]
    fn the_longest_text_fits_and_nothing_is_written_beyond_it() {
        let longest = CodeText::EMPTY.with_text("M45.X0").with_text("†");
        assert_eq!(longest, "M45.X0†");
        assert_eq!(longest.with(b'A'), longest);
        assert_eq!(longest.with_text("A"), longest);
        assert_eq!(CodeText::EMPTY.with(b'M').with_text("45"), CodeText::EMPTY.with_text("M45"));
        assert_eq!(CodeText::EMPTY.as_str(), "");
    }
}
