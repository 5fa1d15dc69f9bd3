//! XML as dm+d has it: records of elements that hold text alone.

use super::day::Day;
use crate::xml::escaped;
use rayon::prelude::*;
use std::fmt::{self, Write as _};
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::ops::Range;
use std::path::Path;

/// How many parts are rendered before they are written: bounds the memory of a large release.
const PARTS_AT_ONCE: usize = 16;
/// Items rendered by one task.
const ITEMS_OF_PART: usize = 2048;

/// Where a file breaks its lines. Real files have done each of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Nowhere.
    OneLine,
    /// After each record.
    LineOfRecord,
    /// After each element, which is indented.
    Indented,
}

/// The records of a part of a file.
#[derive(Debug)]
pub(crate) struct Records {
    layout: Layout,
    bytes: String,
    count: u64,
    record: &'static str,
    /// The elements of the record at work, and where each of them stands.
    elements: String,
    spans: Vec<Range<usize>>,
}

impl Records {
    fn new(layout: Layout) -> Self {
        Self {
            layout,
            bytes: String::new(),
            count: 0,
            record: "",
            elements: String::new(),
            spans: Vec::new(),
        }
    }

    /// Begins a record.
    pub(crate) fn start(&mut self, record: &'static str) -> &mut Self {
        self.record = record;
        self.elements.clear();
        self.spans.clear();
        self
    }

    fn element(&mut self, name: &str, write: impl FnOnce(&mut String)) -> &mut Self {
        let start = self.elements.len();
        self.elements.push('<');
        self.elements.push_str(name);
        self.elements.push('>');
        write(&mut self.elements);
        self.elements.push_str("</");
        self.elements.push_str(name);
        self.elements.push('>');
        self.spans.push(start..self.elements.len());
        self
    }

    fn display(&mut self, name: &str, value: impl fmt::Display) -> &mut Self {
        self.element(name, |text| {
            let _ = write!(text, "{value}");
        })
    }

    /// A number; nothing where there is none, as with the other kinds of element.
    pub(crate) fn number(&mut self, name: &str, value: impl Into<Option<u64>>) -> &mut Self {
        match value.into() {
            Some(value) => self.display(name, value),
            None => self,
        }
    }

    /// A code of a lookup list, in four digits.
    pub(crate) fn code(&mut self, name: &str, value: impl Into<Option<u16>>) -> &mut Self {
        match value.into() {
            Some(value) => self.display(name, format_args!("{value:04}")),
            None => self,
        }
    }

    /// A flag, which is there when it is true.
    pub(crate) fn flag(&mut self, name: &str, value: bool) -> &mut Self {
        self.code(name, value.then_some(1))
    }

    pub(crate) fn date(&mut self, name: &str, value: impl Into<Option<Day>>) -> &mut Self {
        match value.into() {
            Some(value) => self.display(name, value),
            None => self,
        }
    }

    /// A number of thousandths as a decimal.
    pub(crate) fn decimal(&mut self, name: &str, value: impl Into<Option<u64>>) -> &mut Self {
        match value.into() {
            Some(value) => self.display(name, Decimal(value)),
            None => self,
        }
    }

    pub(crate) fn text<'a>(&mut self, name: &str, value: impl Into<Option<&'a str>>) -> &mut Self {
        match value.into() {
            Some(value) => self.element(name, |text| text.push_str(&escaped(value))),
            None => self,
        }
    }

    /// An element of further elements.
    pub(crate) fn nested(&mut self, name: &str, write: impl FnOnce(&mut Self)) -> &mut Self {
        let start = self.elements.len();
        let before = self.spans.len();
        self.elements.push('<');
        self.elements.push_str(name);
        self.elements.push('>');
        write(self);
        self.elements.push_str("</");
        self.elements.push_str(name);
        self.elements.push('>');
        self.spans.truncate(before);
        self.spans.push(start..self.elements.len());
        self
    }

    /// Ends a record, with its elements in the order they were given.
    pub(crate) fn end(&mut self) {
        self.end_turned(0);
    }

    /// Ends a record with so many of its elements moved from the front to the back: records that
    /// are `xs:all` have no order.
    pub(crate) fn end_turned(&mut self, turn: usize) {
        let (line, indent, inner) = match self.layout {
            Layout::OneLine => ("", "", ""),
            Layout::LineOfRecord => ("\n", "", ""),
            Layout::Indented => ("\n", "  ", "\n    "),
        };
        let turn = turn % self.spans.len().max(1);
        let _ = write!(self.bytes, "{indent}<{}>", self.record);
        for span in self.spans[turn..].iter().chain(&self.spans[..turn]) {
            self.bytes.push_str(inner);
            self.bytes.push_str(&self.elements[span.clone()]);
        }
        let close = if inner.is_empty() { "" } else { "\n  " };
        let _ = write!(self.bytes, "{close}</{}>{line}", self.record);
        self.count += 1;
    }
}

/// Thousandths, without the zeros at the end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal(pub(crate) u64);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / 1000)?;
        match self.0 % 1000 {
            0 => Ok(()),
            rest if rest % 100 == 0 => write!(f, ".{}", rest / 100),
            rest if rest % 10 == 0 => write!(f, ".{:02}", rest / 10),
            rest => write!(f, ".{rest:03}"),
        }
    }
}

/// A collection of records: the element around them, or nothing where they stand in the root; the
/// number of items to render; and what renders the records of an item.
pub(crate) type Collection<'a> =
    (Option<&'static str>, usize, Box<dyn Fn(usize, &mut Records) + Sync + 'a>);

/// A file: its root, the name of its schema, and its collections in the order of the schema.
pub(crate) struct Document<'a> {
    pub(crate) root: &'static str,
    pub(crate) schema: &'static str,
    pub(crate) layout: Layout,
    pub(crate) collections: Vec<Collection<'a>>,
}

impl Document<'_> {
    /// Writes the file, rendered in parallel and in order; gives the number of records.
    pub(crate) fn write(&self, path: &Path) -> io::Result<u64> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        let line = if self.layout == Layout::OneLine { "" } else { "\n" };
        write!(
            file,
            "<?xml version=\"1.0\" encoding=\"utf-8\" ?>{line}<{} \
             xsi:noNamespaceSchemaLocation=\"{}\" xmlns=\"\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"  >\
             <!-- Generated by farr-synth -->{line}",
            self.root, self.schema
        )?;
        let mut count = 0;
        for (name, items, render) in &self.collections {
            if let Some(name) = name {
                write!(file, "<{name}>{line}")?;
            }
            let parts = items.div_ceil(ITEMS_OF_PART);
            for first in (0..parts).step_by(PARTS_AT_ONCE) {
                let rendered: Vec<Records> = (first..parts.min(first + PARTS_AT_ONCE))
                    .into_par_iter()
                    .map(|part| {
                        let mut records = Records::new(self.layout);
                        let start = part * ITEMS_OF_PART;
                        for item in start..(start + ITEMS_OF_PART).min(*items) {
                            render(item, &mut records);
                        }
                        records
                    })
                    .collect();
                for records in rendered {
                    file.write_all(records.bytes.as_bytes())?;
                    count += records.count;
                }
            }
            if let Some(name) = name {
                write!(file, "</{name}>{line}")?;
            }
        }
        write!(file, "</{}>{line}", self.root)?;
        file.flush()?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_escaped_and_turned() {
        let mut records = Records::new(Layout::OneLine);
        records.start("VMP").number("VPID", 7).number("VTMID", None).text("NM", "<4\" & 5'>");
        records.code("BASISCD", 1).decimal("UDFS", 2_500).flag("SUG_F", false).end_turned(1);
        let expected = "<VMP><NM>&lt;4&quot; &amp; 5&apos;&gt;</NM><BASISCD>0001</BASISCD>\
                        <UDFS>2.5</UDFS><VPID>7</VPID></VMP>";
        assert_eq!(records.bytes, expected);
        assert_eq!(
            [1_000, 10, 12, 125].map(|n| Decimal(n).to_string()),
            ["1", "0.01", "0.012", "0.125"]
        );
    }

    #[test]
    fn elements_can_be_indented_and_nested() {
        let mut records = Records::new(Layout::Indented);
        records.start("AMPP").number("AMPPID", 1);
        records.nested("GTINDATA", |inner| {
            inner.text("GTIN", "9520000000004");
        });
        records.end();
        let nested = "<GTINDATA><GTIN>9520000000004</GTIN></GTINDATA>";
        assert_eq!(
            records.bytes,
            format!("  <AMPP>\n    <AMPPID>1</AMPPID>\n    {nested}\n  </AMPP>\n")
        );
    }
}
