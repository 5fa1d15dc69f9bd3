//! Elements of a record.

use super::list::List;
use super::table::TableId;

/// What an element holds, and how a row stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The identifier that the record is found by, an SCTID: `u64`.
    Id,
    /// An identifier of another record: `u32`, its row in that table, or as many more than it has
    /// rows as the place of the identifier in [`DMD_MISSING`](crate::index::format::DMD_MISSING);
    /// [`NONE_U32`](Kind::NONE_U32) where the element is absent.
    Reference(TableId),
    /// An identifier that need not be one of this release, a previous one say: `u64`, 0 where the
    /// element is absent.
    Sctid,
    /// A code of a lookup list: `u16`, its place in that list, [`NONE_U16`](crate::index::format::NONE_U16)
    /// where the element is absent. Compared as numbers, so that `0001` is `1`.
    Code(List),
    /// The code of a lookup entry itself: `u64`.
    Number,
    /// Text: `u32` start and `u16` length in [`DMD_TEXT`](crate::index::format::DMD_TEXT); a start of
    /// [`NONE_U32`](Kind::NONE_U32) where the element is absent or empty.
    Text,
    /// A decimal number as published, stored as [`Kind::Text`]: no digit is lost.
    Decimal,
    /// A day: `u32`, as the decimal number `YYYYMMDD`; 0 where the element is absent.
    Date,
    /// A whole number, pence say: `u32`, [`NONE_U32`](Kind::NONE_U32) where the element is absent.
    Integer,
    /// 1 or 0, with any number of leading zeros: `u8`,
    /// [`NONE_U8`](crate::index::format::NONE_U8) where the element is absent.
    Flag,
    /// A Global Trade Item Number: `u64`, 0 where the element is empty.
    Gtin,
}

impl Kind {
    /// "None" in a `u32` column.
    pub const NONE_U32: u32 = u32::MAX;

    /// Bytes in a row.
    pub const fn width(self) -> usize {
        match self {
            Kind::Id | Kind::Sctid | Kind::Number | Kind::Gtin => 8,
            Kind::Text | Kind::Decimal => 6,
            Kind::Reference(_) | Kind::Date | Kind::Integer => 4,
            Kind::Code(_) => 2,
            Kind::Flag => 1,
        }
    }
}

/// An element of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the XML file, `VPIDPREV` say.
    pub element: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether the XML schema demands it.
    pub required: bool,
}

/// An element that the XML schema demands.
pub(super) const fn one(element: &'static str, kind: Kind) -> Column {
    Column { element, kind, required: true }
}

/// An element that may be absent.
pub(super) const fn optional(element: &'static str, kind: Kind) -> Column {
    Column { element, kind, required: false }
}
