//! A naive reader of dm+d.

use farr::dmd::schema::Table;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// An element: it holds text or further elements.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// The root of a document without comments in its records, attributes in its elements and
    /// whitespace around its texts.
    fn parse(document: &str) -> Self {
        let mut open = vec![Self::default()];
        for token in document.split('<').skip(1) {
            let (tag, text) = token.split_once('>').expect("a tag ends");
            match tag.as_bytes()[0] {
                b'?' | b'!' => {}
                b'/' => {
                    let element = open.pop().expect("something is open");
                    assert_eq!(tag[1..], element.name, "what is open is closed");
                    open.last_mut().expect("something is open").children.push(element);
                }
                _ => {
                    let name = tag.split(' ').next().expect("a tag has a name").to_owned();
                    open.push(Self { name, text: unescaped(text), children: Vec::new() });
                }
            }
        }
        assert_eq!(open.len(), 1, "everything is closed");
        open.remove(0).children.remove(0)
    }

    /// The text of the first child of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.children.iter().find(|child| child.name == name).map(|child| child.text.as_str())
    }

    /// The text of a child that must be there.
    pub(crate) fn of(&self, name: &str) -> &str {
        self.get(name).unwrap_or_else(|| panic!("{} without {name}: {self:?}", self.name))
    }

    /// The elements at the end of a path that starts with this one.
    fn at<'a>(&'a self, path: &[&str], found: &mut Vec<&'a Self>) {
        match path {
            [first, rest @ ..] if *first == "*" || self.name == *first => match rest {
                [] => found.push(self),
                _ => self.children.iter().for_each(|child| child.at(rest, found)),
            },
            _ => {}
        }
    }
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&amp;", "&")
}

/// The roots of all files, by the beginning of their names: `f_vmp2`.
#[derive(Debug)]
pub(crate) struct Files(BTreeMap<String, Element>);

impl Files {
    /// All files of the packages in a folder.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = Self(BTreeMap::new());
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("the folder can be read") {
                let path = entry.expect("the folder can be read").path();
                let extension = path.extension().and_then(|extension| extension.to_str());
                match extension {
                    _ if path.is_dir() => folders.push(path),
                    Some("zip") => files.read_zip(&path),
                    Some("xml") => {
                        let text = fs::read_to_string(&path).expect("it is UTF-8");
                        files.add(path.file_name().expect("it is a file").to_str(), &text);
                    }
                    _ => {}
                }
            }
        }
        files
    }

    fn read_zip(&mut self, path: &Path) {
        let zip = File::open(path).expect("the zip can be opened");
        let mut zip = zip::ZipArchive::new(zip).expect("it is a zip");
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).expect("it has that many files");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("it is UTF-8");
            let name = file.name().expect("it has a name").into_owned();
            self.add(Some(&name), &text);
        }
    }

    fn add(&mut self, name: Option<&str>, text: &str) {
        let (kind, _) = name.and_then(|name| name.rsplit_once('_')).expect("a file has a date");
        let before = self.0.insert(kind.to_owned(), Element::parse(text));
        assert!(before.is_none(), "{kind} is there once");
    }

    /// The elements at the end of a path in a file.
    pub(crate) fn at(&self, file: &str, path: &[&str]) -> Vec<&Element> {
        let mut found = Vec::new();
        self.0[file].at(path, &mut found);
        found
    }

    /// The records of a table.
    pub(crate) fn records(&self, table: &Table) -> Vec<&Element> {
        self.at(table.file, table.path)
    }
}
