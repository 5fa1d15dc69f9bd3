//! A file of text, read stretch by stretch: each holds whole records, or whole lines.

use std::fs::File;
use std::io::{self, Read};

use indicatif::ProgressBar;
use memchr::{memchr, memchr_iter, memrchr};

use super::delimited::{Flaw, Record};
use super::encoding::{Encoding, Utf16Reader};
use crate::failure::Failure;
use crate::output::text::shown;

/// Bytes that are handed on in one go.
const STRETCH: usize = 1 << 19;
/// Bytes of a record at most: one that is longer has a quotation mark too many, or is no record.
const LONGEST: usize = 1 << 24;
/// What a file may begin with, which is no part of its first column's name.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Where one piece ends and the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Behind a record whose fields have this delimiter between them.
    Record(u8),
    /// Behind a line.
    Line,
}

/// Whole records or lines.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) bytes: Vec<u8>,
    /// The line that it begins on.
    pub(crate) line: u64,
}

/// The first record of delimited text, with what stands before it.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) bytes: Vec<u8>,
    pub(crate) record: Record,
    /// Where the record begins: behind a byte order mark.
    pub(crate) start: usize,
    pub(crate) delimiter: u8,
    pub(crate) names: Vec<String>,
}

impl Header {
    /// Where the column of this name stands.
    pub(crate) fn place(&self, name: &str) -> Result<usize, Failure> {
        place(&self.names, name)
    }
}

/// Where the only column of this name stands among the columns of a file.
pub(crate) fn place(names: &[String], name: &str) -> Result<usize, Failure> {
    let mut places = names.iter().enumerate().filter(|(_, found)| *found == name);
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Ok(place),
        (Some(_), Some(_)) => Err(Failure::Usage(format!("the file has several columns {name:?}"))),
        (None, _) => Err(Failure::Usage(format!(
            "the file has no column {name:?}; it has {}",
            names.iter().map(|found| shown(found)).collect::<Vec<_>>().join(", ")
        ))),
    }
}

/// A file of text under way.
pub(crate) struct TextSource {
    input: Box<dyn Read>,
    name: String,
    encoding: Encoding,
    /// Read, and not handed on.
    bytes: Vec<u8>,
    at_end: bool,
    /// The line that `bytes` begin on.
    line: u64,
    /// What is wrong with what stands at the beginning of `bytes`.
    flaw: Option<String>,
}

impl TextSource {
    /// Opens a file, or standard input. Without an encoding it is the one that the beginning tells;
    /// `bar` is moved by the bytes that are read.
    pub(crate) fn open(
        file: Option<&str>,
        encoding: Option<Encoding>,
        bar: &ProgressBar,
    ) -> Result<TextSource, Failure> {
        let (input, name): (Box<dyn Read>, String) = match file {
            None | Some("-") => (Box::new(bar.wrap_read(io::stdin())), "standard input".to_owned()),
            Some(path) => {
                let file =
                    File::open(path).map_err(|error| Failure::Input(format!("{path}: {error}")))?;
                (Box::new(bar.wrap_read(file)), path.to_owned())
            }
        };
        TextSource::of(input, name, encoding)
    }

    /// Reads on from somewhere else.
    pub(crate) fn of(
        input: Box<dyn Read>,
        name: String,
        encoding: Option<Encoding>,
    ) -> Result<TextSource, Failure> {
        let bytes = Vec::new();
        let (encoding, is_told) = (encoding.unwrap_or(Encoding::Utf8), encoding.is_some());
        let mut source =
            TextSource { input, name, encoding, bytes, at_end: false, line: 1, flaw: None };
        source.fill(STRETCH)?;
        if !is_told {
            source.encoding = Encoding::of(&source.bytes, source.at_end);
        }
        if source.encoding.is_utf16() {
            let raw = io::Cursor::new(std::mem::take(&mut source.bytes)).chain(source.input);
            source.input = Box::new(Utf16Reader::new(raw, source.encoding == Encoding::Utf16Be));
            source.at_end = false;
            source.fill(STRETCH)?;
        }
        Ok(source)
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How its text is encoded.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What it begins with, or goes on with.
    pub(crate) fn peek(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads on until so many bytes are there, or the end.
    fn fill(&mut self, wanted: usize) -> Result<(), Failure> {
        let missing = wanted.saturating_sub(self.bytes.len()) as u64;
        let read = self.input.by_ref().take(missing).read_to_end(&mut self.bytes);
        let read = read.map_err(|error| Failure::Input(format!("{}: {error}", self.name)))?;
        self.at_end |= (read as u64) < missing;
        Ok(())
    }

    /// A byte order mark, if the file begins with one; it is not handed on again.
    pub(crate) fn take_mark(&mut self) -> &'static [u8] {
        if !self.bytes.starts_with(MARK) {
            return b"";
        }
        self.bytes.drain(..MARK.len());
        MARK
    }

    /// The first record: a tab in it says what delimits.
    pub(crate) fn header(&mut self) -> Result<Header, Failure> {
        let start = if self.bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let first = self.bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = if first.contains(&b'\t') { b'\t' } else { b',' };
        if self.bytes.len() == start {
            return Err(Failure::Input(format!("{} is empty: it has no header", self.name)));
        }
        let record = self.first_record(start, delimiter)?;
        let cell = |at| self.encoding.decode(&record.content(&self.bytes, at)).trim().to_owned();
        let names = (0..record.fields.len()).map(cell).collect();
        let rest = self.bytes.split_off(record.next);
        let bytes = std::mem::replace(&mut self.bytes, rest);
        self.line += record.lines;
        Ok(Header { bytes, record, start, delimiter, names })
    }

    /// Refuses a list whose lines do not end as they have to.
    pub(crate) fn check_lines(&self) -> Result<(), Failure> {
        self.first_record(0, b',').map(|_| ())
    }

    /// The record that all begins with. Lines that end with a carriage return alone would all be in
    /// it, and no row would be left to judge.
    fn first_record(&self, start: usize, delimiter: u8) -> Result<Record, Failure> {
        let mut record = Record::default();
        let read = record.read(&self.bytes, start, delimiter, self.at_end);
        let first = self.bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let has_return = match read {
            Ok(()) => (0..record.fields.len()).any(|at| {
                let raw = record.raw(&self.bytes, at);
                !raw.starts_with(b"\"") && raw.trim_ascii_end().contains(&b'\r')
            }),
            Err(_) => !first.contains(&b'"') && first.trim_ascii_end().contains(&b'\r'),
        };
        let told = |flaw: &str| Failure::Input(format!("{}: {flaw}", self.name));
        if has_return {
            return Err(told(
                "line 1 has a carriage return without a line feed behind it. Lines that end so, as \
                 old Macintosh programs write them, are not read: save the file with others",
            ));
        }
        match read {
            Ok(()) => Ok(record),
            Err(Flaw::Unfinished) if !first.contains(&b'"') => {
                Err(told(&format!("line 1 is longer than {STRETCH} bytes")))
            }
            Err(flaw) => Err(told(&flaw.told(1))),
        }
    }

    /// The next whole records or lines; none at the end.
    ///
    /// # Errors
    ///
    /// A record without an end, once all before it is handed on.
    pub(crate) fn stretch(&mut self, unit: Unit) -> Result<Option<Stretch>, Failure> {
        let mut wanted = STRETCH;
        loop {
            if let Some(flaw) = self.flaw.take() {
                return Err(Failure::Input(format!("{}: {flaw}", self.name)));
            }
            self.fill(wanted)?;
            if self.bytes.is_empty() {
                return Ok(None);
            }
            let end = match unit {
                // Without a quotation mark a line is a record: the usual case, and the quick one.
                Unit::Record(delimiter) if memchr(b'"', &self.bytes).is_some() => {
                    self.behind_records(delimiter)
                }
                _ => self.behind_lines(),
            };
            if end > 0 {
                let mut rest = Vec::with_capacity(STRETCH);
                rest.extend_from_slice(self.bytes.get(end..).unwrap_or_default());
                self.bytes.truncate(end);
                let bytes = std::mem::replace(&mut self.bytes, rest);
                let line = self.line;
                self.line += memchr_iter(b'\n', &bytes).count() as u64;
                return Ok(Some(Stretch { bytes, line }));
            }
            if self.flaw.is_none() {
                wanted = self.bytes.len().saturating_mul(2);
            }
        }
    }

    fn behind_lines(&mut self) -> usize {
        if self.at_end {
            return self.bytes.len();
        }
        let end = memrchr(b'\n', &self.bytes).map_or(0, |at| at + 1);
        if end == 0 && self.bytes.len() >= LONGEST {
            self.flaw = Some(format!("line {} is longer than {LONGEST} bytes", self.line));
        }
        end
    }

    fn behind_records(&mut self, delimiter: u8) -> usize {
        let (mut record, mut end, mut line) = (Record::default(), 0, self.line);
        while end < self.bytes.len() {
            match record.read(&self.bytes, end, delimiter, self.at_end) {
                Ok(()) => {
                    end = record.next;
                    line += record.lines;
                }
                Err(Flaw::Unfinished) if !self.at_end && self.bytes.len() < LONGEST => break,
                Err(found) => {
                    self.flaw = Some(found.told(line));
                    break;
                }
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> TextSource {
        let input = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        TextSource::of(input, "the file".to_owned(), None).unwrap()
    }

    /// The line and length of every stretch, and what is wrong in the end.
    fn stretches(text: &str, unit: Unit) -> (Vec<(u64, usize)>, Option<String>) {
        let (mut source, mut all) = (source(text), Vec::new());
        loop {
            match source.stretch(unit) {
                Ok(Some(stretch)) => all.push((stretch.line, stretch.bytes.len())),
                Ok(None) => return (all, None),
                Err(failure) => return (all, Some(failure.to_string())),
            }
        }
    }

    #[test]
    fn stretches_are_whole() {
        let row = "12345678,\"a\nb\"\n";
        let rows = STRETCH / row.len();
        let text = row.repeat(rows + 10);
        let (all, flaw) = stretches(&text, Unit::Record(b','));
        assert_eq!(flaw, None);
        assert_eq!(all.iter().map(|(_, length)| length).sum::<usize>(), text.len());
        assert_eq!(all[0], (1, rows * row.len()));
        assert_eq!(all[1].0, 1 + 2 * rows as u64);
        let line = "x".repeat(STRETCH - 10) + "\n";
        let (all, _) = stretches(&(line.clone() + &"y".repeat(20)), Unit::Line);
        assert_eq!(all, [(1, line.len()), (2, 20)]);
        let long = "x".repeat(STRETCH * 2 + 10) + "\n";
        assert_eq!(stretches(&long, Unit::Line).0, [(1, long.len())]);
    }

    #[test]
    fn what_has_no_end_is_told_behind_what_has() {
        let (all, flaw) = stretches("a,b\n1,\"2\n3,4\n", Unit::Record(b','));
        assert_eq!(all, [(1, 4)]);
        let told = "the file: line 2 opens a quotation mark that is not closed";
        assert_eq!(flaw.as_deref(), Some(told));
        let (all, flaw) = stretches("\"a\"b\n", Unit::Record(b','));
        assert_eq!(all, []);
        assert!(flaw.unwrap().contains("line 1: something stands behind"));
        let endless = "x".repeat(LONGEST + 10);
        let (_, flaw) = stretches(&(endless + "\n"), Unit::Line);
        assert!(flaw.unwrap().contains("line 1 is longer"));
    }

    #[test]
    fn a_header_names_the_columns() {
        let mut tabs = source("\u{feff}code \t\"a, b\"\r\n1\t2\r\n");
        let header = tabs.header().unwrap();
        assert_eq!((header.delimiter, header.start), (b'\t', 3));
        assert_eq!(header.names, ["code", "a, b"]);
        assert_eq!(header.place("a, b").unwrap(), 1);
        assert!(header.place("b").unwrap_err().to_string().contains("it has code, a, b"));
        assert_eq!(tabs.stretch(Unit::Record(b'\t')).unwrap().unwrap().line, 2);
        assert!(source("\u{feff}").header().is_err());
        let named = source("\u{1b}]0;x\u{7},b\n").header().unwrap();
        let told = named.place("a").unwrap_err().to_string();
        assert!(told.ends_with("it has \\u{1b}]0;x\\u{7}, b"), "{told}");
        let twice = source("a,a\n").header().unwrap();
        assert!(twice.place("a").unwrap_err().to_string().contains("several"));
    }

    #[test]
    fn lines_that_end_with_a_carriage_return_alone_are_told_and_never_taken_for_one() {
        let told = |text: &str| source(text).header().map_err(|failure| failure.to_string());
        let long = "code,t\r".to_owned() + &"401004,a\r".repeat(STRETCH / 8);
        for text in ["code,t\r401004,a\r402006,b\r", "code\r401004", "\"code\",t\r1,2\r", &long] {
            assert!(told(text).unwrap_err().contains("line 1 has a carriage return"), "{text:.40}");
        }
        assert!(source("401004\r402006\r").check_lines().is_err());
        for text in ["code\r\n1\r\n", "code\r\r\n1\n", "code\r", "\"a\rb\",code\n1,2\n"] {
            assert!(told(text).is_ok(), "{text:?}");
            assert!(source(text).check_lines().is_ok(), "{text:?}");
        }
        let long = "x".repeat(STRETCH + 1);
        assert!(told(&long).unwrap_err().contains("line 1 is longer than"));
    }
}
