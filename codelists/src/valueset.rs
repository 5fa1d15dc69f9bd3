//! ValueSet of FHIR ([R4](https://hl7.org/fhir/R4/valueset.html)), read from JSON or XML.

mod expansion;
mod filter;
mod implicit;
mod node;

use std::collections::HashMap;

use crate::code::Code;
use crate::finding::{Finding, FindingKind, ReadError, ReadErrorKind};
use crate::format::Format;
use crate::list::{Codelist, Compose, Content, Entry, Part, Selection, ValueSet};
use crate::place::{Lines, Place};
use crate::read::ReadOptions;
use crate::system::{ListSystem, System};
use crate::table::of_code;
use node::Node;
pub(crate) use node::{Items, Members};

/// Reads a value set.
pub(crate) fn read(text: &str, options: &ReadOptions) -> Result<Codelist, ReadError> {
    let lines = Lines::of(text);
    let resource = match text.trim_start().starts_with('<') {
        true => node::of_xml(text, &lines)?,
        false => node::of_json(text, &lines)?,
    };
    let mut reader = Reader { lines: &lines, findings: Vec::new() };
    let place = reader.place(&resource);
    if resource.name != "ValueSet" {
        let message = match resource.name.as_str() {
            "" => "it has no resourceType, and so is no ValueSet of FHIR".to_owned(),
            other => format!("it is a {other:?}, and no ValueSet of FHIR"),
        };
        return Err(ReadError::new(ReadErrorKind::Format, Some(place), message));
    }
    reader.nothing_modified(&resource)?;
    let text = |name| resource.text(name).map(str::to_owned);
    let compose = reader.one(&resource, "compose")?;
    let set = ValueSet {
        url: text("url"),
        version: text("version"),
        name: text("name"),
        title: text("title"),
        status: text("status"),
        compose: match compose {
            Some(compose) => Some(reader.compose(compose)?),
            None => None,
        },
        expansion: match (reader.one(&resource, "expansion")?, compose) {
            (Some(expansion), None) => Some(reader.expansion(expansion)?),
            // What is wrong with it is no matter then.
            (Some(expansion), Some(_)) => {
                let message = "the stored expansion is not used: the definition is expanded anew";
                reader.tell(expansion, FindingKind::NotUsed, message.to_owned());
                None
            }
            (None, _) => None,
        },
    };
    if set.compose.is_none() && set.expansion.is_none() {
        let message = "it has neither a compose nor an expansion, and so no content";
        return Err(ReadError::new(ReadErrorKind::Unsupported, Some(place), message));
    }
    if let Some(stated) = options.system {
        of_one_system(&set, stated)?;
    }
    let findings = reader.findings;
    Ok(Codelist { format: Format::ValueSet, content: Content::ValueSet(set), findings })
}

/// A value set says itself of which systems it is: what was stated must agree.
fn of_one_system(set: &ValueSet, stated: System) -> Result<(), ReadError> {
    let parts = set.compose.iter().flat_map(|compose| compose.include.iter());
    let of_parts = parts.map(|part| (&part.system, part.place));
    let entries = set.expansion.iter().filter(|_| set.compose.is_none()).flatten();
    let of_entries = entries.map(|entry| (&entry.system, entry.place));
    match of_parts.chain(of_entries).find(|(system, _)| **system != stated) {
        None => Ok(()),
        Some((system, place)) => {
            let message = format!("it has codes of {system}, and not of {} alone", stated.name());
            Err(ReadError::new(ReadErrorKind::System, Some(place), message))
        }
    }
}

struct Reader<'l> {
    lines: &'l Lines<'l>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn place(&self, node: &Node) -> Place {
        self.lines.place(node.at)
    }

    fn unsupported(&self, node: &Node, message: impl Into<String>) -> ReadError {
        ReadError::new(ReadErrorKind::Unsupported, Some(self.place(node)), message)
    }

    /// The child of a name, which may be there once.
    fn one<'n>(&self, node: &'n Node, name: &'n str) -> Result<Option<&'n Node>, ReadError> {
        let mut found = node.all(name);
        match (found.next(), found.next()) {
            (Some(_), Some(second)) => {
                Err(self.unsupported(second, format!("{name:?} stands there twice")))
            }
            (first, _) => Ok(first),
        }
    }

    /// Refuses what would change the content and is not understood. Extensions do not, except those
    /// that say so.
    fn nothing_beside(&self, node: &Node, known: &[&str]) -> Result<(), ReadError> {
        let harmless = |name: &str| {
            name == "id" || name == "extension" || name.starts_with('_') || known.contains(&name)
        };
        match node.children.iter().find(|child| !harmless(&child.name)) {
            None => Ok(()),
            Some(child) => Err(self.unsupported(
                child,
                format!(
                    "{:?} is not understood in {:?}, and may change its content",
                    child.name, node.name
                ),
            )),
        }
    }

    /// Refuses what may turn the meaning of a whole resource round: FHIR forbids to pass these over.
    fn nothing_modified(&self, node: &Node) -> Result<(), ReadError> {
        let modifies =
            |child: &&Node| matches!(child.name.as_str(), "modifierExtension" | "implicitRules");
        match node.children.iter().find(modifies) {
            None => Ok(()),
            Some(child) => Err(self.unsupported(
                child,
                format!("{:?} is not understood, and may change the meaning of all", child.name),
            )),
        }
    }

    fn compose(&mut self, node: &Node) -> Result<Compose, ReadError> {
        self.nothing_beside(node, &["lockedDate", "inactive", "include", "exclude", "property"])?;
        let inactive = match node.text("inactive") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(other) => {
                return Err(self.unsupported(
                    node,
                    format!("inactive is {other:?}, and neither true nor false"),
                ));
            }
        };
        if let Some(date) = node.all("lockedDate").next() {
            self.findings.push(Finding {
                kind: FindingKind::NotUsed,
                place: self.place(date),
                message: "the date that the content is locked to is not looked at".to_owned(),
            });
        }
        if let Some(lost) = ["include", "exclude"].into_iter().find(|name| node.has_lost_some(name))
        {
            return Err(self.unsupported(node, format!("one of {lost:?} is null: it was lost")));
        }
        let mut compose = Compose { inactive, include: Vec::new(), exclude: Vec::new() };
        for child in &node.children {
            match child.name.as_str() {
                "include" => compose.include.push(self.part(child)?),
                "exclude" => compose.exclude.push(self.part(child)?),
                _ => {}
            }
        }
        if compose.include.is_empty() {
            return Err(self.unsupported(node, "it includes nothing"));
        }
        Ok(compose)
    }

    fn part(&mut self, node: &Node) -> Result<Part, ReadError> {
        self.nothing_beside(node, &["system", "version", "concept", "filter", "valueSet"])?;
        let implied = self.implied(node)?;
        let system = match (node.text("system"), implied.is_empty()) {
            (Some(uri), _) => self.system(node, uri)?,
            (None, false) => System::Snomed.into(),
            (None, true) => {
                return Err(
                    self.unsupported(node, "it does not say of which code system its codes are")
                );
            }
        };
        if !implied.is_empty() && system != System::Snomed {
            let message =
                format!("it takes codes of {system} that are in a value set of SNOMED CT");
            return Err(self.unsupported(node, message));
        }
        // Without one of them an include is of every code, or of more codes: what was lost is not known.
        let chooses = ["concept", "filter", "valueSet"];
        if let Some(lost) = chooses.into_iter().find(|name| node.has_lost(name)) {
            let message = format!(
                "{lost:?} is there and says nothing, or not all: without it the codes would be others"
            );
            return Err(self.unsupported(node, message));
        }
        let codes: Vec<&Node> = node.all("concept").collect();
        let filters: Vec<&Node> = node.all("filter").collect();
        let asked: Vec<_> = implied.iter().filter_map(|one| one.filter.clone()).collect();
        let selection = match (codes.as_slice(), filters.as_slice()) {
            ([], []) if asked.is_empty() => Selection::All,
            ([], []) => Selection::Filters(asked),
            ([code, ..], []) if !implied.is_empty() => {
                let message = "codes and a value set stand in one include: which of the codes are in \
                               it is not looked up";
                return Err(self.unsupported(code, message));
            }
            (codes, []) => Selection::Codes(self.codes(&system, codes)?),
            ([], filters) => {
                let read = filters.iter().map(|filter| self.filter(&system, filter));
                let read = read.collect::<Result<Vec<_>, _>>()?;
                if let Some(at) = filter::contrary(&read)
                    && let Some(node) = filters.get(at)
                {
                    let message = "filters parent = for different kinds of product stand in one \
                                   include: all of them have to hold, and nothing in dm+d is of two \
                                   kinds; for products of any of them, give each an include of its own";
                    return Err(self.unsupported(node, message));
                }
                Selection::Filters(read.into_iter().chain(asked).collect())
            }
            (_, [filter, ..]) => {
                let message = "codes and filters stand in one include, which FHIR does not allow";
                return Err(self.unsupported(filter, message));
            }
        };
        let of_urls = implied.iter().filter_map(|one| one.version.as_deref());
        let mut versions: Vec<&str> = node.text("version").into_iter().chain(of_urls).collect();
        versions.dedup();
        if let [_, second, ..] = versions.as_slice() {
            let message = format!("it is of two versions, {second} being the second");
            return Err(self.unsupported(node, message));
        }
        let version = versions.first().map(|version| (*version).to_owned());
        Ok(Part { system, version, selection, place: self.place(node) })
    }

    /// The value sets that an include takes codes from: those whose URLs say what they are.
    fn implied(&self, node: &Node) -> Result<Vec<implicit::Implicit>, ReadError> {
        let read = |other: &Node| {
            let url = other.value.as_deref().unwrap_or_default();
            match implicit::read(url) {
                Some(Ok(implicit)) => Ok(implicit),
                Some(Err(message)) => Err(self.unsupported(other, format!("{url}: {message}"))),
                None => Err(self.unsupported(
                    other,
                    format!(
                        "it takes codes from another value set, {url}, which is not in the file"
                    ),
                )),
            }
        };
        node.all("valueSet").map(read).collect()
    }

    /// The system of a URI. A misspelling is no system of its own: codes of it would go unread.
    fn system(&self, node: &Node, uri: &str) -> Result<ListSystem, ReadError> {
        let uri = uri.trim();
        match ListSystem::misspelt(uri) {
            None => Ok(ListSystem::of_uri(uri)),
            Some(system) => {
                let version = match system {
                    System::Snomed => ", and an edition or a version of it in the member version",
                    _ => "",
                };
                let message = format!(
                    "{uri} is no code system of FHIR: {} is {}{version}",
                    system.name(),
                    system.uri()
                );
                Err(self.unsupported(node, message))
            }
        }
    }

    fn filter(&self, system: &ListSystem, node: &Node) -> Result<crate::list::Filter, ReadError> {
        self.nothing_beside(node, &["property", "op", "value"])?;
        let part = |name: &str| {
            node.text(name)
                .ok_or_else(|| self.unsupported(node, format!("the filter has no {name}")))
        };
        let (property, op, value) = (part("property")?, part("op")?, part("value")?);
        filter::read(system, property, op, value).map_err(|message| {
            let message =
                format!("the filter {property:?} {op:?} {value:?} of {system}: {message}");
            self.unsupported(node, message)
        })
    }

    fn codes(&mut self, system: &ListSystem, nodes: &[&Node]) -> Result<Vec<Entry>, ReadError> {
        let mut seen = HashMap::new();
        let mut entries = Vec::new();
        for node in nodes {
            self.nothing_beside(node, &["code", "display", "designation"])?;
            entries.extend(self.entry(system.clone(), node, &mut seen));
        }
        Ok(entries)
    }

    fn tell(&mut self, node: &Node, kind: FindingKind, message: String) {
        let place = self.place(node);
        self.findings.push(Finding { kind, place, message });
    }

    fn entry(
        &mut self,
        system: ListSystem,
        node: &Node,
        seen: &mut HashMap<(ListSystem, String), Place>,
    ) -> Option<Entry> {
        let written = node.all("code").next();
        let place = self.place(written.unwrap_or(node));
        let code = Code::read(
            system.known(),
            written.and_then(|code| code.value.as_deref()).unwrap_or_default(),
        );
        if code.text().is_empty() {
            self.tell(node, FindingKind::NoCode, "it has no code".to_owned());
            return None;
        }
        if let Some(before) = seen.get(&(system.clone(), code.text().to_owned())) {
            let message = format!("{} stands on line {} too", code.text(), before.line);
            self.findings.push(Finding { kind: FindingKind::Duplicate, place, message });
            return None;
        }
        seen.insert((system.clone(), code.text().to_owned()), place);
        let term = node.text("display").map(str::trim).filter(|term| !term.is_empty());
        let entry = Entry { system, code, term: term.map(str::to_owned), place };
        self.findings.extend(of_code(&entry));
        Some(entry)
    }
}
