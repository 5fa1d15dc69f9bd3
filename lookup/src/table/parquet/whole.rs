//! A file as a whole: what its footer says, and the file that is written with columns more.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{
    ColumnChunkMetaData, PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader,
};
use parquet::file::properties::{ReaderProperties, WriterProperties};
use parquet::file::reader::RowGroupReader as _;
use parquet::file::serialized_reader::SerializedRowGroupReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor, Type, TypePtr};

use super::added::{EncodedColumn, text};
use super::cells::{CellColumn, check};
use super::key_values;

/// A file that is read.
#[derive(Debug)]
pub(crate) struct ParquetTable {
    metadata: ParquetMetaData,
    path: String,
}

impl ParquetTable {
    /// Opens a file and reads its footer.
    pub(crate) fn open(path: &str) -> Result<ParquetTable> {
        let file = File::open(path)?;
        let metadata = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .parse_and_finish(&file)?;
        let length = file.metadata()?.len();
        for (number, group) in metadata.row_groups().iter().enumerate() {
            if let Some(column) = group.columns().iter().find(|column| !is_within(column, length)) {
                let (name, number) = (column.column_path().string(), number + 1);
                let what =
                    format!("the column {name:?} of group {number} lies outside of the file");
                return Err(ParquetError::General(what));
            }
        }
        Ok(ParquetTable { metadata, path: path.to_owned() })
    }

    /// The names of its columns.
    pub(crate) fn names(&self) -> Vec<String> {
        let fields = self.metadata.file_metadata().schema().get_fields();
        fields.iter().map(|field| field.name().to_owned()).collect()
    }

    /// How many groups of rows it has.
    pub(crate) fn groups(&self) -> usize {
        self.metadata.num_row_groups()
    }

    /// The rows of a group.
    pub(crate) fn rows_of(&self, group: usize) -> Result<usize> {
        Ok(usize::try_from(self.metadata.row_group(group).num_rows())?)
    }

    /// The bytes of a group, compressed.
    pub(crate) fn bytes_of(&self, group: usize) -> u64 {
        let columns = self.metadata.row_group(group).columns().iter();
        columns.map(|column| column.compressed_size().max(0) as u64).sum()
    }

    /// Where the column of this name, which can be looked at, stands.
    pub(crate) fn place(&self, name: &str) -> std::result::Result<usize, String> {
        let schema = self.metadata.file_metadata().schema_descr();
        // A nested column is found by its first name, and refused.
        let mut columns = schema.columns().iter().enumerate();
        let found = columns
            .find(|(_, column)| column.path().parts().first().is_some_and(|first| first == name));
        let (place, column) = found.ok_or_else(|| format!("{name:?} has no values"))?;
        check(column).map(|()| place)
    }

    /// The columns of a group that are looked at. `file` is the same file, opened by the thread that
    /// reads them.
    pub(crate) fn cells(
        &self,
        file: &Arc<File>,
        group: usize,
        places: &[usize],
    ) -> Result<Vec<CellColumn>> {
        let reader = SerializedRowGroupReader::new(
            Arc::clone(file),
            self.metadata.row_group(group),
            self.metadata.page_index_for_row_group(group),
            Arc::new(ReaderProperties::builder().build()),
        )?;
        let schema = self.metadata.file_metadata().schema_descr();
        let cells = |place: &usize| {
            CellColumn::new(reader.get_column_reader(*place)?, &schema.column(*place))
        };
        places.iter().map(cells).collect()
    }

    /// The file once more.
    pub(crate) fn reopen(&self) -> Result<Arc<File>> {
        Ok(Arc::new(File::open(&self.path)?))
    }

    /// The schema with columns more, the first of which is always there.
    pub(crate) fn schema_with(&self, added: &[String]) -> Result<TypePtr> {
        let schema = self.metadata.file_metadata().schema();
        let mut fields = schema.get_fields().to_vec();
        for (place, name) in added.iter().enumerate() {
            fields.push(text(name, place == 0)?);
        }
        let schema = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
        Ok(Arc::new(schema))
    }
}

/// Whether the bytes of a column are in the file: the reader takes it for granted that none begins before it.
fn is_within(column: &ColumnChunkMetaData, length: u64) -> bool {
    let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
    let (Ok(start), Ok(size)) = (u64::try_from(start), u64::try_from(column.compressed_size()))
    else {
        return false;
    };
    start.checked_add(size).is_some_and(|end| end <= length)
}

/// A file that is written.
pub(crate) struct ParquetOutput<'t, W: Write + Send> {
    table: &'t ParquetTable,
    file: Arc<File>,
    writer: SerializedFileWriter<W>,
}

impl<'t, W: Write + Send> ParquetOutput<'t, W> {
    /// Begins a file with the columns of a table, and these behind them.
    pub(crate) fn begin(
        table: &'t ParquetTable,
        added: &[String],
        sink: W,
    ) -> Result<ParquetOutput<'t, W>> {
        let schema = table.schema_with(added)?;
        let footer = table.metadata.file_metadata();
        let entries = footer.key_value_metadata().map_or(&[][..], Vec::as_slice);
        let mut properties = WriterProperties::builder()
            .set_key_value_metadata(Some(key_values::with_columns(entries, added)))
            .set_sorting_columns(sorting(&table.metadata).cloned());
        if let Some(made) = footer.created_by() {
            // Readers distrust the statistics of some versions of some programs, and go on to.
            properties = properties.set_created_by(made.to_owned());
        }
        Ok(ParquetOutput {
            table,
            file: table.reopen()?,
            writer: SerializedFileWriter::new(sink, schema, Arc::new(properties.build()))?,
        })
    }

    /// The columns that are added, as they are to be encoded.
    pub(crate) fn added_columns(schema: &TypePtr, count: usize) -> Vec<ColumnDescPtr> {
        let columns = SchemaDescriptor::new(Arc::clone(schema)).columns().to_vec();
        columns.into_iter().rev().take(count).rev().collect()
    }

    /// Writes a group of rows: its columns as they are, and those that are added.
    pub(crate) fn group(&mut self, group: usize, added: Vec<EncodedColumn>) -> Result<()> {
        let metadata = self.table.metadata.row_group(group);
        let filters = SerializedRowGroupReader::new(
            Arc::clone(&self.file),
            metadata,
            self.table.metadata.page_index_for_row_group(group),
            Arc::new(ReaderProperties::builder().set_read_bloom_filter(true).build()),
        )?;
        let pages = self.table.metadata.page_index_for_row_group(group);
        let mut written = self.writer.next_row_group()?;
        for (place, column) in metadata.columns().iter().enumerate() {
            if column.file_path().is_some() {
                return Err(ParquetError::NYI("a column stands in another file".to_owned()));
            }
            let closed = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size())?,
                rows_written: u64::try_from(metadata.num_rows())?,
                metadata: column.clone(),
                bloom_filter: filters.get_column_bloom_filter(place).cloned(),
                column_index: pages.column_index(place).cloned(),
                offset_index: pages.offset_index(place).cloned(),
            };
            written.append_column(&*self.file, closed)?;
        }
        for EncodedColumn { bytes, closed } in added {
            written.append_column(&Bytes::from(bytes), closed)?;
        }
        written.close()?;
        Ok(())
    }

    /// Writes the footer.
    pub(crate) fn finish(self) -> Result<()> {
        self.writer.into_inner()?.flush()?;
        Ok(())
    }
}

/// By which columns the rows are sorted, where all groups say the same.
fn sorting(metadata: &ParquetMetaData) -> Option<&Vec<parquet::file::metadata::SortingColumn>> {
    let mut groups = metadata.row_groups().iter().map(|group| group.sorting_columns());
    let first = groups.next()??;
    groups.all(|other| other == Some(first)).then_some(first)
}
