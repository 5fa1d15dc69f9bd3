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

/// The lines of a text, to turn bytes into places.
#[derive(Debug)]
pub(crate) struct Lines<'s> {
    text: &'s str,
    starts: Vec<usize>,
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
        Lines { text, starts }
    }

    /// The place of a byte.
    pub(crate) fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied();
        let before = self.text.get(start.unwrap_or_default()..at).unwrap_or_default();
        Place { line: line as u64, column: (before.chars().count() as u64).saturating_add(1) }
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
}
