//! The history tables of the UK: found, read, held against the release, and written.

mod compare;
mod query_table;
mod read;

pub(crate) use compare::compare;
pub(crate) use query_table::{QueryTable, query_table};
pub(crate) use read::{HistoryTables, read};
