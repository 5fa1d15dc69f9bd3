//! One row of a refset.

use std::fmt;

use super::Refset;
use super::component::Component;
use super::field::FieldValue;
use super::table::Table;
use crate::id::Sctid;
use crate::snomed::edition::{Snomed, partition_point};

/// A row of a refset, active or inactive.
#[derive(Clone, Copy)]
pub struct Member<'t> {
    snomed: Snomed<'t>,
    row: u32,
    refset: u16,
    table: u16,
    active: bool,
}

impl fmt::Debug for Member<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Member({}, {})", self.id(), self.referenced_component())
    }
}

/// The id of a member: a UUID, or what a release has in its place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberId<'t> {
    /// A UUID: prints in lower case, with hyphens.
    Uuid(u128),
    /// Not a UUID: as published.
    Unusual(&'t str),
}

impl fmt::Display for MemberId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uuid = match self {
            MemberId::Uuid(uuid) => *uuid,
            MemberId::Unusual(text) => return f.pad(text),
        };
        let low = |bits: u32, mask: u128| uuid >> bits & mask;
        let (head, tail) = (low(96, 0xFFFF_FFFF), low(0, 0xFFFF_FFFF_FFFF));
        let [one, two, three] = [low(80, 0xFFFF), low(64, 0xFFFF), low(48, 0xFFFF)];
        write!(f, "{head:08x}-{one:04x}-{two:04x}-{three:04x}-{tail:012x}")
    }
}

impl fmt::Debug for MemberId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemberId({self})")
    }
}

impl<'t> Member<'t> {
    pub(crate) fn new(refset: Refset<'t>, row: u32, table: u16, active: bool) -> Member<'t> {
        Member { snomed: refset.snomed, row, refset: refset.number, table, active }
    }

    /// Its id.
    pub fn id(self) -> MemberId<'t> {
        self.snomed.member_id(self.row)
    }

    /// Whether the release has it as active.
    pub fn is_active(self) -> bool {
        self.active
    }

    fn status(self) -> Option<(u64, u32)> {
        self.snomed.member_status(self.snomed.member_status_number(self.row)?)
    }

    /// Its module. `None` only where the index is damaged.
    pub fn module(self) -> Option<Sctid> {
        Sctid::as_published(self.status()?.0)
    }

    /// Its effective time, `YYYYMMDD`; `None` for a row not published yet.
    pub fn effective_time(self) -> Option<u32> {
        self.status().map(|(_, time)| time).filter(|time| *time != 0)
    }

    /// Its refset.
    pub fn refset(self) -> Refset<'t> {
        Refset { snomed: self.snomed, number: self.refset }
    }

    /// The component that it is about.
    pub fn referenced_component(self) -> Component<'t> {
        let code = self.snomed.member_component(self.row);
        code.and_then(|code| self.snomed.component_of_code(code)).unwrap_or(Component::None)
    }

    /// Its row among those of all refsets.
    pub(crate) fn row(self) -> u32 {
        self.row
    }

    pub(crate) fn table(self) -> Option<Table<'t>> {
        self.snomed.refset_table(self.table)
    }

    /// The value of the field of this name; `None` where its file has no such column.
    pub fn field(self, name: &str) -> Option<FieldValue<'t>> {
        self.table()?.column_named(name)?.value(self.row)
    }

    /// Its fields, name and value, in the order of the file.
    pub fn fields(self) -> impl Iterator<Item = (&'t str, FieldValue<'t>)> {
        let columns = self.table().into_iter().flat_map(Table::columns);
        columns.filter_map(move |column| Some((column.name(), column.value(self.row)?)))
    }
}

impl<'t> Snomed<'t> {
    /// The id of a member row.
    pub(crate) fn member_id(self, row: u32) -> MemberId<'t> {
        let layout = &self.layout.refsets;
        let rows = self.view(layout.unusual_members);
        let count = layout.unusual_members.items;
        let at = partition_point(0, count, |at| rows.u32(at).is_some_and(|found| found < row));
        if at < count && rows.u32(at) == Some(row) {
            let texts = layout.unusual_member_ids;
            let text = self.view(texts).short_text(texts.items, at);
            return MemberId::Unusual(text.unwrap_or_default());
        }
        let bytes = self.view(layout.member_ids).record::<16>(row as usize);
        // The first digits come first, as they are written.
        let digits = bytes.map_or(0, |bytes| {
            bytes.iter().fold(0, |value: u128, byte| value << 8 | u128::from(*byte))
        });
        MemberId::Uuid(digits)
    }

    /// The bytes of the id of a member row: of a UUID, or of the number in its place.
    #[inline]
    pub(crate) fn member_uuid(self, row: u32) -> Option<[u8; 16]> {
        self.view(self.layout.refsets.member_ids).record::<16>(row as usize).copied()
    }

    /// Module and effective time of a status of members or alternate identifiers.
    pub(crate) fn member_status(self, number: u16) -> Option<(u64, u32)> {
        let statuses = self.view(self.layout.refsets.member_statuses);
        let record = statuses.record::<12>(usize::from(number))?;
        let module = u64::from_le_bytes(*record.first_chunk()?);
        Some((module, u32::from_le_bytes(*record.last_chunk()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_printed_as_it_is_written() {
        let id = MemberId::Uuid(0x0895_232a_f4ba_42b2_98a4_eee1_8cbe_9881);
        assert_eq!(id.to_string(), "0895232a-f4ba-42b2-98a4-eee18cbe9881");
        assert_eq!(MemberId::Uuid(1).to_string(), "00000000-0000-0000-0000-000000000001");
        assert_eq!(MemberId::Unusual("12").to_string(), "12");
    }
}
