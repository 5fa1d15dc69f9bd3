//! The reader in Python against farr: dm+d and the classifications.

use std::collections::{BTreeMap, BTreeSet};

use farr::Terminology;
use farr::classification::{Classification, Rubric, RubricCode, RubricKind, TextKind};
use farr::dmd::schema::TableId;
use farr::dmd::{Dmd, ElementValue, Record};
use farr::id::DaggerAsterisk;
use farr::search::fold::Folder;
use serde_json::{Value, json};

use super::python::{answer, has_python};
use crate::support::{classification_index, dmd_index};

fn value(value: ElementValue<'_>) -> String {
    match value {
        ElementValue::Code(entry) => entry.code().to_string(),
        ElementValue::Date(date) => date.to_string().replace('-', ""),
        ElementValue::Gtin(number) => number.to_string(),
        other => other.to_string(),
    }
}

fn elements(record: Record<'_>) -> Vec<(&'static str, String)> {
    record.elements().map(|element| (element.name, value(element.value))).collect()
}

#[test]
fn every_element_of_dmd_reads_the_same() {
    if !has_python() {
        return;
    }
    let index = dmd_index();
    let opened = Terminology::from_bytes(index.clone()).expect("the golden file opens");
    let dmd = opened.dmd().expect("the golden file has dm+d");
    let Value::Array(tables) = answer(&index, "dmd", &[]) else { panic!("tables") };
    assert_eq!(tables.len(), TableId::ALL.len());
    for (table, read) in TableId::ALL.into_iter().zip(tables) {
        let expected: Vec<Value> = dmd.table(table).map(|record| json!(elements(record))).collect();
        assert!(!expected.is_empty(), "{table:?} is empty in the golden file");
        assert_eq!(read, json!(expected), "{table:?}");
    }
}

/// Words, and what has each.
type ByWord = BTreeMap<String, BTreeSet<(String, String)>>;

/// Adds the words of a name or text.
fn add(words: &mut ByWord, folder: &mut Folder, of: &str, text: &str) {
    let mut found: Vec<String> = folder.fold(text).map(str::to_owned).collect();
    folder.joined(|word| found.push(word.to_owned()));
    for word in found {
        words.entry(word).or_default().insert((of.to_owned(), text.to_owned()));
    }
}

fn names_by_word(dmd: Dmd<'_>) -> ByWord {
    let mut words = ByWord::new();
    let mut folder = Folder::default();
    let levels = [TableId::Vtm, TableId::Vmp, TableId::Amp, TableId::Vmpp, TableId::Ampp];
    for record in levels.into_iter().flat_map(|level| dmd.table(level)) {
        let elements = elements(record);
        let id = elements[0].1.clone();
        let names = ["NM", "DESC", "ABBREVNM", "NMPREV", "NM_PREV"];
        for (_, text) in elements.iter().filter(|(name, _)| names.contains(name)) {
            add(&mut words, &mut folder, &id, text);
        }
    }
    words
}

fn held(read: Value, expected: &ByWord, what: &str) {
    let read: ByWord = serde_json::from_value(read).expect("words and what has them");
    assert!(!expected.is_empty(), "{what}");
    assert!(read == *expected, "{what}: {} words and {}", read.len(), expected.len());
}

#[test]
fn every_word_of_dmd_reads_the_same() {
    if !has_python() {
        return;
    }
    let index = dmd_index();
    let opened = Terminology::from_bytes(index.clone()).expect("the golden file opens");
    let expected = names_by_word(opened.dmd().expect("the golden file has dm+d"));
    held(answer(&index, "dmd-words", &[]), &expected, "dm+d");
}

fn mark(usage: Option<DaggerAsterisk>) -> Value {
    match usage {
        None => Value::Null,
        Some(DaggerAsterisk::Dagger) => "dagger".into(),
        Some(DaggerAsterisk::Asterisk) => "asterisk".into(),
    }
}

/// Everything that the reader says of a rubric, as farr says it.
fn rubric<C: RubricCode>(rubric: Rubric<'_, C>) -> Value {
    let kind = match rubric.kind() {
        RubricKind::Chapter => 0,
        RubricKind::Block => 1,
        RubricKind::Category | RubricKind::Subcategory => 2,
    };
    let texts = rubric.texts().map(|text| {
        let references: Vec<Value> = text
            .references()
            .map(|one| json!([one.text(), mark(one.usage()), one.is_partner()]))
            .collect();
        json!([text.kind().name(), text.text(), references])
    });
    json!({
        "code": rubric.code_text(),
        "kind": kind,
        "parent": rubric.parent().map(|parent| parent.code_text()),
        "descendants": rubric.descendants().map(|below| below.code_text()).collect::<Vec<_>>(),
        "modified": rubric.is_modified(),
        "mark": mark(rubric.usage()),
        "valid": rubric.is_valid(),
        "sex": rubric.sex().number(),
        "least_age": rubric.ages().minimum,
        "greatest_age": rubric.ages().maximum,
        "texts": texts.collect::<Vec<_>>(),
    })
}

/// Holds a classification against what the reader says of it.
fn classification<C: RubricCode>(index: &[u8], letter: &str, opened: Classification<'_, C>) {
    let Value::Array(read) = answer(index, "rubrics", &[letter]) else { panic!("{letter}") };
    assert_eq!(read.len(), opened.rubrics().count(), "{letter}");
    assert!(read.len() > 5, "{letter}");
    for (expected, read) in opened.rubrics().zip(read) {
        assert_eq!(read, rubric(expected), "{letter} {}", expected.code_text());
    }
    let mut words = ByWord::new();
    let mut folder = Folder::default();
    for rubric in opened.rubrics() {
        for text in rubric.texts().filter(|text| TextKind::is_searched(text.kind())) {
            add(&mut words, &mut folder, rubric.code_text(), text.text());
        }
    }
    held(answer(index, "rubric-words", &[letter]), &words, letter);
}

#[test]
fn every_rubric_and_every_word_of_the_classifications_reads_the_same() {
    if !has_python() {
        return;
    }
    let index = classification_index();
    let opened = Terminology::from_bytes(index.clone()).expect("the golden file opens");
    classification(&index, "I", opened.icd10().expect("the golden file has ICD-10"));
    classification(&index, "M", opened.icd10_cm().expect("the golden file has ICD-10-CM"));
    classification(&index, "O", opened.opcs4().expect("the golden file has OPCS-4"));
}
