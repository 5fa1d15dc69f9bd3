//! Codes: `f_lookup2`.

use super::super::Kind::{Date, Flag, Number, Sctid, Text};
use super::super::column::{one, optional};
use super::super::table::{Table, TableId};

/// `f_lookup2`, all lists.
pub(crate) const LOOKUP: Table = Table {
    id: TableId::Lookup,
    file: "f_lookup2",
    path: &["LOOKUP", "*", "INFO"],
    columns: &[
        one("CD", Number),
        optional("CDDT", Date),
        optional("CDPREV", Sctid),
        optional("INVALID", Flag),
        one("DESC", Text),
    ],
    owner: None,
    links: &[],
};
