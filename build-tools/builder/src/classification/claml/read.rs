//! The elements of a ClaML file.

use std::collections::HashSet;
use std::io::{self, BufRead};

use farr::Date;
use farr::classification::TextKind;

use super::label;
use super::model::{Claml, ClamlClass, ModifiedBy, Modifier, ModifierClass};
use crate::classification::edition::ClassText;
use crate::classification::log::Log;
use crate::problem::NoteKind;
use crate::xml::{self, Element};

/// More classes than any classification has.
const MOST_CLASSES: usize = 1 << 20;

/// Reads a file. What is wrong with it goes to the log.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(in crate::classification) fn read(
    reader: &mut dyn BufRead,
    log: &mut Log,
) -> io::Result<Claml> {
    let mut claml = Claml::default();
    let mut is_claml = true;
    let mut root = |root: &Element| {
        is_claml = root.name == "ClaML";
        is_claml
    };
    let read = xml::read_children(reader, &mut root, &mut |child| claml.take(&child, log))?;
    match read {
        Err(stopped) => log.stopped(stopped),
        Ok(()) if !is_claml => log.problem(1, None, "the root element ClaML", "another"),
        Ok(()) if claml.classes.is_empty() && !log.has_problems() => {
            log.problem(1, None, "an element Class", "");
        }
        Ok(()) => {}
    }
    Ok(claml)
}

/// Bytes of the longest code: blocks have seven, names of modifiers nine.
const LONGEST_CODE: usize = 64;

/// The attribute `code` of an element.
fn code(element: &Element) -> Option<String> {
    element.attribute("code").filter(|code| code.len() <= LONGEST_CODE).map(str::to_owned)
}

fn codes<'e>(element: &'e Element, name: &'static str) -> impl Iterator<Item = String> + 'e {
    element.named(name).filter_map(code)
}

impl Claml {
    fn take(&mut self, element: &Element, log: &mut Log) {
        let line = element.line;
        match element.name.as_str() {
            "Title" => {
                self.title = Some(element.text()).filter(|title| !title.is_empty());
                self.version = element.attribute("version").map(str::to_owned);
                self.date = element.attribute("date").and_then(date);
            }
            "Class" => match code(element) {
                Some(code) if self.classes.len() < MOST_CLASSES => {
                    self.classes.push(class(element, code, log));
                }
                Some(code) => log.problem(line, None, "the end of the classes", &code),
                None => log.problem(line, None, "a Class with a code", ""),
            },
            "Modifier" => {
                let Some(code) = code(element) else {
                    return log.problem(line, None, "a Modifier with a code", "");
                };
                let texts = texts(element, &mut None, log);
                let is_title = |text: &ClassText| text.kind == TextKind::Title;
                let texts = texts.into_iter().filter(|text| !is_title(text)).collect();
                self.modifiers.push(Modifier { code, texts });
            }
            "ModifierClass" => {
                let above = element.named("SuperClass").find_map(code);
                let modifier = element.attribute("modifier").map(str::to_owned).or(above);
                let (Some(code), Some(modifier)) = (code(element), modifier) else {
                    return log.problem(line, None, "a ModifierClass with code and modifier", "");
                };
                self.modifier_classes.push(modifier_class(element, modifier, code, log));
            }
            "Meta" | "Identifier" | "Authors" | "Variants" | "ClassKinds" | "UsageKinds"
            | "RubricKinds" => {}
            other => log.note(NoteKind::UnknownColumn, line, || format!("element {other}")),
        }
    }
}

/// A date as in `2019-05-13` or `20070926`.
fn date(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let all = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = digits.parse().ok().filter(|_| all)?;
    Date::new(number / 10_000, number / 100 % 100, number % 100).map(Date::number)
}

/// The texts of the rubrics of an element, titles first. A mark at its title is that of the element.
fn texts(
    element: &Element,
    usage: &mut Option<farr::id::DaggerAsterisk>,
    log: &mut Log,
) -> Vec<ClassText> {
    let is_preferred = |rubric: &&Element| rubric.attribute("kind") == Some("preferred");
    if usage.is_none() {
        *usage = element.named("Rubric").filter(is_preferred).find_map(label::usage);
    }
    let mut texts = Vec::new();
    for rubric in element.named("Rubric") {
        let kind = rubric.attribute("kind").unwrap_or("none");
        if label::kind_of(kind).is_none() {
            log.note(NoteKind::UnknownColumn, rubric.line, || format!("rubric of the kind {kind}"));
        }
        texts.extend(label::texts(rubric, *usage));
    }
    texts.sort_by_key(|text| text.kind != TextKind::Title);
    texts
}

fn note_unknown_usage(element: &Element, log: &mut Log) {
    if let Some(word) = element.attribute("usage")
        && label::usage(element).is_none()
    {
        log.note(NoteKind::UnknownUsage, element.line, || format!("\"{word}\""));
    }
}

fn class(element: &Element, code: String, log: &mut Log) -> ClamlClass {
    note_unknown_usage(element, log);
    let mut usage = label::usage(element);
    let texts = texts(element, &mut usage, log);
    let is_link = |rubric: &&Element| rubric.attribute("kind") == Some("modifierlink");
    let links = element.named("Rubric").filter(is_link).flat_map(|rubric| rubric.named("Label"));
    let mut linked = Vec::new();
    links.for_each(|label| link(label, &mut linked));
    let modified_by = element.named("ModifiedBy").filter_map(|by| {
        let is_all = by.attribute("all") != Some("false");
        let valid = || codes(by, "ValidModifierClass").collect::<HashSet<String>>();
        let position = by.attribute("position").and_then(|position| position.parse().ok());
        Some(ModifiedBy { modifier: self::code(by)?, valid: (!is_all).then(valid), position })
    });
    ClamlClass {
        kind: element.attribute("kind").unwrap_or_default().to_owned(),
        usage,
        above: codes(element, "SuperClass").collect(),
        below: codes(element, "SubClass").collect(),
        modified_by: modified_by.collect(),
        not_modified_by: codes(element, "ExcludeModifier").collect(),
        linked,
        texts,
        line: element.line,
        code,
    }
}

/// The codes of the references within an element.
fn link(element: &Element, linked: &mut Vec<String>) {
    for inner in element.elements() {
        if inner.name == "Reference" {
            linked.extend(code(inner));
        }
        link(inner, linked);
    }
}

fn modifier_class(
    element: &Element,
    modifier: String,
    code: String,
    log: &mut Log,
) -> ModifierClass {
    note_unknown_usage(element, log);
    let mut usage = label::usage(element);
    let texts = texts(element, &mut usage, log);
    let mut not_after = Vec::new();
    for meta in element.named("Meta") {
        if meta.attribute("name") != Some("excludeOnPrecedingModifier") {
            continue;
        }
        let value = meta.attribute("value").unwrap_or_default();
        match value.split_whitespace().collect::<Vec<_>>().as_slice() {
            [modifier, class] => not_after.push(((*modifier).to_owned(), (*class).to_owned())),
            _ => log.note(NoteKind::UnknownModifier, meta.line, || {
                format!("excludeOnPrecedingModifier \"{value}\" of {modifier} {code}")
            }),
        }
    }
    ModifierClass { modifier, code, usage, not_after, texts, line: element.line }
}
