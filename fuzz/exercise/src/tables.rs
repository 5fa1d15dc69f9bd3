//! Tables of text, read as `farr validate` reads them: nothing of a record may be lost or moved.
//!
//! The readers are those of the command, which is no library: their files stand here by their path.

#[allow(dead_code)]
#[path = "../../../lookup/src/table/delimited.rs"]
mod delimited;
#[allow(dead_code)]
#[path = "../../../lookup/src/table/json_line.rs"]
mod json_line;

use serde_json::Value;

use self::delimited::{Flaw, Record, write_field};
use self::json_line::{Object, Wanted};

/// Bytes as delimited text, the first of them saying by what, and what is read first.
///
/// # Panics
///
/// A record is not what its fields are, or reads otherwise once it is written, or where more of the
/// text comes later.
pub fn delimited_text(input: &[u8]) {
    let Some((first, bytes)) = input.split_first() else { return };
    let delimiter = if first % 2 == 0 { b',' } else { b'\t' };
    let (mut record, mut start) = (Record::default(), 0);
    while start < bytes.len() {
        if record.read(bytes, start, delimiter, true).is_err() {
            return;
        }
        assert!(record.next > start && record.next <= bytes.len(), "it goes on");
        let raw: Vec<&[u8]> =
            (0..record.fields.len()).map(|field| record.raw(bytes, field)).collect();
        assert_eq!(raw.join(&delimiter), &bytes[start..record.end]);
        assert!(matches!(&bytes[record.end..record.next], b"" | b"\n" | b"\r\n"));
        let lines = bytes[start..record.end].iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(record.lines, lines as u64 + 1);
        rewritten(bytes, &record, delimiter);
        // With less of the text, a record is unfinished, or the same.
        let cut = start + (usize::from(*first) * 31) % (record.next - start + 1);
        let mut again = Record::default();
        match again.read(&bytes[..cut], start, delimiter, false) {
            Ok(()) => assert_eq!(again, record),
            Err(flaw) => assert_eq!(flaw, Flaw::Unfinished),
        }
        start = record.next;
    }
}

fn rewritten(bytes: &[u8], record: &Record, delimiter: u8) {
    let mut line = Vec::new();
    for field in 0..record.fields.len() {
        if field > 0 {
            line.push(delimiter);
        }
        write_field(&mut line, &record.content(bytes, field), delimiter);
    }
    line.push(b'\n');
    let mut again = Record::default();
    assert_eq!(again.read(&line, 0, delimiter, true), Ok(()), "{line:?}");
    assert_eq!(again.fields.len(), record.fields.len());
    for field in 0..record.fields.len() {
        assert_eq!(again.content(&line, field), record.content(bytes, field));
    }
}

/// Bytes as a line of JSON lines.
///
/// # Panics
///
/// A member is not what another reader finds, or adding one changes another.
pub fn json_line(input: &[u8]) {
    const WANTED: Wanted<'_> = Wanted { names: &["code", "sex"], reserved: &["farr_outcome"] };
    let Ok(object) = Object::read(input, WANTED) else { return };
    let (before, comma, behind) = object.around(input);
    assert_eq!([before, behind].concat(), input);
    // A number that is too big for another reader is not for this one to judge.
    let Ok(Value::Object(mut expected)) = serde_json::from_slice(input) else { return };
    for (place, name) in WANTED.names.iter().enumerate() {
        match (expected.get(*name), object.cell(place)) {
            (None | Some(Value::Null), cell) => assert_eq!(cell, Ok(None)),
            (Some(Value::String(text)), cell) => {
                assert_eq!(cell.ok().flatten().as_deref(), Some(text.as_str()));
            }
            (Some(Value::Number(_)), cell) => assert!(matches!(cell, Ok(Some(_)))),
            (Some(_), cell) => assert!(cell.is_err()),
        }
    }
    let line = [before, comma.as_bytes(), b"\"farr_outcome\":\"accept\"", behind].concat();
    expected.insert("farr_outcome".to_owned(), "accept".into());
    let found: Value = serde_json::from_slice(&line).expect("a member more is JSON");
    assert_eq!(found, Value::Object(expected));
}
