//! The rows of a release: those of components as the model reads them, those of all refsets.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use crate::support::model::{Columns, Hierarchy, Model, number};

/// What a refset file calls its columns, and the letter of the pattern for each of its own.
#[derive(Debug)]
struct Header {
    names: Vec<String>,
    kinds: Vec<Kind>,
}

/// What a column of a refset holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Component,
    Integer,
    Text,
    Time,
    Truth,
}

/// One row of a refset.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    header: Arc<Header>,
    columns: Columns,
}

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'r> {
    pub(crate) kind: Kind,
    pub(crate) text: &'r str,
}

impl Row {
    pub(crate) fn is_active(&self) -> bool {
        self.columns[2] == "1"
    }

    pub(crate) fn time(&self) -> &str {
        &self.columns[1]
    }

    pub(crate) fn module(&self) -> u64 {
        number(&self.columns[3])
    }

    pub(crate) fn component(&self) -> u64 {
        number(&self.columns[5])
    }

    /// Whether it references a concept, as its partition says.
    pub(crate) fn is_of_concept(&self) -> bool {
        is_concept_id(self.component())
    }

    /// The names of the columns that are not metadata.
    pub(crate) fn fields(&self) -> &[String] {
        &self.header.names[5..]
    }

    /// The value of a column, whatever the case of the name.
    pub(crate) fn column(&self, name: &str) -> Option<Column<'_>> {
        let at = self.header.names.iter().position(|own| own.eq_ignore_ascii_case(name))?;
        Some(Column { kind: self.header.kinds[at], text: &self.columns[at] })
    }
}

fn is_concept_id(id: u64) -> bool {
    matches!(id / 10 % 100, 0 | 10)
}

/// An attribute as its row says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) group: u16,
    pub(crate) kind: u64,
    pub(crate) value: String,
}

/// A description, and how each language refset takes it: as preferred, or not.
#[derive(Clone, Debug)]
pub(crate) struct Description {
    pub(crate) columns: Columns,
    pub(crate) taken: BTreeMap<u64, bool>,
}

/// All rows that expressions can ask of.
pub(crate) struct Release {
    pub(crate) concepts: BTreeMap<u64, Columns>,
    pub(crate) parents: BTreeMap<u64, BTreeSet<u64>>,
    pub(crate) children: BTreeMap<u64, BTreeSet<u64>>,
    /// The active rows of each source; is-a is not among them.
    pub(crate) attributes: HashMap<u64, Vec<Attribute>>,
    pub(crate) descriptions: HashMap<u64, Vec<Description>>,
    refsets: BTreeMap<u64, Vec<Row>>,
}

impl Release {
    /// Reads packages one after the other.
    pub(crate) fn read(packages: &[&Path]) -> Release {
        let model = Model::read(packages);
        let hierarchy = Hierarchy::of(&model);
        let mut taken = model.acceptabilities();
        let mut descriptions: HashMap<u64, Vec<Description>> = HashMap::new();
        for (id, columns) in &model.descriptions {
            let taken = taken.remove(id).unwrap_or_default();
            let own = descriptions.entry(number(&columns[4])).or_default();
            own.push(Description { columns: columns.clone(), taken });
        }
        let rows_of = |(source, rows): (u64, BTreeSet<(u16, u64, String, u64)>)| {
            let rows = rows.into_iter();
            // Additional and qualifying relationships do not define their concept.
            let defining = rows.filter(|(.., characteristic)| {
                ![900_000_000_000_227_009, 900_000_000_000_225_001].contains(characteristic)
            });
            let attribute = |(group, kind, value, _)| Attribute { group, kind, value };
            (source, defining.map(attribute).collect())
        };
        let mut rows = HashMap::new();
        packages.iter().for_each(|package| refset_rows(package, &mut rows));
        let mut refsets: BTreeMap<u64, Vec<Row>> = BTreeMap::new();
        for row in rows.into_values() {
            refsets.entry(number(&row.columns[4])).or_default().push(row);
        }
        Release {
            attributes: model.attributes().into_iter().map(rows_of).collect(),
            parents: hierarchy.parents,
            children: hierarchy.children,
            concepts: model.concepts,
            descriptions,
            refsets,
        }
    }

    /// The rows of a refset, inactive ones too.
    pub(crate) fn rows(&self, refset: u64) -> &[Row] {
        self.refsets.get(&refset).map_or(&[], Vec::as_slice)
    }

    /// The refsets that have rows.
    pub(crate) fn refsets(&self) -> impl Iterator<Item = u64> {
        self.refsets.keys().copied()
    }

    /// Whether the release has this concept, as inactive.
    pub(crate) fn is_inactive(&self, concept: u64) -> bool {
        self.concepts.get(&concept).is_some_and(|row| row[2] != "1")
    }

    /// All that steps lead to, one after the other, from a concept.
    pub(crate) fn walk(&self, from: u64, steps: &BTreeMap<u64, BTreeSet<u64>>) -> BTreeSet<u64> {
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
}

/// Reads the files of a folder; of two rows of one member the newer stays.
fn refset_rows(folder: &Path, rows: &mut HashMap<String, Row>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            refset_rows(&path, rows);
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let pattern = name.split('_').nth(1).and_then(|part| part.strip_suffix("Refset"));
        let (Some(pattern), true) = (pattern, name.contains("Snapshot")) else { continue };
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let mut lines = text.lines();
        let names: Vec<String> =
            lines.next().unwrap_or_default().split('\t').map(str::to_owned).collect();
        let metadata = [
            Kind::Text,
            Kind::Time,
            Kind::Truth,
            Kind::Component,
            Kind::Component,
            Kind::Component,
        ];
        let own = pattern.chars().map(|letter| match letter {
            'c' => Kind::Component,
            'i' => Kind::Integer,
            _ => Kind::Text,
        });
        let header = Arc::new(Header { names, kinds: metadata.into_iter().chain(own).collect() });
        for line in lines.filter(|line| !line.is_empty()) {
            let columns: Columns = line.split('\t').map(str::to_owned).collect();
            let row = Row { header: Arc::clone(&header), columns };
            let key = row.columns[0].to_lowercase();
            // A blank time is of the next release.
            let time = |row: &Row| row.time().parse().unwrap_or(u64::MAX);
            if rows.get(&key).is_none_or(|kept| time(kept) < time(&row)) {
                rows.insert(key, row);
            }
        }
    }
}
