//! The changes that are decided on: rows to be replaced and rows to be added, and what follows.

use super::candidates::Candidate;
use super::expected::Expected;
use super::files::{Holds, Table};
use super::row::{ACTIVE, EFFECTIVE, ID, Row};
use super::survey::Survey;
use crate::random::{Random, keyed_hash};
use crate::sctid::{Component, compose};
use crate::snomed::module::Module;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

pub(super) const SNOMED: &str = "snomed";

/// The first item number of new components: the generator itself stays below.
const FIRST_ITEM: u64 = 98_000_000;

/// What is done to one file.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// By the identifier of the row.
    pub(super) replaced: HashMap<String, String>,
    /// In order, behind the last row.
    pub(super) added: Vec<String>,
}

/// All changes to SNOMED CT.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) survey: &'a Survey,
    pub(super) candidates: &'a HashMap<u64, Candidate>,
    pub(super) tables: &'a [Table],
    /// The new release date.
    pub(super) date: String,
    pub(super) seed: u64,
    pub(super) random: Random,
    /// By file.
    pub(super) edits: Vec<Edits>,
    pub(super) expected: Vec<Expected>,
    /// Concepts that are spoken for.
    pub(super) taken: HashSet<u64>,
    /// Concepts that others may be led to: active parents of others, which stay so.
    pub(super) lasting: Vec<u64>,
    /// The new parents of concepts that were moved.
    pub(super) moved: HashMap<u64, BTreeSet<u64>>,
    /// Attribute values by attribute.
    pub(super) values: BTreeMap<u64, Vec<u64>>,
    /// Targets and advice of rows of maps, by map.
    pub(super) targets: BTreeMap<u64, Vec<(String, String)>>,
    /// The reference set that is planted to be gone.
    pub(super) removed: Option<u64>,
    minted: u64,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        survey: &'a Survey,
        candidates: &'a HashMap<u64, Candidate>,
        tables: &'a [Table],
        date: &str,
        seed: u64,
    ) -> Self {
        Self {
            survey,
            candidates,
            tables,
            date: date.to_owned(),
            seed,
            random: Random::keyed(seed, "next release", 0),
            edits: tables.iter().map(|_| Edits::default()).collect(),
            expected: Vec::new(),
            taken: HashSet::new(),
            lasting: Vec::new(),
            moved: HashMap::new(),
            values: BTreeMap::new(),
            targets: BTreeMap::new(),
            removed: None,
            minted: 0,
        }
    }

    /// The first file that holds something.
    pub(super) fn file(&self, holds: Holds) -> Option<usize> {
        self.tables.iter().position(|table| table.holds == holds)
    }

    /// A row says something else from the new release on.
    pub(super) fn replace(&mut self, row: Row) {
        let row = row.with(EFFECTIVE, self.date.clone());
        if let Some(edits) = self.edits.get_mut(row.file) {
            edits.replaced.insert(row.get(ID).to_owned(), row.line());
        }
    }

    pub(super) fn retire(&mut self, row: &Row) {
        self.replace(row.clone().with(ACTIVE, "0"));
    }

    /// A row that is new.
    pub(super) fn add(&mut self, row: &Row) {
        if let Some(edits) = self.edits.get_mut(row.file) {
            edits.added.push(row.line());
        }
    }

    pub(super) fn expect(&mut self, change: Expected) {
        self.expected.push(change);
    }

    /// Expects a change of a concept of SNOMED CT.
    pub(super) fn told(&mut self, kind: &'static str, concept: u64, component: &str) {
        self.expect(Expected::new(kind, SNOMED, concept.to_string()).of(component));
    }

    /// An identifier that no component has yet, of the namespace of a module.
    pub(super) fn mint(&mut self, module: &str, component: Component) -> String {
        let of = Module::ALL.into_iter().find(|known| known.id().to_string() == module);
        let namespace = of.map_or(Module::Clinical.namespace(), Module::namespace);
        loop {
            let id = compose(FIRST_ITEM + self.minted, namespace, component);
            self.minted += 1;
            if !self.survey.has(id) {
                return id.to_string();
            }
        }
    }

    /// The identifier of a new member: a UUID in the form of version 5.
    pub(super) fn mint_member(&mut self) -> String {
        let high = keyed_hash(self.seed, "next member", self.minted);
        let low = keyed_hash(!self.seed, "next member", self.minted);
        self.minted += 1;
        let digits = u128::from((high & !0xf000) | 0x5000) << 64
            | u128::from((low & !(0b11 << 62)) | (0b10 << 62));
        let mut text = String::with_capacity(36);
        for (place, digit) in format!("{digits:032x}").chars().enumerate() {
            if matches!(place, 8 | 12 | 16 | 20) {
                text.push('-');
            }
            let _ = text.write_char(digit);
        }
        text
    }

    /// A concept that others are below, and stay below.
    pub(super) fn lasting(&mut self) -> Option<u64> {
        let place = self.random.below(self.lasting.len());
        self.lasting.get(place).copied()
    }

    /// What follows from concepts that were moved, for these and for all below.
    pub(super) fn follow_moves(&mut self, inactivated: &HashSet<u64>) {
        let mut affected: BTreeSet<u64> = BTreeSet::new();
        for &concept in self.moved.keys() {
            affected.insert(concept);
            affected.extend(self.survey.descendants(concept, usize::MAX).unwrap_or_default());
        }
        let none = HashMap::new();
        for concept in affected.into_iter().filter(|concept| !inactivated.contains(concept)) {
            let before: BTreeSet<u64> = self.survey.parents(concept).collect();
            let now = self.moved.get(&concept).unwrap_or(&before).clone();
            let [above_before, above_now] =
                [&none, &self.moved].map(|moved| self.survey.ancestors(concept, moved));
            let kind = if before == now { "ancestors-changed" } else { "concept-moved" };
            let mut change = Expected::new(kind, SNOMED, concept.to_string());
            for parent in now.difference(&before) {
                change = change.with("parent-gained", parent);
            }
            for parent in before.difference(&now) {
                change = change.with("parent-lost", parent);
            }
            for ancestor in above_now.difference(&above_before) {
                if !now.contains(ancestor) {
                    change = change.with("ancestor-gained", ancestor);
                }
            }
            for ancestor in above_before.difference(&above_now) {
                if !before.contains(ancestor) {
                    change = change.with("ancestor-lost", ancestor);
                }
            }
            if !change.related.is_empty() {
                self.expect(change);
            }
        }
    }
}
