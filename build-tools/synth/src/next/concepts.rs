//! Changes of a concept as such: whether it is active, what it is below, how it is defined.

use super::candidates::Candidate;
use super::expected::Expected;
use super::files::Holds;
use super::plan::{Plan, SNOMED};
use super::row::{ACTIVE, MODULE, Row};
use super::survey::{INFERRED, IS_A};
use crate::sctid::Component;
use crate::snomed::history::{POSSIBLY_EQUIVALENT_TO, REPLACED_BY, SAME_AS};
use crate::snomed::module::Module;
use std::collections::BTreeSet;

const PRIMITIVE: &str = "900000000000074008";
const DEFINED: &str = "900000000000073002";
const SOME: &str = "900000000000451002";
pub(super) const AXIOM: &str = "733073007";
pub(super) const REASON: &str = "900000000000489007";
const FSN: &str = "900000000000003001";
const SYNONYM: &str = "900000000000013009";
const CASE_INSENSITIVE: &str = "900000000000448009";
const PREFERRED: &str = "900000000000548007";
pub(super) const MEMBER_VALUE: usize = 6;

/// So many concepts at most below one that is moved.
pub(super) const MOST_BELOW: usize = 20;

/// What stands for a concept that is made inactive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Successors {
    SameAs,
    ReplacedBy,
    Several,
    None,
}

impl Successors {
    /// The reason, the association and how many there are.
    fn story(self) -> (&'static str, u64, usize) {
        match self {
            Self::SameAs => ("900000000000482003", SAME_AS, 1),
            Self::ReplacedBy => ("900000000000483008", REPLACED_BY, 1),
            Self::Several => ("900000000000484002", POSSIBLY_EQUIVALENT_TO, 2),
            Self::None => ("723277005", 0, 0),
        }
    }
}

/// Whether a relationship is an is-a in force.
fn is_parent(row: &Row) -> bool {
    row.is_active() && row.get(7) == IS_A && row.get(8) == INFERRED
}

impl Plan<'_> {
    /// Whether a member of this file can be added: only a file that is there is added to.
    fn member(&mut self, holds: Holds, module: &str, refset: &str, of: u64, value: &str) -> bool {
        let Some(file) = self.file(holds) else { return false };
        let columns = [
            self.mint_member(),
            self.date.clone(),
            "1".to_owned(),
            module.to_owned(),
            refset.to_owned(),
            of.to_string(),
            value.to_owned(),
        ];
        self.add(&Row::new(file, columns));
        true
    }

    /// A concept of nobody's is made inactive, with its definition; its names stay.
    pub(super) fn inactivate(&mut self, id: u64, of: &Candidate, successors: Successors) -> bool {
        let Some(concept) = of.concept.as_ref() else { return false };
        let alone = of.members.is_empty() && concept.get(4) == PRIMITIVE;
        let files = [Holds::Association, Holds::AttributeValue];
        if !alone || files.iter().any(|&holds| self.file(holds).is_none()) {
            return false;
        }
        let (reason, association, count) = successors.story();
        let mut targets = BTreeSet::new();
        for _ in 0..100 {
            if targets.len() < count {
                targets.extend(self.lasting());
            }
        }
        if targets.len() < count {
            return false;
        }
        self.retire(concept);
        for row in of.relationships.iter().chain(&of.concrete).filter(|row| row.is_active()) {
            self.retire(row);
        }
        for row in of.axioms.iter().filter(|row| row.is_active()) {
            self.retire(row);
            self.told("member-retired", id, AXIOM);
        }
        let module = concept.get(MODULE).to_owned();
        self.member(Holds::AttributeValue, &module, REASON, id, reason);
        let mut change = Expected::new("concept-inactivated", SNOMED, id.to_string());
        change = change.said("", reason);
        let role = if count == 1 { "successor" } else { "possible-successor" };
        for target in targets {
            let refset = association.to_string();
            self.member(Holds::Association, &module, &refset, id, &target.to_string());
            change = change.with(role, target);
        }
        self.expect(change);
        true
    }

    /// An inactive concept is active again, below what it was below.
    pub(super) fn reactivate(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(concept) = of.concept.as_ref() else { return false };
        let own = |(holds, row): &(Holds, Row)| {
            matches!(holds, Holds::Association | Holds::AttributeValue)
                || row.get(5) != id.to_string()
        };
        if concept.get(4) != PRIMITIVE || !of.members.iter().all(own) || !of.axioms.is_empty() {
            return false;
        }
        let was_below: Vec<&Row> = of
            .relationships
            .iter()
            .filter(|row| row.get(7) == IS_A && row.get(8) == INFERRED && !row.is_active())
            .filter(|row| self.survey.is(row.number(5), super::survey::IS_PARENT))
            .collect();
        let Some(&parent) = was_below.first() else { return false };
        let Some(axioms) = self.file(Holds::Axioms) else { return false };
        self.replace(concept.clone().with(ACTIVE, "1"));
        self.replace(parent.clone().with(ACTIVE, "1"));
        let module = concept.get(MODULE).to_owned();
        let axiom = format!("SubClassOf(:{id} :{})", parent.get(5));
        let columns = [
            self.mint_member(),
            self.date.clone(),
            "1".to_owned(),
            module,
            AXIOM.to_owned(),
            id.to_string(),
            axiom,
        ];
        self.add(&Row::new(axioms, columns));
        self.told("member-added", id, AXIOM);
        let mut reason = String::new();
        for (_, row) in of.members.iter().filter(|(_, row)| row.get(5) == id.to_string()) {
            if row.is_active() {
                self.retire(row);
                if row.get(4) == REASON {
                    reason = row.get(MEMBER_VALUE).to_owned();
                }
            }
        }
        self.expect(Expected::new("concept-reactivated", SNOMED, id.to_string()).said(reason, ""));
        true
    }

    /// A concept is below another concept in place of one of its parents.
    pub(super) fn move_below(&mut self, id: u64, of: &Candidate) -> bool {
        let parents: BTreeSet<u64> = self.survey.parents(id).collect();
        let rows: Vec<&Row> = of.relationships.iter().filter(|row| is_parent(row)).collect();
        let [axiom] = &of.axioms[..] else { return false };
        let Some(below) = self.survey.descendants(id, MOST_BELOW) else { return false };
        if rows.len() != parents.len() || below.iter().any(|concept| self.taken.contains(concept)) {
            return false;
        }
        let lost = rows[self.random.below(rows.len())];
        // Near where it was, where there is something: the brothers of what it is below.
        let above: Vec<u64> = self.survey.parents(lost.number(5)).collect();
        let near = above.iter().flat_map(|&above| self.survey.children(above));
        let near: Vec<u64> = near
            .filter(|&near| self.survey.is(near, super::survey::IS_PARENT))
            .filter(|near| *near != id && !parents.contains(near) && !below.contains(near))
            .filter(|near| !self.taken.contains(near))
            .filter(|&near| !self.survey.is(near, super::survey::IS_METADATA))
            .collect();
        let Some(&gained) = near.get(self.random.below(near.len())) else { return false };
        let text = axiom.get(MEMBER_VALUE);
        let Some(text) = with_class(text, lost.get(5), &gained.to_string()) else { return false };
        self.replace(axiom.clone().with(MEMBER_VALUE, text));
        self.told("member-changed", id, AXIOM);
        self.retire(lost);
        let new = self.mint(lost.get(MODULE), Component::Relationship);
        let date = self.date.clone();
        self.add(&lost.clone().with(0, new).with(1, date).with(5, gained.to_string()));
        let mut now = parents;
        now.remove(&lost.number(5));
        now.insert(gained);
        self.moved.insert(id, now);
        self.taken.extend(below);
        true
    }

    /// One value of an attribute is another.
    pub(super) fn redefine(&mut self, id: u64, of: &Candidate) -> bool {
        let [axiom] = &of.axioms[..] else { return false };
        let grouped = |row: &&Row| {
            row.is_active() && row.get(8) == INFERRED && row.get(6) != "0" && row.get(7) != IS_A
        };
        let rows: Vec<&Row> = of.relationships.iter().filter(grouped).collect();
        if rows.is_empty() {
            return false;
        }
        let old = rows[self.random.below(rows.len())];
        let values = self.values.get(&old.number(7)).map_or(&[][..], Vec::as_slice);
        let Some(&value) = values.get(self.random.below(values.len())) else { return false };
        let held = |row: &Row| row.get(7) == old.get(7) && row.number(5) == value;
        if of.relationships.iter().any(held) {
            return false;
        }
        let [before, now] = [old.get(5).to_owned(), value.to_string()]
            .map(|value| format!("ObjectSomeValuesFrom(:{} :{value})", old.get(7)));
        let text = axiom.get(MEMBER_VALUE);
        if !text.contains(&before) {
            return false;
        }
        self.replace(axiom.clone().with(MEMBER_VALUE, text.replacen(&before, &now, 1)));
        self.told("member-changed", id, AXIOM);
        self.retire(old);
        let new = self.mint(old.get(MODULE), Component::Relationship);
        let date = self.date.clone();
        self.add(&old.clone().with(0, new).with(1, date).with(5, value.to_string()));
        self.told("concept-redefined", id, "");
        true
    }

    /// The role groups are numbered otherwise, which means nothing.
    pub(super) fn renumber_groups(&mut self, of: &Candidate) -> bool {
        let group = |row: &Row| row.number(6);
        let rows = || of.relationships.iter().chain(&of.concrete);
        let most = rows().map(group).max().unwrap_or(0);
        if most == 0 {
            return false;
        }
        for row in rows().filter(|row| group(row) > 0) {
            self.replace(row.clone().with(6, (most + 2 - group(row)).to_string()));
        }
        true
    }

    /// A primitive concept is sufficiently defined now, or the reverse.
    pub(super) fn redetermine(&mut self, id: u64, of: &Candidate) -> bool {
        let (Some(concept), [axiom]) = (of.concept.as_ref(), &of.axioms[..]) else { return false };
        let text = axiom.get(MEMBER_VALUE);
        let [sub, same] = ["SubClassOf(", "EquivalentClasses("];
        let (status, text) = match (concept.get(4), text.split_once('(')) {
            (PRIMITIVE, Some(("SubClassOf", rest))) => (DEFINED, format!("{same}{rest}")),
            (DEFINED, Some(("EquivalentClasses", rest))) => (PRIMITIVE, format!("{sub}{rest}")),
            _ => return false,
        };
        self.replace(concept.clone().with(4, status));
        self.replace(axiom.clone().with(MEMBER_VALUE, text));
        self.told("member-changed", id, AXIOM);
        let change = Expected::new("definition-status-changed", SNOMED, id.to_string());
        self.expect(change.said(concept.get(4), status));
        true
    }

    /// The module of a concept is another.
    pub(super) fn change_module(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(concept) = of.concept.as_ref() else { return false };
        let other = match concept.get(MODULE) == Module::Core.id().to_string() {
            true => Module::Clinical,
            false => Module::Core,
        };
        let module = other.id().to_string();
        self.replace(concept.clone().with(MODULE, module.clone()));
        let change = Expected::new("concept-module-changed", SNOMED, id.to_string());
        self.expect(change.said(concept.get(MODULE), module));
        true
    }

    /// A new concept below one that has children.
    pub(super) fn add_concept(&mut self, parent: u64, of: &Candidate) -> Option<String> {
        let files = [
            Holds::Concepts,
            Holds::Descriptions,
            Holds::Relationships,
            Holds::Axioms,
            Holds::Language,
        ];
        let found: Vec<usize> = files.iter().filter_map(|&holds| self.file(holds)).collect();
        let [concepts, descriptions, relationships, axioms, language] = found[..] else {
            return None;
        };
        let above = of.concept.as_ref()?;
        let name = |row: &&Row| row.is_active() && row.get(6) == FSN;
        let name = of.descriptions.iter().find(name)?;
        let (words, tag) = name.get(7).rsplit_once(" (")?;
        let module = above.get(MODULE);
        let date = self.date.clone();
        let id = self.mint(module, Component::Concept);
        let begin = [id.as_str(), &date, "1", module];
        self.add(&Row::new(concepts, [&begin[..], &[PRIMITIVE]].concat()));
        let number: String = id.chars().take(8).collect();
        let word = format!("{words}, newly described as {number}");
        for (kind, term) in [(FSN, format!("{word} ({tag}")), (SYNONYM, word)] {
            let description = self.mint(module, Component::Description);
            let columns = [&description, &date, "1", module, &id, "en", kind, &term];
            let columns = [&columns[..], &[CASE_INSENSITIVE]].concat();
            self.add(&Row::new(descriptions, columns));
            let refsets: BTreeSet<String> = of
                .language
                .iter()
                .filter(|row| row.is_active() && row.get(5) == name.get(0))
                .map(|row| row.get(4).to_owned())
                .collect();
            for refset in refsets {
                let member = self.mint_member();
                let columns = [&member, &date, "1", module, &refset, &description, PREFERRED];
                self.add(&Row::new(language, columns));
            }
        }
        let relationship = self.mint(module, Component::Relationship);
        let above = parent.to_string();
        let columns = [&relationship, &date, "1", module, &id, &above, "0", IS_A, INFERRED, SOME];
        self.add(&Row::new(relationships, columns));
        let axiom = format!("SubClassOf(:{id} :{above})");
        let member = self.mint_member();
        self.add(&Row::new(axioms, [&member, &date, "1", module, AXIOM, &id, &axiom]));
        let change = Expected::new("concept-added", SNOMED, id.clone());
        self.expect(change.with("parent-gained", parent));
        self.expect(Expected::new("member-added", SNOMED, id.clone()).of(AXIOM));
        Some(id)
    }
}

/// An axiom with another class in the first place that a class stands in; nothing where it does not
/// stand in it.
fn with_class(axiom: &str, class: &str, other: &str) -> Option<String> {
    let class = format!(":{class}");
    let place = axiom.match_indices(&class).map(|(at, _)| at).find(|at| {
        let behind = axiom.get(at + class.len()..).unwrap_or_default();
        let before = axiom.get(..*at).unwrap_or_default();
        // Not within a role, which would be a value, and not the beginning of a longer one.
        behind.starts_with([' ', ')']) && !before.contains("ObjectSomeValuesFrom(")
    })?;
    Some(format!("{}:{other}{}", &axiom[..place], &axiom[place + class.len()..]))
}
