//! Holding a tree to the shapes of a pack: every problem is told, with its place.

use std::collections::HashSet;
use std::ops::Range;

use farr::ecl::Ecl;
use farr::id::{Component, Icd10Range, Opcs4Range};
use farr::map::Age;
use farr::{Date, Dialect, Sctid};

use super::cell_finding::CellFinding;
use super::error::Problem;
use super::fields::Fields;
use super::nearest::nearest;
use super::pack::Written;
use super::shape::{self, Field, Kind, Shape};
use super::tree::{Member, Node, Value};
use crate::place::{Lines, Place};

/// A text under reading, and what is wrong with it.
pub(super) struct Reader<'s> {
    text: &'s str,
    lines: Lines<'s>,
    wrong: Vec<(usize, String)>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(text: &'s str) -> Reader<'s> {
        Reader { text, lines: Lines::of(text), wrong: Vec::new() }
    }

    /// Tells what is wrong at a byte.
    pub(super) fn tell(&mut self, at: usize, message: impl Into<String>) {
        // Never between the bytes of a character, nor beyond the end.
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at = at.saturating_sub(1);
        }
        self.wrong.push((at, message.into()));
    }

    /// The text.
    pub(super) fn text(&self) -> &'s str {
        self.text
    }

    /// The place of a byte.
    pub(super) fn place(&self, at: usize) -> Place {
        self.lines.place(at)
    }

    /// The line of a byte, for messages.
    pub(super) fn line(&self, at: usize) -> u64 {
        self.lines.place(at).line
    }

    /// Whether something is wrong.
    pub(super) fn has_problems(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// All that is wrong, in the order of the file.
    pub(super) fn problems(mut self) -> Vec<Problem> {
        self.wrong.sort();
        self.wrong.dedup();
        let lines = &self.lines;
        let told = self.wrong.into_iter();
        told.map(|(at, message)| Problem { place: Some(lines.place(at)), message }).collect()
    }

    /// Holds a table to its shape.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        shape: &'static Shape,
    ) -> Option<Fields<'n>> {
        let before = self.wrong.len();
        let Value::Table(members) = &node.value else {
            let message = format!("{} is {}, and has to be a table", shape.what, node.value.name());
            self.tell(node.span.start, message);
            return None;
        };
        for member in members {
            match shape.field(&member.key) {
                Some(field) => self.hold(member, field),
                None => {
                    let names: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
                    let message = format!("{} has no field {:?}", shape.what, member.key);
                    self.tell(member.key_at, expected(message, &member.key, &names));
                }
            }
        }
        for field in shape.fields.iter().filter(|field| field.required) {
            if !members.iter().any(|member| member.key == field.name) {
                let message = format!("{} has no {}, which it has to have", shape.what, field.name);
                self.tell(node.span.start, message);
            }
        }
        let is_whole = self.wrong.len() == before;
        Some(Fields::new(members, shape, is_whole))
    }

    /// Holds a field to its kind.
    fn hold(&mut self, member: &Member, field: &'static Field) {
        let node = &member.node;
        let name = field.name;
        match &field.kind {
            Kind::AnyText => {
                self.text_of(node, name);
            }
            Kind::Text => {
                self.filled(node, name);
            }
            Kind::Name => {
                if let Some(text) = self.filled(node, name)
                    && !is_name(text)
                {
                    let rule = "lower case letters, digits and hyphens, a letter first";
                    self.tell(node.span.start, format!("{name} is {text:?}, and has to be {rule}"));
                }
            }
            Kind::Url => {
                if let Some(text) = self.filled(node, name)
                    && !is_url(text)
                {
                    let rule = "has to be a URL, https://… say";
                    self.tell(node.span.start, format!("{name} is {text:?}, and {rule}"));
                }
            }
            Kind::Ecl => self.ecl(node, name),
            Kind::Refset => {
                if let Some(text) = self.filled(node, name) {
                    self.concept(text, node, name);
                }
            }
            Kind::Truth => {
                if !matches!(node.value, Value::Truth(_)) {
                    self.other(node, name, "true or false");
                }
            }
            Kind::TruthOrAny => {
                let any = matches!(&node.value, Value::Text(text) if text == "any");
                if !any && !matches!(node.value, Value::Truth(_)) {
                    self.other(node, name, "true, false or \"any\"");
                }
            }
            Kind::Days => {
                if whole(node).is_none() {
                    self.other(node, name, "a whole number of days");
                }
            }
            Kind::Characters => {
                let is_count = matches!(node.value, Value::Number(1..)) && whole(node).is_some();
                if !is_count {
                    self.other(node, name, "a whole number of characters, 1 or more");
                }
            }
            Kind::Word(words) => self.word(node, name, "is", &words()),
            Kind::Words(words) => self.each(node, name, Some(&words())),
            Kind::Texts => self.each(node, name, None),
            Kind::Concepts => {
                self.each(node, name, None);
                let items =
                    if let Value::List(items) = &node.value { items.as_slice() } else { &[] };
                for item in items {
                    if let Value::Text(text) = &item.value
                        && !text.trim().is_empty()
                    {
                        self.concept(text, item, name);
                    }
                }
            }
            Kind::Dialect => {
                if let Some(text) = self.filled(node, name)
                    && Dialect::named(text).is_none()
                {
                    let rule = "nhs-clinical, nhs-pharmacy, en-gb, en-us, or the id of a language \
                                reference set";
                    self.tell(node.span.start, format!("{name} is {text:?}; expected {rule}"));
                }
            }
            Kind::Ranges => self.ranges(node, name),
            Kind::Separators => {
                if let Some(text) = self.text_of(node, name)
                    && let wrong = text.chars().find(|c| c.is_alphanumeric() || ".-\"".contains(*c))
                    && (wrong.is_some() || text.is_empty())
                {
                    let rule = "characters that are no part of a code, \";\" say";
                    self.tell(node.span.start, format!("{name} is {text:?}; expected {rule}"));
                }
            }
            Kind::Day => {
                if let Some(text) = self.filled(node, name)
                    && let Err(error) = text.parse::<Date>()
                {
                    self.tell(node.span.start, format!("{name} is {text:?}: {error}"));
                }
            }
            Kind::Age => {
                if let Some(text) = self.filled(node, name)
                    && let Err(error) = Age::parse(text)
                {
                    self.tell(node.span.start, format!("{name} is {text:?}: {error}"));
                }
            }
            Kind::Severities => self.severities(node, name),
            Kind::PathOr(shape) => match &node.value {
                Value::Table(_) => {
                    self.fields(node, shape);
                }
                Value::Text(_) => {
                    self.filled(node, name);
                }
                _ => self.other(node, name, "the path of a file of codes, or a table"),
            },
            Kind::Table(shape) => {
                self.fields(node, shape);
            }
            Kind::Tables(shape) => match &node.value {
                Value::List(items) if !items.is_empty() => {
                    for item in items {
                        self.fields(item, shape);
                    }
                }
                Value::List(_) => self.tell(node.span.start, format!("{name} is an empty list")),
                _ => self.other(node, name, &format!("tables: [[{name}]]")),
            },
        }
    }

    /// Tells that something else was expected.
    fn other(&mut self, node: &Node, name: &str, wanted: &str) {
        let found = match &node.value {
            Value::Text(text) => format!("{text:?}"),
            Value::Number(number) => number.to_string(),
            value => value.name().to_owned(),
        };
        self.tell(node.span.start, format!("{name} is {found}; expected {wanted}"));
    }

    fn text_of<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text),
            Value::Number(_) => {
                // A number would lose the digits of a code.
                self.other(node, name, "text: put quotation marks around it");
                None
            }
            _ => {
                self.other(node, name, "text");
                None
            }
        }
    }

    fn filled<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n str> {
        let text = self.text_of(node, name)?;
        if text.trim().is_empty() {
            self.tell(node.span.start, format!("{name} is empty"));
            return None;
        }
        Some(text)
    }

    fn word(&mut self, node: &Node, name: &str, verb: &str, words: &[&str]) {
        if let Some(text) = self.filled(node, name)
            && !words.contains(&text)
        {
            let message = format!("{name} {verb} {text:?}");
            let message = match CellFinding::named(text).filter(|_| name == "findings") {
                Some(_) => {
                    format!("{message}, of the cells of a table, and an example has no table")
                }
                None => expected(message, text, words),
            };
            self.tell(node.span.start, message);
        }
    }

    /// A list of words, or of any texts, each once.
    fn each(&mut self, node: &Node, name: &str, words: Option<&[&str]>) {
        let Value::List(items) = &node.value else {
            return self.other(node, name, "a list: [\"…\"]");
        };
        // No findings is something to say, no systems is not.
        if items.is_empty() && name != "findings" {
            self.tell(node.span.start, format!("{name} is an empty list"));
        }
        let mut seen = HashSet::new();
        for item in items {
            match words {
                Some(words) => self.word(item, name, "has", words),
                None => {
                    self.filled(item, name);
                }
            }
            if let Value::Text(text) = &item.value
                && !seen.insert(text)
            {
                self.tell(item.span.start, format!("{name} has {text:?} twice"));
            }
        }
    }

    fn ecl(&mut self, node: &Node, name: &str) {
        let Some(text) = self.filled(node, name) else { return };
        if let Err(error) = Ecl::parse(text) {
            let (at, within) = self.within(node, text, error.span().start);
            let hint = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
            self.tell(at, format!("{name}: {error}{hint}{within}"));
        }
    }

    /// The byte of the file where a byte of a text stands; where escapes make that unclear, the
    /// beginning of the text, and words that say where within it.
    fn within(&self, node: &Node, text: &str, at: usize) -> (usize, String) {
        let Range { start, end } = node.span.clone();
        let raw = self.text.get(start..end).unwrap_or_default();
        match raw.find(text) {
            Some(begin) => (start.saturating_add(begin).saturating_add(at), String::new()),
            None => {
                let before = text.get(..at).unwrap_or(text).chars().count();
                (start, format!(" (at character {} of it)", before.saturating_add(1)))
            }
        }
    }

    /// Where a text is written.
    pub(super) fn written(&self, node: &Node, text: &str) -> Written {
        let (at, escaped) = self.within(node, text, 0);
        Written { start: self.place(at), is_verbatim: escaped.is_empty() }
    }

    fn concept(&mut self, text: &str, node: &Node, name: &str) {
        let at = node.span.start;
        match Sctid::parse(text) {
            Ok(id) if id.component() == Some(Component::Concept) => {}
            Ok(_) => self.tell(at, format!("{name} is {text}, which is not the id of a concept")),
            Err(error) => self.tell(at, format!("{name} is {text:?}: {error}")),
        }
    }

    /// That they are ranges of either classification; which is asked for, the binding knows.
    fn ranges(&mut self, node: &Node, name: &str) {
        let Some(text) = self.filled(node, name) else { return };
        let icd10 = Icd10Range::list(text).find_map(Result::err);
        let opcs4 = Opcs4Range::list(text).find_map(Result::err);
        if let (Some(error), Some(_)) = (icd10, opcs4) {
            self.tell(node.span.start, format!("{name}: {error}"));
        }
    }

    fn severities(&mut self, node: &Node, name: &str) {
        let Value::Table(members) = &node.value else {
            return self.other(node, name, "a table of severities by the codes of findings");
        };
        for member in members {
            let weighed = shape::weighed();
            if !weighed.contains(&member.key.as_str()) {
                let message = format!("there is no finding {:?}", member.key);
                self.tell(member.key_at, expected(message, &member.key, &weighed));
            }
            self.word(&member.node, &format!("{name}.{}", member.key), "is", &shape::severities());
        }
    }
}

/// A number that is whole and not negative.
fn whole(node: &Node) -> Option<u32> {
    match node.value {
        Value::Number(number) => u32::try_from(number).ok(),
        _ => None,
    }
}

impl Shape {
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A message with what was expected: the nearest word, and all where they are few.
pub(super) fn expected(message: String, found: &str, words: &[&str]) -> String {
    /// Words that are listed whole.
    const FEW: usize = 12;
    match (nearest(found, words), words.len()) {
        (Some(near), _) => format!("{message}; did you mean {near:?}?"),
        (None, 0..=FEW) => format!("{message}; expected {}", words.join(", ")),
        (None, _) => format!("{message}; docs/rule-pack.schema.json lists them"),
    }
}

/// Whether a text may be the name of a pack or a binding.
pub(super) fn is_name(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase();
    let rest = |byte: u8| letter(byte) || byte.is_ascii_digit() || byte == b'-';
    text.len() <= 64 && text.bytes().next().is_some_and(letter) && text.bytes().all(rest)
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_control();
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain))
}
