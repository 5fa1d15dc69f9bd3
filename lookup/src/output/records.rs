//! Records for other programs: JSON, delimited text, lists of codes, Markdown.

use std::io::{self, Write};

use serde::Serialize;

use super::format::Format;
use super::text::shown;

/// Something that stands in a machine format: a JSON object, a row, and perhaps a code.
pub(crate) trait Record: Serialize {
    /// The columns of delimited text and Markdown. Their names are an interface.
    const COLUMNS: &'static [&'static str];

    /// Its cells, one a column.
    fn cells(&self) -> Vec<String>;

    /// The id that stands for it in a list of codes.
    fn code(&self) -> Option<String> {
        None
    }
}

/// Writes records one after the other, as they come: a list of any length is never held.
#[derive(Debug)]
pub(crate) struct RecordWriter {
    format: Format,
    written: usize,
}

impl RecordWriter {
    /// Begins an output of any format but `table`, which is the verb's own to draw.
    pub(crate) fn begin<R: Record>(
        format: Format,
        sink: &mut impl Write,
    ) -> io::Result<RecordWriter> {
        RecordWriter::begin_with(format, R::COLUMNS, sink)
    }

    /// Begins an output whose records have further columns behind their own.
    pub(crate) fn begin_with(
        format: Format,
        columns: &[&str],
        sink: &mut impl Write,
    ) -> io::Result<RecordWriter> {
        match format {
            Format::Csv | Format::Tsv => delimited(sink, format, columns)?,
            Format::Markdown => {
                markdown(sink, columns)?;
                markdown(sink, columns.iter().map(|_| "---"))?;
            }
            Format::Json => sink.write_all(b"[")?,
            _ => {}
        }
        Ok(RecordWriter { format, written: 0 })
    }

    /// Whether the records are rows of a table, or ids: an answer may then take several, where it is
    /// one object of JSON.
    pub(crate) fn takes_rows(&self) -> bool {
        !matches!(self.format, Format::Json | Format::Jsonl)
    }

    /// Writes one record.
    pub(crate) fn write<R: Record>(&mut self, sink: &mut impl Write, record: &R) -> io::Result<()> {
        let first = self.written == 0;
        match self.format {
            Format::Csv | Format::Tsv => delimited(sink, self.format, record.cells())?,
            Format::Markdown => markdown(sink, record.cells())?,
            Format::Json => {
                sink.write_all(if first { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut *sink, record)?;
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut *sink, record)?;
                sink.write_all(b"\n")?;
            }
            Format::Codes => {
                let Some(code) = record.code() else {
                    return Ok(());
                };
                writeln!(sink, "{code}")?;
            }
            Format::SqlIn => {
                let Some(code) = record.code() else {
                    return Ok(());
                };
                // Codes are digits; a quote is doubled all the same, as SQL asks.
                let quoted = code.replace('\'', "''");
                write!(sink, "{}'{quoted}'", if first { "" } else { "," })?;
            }
            Format::Table => {}
        }
        self.written += 1;
        Ok(())
    }

    /// Ends the output.
    pub(crate) fn finish(self, sink: &mut impl Write) -> io::Result<()> {
        match self.format {
            Format::Json if self.written == 0 => sink.write_all(b"]\n"),
            Format::Json => sink.write_all(b"\n]\n"),
            Format::SqlIn if self.written > 0 => sink.write_all(b"\n"),
            _ => Ok(()),
        }
    }
}

/// Writes one JSON value, laid out over lines for reading, or on one line as `jsonl`.
pub(crate) fn json_value(
    sink: &mut impl Write,
    format: Format,
    value: &impl Serialize,
) -> io::Result<()> {
    match format {
        Format::Jsonl => serde_json::to_writer(&mut *sink, value)?,
        _ => serde_json::to_writer_pretty(&mut *sink, value)?,
    }
    sink.write_all(b"\n")
}

fn delimited<T: AsRef<[u8]>>(
    sink: &mut impl Write,
    format: Format,
    cells: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    let delimiter = if format == Format::Tsv { b'\t' } else { b',' };
    // By way of memory: a csv writer of its own over the sink would flush it at every record.
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(cells).map_err(io::Error::other)?;
    let line = writer.into_inner().map_err(|error| error.into_error())?;
    sink.write_all(&line)
}

fn markdown<T: AsRef<str>>(
    sink: &mut impl Write,
    cells: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    for cell in cells {
        let cell = shown(cell.as_ref()).replace('\\', "\\\\").replace('|', "\\|");
        write!(sink, "| {cell} ")?;
    }
    sink.write_all(b"|\n")
}
