//! The tabular list of ICD-10-CM: chapters, sections and codes within each other, with their notes.

use std::collections::HashSet;
use std::io::{self, BufRead};

use farr::classification::TextKind;
use farr::id::Icd10CmCode;

use super::edition::{Class, ClassKind, ClassText};
use super::log::Log;
use crate::problem::NoteKind;
use crate::xml::{self, Element};

/// The root of the file.
pub(super) const ROOT: &str = "ICD10CM.tabular";

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Tabular {
    pub(super) title: Option<String>,
    pub(super) version: Option<String>,
    /// Chapters, sections and codes, those above before those below.
    pub(super) classes: Vec<TabularClass>,
}

/// A chapter, a section or a code.
#[derive(Debug)]
pub(super) struct TabularClass {
    pub(super) class: Class,
    /// The code, where it is one.
    pub(super) code: Option<Icd10CmCode>,
    /// The seventh characters that it defines for the codes below it.
    pub(super) sevenths: Vec<char>,
}

/// Reads the file. What is wrong with it goes to the log.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn read(reader: &mut dyn BufRead, log: &mut Log) -> io::Result<Tabular> {
    let mut reading = Reading { tabular: Tabular::default(), seen: HashSet::new(), log };
    let mut is_tabular = true;
    let mut root = |root: &Element| {
        is_tabular = root.name == ROOT;
        is_tabular
    };
    let read = xml::read_children(reader, &mut root, &mut |child| match child.name.as_str() {
        "version" => reading.tabular.version = Some(child.text()).filter(|text| !text.is_empty()),
        "title" => reading.tabular.title = Some(child.text()).filter(|text| !text.is_empty()),
        "introduction" => {}
        "chapter" => reading.class(&child, ClassKind::Chapter, None),
        other => {
            reading.log.note(NoteKind::UnknownColumn, child.line, || format!("element {other}"))
        }
    })?;
    let Reading { tabular, log, .. } = reading;
    match read {
        Err(stopped) => log.stopped(stopped),
        Ok(()) if !is_tabular => {
            log.problem(1, None, format!("the root element {ROOT}"), "another")
        }
        Ok(()) if tabular.classes.is_empty() && !log.has_problems() => {
            log.problem(1, None, "an element chapter", "");
        }
        Ok(()) => {}
    }
    Ok(tabular)
}

/// The kind of the notes of an element of a rubric.
fn kind_of(name: &str) -> Option<TextKind> {
    Some(match name {
        "inclusionTerm" => TextKind::Inclusion,
        "includes" => TextKind::Includes,
        "excludes1" => TextKind::Excludes1,
        "excludes2" => TextKind::Excludes2,
        "notes" => TextKind::Note,
        "codeFirst" => TextKind::CodeFirst,
        "useAdditionalCode" => TextKind::UseAdditionalCode,
        "codeAlso" => TextKind::CodeAlso,
        "sevenChrNote" => TextKind::SeventhCharacterNote,
        _ => return None,
    })
}

struct Reading<'l> {
    tabular: Tabular,
    seen: HashSet<String>,
    log: &'l mut Log,
}

impl Reading<'_> {
    fn class(&mut self, element: &Element, kind: ClassKind, parent: Option<&str>) {
        let name = match kind {
            ClassKind::Block => element.attribute("id").map(str::to_owned),
            _ => element.named("name").next().map(Element::text).filter(|text| !text.is_empty()),
        };
        let name = name.unwrap_or_default();
        let code = Icd10CmCode::parse(&name).ok().filter(|_| kind == ClassKind::Code);
        let (is_right, expected) = match kind {
            ClassKind::Chapter => (is_chapter(&name), "the number of a chapter"),
            ClassKind::Block => (is_block(&name), "a section, as in A00-A09"),
            ClassKind::Code => (code.is_some(), "a code of ICD-10-CM"),
        };
        if !is_right {
            self.log.problem(element.line, None, expected, &name);
            return;
        }
        let title = element.named("desc").next().map(Element::text).unwrap_or_default();
        if title.is_empty() {
            self.log.problem(element.line, None, "a title (desc)", &name);
            return;
        }
        let name = code.map_or(name, |code| code.to_string());
        if !self.seen.insert(name.clone()) {
            self.log.note(NoteKind::ClassRepeated, element.line, || name.clone());
            return;
        }
        let (texts, sevenths) = self.texts(element, kind, title);
        let class = Class {
            kind,
            code: name.clone(),
            parent: parent.map(str::to_owned),
            usage: None,
            is_modified: false,
            is_valid: None,
            gender_mask: None,
            minimum_age: None,
            maximum_age: None,
            texts,
            file: self.log.file.clone(),
            line: element.line,
        };
        self.tabular.classes.push(TabularClass { class, code, sevenths });
        for inner in element.elements() {
            match inner.name.as_str() {
                "section" => self.class(inner, ClassKind::Block, Some(&name)),
                "diag" => self.class(inner, ClassKind::Code, Some(&name)),
                _ => {}
            }
        }
    }

    /// The texts of a rubric in the order of the file, and the seventh characters it defines.
    fn texts(
        &mut self,
        element: &Element,
        class: ClassKind,
        title: String,
    ) -> (Vec<ClassText>, Vec<char>) {
        let plain = |kind, text| ClassText { kind, text, references: Vec::new() };
        let mut texts = vec![plain(TextKind::Title, title)];
        let mut sevenths = Vec::new();
        for inner in element.elements() {
            let name = inner.name.as_str();
            if name == "sevenChrDef" {
                for extension in inner.named("extension") {
                    let character = extension.attribute("char").unwrap_or_default();
                    let mut characters = character.chars();
                    match (characters.next(), characters.next()) {
                        (Some(seventh), None) if seventh.is_ascii_alphanumeric() => {
                            sevenths.push(seventh.to_ascii_uppercase());
                            let text = format!("{character} {}", extension.text());
                            texts.push(plain(TextKind::SeventhCharacter, text));
                        }
                        _ => {
                            let expected = "one letter or digit (char)";
                            self.log.problem(extension.line, None, expected, character);
                        }
                    }
                }
            } else if let Some(kind) = kind_of(name) {
                let notes = inner.named("note").map(Element::text);
                let notes = notes.filter(|note| !note.is_empty());
                texts.extend(notes.map(|note| plain(kind, note)));
            } else if !matches!(name, "name" | "desc" | "section" | "sectionIndex" | "diag") {
                // What is for reading is kept, whatever it is.
                let text = inner.text();
                if !text.is_empty() {
                    texts.push(plain(TextKind::Other, format!("{name}: {text}")));
                }
                let what = || format!("element {name} of a {class:?}");
                self.log.note(NoteKind::UnknownColumn, inner.line, what);
            }
        }
        (texts, sevenths)
    }
}

fn is_chapter(name: &str) -> bool {
    name.len() < 3 && name.parse::<u8>().is_ok_and(|number| (1..=22).contains(&number))
}

/// Whether a section is a category, or two with a dash between them.
fn is_block(name: &str) -> bool {
    let is_category = |text: &str| Icd10CmCode::parse(text).is_ok_and(Icd10CmCode::is_category);
    let (first, last) = name.split_once('-').unwrap_or((name, name));
    is_category(first) && is_category(last)
}
