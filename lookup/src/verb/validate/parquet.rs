//! Parquet: group of rows by group of rows, with what was found in columns of their own.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use indicatif::ProgressBar;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::memo::Memo;
use super::row::{Judge, Judged};
use super::table::check_added;
use super::tally::{Tally, Totals};
use crate::failure::Failure;
use crate::table::ordered::in_order;
use crate::table::parquet::{
    AddedColumns, CellColumn, EncodedColumn, ParquetOutput, ParquetTable, told,
};
use crate::table::text::place;

/// Rows that are read and encoded in one go.
const BATCH: usize = 4096;

/// An answer to a row, as it is counted and as it is written.
#[derive(Clone)]
struct Answer {
    judged: Arc<Judged>,
    texts: [Option<ByteArray>; 3],
}

/// What a worker keeps from group to group.
struct Kept {
    file: Option<Arc<File>>,
    memo: Memo<Answer>,
    /// A number as text.
    text: Vec<u8>,
    /// Texts as ids.
    ids: Vec<i64>,
    /// The answer to a row without a code, where nothing but the code is looked at.
    missing: Option<Answer>,
    /// The answer to a row where nothing was found.
    accepted: Answer,
}

/// What came of a group of rows.
struct Done {
    group: usize,
    columns: Vec<EncodedColumn>,
    tally: Tally,
}

/// Judges and writes all rows.
pub(super) fn run<W: Write + Send>(
    path: &str,
    judge: &Judge<'_>,
    names: &[&str],
    added: &[String],
    sink: W,
    totals: &mut Totals,
    bar: &ProgressBar,
) -> Result<(), Failure> {
    let bad = |error: ParquetError| failure(path, error);
    let table = ParquetTable::open(path).map_err(bad)?;
    let known = table.names();
    check_added(&known, added)?;
    let mut places = Vec::new();
    for name in names {
        place(&known, name)?;
        places.push(table.place(name).map_err(Failure::Usage)?);
    }
    let schema = table.schema_with(added).map_err(bad)?;
    let columns = ParquetOutput::<W>::added_columns(&schema, added.len());
    let mut output = ParquetOutput::begin(&table, added, sink).map_err(bad)?;
    let mut groups = 0..table.groups();
    bar.set_length((0..table.groups()).map(|group| table.bytes_of(group)).sum());
    bar.set_position(0);
    in_order(
        || Ok(groups.next()),
        || Kept {
            file: None,
            memo: Memo::new(),
            text: Vec::new(),
            ids: Vec::new(),
            missing: None,
            accepted: Answer::of(judge.accepted()),
        },
        |kept, group| {
            let answer = || answer(kept, &table, group, &places, &columns, judge);
            // Of what is damaged on purpose the reader of Parquet may think that it cannot be.
            catch_unwind(AssertUnwindSafe(answer)).unwrap_or_else(|_| {
                let what = format!("group {} is damaged, and cannot be read", group + 1);
                Err(ParquetError::General(what))
            })
        },
        |done| {
            let Done { group, columns, tally } = done.map_err(bad)?;
            output.group(group, columns).map_err(bad)?;
            totals.add(tally);
            bar.inc(table.bytes_of(group));
            Ok(())
        },
    )?;
    output.finish().map_err(bad)
}

fn failure(path: &str, error: ParquetError) -> Failure {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            Ok(error) => Failure::Input(format!("{path}: {error}")),
            Err(error) => Failure::Input(format!("{path}: {error}")),
        },
        error => Failure::Input(format!("{path}: {}", told(&error))),
    }
}

fn answer(
    kept: &mut Kept,
    table: &ParquetTable,
    group: usize,
    places: &[usize],
    columns: &[ColumnDescPtr],
    judge: &Judge<'_>,
) -> Result<Done, ParquetError> {
    let file = match &kept.file {
        Some(file) => file,
        None => kept.file.insert(table.reopen()?),
    };
    let mut cells = table.cells(file, group, places)?;
    let mut tally = Tally::default();
    let mut asked = Vec::new();
    let columns = AddedColumns::encode(columns, |added| {
        let mut left = table.rows_of(group)?;
        while left > 0 {
            let rows = left.min(BATCH);
            if judge.takes_ids()
                && let [column] = cells.as_mut_slice()
                && column.read_numbers(rows)?
            {
                numbers(kept, column, rows, judge, &mut tally, added)?;
                added.flush()?;
                left -= rows;
                continue;
            }
            for column in &mut cells {
                column.read(rows)?;
            }
            if judge.takes_ids()
                && let [column] = cells.as_slice()
            {
                texts(kept, column, rows, judge, &mut tally, added)?;
                added.flush()?;
                left -= rows;
                continue;
            }
            for row in 0..rows {
                let make = || judged(&cells, row, judge, &kept.accepted);
                let answer = match cells.as_slice() {
                    [only] => match only.cell(row) {
                        Some(cell) => kept.memo.answer(cell, make),
                        None => kept.missing.get_or_insert_with(make),
                    },
                    all => {
                        asked.clear();
                        for column in all {
                            // A value that is not there is not the same as one that is empty.
                            let cell = column.cell(row);
                            let length = cell.map_or(u64::MAX, |cell| cell.len() as u64);
                            asked.extend_from_slice(&length.to_le_bytes());
                            asked.extend_from_slice(cell.unwrap_or_default());
                        }
                        kept.memo.answer(&asked, make)
                    }
                };
                answer.add(1, &mut tally, added)?;
            }
            added.flush()?;
            left -= rows;
        }
        Ok(())
    })?;
    Ok(Done { group, columns, tally })
}

/// Answers rows of numbers: those of which there is nothing to say are passed over in runs.
fn numbers(
    kept: &mut Kept,
    column: &CellColumn,
    rows: usize,
    judge: &Judge<'_>,
    tally: &mut Tally,
    added: &mut AddedColumns<'_>,
) -> Result<(), ParquetError> {
    let mut clean = [0; BATCH / 8];
    judge.validator.without_findings(column.numbers(), &mut clean);
    let is_clean =
        |place: usize| clean.get(place / 8).is_some_and(|byte| byte >> (place % 8) & 1 == 1);
    // The place of the next number among those that rows have.
    let mut place = 0;
    let mut run = 0;
    for row in 0..rows {
        let number = column.has_value(row).then(|| {
            place += 1;
            place - 1
        });
        if number.is_some_and(is_clean) {
            run += 1;
            continue;
        }
        kept.accepted.add(run, tally, added)?;
        run = 0;
        let accepted = &kept.accepted;
        let number = number.and_then(|place| column.numbers().get(place));
        let answer = match number {
            None => kept.missing.get_or_insert_with(|| answered(None, judge, accepted)),
            Some(number) => {
                kept.text.clear();
                column.write_number(*number, &mut kept.text);
                let text = kept.text.as_slice();
                kept.memo.answer(text, || answered(Some(text), judge, accepted))
            }
        };
        answer.add(1, tally, added)?;
    }
    kept.accepted.add(run, tally, added)
}

/// Answers rows of texts: those that are an id of which there is nothing to say are passed over in runs.
fn texts(
    kept: &mut Kept,
    column: &CellColumn,
    rows: usize,
    judge: &Judge<'_>,
    tally: &mut Tally,
    added: &mut AddedColumns<'_>,
) -> Result<(), ParquetError> {
    let mut clean = [0; BATCH / 8];
    kept.ids.clear();
    // No id is 0.
    kept.ids.extend((0..rows).map(|row| column.cell(row).and_then(plain_id).unwrap_or(0)));
    judge.validator.without_findings(&kept.ids, &mut clean);
    let mut run = 0;
    for row in 0..rows {
        if clean.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1) {
            run += 1;
            continue;
        }
        kept.accepted.add(run, tally, added)?;
        run = 0;
        let accepted = &kept.accepted;
        let answer = match column.cell(row) {
            None => kept.missing.get_or_insert_with(|| answered(None, judge, accepted)),
            Some(cell) => kept.memo.answer(cell, || answered(Some(cell), judge, accepted)),
        };
        answer.add(1, tally, added)?;
    }
    kept.accepted.add(run, tally, added)
}

/// The number of an id that is written as its digits and nothing else; the check digit is not looked at.
fn plain_id(text: &[u8]) -> Option<i64> {
    if text.len() > 18 || text.first() == Some(&b'0') {
        return None;
    }
    text.iter().try_fold(0_i64, |value, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| value * 10 + i64::from(digit))
    })
}

/// The answer to a row of one cell.
fn answered(cell: Option<&[u8]>, judge: &Judge<'_>, accepted: &Answer) -> Answer {
    let judged = judge.judge(&[cell.map(String::from_utf8_lossy)]);
    match Arc::ptr_eq(&judged, &accepted.judged) {
        true => accepted.clone(),
        false => Answer::of(&judged),
    }
}

impl Answer {
    fn of(judged: &Arc<Judged>) -> Answer {
        let texts = judged.texts().map(|text| match text? {
            Cow::Borrowed(text) => Some(Bytes::from_static(text.as_bytes()).into()),
            Cow::Owned(text) => Some(Bytes::from(text).into()),
        });
        Answer { judged: Arc::clone(judged), texts }
    }

    /// Counts rows that are answered so, and adds what is said of them.
    fn add(
        &self,
        rows: usize,
        tally: &mut Tally,
        added: &mut AddedColumns<'_>,
    ) -> Result<(), ParquetError> {
        tally.add(&self.judged, rows);
        added.rows(self.judged.outcome.word(), &self.texts, rows)
    }
}

fn judged(cells: &[CellColumn], row: usize, judge: &Judge<'_>, accepted: &Answer) -> Answer {
    // What is not UTF-8 is no code, and is told as such beside the others.
    let texts: Vec<Option<Cow<'_, str>>> =
        cells.iter().map(|column| column.cell(row).map(String::from_utf8_lossy)).collect();
    let judged = judge.judge(&texts);
    match Arc::ptr_eq(&judged, &accepted.judged) {
        true => accepted.clone(),
        false => Answer::of(&judged),
    }
}
