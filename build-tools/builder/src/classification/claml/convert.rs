//! ClaML classes with codes of ICD-10 as rubrics of an edition.

use farr::id::{Icd10Chapter, Icd10Range};

use super::compose::is_icd10;
use super::expand::Expanded;
use crate::classification::edition::{Class, ClassKind};
use crate::classification::log::Log;
use crate::problem::NoteKind;

/// The rubrics of classes. A class that is no chapter, block or code of ICD-10 is a problem; one that
/// modifiers made of a chapter or a block is none, and is left out with a note.
pub(in crate::classification) fn convert(classes: Vec<Expanded>, log: &mut Log) -> Vec<Class> {
    let mut rubrics = Vec::with_capacity(classes.len());
    for class in classes {
        let Some(kind) = kind(&class) else {
            if class.is_modified {
                let what = || format!("{} would be made", class.code);
                log.note(NoteKind::ModifierWithoutPlace, class.line, what);
            } else {
                let expected = match class.kind.as_str() {
                    "chapter" => "a chapter of ICD-10, as in IX",
                    "block" => "a block of ICD-10, as in A00-A09",
                    _ => "a code of ICD-10",
                };
                log.problem(class.line, None, expected, &class.code);
            }
            continue;
        };
        rubrics.push(Class {
            kind,
            code: class.code,
            parent: class.parent,
            usage: class.usage,
            is_modified: class.is_modified,
            is_valid: None,
            gender_mask: None,
            minimum_age: None,
            maximum_age: None,
            texts: class.texts,
            file: log.file.clone(),
            line: class.line,
        });
    }
    rubrics
}

/// What a class is, by its kind and its code.
fn kind(class: &Expanded) -> Option<ClassKind> {
    let code = class.code.as_str();
    let is_chapter = || {
        let mut chapters = (1..=22).filter_map(Icd10Chapter::from_number);
        chapters.any(|chapter| chapter.to_string() == code || chapter.number().to_string() == code)
    };
    match class.kind.as_str() {
        "chapter" => is_chapter().then_some(ClassKind::Chapter),
        "block" => is_block(code).then_some(ClassKind::Block),
        _ => is_icd10(code).then_some(ClassKind::Code),
    }
}

/// Whether a code is two categories with a dash between them.
fn is_block(code: &str) -> bool {
    code.split_once('-').is_some_and(|(first, last)| first.len() == 3 && last.len() == 3)
        && Icd10Range::parse(code).is_ok()
}
