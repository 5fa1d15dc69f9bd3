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

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use parquet::errors::ParquetError;

/// What is wrong with a file, as one line.
pub(crate) fn told(error: &ParquetError) -> String {
    let told = match error {
        ParquetError::General(text) | ParquetError::EOF(text) | ParquetError::NYI(text) => {
            text.clone()
        }
        error => error.to_string(),
    };
    let told = told.lines().collect::<Vec<_>>().join(" ");
    if told.contains("Required field type_ is missing") {
        return format!(
            "{told}: the footer does not say what a column is, as where columns are encrypted; \
             decrypt the file first"
        );
    }
    match told.strip_prefix("Disabled feature at compile time: ") {
        Some(compression) => {
            format!("a column is compressed with {compression}, which is not read")
        }
        None => told,
    }
}

/// Whether a file is Parquet whose footer is encrypted. Text may begin as it does.
pub(crate) fn is_encrypted(path: &str) -> bool {
    let ends = |file: &mut File| -> io::Result<[[u8; 4]; 2]> {
        let mut marks = [[0; 4]; 2];
        file.read_exact(&mut marks[0])?;
        file.seek(SeekFrom::End(-4))?;
        file.read_exact(&mut marks[1])?;
        Ok(marks)
    };
    File::open(path).is_ok_and(|mut file| ends(&mut file).is_ok_and(|ends| ends == [*b"PARE"; 2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_told_with_what_to_do() {
        let missing = ParquetError::General("Required field type_ is missing".to_owned());
        assert!(told(&missing).contains("encrypted"));
        let brotli = ParquetError::General("Disabled feature at compile time: brotli".to_owned());
        assert_eq!(told(&brotli), "a column is compressed with brotli, which is not read");
        assert_eq!(told(&ParquetError::General("a\nb".to_owned())), "a b");
    }
}
