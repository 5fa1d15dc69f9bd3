//! A column of a file of delimited text: every row as it is, with what a map says behind it.
//!
//! No more than a few stretches of the file are in memory.

use std::io::Write;

use farr::Terminology;
use farr::index::OpenError;
use farr::map::Patient;
use indicatif::ProgressBar;

use super::asked::{AskedMap, find};
use super::row::{ADDED, Places, RowMap};
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::streams::Streams;
use crate::table::delimited::{Record, write_field};
use crate::table::encoding::Encoding;
use crate::table::ordered::in_order;
use crate::table::text::{Header, Stretch, TextSource, Unit};

/// What is asked of a file.
#[derive(Debug)]
pub(super) struct ColumnQuestion<'q> {
    pub(super) file: Option<&'q str>,
    pub(super) code: &'q str,
    pub(super) sex: Option<&'q str>,
    pub(super) age_at_onset: Option<&'q str>,
    pub(super) age_now: Option<&'q str>,
    pub(super) prefix: &'q str,
    pub(super) map: Option<AskedMap>,
    pub(super) patient: &'q Patient,
    pub(super) format: Format,
}

/// How the rows of a file are read and written.
#[derive(Clone, Copy, Debug)]
struct Shape {
    delimiter: u8,
    written: u8,
    columns: usize,
    places: Places,
}

/// What came of a stretch.
struct Done {
    out: Vec<u8>,
    all_found: bool,
    /// What is wrong behind what was written, if anything.
    flaw: Option<String>,
}

/// Reads, asks and writes; gives what the process ends with.
pub(super) fn run(
    question: &ColumnQuestion<'_>,
    terminology: &Terminology,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let bar = ProgressBar::hidden();
    let mut source = TextSource::open(question.file, Some(Encoding::Utf8), &bar)?;
    let header = source.header()?;
    let shape = shape(question, &header)?;
    let mut first = Vec::new();
    let added = added(question, &header)?;
    write_row(&mut first, &header.bytes, &header.record, 0, shape, &added);
    streams.out.write_all(&first)?;
    let mut all_found = true;
    in_order(
        || source.stretch(Unit::Record(shape.delimiter)),
        || (),
        |(), stretch| {
            terminology.ask(|snomed| {
                let map = find(snomed, question.map).map(|map| RowMap::new(snomed, map));
                answer(&stretch, map.as_ref(), question.patient, shape)
            })
        },
        |done: Result<Done, OpenError>| {
            let done = done?;
            streams.out.write_all(&done.out)?;
            all_found &= done.all_found;
            done.flaw.map_or(Ok(()), |flaw| Err(Failure::Input(flaw)))
        },
    )?;
    Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn answer(stretch: &Stretch, map: Option<&RowMap<'_>>, patient: &Patient, shape: Shape) -> Done {
    let bytes = stretch.bytes.as_slice();
    let mut done = Done { out: Vec::with_capacity(bytes.len() * 2), all_found: true, flaw: None };
    let (mut record, mut start, mut line) = (Record::default(), 0, stretch.line);
    while start < bytes.len() {
        if let Err(flaw) = record.read(bytes, start, shape.delimiter, true) {
            done.flaw = Some(flaw.told(line));
            break;
        }
        if record.is_blank() && shape.columns > 1 {
            done.out.extend_from_slice(bytes.get(start..record.next).unwrap_or_default());
        } else if record.fields.len() != shape.columns {
            let (found, expected) = (record.fields.len(), shape.columns);
            done.flaw =
                Some(format!("line {line} has {found} fields where the header has {expected}"));
            break;
        } else if let Some(map) = map {
            let mapped = map.answer(shape.places, patient, |at| record.cell(bytes, at));
            done.all_found &= mapped.outcome.is_found();
            write_row(&mut done.out, bytes, &record, start, shape, &mapped.cells());
        }
        line += record.lines;
        start = record.next;
    }
    done
}

/// Writes a record as it is, or with another delimiter, and further cells behind it.
fn write_row(
    out: &mut Vec<u8>,
    bytes: &[u8],
    record: &Record,
    start: usize,
    shape: Shape,
    added: &[impl AsRef<str>],
) {
    if shape.written == shape.delimiter {
        out.extend_from_slice(bytes.get(start..record.end).unwrap_or_default());
    } else {
        for at in 0..record.fields.len() {
            if at > 0 {
                out.push(shape.written);
            }
            write_field(out, &record.content(bytes, at), shape.written);
        }
    }
    for cell in added {
        out.push(shape.written);
        write_field(out, cell.as_ref().as_bytes(), shape.written);
    }
    out.extend_from_slice(bytes.get(record.end..record.next).unwrap_or_default());
}

fn shape(question: &ColumnQuestion<'_>, header: &Header) -> Result<Shape, Failure> {
    let written = match question.format {
        Format::Csv => b',',
        Format::Tsv => b'\t',
        _ => header.delimiter,
    };
    let place = |name: &str| header.place(name);
    Ok(Shape {
        delimiter: header.delimiter,
        written,
        columns: header.names.len(),
        places: Places {
            code: header.place(question.code)?,
            sex: question.sex.map(place).transpose()?,
            age_at_onset: question.age_at_onset.map(place).transpose()?,
            age_now: question.age_now.map(place).transpose()?,
        },
    })
}

/// The names of the columns that are added.
fn added(question: &ColumnQuestion<'_>, header: &Header) -> Result<Vec<String>, Failure> {
    let names: Vec<String> =
        ADDED.iter().map(|name| format!("{}{name}", question.prefix)).collect();
    match names.iter().find(|name| header.names.contains(name)) {
        None => Ok(names),
        Some(name) => Err(Failure::Usage(format!(
            "the file has a column {name:?} already: name what is added with --prefix"
        ))),
    }
}
