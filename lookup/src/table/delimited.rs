//! Delimited text, record by record: what a field says, and the bytes that it stands in.
//!
//! As RFC 4180 has it: a field that begins with a quotation mark ends at the next one that is not
//! doubled, and may hold delimiters and line ends. A record may end with a line feed, with or without
//! a carriage return, or at the end of the file.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2};

/// A record: where its bytes are, without its line end, and where each field is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) fields: Vec<Range<usize>>,
    /// Where the record ends, and where the next begins.
    pub(crate) end: usize,
    pub(crate) next: usize,
    /// Lines that it goes over.
    pub(crate) lines: u64,
}

/// Why a record cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Its bytes end in the middle of it: there may be more to come.
    Unfinished,
    /// Behind a closing quotation mark stands something else, so many lines below its beginning.
    BehindQuote(u64),
}

impl Flaw {
    /// What is wrong with a record that begins on a line.
    pub(crate) fn told(self, line: u64) -> String {
        match self {
            Flaw::Unfinished => format!("line {line} opens a quotation mark that is not closed"),
            Flaw::BehindQuote(below) => {
                format!("line {}: something stands behind a closing quotation mark", line + below)
            }
        }
    }
}

impl Record {
    /// Reads the record that begins at `start`. `is_last` says that nothing comes behind the bytes.
    pub(crate) fn read(
        &mut self,
        bytes: &[u8],
        start: usize,
        delimiter: u8,
        is_last: bool,
    ) -> Result<(), Flaw> {
        self.fields.clear();
        self.lines = 0;
        let mut field = start;
        loop {
            let mut at = field;
            if bytes.get(at) == Some(&b'"') {
                at = self.behind_quote(bytes, at + 1)?;
                let closes = match bytes.get(at) {
                    None => true,
                    Some(byte) => *byte == delimiter || matches!(byte, b'\n' | b'\r'),
                };
                if !closes {
                    return Err(Flaw::BehindQuote(self.lines));
                }
            } else {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = memchr2(delimiter, b'\n', rest);
                at += length.unwrap_or(rest.len());
            }
            match bytes.get(at) {
                Some(byte) if *byte == delimiter => {
                    self.fields.push(field..at);
                    field = at + 1;
                }
                None if !is_last => return Err(Flaw::Unfinished),
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => {
                    self.finish(field, at, at + 2);
                    return Ok(());
                }
                Some(b'\r') if at + 1 == bytes.len() && !is_last => return Err(Flaw::Unfinished),
                Some(b'\r') => return Err(Flaw::BehindQuote(self.lines)),
                Some(_) => {
                    let carriage = at > field && bytes.get(at - 1) == Some(&b'\r');
                    self.finish(field, at - usize::from(carriage), at + 1);
                    return Ok(());
                }
                None => {
                    self.finish(field, at, at);
                    return Ok(());
                }
            }
        }
    }

    fn finish(&mut self, field: usize, end: usize, next: usize) {
        self.fields.push(field..end);
        (self.end, self.next) = (end, next);
        self.lines += 1;
    }

    /// Where a quoted field is closed, counted from behind its first quotation mark.
    fn behind_quote(&mut self, bytes: &[u8], mut at: usize) -> Result<usize, Flaw> {
        loop {
            match bytes.get(at) {
                None => return Err(Flaw::Unfinished),
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => at += 2,
                Some(b'"') => return Ok(at + 1),
                Some(byte) => {
                    self.lines += u64::from(*byte == b'\n');
                    at += 1;
                }
            }
        }
    }

    /// Whether it is a line without anything.
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self.fields.as_slice(), [only] if only.is_empty())
    }

    /// The bytes that a field stands in, with its quotation marks; none where the record has fewer.
    pub(crate) fn raw<'b>(&self, bytes: &'b [u8], field: usize) -> &'b [u8] {
        let raw = self.fields.get(field).and_then(|range| bytes.get(range.clone()));
        raw.unwrap_or_default()
    }

    /// The bytes of what a field says.
    pub(crate) fn content<'b>(&self, bytes: &'b [u8], field: usize) -> Cow<'b, [u8]> {
        let raw = self.raw(bytes, field);
        let Some(quoted) = raw.strip_prefix(b"\"") else { return Cow::Borrowed(raw) };
        let quoted = quoted.strip_suffix(b"\"").unwrap_or(quoted);
        if memchr(b'"', quoted).is_none() {
            return Cow::Borrowed(quoted);
        }
        let mut single = Vec::with_capacity(quoted.len());
        let mut bytes = quoted.iter();
        while let Some(byte) = bytes.next() {
            single.push(*byte);
            if *byte == b'"' {
                // The second of two.
                bytes.next();
            }
        }
        Cow::Owned(single)
    }

    /// What a field of UTF-8 says; nothing where the record has fewer.
    pub(crate) fn cell<'b>(&self, bytes: &'b [u8], field: usize) -> Cow<'b, str> {
        match self.content(bytes, field) {
            Cow::Borrowed(content) => String::from_utf8_lossy(content),
            Cow::Owned(content) => Cow::Owned(String::from_utf8_lossy(&content).into_owned()),
        }
    }
}

/// Writes a field, between quotation marks where it has to be.
pub(crate) fn write_field(out: &mut Vec<u8>, text: &[u8], delimiter: u8) {
    let special = |byte: &u8| *byte == delimiter || matches!(*byte, b'"' | b'\n' | b'\r');
    if !text.iter().any(special) {
        out.extend_from_slice(text);
        return;
    }
    out.push(b'"');
    for byte in text {
        out.push(*byte);
        if *byte == b'"' {
            out.push(b'"');
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All records as cells, as they are read in one piece.
    fn records(text: &str, delimiter: u8) -> Result<Vec<Vec<String>>, Flaw> {
        let (mut record, mut start, mut all) = (Record::default(), 0, Vec::new());
        while start < text.len() {
            record.read(text.as_bytes(), start, delimiter, true)?;
            let cells = 0..record.fields.len();
            all.push(cells.map(|at| record.cell(text.as_bytes(), at).into_owned()).collect());
            start = record.next;
        }
        Ok(all)
    }

    #[test]
    fn records_are_those_that_another_reader_finds() {
        for text in [
            "a,b\n1,2\n",
            "a,b\r\n1,2",
            "\"a,\"\"x\"\"\",b\n\"1\n2\",\n",
            "é,\"ü\"\r\n,\n",
            "5\" nail,b\n",
        ] {
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> = reader
                .records()
                .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect();
            assert_eq!(records(text, b',').unwrap(), expected, "{text:?}");
        }
        assert_eq!(records("a\t\"b\tc\"\n", b'\t').unwrap(), [["a", "b\tc"]]);
    }

    #[test]
    fn what_has_no_end_is_not_read() {
        assert_eq!(records("a,\"b\nc", b','), Err(Flaw::Unfinished));
        assert_eq!(records("\"a\nb\"c,d\n", b','), Err(Flaw::BehindQuote(1)));
        let mut record = Record::default();
        for start in ["a,b", "a,\"b\"", "a,b\r", "a,\"b\"\r"] {
            let read = record.read(start.as_bytes(), 0, b',', false);
            assert_eq!(read, Err(Flaw::Unfinished), "{start:?}");
        }
        assert_eq!(record.read(b"\"a\nb\",c\nd", 0, b',', false), Ok(()));
        assert_eq!((record.lines, record.end, record.next), (2, 7, 8));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["plain", "a,b", "a\"b", "a\nb", "a\rb", ""] {
            let mut out = Vec::new();
            write_field(&mut out, text.as_bytes(), b',');
            write_field(&mut out, b",", b';');
            let line = String::from_utf8(out).unwrap();
            assert_eq!(records(&line, b',').unwrap()[0][0], text);
        }
    }
}
