//! Indexes of dm+d that nobody's accident makes: checksums right, sections at odds with each other.

use farr::dmd::schema::{Kind, Link, TABLES, Table, TableId};
use farr::index::format::{self, DMD_TABLE_LENGTH, Tag};
use farr_exercise::{craft, repair, section};

use super::crafted::{Crafted, endless_vocabulary};

/// An id that every index is asked about.
const ASKED: u64 = 100_005;
/// Rows of a made history.
const MANY: u64 = 50_000;

/// All of them, made from the golden file of the dm+d release.
pub(crate) fn crafted_dmd(index: &[u8]) -> Vec<Crafted> {
    let next = |row: u64| ASKED + row;
    vec![
        ("an id that leads to very many", history(index, |row| (ASKED, next(row + 1)))),
        ("very many ids that lead to one", history(index, |row| (next(row), next(MANY)))),
        ("ids that lead on and on", history(index, |row| (next(row), next(row + 1)))),
        ("ids that go in a circle", history(index, |row| (next(row), next((row + 1) % MANY)))),
        ("every product has everything", everything(index)),
        ("links that end where numbers do", endless_links(index)),
        ("texts as long as all there are", endless_texts(index)),
        ("one GTIN for all packs", one_gtin(index)),
        ("tables beyond their section", endless_tables(index)),
        ("words beyond counting", craft(index, &[(format::DMD_WORDS, endless_vocabulary(), 1)])),
        ("ranks beyond the last", endless_ranks(index)),
    ]
}

fn owned(index: &[u8], tag: Tag) -> Vec<u8> {
    index[section(index, tag).expect("the section is there")].to_vec()
}

/// History rows of previous and current id, in the order of the format.
fn history(index: &[u8], row: impl Fn(u64) -> (u64, u64)) -> Vec<u8> {
    let mut rows: Vec<(u64, u64)> = (0..MANY).map(row).collect();
    rows.sort_unstable();
    let mut bytes = Vec::new();
    for (previous, current) in &rows {
        bytes.extend_from_slice(&previous.to_le_bytes());
        bytes.extend_from_slice(&current.to_le_bytes());
        for number in [TableId::VmpHistory.number() as u32, 1, 0, 0] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }
    let mut order: Vec<u32> = (0..MANY as u32).collect();
    order.sort_by_key(|row| rows[*row as usize].1);
    let order: Vec<u8> = order.into_iter().flat_map(u32::to_le_bytes).collect();
    craft(index, &[(format::DMD_PREVIOUS, bytes, MANY), (format::DMD_CURRENT, order, MANY)])
}

/// Where the rows of a table begin among all rows, how many there are, and how long one is.
fn rows_of(index: &[u8], table: usize) -> (usize, usize, usize) {
    let directory = owned(index, format::DMD_TABLES);
    let entry = &directory[table * DMD_TABLE_LENGTH..][..DMD_TABLE_LENGTH];
    let number = |at: usize| entry[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four));
    (number(0) as usize, number(8) as usize, number(12) as usize)
}

/// Changes the bytes of each row, further rows included, and makes the index anew.
fn changed(index: &[u8], change: impl Fn(&'static Table, usize, &mut [u8])) -> Vec<u8> {
    let mut rows = owned(index, format::DMD_ROWS);
    for (number, table) in TABLES.into_iter().enumerate() {
        let (start, count, length) = rows_of(index, number);
        for row in 0..count + table.further_rows() {
            change(table, row, &mut rows[start + row * length..][..length]);
        }
    }
    craft(index, &[(format::DMD_ROWS, rows, 1)])
}

/// Every other row has all that any has.
fn everything(index: &[u8]) -> Vec<u8> {
    changed(index, |table, row, bytes| {
        for link in table.links {
            let linked = match link {
                Link::Rows(rows) => rows.number(),
                Link::Order(order) => TABLES.len() + *order as usize,
            };
            let all = rows_of(index, linked).1 as u32;
            let value = if row % 2 == 0 { 0 } else { all };
            let at = table.link(*link);
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
    })
}

fn endless_links(index: &[u8]) -> Vec<u8> {
    changed(index, |table, row, bytes| {
        for link in table.links {
            let at = table.link(*link);
            let value = if row % 2 == 0 { 0 } else { u32::MAX };
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
    })
}

fn endless_texts(index: &[u8]) -> Vec<u8> {
    let all = section(index, format::DMD_TEXT).expect("there are texts").len().min(0xFFFF) as u16;
    changed(index, |table, _, bytes| {
        for (place, column) in table.columns.iter().enumerate() {
            if matches!(column.kind, Kind::Text) {
                let at = table.offset(place);
                bytes[at..at + 4].fill(0);
                bytes[at + 4..at + 6].copy_from_slice(&all.to_le_bytes());
            }
        }
    })
}

/// All rows of the GTIN file have the GTIN of the first.
fn one_gtin(index: &[u8]) -> Vec<u8> {
    changed(index, |table, _, bytes| {
        if table.id == TableId::Gtin {
            let at = table.offset(table.column("GTIN"));
            bytes[at..at + 8].copy_from_slice(&2_000_000_000_015_u64.to_le_bytes());
        }
    })
}

fn endless_tables(index: &[u8]) -> Vec<u8> {
    let mut directory = owned(index, format::DMD_TABLES);
    for entry in directory.chunks_exact_mut(DMD_TABLE_LENGTH).step_by(2) {
        entry[8..12].fill(0xFF);
    }
    let items = (directory.len() / DMD_TABLE_LENGTH) as u64;
    craft(index, &[(format::DMD_TABLES, directory, items)])
}

/// The zones of ranks end where a `u32` does.
fn endless_ranks(index: &[u8]) -> Vec<u8> {
    let mut bytes = index.to_vec();
    let zones = section(index, format::DMD_RANK_ZONES).expect("there are zones");
    bytes[zones].fill(0xFF);
    repair(&mut bytes);
    bytes
}
