//! The files of dm+d as a person would read them: split at every `<`, without an XML reader. It shares
//! no code with the builder.

use std::path::{Path, PathBuf};

/// A record: the elements around it and its own, and what its own elements hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NaiveRecord {
    pub(crate) path: Vec<String>,
    /// Name and text, in the order of the file, those that are empty left out.
    pub(crate) elements: Vec<(String, String)>,
}

impl NaiveRecord {
    /// The text of an element.
    pub(crate) fn get(&self, element: &str) -> Option<&str> {
        self.elements.iter().find(|(name, _)| name == element).map(|(_, text)| text.as_str())
    }

    /// Whether it stands at this path, in which `*` is any element.
    pub(crate) fn is_at(&self, path: &[&str]) -> bool {
        let fits = |(one, other): (&String, &&str)| one == other || *other == "*";
        self.path.len() == path.len() && self.path.iter().zip(path).all(fits)
    }
}

/// An element under way.
#[derive(Debug, Default)]
struct Open {
    name: String,
    text: String,
    has_elements: bool,
    leaves: Vec<(String, String)>,
}

/// The records of a file.
pub(crate) fn records(text: &str) -> Vec<NaiveRecord> {
    let mut records = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, behind) = piece.split_once('>').expect("a tag ends");
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let closed = open.pop().expect("it is open");
            assert_eq!(closed.name, name);
            let path = open.iter().map(|around| around.name.clone());
            let path: Vec<String> = path.chain([closed.name.clone()]).collect();
            // What stands straight below the root of a file is no element of a record, but a section
            // without records.
            if !closed.has_elements && open.len() > 1 {
                let leaf = (closed.name, unescaped(&closed.text));
                open.last_mut().expect("there is a root").leaves.push(leaf);
            } else if closed.has_elements {
                records.extend(record(&open, &closed, path));
            }
            continue;
        }
        if let Some(around) = open.last_mut() {
            around.has_elements = true;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default().to_owned();
        if !tag.ends_with('/') {
            open.push(Open { name, text: behind.to_owned(), ..Open::default() });
        }
    }
    records
}

/// The record that an element is, where it is one.
fn record(around: &[Open], closed: &Open, path: Vec<String>) -> Option<NaiveRecord> {
    if closed.leaves.is_empty() {
        return None;
    }
    let root = path.first().map(String::as_str);
    let mut elements = closed.leaves.clone();
    match (root, path.len()) {
        // The id of the pack stands around its GTINs.
        (Some("GTIN_DETAILS"), 3) => return None,
        (Some("GTIN_DETAILS"), 4) => elements.extend(around.last()?.leaves.first().cloned()),
        _ => {}
    }
    elements.retain(|(_, text)| !text.is_empty());
    Some(NaiveRecord { path, elements })
}

fn unescaped(text: &str) -> String {
    let five = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#xB5;", "µ")];
    let text = five.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&").replace("\r\n", "\n")
}

/// The paths of all XML files in a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "xml") {
            found.push(path);
        }
    }
    found
}

/// The records of all XML files in these folders.
pub(crate) fn read(folders: &[&Path]) -> Vec<NaiveRecord> {
    let files = folders.iter().flat_map(|folder| files(folder));
    let text = |path| std::fs::read_to_string(path).expect("the file can be read");
    files.flat_map(|path| records(&text(path))).collect()
}
