//! The structure of the dm+d sections, checked once in one pass.
//!
//! A checksum stops accidents; this stops a file whose sections contradict each other. After it,
//! every reference leads to a record, every code to an entry, every text to UTF-8, and what is
//! searched by halves ascends.

use super::dictionary::Dmd;
use super::previous::IdKind;
use super::record::{Record, Target};
use super::schema::{Kind, Link, List, Order, TABLES, Table, TableId};
use crate::date::Date;
use crate::id::Sctid;
use crate::index::bucket::Buckets;
use crate::index::format::{self, DMD_NAMES, DMD_PREVIOUS_LENGTH, NONE_U8, NONE_U16, Tag};
use crate::search::SearchLayout;
use crate::snomed::Decimal;

/// What does not hold, and at which byte of which section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) section: Tag,
    pub(crate) at: usize,
    pub(crate) what: &'static str,
}

type Checked = Result<(), Broken>;

fn broken(section: Tag, at: usize, what: &'static str) -> Broken {
    Broken { section, at, what }
}

fn require(holds: bool, section: Tag, at: usize, what: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(broken(section, at, what)) }
}

impl Dmd<'_> {
    /// Checks every section against the others.
    pub(crate) fn verify(self) -> Checked {
        let meta = self.source.view(self.layout.meta);
        require(meta.text(0, meta.len()).is_some(), format::META, 0, "text that is not UTF-8")?;
        let text = self.source.view(self.layout.text);
        let text = text.text(0, text.len());
        let text = text.ok_or(broken(format::DMD_TEXT, 0, "text that is not UTF-8"))?;
        self.verify_missing()?;
        for table in TABLES {
            self.verify_table(table, text)?;
        }
        self.verify_lookup()?;
        for order in Order::ALL {
            self.verify_order(order)?;
        }
        self.verify_buckets()?;
        self.verify_previous()?;
        self.verify_search()
    }

    fn verify_missing(self) -> Checked {
        let view = self.source.view(self.layout.missing);
        let mut last = 0;
        for place in 0..self.layout.missing.items {
            let id = view.u64(place).unwrap_or_default();
            let holds = last < id && Sctid::as_published(id).is_some();
            let at = place.saturating_mul(8);
            require(holds, format::DMD_MISSING, at, "ids that do not ascend, or are none")?;
            last = id;
        }
        Ok(())
    }

    /// The place of a row among all rows.
    fn place(self, record: Record<'_>, offset: usize) -> usize {
        let rows = self.layout.table(record.table);
        let first = self.layout.rows.first().map_or(0, |first| first.section.start);
        let row = (record.row as usize).saturating_mul(rows.length);
        rows.section.start.saturating_sub(first).saturating_add(row).saturating_add(offset)
    }

    fn verify_table(self, table: &'static Table, text: &str) -> Checked {
        let rows = self.layout.table(table.id).section.items;
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let key = Key::of(table);
        let mut last = None;
        for row in 0..rows {
            let record = Record::new(self, table.id, row);
            for (place, column) in table.columns.iter().enumerate() {
                let offset = table.offset(place);
                self.verify_value(record, column.kind, offset, text)
                    .map_err(|what| broken(format::DMD_ROWS, self.place(record, offset), what))?;
            }
            let key = key.read(record);
            require(
                last.is_none_or(|last| last < key || (last == key && !key_is_id(table))),
                format::DMD_ROWS,
                self.place(record, 0),
                "rows that are not in the order of their table",
            )?;
            last = Some(key);
        }
        self.verify_links(table, rows)
    }

    fn verify_value(
        self,
        record: Record<'_>,
        kind: Kind,
        offset: usize,
        text: &str,
    ) -> Result<(), &'static str> {
        let holds = |holds: bool, what| if holds { Ok(()) } else { Err(what) };
        match kind {
            Kind::Id => holds(record.sctid(offset).is_some(), "a number that is no SCTID"),
            Kind::Sctid => {
                let number = record.u64(offset).unwrap_or_default();
                let is_id = number == 0 || Sctid::as_published(number).is_some();
                holds(is_id, "a number that is no SCTID")
            }
            Kind::Reference(table) => match record.target(table, offset) {
                Some(Target::Missing(place)) => {
                    let held = self.layout.missing.items;
                    holds(place < held, "a reference to what is neither there nor missing")
                }
                _ => Ok(()),
            },
            Kind::Code(list) => {
                let place = record.u16(offset).unwrap_or_default();
                let holds_code = place == NONE_U16 || self.entry(list, place.into()).is_some();
                holds(holds_code, "a code that is not in its list")
            }
            Kind::Number | Kind::Integer | Kind::Gtin => Ok(()),
            Kind::Text | Kind::Decimal => {
                let Some((start, length)) = record.span(offset) else { return Ok(()) };
                let end = start.saturating_add(length);
                // Cut between characters, a part of UTF-8 is UTF-8.
                let Some(found) = text.get(start..end) else {
                    return Err("a text that is not inside, or begins within a character");
                };
                match kind {
                    Kind::Decimal => {
                        holds(Decimal::of_xml(found).is_some(), "a text that is no number")
                    }
                    _ => Ok(()),
                }
            }
            Kind::Date => {
                let number = record.u32(offset).unwrap_or_default();
                let is_date = number == 0 || Date::from_number(number).is_some();
                holds(is_date, "a number that is no date")
            }
            Kind::Flag => {
                let flag = record.u8(offset).unwrap_or_default();
                holds(flag <= 1 || flag == NONE_U8, "a flag that is neither set nor clear")
            }
        }
    }

    /// The links of each record, and the totals behind the last: ascending, and each range holds
    /// what belongs to its record and nothing else.
    fn verify_links(self, table: &'static Table, rows: u32) -> Checked {
        for link in table.links {
            let offset = table.link(*link);
            let linked = self.layout.linked(*link).section.items;
            let mut last = 0;
            for row in 0..=rows {
                let record = Record::new(self, table.id, row);
                let start = record.u32(offset).unwrap_or(u32::MAX);
                let holds = last <= start && start as usize <= linked && (row > 0 || start == 0);
                let at = self.place(record, offset);
                require(holds, format::DMD_ROWS, at, "links that do not ascend")?;
                if row > 0 {
                    let owner = row.saturating_sub(1);
                    self.verify_belongs(*link, last, start, Some(owner), table.id)?;
                }
                last = start;
            }
            self.verify_belongs(*link, last, linked as u32, None, table.id)?;
        }
        Ok(())
    }

    fn verify_belongs(
        self,
        link: Link,
        start: u32,
        end: u32,
        owner: Option<u32>,
        owning: TableId,
    ) -> Checked {
        let (holder, column) = match link {
            Link::Rows(table) => (table.table(), table.table().owner.unwrap_or_default()),
            Link::Order(order) => (order.of().0.table(), order.of().1),
        };
        let Some(place) = holder.columns.iter().position(|found| found.element == column) else {
            return Ok(());
        };
        let offset = holder.offset(place);
        for at in start..end {
            let row = match link {
                Link::Rows(_) => Some(at),
                Link::Order(order) => self.order_entry(order, at as usize),
            };
            let found =
                row.and_then(|row| Record::new(self, holder.id, row).row_of(owning, offset));
            // The row of an entry may be one that its table does not have.
            let at = match link {
                Link::Rows(_) => self.place(Record::new(self, holder.id, at), offset),
                Link::Order(order) => self.order_place(order, at as usize),
            };
            let what = "a row that belongs to another record";
            require(found == owner, format::DMD_ROWS, at, what)?;
        }
        Ok(())
    }

    fn verify_lookup(self) -> Checked {
        for list in List::ALL {
            let mut last = None;
            for entry in self.list(list) {
                let code = entry.code();
                require(
                    last.is_none_or(|last| last < code),
                    format::DMD_ROWS,
                    self.place(entry.record(), 0),
                    "lookup entries that do not ascend",
                )?;
                last = Some(code);
            }
        }
        Ok(())
    }

    /// The place of an entry of an order among all rows.
    fn order_place(self, order: Order, entry: usize) -> usize {
        let first = self.layout.rows.first().map_or(0, |first| first.section.start);
        let start = self.layout.order(order).section.start.saturating_sub(first);
        start.saturating_add(entry.saturating_mul(4))
    }

    fn order_entry(self, order: Order, place: usize) -> Option<u32> {
        let rows = self.layout.order(order);
        self.source.view(rows.section).u32(place)
    }

    /// Every row once, ascending by the column and then by row. That each is there once follows from
    /// that and from their number, but for GTINs, of which empty ones are left out.
    fn verify_order(self, order: Order) -> Checked {
        let rows = self.layout.order(order);
        let (table, column) = order.of();
        let table = table.table();
        let held = self.layout.table(table.id).section.items;
        let Some(place) = table.columns.iter().position(|found| found.element == column) else {
            return Ok(());
        };
        let offset = table.offset(place);
        let value = |row: u32| -> u64 {
            let record = Record::new(self, table.id, row);
            match order {
                Order::GtinByNumber => record.u64(offset).unwrap_or_default(),
                _ => record.u32(offset).map_or(0, u64::from),
            }
        };
        let mut last = None;
        for entry in 0..rows.section.items {
            let row = self.order_entry(order, entry).unwrap_or(u32::MAX);
            let here = (value(row), row);
            let holds = (row as usize) < held && last.is_none_or(|last| last < here);
            let at = self.order_place(order, entry);
            require(holds, format::DMD_ROWS, at, "an order that does not ascend")?;
            last = Some(here);
        }
        let left_out = match order {
            Order::GtinByNumber => {
                let rows = u32::try_from(held).unwrap_or(u32::MAX);
                (0..rows).filter(|row| value(*row) == 0).count()
            }
            _ => 0,
        };
        require(
            rows.section.items.checked_add(left_out) == Some(held),
            format::DMD_ROWS,
            self.order_place(order, 0),
            "an order without some of the rows",
        )
    }

    fn verify_buckets(self) -> Checked {
        let [.., products] = self.layout.levels;
        let id_of = |number: u32| {
            let product = super::Product::of_number(self, number)?;
            Some(product.id().value())
        };
        // An identifier that is used at two levels stands in the table once, at the first.
        let view = self.source.view(self.layout.buckets);
        let held = self.layout.buckets.items;
        Buckets::new(view)
            .verify_some(products, held, id_of)
            .map_err(|(at, what)| broken(format::DMD_BUCKETS, at, what))?;
        for number in 0..products {
            let found = id_of(number).and_then(Sctid::as_published).and_then(|id| self.number(id));
            let what = "a product that no look-up finds";
            require(found.is_some_and(|at| at <= number), format::DMD_BUCKETS, 0, what)?;
        }

        let order = self.layout.order(Order::GtinByNumber).section.items;
        let gtin_at = |place: u32| {
            let row = self.order_entry(Order::GtinByNumber, place as usize)?;
            const OFFSET: usize = super::schema::GTIN.offset(super::schema::GTIN.column("GTIN"));
            Record::new(self, TableId::Gtin, row).u64(OFFSET)
        };
        let entries = u32::try_from(order).unwrap_or(u32::MAX);
        let is_first = |place: &u32| {
            place.checked_sub(1).is_none_or(|before| gtin_at(before) != gtin_at(*place))
        };
        let firsts = (0..entries).filter(is_first).count();
        let first_gtin = |place: u32| gtin_at(place).filter(|_| is_first(&place));
        Buckets::new(self.source.view(self.layout.gtin_buckets))
            .verify_some(entries, firsts, first_gtin)
            .map_err(|(at, what)| broken(format::GTIN_BUCKETS, at, what))
    }

    fn verify_previous(self) -> Checked {
        let rows = self.source.view(self.layout.previous);
        let mut last = None;
        for place in 0..self.layout.previous.items {
            let at = place.saturating_mul(DMD_PREVIOUS_LENGTH);
            let record = rows.record::<DMD_PREVIOUS_LENGTH>(place).copied().unwrap_or_default();
            let (words, _) = record.as_chunks::<8>();
            let (halves, _) = record.as_chunks::<4>();
            let mut ids = words.iter().map(|word| u64::from_le_bytes(*word));
            let mut numbers = halves.iter().skip(4).map(|half| u32::from_le_bytes(*half));
            let mut id = || ids.next().unwrap_or_default();
            let mut number = || numbers.next().unwrap_or_default();
            let key = (id(), id(), number(), number(), number(), number());
            let (previous, current, kind, source, start, end) = key;
            let is_id = |id| Sctid::as_published(id).is_some();
            let is_date = |date| date == 0 || Date::from_number(date).is_some();
            let holds = is_id(previous) && is_id(current) && IdKind::is_number(kind);
            let holds = holds && source <= 1 && is_date(start) && is_date(end);
            require(holds, format::DMD_PREVIOUS, at, "an id, kind or date that is none")?;
            let ascends = last.is_none_or(|last| last < key);
            require(ascends, format::DMD_PREVIOUS, at, "ids that do not ascend")?;
            last = Some(key);
        }
        let order = self.source.view(self.layout.current);
        let what = "an order that is not that of the current ids";
        let held = self.layout.current.items == self.layout.previous.items;
        require(held, format::DMD_CURRENT, 0, what)?;
        let mut last = None;
        for place in 0..self.layout.current.items {
            let row = order.u32(place).unwrap_or(u32::MAX) as usize;
            let record = rows.record::<DMD_PREVIOUS_LENGTH>(row);
            let current = record.and_then(|record| record.as_chunks::<8>().0.get(1).copied());
            let key = current.map(|current| (u64::from_le_bytes(current), row));
            let holds = key.is_some() && last.is_none_or(|last| last < key);
            require(holds, format::DMD_CURRENT, place.saturating_mul(4), what)?;
            last = Some(key);
        }
        Ok(())
    }

    fn verify_search(self) -> Checked {
        let [.., products] = self.layout.levels;
        let names = products.saturating_mul(DMD_NAMES);
        let search = &self.layout.search;
        self.search_index().verify(names, products).map_err(|(start, what)| {
            let SearchLayout { ranks, zones, words, word_postings, prefix_postings, .. } = search;
            let sections = [
                (ranks, format::DMD_RANKS),
                (zones, format::DMD_RANK_ZONES),
                (words, format::DMD_WORDS),
                (word_postings, format::DMD_WORD_POSTINGS),
                (prefix_postings, format::DMD_PREFIX_POSTINGS),
            ];
            let named = sections.iter().find(|(section, _)| section.start == start);
            broken(named.map_or(format::DMD_POSTINGS, |(_, tag)| *tag), 0, what)
        })?;
        let ranks = self.source.view(search.ranks);
        for rank in 0..search.ranks.items {
            let at = rank.saturating_mul(8);
            let name = ranks.u32(rank.saturating_mul(2)).unwrap_or(u32::MAX);
            let number = ranks.u32(rank.saturating_mul(2).saturating_add(1));
            let holds = name.checked_div(DMD_NAMES) == number && self.name_of(name).is_some();
            require(holds, format::DMD_RANKS, at, "a name that its product does not have")?;
        }
        Ok(())
    }
}

/// What the rows of a table ascend by.
enum Key {
    /// An identifier of their own.
    Id(usize),
    /// The record they belong to, and then an identifier of their own.
    OwnerAndId(usize, usize),
    /// The record they belong to.
    Owner(usize),
    /// Current and previous id, and the start.
    History([usize; 3]),
    /// Lookup entries: looked at by list.
    None,
}

impl Key {
    fn of(table: &Table) -> Key {
        let id = table.id_column().map(|column| table.offset(column));
        let owner = table.owner.and_then(|owner| {
            let place = table.columns.iter().position(|column| column.element == owner)?;
            Some(table.offset(place))
        });
        match (owner, id) {
            (Some(owner), Some(id)) => Key::OwnerAndId(owner, id),
            (Some(owner), None) => Key::Owner(owner),
            (None, Some(id)) => Key::Id(id),
            (None, None) if table.file == "f_history1" => {
                Key::History([table.offset(0), table.offset(1), table.offset(2)])
            }
            (None, None) => Key::None,
        }
    }

    fn read(&self, record: Record<'_>) -> (u64, u64, u64) {
        let long = |offset: usize| record.u64(offset).unwrap_or_default();
        let short = |offset: usize| record.u32(offset).map_or(0, u64::from);
        match *self {
            Key::Id(id) => (long(id), 0, 0),
            Key::OwnerAndId(owner, id) => (short(owner), long(id), 0),
            Key::Owner(owner) => (short(owner), 0, 0),
            Key::History([current, previous, start]) => {
                (long(current), long(previous), short(start))
            }
            Key::None => (0, 0, 0),
        }
    }
}

/// Whether no two rows of a table have the same key.
fn key_is_id(table: &Table) -> bool {
    table.id_column().is_some()
}
