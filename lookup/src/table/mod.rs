//! Tables that are read, answered and written row by row: rows stay in order, columns are added, and
//! all that was there stays as it was, byte for byte.

pub(crate) mod delimited;
pub(crate) mod encoding;
pub(crate) mod facts;
pub(crate) mod json_line;
pub(crate) mod ordered;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
pub(crate) mod published;
pub(crate) mod text;
pub(crate) mod withheld;
