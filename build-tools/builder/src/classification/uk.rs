//! The rows of the UK file of ICD-10, whether from its text or from its XML.

use std::collections::HashMap;

use farr::classification::TextKind;
use farr::id::{DaggerAsterisk, Icd10Code, Icd10Range, MarkedIcd10Code};

use super::edition::{Class, ClassKind, ClassText};
use super::log::Log;
use super::mark;
use crate::problem::NoteKind;

/// The columns, in the order in which they are published.
pub(super) const COLUMNS: [&str; 12] = [
    "CODE",
    "ALT_CODE",
    "USAGE",
    "USAGE_UK",
    "DESCRIPTION",
    "MODIFIER_4",
    "MODIFIER_5",
    "QUALIFIERS",
    "GENDER_MASK",
    "MIN_AGE",
    "MAX_AGE",
    "TREE_DESCRIPTION",
];

/// What the text of each column is.
const KINDS: [TextKind; 12] = [
    TextKind::Code,
    TextKind::AltCode,
    TextKind::Usage,
    TextKind::UsageUk,
    TextKind::Description,
    TextKind::Modifier4,
    TextKind::Modifier5,
    TextKind::Qualifiers,
    TextKind::GenderMask,
    TextKind::MinimumAge,
    TextKind::MaximumAge,
    TextKind::TreeDescription,
];

const CODE: usize = 0;
const ALT_CODE: usize = 1;
const USAGE: usize = 2;
const DESCRIPTION: usize = 4;
const MODIFIER_4: usize = 5;
const MODIFIER_5: usize = 6;
const QUALIFIERS: usize = 7;
const GENDER_MASK: usize = 8;
const MIN_AGE: usize = 9;
const MAX_AGE: usize = 10;

/// More rows than any classification has.
pub(super) const MOST_ROWS: usize = 1 << 20;

/// A row, as published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UkRow {
    /// By the columns of [`COLUMNS`].
    pub(super) cells: [String; 12],
    /// Where it stands in its file, counted from 1.
    pub(super) line: u64,
}

impl UkRow {
    fn cell(&self, column: usize) -> &str {
        self.cells[column].trim()
    }

    /// The code of the row, whatever its spelling and mark.
    pub(super) fn code(&self) -> Option<Icd10Code> {
        MarkedIcd10Code::parse(self.cell(CODE)).ok().map(MarkedIcd10Code::code)
    }
}

/// The number of a column by its name, in capitals or not.
pub(super) fn column_of(name: &str) -> Option<usize> {
    COLUMNS.iter().position(|column| name.trim().eq_ignore_ascii_case(column))
}

/// How many columns of the file a header has.
pub(super) fn columns_in(header: &str) -> usize {
    header.split('\t').filter_map(column_of).collect::<std::collections::HashSet<_>>().len()
}

/// The rubrics of rows. What is wrong with them goes to the log; a code that stands twice is kept
/// once.
pub(super) fn classes(rows: &[UkRow], log: &mut Log) -> Vec<Class> {
    let mut lines: HashMap<Icd10Code, u64> = HashMap::with_capacity(rows.len());
    let mut classes = Vec::with_capacity(rows.len());
    for row in rows {
        let Some((marked, class)) = class(row, log) else { continue };
        match lines.entry(marked.code()) {
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(row.line);
                classes.push(class);
            }
            std::collections::hash_map::Entry::Occupied(first) => {
                let first = *first.get();
                let code = marked.code();
                log.note(NoteKind::ClassRepeated, row.line, || {
                    format!("{code}, which stands on line {first}")
                });
            }
        }
    }
    classes
}

fn class(row: &UkRow, log: &mut Log) -> Option<(MarkedIcd10Code, Class)> {
    let column = |number: usize| Some((number + 1, COLUMNS[number]));
    let marked = match MarkedIcd10Code::parse(row.cell(CODE)) {
        Ok(marked) => marked,
        Err(error) => {
            let expected = format!("a code of ICD-10 ({error})");
            log.problem(row.line, column(CODE), expected, row.cell(CODE));
            return None;
        }
    };
    if row.cell(DESCRIPTION).is_empty() {
        log.problem(row.line, column(DESCRIPTION), "a title", "");
        return None;
    }
    let alternative = row.cell(ALT_CODE);
    let is_same = |text| MarkedIcd10Code::parse(text).is_ok_and(|one| one.code() == marked.code());
    if !is_same(alternative) {
        let code = row.cell(CODE);
        let what = || format!("CODE \"{code}\", ALT_CODE \"{alternative}\"");
        log.note(NoteKind::AlternativeCode, row.line, what);
    }
    let usage = usage(row, marked, log);
    let qualifiers = row.cell(QUALIFIERS);
    let mut references = Vec::new();
    for qualifier in qualifiers.split('^').map(str::trim).filter(|text| !text.is_empty()) {
        let reference = mark::reference(qualifier, true);
        if Icd10Range::parse(&reference.code).is_err() {
            log.note(NoteKind::UnreadReference, row.line, || {
                format!("\"{qualifier}\" in QUALIFIERS of {}", marked.code())
            });
        }
        references.push(reference);
    }
    let parts = [DESCRIPTION, MODIFIER_4, MODIFIER_5].map(|column| row.cell(column));
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let plain =
        |kind, text: &str| ClassText { kind, text: text.to_owned(), references: Vec::new() };
    let mut texts = vec![plain(TextKind::Title, &parts.join(" "))];
    for (number, (kind, cell)) in KINDS.into_iter().zip(&row.cells).enumerate() {
        if !cell.trim().is_empty() {
            let references = match number {
                QUALIFIERS => std::mem::take(&mut references),
                _ => Vec::new(),
            };
            texts.push(ClassText { references, ..plain(kind, cell) });
        }
    }
    let class = Class {
        kind: ClassKind::Code,
        code: marked.code().dotted().to_string(),
        parent: None,
        usage,
        is_modified: false,
        is_valid: None,
        gender_mask: limit(row, GENDER_MASK, log),
        minimum_age: limit(row, MIN_AGE, log),
        maximum_age: limit(row, MAX_AGE, log),
        texts,
        file: log.file.clone(),
        line: row.line,
    };
    Some((marked, class))
}

fn usage(row: &UkRow, marked: MarkedIcd10Code, log: &mut Log) -> Option<DaggerAsterisk> {
    let word = row.cell(USAGE);
    let said = match word.to_ascii_uppercase().as_str() {
        "DEFAULT" => None,
        "DAGGER" => Some(DaggerAsterisk::Dagger),
        "ASTERISK" => Some(DaggerAsterisk::Asterisk),
        _ => {
            let what = || format!("\"{word}\" of {}", marked.code());
            log.note(NoteKind::UnknownUsage, row.line, what);
            return marked.mark();
        }
    };
    if marked.mark().is_some() && marked.mark() != said {
        let what = || format!("\"{word}\" of \"{}\"", row.cell(CODE));
        log.note(NoteKind::UnknownUsage, row.line, what);
    }
    said
}

/// The number of a column; an empty one says nothing.
fn limit<T: std::str::FromStr>(row: &UkRow, column: usize, log: &mut Log) -> Option<T> {
    let cell = row.cell(column);
    let number = Some(cell).filter(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
    let number = number.and_then(|digits| digits.parse().ok());
    if number.is_none() && !cell.is_empty() {
        let code = row.cell(CODE);
        let what = || format!("{} \"{cell}\" of {code}", COLUMNS[column]);
        log.note(NoteKind::UnreadLimit, row.line, what);
    }
    number
}

/// Notes in the log of the second file what it says otherwise than the first.
pub(super) fn compare(first: (&str, &[UkRow]), second: &[UkRow], log: &mut Log) {
    let (name, rows) = first;
    let mut by_code: HashMap<Icd10Code, &UkRow> = HashMap::with_capacity(rows.len());
    for row in rows {
        if let Some(code) = row.code() {
            by_code.entry(code).or_insert(row);
        }
    }
    let mut seen = std::collections::HashSet::with_capacity(second.len());
    for row in second {
        let Some(code) = row.code().filter(|code| seen.insert(*code)) else { continue };
        let Some(twin) = by_code.get(&code) else {
            let what = || format!("{code} is not in {name}");
            log.note(NoteKind::TwinDiffers, row.line, what);
            continue;
        };
        for (number, column) in COLUMNS.iter().enumerate() {
            let (one, other) = (twin.cell(number), row.cell(number));
            if one != other {
                let line = twin.line;
                log.note(NoteKind::TwinDiffers, row.line, || {
                    format!(
                        "{column} of {code} is \"{other}\", and \"{one}\" in {name}, line {line}"
                    )
                });
            }
        }
    }
    for row in rows {
        if let Some(code) = row.code().filter(|code| seen.insert(*code)) {
            let what = || format!("{code} of {name}, line {}, is not here", row.line);
            log.note(NoteKind::TwinDiffers, 1, what);
        }
    }
}
