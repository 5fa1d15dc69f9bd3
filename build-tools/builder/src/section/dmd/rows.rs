//! The rows of tables and orders: read by `farr::dmd::record`.

use farr::dmd::schema::{Kind, Link, List, Order, TABLES, Table, TableId};
use farr::index::format::{DMD_LISTS, DMD_ROWS, DMD_TABLES, NONE_U8};
use rayon::prelude::*;

use super::texts::Texts;
use crate::dmd::{ABSENT, Cells, DmdNumbering, DmdRelease, FileCells};
use crate::section::Section;
use crate::section::bytes::u32s;

/// All rows, and what later sections need of them.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) sections: Vec<Section>,
    /// GTINs and their places in their order, the first of each.
    pub(super) gtins: Vec<(u64, u32)>,
    /// Rows of each table, by number.
    pub(super) counts: Vec<u64>,
}

/// The entries of an order: rows of its table.
type Entries = Vec<u32>;

/// Makes the rows.
pub(super) fn rows(release: &DmdRelease, numbering: &DmdNumbering, texts: &Texts<'_>) -> Rows {
    let orders: Vec<Entries> =
        Order::ALL.par_iter().map(|order| entries(release, numbering, *order)).collect();
    let tables: Vec<Vec<u8>> = TABLES
        .par_iter()
        .map(|table| match table.id {
            TableId::Lookup => lookup(release, numbering, texts),
            _ => encode(release, numbering, texts, table, &orders),
        })
        .collect();

    let mut directory = Vec::new();
    let mut bytes = Vec::with_capacity(
        tables.iter().map(Vec::len).sum::<usize>()
            + orders.iter().map(|one| one.len() * 4).sum::<usize>(),
    );
    let mut counts = Vec::new();
    let mut place = |bytes: &mut Vec<u8>, rows: usize, length: usize, own: &[u8]| {
        directory.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        directory.extend_from_slice(&(rows as u32).to_le_bytes());
        directory.extend_from_slice(&(length as u32).to_le_bytes());
        bytes.extend_from_slice(own);
    };
    for (table, own) in TABLES.iter().zip(tables) {
        let length = table.row_length();
        let rows = own.len() / length - table.further_rows();
        counts.push(rows as u64);
        place(&mut bytes, rows, length, &own);
    }
    for entries in &orders {
        place(&mut bytes, entries.len(), 4, &u32s(entries));
    }
    let all = TABLES.len() + Order::ALL.len();

    let mut starts = vec![0_u32];
    for entries in &numbering.lists {
        starts.push(starts.last().copied().unwrap_or_default() + entries.len() as u32);
    }
    let gtins = gtins(release, numbering, &orders[Order::GtinByNumber as usize]);
    let sections = vec![
        Section::new(DMD_TABLES, all, directory),
        Section::new(DMD_ROWS, 1, bytes),
        Section::new(DMD_LISTS, starts.len(), u32s(&starts)),
    ];
    Rows { sections, gtins, counts }
}

/// One row at a time to bytes.
struct Encoder<'a> {
    numbering: &'a DmdNumbering,
    texts: &'a Texts<'a>,
    file: &'a FileCells,
}

impl Encoder<'_> {
    fn cell(&self, kind: Kind, cell: u64, bytes: &mut Vec<u8>) {
        let number = |none: u64| if cell == ABSENT { none } else { cell };
        match kind {
            Kind::Id | Kind::Sctid | Kind::Number | Kind::Gtin => {
                bytes.extend_from_slice(&number(0).to_le_bytes());
            }
            Kind::Reference(table) => {
                let row = self.numbering.reference(table, cell);
                bytes.extend_from_slice(&row.to_le_bytes());
            }
            Kind::Code(list) => {
                bytes.extend_from_slice(&self.numbering.code(list, cell).to_le_bytes());
            }
            Kind::Text | Kind::Decimal => {
                let (start, length) = self.texts.span(self.file.text(cell));
                bytes.extend_from_slice(&start.to_le_bytes());
                bytes.extend_from_slice(&length.to_le_bytes());
            }
            Kind::Date => bytes.extend_from_slice(&(number(0) as u32).to_le_bytes()),
            Kind::Integer => {
                let number = number(u64::from(Kind::NONE_U32)) as u32;
                bytes.extend_from_slice(&number.to_le_bytes());
            }
            Kind::Flag => bytes.push(number(u64::from(NONE_U8)) as u8),
        }
    }
}

fn encode(
    release: &DmdRelease,
    numbering: &DmdNumbering,
    texts: &Texts<'_>,
    table: &'static Table,
    orders: &[Entries],
) -> Vec<u8> {
    let rows = &numbering.tables[table.id.number()].order;
    let links: Vec<Vec<u32>> = table
        .links
        .iter()
        .map(|link| starts(release, numbering, table.id, *link, orders))
        .collect();
    let length = table.row_length();
    let mut bytes = Vec::with_capacity((rows.len() + table.further_rows()) * length);
    if let Some((file, cells)) = release.table(table.id) {
        let encoder = Encoder { numbering, texts, file: &release.files[file].cells };
        for (new, row) in rows.iter().enumerate() {
            for (column, cell) in table.columns.iter().zip(cells.row(*row as usize)) {
                encoder.cell(column.kind, *cell, &mut bytes);
            }
            links.iter().for_each(|link| bytes.extend_from_slice(&link[new].to_le_bytes()));
        }
    }
    if table.further_rows() > 0 {
        bytes.resize(bytes.len() + table.offset(table.columns.len()), 0);
        links.iter().for_each(|link| bytes.extend_from_slice(&link[rows.len()].to_le_bytes()));
    }
    bytes
}

/// The entries of all lists, one list behind the other.
fn lookup(release: &DmdRelease, numbering: &DmdNumbering, texts: &Texts<'_>) -> Vec<u8> {
    let table = TableId::Lookup.table();
    let read = release.table(TableId::Lookup);
    let none = FileCells::default();
    let file = read.map_or(&none, |(file, _)| &release.files[file].cells);
    let encoder = Encoder { numbering, texts, file };
    let mut bytes = Vec::new();
    for list in List::ALL {
        for (code, row) in &numbering.lists[list.number()] {
            let unknown = [*code, ABSENT, ABSENT, ABSENT, ABSENT];
            let cells = match (read, row) {
                (Some((_, cells)), Some(row)) => cells.row(*row as usize),
                _ => &unknown,
            };
            for (column, cell) in table.columns.iter().zip(cells) {
                encoder.cell(column.kind, *cell, &mut bytes);
            }
        }
    }
    bytes
}

/// The number that a row of a table has in a column, as an index stores it.
fn column_numbers<'a>(
    numbering: &'a DmdNumbering,
    cells: &'a Cells,
    column: usize,
) -> impl Iterator<Item = u64> + 'a {
    let table = cells.table;
    let kind = table.columns[column].kind;
    numbering.tables[table.id.number()].order.iter().map(move |row| {
        let cell = cells.row(*row as usize)[column];
        match kind {
            Kind::Reference(target) => u64::from(numbering.reference(target, cell)),
            _ if cell == ABSENT => 0,
            _ => cell,
        }
    })
}

/// The entries of an order: rows by the number in its column, and then by row.
fn entries(release: &DmdRelease, numbering: &DmdNumbering, order: Order) -> Entries {
    let (table, column) = order.of();
    let Some((_, cells)) = release.table(table) else { return Vec::new() };
    let column = table.table().column(column);
    let mut keyed: Vec<(u64, u32)> = column_numbers(numbering, cells, column).zip(0..).collect();
    if order == Order::GtinByNumber {
        keyed.retain(|(gtin, _)| *gtin != 0);
    }
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// Where the rows that belong to each record of a table begin, and where the last ones end.
fn starts(
    release: &DmdRelease,
    numbering: &DmdNumbering,
    owner: TableId,
    link: Link,
    orders: &[Entries],
) -> Vec<u32> {
    let (table, column) = match link {
        Link::Rows(table) => (table, table.table().owner.unwrap_or_default()),
        Link::Order(order) => order.of(),
    };
    let records = numbering.tables[owner.number()].rows() as usize;
    let mut counts = vec![0_u32; records + 1];
    if let Some((_, cells)) = release.table(table) {
        let column = table.table().column(column);
        debug_assert!(match link {
            Link::Order(order) =>
                orders[order as usize].len() == cells.rows() || order == Order::GtinByNumber,
            Link::Rows(_) => true,
        });
        for number in column_numbers(numbering, cells, column) {
            if let Some(count) = counts[..records].get_mut(number as usize) {
                *count += 1;
            }
        }
    }
    let mut start = 0;
    for count in &mut counts {
        (*count, start) = (start, start + *count);
    }
    counts
}

/// GTINs and the first place of each among the entries of their order.
fn gtins(release: &DmdRelease, numbering: &DmdNumbering, entries: &[u32]) -> Vec<(u64, u32)> {
    let Some((_, cells)) = release.table(TableId::Gtin) else { return Vec::new() };
    let column = TableId::Gtin.table().column("GTIN");
    let order = &numbering.tables[TableId::Gtin.number()].order;
    let gtin = |row: u32| cells.row(order[row as usize] as usize)[column];
    let mut firsts: Vec<(u64, u32)> = entries.iter().map(|row| gtin(*row)).zip(0..).collect();
    firsts.dedup_by_key(|(gtin, _)| *gtin);
    firsts
}
