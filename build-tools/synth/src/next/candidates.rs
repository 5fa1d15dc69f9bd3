//! The rows of those concepts that something may be planted in.

use super::files::{Holds, Table};
use super::row::{Row, each_line};
use super::survey::number;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::Path;

/// Every row about one concept.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    pub(super) concept: Option<Row>,
    /// Names, and text definitions.
    pub(super) descriptions: Vec<Row>,
    /// Of its descriptions.
    pub(super) language: Vec<Row>,
    pub(super) relationships: Vec<Row>,
    pub(super) concrete: Vec<Row>,
    pub(super) axioms: Vec<Row>,
    /// What other schemes call it.
    pub(super) identifiers: Vec<Row>,
    /// Members of other reference sets, and what their files hold.
    pub(super) members: Vec<(Holds, Row)>,
}

/// Reads the rows of some concepts; each file is read once.
pub(super) fn read(
    release: &Path,
    tables: &[Table],
    wanted: &HashSet<u64>,
) -> io::Result<HashMap<u64, Candidate>> {
    let mut found: HashMap<u64, Candidate> = HashMap::with_capacity(wanted.len());
    let mut described: HashMap<u64, u64> = HashMap::new();
    // Descriptions come before what refers to them.
    let rank = |table: &Table| u8::from(table.holds != Holds::Descriptions);
    let mut order: BTreeMap<(u8, usize), &Table> = BTreeMap::new();
    order.extend(tables.iter().enumerate().map(|(at, table)| ((rank(table), at), table)));
    for ((_, file), table) in order {
        let column = match table.holds {
            Holds::Concepts => 0,
            Holds::Descriptions | Holds::Relationships | Holds::ConcreteValues => 4,
            Holds::ModuleDependency => continue,
            _ => 5,
        };
        each_line(&release.join(&table.path), |line| {
            let component = number(line.split('\t').nth(column));
            let described_by = described.get(&component);
            let Some(&concept) = wanted.get(&component).or(described_by) else { return };
            let row = Row::read(file, line);
            let candidate = found.entry(concept).or_default();
            match table.holds {
                Holds::Concepts => candidate.concept = Some(row),
                Holds::Descriptions => {
                    described.insert(row.number(0), concept);
                    candidate.descriptions.push(row);
                }
                Holds::Relationships => candidate.relationships.push(row),
                Holds::ConcreteValues => candidate.concrete.push(row),
                Holds::Axioms => candidate.axioms.push(row),
                Holds::Identifiers => candidate.identifiers.push(row),
                Holds::Language => candidate.language.push(row),
                holds => candidate.members.push((holds, row)),
            }
        })?;
    }
    Ok(found)
}
