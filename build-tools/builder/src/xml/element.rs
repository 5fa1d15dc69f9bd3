//! An XML file as its root and, one after the other, the elements in that.

use std::borrow::Cow;
use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Bounded, entity};
use crate::problem::shown;

/// Elements within elements: no file has half as many.
const DEEPEST: usize = 48;
/// Attributes of an element: no file has half as many.
const MOST_ATTRIBUTES: usize = 32;
/// Elements and texts in one child of the root: a chapter with all its codes is one.
const MOST_NODES: usize = 4 << 20;
/// Bytes of text and attributes in one child of the root.
const MOST_TEXT: usize = 256 << 20;

/// An element and all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name, without the prefix of a namespace.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
    /// The line on which it begins, counted from 1.
    pub(crate) line: u64,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Why nothing further of a file can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stopped {
    pub(crate) line: u64,
    pub(crate) expected: String,
    /// What was found, as it may be shown.
    pub(crate) found: String,
}

impl Element {
    /// The value of an attribute, without white space around it; `None` where there is none or it is
    /// empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(one, _)| one == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name in it.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// All its text and that of the elements in it, each run of white space as one space.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.add_text(text),
                Node::Text(more) => text.push_str(more),
            }
        }
    }
}

/// Reads a file: `root` is told of its root and says whether it is the one that is read, `child` is
/// given the elements in it.
///
/// # Errors
///
/// The file cannot be read, or does not unpack; within, where it is not XML as files of releases are.
/// An internal subset of a document type definition is refused: entities of it could grow without
/// bounds. One that is elsewhere is never fetched.
pub(crate) fn read_children(
    reader: &mut dyn BufRead,
    root: &mut dyn FnMut(&Element) -> bool,
    child: &mut dyn FnMut(Element),
) -> io::Result<Result<(), Stopped>> {
    let mut reader = Reader::from_reader(Bounded::new(reader));
    let mut reading = Reading { root, child, open: Vec::new(), nodes: 0, bytes: 0, ended: false };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().begin();
        let line = reader.get_ref().line();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) if error.kind() != io::ErrorKind::InvalidData => {
                return Err(io::Error::new(error.kind(), error.to_string()));
            }
            Err(error) => {
                let line = reader.get_ref().line();
                return Ok(stop(line, "well-formed XML", error.to_string().as_bytes()));
            }
        };
        let last = matches!(event, Event::Eof);
        match reading.take(event, line) {
            Ok(true) if !last => {}
            Ok(_) => return Ok(Ok(())),
            Err(stopped) => return Ok(Err(stopped)),
        }
    }
}

/// Whether the file has an element for which `sought` says so, among the first ones; what cannot be
/// read ends the search. Elements are given without what is in them, with the names of those around
/// them.
pub(crate) fn is_within(
    reader: &mut dyn BufRead,
    sought: &mut dyn FnMut(&Element, &[String]) -> bool,
) -> bool {
    const MOST: usize = 2000;
    let mut reader = Reader::from_reader(Bounded::new(reader));
    let mut buffer = Vec::new();
    let mut around: Vec<String> = Vec::new();
    for _ in 0..MOST {
        buffer.clear();
        reader.get_mut().begin();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) | Err(_) => return false,
            Ok(Event::Start(start)) => {
                let Ok(element) = element(&start, 0) else { return false };
                if around.len() == DEEPEST || sought(&element, &around) {
                    return around.len() < DEEPEST;
                }
                around.push(element.name);
            }
            Ok(Event::Empty(start)) => {
                let Ok(element) = element(&start, 0) else { return false };
                if sought(&element, &around) {
                    return true;
                }
            }
            Ok(Event::End(_)) => drop(around.pop()),
            Ok(_) => {}
        }
    }
    false
}

fn stop<T>(line: u64, expected: impl Into<String>, found: &[u8]) -> Result<T, Stopped> {
    Err(Stopped { line, expected: expected.into(), found: shown(found) })
}

/// A file under way.
struct Reading<'r> {
    root: &'r mut dyn FnMut(&Element) -> bool,
    child: &'r mut dyn FnMut(Element),
    open: Vec<Element>,
    /// What the child of the root that is open holds so far.
    nodes: usize,
    bytes: usize,
    ended: bool,
}

impl Reading<'_> {
    /// Takes one event; `false` where nothing more is to be read.
    fn take(&mut self, event: Event<'_>, line: u64) -> Result<bool, Stopped> {
        match event {
            Event::Start(start) => return self.start(&start, line),
            Event::Empty(start) => {
                let goes_on = self.start(&start, line)?;
                self.end();
                return Ok(goes_on);
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.add(&text, line)?,
            Event::CData(text) => self.add(&text, line)?,
            Event::GeneralRef(reference) => {
                let text = resolved(&reference, line)?;
                self.add(&text, line)?;
            }
            Event::Decl(declaration) => match declaration.encoding() {
                Some(Ok(name)) if !name.eq_ignore_ascii_case("utf-8") => {
                    return stop(line, "the encoding utf-8", name.as_bytes());
                }
                Some(Err(_)) => return stop(line, "a declaration of XML", b"<?xml"),
                _ => {}
            },
            Event::DocType(definition) if definition.contains('[') => {
                return stop(line, "no document type definition within the file", b"<!DOCTYPE [");
            }
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => match self.open.last() {
                Some(open) => {
                    let found = format!("the end of the file within {}", open.name);
                    return stop(line, "the end of its elements", found.as_bytes());
                }
                None if !self.ended => return stop(line, "an element", b""),
                None => {}
            },
        }
        Ok(true)
    }

    fn start(&mut self, start: &BytesStart<'_>, line: u64) -> Result<bool, Stopped> {
        let element = element(start, line)?;
        if self.open.len() == DEEPEST {
            return stop(line, "fewer elements within each other", element.name.as_bytes());
        }
        match self.open.len() {
            0 if self.ended => return stop(line, "the end of the file", element.name.as_bytes()),
            0 if !(self.root)(&element) => {
                self.ended = true;
                return Ok(false);
            }
            0 | 1 => (self.nodes, self.bytes) = (0, 0),
            _ => {}
        }
        let attributes = element.attributes.iter().map(|(name, value)| name.len() + value.len());
        self.count(element.name.len() + attributes.sum::<usize>(), line)?;
        self.open.push(element);
        Ok(true)
    }

    /// Counts a node of so many bytes.
    fn count(&mut self, bytes: usize, line: u64) -> Result<(), Stopped> {
        self.nodes += 1;
        self.bytes += bytes;
        if self.nodes > MOST_NODES || self.bytes > MOST_TEXT {
            return stop(line, "less within one element", b"more than any file has");
        }
        Ok(())
    }

    fn add(&mut self, text: &str, line: u64) -> Result<(), Stopped> {
        if let Some(control) = text.chars().find(|c| is_forbidden(*c)) {
            return stop(line, "text without control characters", control.to_string().as_bytes());
        }
        let depth = self.open.len();
        let Some(open) = self.open.last_mut().filter(|_| depth > 1) else {
            let blank = text.trim_start_matches('\u{feff}').trim().is_empty();
            return if blank { Ok(()) } else { stop(line, "an element", text.as_bytes()) };
        };
        match open.children.last_mut() {
            Some(Node::Text(before)) => {
                before.push_str(text);
                self.bytes += text.len();
                Ok(())
            }
            _ => {
                open.children.push(Node::Text(text.to_owned()));
                self.count(text.len(), line)
            }
        }
    }

    fn end(&mut self) {
        // The reader has checked that what ends is what began.
        let Some(element) = self.open.pop() else { return };
        match (self.open.len(), self.open.last_mut()) {
            (_, None) => self.ended = true,
            (1, _) => (self.child)(element),
            (_, Some(around)) => around.children.push(Node::Element(element)),
        }
    }
}

/// XML has no other control characters, and a text is shown on screens.
fn is_forbidden(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r')
}

/// The element of a tag, with nothing in it yet.
fn element(start: &BytesStart<'_>, line: u64) -> Result<Element, Stopped> {
    let name = start.name().local_name().into_inner().to_owned();
    let mut attributes: Vec<(String, String)> = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let Ok(attribute) = attribute else {
            return stop(line, "attributes of XML", start.attributes_raw().as_bytes());
        };
        let key = attribute.key.into_inner();
        if attributes.iter().any(|(name, _)| name == key) || attributes.len() == MOST_ATTRIBUTES {
            return stop(line, "each attribute once, and few of them", key.as_bytes());
        }
        attributes.push((key.to_owned(), value(&attribute.value, line)?));
    }
    Ok(Element { name, attributes, children: Vec::new(), line })
}

/// The value of an attribute, its references resolved and its white space as spaces.
fn value(raw: &str, line: u64) -> Result<String, Stopped> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        value.push_str(before);
        let Some((name, after)) = after.split_once(';') else {
            return stop(line, "a reference that ends in ;", raw.as_bytes());
        };
        value.push_str(&resolved(name, line)?);
        rest = after;
    }
    value.push_str(rest);
    if value.chars().any(is_forbidden) {
        return stop(line, "an attribute without control characters", raw.as_bytes());
    }
    Ok(value.replace(['\t', '\n', '\r'], " "))
}

fn resolved(name: &str, line: u64) -> Result<Cow<'static, str>, Stopped> {
    match entity(name) {
        Some(text) => Ok(text),
        None => {
            let expected = "one of the five entities of XML, or a character";
            stop(line, expected, format!("&{name};").as_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Element>, Stopped> {
        let mut children = Vec::new();
        let mut reader = text.as_bytes();
        let read = read_children(&mut reader, &mut |_| true, &mut |child| children.push(child));
        read.unwrap().map(|()| children)
    }

    #[test]
    fn children_of_the_root_are_given_with_all_that_is_in_them() {
        let text = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE a SYSTEM \"a.dtd\">\n\
            <a>\n  <b x=\"1 &amp;\n2\">one <c>two</c>\n &#181;g</b>\n<n:d/></a>\n";
        let children = read(text).unwrap();
        assert_eq!(children.len(), 2);
        assert_eq!((children[0].name.as_str(), children[0].line), ("b", 4));
        assert_eq!(children[0].attribute("x"), Some("1 & 2"));
        assert_eq!(children[0].text(), "one two µg");
        assert_eq!(children[0].named("c").next().map(Element::text).as_deref(), Some("two"));
        assert_eq!((children[1].name.as_str(), children[1].line), ("d", 7));
    }

    #[test]
    fn what_no_file_of_a_release_has_is_refused() {
        for (text, expected) in [
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", "no document type definition within the file"),
            ("<a><b>&b;</b></a>", "one of the five entities of XML, or a character"),
            ("<a><b c=\"&d;\"/></a>", "one of the five entities of XML, or a character"),
            ("<a><b c=\"1\" c=\"2\"/></a>", "each attribute once, and few of them"),
            ("<a>\n<b>", "the end of its elements"),
            ("<a/><a/>", "the end of the file"),
            ("", "an element"),
            ("<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>", "the encoding utf-8"),
            ("<a><b>\u{1}</b></a>", "text without control characters"),
        ] {
            assert_eq!(read(text).unwrap_err().expected, expected, "{text}");
        }
        let deep = "<a>".repeat(60);
        assert_eq!(read(&deep).unwrap_err().expected, "fewer elements within each other");
    }
}
