//! Where dm+d lies in a file, checked against each other once.

use super::schema::{Link, Order, TABLES, TableId};
use crate::index::format::{self, DMD_TABLE_LENGTH};
use crate::index::{IndexFile, OpenError, Section};
use crate::search::SearchLayout;

/// Tables and orders.
pub(super) const ALL: usize = TABLES.len() + Order::ALL.len();
/// Levels of products.
pub(super) const LEVELS: usize = 5;
/// More products than fit, as their names must be numbered in 32 bits.
const MOST_PRODUCTS: usize = 1 << 28;

/// The rows of one table or order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rows {
    /// Where they lie, the further row included; its items are the records.
    pub(crate) section: Section,
    /// Bytes a row.
    pub(crate) length: usize,
}

/// The sections of dm+d.
#[derive(Debug)]
pub(crate) struct DmdLayout {
    pub(crate) meta: Section,
    pub(super) rows: [Rows; ALL],
    pub(super) text: Section,
    pub(super) missing: Section,
    /// Where the entries of each lookup list begin, and where the last ones end.
    pub(super) lists: [u32; super::schema::List::ALL.len() + 1],
    pub(super) buckets: Section,
    pub(super) gtin_buckets: Section,
    pub(super) previous: Section,
    pub(super) current: Section,
    pub(super) search: SearchLayout,
    /// The first product number of each level, and one past the last.
    pub(super) levels: [u32; LEVELS + 1],
}

impl DmdLayout {
    /// The layout of dm+d in a file, or `None` where it has none.
    pub(crate) fn of(file: &IndexFile) -> Result<Option<DmdLayout>, OpenError> {
        let Some(directory) = file.section(format::DMD_TABLES) else {
            return Ok(None);
        };
        let corrupt = |tag, what| file.corrupt_section(tag, what);
        let any = |tag| file.needed(tag);
        let records = |tag, length| file.records(tag, length, 0);
        let damaged = |tag, what| file.damage().map_or(corrupt(tag, what), |at| file.corrupt(at));

        let view = file.source().view(directory);
        if view.len() != ALL.saturating_mul(DMD_TABLE_LENGTH) {
            return Err(corrupt(
                format::DMD_TABLES,
                "there are not as many tables as there should be",
            ));
        }
        let held = any(format::DMD_ROWS)?;
        let mut rows = [Rows::default(); ALL];
        let mut end = 0_usize;
        for (number, rows) in rows.iter_mut().enumerate() {
            let record = view
                .record::<DMD_TABLE_LENGTH>(number)
                .ok_or_else(|| damaged(format::DMD_TABLES, "a table is missing"))?;
            let (length, further) = match TABLES.get(number) {
                Some(table) => (table.row_length(), table.further_rows()),
                None => (4, 0),
            };
            let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *record;
            let start = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
            let items = u32::from_le_bytes([i, j, k, l]) as usize;
            let stated = u32::from_le_bytes([m, n, o, p]) as usize;
            let bytes = items.checked_add(further).and_then(|rows| rows.checked_mul(length));
            let behind = bytes.and_then(|bytes| end.checked_add(bytes));
            let (Some(bytes), Some(behind)) = (bytes, behind.filter(|end| *end <= held.length))
            else {
                return Err(corrupt(format::DMD_TABLES, "a table is longer than its section"));
            };
            if start != end as u64 || stated != length || items > MOST_PRODUCTS {
                return Err(corrupt(format::DMD_TABLES, "a table lies or is laid out otherwise"));
            }
            let start = held.start.saturating_add(end);
            *rows = Rows { section: Section { start, length: bytes, items }, length };
            end = behind;
        }
        if end != held.length {
            return Err(corrupt(format::DMD_ROWS, "there are bytes behind the last table"));
        }

        let mut levels = [0_u32; LEVELS + 1];
        let mut products = 0_usize;
        for (level, rows) in levels.iter_mut().skip(1).zip(&rows) {
            products = products.saturating_add(rows.section.items);
            if products > MOST_PRODUCTS {
                return Err(corrupt(format::DMD_TABLES, "there are more products than fit"));
            }
            *level = products as u32;
        }

        let stated = records(format::DMD_LISTS, 4)?;
        let view = file.source().view(stated);
        let mut lists = [0_u32; super::schema::List::ALL.len() + 1];
        if stated.items != lists.len() {
            return Err(corrupt(
                format::DMD_LISTS,
                "there are not as many lists as there should be",
            ));
        }
        for (number, list) in lists.iter_mut().enumerate() {
            let start = view.u32(number);
            *list = start.ok_or_else(|| damaged(format::DMD_LISTS, "a list is missing"))?;
        }
        let [lookup] = [TableId::Lookup.number()].map(|number| rows.get(number));
        let entries = lookup.map_or(0, |rows| rows.section.items);
        let ends = (lists.first(), lists.last().map(|end| *end as usize));
        if !lists.is_sorted() || ends != (Some(&0), Some(entries)) {
            return Err(corrupt(format::DMD_LISTS, "the lists are not all entries, one by one"));
        }

        Ok(Some(DmdLayout {
            meta: any(format::META)?,
            rows,
            text: any(format::DMD_TEXT)?,
            missing: records(format::DMD_MISSING, 8)?,
            lists,
            buckets: any(format::DMD_BUCKETS)?,
            gtin_buckets: any(format::GTIN_BUCKETS)?,
            previous: records(format::DMD_PREVIOUS, format::DMD_PREVIOUS_LENGTH)?,
            current: records(format::DMD_CURRENT, 4)?,
            search: SearchLayout {
                ranks: any(format::DMD_RANKS)?,
                zones: any(format::DMD_RANK_ZONES)?,
                words: any(format::DMD_WORDS)?,
                word_postings: any(format::DMD_WORD_POSTINGS)?,
                prefix_postings: any(format::DMD_PREFIX_POSTINGS)?,
                postings: any(format::DMD_POSTINGS)?,
            },
            levels,
        }))
    }

    #[inline]
    pub(super) fn table(&self, table: TableId) -> Rows {
        self.rows.get(table.number()).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn order(&self, order: Order) -> Rows {
        self.rows.get(TABLES.len().saturating_add(order as usize)).copied().unwrap_or_default()
    }

    /// The rows that a link leads to.
    #[inline]
    pub(super) fn linked(&self, link: Link) -> Rows {
        match link {
            Link::Rows(table) => self.table(table),
            Link::Order(order) => self.order(order),
        }
    }
}
