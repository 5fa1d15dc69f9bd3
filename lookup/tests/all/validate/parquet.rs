//! `farr validate` of Parquet, end to end.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::common::*;
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{
    ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType,
    Int32Type, Int64Type,
};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::record::Field;
use parquet::schema::parser::parse_message_type;

/// A row of the table that is written: id, code, note, day.
type Row = (i32, Option<i64>, Option<&'static str>, i32);

const SPARK: &str = "org.apache.spark.sql.parquet.row.metadata";

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
    levels: Option<&[i16]>,
) {
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, levels, None).unwrap();
    column.close().unwrap();
}

/// Writes a table in groups of rows.
fn write(path: &Path, groups: &[Vec<Row>], as_text: bool) {
    let code = if as_text { "OPTIONAL BYTE_ARRAY code (UTF8)" } else { "OPTIONAL INT64 code" };
    let schema = format!(
        "message spark_schema {{ REQUIRED INT32 id; {code}; OPTIONAL BYTE_ARRAY note (UTF8); \
         REQUIRED INT32 day (DATE); }}"
    );
    let spark = r#"{"type":"struct","fields":[]}"#.to_owned();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![
            KeyValue::new("own".to_owned(), "kept".to_owned()),
            KeyValue::new(SPARK.to_owned(), spark),
        ]))
        .set_created_by("another program version 1.2".to_owned())
        .set_bloom_filter_enabled(true)
        .build();
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let file = File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    for rows in groups {
        let mut group = writer.next_row_group().unwrap();
        let levels = |there: Vec<bool>| there.into_iter().map(i16::from).collect::<Vec<i16>>();
        column::<Int32Type>(&mut group, &rows.iter().map(|row| row.0).collect::<Vec<_>>(), None);
        let there = levels(rows.iter().map(|row| row.1.is_some()).collect());
        let codes: Vec<i64> = rows.iter().filter_map(|row| row.1).collect();
        match as_text {
            true => {
                let texts = codes.iter().map(|code| ByteArray::from(code.to_string().as_str()));
                column::<ByteArrayType>(&mut group, &texts.collect::<Vec<_>>(), Some(&there));
            }
            false => column::<Int64Type>(&mut group, &codes, Some(&there)),
        }
        let there = levels(rows.iter().map(|row| row.2.is_some()).collect());
        let notes: Vec<ByteArray> =
            rows.iter().filter_map(|row| row.2).map(ByteArray::from).collect();
        column::<ByteArrayType>(&mut group, &notes, Some(&there));
        column::<Int32Type>(&mut group, &rows.iter().map(|row| row.3).collect::<Vec<_>>(), None);
        group.close().unwrap();
    }
    writer.close().unwrap();
}

fn validate(input: &Path, out: &Path, more: &[&str]) -> Printed {
    let [input, out] = [input, out].map(|path| path.to_str().unwrap());
    let all = ["validate", input, "--column", "code", "--system", "snomed", "-o", out];
    ask(&[&all, more].concat())
}

/// All rows as another reader gives them, as text.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let text = |field: &Field| match field {
        Field::Null => "-".to_owned(),
        Field::Str(text) => text.clone(),
        other => other.to_string(),
    };
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| text(field)).collect()).collect()
}

fn codes() -> [Option<i64>; 4] {
    let id = |text: String| Some(text.parse().unwrap());
    [id(plume()), id(retired()), None, Some(plume().parse::<i64>().unwrap() + 1)]
}

fn table() -> Vec<Vec<Row>> {
    let [good, old, none, damaged] = codes();
    let many = |code: Option<i64>, rows: i32| {
        (0..rows).map(|row| (row, code, (row % 3 > 0).then_some("n"), 20_000)).collect::<Vec<Row>>()
    };
    vec![
        vec![(1, good, Some("a"), 20_000), (2, old, None, 20_000), (3, none, Some(""), 20_000)],
        many(good, 10_000),
        vec![],
        many(damaged, 5_000),
        vec![(9, old, None, 5_000)],
    ]
}

fn paths(folder: &tempfile::TempDir) -> [PathBuf; 2] {
    ["in.parquet", "out.parquet"].map(|name| folder.path().join(name))
}

/// Writes a table of one column `code`, of which each row has a value or not.
fn write_codes<T: DataType>(path: &Path, kind: &str, values: &[T::T], there: &[i16]) {
    let schema = parse_message_type(&format!("message table {{ OPTIONAL {kind}; }}")).unwrap();
    let file = File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    column::<T>(&mut group, values, Some(there));
    group.close().unwrap();
    writer.close().unwrap();
}

#[test]
fn whole_numbers_are_read_as_any_program_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = paths(&folder);
    let outcomes = || {
        let printed = validate(&input, &out, &["--summary", "none"]);
        assert_eq!((printed.code, printed.err.as_str()), (1, ""));
        rows(&out).into_iter().map(|row| (row[1].clone(), row[2].clone())).collect::<Vec<_>>()
    };
    let said = |outcome: &str, found: &str| (outcome.to_owned(), found.to_owned());
    let expected =
        [said("accept", "-"), said("reject", "missing"), said("reject", "wrong-check-digit")];
    let ids = [codes()[0].unwrap(), codes()[3].unwrap()];
    let there = [1, 0, 1];
    let kind = "FIXED_LEN_BYTE_ARRAY (16) code (DECIMAL(38,0))";
    let long = ids.map(|id| {
        // The highest byte first.
        ByteArray::from(i128::from(id).to_le_bytes().into_iter().rev().collect::<Vec<u8>>())
    });
    let fixed = long.clone().map(FixedLenByteArray::from);
    write_codes::<FixedLenByteArrayType>(&input, kind, &fixed, &there);
    assert_eq!(outcomes(), expected);
    write_codes::<ByteArrayType>(&input, "BYTE_ARRAY code (DECIMAL(18,0))", &long, &there);
    assert_eq!(outcomes(), expected);
    write_codes::<Int64Type>(&input, "INT64 code (DECIMAL(18,0))", &ids, &there);
    assert_eq!(outcomes(), expected);
    write_codes::<Int32Type>(&input, "INT32 code (UNKNOWN)", &[], &[0, 0]);
    assert_eq!(outcomes(), [said("reject", "missing"), said("reject", "missing")]);
    for kind in ["FIXED_LEN_BYTE_ARRAY (16) code (DECIMAL(18,2))", "FIXED_LEN_BYTE_ARRAY (16) code"]
    {
        write_codes::<FixedLenByteArrayType>(&input, kind, &fixed, &there);
        let printed = validate(&input, &out, &[]);
        assert_eq!(printed.code, 2);
        assert!(printed.err.contains("neither of text nor of whole numbers"), "{}", printed.err);
    }
}

#[test]
fn no_digit_of_a_number_that_is_too_long_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = paths(&folder);
    // The highest byte first.
    let mut id = i128::from(codes()[0].unwrap()).to_le_bytes().to_vec();
    id.reverse();
    // The type promises fewer digits than the value has.
    for (before, code) in [(vec![0; 16], 0), (vec![7], 3), ([vec![7], vec![0; 15]].concat(), 3)] {
        let value = FixedLenByteArray::from([before, id.clone()].concat());
        let length = value.len();
        let kind = format!("FIXED_LEN_BYTE_ARRAY ({length}) code (DECIMAL(38,0))");
        write_codes::<FixedLenByteArrayType>(&input, &kind, std::slice::from_ref(&value), &[1]);
        let fixed = validate(&input, &out, &["--summary", "none"]);
        let value = ByteArray::from(value.data().to_vec());
        write_codes::<ByteArrayType>(&input, "BYTE_ARRAY code (DECIMAL(38,0))", &[value], &[1]);
        let free = validate(&input, &out, &["--summary", "none"]);
        for printed in [fixed, free] {
            assert_eq!(printed.code, code, "{}", printed.err);
            assert_eq!(
                printed.err.contains("more than the 38 digits"),
                code == 3,
                "{}",
                printed.err
            );
        }
    }
}

#[test]
fn an_encrypted_file_is_told_and_text_that_begins_so_is_not_one() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = paths(&folder);
    std::fs::write(&input, b"PARE\x1b]0;\x07\0\xff\nPARE").unwrap();
    let printed = validate(&input, &out, &[]);
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("is encrypted"), "{}", printed.err);
    std::fs::write(&input, format!("PARENT,code\n,{}\n", plume())).unwrap();
    assert_eq!(validate(&input, &out, &[]).code, 0);
}

#[test]
fn numbers_are_judged_as_their_text_is() {
    let folder = tempfile::tempdir().unwrap();
    let verdicts = |as_text: bool, asked: &[&str]| {
        let [input, out] = paths(&folder);
        write(&input, &table(), as_text);
        validate(&input, &out, &[&["--summary", "none"], asked].concat());
        let rows = rows(&out).into_iter().map(|row| row[4..].to_vec());
        rows.collect::<Vec<_>>()
    };
    let day = ["--today", "2030-01-01"];
    for asked in [
        &[][..],
        &["--most-age", "10"],
        &["--most-age", "10", "--severity", "release-age-unknown=ignore"],
        &["--severity", "inactive=ignore", "--grace-days", "100000"],
        &["--severity", "inactive=ignore"],
    ] {
        let asked = [&day, asked].concat();
        assert_eq!(verdicts(false, &asked), verdicts(true, &asked), "{asked:?}");
    }
}

#[test]
fn columns_are_added_and_rows_keep_their_order() {
    for as_text in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let [input, out] = paths(&folder);
        write(&input, &table(), as_text);
        let printed = validate(&input, &out, &["--summary", "json"]);
        assert_eq!((printed.code, printed.out.as_str()), (1, ""), "{}", printed.err);
        let summary: serde_json::Value = serde_json::from_str(&printed.err).unwrap();
        let expected = serde_json::json!({"accept": 10_001, "warn": 0, "reject": 5_003});
        assert_eq!(summary["outcomes"], expected);
        assert_eq!(summary["worst"][0]["first_row"], 10_004);
        let (before, after) = (rows(&input), rows(&out));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before[..], after[..4]);
            let finding = match &*after[1] {
                code if code == plume() => ["accept", "-"],
                code if code == retired() => ["reject", "inactive"],
                "-" => ["reject", "missing"],
                _ => ["reject", "wrong-check-digit"],
            };
            assert_eq!(after[4..6], finding.map(str::to_owned), "{after:?}");
        }
        // A file with the columns already is one whose columns are there.
        let again = validate(&out, &folder.path().join("again.parquet"), &[]);
        assert_eq!(again.code, 2);
        assert!(again.err.contains("--prefix"), "{}", again.err);
        let again = validate(&out, &folder.path().join("again.parquet"), &["--prefix", "x_"]);
        assert_eq!(again.code, 1, "{}", again.err);
    }
}

#[test]
fn the_day_is_that_of_the_column() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = paths(&folder);
    write(&input, &table(), false);
    validate(&input, &out, &["--date-column", "day"]);
    let after = rows(&out);
    assert_eq!(after[1][5], "inactive");
    assert_ne!(after.last().unwrap()[5], "inactive", "{:?}", after.last());
}

#[test]
fn columns_that_are_not_looked_at_are_copied_byte_by_byte() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = paths(&folder);
    write(&input, &table(), false);
    validate(&input, &out, &[]);
    let [before, after] = [&input, &out].map(|path| {
        let bytes = std::fs::read(path).unwrap();
        (SerializedFileReader::new(File::open(path).unwrap()).unwrap(), bytes)
    });
    let groups = before.0.num_row_groups();
    assert_eq!(groups, after.0.num_row_groups());
    for group in 0..groups {
        let [one, other] = [&before, &after].map(|(reader, bytes)| {
            let group = reader.metadata().row_group(group);
            let columns = group.columns().iter().take(4).map(|column| {
                let (start, length) = column.byte_range();
                let statistics = column.statistics().cloned();
                let of_pages = (
                    column.column_index_length(),
                    column.offset_index_length(),
                    column.bloom_filter_length(),
                );
                (bytes[start as usize..(start + length) as usize].to_vec(), statistics, of_pages)
            });
            (group.num_rows(), columns.collect::<Vec<_>>())
        });
        assert_eq!(one.0, other.0);
        for (one, other) in one.1.iter().zip(&other.1) {
            assert_eq!(one.0, other.0);
            assert_eq!(one.1, other.1);
            assert_eq!(
                (one.2.0.is_some(), one.2.1.is_some()),
                (other.2.0.is_some(), other.2.1.is_some())
            );
            assert_eq!(one.2.2, other.2.2);
        }
    }
    let footer = after.0.metadata().file_metadata();
    assert_eq!(footer.created_by(), Some("another program version 1.2"));
    assert_eq!(footer.schema().name(), "spark_schema");
    let entries = footer.key_value_metadata().unwrap();
    let value = |key: &str| {
        entries.iter().find(|entry| entry.key == key).and_then(|entry| entry.value.clone())
    };
    assert_eq!(value("own").as_deref(), Some("kept"));
    assert!(value(SPARK).unwrap().contains("farr_outcome"));
}

#[test]
fn what_cannot_be_judged_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = paths(&folder);
    let refused = |arguments: &[&str], code: i32, told: &str| {
        let printed = validate(&input, &out, arguments);
        assert_eq!(printed.code, code, "{}", printed.err);
        assert!(printed.err.contains(told), "{told}: {}", printed.err);
        assert!(!out.exists());
    };
    let double = Arc::new(parse_message_type("message m { REQUIRED DOUBLE code; }").unwrap());
    let file = File::create(&input).unwrap();
    let mut writer = SerializedFileWriter::new(file, double, Default::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    column::<DoubleType>(&mut group, &[24_700_007.0], None);
    group.close().unwrap();
    writer.close().unwrap();
    refused(&[], 2, "floating-point");

    write(&input, &table(), false);
    refused(&["--display-column", "term"], 2, "no column \"term\"; it has id, code, note, day");
    refused(&["--spreadsheet-safe"], 2, "delimited text");
    let whole = std::fs::read(&input).unwrap();
    std::fs::write(&input, &whole[..whole.len() - 9]).unwrap();
    refused(&[], 3, "in.parquet");
    // Damage of the column that is read.
    let mut damaged = whole.clone();
    std::fs::write(&input, &whole).unwrap();
    let reader = SerializedFileReader::new(File::open(&input).unwrap()).unwrap();
    let (start, length) = reader.metadata().row_group(1).column(1).byte_range();
    damaged[start as usize..(start + length) as usize].fill(0xff);
    std::fs::write(&input, damaged).unwrap();
    refused(&[], 3, "in.parquet");
    let printed = pipe("PAR1", &["validate", "--column", "code"]);
    assert_eq!(printed.code, 2);
    assert!(printed.err.contains("pipe"), "{}", printed.err);
}

#[test]
fn no_damage_whatever_is_more_than_an_error_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out] = paths(&folder);
    write(&input, &table(), false);
    let whole = std::fs::read(&input).unwrap();
    let mut state = 7_u64;
    let mut below = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut refused = 0;
    for _ in 0..150 {
        let mut damaged = whole.clone();
        // The footer says where everything is.
        let from = if below(2) == 0 { 0 } else { whole.len().saturating_sub(800) };
        for _ in 0..=below(3) {
            let at = from + below(whole.len() - from);
            damaged[at] = [0, 0xff, 0x7f, 0x80][below(4)];
        }
        std::fs::write(&input, &damaged).unwrap();
        let printed = validate(&input, &out, &[]);
        // 101 is a panic.
        assert!(printed.code <= 3, "{}: {}", printed.code, printed.err);
        assert_eq!(out.exists(), printed.code < 2, "{}", printed.err);
        refused += u32::from(printed.code == 3);
        let _ = std::fs::remove_file(&out);
    }
    assert!(refused > 20, "{refused}");
}
