//! The tables of the document.

use crate::support::document::{self, Row};

/// The rows of all tables of the document that have these columns.
pub(crate) fn rows(columns: &[&str]) -> Vec<Row> {
    document::rows("format.md", columns)
}

/// The document.
pub(crate) fn document() -> String {
    document::text("format.md")
}

/// All that stands between backquotes.
pub(crate) fn codes(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// A number of the document.
pub(crate) fn number(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// A field of a record.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) offset: usize,
    pub(crate) width: usize,
    pub(crate) name: String,
    /// What the document says that it holds; empty where the table has no such column.
    pub(crate) value: String,
}

/// How many bytes a type has: `u32`, `4 × u8`, `8 bytes`.
fn width(text: &str) -> usize {
    let (times, kind) = text.split_once(" × ").unwrap_or(("1", text));
    let bytes = match kind {
        "u8" | "1 byte" => 1,
        "u16" => 2,
        "u32" => 4,
        "u64" => 8,
        _ => number(kind.strip_suffix(" bytes").unwrap_or_else(|| panic!("{text} is no type"))),
    };
    number(times) * bytes
}

fn field(cells: &[String]) -> Field {
    Field {
        offset: number(&cells[0]),
        width: width(&cells[1]),
        name: cells[2].clone(),
        value: cells.get(3).cloned().unwrap_or_default(),
    }
}

/// The fields of a record under a heading.
pub(crate) fn fields(heading: &str) -> Vec<Field> {
    let columns: &[&str] = match heading {
        "Header" | "Section table" => &["offset", "type", "field", "value"],
        _ => &["offset", "type", "field"],
    };
    let of_heading = rows(columns).into_iter().filter(|(found, _)| found == heading);
    let fields: Vec<Field> = of_heading.map(|(_, cells)| field(&cells)).collect();
    let mut end = 0;
    for field in &fields {
        assert_eq!(field.offset, end, "{heading}: {}", field.name);
        end += field.width;
    }
    assert!(end > 0, "there is no record under {heading}");
    fields
}

/// The bytes of a record under a heading.
pub(crate) fn record_length(heading: &str) -> usize {
    fields(heading).iter().map(|field| field.width).sum()
}

/// The headings under which there are records.
pub(crate) fn record_headings() -> Vec<String> {
    let mut headings: Vec<String> =
        rows(&["offset", "type", "field"]).into_iter().map(|(heading, _)| heading).collect();
    headings.dedup();
    headings
}

/// A number in a file, as the document says where it is.
pub(crate) fn read(bytes: &[u8], base: usize, field: &Field) -> u64 {
    let at = base + field.offset;
    bytes[at..at + field.width].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
