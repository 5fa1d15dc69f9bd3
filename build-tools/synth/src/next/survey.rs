//! What has to be known of every concept before any can be chosen: the hierarchy, and a few flags.

use super::files::{Holds, Table};
use super::row::each_line;
use crate::random::keyed_hash;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::Path;

pub(super) const IS_A: &str = "116680003";
pub(super) const INFERRED: &str = "900000000000011006";

/// The concept is active.
pub(super) const IS_ACTIVE: u16 = 1;
/// It has active children.
pub(super) const IS_PARENT: u16 = 1 << 1;
/// A relationship or a member leads to it, in force or not.
pub(super) const IS_TARGET: u16 = 1 << 2;
/// It is a member of something other than the axioms.
pub(super) const IS_MEMBER: u16 = 1 << 3;
pub(super) const IN_SIMPLE: u16 = 1 << 4;
pub(super) const IN_SIMPLE_MAP: u16 = 1 << 5;
pub(super) const IN_RULE_MAP: u16 = 1 << 6;
pub(super) const IN_BLOCK_MAP: u16 = 1 << 7;
pub(super) const IN_ORDERED: u16 = 1 << 8;
/// It is of the model that releases are made by, which stays as it is.
pub(super) const IS_METADATA: u16 = 1 << 9;

/// Another scheme has an identifier for it.
pub(super) const IN_IDENTIFIERS: u16 = 1 << 10;

/// What the metadata is below.
const MODEL_COMPONENT: u64 = 900_000_000_000_441_003;

/// The concepts of a release.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// In the order of the file.
    ids: Vec<u64>,
    flags: Vec<u16>,
    places: HashMap<u64, u32>,
    /// Pairs of child and parent in force, sorted.
    parents: Vec<(u64, u64)>,
    /// Pairs of parent and child, sorted.
    children: Vec<(u64, u64)>,
    /// The simple reference sets, and how many rows in force each has.
    pub(super) simple: BTreeMap<u64, usize>,
}

impl Survey {
    /// Reads every file but those of terms and axioms, once.
    pub(super) fn read(release: &Path, tables: &[Table]) -> io::Result<Self> {
        let mut survey = Self::default();
        let of = |holds| tables.iter().filter(move |table| table.holds == holds);
        for table in of(Holds::Concepts) {
            each_line(&release.join(&table.path), |line| survey.concept(line))?;
        }
        for table in of(Holds::Relationships) {
            each_line(&release.join(&table.path), |line| survey.relationship(line))?;
        }
        survey.parents.sort_unstable();
        survey.children = survey.parents.iter().map(|&(child, parent)| (parent, child)).collect();
        survey.children.sort_unstable();
        for at in 0..survey.children.len() {
            let parent = survey.children[at].0;
            survey.flag(parent, IS_PARENT);
        }
        for concept in survey.descendants(MODEL_COMPONENT, usize::MAX).unwrap_or_default() {
            survey.flag(concept, IS_METADATA);
        }
        survey.flag(MODEL_COMPONENT, IS_METADATA);
        for table in tables {
            let flags = match table.holds {
                Holds::Concepts
                | Holds::Relationships
                | Holds::Descriptions
                | Holds::ConcreteValues
                | Holds::Language
                | Holds::Axioms => continue,
                Holds::Simple => IN_SIMPLE,
                Holds::SimpleMap => IN_SIMPLE_MAP,
                Holds::RuleMap => IN_RULE_MAP,
                Holds::BlockMap => IN_BLOCK_MAP,
                Holds::OrderedAssociation => IN_ORDERED,
                Holds::Identifiers => IN_IDENTIFIERS,
                _ => 0,
            };
            let flags = flags | IS_MEMBER;
            each_line(&release.join(&table.path), |line| survey.member(line, flags))?;
        }
        Ok(survey)
    }

    fn concept(&mut self, line: &str) {
        let mut columns = line.split('\t');
        let id = number(columns.next());
        let active = columns.nth(1) == Some("1");
        self.places.insert(id, self.ids.len() as u32);
        self.ids.push(id);
        self.flags.push(u16::from(active) * IS_ACTIVE);
    }

    fn relationship(&mut self, line: &str) {
        let mut columns = line.split('\t');
        let active = columns.nth(2) == Some("1");
        let source = number(columns.nth(1));
        let target = number(columns.next());
        let kind = columns.nth(1).unwrap_or_default();
        let inferred = columns.next() == Some(INFERRED);
        let in_force = active && kind == IS_A && inferred;
        if in_force && self.is(source, IS_ACTIVE) && self.is(target, IS_ACTIVE) {
            self.parents.push((source, target));
        }
        self.flag(target, IS_TARGET);
    }

    fn member(&mut self, line: &str, flags: u16) {
        let mut columns = line.split('\t').skip(2);
        let is_active = columns.next() == Some("1");
        let mut columns = columns.skip(1);
        let refset = number(columns.next());
        let component = number(columns.next());
        self.flag(component, flags);
        if flags & IN_SIMPLE != 0 {
            *self.simple.entry(refset).or_default() += usize::from(is_active);
        }
        for column in columns {
            // A column of digits may be a concept; a text may name some.
            for word in column.split(|at: char| !at.is_ascii_digit()) {
                if word.len() > 5 {
                    self.flag(number(Some(word)), IS_TARGET);
                }
            }
        }
    }

    fn flag(&mut self, concept: u64, flags: u16) {
        if let Some(&place) = self.places.get(&concept) {
            self.flags[place as usize] |= flags;
        }
    }

    /// Whether a concept has any of these flags.
    pub(super) fn is(&self, concept: u64, flags: u16) -> bool {
        self.places.get(&concept).is_some_and(|&place| self.flags[place as usize] & flags != 0)
    }

    /// Whether the release has the concept.
    pub(super) fn has(&self, concept: u64) -> bool {
        self.places.contains_key(&concept)
    }

    /// Concepts with all of some flags and none of others, in an order that a seed draws.
    pub(super) fn draw(
        &self,
        (all, none): (u16, u16),
        seed: u64,
        purpose: &str,
        most: usize,
    ) -> Vec<u64> {
        let drawn = |(&id, &flags): (&u64, &u16)| {
            (flags & all == all && flags & (none | IS_METADATA) == 0)
                .then(|| (keyed_hash(seed, purpose, id), id))
        };
        let mut found: Vec<(u64, u64)> =
            self.ids.iter().zip(&self.flags).filter_map(drawn).collect();
        if most < found.len() {
            found.select_nth_unstable(most);
            found.truncate(most);
        }
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    pub(super) fn parents(&self, of: u64) -> impl Iterator<Item = u64> {
        seconds(&self.parents, of)
    }

    pub(super) fn children(&self, of: u64) -> impl Iterator<Item = u64> {
        seconds(&self.children, of)
    }

    /// The descendants of a concept; nothing where there are more than `most`.
    pub(super) fn descendants(&self, of: u64, most: usize) -> Option<BTreeSet<u64>> {
        let mut found = BTreeSet::new();
        let mut next = vec![of];
        while let Some(at) = next.pop() {
            next.extend(self.children(at).filter(|&child| found.insert(child)));
            if found.len() > most {
                return None;
            }
        }
        Some(found)
    }

    /// The ancestors of a concept, where some have other parents than the release has.
    pub(super) fn ancestors(&self, of: u64, moved: &HashMap<u64, BTreeSet<u64>>) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        let mut next = vec![of];
        while let Some(at) = next.pop() {
            match moved.get(&at) {
                Some(parents) => next.extend(parents.iter().filter(|&&id| found.insert(id))),
                None => next.extend(self.parents(at).filter(|&id| found.insert(id))),
            }
        }
        found
    }
}

fn seconds(pairs: &[(u64, u64)], of: u64) -> impl Iterator<Item = u64> {
    let from = pairs.partition_point(|&(first, _)| first < of);
    pairs[from..].iter().take_while(move |&&(first, _)| first == of).map(|&(_, second)| second)
}

pub(super) fn number(column: Option<&str>) -> u64 {
    column.and_then(|column| column.parse().ok()).unwrap_or(0)
}
