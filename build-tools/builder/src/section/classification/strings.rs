//! The pool of texts of a classification.

use std::collections::HashMap;

use crate::error::BuildError;

/// Texts one behind the other, equal ones once.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    starts: HashMap<String, u32>,
}

impl Strings {
    /// Where a text starts.
    pub(super) fn add(&mut self, text: &str) -> Result<u32, BuildError> {
        if let Some(start) = self.starts.get(text) {
            return Ok(*start);
        }
        let start = u32::try_from(self.text.len());
        let start =
            start.map_err(|_| BuildError::TooLarge { what: "texts of a classification" })?;
        self.text.push_str(text);
        self.starts.insert(text.to_owned(), start);
        Ok(start)
    }

    /// A text that was added.
    pub(super) fn text(&self, start: u32, length: u32) -> &str {
        &self.text[start as usize..(start + length) as usize]
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_stand_once() {
        let mut strings = Strings::default();
        let starts = ["one", "two", "one", ""].map(|text| strings.add(text).unwrap());
        assert_eq!(starts, [0, 3, 0, 6]);
        assert_eq!(strings.text(3, 3), "two");
        assert_eq!(strings.into_bytes(), b"onetwo");
    }
}
