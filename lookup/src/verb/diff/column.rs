//! The codes of a column of a table, each once.

use std::collections::BTreeSet;

use indicatif::ProgressBar;

use crate::failure::Failure;
use crate::table::delimited::Record;
use crate::table::encoding::Encoding;
use crate::table::json_line::{Object, Wanted};
use crate::table::text::{Stretch, TextSource, Unit};

/// What a Parquet file begins with.
const PARQUET: &[u8] = b"PAR1";

/// What a column has.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// Its codes in the order of their characters.
    pub(super) codes: BTreeSet<String>,
    /// Rows that have none: an empty cell, no value, no such key.
    pub(super) without: u64,
}

/// Reads a column; memory goes with how many codes differ.
pub(super) fn read(
    file: &str,
    column: &str,
    encoding: Option<Encoding>,
) -> Result<Column, Failure> {
    let mut source = TextSource::open(Some(file), encoding, &ProgressBar::hidden())?;
    let start = source.peek();
    if start.starts_with(PARQUET) {
        return parquet(file, column);
    }
    let unmarked = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    match unmarked.trim_ascii_start() {
        [b'{', ..] => json_lines(&mut source, column),
        [b'[', next @ ..] if matches!(next.trim_ascii_start(), [b'{' | b']', ..]) => {
            Err(Failure::Usage(format!(
                "{file} is an array of JSON: --table takes JSON lines, one object a line"
            )))
        }
        _ => delimited(&mut source, column),
    }
}

impl Column {
    /// Adds the cell of a row.
    fn add(&mut self, cell: &str) {
        let code = cell.trim();
        if code.is_empty() {
            self.without += 1;
        } else if !self.codes.contains(code) {
            self.codes.insert(code.to_owned());
        }
    }
}

fn delimited(source: &mut TextSource, column: &str) -> Result<Column, Failure> {
    let header = source.header()?;
    let place = header.place(column)?;
    let (encoding, name) = (source.encoding(), source.name().to_owned());
    let mut read = Column::default();
    while let Some(Stretch { bytes, line }) = source.stretch(Unit::Record(header.delimiter))? {
        let (mut record, mut start, mut line) = (Record::default(), 0, line);
        while start < bytes.len() {
            record
                .read(&bytes, start, header.delimiter, true)
                .map_err(|flaw| Failure::Input(format!("{name}: {}", flaw.told(line))))?;
            let is_whole = record.fields.len() == header.names.len();
            // A line without anything is no row, except of one column.
            if !is_whole && !record.is_blank() {
                return Err(Failure::Input(format!(
                    "{name}: line {line} has {} fields where the header has {}",
                    record.fields.len(),
                    header.names.len()
                )));
            }
            if is_whole {
                read.add(&encoding.decode(&record.content(&bytes, place)));
            }
            start = record.next;
            line += record.lines;
        }
    }
    Ok(read)
}

fn json_lines(source: &mut TextSource, column: &str) -> Result<Column, Failure> {
    let name = source.name().to_owned();
    let mut read = Column::default();
    let (mut is_found, mut is_empty) = (false, true);
    source.take_mark();
    while let Some(stretch) = source.stretch(Unit::Line)? {
        let lines = stretch.bytes.split_inclusive(|byte| *byte == b'\n').zip(stretch.line..);
        for (line, at) in lines.filter(|(line, _)| !line.trim_ascii().is_empty()) {
            let told = |flaw: &str| Failure::Input(format!("{name}: line {at}: {flaw}"));
            let wanted = Wanted { names: &[column], reserved: &[] };
            let object = Object::read(line, wanted).map_err(|flaw| told(&flaw))?;
            is_empty = false;
            is_found |= !object.raw(0).is_empty();
            let value = |flaw| told(&format!("the value of {column:?} {flaw}"));
            read.add(&object.cell(0).map_err(value)?.unwrap_or_default());
        }
    }
    match is_found || is_empty {
        true => Ok(read),
        false => Err(Failure::Usage(format!("no object of {name} has a key {column:?}"))),
    }
}

#[cfg(feature = "parquet")]
fn parquet(file: &str, column: &str) -> Result<Column, Failure> {
    use crate::table::parquet::{ParquetTable, told};
    use crate::table::text::place;

    const BATCH: usize = 4096;
    let bad = |error| Failure::Input(format!("{file}: {}", told(&error)));
    let table = ParquetTable::open(file).map_err(bad)?;
    place(&table.names(), column)?;
    let at = table.place(column).map_err(Failure::Usage)?;
    let reader = table.reopen().map_err(bad)?;
    let mut read = Column::default();
    for group in 0..table.groups() {
        let mut left = table.rows_of(group).map_err(bad)?;
        let mut cells = table.cells(&reader, group, &[at]).map_err(bad)?;
        let Some(cells) = cells.first_mut() else { continue };
        while left > 0 {
            let rows = left.min(BATCH);
            cells.read(rows).map_err(bad)?;
            for row in 0..rows {
                read.add(&String::from_utf8_lossy(cells.cell(row).unwrap_or_default()));
            }
            left -= rows;
        }
    }
    Ok(read)
}

#[cfg(not(feature = "parquet"))]
fn parquet(file: &str, _column: &str) -> Result<Column, Failure> {
    Err(Failure::Usage(format!(
        "{file} is Parquet, which this farr was built without: build it with --features parquet"
    )))
}
