//! ICD-10-CM from its order file, its tabular list, or both.
//!
//! The order file says which codes there are and which may be coded with; the tabular list has the
//! chapters, the sections, what stands below what, and the notes. Codes of seven characters are in the
//! order file only: the tabular list defines the seventh character for all codes below a rubric.

use std::collections::HashMap;

use farr::classification::TextKind;
use farr::id::Icd10CmCode;

use super::cm_order::OrderRow;
use super::cm_tabular::{Tabular, TabularClass};
use super::edition::{Class, ClassKind, ClassText};
use super::log::Log;
use crate::problem::NoteKind;

/// The rubrics of an order file.
pub(super) fn of_order(rows: &[OrderRow], log: &Log) -> Vec<Class> {
    rows.iter().map(|row| of_row(row, log)).collect()
}

fn of_row(row: &OrderRow, log: &Log) -> Class {
    let text = |kind, text: &str| ClassText { kind, text: text.to_owned(), references: Vec::new() };
    let mut texts = vec![text(TextKind::Title, &row.long)];
    if !row.short.is_empty() {
        texts.push(text(TextKind::ShortTitle, &row.short));
    }
    Class {
        kind: ClassKind::Code,
        code: row.code.to_string(),
        parent: None,
        usage: None,
        is_modified: false,
        is_valid: Some(row.is_valid),
        gender_mask: None,
        minimum_age: None,
        maximum_age: None,
        texts,
        file: log.file.clone(),
        line: row.line,
    }
}

/// The rubrics of a tabular list.
pub(super) fn of_tabular(tabular: Tabular) -> Vec<Class> {
    tabular.classes.into_iter().map(|one| one.class).collect()
}

/// The rubrics of both, in the order of the tabular list; what is in the order file only follows the
/// rubric above it. What is in one only is noted in the log of that one.
pub(super) fn of_both(
    (rows, order): (&[OrderRow], &mut Log),
    (tabular, tabular_log): (Tabular, &mut Log),
) -> Vec<Class> {
    let known: HashMap<Icd10CmCode, usize> = tabular
        .classes
        .iter()
        .enumerate()
        .filter_map(|(number, class)| Some((class.code?, number)))
        .collect();
    let by_code: HashMap<Icd10CmCode, &OrderRow> = rows.iter().map(|row| (row.code, row)).collect();
    // Rows of the order file by the rubric of the tabular list above them; those without any stand last.
    let mut beyond: HashMap<Option<usize>, Vec<&OrderRow>> = HashMap::new();
    for row in rows.iter().filter(|row| !known.contains_key(&row.code)) {
        let above: Vec<usize> =
            above(row.code).filter_map(|code| known.get(&code).copied()).collect();
        let seventh = row.code.seventh_character();
        let is_defined = seventh.is_some_and(|seventh| {
            above.iter().any(|number| tabular.classes[*number].sevenths.contains(&seventh))
        });
        if !is_defined {
            let what = || format!("{} is not in {}", row.code, tabular_log.file);
            order.note(NoteKind::CodeInOneFile, row.line, what);
        }
        beyond.entry(above.first().copied()).or_default().push(row);
    }
    let mut classes = Vec::with_capacity(tabular.classes.len() + rows.len());
    for (number, TabularClass { mut class, code, .. }) in tabular.classes.into_iter().enumerate() {
        if let Some(code) = code {
            match by_code.get(&code) {
                Some(row) => add(row, &mut class),
                None => {
                    let what = || format!("{code} is not in {}", order.file);
                    tabular_log.note(NoteKind::CodeInOneFile, class.line, what);
                }
            }
        }
        let rows = beyond.remove(&Some(number)).unwrap_or_default();
        let below = rows.into_iter().map(|row| {
            let parent = Some(class.code.clone());
            Class { parent, ..of_row(row, order) }
        });
        let below: Vec<Class> = below.collect();
        classes.push(class);
        classes.extend(below);
    }
    classes
        .extend(beyond.remove(&None).unwrap_or_default().into_iter().map(|row| of_row(row, order)));
    classes
}

/// The codes that begin as this one, the longest first.
fn above(code: Icd10CmCode) -> impl Iterator<Item = Icd10CmCode> {
    let text = code.undotted();
    let shorter = (3..text.len()).rev();
    shorter.filter_map(move |length| Icd10CmCode::parse(text.get(..length)?).ok())
}

/// Adds what the order file says of a rubric. Its title is the one that is kept; where that of the
/// tabular list differs, it is kept as a text.
fn add(row: &OrderRow, class: &mut Class) {
    class.is_valid = Some(row.is_valid);
    if let Some(title) = class.texts.first_mut()
        && title.text != row.long
    {
        let text = format!("desc: {}", title.text);
        title.text.clone_from(&row.long);
        class.texts.insert(1, ClassText { kind: TextKind::Other, text, references: Vec::new() });
    }
    if !row.short.is_empty() {
        let (kind, text) = (TextKind::ShortTitle, row.short.clone());
        class.texts.insert(1, ClassText { kind, text, references: Vec::new() });
    }
}
