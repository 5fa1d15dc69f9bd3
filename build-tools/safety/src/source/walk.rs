//! From the root of a test binary to its tests.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::condition::Conditions;
use super::items::{Item, items};
use crate::{Problem, Tree};

/// The tokens of files that several test binaries have in common.
pub(super) type Read = BTreeMap<String, TokenStream>;

/// What a test writes where it has nothing to test, so that a person sees it.
const SKIPPED: &str = "SKIPPED:";

/// A function with `#[test]`, in a test binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTest {
    /// The file it stands in, from the root of the repository.
    pub file: String,
    /// The name of the function.
    pub name: String,
    /// The name that the test binary prints: the path of its module and its own.
    pub printed: String,
    /// `#[ignore]` stands above it.
    pub is_ignored: bool,
    /// A `cfg` leaves it out, or may.
    pub is_left_out: bool,
    /// It calls what skips where data is not there, and is passed all the same.
    pub may_skip: bool,
}

/// The tests that can be reached from a root file, in the order of the sources.
pub(super) fn tests_from(
    tree: &Tree,
    root: &str,
    conditions: &Conditions,
    read: &mut Read,
    problems: &mut Vec<Problem>,
) -> Vec<FoundTest> {
    let folder = folder_of(root).to_owned();
    let mut walk = Walk {
        tree,
        conditions,
        read,
        problems,
        tests: Vec::new(),
        bodies: Vec::new(),
        functions: Vec::new(),
        seen: BTreeSet::new(),
    };
    walk.file(root, Place { module: String::new(), folder, is_left_out: false });
    walk.finish()
}

/// A module, and the folder in which files of the modules within it lie.
#[derive(Clone)]
struct Place {
    module: String,
    folder: String,
    is_left_out: bool,
}

/// The names that a function calls, where it stands, and whether it says itself that it skips.
#[derive(Default)]
struct Body {
    module: String,
    /// Names with brackets behind them, or `::` before them.
    calls: BTreeSet<String>,
    /// Names with `.` or `::` before them.
    methods: BTreeSet<String>,
    skips: bool,
}

/// A function that is no test.
struct Function {
    name: String,
    is_reachable: bool,
    is_method: bool,
    body: Body,
}

impl Function {
    /// Whether a body may call this function: it names it, and can see it.
    ///
    /// Functions of one name that can both be seen are taken together, so that no call is missed.
    fn may_be_called_by(&self, body: &Body) -> bool {
        let names = if self.is_method { &body.methods } else { &body.calls };
        names.contains(&self.name)
            && (self.is_reachable || body.module.starts_with(&self.body.module))
    }
}

struct Walk<'t> {
    tree: &'t Tree,
    conditions: &'t Conditions,
    read: &'t mut Read,
    problems: &'t mut Vec<Problem>,
    tests: Vec<FoundTest>,
    bodies: Vec<Body>,
    functions: Vec<Function>,
    seen: BTreeSet<String>,
}

impl Walk<'_> {
    fn file(&mut self, path: &str, place: Place) {
        if !self.seen.insert(path.to_owned()) {
            return;
        }
        let Some(text) = self.tree.get(path) else { return };
        if let Some(stream) = self.read.get(path) {
            return self.module(path, stream.clone(), place);
        }
        match text.parse::<TokenStream>() {
            Ok(stream) => {
                self.read.insert(path.to_owned(), stream.clone());
                self.module(path, stream, place);
            }
            Err(error) => self.problems.push(Problem::new(path, format!("not Rust: {error}"))),
        }
    }

    fn module(&mut self, path: &str, stream: TokenStream, mut place: Place) {
        let (items, is_left_out) = items(stream, self.conditions);
        place.is_left_out |= is_left_out;
        for item in items {
            match item {
                Item::Function { name, attributes, may_be_test, is_reachable, body } => {
                    let body = Body::of(body, &place.module);
                    if attributes.is_test && may_be_test {
                        self.tests.push(FoundTest {
                            file: path.to_owned(),
                            printed: format!("{}{name}", place.module),
                            name,
                            is_ignored: attributes.is_ignored,
                            is_left_out: place.is_left_out || attributes.is_left_out,
                            may_skip: false,
                        });
                        self.bodies.push(body);
                    } else {
                        let is_method = !may_be_test;
                        self.functions.push(Function { name, is_reachable, is_method, body });
                    }
                }
                Item::Module { name, attributes, content } => {
                    let within = Place {
                        module: format!("{}{name}::", place.module),
                        folder: format!("{}{name}/", place.folder),
                        is_left_out: place.is_left_out || attributes.is_left_out,
                    };
                    if let Some(content) = content {
                        self.module(path, content, within);
                    } else {
                        self.outer_module(path, &name, attributes.path.as_deref(), &place, within);
                    }
                }
            }
        }
    }

    fn outer_module(
        &mut self,
        path: &str,
        name: &str,
        elsewhere: Option<&str>,
        place: &Place,
        within: Place,
    ) {
        if let Some(elsewhere) = elsewhere {
            let file = joined(folder_of(path), elsewhere);
            let folder = folder_of(&file).to_owned();
            self.file(&file, Place { folder, ..within });
            return;
        }
        let beside = format!("{}{name}.rs", place.folder);
        let below = format!("{}{name}/mod.rs", place.folder);
        if self.tree.get(&beside).is_some() {
            self.file(&beside, within);
        } else {
            self.file(&below, within);
        }
    }

    fn finish(mut self) -> Vec<FoundTest> {
        let (mut skipping, mut others): (Vec<Function>, Vec<Function>) =
            self.functions.into_iter().partition(|function| function.body.skips);
        loop {
            let (more, rest): (Vec<Function>, Vec<Function>) = others
                .into_iter()
                .partition(|other| skipping.iter().any(|one| one.may_be_called_by(&other.body)));
            others = rest;
            if more.is_empty() {
                break;
            }
            skipping.extend(more);
        }
        for (test, body) in self.tests.iter_mut().zip(&self.bodies) {
            test.may_skip = body.skips || skipping.iter().any(|one| one.may_be_called_by(body));
        }
        self.tests
    }
}

impl Body {
    fn of(stream: TokenStream, module: &str) -> Body {
        let mut body = Body { module: module.to_owned(), ..Body::default() };
        body.add(stream);
        body
    }

    fn add(&mut self, stream: TokenStream) {
        // The last two marks before a name, and the name before brackets.
        let mut before = [' ', ' '];
        let mut name: Option<String> = None;
        for token in stream {
            let last = name.take();
            match token {
                TokenTree::Group(group) => {
                    if group.delimiter() == Delimiter::Parenthesis {
                        self.calls.extend(last);
                    }
                    self.add(group.stream());
                    before = [' ', ' '];
                }
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    match before {
                        [':', ':'] => {
                            self.calls.insert(word.clone());
                            self.methods.insert(word);
                        }
                        [_, '.'] => {
                            self.methods.insert(word);
                        }
                        _ => name = Some(word),
                    }
                    before = [' ', ' '];
                }
                TokenTree::Literal(literal) => {
                    self.skips |= literal.to_string().contains(SKIPPED);
                    before = [' ', ' '];
                }
                TokenTree::Punct(mark) => before = [before[1], mark.as_char()],
            }
        }
    }
}

/// The folder of a file, with the `/` behind it; nothing for one at the root.
pub(super) fn folder_of(path: &str) -> &str {
    path.rfind('/').and_then(|slash| path.get(..=slash)).unwrap_or("")
}

/// A path from a folder, with `..` resolved.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}
