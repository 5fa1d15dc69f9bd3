//! A FHIR resource as a tree, whether JSON or XML wrote it.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::finding::{ReadError, ReadErrorKind};
use crate::place::Lines;

/// An element: a repeated one stands there as often as it is repeated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// The text of a primitive.
    pub(crate) value: Option<String>,
    pub(crate) children: Vec<Node>,
    /// The members that are null, an empty array, or an array with a null in it.
    pub(crate) lost: Vec<String>,
    /// The byte that it begins at.
    pub(crate) at: usize,
}

/// Elements within each other at most; a resource has far fewer.
const DEEPEST: usize = 100;

impl Node {
    /// Its children of a name.
    pub(crate) fn all<'n, 'm: 'n>(&'n self, name: &'m str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of its child of a name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.children.iter().find(|child| child.name == name)?.value.as_deref()
    }

    /// Whether its child of a name was written and has nothing, in a part or at all. FHIR has neither
    /// empty arrays nor nulls, but for a primitive that has nothing beside extensions: those have an
    /// underscore before their name.
    pub(crate) fn has_lost(&self, name: &str) -> bool {
        let beside = |other: &str| other.strip_prefix('_') == Some(name);
        let is_lost = |other: &String| other == name || beside(other);
        let of_extensions = || self.children.iter().any(|child| beside(&child.name));
        self.lost.iter().any(is_lost) || self.all(name).next().is_none() && of_extensions()
    }

    /// Whether its child of a name is an array with a null among others.
    pub(crate) fn has_lost_some(&self, name: &str) -> bool {
        self.has_lost(name) && self.all(name).next().is_some()
    }
}

fn wrong(lines: &Lines<'_>, at: usize, message: impl Into<String>) -> ReadError {
    ReadError::new(ReadErrorKind::Syntax, Some(lines.place(at)), message)
}

/// Reads JSON; the node of the whole has the name of its `resourceType`.
pub(crate) fn of_json(text: &str, lines: &Lines<'_>) -> Result<Node, ReadError> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        let line = error.line().saturating_sub(1);
        let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
        let at = start.saturating_add(error.column().saturating_sub(1)).min(text.len());
        // Without the place, which goes before.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        wrong(lines, at, message)
    })?;
    let mut nodes = Vec::new();
    let _ = push_json(text, lines, "", raw, 0, &mut nodes)?;
    match nodes.pop() {
        Some(node) if nodes.is_empty() && raw.get().starts_with('{') => {
            let name = node.text("resourceType").unwrap_or_default().to_owned();
            Ok(Node { name, ..node })
        }
        _ => Err(wrong(lines, 0, "it is JSON, and no resource of FHIR")),
    }
}

/// Adds the nodes of a value: of an array as many as it has items. Gives whether it has a null, or
/// nothing.
fn push_json(
    text: &str,
    lines: &Lines<'_>,
    name: &str,
    raw: &RawValue,
    depth: usize,
    nodes: &mut Vec<Node>,
) -> Result<bool, ReadError> {
    // The raw value is a part of the text.
    let at = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    if depth > DEEPEST {
        return Err(wrong(lines, at, "elements stand too deep within each other"));
    }
    let deeper = depth.saturating_add(1);
    let unread = |error: serde_json::Error| wrong(lines, at, error.to_string());
    let mut node = Node { name: name.to_owned(), at, ..Node::default() };
    match raw.get().as_bytes().first() {
        Some(b'{') => {
            let members: Members<'_> = serde_json::from_str(raw.get()).map_err(unread)?;
            let mut keys = HashSet::new();
            for (key, value) in &members.0 {
                if !keys.insert(key) {
                    return Err(wrong(lines, at, format!("{key:?} stands twice in one object")));
                }
                if push_json(text, lines, key, value, deeper, &mut node.children)? {
                    node.lost.push(key.clone());
                }
            }
        }
        Some(b'[') => {
            let items: Items<'_> = serde_json::from_str(raw.get()).map_err(unread)?;
            let mut has_lost = items.0.is_empty();
            for item in items.0 {
                has_lost |= push_json(text, lines, name, item, deeper, nodes)?;
            }
            return Ok(has_lost);
        }
        Some(b'"') => node.value = Some(serde_json::from_str(raw.get()).map_err(unread)?),
        Some(b'n') => return Ok(true),
        _ => node.value = Some(raw.get().to_owned()),
    }
    nodes.push(node);
    Ok(false)
}

/// The members of an object, in their order.
pub(crate) struct Members<'j>(pub(crate) Vec<(String, &'j RawValue)>);

/// The items of an array.
pub(crate) struct Items<'j>(pub(crate) Vec<&'j RawValue>);

impl<'de> serde::Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members<'de>, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &'de RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

impl<'de> serde::Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Items<'de>, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Items<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Items<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element::<&'de RawValue>()? {
                    all.push(item);
                }
                Ok(Items(all))
            }
        }
        deserializer.deserialize_seq(Each)
    }
}

/// Reads XML. Declarations of document types, and so entities of their own, are refused.
pub(crate) fn of_xml(text: &str, lines: &Lines<'_>) -> Result<Node, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = Vec::new();
    let mut whole: Option<Node> = None;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| wrong(lines, at, error.to_string()))?;
        let ended = match event {
            Event::Eof => {
                return whole.ok_or_else(|| wrong(lines, at, "the XML ends within an element"));
            }
            // White space is text too.
            Event::Text(text) if open.is_empty() && text.trim().is_empty() => None,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if open.is_empty() => {
                return Err(wrong(lines, at, "something stands beside the resource"));
            }
            Event::Start(_) | Event::Empty(_) if whole.is_some() => {
                return Err(wrong(lines, at, "there is another resource behind the first"));
            }
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(wrong(lines, at, "elements stand too deep within each other"));
                }
                open.push(of_element(&start, lines, at)?);
                None
            }
            Event::Empty(start) => Some(of_element(&start, lines, at)?),
            Event::End(_) => open.pop(),
            Event::DocType(_) => return Err(wrong(lines, at, "document types are not read")),
            _ => None,
        };
        if let Some(node) = ended {
            match open.last_mut() {
                Some(parent) => parent.children.push(node),
                None => whole = Some(node),
            }
        }
    }
}

fn of_element(start: &BytesStart<'_>, lines: &Lines<'_>, at: usize) -> Result<Node, ReadError> {
    let name = start.local_name();
    let name = name.as_ref().to_owned();
    let mut node = Node { name, at, ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| wrong(lines, at, error.to_string()))?;
        let key = attribute.key.as_ref();
        if key != "value" && key != "url" {
            continue;
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| wrong(lines, at, error.to_string()))?;
        let value = Some(value.into_owned());
        match key {
            "value" => node.value = value,
            // That of an extension, which JSON has as a member.
            name => {
                let name = name.to_owned();
                node.children.push(Node { name, value, at, ..Node::default() });
            }
        }
    }
    Ok(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_xml_make_one_tree() {
        let json = r#"{"resourceType": "ValueSet", "compose": {"include": [
            {"system": "a&b", "concept": [{"code": "1"}, {"code": "2"}]}]}}"#;
        let xml = r#"<?xml version="1.0"?><ValueSet xmlns="http://hl7.org/fhir"><compose>
            <include><system value="a&amp;b"/><concept><code value="1"/></concept>
            <concept><code value="2"></code></concept></include></compose></ValueSet>"#;
        let of_json = of_json(json, &Lines::of(json)).unwrap();
        let of_xml = of_xml(xml, &Lines::of(xml)).unwrap();
        let include = |node: &Node| {
            let compose = node.all("compose").next().unwrap();
            let include = compose.all("include").next().unwrap();
            let codes: Vec<String> =
                include.all("concept").map(|one| one.text("code").unwrap().to_owned()).collect();
            (node.name.clone(), include.text("system").unwrap().to_owned(), codes)
        };
        let expected = ("ValueSet".into(), "a&b".into(), vec!["1".into(), "2".into()]);
        assert_eq!(include(&of_json), expected);
        assert_eq!(include(&of_xml), expected);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        let error = |text: &str| {
            let lines = Lines::of(text);
            let read =
                if text.starts_with('<') { of_xml(text, &lines) } else { of_json(text, &lines) };
            read.unwrap_err().to_string()
        };
        assert!(error("{\"a\":\n  1,,}").starts_with("2:"), "{}", error("{\"a\":\n  1,,}"));
        assert!(error("{\"a\": 1, \"a\": 2}").contains("twice"));
        assert!(error("[1]").contains("no resource"));
        assert!(error("<!DOCTYPE a><a/>").contains("document types"));
        assert!(error("<a><b></a>").starts_with("1:"));
        assert!(error("<a><b>").contains("ends within"));
        let deep = format!("{}1{}", "{\"a\":".repeat(120), "}".repeat(120));
        assert!(error(&deep).contains("deep") || error(&deep).contains("recursion"));
    }
}
