//! Where something stands in a text.

use std::fmt;

/// A place in a file: line and column, both from 1; columns are characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The character within the line.
    pub column: u64,
}

/// `LINE:COLUMN`, as editors take it behind the name of a file.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The lines of a text, to turn bytes into places; each at the same cost, however long its line is.
#[derive(Debug)]
pub(crate) struct Lines<'s> {
    text: &'s str,
    starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes.
    before: Vec<u64>,
}

/// Bytes whose characters are counted for a place; the rest is known.
const BLOCK: usize = 256;

/// How many characters begin among some bytes of UTF-8.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count() as u64
}

impl<'s> Lines<'s> {
    /// A line ends with a line feed, with a carriage return, or with both.
    pub(crate) fn of(text: &'s str) -> Lines<'s> {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at.saturating_add(1)) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at.saturating_add(1))).collect();
        let before = bytes.chunks(BLOCK).scan(0_u64, |count, block| {
            let before = *count;
            *count = count.saturating_add(characters(block));
            Some(before)
        });
        Lines { text, starts, before: before.collect() }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, at: usize) -> u64 {
        let at = at.min(self.text.len());
        let block = (at / BLOCK).min(self.before.len().saturating_sub(1));
        let within = self.text.as_bytes().get(block.saturating_mul(BLOCK)..at).unwrap_or_default();
        self.before.get(block).copied().unwrap_or_default().saturating_add(characters(within))
    }

    /// The place of a byte.
    pub(crate) fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied();
        let before = self.characters_before(start.unwrap_or_default());
        let within = self.characters_before(at).saturating_sub(before);
        Place { line: line as u64, column: within.saturating_add(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_has_a_line_and_a_character() {
        let text = "é,b\r\nc\rd\ne";
        let lines = Lines::of(text);
        let place = |what: &str| lines.place(text.find(what).unwrap()).to_string();
        assert_eq!(place("é"), "1:1");
        assert_eq!(place("b"), "1:3");
        assert_eq!(place("c"), "2:1");
        assert_eq!(place("d"), "3:1");
        assert_eq!(place("e"), "4:1");
        assert_eq!(Lines::of("").place(0).to_string(), "1:1");
    }

    #[test]
    fn a_place_in_a_long_line_is_counted_in_characters() {
        let text = format!("code\n{}", "é,b".repeat(1000));
        let lines = Lines::of(&text);
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = text.get(..at).unwrap();
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let column = before.get(start..).unwrap().chars().count() as u64 + 1;
            let line = before.matches('\n').count() as u64 + 1;
            assert_eq!(lines.place(at), Place { line, column }, "{at}");
        }
    }
}
