//! The codes of a binding: a file beside the pack, or a list within it.

use std::path::{Component, Path};

use farr::coding::ValueSet;

use super::fields::Fields;
use super::reader::Reader;
use super::shape;
use super::tree::{Node, Value};
use crate::code::Code;
use crate::finding::FindingKind;
use crate::list::{Codelist, Content, Entry, Selection};
use crate::place::Place;
use crate::read::{ReadOptions, read};
use crate::system::{ListSystem, System};

/// Gives the bytes of a file that a pack names, by its path relative to the pack.
pub(super) type Files<'f> = dyn Fn(&Path) -> std::io::Result<Vec<u8>> + 'f;

/// The codes of a value set, to be looked up one by one.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) system: System,
    /// The file that they stand in; `None` is the pack.
    pub(super) file: Option<String>,
    /// Each with its place in that file.
    pub(super) codes: Vec<(String, Place)>,
}

/// What is asked for of a file.
struct Asked<'n> {
    file: &'n str,
    at: usize,
    column: Option<&'n str>,
    clusters: Vec<String>,
}

impl Reader<'_> {
    /// The value set of a binding; `systems` are those of the binding.
    pub(super) fn value_set(
        &mut self,
        name: &str,
        node: &Node,
        systems: &[System],
        files: &Files<'_>,
    ) -> Option<(ValueSet, Named)> {
        let at = node.span.start;
        let of_binding = systems.first().copied();
        if let Value::Text(file) = &node.value {
            let asked = Asked { file, at, column: None, clusters: Vec::new() };
            return self.of_file(name, &asked, of_binding?, files);
        }
        // Told already where it is not as it has to be.
        let fields = self.fields(node, &shape::VALUE_SET).filter(|fields| fields.is_whole)?;
        let system = match fields.text("system") {
            Some(word) => System::named(word)?,
            None => of_binding?,
        };
        if !systems.contains(&system) {
            let message = format!("the value set is of {}, and the binding is not", system.name());
            self.tell(at, message);
            return None;
        }
        match (fields.text("file"), fields.get("codes")) {
            (Some(_), Some(codes)) => {
                self.tell(codes.span.start, "the value set has a file and codes: give one of them");
                None
            }
            (None, None) => {
                self.tell(at, "the value set has neither file nor codes");
                None
            }
            (None, Some(codes)) => {
                for part in ["column", "clusters"] {
                    if let Some(member) = fields.member(part) {
                        self.tell(member.key_at, format!("{part} is of a file, and there is none"));
                    }
                }
                self.of_codes(name, system, &fields, codes)
            }
            (Some(file), None) => {
                let at = fields.get("file").map_or(at, |node| node.span.start);
                let clusters = fields.texts("clusters").map(|(text, _)| text.to_owned()).collect();
                let asked = Asked { file, at, column: fields.text("column"), clusters };
                self.of_file(name, &asked, system, files)
            }
        }
    }

    fn of_codes(
        &mut self,
        name: &str,
        system: System,
        fields: &Fields<'_>,
        codes: &Node,
    ) -> Option<(ValueSet, Named)> {
        let mut whole = true;
        let read: Vec<(Code, usize)> =
            fields.texts("codes").map(|(code, at)| (Code::read(system, code), at)).collect();
        for (code, at) in &read {
            let at = *at;
            // A pack is written by hand: what is more than a code is not what was meant.
            if code.is_wrapped() || code.mark().is_some() {
                let text = code.text();
                self.tell(at, format!("something stands around the code: write {text:?}"));
                whole = false;
                continue;
            }
            // One at a time, for the place of each that is none.
            if let Err(error) = ValueSet::new(name, system, [code.text()]) {
                self.tell(at, error.to_string());
                whole = false;
            }
        }
        let set = ValueSet::new(name, system, read.iter().map(|(code, _)| code.text()));
        let named = read.iter().map(|(code, at)| (code.text().to_owned(), self.place(*at)));
        match (whole, set) {
            (true, Ok(set)) => Some((set, Named { system, file: None, codes: named.collect() })),
            (true, Err(error)) => {
                self.tell(codes.span.start, error.to_string());
                None
            }
            (false, _) => None,
        }
    }

    fn of_file(
        &mut self,
        name: &str,
        asked: &Asked<'_>,
        system: System,
        files: &Files<'_>,
    ) -> Option<(ValueSet, Named)> {
        let (file, at) = (asked.file, asked.at);
        let path = Path::new(file);
        let below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        // A pack may come from elsewhere: it reads what came with it, and nothing else.
        if !path.components().all(below) {
            self.tell(at, format!("{file:?} is not a path below the folder of the pack"));
            return None;
        }
        if !ListSystem::READ.contains(&system) {
            self.tell(at, format!("files of codes are not read of {}", system.name()));
            return None;
        }
        let bytes = match files(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                // Of a system's error the kind alone: what systems say beside it differs.
                let why =
                    error.get_ref().map_or_else(|| error.kind().to_string(), |own| own.to_string());
                self.tell(at, format!("{file} cannot be read: {why}"));
                return None;
            }
        };
        let options = ReadOptions {
            format: None,
            system: Some(system),
            column: asked.column.map(str::to_owned),
            clusters: asked.clusters.clone(),
        };
        let list = match read(&bytes, &options) {
            Ok(list) => list,
            Err(error) => {
                let separator = if error.place.is_some() { ":" } else { ": " };
                self.tell(at, format!("{file}{separator}{}", one_line(&error.to_string())));
                return None;
            }
        };
        let mut whole = true;
        // An id that a release published with a wrong check digit may stand in a list.
        let wrong = list.errors().filter(|finding| finding.kind != FindingKind::WrongCheckDigit);
        for finding in wrong {
            self.tell(at, format!("{file}:{}", one_line(&finding.to_string())));
            whole = false;
        }
        let entries = match plain(&list) {
            Ok(entries) => entries,
            Err(why) => {
                self.tell(at, format!("{file}: {why}"));
                return None;
            }
        };
        if let Some(entry) = entries.iter().find(|entry| entry.system != system) {
            let place = entry.place;
            let of_list = system.name();
            let message = format!("the code is of {}, and the list of {of_list}", entry.system);
            self.tell(at, format!("{file}:{place}: {message}"));
            return None;
        }
        if entries.is_empty() {
            self.tell(at, format!("{file}: it has no codes"));
            return None;
        }
        match ValueSet::new(name, system, entries.iter().map(|entry| entry.code.text())) {
            Ok(set) => {
                let codes = entries.iter().map(|entry| (entry.code.text().to_owned(), entry.place));
                let file = Some(file.to_owned());
                whole.then(|| (set, Named { system, file, codes: codes.collect() }))
            }
            Err(error) => {
                // What is malformed was told with its place.
                if whole {
                    self.tell(at, format!("{file}: {error}"));
                }
                None
            }
        }
    }
}

/// The codes of a list that are all of it, whatever the release; or what to do instead.
fn plain(list: &Codelist) -> Result<Vec<&Entry>, &'static str> {
    const EXPAND: &str = "what it comes to depends on the release, so that it is no list of codes: \
                          write one with farr codelist expand --to codes";
    const CONSTRAINT: &str = "it is an expression constraint: give it as the constraint";
    match &list.content {
        Content::Codes(_) => Ok(list.entries()),
        Content::Ecl(_) => Err(CONSTRAINT),
        Content::Definition(_) => Err(EXPAND),
        Content::ValueSet(set) => match &set.compose {
            None => Ok(list.entries()),
            Some(compose) => {
                let named = |selection: &Selection| matches!(selection, Selection::Codes(_));
                let plain = compose.exclude.is_empty()
                    && compose.inactive != Some(false)
                    && compose.include.iter().all(|part| named(&part.selection));
                plain.then(|| list.entries()).ok_or(EXPAND)
            }
        },
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
