//! A column of few words, of which most rows have the same: kept and encoded by runs.
//!
//! The general writer looks at each value by itself, which for this column takes longer than it takes
//! to judge the row. The pages are those of the
//! [format](https://parquet.apache.org/docs/file-format/data-pages/encodings/): a dictionary, and
//! places in it as runs and bit-packed groups of eight.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter as _};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::added::EncodedColumn;

/// Rows of a page at most.
const ROWS_A_PAGE: u32 = 1 << 20;
/// Places in the dictionary are packed in groups of so many.
const GROUP: usize = 8;

/// A column of words that is always there, under way.
#[derive(Debug)]
pub(super) struct WordColumn {
    column: ColumnDescPtr,
    words: Vec<&'static str>,
    pages: Vec<Vec<Run>>,
    /// Rows of the last page.
    rows: u32,
}

/// So many rows of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    word: u8,
    rows: u32,
}

impl WordColumn {
    pub(super) fn new(column: ColumnDescPtr) -> WordColumn {
        WordColumn { column, words: Vec::new(), pages: vec![Vec::new()], rows: 0 }
    }

    /// Adds rows of a word.
    ///
    /// # Errors
    ///
    /// There are more than 256 words.
    pub(super) fn add(&mut self, word: &'static str, rows: usize) -> Result<()> {
        let place = match self.words.iter().position(|known| *known == word) {
            Some(place) => place,
            None => {
                self.words.push(word);
                self.words.len() - 1
            }
        };
        let word = u8::try_from(place)?;
        let mut left = rows;
        while left > 0 {
            if self.rows == ROWS_A_PAGE {
                self.pages.push(Vec::new());
                self.rows = 0;
            }
            let rows = u32::try_from(left).unwrap_or(u32::MAX).min(ROWS_A_PAGE - self.rows);
            let Some(page) = self.pages.last_mut() else { return Ok(()) };
            match page.last_mut() {
                Some(run) if run.word == word => run.rows += rows,
                _ => page.push(Run { word, rows }),
            }
            self.rows += rows;
            left -= rows as usize;
        }
        Ok(())
    }

    /// Encodes the column.
    pub(super) fn close(self) -> Result<EncodedColumn> {
        let mut sink = TrackedWrite::new(Vec::new());
        let mut writer = SerializedPageWriter::new(&mut sink);
        let mut dictionary = Vec::new();
        for word in &self.words {
            dictionary.extend_from_slice(&u32::try_from(word.len())?.to_le_bytes());
            dictionary.extend_from_slice(word.as_bytes());
        }
        // Of pages, headers included.
        let mut bytes: i64 = 0;
        let spec = writer.write_page(page(Page::DictionaryPage {
            buf: dictionary.into(),
            num_values: u32::try_from(self.words.len())?,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        }))?;
        bytes = bytes.saturating_add_unsigned(spec.bytes_written);
        let first = bytes;
        let bits = self.words.len().max(2).next_power_of_two().trailing_zeros();
        let mut rows = 0_u64;
        for runs in &self.pages {
            let rows_here: u32 = runs.iter().map(|run| run.rows).sum();
            rows += u64::from(rows_here);
            let spec = writer.write_page(page(Page::DataPage {
                buf: places(runs, u8::try_from(bits)?),
                num_values: rows_here,
                encoding: Encoding::RLE_DICTIONARY,
                def_level_encoding: Encoding::RLE,
                rep_level_encoding: Encoding::RLE,
                statistics: None,
            }))?;
            bytes = bytes.saturating_add_unsigned(spec.bytes_written);
        }
        writer.close()?;
        let metadata = ColumnChunkMetaData::builder(self.column)
            .set_compression(Compression::UNCOMPRESSED)
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
            .set_num_values(i64::try_from(rows)?)
            .set_total_compressed_size(bytes)
            .set_total_uncompressed_size(bytes)
            .set_dictionary_page_offset(Some(0))
            .set_data_page_offset(first)
            .build()?;
        let closed = ColumnCloseResult {
            bytes_written: u64::try_from(bytes)?,
            rows_written: rows,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(EncodedColumn { bytes: sink.into_inner()?, closed })
    }
}

/// A page that is not compressed.
fn page(page: Page) -> CompressedPage {
    let size = page.buffer().len();
    CompressedPage::new(page, size)
}

/// The places of a page: the bits of one, then runs and groups of eight.
fn places(runs: &[Run], bits: u8) -> Bytes {
    let mut bytes = vec![bits];
    // Places that wait to be packed. Before a run is written they are whole groups.
    let mut waiting: Vec<u8> = Vec::new();
    for run in runs {
        let mut rows = run.rows as usize;
        let room = waiting.len().next_multiple_of(GROUP) - waiting.len();
        let filled = room.min(rows);
        waiting.resize(waiting.len() + filled, run.word);
        rows -= filled;
        if rows < GROUP {
            waiting.resize(waiting.len() + rows, run.word);
            continue;
        }
        pack(&mut bytes, &mut waiting, bits);
        varint(&mut bytes, rows << 1);
        bytes.push(run.word);
    }
    pack(&mut bytes, &mut waiting, bits);
    bytes.into()
}

/// Writes the places that wait, the last group filled up.
fn pack(bytes: &mut Vec<u8>, waiting: &mut Vec<u8>, bits: u8) {
    if waiting.is_empty() {
        return;
    }
    waiting.resize(waiting.len().next_multiple_of(GROUP), 0);
    let (groups, _) = waiting.as_chunks::<GROUP>();
    varint(bytes, groups.len() << 1 | 1);
    for group in groups {
        // The first place takes the lowest bits.
        let packed =
            group.iter().rev().fold(0_u64, |packed, place| packed << bits | u64::from(*place));
        bytes.extend(packed.to_le_bytes().iter().take(usize::from(bits)));
    }
    waiting.clear();
}

fn varint(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push((value & 0x7f | 0x80) as u8);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::{SchemaDescriptor, Type};
    use proptest::prelude::*;

    use crate::table::parquet::added::text;

    const WORDS: [&str; 5] = ["accept", "warn", "reject", "", "another"];

    /// What a reader of Parquet makes of the column.
    fn read_back(runs: &[(usize, usize)]) -> Vec<String> {
        let fields = vec![text("word", true).unwrap()];
        let schema =
            Arc::new(Type::group_type_builder("table").with_fields(fields).build().unwrap());
        let descriptor = SchemaDescriptor::new(Arc::clone(&schema));
        let mut column = WordColumn::new(descriptor.column(0));
        for (word, rows) in runs {
            column.add(WORDS[*word], *rows).unwrap();
        }
        let EncodedColumn { bytes, closed } = column.close().unwrap();
        let mut file = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut file, schema, Arc::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        group.append_column(&Bytes::from(bytes), closed).unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        let reader = SerializedFileReader::new(Bytes::from(file)).unwrap();
        let group = reader.get_row_group(0).unwrap();
        let rows = usize::try_from(group.metadata().num_rows()).unwrap();
        let column = group.get_column_reader(0).unwrap();
        let mut column = parquet::column::reader::get_typed_column_reader::<ByteArrayType>(column);
        let mut values: Vec<ByteArray> = Vec::new();
        // One more than there are: the pages must not have more either.
        let (read, ..) = column.read_records(rows + 1, None, None, &mut values).unwrap();
        assert_eq!(read, rows);
        values.iter().map(|value| value.as_utf8().unwrap().to_owned()).collect()
    }

    fn expected(runs: &[(usize, usize)]) -> Vec<String> {
        let values = runs.iter().flat_map(|(word, rows)| std::iter::repeat_n(WORDS[*word], *rows));
        values.map(str::to_owned).collect()
    }

    #[test]
    fn pages_are_full_and_go_on() {
        let most = ROWS_A_PAGE as usize;
        for runs in [vec![], vec![(0, most)], vec![(0, most - 1), (1, 3), (0, most), (2, 1)]] {
            assert_eq!(read_back(&runs), expected(&runs));
        }
    }

    proptest! {
        #[test]
        fn a_reader_finds_the_words_that_were_added(
            runs in prop::collection::vec((0..WORDS.len(), prop_oneof![0..3_usize, 0..40_usize]), 0..60)
        ) {
            prop_assert_eq!(read_back(&runs), expected(&runs));
        }
    }
}
