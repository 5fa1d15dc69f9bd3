//! `sct2_Identifier`: what other schemes call a component. Releases have its columns in two orders.

use std::borrow::Cow;

use super::log::Log;
use super::read::{FileRows, Problems, read_lines, told};
use super::row::Row;
use super::versions::Versions;
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::release::Entry;

const COLUMNS: usize = 6;
const PUBLISHED: [&str; COLUMNS] = [
    "alternateIdentifier",
    "effectiveTime",
    "active",
    "moduleId",
    "identifierSchemeId",
    "referencedComponentId",
];

/// One alternate identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identifier {
    pub(crate) scheme: u64,
    pub(crate) text: String,
    pub(crate) component: u64,
    pub(crate) effective_time: u32,
    pub(crate) module: u64,
    pub(crate) active: bool,
}

/// Reads the alternate identifiers; the header says which column is which.
pub(crate) fn read_identifiers(
    entry: &Entry,
    versions: Versions,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<(FileRows<Vec<Identifier>>, Problems, Notes), BuildError> {
    let line = entry.first_line()?;
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
    let header: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
    let mut order = [0; COLUMNS];
    let mut known = true;
    for (place, name) in order.iter_mut().zip(PUBLISHED) {
        match header.iter().position(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            Some(at) if at < COLUMNS => *place = at,
            _ => known = false,
        }
    }
    // A header with other names is told as not being the published one.
    if !known {
        order = std::array::from_fn(|at| at);
    }
    let mut columns = PUBLISHED.map(Cow::Borrowed);
    for (name, at) in PUBLISHED.into_iter().zip(order) {
        columns[at] = Cow::Borrowed(name);
    }
    let chunks = entry.chunks(advance, |chunk| {
        let mut rows = Vec::new();
        let mut log = Log::default();
        let times = read_lines(
            chunk,
            &columns,
            versions,
            &mut log,
            |line, number, log| split(line, number, log).map(|fields| (fields, ())),
            |row, (), log| rows.extend(identifier(row, &order, log)),
        );
        (rows, times, log)
    })?;
    Ok(told(entry.file_name(), &columns, chunks))
}

fn split<'a>(line: &'a [u8], number: u64, log: &mut Log) -> Option<[&'a [u8]; COLUMNS]> {
    let found: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
    let behind = found.get(COLUMNS..).unwrap_or_default();
    if found.len() < COLUMNS || behind.iter().any(|field| !field.is_empty()) {
        let columns = format!("{} columns", found.len());
        log.problem(number, None, format!("{COLUMNS} columns"), columns.as_bytes());
        return None;
    }
    if !behind.is_empty() {
        log.note(number, NoteKind::TrailingColumns, line);
    }
    Some(std::array::from_fn(|at| found[at]))
}

/// Reads a row that stays in its own order, so that problems name the right column.
fn identifier(
    row: &Row<'_, COLUMNS>,
    order: &[usize; COLUMNS],
    log: &mut Log,
) -> Option<Identifier> {
    let [text, time, active, module, scheme, component] = *order;
    Some(Identifier {
        text: row.text(text, log)?.to_owned(),
        effective_time: row.effective_time(time, log)?,
        active: row.active(active, log)?,
        module: row.sctid(module, log)?,
        scheme: row.sctid(scheme, log)?,
        component: row.sctid(component, log)?,
    })
}
