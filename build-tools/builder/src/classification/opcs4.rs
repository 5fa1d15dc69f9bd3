//! OPCS-4 from its file of codes and titles, its file of metadata, or both.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead};

use farr::Opcs4Code;
use farr::classification::TextKind;

use super::cm_order::columns;
use super::edition::{Class, ClassKind, ClassText};
use super::lines;
use super::log::Log;
use crate::problem::NoteKind;

/// More rows than any version has.
const MOST_ROWS: usize = 1 << 18;

/// The columns of the metadata beside the code: what they are, and where they stand, in characters
/// from 0.
const COLUMNS: [(TextKind, std::ops::Range<usize>); 7] = [
    (TextKind::Selection, 0..11),
    (TextKind::CategoryName, 24..79),
    (TextKind::CodeName, 84..144),
    (TextKind::SexAbsolute, 187..188),
    (TextKind::SexScrutiny, 191..192),
    (TextKind::Status, 193..195),
    (TextKind::MethodOfDelivery, 218..228),
];
const CODE: std::ops::Range<usize> = 12..16;

/// A row of either file: its code, and its texts.
#[derive(Debug)]
pub(super) struct Opcs4Row {
    pub(super) code: Opcs4Code,
    pub(super) texts: Vec<ClassText>,
    pub(super) line: u64,
}

fn text(kind: TextKind, text: &str) -> ClassText {
    ClassText { kind, text: text.to_owned(), references: Vec::new() }
}

/// Whether a line is one of the codes and titles, and no header.
pub(super) fn is_title(line: &str) -> bool {
    let Some((code, title)) = line.split_once('\t') else { return false };
    Opcs4Code::parse(code).is_ok() && !title.trim().is_empty()
}

/// Whether a line is one of the metadata.
pub(super) fn is_metadata(line: &str) -> bool {
    let code = columns(line, CODE);
    !line.contains('\t')
        && Opcs4Code::parse(code).is_ok()
        && columns(line, 11..12) == " "
        && columns(line, 16..17) == " "
}

/// Reads codes and titles, with a TAB between them; a header may stand before them. What is wrong with
/// the file goes to the log.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn read_titles(reader: &mut dyn BufRead, log: &mut Log) -> io::Result<Vec<Opcs4Row>> {
    read(reader, log, |line, number, log| {
        let (code, title) = line.split_once('\t').unwrap_or((line, ""));
        let is_header = number == 1 && code.trim().to_ascii_uppercase().contains("CODE");
        if is_header {
            return None;
        }
        let code = code_of(code, (1, "code"), number, log)?;
        let title = title.trim_end_matches('\t').trim();
        if title.is_empty() {
            log.problem(number, Some((2, "title")), "a title", "");
            return None;
        }
        Some(Opcs4Row { code, texts: vec![text(TextKind::Title, title)], line: number })
    })
}

/// Reads metadata, of fixed width. What is wrong with the file goes to the log.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn read_metadata(reader: &mut dyn BufRead, log: &mut Log) -> io::Result<Vec<Opcs4Row>> {
    read(reader, log, |line, number, log| {
        let code = code_of(columns(line, CODE), (CODE.start + 1, "code"), number, log)?;
        let mut texts = Vec::new();
        for (kind, range) in COLUMNS {
            let cell = columns(line, range).trim();
            if !cell.is_empty() {
                texts.push(text(kind, cell));
            }
        }
        Some(Opcs4Row { code, texts, line: number })
    })
}

fn code_of(
    code: &str,
    column: (usize, &'static str),
    line: u64,
    log: &mut Log,
) -> Option<Opcs4Code> {
    match Opcs4Code::parse(code) {
        Ok(code) => Some(code),
        Err(error) => {
            log.problem(line, Some(column), format!("a code of OPCS-4 ({error})"), code);
            None
        }
    }
}

/// Reads rows, each code once.
fn read(
    reader: &mut dyn BufRead,
    log: &mut Log,
    row: impl Fn(&str, u64, &mut Log) -> Option<Opcs4Row>,
) -> io::Result<Vec<Opcs4Row>> {
    let mut rows: Vec<Opcs4Row> = Vec::new();
    let mut seen = HashSet::new();
    lines::each(reader, log, |line, number, log| {
        if rows.len() == MOST_ROWS {
            log.problem(number, None, "the end of the file", line);
            return false;
        }
        let Some(row) = row(line, number, log) else { return true };
        if seen.insert(row.code) {
            rows.push(row);
        } else {
            log.note(NoteKind::ClassRepeated, number, || row.code.to_string());
        }
        true
    })?;
    if rows.is_empty() && !log.has_problems() {
        log.problem(1, None, "a line with a code of OPCS-4", "");
    }
    Ok(rows)
}

fn class(code: Opcs4Code, texts: Vec<ClassText>, line: u64, log: &Log) -> Class {
    Class {
        kind: ClassKind::Code,
        code: code.to_string(),
        parent: None,
        usage: None,
        is_modified: false,
        is_valid: None,
        gender_mask: None,
        minimum_age: None,
        maximum_age: None,
        texts,
        file: log.file.clone(),
        line,
    }
}

/// The rubrics of codes and titles.
pub(super) fn of_titles(rows: Vec<Opcs4Row>, log: &Log) -> Vec<Class> {
    rows.into_iter().map(|row| class(row.code, row.texts, row.line, log)).collect()
}

/// The rubrics of metadata: titles are the names in it, and each category stands before its first code.
/// A code without a name is a problem.
pub(super) fn of_metadata(rows: Vec<Opcs4Row>, log: &mut Log) -> Vec<Class> {
    let mut classes = Vec::with_capacity(rows.len());
    let mut categories: HashSet<Opcs4Code> =
        rows.iter().map(|row| row.code).filter(|code| code.is_category()).collect();
    for row in rows {
        let name = |kind| row.texts.iter().find(|one| one.kind == kind).map(|one| one.text.clone());
        let category = name(TextKind::CategoryName);
        let own = match row.code.is_category() {
            true => category.clone(),
            false => name(TextKind::CodeName),
        };
        let above = row.code.category();
        if let Some(category) = category.filter(|_| categories.insert(above)) {
            let texts = vec![text(TextKind::Title, &category)];
            classes.push(class(above, texts, row.line, log));
        }
        let Some(own) = own else {
            let column = Some((85, "4-character name"));
            log.problem(row.line, column, "the name of the code", &row.code.to_string());
            continue;
        };
        let mut texts = vec![text(TextKind::Title, &own)];
        texts.extend(row.texts);
        classes.push(class(row.code, texts, row.line, log));
    }
    classes
}

/// The rubrics of both, in the order of the titles. A code in one only is noted in the log of that one;
/// that categories are not in the metadata goes without saying.
pub(super) fn of_both(
    (titles, log): (Vec<Opcs4Row>, &mut Log),
    (metadata, metadata_log): (Vec<Opcs4Row>, &mut Log),
) -> Vec<Class> {
    let mut by_code: HashMap<Opcs4Code, Opcs4Row> =
        metadata.into_iter().map(|row| (row.code, row)).collect();
    let mut classes = Vec::with_capacity(titles.len());
    for mut row in titles {
        match by_code.remove(&row.code) {
            Some(found) => row.texts.extend(found.texts),
            None if row.code.is_category() => {}
            None => {
                let what = || format!("{} is not in {}", row.code, metadata_log.file);
                log.note(NoteKind::CodeInOneFile, row.line, what);
            }
        }
        classes.push(class(row.code, row.texts, row.line, log));
    }
    let mut others: Vec<Opcs4Row> = by_code.into_values().collect();
    others.sort_by_key(|row| row.line);
    for row in &others {
        let what = || format!("{} is not in {}", row.code, log.file);
        metadata_log.note(NoteKind::CodeInOneFile, row.line, what);
    }
    let titled: HashSet<String> = classes.iter().map(|class| class.code.clone()).collect();
    let others = of_metadata(others, metadata_log);
    classes.extend(others.into_iter().filter(|class| !titled.contains(&class.code)));
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_files_are_told_apart() {
        assert!(is_title("A01.1\tInvented"));
        assert!(!is_title("CODE\tTITLE"));
        assert!(!is_title("A01.1\t "));
        let metadata = format!("{:<12}{:<4}{:<8}{:<60}{}", "", "A011", "", "Category", "Code");
        assert!(is_metadata(&metadata) && !is_title(&metadata));
        assert!(!is_metadata("A01.1\tInvented"));
    }
}
