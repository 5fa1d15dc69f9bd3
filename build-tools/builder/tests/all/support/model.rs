//! A release as a person would read it: the text files, line by line, the newest row of each
//! component. It shares no code with the builder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(crate) const ROOT: u64 = 138_875_005;
pub(crate) const IS_A: u64 = 116_680_003;
pub(crate) const INFERRED: u64 = 900_000_000_000_011_006;
const PREFERRED: &str = "900000000000548007";

/// The columns of a row, as text.
pub(crate) type Columns = Vec<String>;

/// All rows, by the id in their first column.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) concepts: BTreeMap<u64, Columns>,
    pub(crate) descriptions: BTreeMap<u64, Columns>,
    pub(crate) definitions: BTreeSet<u64>,
    pub(crate) relationships: BTreeMap<u64, Columns>,
    pub(crate) concrete: BTreeMap<u64, Columns>,
    language: BTreeMap<String, Columns>,
    /// By member and refset: the header, and the row.
    pub(crate) refset_rows: BTreeMap<(String, String), (Columns, Columns)>,
    /// By scheme and identifier, in the order of the published header.
    pub(crate) identifiers: BTreeMap<(String, String), Columns>,
}

/// A number that a column holds.
pub(crate) fn number(column: &str) -> u64 {
    column.parse().unwrap_or_else(|_| panic!("{column:?} is no number"))
}

/// An effective time, a blank one being the newest.
fn time(row: &Columns) -> u64 {
    if row[1].is_empty() { u64::MAX } else { number(&row[1]) }
}

fn keep<K: Ord>(rows: &mut BTreeMap<K, Columns>, key: K, row: Columns) {
    match rows.get(&key) {
        Some(kept) if time(kept) >= time(&row) => {}
        _ => drop(rows.insert(key, row)),
    }
}

/// A row of the identifiers, whose columns releases have in two orders, in the published one.
fn published_order(file: &str, header: &Columns, row: Columns) -> Columns {
    if !file.starts_with("sct2_Identifier_") {
        return row;
    }
    let column = |name: &str| header.iter().position(|found| found == name);
    let published = ["alternateIdentifier", "effectiveTime", "active", "moduleId"];
    let published = published.into_iter().chain(["identifierSchemeId", "referencedComponentId"]);
    published.filter_map(|name| Some(row[column(name)?].clone())).collect()
}

impl Model {
    /// Reads packages one after the other.
    pub(crate) fn read(packages: &[&Path]) -> Model {
        let mut model = Model::default();
        packages.iter().for_each(|package| model.read_until(package, "Snapshot", u64::MAX));
        model
    }

    /// Reads those rows of the files of a release type that are no later than a day.
    pub(crate) fn read_until(&mut self, folder: &Path, release_type: &str, day: u64) {
        for entry in std::fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                self.read_until(&path, release_type, day);
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if ![("_", ""), ("", "-"), ("", "_")]
                .iter()
                .any(|(before, after)| name.contains(&format!("{before}{release_type}{after}")))
            {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
            let header = lines.next().unwrap_or_default().trim_start_matches('\u{feff}');
            let header: Columns = header.split('\t').map(str::to_owned).collect();
            let rows = lines
                .filter(|line| !line.is_empty())
                .map(|line| line.split('\t').map(str::to_owned).collect::<Columns>())
                .map(|row| published_order(&name, &header, row))
                .filter(|row| time(row) <= day);
            for row in rows {
                self.take_refset(&name, &header, &row);
                self.take(&name, row);
            }
        }
    }

    fn take_refset(&mut self, file: &str, header: &Columns, row: &Columns) {
        if file.starts_with("sct2_Identifier_") {
            keep(&mut self.identifiers, (row[4].clone(), row[0].clone()), row.clone());
        } else if file.split('_').nth(1).is_some_and(|content| content.ends_with("Refset")) {
            let key = (row[0].to_lowercase(), row[4].clone());
            match self.refset_rows.get(&key) {
                Some((_, kept)) if time(kept) >= time(row) => {}
                _ => drop(self.refset_rows.insert(key, (header.clone(), row.clone()))),
            }
        }
    }

    fn take(&mut self, file: &str, row: Columns) {
        if file.contains("cRefset_Language") {
            return keep(&mut self.language, row[0].to_lowercase(), row);
        }
        let id = || number(&row[0]);
        if file.starts_with("sct2_Concept_") {
            keep(&mut self.concepts, id(), row);
        } else if file.starts_with("sct2_Description_") {
            keep(&mut self.descriptions, id(), row);
        } else if file.starts_with("sct2_TextDefinition_") {
            self.definitions.insert(id());
            keep(&mut self.descriptions, id(), row);
        } else if file.starts_with("sct2_Relationship_") {
            keep(&mut self.relationships, id(), row);
        } else if file.starts_with("sct2_RelationshipConcreteValues_") {
            keep(&mut self.concrete, id(), row);
        }
    }

    /// Whether the release has this concept, as active.
    pub(crate) fn is_active(&self, concept: u64) -> bool {
        self.concepts.get(&concept).is_some_and(|row| row[2] == "1")
    }

    /// Child and parent of each active, inferred is-a row.
    pub(crate) fn is_a_rows(&self) -> BTreeSet<(u64, u64)> {
        self.relationships
            .values()
            .filter(|row| row[2] == "1" && number(&row[7]) == IS_A && number(&row[8]) == INFERRED)
            .map(|row| (number(&row[4]), number(&row[5])))
            .collect()
    }

    /// Source, group, type, value and characteristic type of each active attribute.
    pub(crate) fn attributes(&self) -> BTreeMap<u64, BTreeSet<(u16, u64, String, u64)>> {
        let mut found: BTreeMap<u64, BTreeSet<_>> = BTreeMap::new();
        for row in self.relationships.values().chain(self.concrete.values()) {
            if row[2] == "1" && number(&row[7]) != IS_A {
                let attribute =
                    (number(&row[6]) as u16, number(&row[7]), row[5].clone(), number(&row[8]));
                found.entry(number(&row[4])).or_default().insert(attribute);
            }
        }
        found
    }

    /// For each description, each language refset with an active row, and whether it prefers it.
    pub(crate) fn acceptabilities(&self) -> BTreeMap<u64, BTreeMap<u64, bool>> {
        let mut newest: BTreeMap<(u64, u64), (u64, bool)> = BTreeMap::new();
        for row in self.language.values().filter(|row| row[2] == "1") {
            let key = (number(&row[5]), number(&row[4]));
            let said = (time(row), row[6] == PREFERRED);
            let kept = newest.entry(key).or_insert(said);
            if kept.0 < said.0 {
                *kept = said;
            }
        }
        let mut found: BTreeMap<u64, BTreeMap<u64, bool>> = BTreeMap::new();
        for ((description, refset), (_, preferred)) in newest {
            found.entry(description).or_default().insert(refset, preferred);
        }
        found
    }
}

/// The hierarchy of the active concepts, by walking.
#[derive(Debug)]
pub(crate) struct Hierarchy {
    pub(crate) parents: BTreeMap<u64, BTreeSet<u64>>,
    pub(crate) children: BTreeMap<u64, BTreeSet<u64>>,
    /// Active concepts all of whose ways up end at the root.
    pub(crate) placed: BTreeSet<u64>,
}

impl Hierarchy {
    pub(crate) fn of(model: &Model) -> Hierarchy {
        let mut parents: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        let mut children: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        let mut leads_nowhere = BTreeSet::new();
        for (child, parent) in model.is_a_rows() {
            if !model.is_active(child) {
                continue;
            }
            if model.is_active(parent) {
                parents.entry(child).or_default().insert(parent);
                children.entry(parent).or_default().insert(child);
            } else {
                leads_nowhere.insert(child);
            }
        }
        let mut hierarchy = Hierarchy { parents, children, placed: BTreeSet::new() };
        for concept in model.concepts.keys().filter(|concept| model.is_active(**concept)) {
            let up = hierarchy.ancestors(*concept);
            let sound = |at: &u64| {
                let ends = *at == ROOT || hierarchy.parents.contains_key(at);
                ends && !leads_nowhere.contains(at)
            };
            if sound(concept) && up.iter().all(sound) {
                hierarchy.placed.insert(*concept);
            }
        }
        hierarchy
    }

    fn walk(from: u64, steps: &BTreeMap<u64, BTreeSet<u64>>) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        let mut left = vec![from];
        while let Some(at) = left.pop() {
            for next in steps.get(&at).into_iter().flatten() {
                if found.insert(*next) {
                    left.push(*next);
                }
            }
        }
        found
    }

    /// All concepts above one.
    pub(crate) fn ancestors(&self, concept: u64) -> BTreeSet<u64> {
        Hierarchy::walk(concept, &self.parents)
    }

    /// All concepts below one.
    pub(crate) fn descendants(&self, concept: u64) -> BTreeSet<u64> {
        Hierarchy::walk(concept, &self.children)
    }
}
