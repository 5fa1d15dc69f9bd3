//! JSON lines: every object as it is, with members added at its end.

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use super::memo::Memo;
use super::row::{Judge, Judged, Part};
use super::tally::{Tally, Totals};
use crate::failure::Failure;
use crate::table::encoding::{Encoding, write_as};
use crate::table::json_line::{Object, Wanted};
use crate::table::ordered::in_order;
use crate::table::text::{Stretch, TextSource, Unit};

/// How objects are read and written.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    /// The members that are looked at, one a part.
    pub(super) looked_at: Vec<String>,
    /// The members that are added.
    pub(super) added: Vec<String>,
    pub(super) encoding: Encoding,
}

/// What came of a stretch.
struct Done {
    out: Vec<u8>,
    tally: Tally,
    /// Whether any object had the code's key.
    has_code: bool,
    rows: u64,
    flaw: Option<String>,
}

/// An answer to a row, as it is counted and as it is written.
struct Answer {
    judged: Arc<Judged>,
    members: Vec<u8>,
}

/// Judges and writes all rows.
pub(super) fn run(
    source: &mut TextSource,
    judge: &Judge<'_>,
    keys: &Keys,
    sink: &mut dyn Write,
    totals: &mut Totals,
) -> Result<(), Failure> {
    let name = source.name().to_owned();
    write_as(sink, keys.encoding, source.take_mark())?;
    let (mut has_code, mut rows) = (false, 0);
    in_order(
        || source.stretch(Unit::Line),
        Memo::new,
        |memo, stretch| answer(memo, &stretch, judge, keys),
        |done| {
            write_as(sink, keys.encoding, &done.out)?;
            totals.add(done.tally);
            has_code |= done.has_code;
            rows += done.rows;
            match done.flaw {
                None => Ok(()),
                Some(flaw) => Err(Failure::Input(format!("{name}: {flaw}"))),
            }
        },
    )?;
    if rows > 0 && !has_code {
        let key = keys.looked_at.first().map_or("", String::as_str);
        return Err(Failure::Usage(format!("no object of {name} has a key {key:?}")));
    }
    Ok(())
}

fn answer(memo: &mut Memo<Answer>, stretch: &Stretch, judge: &Judge<'_>, keys: &Keys) -> Done {
    let names: Vec<&str> = keys.looked_at.iter().map(String::as_str).collect();
    let reserved: Vec<&str> = keys.added.iter().map(String::as_str).collect();
    let wanted = Wanted { names: &names, reserved: &reserved };
    let out = Vec::with_capacity(stretch.bytes.len() * 3 / 2);
    let mut done = Done { out, tally: Tally::default(), has_code: false, rows: 0, flaw: None };
    let mut asked = Vec::new();
    for (line, at) in stretch.bytes.split_inclusive(|byte| *byte == b'\n').zip(stretch.line..) {
        if line.trim_ascii().is_empty() {
            done.out.extend_from_slice(line);
            continue;
        }
        let object = match Object::read(line, wanted) {
            Ok(object) => object,
            Err(flaw) => {
                done.flaw = Some(format!("line {at}: {flaw}"));
                return done;
            }
        };
        done.rows += 1;
        asked.clear();
        for place in 0..names.len() {
            let raw = object.raw(place).as_bytes();
            asked.extend_from_slice(&(raw.len() as u64).to_le_bytes());
            asked.extend_from_slice(raw);
        }
        let code = judge.parts.iter().position(|part| *part == Part::Code);
        done.has_code |= code.is_some_and(|place| !object.raw(place).is_empty());
        let answer = memo.answer(&asked, || judged(&object, code, judge, keys));
        done.tally.add(&answer.judged, 1);
        let (before, comma, behind) = object.around(line);
        done.out.extend_from_slice(before);
        done.out.extend_from_slice(comma.as_bytes());
        done.out.extend_from_slice(&answer.members);
        done.out.extend_from_slice(behind);
    }
    done
}

fn judged(object: &Object<'_>, code: Option<usize>, judge: &Judge<'_>, keys: &Keys) -> Answer {
    let unreadable = code.filter(|place| object.cell(*place).is_err());
    let judged = match unreadable {
        Some(place) => judge.unreadable_code(object.raw(place)),
        None => {
            // Of another member that cannot be read what is written is told.
            let cell = |place| object.cell(place).unwrap_or(Some(Cow::Borrowed(object.raw(place))));
            let cells: Vec<_> = (0..keys.looked_at.len()).map(cell).collect();
            judge.judge(&cells)
        }
    };
    let mut members = Vec::new();
    for (place, (name, cell)) in keys.added.iter().zip(judged.cells()).enumerate() {
        if place > 0 {
            members.push(b',');
        }
        write_text(&mut members, name);
        members.push(b':');
        match cell {
            Some(cell) => write_text(&mut members, &cell),
            None => members.extend_from_slice(b"null"),
        }
    }
    Answer { judged, members }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    // Text is always JSON, and memory is always written.
    let _ = serde_json::to_writer(out, text);
}
