//! `xres2_SNOMEDQueryTable`: too many rows to hold, so they are handed on as they are read.

use super::{Read, read_table};
use crate::release::Entry;

/// The columns, by position.
const COLUMNS: [&str; 3] = ["supertypeId", "subtypeId", "provenance"];

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QueryTableRow {
    pub(crate) supertype: u64,
    pub(crate) subtype: u64,
    pub(crate) provenance: u8,
}

/// Reads a query table; `take` is given each row, with what was made of the chunk so far.
pub(crate) fn read_query_table<T: Default + Send>(
    entry: &Entry,
    advance: &(dyn Fn(u64) + Sync),
    take: impl Fn(&mut T, QueryTableRow) + Sync,
) -> Read<T> {
    read_table(entry, COLUMNS, advance, |made: &mut T, row, log| {
        let (Some(supertype), Some(subtype)) = (row.sctid(0, log), row.sctid(1, log)) else {
            return;
        };
        let provenance = std::str::from_utf8(row.fields[2]).ok().and_then(|text| text.parse().ok());
        match provenance {
            Some(provenance) => take(made, QueryTableRow { supertype, subtype, provenance }),
            None => log.problem(row.line, Some(2), "a number from 0 to 255", row.fields[2]),
        }
    })
}
