//! A column that is looked at: its values as text, row by row.

use std::io::Write as _;
use std::ops::Range;

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescriptor;

use super::day::of_days;

/// What the numbers of a column stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Text,
    Signed,
    Unsigned,
    /// Whole numbers of any length, the highest byte first.
    Long,
    Days,
    /// So many of them are a day.
    Moments(i64),
}

/// Digits that 16 bytes hold.
const MOST_DIGITS: i32 = 38;

/// A column of one group of rows, under way.
pub(crate) struct CellColumn {
    reader: ColumnReader,
    meaning: Meaning,
    is_optional: bool,
    levels: Vec<i16>,
    int32: Vec<i32>,
    int64: Vec<i64>,
    texts: Vec<ByteArray>,
    fixed: Vec<FixedLenByteArray>,
    /// The values of a batch as text, one behind the other.
    text: Vec<u8>,
    /// Where the text of each row stands; `None` where the row has no value.
    places: Vec<Option<Range<usize>>>,
}

/// Why a column cannot be looked at.
pub(crate) fn check(column: &ColumnDescriptor) -> std::result::Result<(), String> {
    meaning(column).map(|_| ())
}

fn meaning(column: &ColumnDescriptor) -> std::result::Result<Meaning, String> {
    let name = column.name();
    if column.max_rep_level() > 0 || column.path().parts().len() != 1 || column.max_def_level() > 1
    {
        return Err(format!("the column {name:?} is nested: give each row one code"));
    }
    let of_number = || match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Some(Meaning::Days),
        (Some(LogicalType::Timestamp(stamp)), _) => Some(Meaning::Moments(match stamp.unit {
            TimeUnit::MILLIS => 86_400_000,
            TimeUnit::MICROS => 86_400_000_000,
            TimeUnit::NANOS => 86_400_000_000_000,
        })),
        (None, ConvertedType::TIMESTAMP_MILLIS) => Some(Meaning::Moments(86_400_000)),
        (None, ConvertedType::TIMESTAMP_MICROS) => Some(Meaning::Moments(86_400_000_000)),
        (Some(LogicalType::Integer(integer)), _) if !integer.is_signed => Some(Meaning::Unsigned),
        (Some(LogicalType::Integer(_)), _) => Some(Meaning::Signed),
        (Some(LogicalType::Decimal(decimal)), _) if decimal.scale == 0 => Some(Meaning::Signed),
        (None, ConvertedType::DECIMAL) if column.type_scale() == 0 => Some(Meaning::Signed),
        (None, ConvertedType::UINT_64 | ConvertedType::UINT_32) => Some(Meaning::Unsigned),
        (None, ConvertedType::NONE | ConvertedType::INT_64 | ConvertedType::INT_32) => {
            Some(Meaning::Signed)
        }
        // A column without any value may be of any type: this is how one is written.
        (Some(LogicalType::Unknown), _) => Some(Meaning::Signed),
        (None, ConvertedType::INT_8 | ConvertedType::INT_16) => Some(Meaning::Signed),
        (None, ConvertedType::UINT_8 | ConvertedType::UINT_16) => Some(Meaning::Unsigned),
        _ => None,
    };
    let is_whole = match column.logical_type_ref() {
        Some(LogicalType::Decimal(decimal)) => decimal.scale == 0,
        Some(_) => false,
        None => column.converted_type() == ConvertedType::DECIMAL && column.type_scale() == 0,
    };
    let is_short = column.type_precision() <= MOST_DIGITS;
    let found = match column.physical_type() {
        Type::INT32 | Type::INT64 => of_number(),
        Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY if is_whole && is_short => {
            Some(Meaning::Long)
        }
        Type::BYTE_ARRAY => match column.logical_type_ref() {
            None if column.converted_type() == ConvertedType::DECIMAL => None,
            None | Some(LogicalType::String | LogicalType::Enum | LogicalType::Unknown) => {
                Some(Meaning::Text)
            }
            Some(_) => None,
        },
        Type::FLOAT | Type::DOUBLE => {
            return Err(format!(
                "the column {name:?} is of floating-point numbers, which do not keep the digits of \
                 a code: write it as text, or as whole numbers"
            ));
        }
        _ => None,
    };
    found.ok_or_else(|| {
        format!("the column {name:?} is neither of text nor of whole numbers nor of days")
    })
}

impl CellColumn {
    /// Begins to read a column.
    pub(crate) fn new(reader: ColumnReader, column: &ColumnDescriptor) -> Result<CellColumn> {
        Ok(CellColumn {
            reader,
            meaning: meaning(column).map_err(ParquetError::General)?,
            is_optional: column.max_def_level() > 0,
            levels: Vec::new(),
            int32: Vec::new(),
            int64: Vec::new(),
            texts: Vec::new(),
            fixed: Vec::new(),
            text: Vec::new(),
            places: Vec::new(),
        })
    }

    /// Reads so many rows on.
    ///
    /// # Errors
    ///
    /// The column is damaged, or ends before.
    pub(crate) fn read(&mut self, rows: usize) -> Result<()> {
        self.text.clear();
        self.places.clear();
        self.read_values(rows)?;
        let meaning = self.meaning;
        let CellColumn { reader, text, places, levels, int32, int64, fixed, texts, .. } = self;
        let cells = Cells { text, places, levels, rows };
        match reader {
            ColumnReader::Int32ColumnReader(_) => cells.all(int32, |text, value| {
                let value = match meaning {
                    Meaning::Unsigned => i64::from(*value as u32),
                    _ => i64::from(*value),
                };
                write_number(text, value, meaning);
            }),
            ColumnReader::Int64ColumnReader(_) => {
                cells.all(int64, |text, value| write_number(text, *value, meaning));
            }
            ColumnReader::FixedLenByteArrayColumnReader(_) => {
                check_long(fixed.iter().map(|value| value.data()))?;
                cells.all(fixed, |text, value| write_long(text, value.data()));
            }
            _ if meaning == Meaning::Long => {
                check_long(texts.iter().map(|value| value.data()))?;
                cells.all(texts, |text, value| write_long(text, value.data()));
            }
            _ => cells.all(texts, |text, value| text.extend_from_slice(value.data())),
        }
        Ok(())
    }

    /// Reads the values of so many rows on, as they are.
    fn read_values(&mut self, rows: usize) -> Result<()> {
        self.levels.clear();
        let levels = self.is_optional.then_some(&mut self.levels);
        let read = match &mut self.reader {
            ColumnReader::Int32ColumnReader(reader) => {
                self.int32.clear();
                reader.read_records(rows, levels, None, &mut self.int32)?.0
            }
            ColumnReader::Int64ColumnReader(reader) => {
                self.int64.clear();
                reader.read_records(rows, levels, None, &mut self.int64)?.0
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                self.texts.clear();
                reader.read_records(rows, levels, None, &mut self.texts)?.0
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                self.fixed.clear();
                reader.read_records(rows, levels, None, &mut self.fixed)?.0
            }
            _ => return Err(ParquetError::General("a column changed its type".to_owned())),
        };
        if read != rows {
            return Err(ParquetError::EOF(format!("a column ends {} rows early", rows - read)));
        }
        Ok(())
    }

    /// Reads so many rows on, of a column of whole numbers of 64 bits, without writing them as text;
    /// `false` where the column is another, and then nothing was read.
    ///
    /// # Errors
    ///
    /// As [`CellColumn::read`].
    pub(crate) fn read_numbers(&mut self, rows: usize) -> Result<bool> {
        let whole = matches!(self.meaning, Meaning::Signed | Meaning::Unsigned);
        if !whole || !matches!(self.reader, ColumnReader::Int64ColumnReader(_)) {
            return Ok(false);
        }
        self.read_values(rows)?;
        Ok(true)
    }

    /// The numbers that were read last, those of the rows that have one.
    pub(crate) fn numbers(&self) -> &[i64] {
        &self.int64
    }

    /// Whether a row of what was read last has a value.
    pub(crate) fn has_value(&self, row: usize) -> bool {
        self.levels.get(row).is_none_or(|level| *level > 0)
    }

    /// Writes a number of this column as text.
    pub(crate) fn write_number(&self, number: i64, text: &mut Vec<u8>) {
        write_number(text, number, self.meaning);
    }

    /// The value of a row of what was read last, as text; `None` where it has none.
    pub(crate) fn cell(&self, row: usize) -> Option<&[u8]> {
        self.text.get(self.places.get(row)?.clone()?)
    }
}

/// Where the cells of rows are written.
struct Cells<'c> {
    text: &'c mut Vec<u8>,
    places: &'c mut Vec<Option<Range<usize>>>,
    levels: &'c [i16],
    rows: usize,
}

impl Cells<'_> {
    /// Writes the values of rows, those that have one.
    fn all<V>(self, values: &[V], write: impl Fn(&mut Vec<u8>, &V)) {
        let mut values = values.iter();
        for row in 0..self.rows {
            let value = match self.levels.get(row) {
                Some(0) => None,
                _ => values.next(),
            };
            self.places.push(value.map(|value| {
                let start = self.text.len();
                write(self.text, value);
                start..self.text.len()
            }));
        }
    }
}

fn write_number(text: &mut Vec<u8>, value: i64, meaning: Meaning) {
    let days = match meaning {
        Meaning::Text | Meaning::Long | Meaning::Signed => {
            return decimal(text, value < 0, value.unsigned_abs());
        }
        Meaning::Unsigned => return decimal(text, false, value as u64),
        Meaning::Days => value,
        Meaning::Moments(of_a_day) => value.div_euclid(of_a_day),
    };
    // Memory is always written.
    let _ = match of_days(days) {
        Some(day) => write!(text, "{day}"),
        None => write!(text, "{days} days after 1970-01-01"),
    };
}

/// Refuses whole numbers of more bytes than count: a file may state fewer digits than its values have.
fn check_long<'v>(mut values: impl Iterator<Item = &'v [u8]>) -> Result<()> {
    let is_long = |value: &[u8]| match value.split_last_chunk::<16>() {
        None => false,
        // Before those that count there is the sign and nothing else.
        Some((before, [first, ..])) => {
            let sign = if *first >= 0x80 { 0xff } else { 0 };
            before.iter().any(|byte| *byte != sign)
        }
    };
    match values.any(is_long) {
        false => Ok(()),
        true => Err(ParquetError::General(format!(
            "a whole number has more than the {MOST_DIGITS} digits that are read"
        ))),
    }
}

/// Writes a whole number whose bytes stand with the highest first, the first bit being its sign. There
/// are 16 at most that count: [`check_long`] sees to that.
fn write_long(text: &mut Vec<u8>, bytes: &[u8]) {
    let is_negative = bytes.first().is_some_and(|first| *first >= 0x80);
    let mut wide = [if is_negative { 0xff } else { 0 }; 16];
    // The lowest first from here on.
    for (to, from) in wide.iter_mut().zip(bytes.iter().rev()) {
        *to = *from;
    }
    // Memory is always written.
    let _ = write!(text, "{}", i128::from_le_bytes(wide));
}

fn decimal(text: &mut Vec<u8>, is_negative: bool, mut value: u64) {
    if is_negative {
        text.push(b'-');
    }
    let start = text.len();
    loop {
        text.push(b'0' + (value % 10) as u8);
        value /= 10;
        if value == 0 {
            break;
        }
    }
    if let Some(digits) = text.get_mut(start..) {
        digits.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: i64, meaning: Meaning) -> String {
        let mut text = Vec::new();
        write_number(&mut text, value, meaning);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn numbers_are_written_as_they_are() {
        for value in [0, 7, 24_700_007, i64::MAX, -1, i64::MIN] {
            assert_eq!(written(value, Meaning::Signed), value.to_string());
            assert_eq!(written(value, Meaning::Unsigned), (value as u64).to_string());
        }
        assert_eq!(written(-1, Meaning::Days), "1969-12-31");
        assert_eq!(written(-1, Meaning::Moments(86_400_000)), "1969-12-31");
        assert_eq!(written(i64::MAX, Meaning::Days), "9223372036854775807 days after 1970-01-01");
    }

    #[test]
    fn long_numbers_are_written_as_they_are() {
        for value in [0, 7, -1, 24_700_007, 999_999_999_999_999_999, i128::MAX, i128::MIN] {
            let mut whole = value.to_le_bytes();
            whole.reverse();
            for start in 0..whole.len() {
                let bytes = &whole[start..];
                let is_whole = i64::try_from(value).is_ok_and(|value| {
                    let bits = (bytes.len() * 8 - 1).min(63);
                    bits == 63 || (-(1 << bits)..1 << bits).contains(&value)
                });
                if is_whole || start == 0 {
                    let mut text = Vec::new();
                    write_long(&mut text, bytes);
                    assert_eq!(String::from_utf8(text).unwrap(), value.to_string());
                }
            }
        }
    }

    #[test]
    fn numbers_that_are_too_long_are_refused_and_no_digit_of_them_is_dropped() {
        for value in [0, 7, -1, i128::MAX, i128::MIN] {
            let mut bytes = value.to_le_bytes();
            bytes.reverse();
            let sign = if value < 0 { 0xff } else { 0 };
            for before in [0, 1, 16] {
                let long = [vec![sign; before], bytes.to_vec()].concat();
                assert!(check_long([&long[..], &bytes[..3]].into_iter()).is_ok());
                let (mut text, last) = (Vec::new(), value.to_string());
                write_long(&mut text, &long);
                assert_eq!(String::from_utf8(text).unwrap(), last);
            }
            for first in [!sign, 1, 0x80] {
                let long = [&[first][..], &bytes].concat();
                assert!(check_long([&bytes[..], &long[..]].into_iter()).is_err());
                let long = [&[first], &[sign; 15][..], &bytes].concat();
                assert!(check_long([&long[..]].into_iter()).is_err());
            }
        }
    }

    #[test]
    fn rows_without_a_value_have_none() {
        let (mut text, mut places) = (Vec::new(), Vec::new());
        let cells = Cells { text: &mut text, places: &mut places, levels: &[1, 0, 1], rows: 3 };
        cells.all(&[12, 345], |text, value| write_number(text, *value, Meaning::Signed));
        assert_eq!(text, b"12345");
        assert_eq!(places, [Some(0..2), None, Some(2..5)]);
    }
}
