//! Changes of inactive concepts, of reference sets as such, of identifiers, and of rows of maps that
//! come and go.

use super::candidates::Candidate;
use super::concepts::{MEMBER_VALUE, REASON};
use super::expected::Expected;
use super::files::Holds;
use super::plan::{Plan, SNOMED};
use super::row::{MODULE, Row};
use crate::snomed::history::{REPLACED_BY, SAME_AS};

/// The reasons that one is changed for another of.
const REASONS: [&str; 2] = ["900000000000482003", "900000000000483008"];

/// Rows in the new reference set.
const MEMBERS: usize = 3;

impl Plan<'_> {
    /// An inactive concept leads to another one.
    pub(super) fn change_successor(&mut self, id: u64, of: &Candidate) -> bool {
        let own = of.members_of(Holds::Association).filter(|row| row.number(5) == id);
        let rows: Vec<&Row> = own.collect();
        let [row] = rows[..] else { return false };
        if ![REPLACED_BY, SAME_AS].contains(&row.number(4)) {
            return false;
        }
        let Some(successor) = self.lasting() else { return false };
        if row.number(MEMBER_VALUE) == successor {
            return false;
        }
        self.replace(row.clone().with(MEMBER_VALUE, successor.to_string()));
        let change = Expected::new("successors-changed", SNOMED, id.to_string());
        self.expect(change.with("successor", successor));
        true
    }

    /// Why a concept is inactive is said otherwise.
    pub(super) fn change_reason(&mut self, id: u64, of: &Candidate) -> bool {
        let own = of.members_of(Holds::AttributeValue).filter(|row| row.number(5) == id);
        let rows: Vec<&Row> = own.filter(|row| row.get(4) == REASON).collect();
        let [row] = rows[..] else { return false };
        let before = row.get(MEMBER_VALUE);
        let other = REASONS.into_iter().find(|other| *other != before);
        let Some(now) = other else { return false };
        self.replace(row.clone().with(MEMBER_VALUE, now));
        let change = Expected::new("reason-changed", SNOMED, id.to_string());
        self.expect(change.said(before, now));
        true
    }

    /// Another scheme calls a concept by an identifier no longer.
    pub(super) fn retire_identifier(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(row) = of.identifiers.iter().find(|row| row.is_active()) else { return false };
        self.retire(row);
        self.told("alternate-identifier-retired", id, row.get(4));
        true
    }

    /// Another scheme calls a concept by one more identifier.
    pub(super) fn add_identifier(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(row) = of.identifiers.iter().find(|row| row.is_active()) else { return false };
        let text = format!("{}-again", row.get(0));
        self.add(&row.clone().with(0, text).with(1, self.date.clone()));
        self.told("alternate-identifier-added", id, row.get(4));
        true
    }

    /// A simple map leads to one more code.
    pub(super) fn add_map_row(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(row) = of.members_of(Holds::SimpleMap).next() else { return false };
        let known = self.targets.get(&row.number(4)).map_or(&[][..], Vec::as_slice);
        let place = self.random.below(known.len());
        let Some((target, _)) = known.get(place).cloned() else { return false };
        let is_held = |row: &&Row| row.get(MEMBER_VALUE) == target;
        if of.members.iter().map(|(_, row)| row).any(|row| is_held(&row)) {
            return false;
        }
        let member = self.mint_member();
        let row = row.clone().with(0, member).with(1, self.date.clone());
        let refset = row.get(4).to_owned();
        self.add(&row.with(MEMBER_VALUE, target));
        self.told("map-row-added", id, &refset);
        self.told("map-answer-changed", id, &refset);
        true
    }

    /// A simple map leads to one code less.
    pub(super) fn retire_map_row(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(row) = of.members_of(Holds::SimpleMap).next() else { return false };
        let same = |other: &&Row| {
            other.get(4) == row.get(4) && other.get(MEMBER_VALUE) == row.get(MEMBER_VALUE)
        };
        if of.members_of(Holds::SimpleMap).filter(same).count() > 1 {
            return false;
        }
        self.retire(row);
        self.told("map-row-retired", id, row.get(4));
        self.told("map-answer-changed", id, row.get(4));
        true
    }

    /// A new reference set, with some members.
    pub(super) fn add_refset(&mut self, parent: u64, of: &Candidate) {
        let Some(file) = self.file(Holds::Simple) else { return };
        let Some(module) = of.concept.as_ref().map(|concept| concept.get(MODULE).to_owned()) else {
            return;
        };
        let members: Vec<u64> = self.lasting.iter().take(MEMBERS).copied().collect();
        let Some(refset) = self.add_concept(parent, of).filter(|_| !members.is_empty()) else {
            return;
        };
        for concept in members {
            let (member, date, id) = (self.mint_member(), self.date.clone(), concept.to_string());
            self.add(&Row::new(file, [&member, &date, "1", &module, &refset, &id]));
            self.told("member-added", concept, &refset);
        }
        self.expect(Expected::new("refset-added", SNOMED, refset.clone()).of(refset));
    }
}
