//! What the rows of a table say.

use std::collections::{HashMap, HashSet};

use super::Table;
use crate::code::{Code, Flaw};
use crate::delimited::{Cell, Row};
use crate::finding::{Finding, FindingKind, ReadError, ReadErrorKind};
use crate::list::{
    Codelist, Codes, Content, Definition, DefinitionRow, Entry, Status, is_other_id,
};
use crate::place::Place;
use crate::system::{ListSystem, System};

/// Reads codes one by one.
pub(super) fn codes(table: &Table<'_>) -> Result<Codelist, ReadError> {
    let mut reader = Reader::of(table)?;
    let mut codes = Codes::default();
    for row in table.rows {
        if let Some(entry) = reader.entry(row) {
            codes.entries.push(entry);
        }
    }
    Ok(reader.finish(Content::Codes(codes)))
}

/// Reads codes with their status.
pub(super) fn definition(table: &Table<'_>) -> Result<Codelist, ReadError> {
    let mut reader = Reader::of(table)?;
    let mut definition = Definition::default();
    let mut statuses: HashMap<String, Status> = HashMap::new();
    for row in table.rows {
        let cell = table.header.status.and_then(|place| row.get(place));
        let symbol = cell.map(|cell| cell.text.as_str()).unwrap_or_default();
        let status = Status::of_symbol(symbol);
        let place = reader.place(cell.or(row.first()));
        if status.is_none() {
            let message = format!(
                "{symbol:?} is no status: +, -, (+), (-), ! and ? are, as OpenCodelists has them"
            );
            reader.tell(FindingKind::Status, place, message);
        }
        let code = row.get(table.header.code).map(|cell| Code::read(reader.system, &cell.text));
        if let (Some(code), Some(status)) = (&code, status) {
            let before = *statuses.entry(code.text().to_owned()).or_insert(status);
            if before != status {
                let message = format!(
                    "{} has the status {} here, and {} above",
                    code.text(),
                    status.symbol(),
                    before.symbol()
                );
                reader.tell(FindingKind::Conflict, place, message);
            }
        }
        if let (Some(entry), Some(status)) = (reader.entry(row), status) {
            definition.rows.push(DefinitionRow { entry, status });
        }
    }
    Ok(reader.finish(Content::Definition(definition)))
}

/// Reads row by row.
pub(super) struct Reader<'t> {
    table: &'t Table<'t>,
    pub(super) system: System,
    seen: HashMap<String, (Place, Option<String>)>,
    /// Columns beside that of the codes that were found to say something else.
    differing: HashSet<usize>,
    findings: Vec<Finding>,
}

impl<'t> Reader<'t> {
    pub(super) fn of(table: &'t Table<'t>) -> Result<Reader<'t>, ReadError> {
        let system = system(table)?;
        Ok(Reader {
            table,
            system,
            seen: HashMap::new(),
            differing: HashSet::new(),
            findings: Vec::new(),
        })
    }

    pub(super) fn place(&self, cell: Option<&Cell>) -> Place {
        self.table.lines.place(cell.map_or(0, |cell| cell.at))
    }

    pub(super) fn tell(&mut self, kind: FindingKind, place: Place, message: String) {
        self.findings.push(Finding { kind, place, message });
    }

    pub(super) fn finish(self, content: Content) -> Codelist {
        Codelist { format: self.table.header.format, content, findings: self.findings }
    }

    /// The code of a row; `None` where it has none, or one that stood before.
    pub(super) fn entry(&mut self, row: &Row) -> Option<Entry> {
        let header = self.table.header;
        if row.iter().all(|cell| cell.text.trim().is_empty()) {
            return None;
        }
        if let Some(width) = header.width
            && row.len() != width
        {
            let place = self.place(row.first());
            let message = format!("the row has {} cells where the header has {width}", row.len());
            self.tell(FindingKind::Cells, place, message);
        }
        if !header.is_there {
            self.hold_to_two(row);
        }
        let cell = row.get(header.code);
        let place = self.place(cell.or(row.first()));
        let code = Code::read(self.system, cell.map(|cell| cell.text.as_str()).unwrap_or_default());
        if code.text().is_empty() {
            self.tell(FindingKind::NoCode, place, "the row has no code".to_owned());
            return None;
        }
        self.compare_columns(row, &code, place);
        let term = header.term.and_then(|term| row.get(term)).map(|cell| cell.text.trim());
        let term = term.filter(|term| !term.is_empty()).map(str::to_owned);
        if let Some((before, other)) = self.seen.get(code.text()) {
            let message = match (other, &term) {
                (Some(other), Some(term)) if other != term => format!(
                    "{} stands on line {} too, there as {other:?} and here as {term:?}",
                    code.text(),
                    before.line
                ),
                _ => format!("{} stands on line {} too", code.text(), before.line),
            };
            self.tell(FindingKind::Duplicate, place, message);
            return None;
        }
        self.seen.insert(code.text().to_owned(), (place, term.clone()));
        let entry = Entry { system: self.system.into(), code, term, place };
        self.findings.extend(of_code(&entry));
        if let Some(term) = entry.term.as_deref().filter(|term| is_other_id(term)) {
            let message = format!("{} is another id of a product: {term}", entry.code.text());
            self.tell(FindingKind::OtherId, place, message);
        }
        Some(entry)
    }

    /// Without a header a row has a code and perhaps a term: what stands behind them, or a code where the
    /// term is, would be lost, as of codes that stand in one line.
    fn hold_to_two(&mut self, row: &Row) {
        let more = |cell: &&Cell| !cell.text.trim().is_empty();
        if let Some(cell) = row.iter().skip(2).find(more) {
            let place = self.place(Some(cell));
            let message = "a third cell, and no header says what it is: write one code a line, or name \
                           the columns in the first line";
            self.tell(FindingKind::Cells, place, message.to_owned());
            return;
        }
        let Some((first, second)) = row.first().zip(row.get(1)) else { return };
        let bare = second.text.trim_matches(|letter: char| !letter.is_alphanumeric());
        let (code, other) = (Code::read(self.system, &first.text), Code::read(self.system, bare));
        let is_code = !other.text().is_empty() && !matches!(other.flaw(), Some(Flaw::Malformed(_)));
        if is_code && other.text() != code.text() {
            let place = self.place(Some(second));
            let message = format!(
                "{} stands where a term may stand, and no header says what it is: write one code a \
                 line, or name the columns in the first line",
                other.text()
            );
            self.tell(FindingKind::Columns, place, message);
        }
    }

    /// Where several columns could hold the code, they must agree; of each the first row that does
    /// not is told.
    fn compare_columns(&mut self, row: &Row, code: &Code, place: Place) {
        for (other, title) in &self.table.header.others {
            let Some(cell) = row.get(*other) else { continue };
            let found = Code::read(self.system, &cell.text);
            let differs = !found.text().is_empty() && found.text() != code.text();
            if differs && self.differing.insert(*other) {
                let message = format!(
                    "the column {title:?} says {} where the column before it says {}: say with \
                     --column which to read",
                    found.text(),
                    code.text()
                );
                self.tell(FindingKind::Columns, place, message);
            }
        }
    }
}

/// What is to be told of a code by itself.
pub(crate) fn of_code(entry: &Entry) -> Vec<Finding> {
    let code = &entry.code;
    let flaw = code.flaw().map(|flaw| Finding {
        kind: flaw.kind(),
        place: entry.place,
        message: format!("{} is no code: {flaw}", code.text()),
    });
    let wrapped = code.is_wrapped().then(|| Finding {
        kind: FindingKind::Wrapped,
        place: entry.place,
        message: format!("{} has something around it that was taken away", code.text()),
    });
    let marked = code.mark().map(|mark| Finding {
        kind: FindingKind::Marked,
        place: entry.place,
        message: format!(
            "{} has the mark of {mark} behind it, which is no part of the code",
            code.text()
        ),
    });
    flaw.into_iter().chain(wrapped).chain(marked).collect()
}

/// The code system of a table: stated, said by its header, or the only one that all its codes can be
/// of.
fn system(table: &Table<'_>) -> Result<System, ReadError> {
    let stated = table.options.system;
    match (stated, table.header.system) {
        (Some(stated), Some(said))
            if stated != said
                && ![stated, said].map(ListSystem::from).iter().all(ListSystem::has_sctids) =>
        {
            let message = format!(
                "its header says that it is of {}, and not of {}",
                said.name(),
                stated.name()
            );
            Err(ReadError::new(ReadErrorKind::System, None, message))
        }
        (Some(system), _) | (None, Some(system)) => Ok(system),
        (None, None) => only_system(table),
    }
}

fn only_system(table: &Table<'_>) -> Result<System, ReadError> {
    let cells = table.rows.iter().filter_map(|row| row.get(table.header.code));
    let cells: Vec<&Cell> = cells.filter(|cell| !cell.text.trim().is_empty()).collect();
    let may_be = |system: &System| {
        let reads = |cell: &&Cell| {
            let code = Code::read(*system, &cell.text);
            // What looks like a mark may be a character of ICD-10-CM: that it is none has to be said.
            code.mark().is_none() && !matches!(code.flaw(), Some(Flaw::Malformed(_)))
        };
        !cells.is_empty() && cells.iter().all(reads)
    };
    let possible: Vec<System> = ListSystem::READ.into_iter().filter(may_be).collect();
    let message = match possible.as_slice() {
        [system] => return Ok(*system),
        [] => "it does not say of which code system its codes are, and no system has them all: \
               say it with --system snomed, dmd, icd10 or opcs4"
            .to_owned(),
        several => {
            let names: Vec<&str> = several.iter().map(|system| system.name()).collect();
            let words: Vec<&str> = several.iter().map(|system| system.word()).collect();
            format!(
                "it does not say of which code system its codes are, and they may be of {}: say it \
                 with --system {}",
                names.join(" or "),
                words.join(" or ")
            )
        }
    };
    Err(ReadError::new(ReadErrorKind::System, None, message))
}
