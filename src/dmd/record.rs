//! One record of any table, read by its description.

use super::dictionary::Dmd;
use super::element::{Element, ElementValue};
use super::lookup::LookupEntry;
use super::schema::{Column, Kind, Link, List, Order, Table, TableId};
use crate::date::Date;
use crate::id::Sctid;
use crate::index::format::{NONE_U8, NONE_U16};
use crate::snomed::Decimal;

/// A record of dm+d: a product, or something that belongs to one.
///
/// A handle: `Copy`, and free to make. Each kind of record has a type of its own with a method for
/// each element; this one has all elements by their names, in the order of the schema.
#[derive(Clone, Copy)]
pub struct Record<'t> {
    pub(super) dmd: Dmd<'t>,
    pub(super) table: TableId,
    pub(super) row: u32,
}

impl std::fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({})", self.table, self.row)
    }
}

/// Two handles are equal if they are of the same record of the same terminology.
impl PartialEq for Record<'_> {
    fn eq(&self, other: &Record<'_>) -> bool {
        self.table == other.table && self.row == other.row && self.dmd.is_same(other.dmd)
    }
}

impl Eq for Record<'_> {}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A row of the table.
    Row(u32),
    /// An id that the release does not have: its place among those.
    Missing(usize),
}

impl<'t> Record<'t> {
    #[inline]
    pub(super) fn new(dmd: Dmd<'t>, table: TableId, row: u32) -> Record<'t> {
        Record { dmd, table, row }
    }

    /// Which table it stands in.
    pub fn table(self) -> &'static Table {
        self.table.table()
    }

    /// The release that it is of.
    pub(super) fn dmd(self) -> Dmd<'t> {
        self.dmd
    }

    /// Its place in its table.
    pub(crate) fn row(self) -> u32 {
        self.row
    }

    #[inline]
    fn array<const N: usize>(self, offset: usize) -> Option<&'t [u8; N]> {
        let rows = self.dmd.layout.table(self.table);
        let start = (self.row as usize).checked_mul(rows.length)?.checked_add(offset)?;
        self.dmd.source.view(rows.section).array(start)
    }

    pub(super) fn u8(self, offset: usize) -> Option<u8> {
        self.array(offset).map(|[byte]| *byte)
    }

    pub(super) fn u16(self, offset: usize) -> Option<u16> {
        Some(u16::from_le_bytes(*self.array(offset)?))
    }

    #[inline]
    pub(super) fn u32(self, offset: usize) -> Option<u32> {
        Some(u32::from_le_bytes(*self.array(offset)?))
    }

    #[inline]
    pub(super) fn u64(self, offset: usize) -> Option<u64> {
        Some(u64::from_le_bytes(*self.array(offset)?))
    }

    /// Its own identifier. Every record has one on a verified file; the smallest number stands in
    /// where a damaged block is being found out about.
    #[inline]
    pub(super) fn id(self, offset: usize) -> Sctid {
        self.sctid(offset).unwrap_or(crate::snomed::constants::ROOT)
    }

    #[inline]
    pub(super) fn sctid(self, offset: usize) -> Option<Sctid> {
        Sctid::as_published(self.u64(offset)?)
    }

    /// Where a text lies among all texts: its start and length.
    #[inline]
    pub(super) fn span(self, offset: usize) -> Option<(usize, usize)> {
        let [a, b, c, d, e, f] = *self.array(offset)?;
        match u32::from_le_bytes([a, b, c, d]) {
            Kind::NONE_U32 => None,
            start => Some((start as usize, usize::from(u16::from_le_bytes([e, f])))),
        }
    }

    #[inline]
    pub(super) fn text(self, offset: usize) -> Option<&'t str> {
        let (start, length) = self.span(offset)?;
        self.dmd.source.view(self.dmd.layout.text).text(start, length)
    }

    pub(super) fn decimal(self, offset: usize) -> Option<Decimal<'t>> {
        Decimal::of_xml(self.text(offset)?)
    }

    #[inline]
    pub(super) fn date(self, offset: usize) -> Option<Date> {
        Date::from_number(self.u32(offset)?)
    }

    pub(super) fn integer(self, offset: usize) -> Option<u32> {
        self.u32(offset).filter(|number| *number != Kind::NONE_U32)
    }

    /// Whether a flag is present and set.
    pub(super) fn flag(self, offset: usize) -> bool {
        self.u8(offset) == Some(1)
    }

    pub(super) fn code(self, list: List, offset: usize) -> Option<LookupEntry<'t>> {
        let place = self.u16(offset)?;
        if place == NONE_U16 {
            return None;
        }
        self.dmd.entry(list, u32::from(place))
    }

    /// What a reference leads to.
    #[inline]
    pub(super) fn target(self, table: TableId, offset: usize) -> Option<Target> {
        let number = self.u32(offset).filter(|number| *number != Kind::NONE_U32)?;
        let rows = self.dmd.layout.table(table).section.items;
        Some(match (number as usize).checked_sub(rows) {
            None => Target::Row(number),
            Some(missing) => Target::Missing(missing),
        })
    }

    /// The row that a reference leads to.
    #[inline]
    pub(super) fn row_of(self, table: TableId, offset: usize) -> Option<u32> {
        match self.target(table, offset)? {
            Target::Row(row) => Some(row),
            Target::Missing(_) => None,
        }
    }

    /// The identifier of a reference, also where the release does not have what it names.
    pub(super) fn id_of(self, table: TableId, offset: usize) -> Option<Sctid> {
        match self.target(table, offset)? {
            // An identifier comes first in its table, or behind it.
            Target::Row(row) => {
                let described = table.table();
                let column = described.id_column()?;
                Record::new(self.dmd, table, row).sctid(described.offset(column))
            }
            Target::Missing(place) => {
                Sctid::as_published(self.dmd.source.view(self.dmd.layout.missing).u64(place)?)
            }
        }
    }

    /// The range of rows, or of entries of an order, that belongs to it.
    #[inline]
    pub(super) fn range(self, link: Link, offset: usize) -> (u32, u32) {
        let rows = self.dmd.layout.linked(link).section.items;
        let next = Record { row: self.row.saturating_add(1), ..self };
        match (self.u32(offset), next.u32(offset)) {
            (Some(start), Some(end)) if start <= end && end as usize <= rows => (start, end),
            _ => (0, 0),
        }
    }

    /// The records that a link of its table leads to; none where its table has no such link.
    pub fn linked(self, link: Link) -> impl Iterator<Item = Record<'t>> + Clone {
        let table = self.table();
        let is_linked = table.links.contains(&link);
        let range = if is_linked { self.range(link, table.link_offset(link)) } else { (0, 0) };
        let (linked, order) = match link {
            Link::Rows(table) => (table, None),
            Link::Order(order) => (order.of().0, Some(order)),
        };
        (range.0..range.1).filter_map(move |place| {
            let row = match order {
                None => place,
                Some(order) => {
                    let rows = self.dmd.layout.order(order);
                    self.dmd.source.view(rows.section).u32(place as usize)?
                }
            };
            Some(Record::new(self.dmd, linked, row))
        })
    }

    /// All its elements that are present, in the order of the schema.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// let dmd = terminology.dmd()?;
    /// let vtm = dmd.vtms().next().ok_or("no VTM")?;
    /// let elements: Vec<_> = vtm.record().elements().map(|element| element.name).collect();
    /// assert_eq!(elements[0], "VTMID");
    /// assert!(elements.contains(&"NM"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn elements(self) -> impl Iterator<Item = Element<'t>> {
        let table = self.table();
        table.columns.iter().enumerate().filter_map(move |(place, column)| {
            let value = self.value(column.kind, table.offset(place))?;
            Some(Element { name: column.element, value })
        })
    }

    /// Whether a reference of it leads to a record that the release has.
    pub(crate) fn has_target(self, element: &str) -> bool {
        let table = self.table();
        let place = table.columns.iter().position(|column| column.element == element);
        let Some((place, Kind::Reference(to))) =
            place.and_then(|place| Some((place, table.columns.get(place)?.kind)))
        else {
            return false;
        };
        self.row_of(to, table.offset(place)).is_some()
    }

    /// Every element that its table knows, in the order of the schema, with what it holds; `None`
    /// where it is absent.
    pub(crate) fn values(
        self,
    ) -> impl Iterator<Item = (&'static Column, Option<ElementValue<'t>>)> {
        let mut offset = 0_usize;
        self.table().columns.iter().map(move |column| {
            let value = self.value(column.kind, offset);
            offset = offset.saturating_add(column.kind.width());
            (column, value)
        })
    }

    fn value(self, kind: Kind, offset: usize) -> Option<ElementValue<'t>> {
        Some(match kind {
            Kind::Id | Kind::Sctid => ElementValue::Id(self.sctid(offset)?),
            Kind::Reference(table) => ElementValue::Id(self.id_of(table, offset)?),
            Kind::Code(list) => ElementValue::Code(self.code(list, offset)?),
            Kind::Number => ElementValue::Number(self.u64(offset)?),
            Kind::Text => ElementValue::Text(self.text(offset)?),
            Kind::Decimal => ElementValue::Decimal(self.decimal(offset)?),
            Kind::Date => ElementValue::Date(self.date(offset)?),
            Kind::Integer => ElementValue::Integer(self.integer(offset)?),
            Kind::Flag => match self.u8(offset)? {
                NONE_U8 => return None,
                flag => ElementValue::Flag(flag == 1),
            },
            Kind::Gtin => match self.u64(offset)? {
                0 => return None,
                number => ElementValue::Gtin(number),
            },
        })
    }
}

/// A kind of record, as a type of its own. Sealed: the tables of dm+d are what they are.
pub trait DmdRecord<'t>: Copy + sealed::Sealed {
    /// The table whose rows it stands for.
    const TABLE: TableId;

    /// The record as such, with all its elements by name.
    fn record(self) -> Record<'t>;

    #[doc(hidden)]
    fn of_record(record: Record<'t>) -> Self;
}

pub(super) mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Record<'_> {}

/// Records one after the other: those of a table, or those that belong to something.
///
/// Rows lie one behind the other in the index, so there is nothing to collect, and the length is
/// known.
#[derive(Clone, Copy, Debug)]
pub struct Records<'t, R> {
    dmd: Dmd<'t>,
    table: TableId,
    order: Option<Order>,
    next: u32,
    end: u32,
    record: std::marker::PhantomData<R>,
}

impl<'t, R: DmdRecord<'t>> Records<'t, R> {
    #[inline]
    pub(super) fn rows(dmd: Dmd<'t>, (next, end): (u32, u32)) -> Records<'t, R> {
        let record = std::marker::PhantomData;
        Records { dmd, table: R::TABLE, order: None, next, end, record }
    }

    #[inline]
    pub(super) fn ordered(dmd: Dmd<'t>, order: Order, (next, end): (u32, u32)) -> Records<'t, R> {
        let record = std::marker::PhantomData;
        Records { dmd, table: R::TABLE, order: Some(order), next, end, record }
    }

    #[inline]
    fn at(&self, place: u32) -> Option<R> {
        let row = match self.order {
            None => place,
            Some(order) => {
                let rows = self.dmd.layout.order(order);
                self.dmd.source.view(rows.section).u32(place as usize)?
            }
        };
        Some(R::of_record(Record::new(self.dmd, self.table, row)))
    }
}

impl<'t, R: DmdRecord<'t>> Iterator for Records<'t, R> {
    type Item = R;

    #[inline]
    fn next(&mut self) -> Option<R> {
        if self.next >= self.end {
            return None;
        }
        let place = self.next;
        self.next = place.saturating_add(1);
        self.at(place)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end.saturating_sub(self.next) as usize;
        (left, Some(left))
    }
}

impl<'t, R: DmdRecord<'t>> DoubleEndedIterator for Records<'t, R> {
    fn next_back(&mut self) -> Option<R> {
        if self.next >= self.end {
            return None;
        }
        self.end = self.end.saturating_sub(1);
        self.at(self.end)
    }
}

impl<'t, R: DmdRecord<'t>> ExactSizeIterator for Records<'t, R> {}

/// Makes the type of a kind of record, with a method for each element.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident: $table:ident, $id:ident;
        $($(#[$method_doc:meta])* $method:ident = $kind:ident $(($($argument:tt)*))? $element:literal;)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub struct $name<'t> {
            pub(in crate::dmd) record: $crate::dmd::record::Record<'t>,
        }

        impl $crate::dmd::record::sealed::Sealed for $name<'_> {}

        impl<'t> $crate::dmd::record::DmdRecord<'t> for $name<'t> {
            const TABLE: $crate::dmd::schema::TableId = $crate::dmd::schema::TableId::$id;

            #[inline]
            fn record(self) -> $crate::dmd::record::Record<'t> {
                self.record
            }

            #[inline]
            fn of_record(record: $crate::dmd::record::Record<'t>) -> $name<'t> {
                $name { record }
            }
        }

        impl<'t> $name<'t> {
            /// The record as such, with all its elements by name.
            pub fn record(self) -> $crate::dmd::record::Record<'t> {
                self.record
            }

            $(
                $crate::dmd::record::element! {
                    $(#[$method_doc])* $method, $table, $kind $(($($argument)*))?, $element
                }
            )*
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " "))?;
                f.debug_map()
                    .entries(self.record.elements().map(|element| (element.name, element.value)))
                    .finish()
            }
        }
    };
}

/// Makes the method of one element.
macro_rules! element {
    (@offset $table:ident, $element:literal) => {
        const {
            let table = $crate::dmd::schema::$table;
            table.offset(table.column($element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, id, $element:literal) => {
        $(#[$doc])*
        #[inline]
        pub fn $method(self) -> $crate::id::Sctid {
            self.record.id($crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, name, $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> &'t str {
            let offset = $crate::dmd::record::element!(@offset $table, $element);
            self.record.text(offset).unwrap_or_default()
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, flag, $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> bool {
            self.record.flag($crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, text, $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> Option<&'t str> {
            self.record.text($crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, decimal, $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> Option<$crate::snomed::Decimal<'t>> {
            self.record.decimal($crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, date, $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> Option<$crate::date::Date> {
            self.record.date($crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, integer, $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> Option<u32> {
            self.record.integer($crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, sctid, $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> Option<$crate::id::Sctid> {
            self.record.sctid($crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, code($list:expr), $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> Option<$crate::dmd::lookup::LookupEntry<'t>> {
            self.record.code($list, $crate::dmd::record::element!(@offset $table, $element))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, to($handle:ident), $element:literal) => {
        $(#[$doc])*
        #[inline]
        pub fn $method(self) -> Option<$handle<'t>> {
            let offset = $crate::dmd::record::element!(@offset $table, $element);
            let table = <$handle<'t> as $crate::dmd::record::DmdRecord<'t>>::TABLE;
            let row = self.record.row_of(table, offset)?;
            let record = $crate::dmd::record::Record::new(self.record.dmd, table, row);
            Some($crate::dmd::record::DmdRecord::of_record(record))
        }
    };
    ($(#[$doc:meta])* $method:ident, $table:ident, id_of($id:expr), $element:literal) => {
        $(#[$doc])*
        pub fn $method(self) -> Option<$crate::id::Sctid> {
            self.record.id_of($id, $crate::dmd::record::element!(@offset $table, $element))
        }
    };
}

/// Makes the methods that give what belongs to a record.
macro_rules! links {
    ($name:ident: $table:ident; $($(#[$doc:meta])* $method:ident = $link:expr => $of:ident;)*) => {
        impl<'t> $name<'t> {
            $(
                $(#[$doc])*
                #[inline]
                pub fn $method(self) -> $crate::dmd::record::Records<'t, $of<'t>> {
                    const LINK: $crate::dmd::schema::Link = $link;
                    let offset = const { $crate::dmd::schema::$table.link(LINK) };
                    let range = self.record.range(LINK, offset);
                    match LINK {
                        $crate::dmd::schema::Link::Rows(_) => {
                            $crate::dmd::record::Records::rows(self.record.dmd, range)
                        }
                        $crate::dmd::schema::Link::Order(order) => {
                            $crate::dmd::record::Records::ordered(self.record.dmd, order, range)
                        }
                    }
                }
            )*
        }
    };
}

pub(super) use {element, links, record};
