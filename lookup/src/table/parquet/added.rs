//! Columns that are added: text, encoded in memory for one group of rows.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, Type, TypePtr};

use super::words::WordColumn;

/// The type of a column of text.
pub(super) fn text(name: &str, is_always_there: bool) -> Result<TypePtr> {
    let repetition = if is_always_there { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let text = Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY)
        .with_repetition(repetition)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    Ok(Arc::new(text))
}

/// How texts are encoded: a dictionary, as few of them are most of a column.
pub(super) fn properties() -> WriterPropertiesPtr {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // Every group has rows of every outcome: the least and the greatest tell nothing, and to
        // find them costs more than to write the column.
        .set_statistics_enabled(EnabledStatistics::None);
    Arc::new(properties.build())
}

/// A column of a group of rows, encoded: its bytes, and what the footer says of it.
#[derive(Debug)]
pub(crate) struct EncodedColumn {
    pub(super) bytes: Vec<u8>,
    pub(super) closed: ColumnCloseResult,
}

/// The values of a batch of rows of one column.
#[derive(Debug, Default)]
struct Batch {
    values: Vec<ByteArray>,
    levels: Vec<i16>,
}

/// Columns under way: one of words that is always there, and texts.
pub(crate) struct AddedColumns<'w> {
    word: WordColumn,
    writers: Vec<ColumnWriter<'w>>,
    batches: Vec<Batch>,
}

impl AddedColumns<'_> {
    /// Encodes the columns of a group of rows: `write` is handed the columns, and adds the rows.
    pub(crate) fn encode(
        columns: &[ColumnDescPtr],
        write: impl FnOnce(&mut AddedColumns<'_>) -> Result<()>,
    ) -> Result<Vec<EncodedColumn>> {
        let Some((first, texts)) = columns.split_first() else { return Ok(Vec::new()) };
        let mut sinks: Vec<TrackedWrite<Vec<u8>>> =
            texts.iter().map(|_| TrackedWrite::new(Vec::new())).collect();
        let properties = properties();
        let writers = sinks.iter_mut().zip(texts).map(|(sink, column)| {
            let pages = Box::new(SerializedPageWriter::new(sink));
            get_column_writer(Arc::clone(column), Arc::clone(&properties), pages)
        });
        let mut added = AddedColumns {
            word: WordColumn::new(Arc::clone(first)),
            writers: writers.collect(),
            batches: texts.iter().map(|_| Batch::default()).collect(),
        };
        write(&mut added)?;
        let (word, closed) = added.close()?;
        let mut encoded = vec![word];
        for (closed, sink) in closed.into_iter().zip(sinks) {
            encoded.push(EncodedColumn { bytes: sink.into_inner()?, closed });
        }
        Ok(encoded)
    }

    fn close(mut self) -> Result<(EncodedColumn, Vec<ColumnCloseResult>)> {
        self.flush()?;
        let texts: Result<_> = self.writers.into_iter().map(ColumnWriter::close).collect();
        Ok((self.word.close()?, texts?))
    }

    /// Adds rows that say the same: a word, and a text a column behind it.
    pub(crate) fn rows(
        &mut self,
        word: &'static str,
        texts: &[Option<ByteArray>],
        count: usize,
    ) -> Result<()> {
        self.word.add(word, count)?;
        for (batch, value) in self.batches.iter_mut().zip(texts) {
            let length = batch.levels.len().saturating_add(count);
            batch.levels.resize(length, i16::from(value.is_some()));
            if let Some(value) = value {
                batch.values.extend(std::iter::repeat_n(value, count).cloned());
            }
        }
        Ok(())
    }

    /// Encodes the rows that were added.
    pub(crate) fn flush(&mut self) -> Result<()> {
        for (writer, batch) in self.writers.iter_mut().zip(&mut self.batches) {
            let ColumnWriter::ByteArrayColumnWriter(writer) = writer else {
                return Err(ParquetError::General("a column that is added is no text".to_owned()));
            };
            writer.write_batch(&batch.values, Some(&batch.levels), None)?;
            batch.values.clear();
            batch.levels.clear();
        }
        Ok(())
    }
}
