//! One file of dm+d: XML to cells, as the schema describes its records.

use std::borrow::Cow;
use std::io::{self, BufRead};

use farr::dmd::schema::{Kind, List, TABLES, Table, TableId};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::log::Log;
use super::value::{ABSENT, LENGTH_BITS, LONGEST_TEXT, Wrong, cell, is_decimal};
use crate::problem::NoteKind;
use crate::xml::{Bounded, entity};

/// Elements within elements: files have five.
const DEEPEST: usize = 16;
/// The byte order mark that a file may begin with.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The rows of one table, as read.
#[derive(Debug)]
pub(crate) struct Cells {
    pub(crate) table: &'static Table,
    /// A cell a column, row by row: numbers as they are, texts by start and length in the file's
    /// texts, [`ABSENT`] where there is none.
    pub(crate) cells: Vec<u64>,
    /// The byte of the file at which each row stands.
    pub(crate) at: Vec<u64>,
    /// The list of each row, for the lookup table.
    pub(crate) lists: Vec<List>,
}

impl Cells {
    fn new(table: &'static Table) -> Cells {
        Cells { table, cells: Vec::new(), at: Vec::new(), lists: Vec::new() }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.at.len()
    }

    /// The cells of a row.
    pub(crate) fn row(&self, row: usize) -> &[u64] {
        let width = self.table.columns.len();
        &self.cells[row * width..(row + 1) * width]
    }
}

/// What one file holds.
#[derive(Debug, Default)]
pub(crate) struct FileCells {
    pub(crate) tables: Vec<Cells>,
    pub(crate) text: String,
}

impl FileCells {
    /// A text by its cell.
    pub(crate) fn text(&self, cell: u64) -> Option<&str> {
        if cell == ABSENT {
            return None;
        }
        let (start, length) = (cell >> LENGTH_BITS, cell & ((1 << LENGTH_BITS) - 1));
        self.text.get(start as usize..(start + length) as usize)
    }
}

/// The root element of a file, where it has one; the reading ends there.
///
/// # Errors
///
/// The file cannot be read, or is no XML up to there.
pub(super) fn root(reader: &mut dyn BufRead) -> Result<Option<String>, String> {
    let mut reader = Reader::from_reader(Bounded::new(reader));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().begin();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                return Ok(Some(name_of(&start).to_owned()));
            }
            Ok(Event::Eof) => return Ok(None),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// The tables of a root element.
pub(super) fn tables_of(root: &str) -> impl Iterator<Item = &'static Table> {
    TABLES.into_iter().filter(move |table| table.path.first() == Some(&root))
}

fn name_of<'e>(start: &'e BytesStart<'_>) -> &'e str {
    start.name().into_inner()
}

/// Reads a file. What is wrong with it goes to the log; where XML itself ends, so does the reading.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn read(
    reader: &mut dyn BufRead,
    advance: &(dyn Fn(u64) + Sync),
) -> io::Result<(FileCells, Log)> {
    // The reader passes over a byte order mark and does not count it.
    let mark = reader.fill_buf().is_ok_and(|begin| begin.starts_with(MARK));
    let uncounted = if mark { MARK.len() as u64 } else { 0 };
    let mut reader = Reader::from_reader(Bounded::new(reader));
    let mut file = Reading::default();
    let mut buffer = Vec::new();
    let mut told = 0;
    loop {
        buffer.clear();
        reader.get_mut().begin();
        let at = reader.buffer_position() + uncounted;
        if at - told > 1 << 20 {
            advance(at - told);
            told = at;
        }
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) if error.kind() != io::ErrorKind::InvalidData => {
                return Err(io::Error::new(error.kind(), error.to_string()));
            }
            Err(error) => {
                let at = reader.error_position() + uncounted;
                file.log.problem(at, None, "well-formed XML", error.to_string().as_bytes());
                break;
            }
        };
        if !file.take(event, at) {
            break;
        }
    }
    advance(reader.buffer_position().saturating_sub(told));
    Ok((file.cells, file.log))
}

/// Where in the tree of elements the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Around records: so many elements of the path are open.
    Around(usize),
    /// In a record of this table of the file.
    Record(usize),
    /// In an element of a record, by its column. Of an owner, it stands around the records.
    Element(usize, usize),
    /// In something that the schema does not have.
    Unknown,
}

/// A file under way.
#[derive(Debug, Default)]
struct Reading {
    cells: FileCells,
    log: Log,
    open: Vec<(Place, u64)>,
    /// The elements of the path that are open, and the list among them.
    path: Vec<&'static str>,
    list: Option<List>,
    /// The cells of the record that is open.
    record: Vec<u64>,
    /// The cell of an owner that stands around records, AMPPID.
    around: u64,
    text: String,
    next_column: usize,
    ended: bool,
}

impl Reading {
    /// Takes one event; `false` where nothing more is to be read.
    fn take(&mut self, event: Event<'_>, at: u64) -> bool {
        match event {
            Event::Start(start) => self.start(&start, at),
            Event::Empty(start) => self.start(&start, at) && self.end(),
            Event::End(_) => self.end(),
            Event::Text(text) => self.add(&text, at),
            Event::CData(text) => self.add(&text, at),
            Event::GeneralRef(reference) => match entity(&reference) {
                Some(text) => self.add(&text, at),
                None => {
                    let found = format!("&{};", &*reference);
                    let expected = "one of the five entities of XML, or a character";
                    self.stop(at, expected, found.as_bytes())
                }
            },
            Event::Decl(declaration) => match declaration.encoding() {
                Some(Ok(name)) if !name.eq_ignore_ascii_case("utf-8") => {
                    self.stop(at, "the encoding utf-8", name.as_bytes())
                }
                Some(Err(_)) => self.stop(at, "a declaration of XML", b"<?xml"),
                _ => true,
            },
            Event::DocType(_) => self.stop(at, "no document type definition", b"<!DOCTYPE"),
            Event::Comment(_) | Event::PI(_) => true,
            Event::Eof => {
                if let Some((place, _)) = self.open.last() {
                    let found = format!("the end of the file within {}", self.named(*place));
                    self.stop(at, "the end of its elements", found.as_bytes());
                } else if !self.ended {
                    self.stop(at, "an element of dm+d", b"");
                }
                false
            }
        }
    }

    /// Notes a problem behind which nothing can be read.
    fn stop(&mut self, at: u64, expected: &'static str, found: &[u8]) -> bool {
        let element = self.open.last().map(|(place, _)| self.named(*place));
        self.log.problem(at, element, expected, found);
        false
    }

    fn named(&self, place: Place) -> Cow<'static, str> {
        let table = |number: usize| self.cells.tables[number].table;
        Cow::Borrowed(match place {
            Place::Around(_) => self.path.last().copied().unwrap_or_default(),
            Place::Record(number) => table(number).path.last().copied().unwrap_or_default(),
            Place::Element(number, column) => table(number).columns[column].element,
            Place::Unknown => "an element that is not known",
        })
    }

    fn start(&mut self, start: &BytesStart<'_>, at: u64) -> bool {
        let name = name_of(start);
        if self.open.len() == DEEPEST {
            return self.stop(at, "fewer elements within each other", name.as_bytes());
        }
        if self.ended && self.open.is_empty() {
            return self.stop(at, "the end of the file", name.as_bytes());
        }
        let place = match self.open.last() {
            None => self.root(name, at),
            Some((Place::Around(depth), _)) => self.around(*depth, name, at),
            Some((Place::Record(number), _)) => self.element(*number, name, at),
            Some((place @ Place::Element(..), _)) => {
                let element = self.named(*place);
                self.log.problem(at, element, "text", name.as_bytes());
                Some(Place::Unknown)
            }
            Some((Place::Unknown, _)) => Some(Place::Unknown),
        };
        let Some(place) = place else { return false };
        let around = self.open.last().map(|(place, _)| *place);
        let is_known = matches!(around, Some(Place::Element(..) | Place::Unknown));
        if place == Place::Unknown && !is_known {
            let shown = name.to_owned();
            self.log.note(NoteKind::UnknownElement, at, || shown);
        }
        // Attributes of the root say where its schema is; records have none.
        if !self.open.is_empty() && place != Place::Unknown {
            let attributes = start.attributes_raw().trim();
            if !attributes.is_empty() {
                let shown: String = attributes.chars().take(60).collect();
                self.log.note(NoteKind::UnknownElement, at, || shown);
            }
        }
        self.open.push((place, at));
        self.text.clear();
        true
    }

    fn root(&mut self, name: &str, at: u64) -> Option<Place> {
        self.cells.tables = tables_of(name).map(Cells::new).collect();
        let Some(first) = self.cells.tables.first() else {
            self.stop(at, "the root element of a dm+d file", name.as_bytes());
            return None;
        };
        self.path.extend(first.table.path.first());
        Some(Place::Around(1))
    }

    /// An element around records, or a record.
    fn around(&mut self, depth: usize, name: &str, at: u64) -> Option<Place> {
        let found = self.cells.tables.iter().enumerate().find_map(|(number, cells)| {
            let path = cells.table.path;
            let fits = path.iter().zip(&self.path).all(|(one, open)| *one == *open || *one == "*");
            let next = *path.get(depth).filter(|_| fits)?;
            let list = List::of_element(name).filter(|_| next == "*");
            let element = list.map(List::element).or((next == name).then_some(next))?;
            Some((number, path.len() == depth + 1, element, list))
        });
        match found {
            Some((number, true, ..)) => {
                self.open_record(number);
                Some(Place::Record(number))
            }
            Some((_, false, element, list)) => {
                self.path.push(element);
                self.list = list;
                self.around = ABSENT;
                Some(Place::Around(depth + 1))
            }
            None => self.owner_around(name, at).or(Some(Place::Unknown)),
        }
    }

    /// An owner that stands before its records and not in them: AMPPID.
    fn owner_around(&mut self, name: &str, _at: u64) -> Option<Place> {
        self.cells.tables.iter().enumerate().find_map(|(number, cells)| {
            let own = cells.table.owner.filter(|owner| *owner == name)?;
            let around = cells.table.path.len() == self.path.len() + 1;
            (cells.table.id == TableId::Gtin && around)
                .then(|| Place::Element(number, cells.table.column(own)))
        })
    }

    fn open_record(&mut self, number: usize) {
        let table = self.cells.tables[number].table;
        self.record.clear();
        self.record.resize(table.columns.len(), ABSENT);
        self.next_column = 0;
        if table.id == TableId::Gtin {
            self.record[0] = self.around;
        }
    }

    fn element(&mut self, number: usize, name: &str, at: u64) -> Option<Place> {
        let columns = self.cells.tables[number].table.columns;
        // Elements mostly come in the order of the schema.
        let order = (self.next_column..columns.len()).chain(0..self.next_column);
        let Some(column) = order.into_iter().find(|at| columns[*at].element == name) else {
            return Some(Place::Unknown);
        };
        self.next_column = column + 1;
        let gtins = self.cells.tables[number].table.id == TableId::Gtin;
        if gtins && self.record[column] != ABSENT && columns[column].kind == Kind::Gtin {
            // GTIN, start and end may stand several times over within one GTINDATA.
            self.close_record(number, at);
            self.open_record(number);
        }
        if self.record[column] != ABSENT {
            let element = Cow::Borrowed(columns[column].element);
            self.log.problem(at, element, "one such element in a record", b"another");
        }
        Some(Place::Element(number, column))
    }

    fn add(&mut self, text: &str, at: u64) -> bool {
        match self.open.last() {
            Some((Place::Element(..), _)) => {
                self.text.push_str(text);
                self.text.len() <= LONGEST_TEXT
                    || self.stop(at, "a text of up to 32 KiB", text.as_bytes())
            }
            Some((Place::Unknown, _)) => true,
            _ => {
                let blank = text.trim_start_matches('\u{feff}').trim().is_empty();
                blank || self.stop(at, "an element", text.as_bytes())
            }
        }
    }

    fn end(&mut self) -> bool {
        // The reader has checked that what ends is what began.
        let Some((place, at)) = self.open.pop() else { return true };
        match place {
            Place::Around(_) => {
                self.path.pop();
                self.ended = self.open.is_empty();
            }
            Place::Record(number) => self.close_record(number, at),
            Place::Element(number, column) => self.close_element(number, column, at),
            Place::Unknown => {}
        }
        true
    }

    fn close_element(&mut self, number: usize, column: usize, at: u64) {
        let described = self.cells.tables[number].table.columns[column];
        let value = match described.kind {
            Kind::Text => self.keep(at, described.element),
            Kind::Decimal if self.text.trim().is_empty() => ABSENT,
            Kind::Decimal if is_decimal(self.text.trim()) => {
                self.text = self.text.trim().to_owned();
                self.keep(at, described.element)
            }
            Kind::Decimal => {
                let element = Cow::Borrowed(described.element);
                self.log.problem(at, element, "a decimal number", self.text.as_bytes());
                ABSENT
            }
            kind => match cell(kind, &self.text) {
                Ok(value) => value,
                Err(Wrong::Value(expected)) => {
                    let element = Cow::Borrowed(described.element);
                    self.log.problem(at, element, expected, self.text.as_bytes());
                    ABSENT
                }
                Err(Wrong::CheckDigit(value)) => {
                    let what = || format!("{} {value}", described.element);
                    self.log.note(NoteKind::CheckDigit, at, what);
                    value
                }
                Err(Wrong::GtinCheckDigit(value)) => {
                    self.log.note(NoteKind::GtinCheckDigit, at, || value.to_string());
                    value
                }
            },
        };
        let in_record = matches!(self.open.last(), Some((Place::Record(_), _)));
        match in_record {
            true => self.record[column] = value,
            false => self.around = value,
        }
    }

    /// Keeps the text that was read.
    fn keep(&mut self, at: u64, element: &'static str) -> u64 {
        if self.text.is_empty() {
            return ABSENT;
        }
        // XML has no other control characters, and a text is shown on screens.
        let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        if self.text.contains(is_control) {
            let expected = "text without control characters";
            self.log.problem(at, Cow::Borrowed(element), expected, self.text.as_bytes());
            return ABSENT;
        }
        let start = self.cells.text.len() as u64;
        self.cells.text.push_str(&self.text);
        start << LENGTH_BITS | self.text.len() as u64
    }

    fn close_record(&mut self, number: usize, at: u64) {
        let table = self.cells.tables[number].table;
        for (column, value) in table.columns.iter().zip(&self.record) {
            if *value != ABSENT || !column.required {
                continue;
            }
            match column.kind {
                // A record that nothing finds or that belongs to nothing is no record.
                Kind::Id | Kind::Number => {
                    let element = Cow::Borrowed(column.element);
                    self.log.problem(at, element, "the identifier of the record", b"");
                    return;
                }
                Kind::Gtin => self.log.note(NoteKind::EmptyGtin, at, String::new),
                _ => {
                    self.log.note(NoteKind::MissingElement, at, || column.element.to_owned());
                }
            }
        }
        let list = self.list;
        if let (TableId::Lookup, Some(list)) = (table.id, list) {
            let code = self.record[0];
            let id = farr::Sctid::as_published(code).filter(|_| list.has_sctids());
            if id.is_some_and(|id| id.check().is_err()) {
                let what = || format!("{} {code}", list.element());
                self.log.note(NoteKind::CheckDigit, at, what);
            }
        }
        let cells = &mut self.cells.tables[number];
        cells.cells.extend_from_slice(&self.record);
        cells.at.push(at);
        if table.id == TableId::Lookup {
            cells.lists.extend(list);
        }
    }
}
