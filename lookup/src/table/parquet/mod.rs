//! Parquet: columns that are looked at are read, columns that are added are written, and all others
//! are copied as they are, compressed as they are.
//!
//! The [format](https://parquet.apache.org/docs/file-format/) keeps a table in groups of rows, a
//! column of which is one piece of the file: such a piece is copied byte by byte, and only the
//! places that the footer names change.

mod added;
mod arrow_schema;
mod cells;
mod day;
mod key_values;
mod whole;
mod words;

pub(crate) use self::added::{AddedColumns, EncodedColumn};
pub(crate) use self::cells::CellColumn;
pub(crate) use self::whole::{ParquetOutput, ParquetTable};

use parquet::errors::ParquetError;

/// What is wrong with a file, as one line.
pub(crate) fn told(error: &ParquetError) -> String {
    let told = match error {
        ParquetError::General(text) | ParquetError::EOF(text) | ParquetError::NYI(text) => {
            text.clone()
        }
        error => error.to_string(),
    };
    told.lines().collect::<Vec<_>>().join(" ")
}
