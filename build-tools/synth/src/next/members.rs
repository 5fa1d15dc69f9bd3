//! Changes of members of reference sets and of maps, and rows that only have another date.

use super::candidates::Candidate;
use super::concepts::MEMBER_VALUE;
use super::expected::Expected;
use super::files::Holds;
use super::plan::{Plan, SNOMED};
use super::row::{MODULE, Row};

const GROUP: usize = 6;
const PRIORITY: usize = 7;
const RULE: usize = 8;
const ADVICE: usize = 9;
const TARGET: usize = 10;
const BLOCK: usize = 12;
const ORDER: usize = 7;

impl Candidate {
    /// Members in force of a pattern that are about the concept itself.
    pub(super) fn members_of(&self, holds: Holds) -> impl Iterator<Item = &Row> {
        let of = self.members.iter().filter(move |(of, _)| *of == holds);
        of.map(|(_, row)| row).filter(|row| row.is_active())
    }
}

impl Plan<'_> {
    /// A concept is a member of one more simple reference set.
    pub(super) fn add_member(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(concept) = of.concept.as_ref() else { return false };
        let known = self.survey.simple.keys().copied();
        let refsets: Vec<u64> = known.filter(|id| Some(*id) != self.removed).collect();
        let Some(&refset) = refsets.get(self.random.below(refsets.len())) else { return false };
        let Some(file) = self.file(Holds::Simple) else { return false };
        let (refset, id_text) = (refset.to_string(), id.to_string());
        let held = of.members.iter().any(|(_, row)| row.get(4) == refset);
        if held {
            return false;
        }
        let member = self.mint_member();
        let date = self.date.clone();
        let columns = [&member, &date, "1", concept.get(MODULE), &refset, &id_text];
        self.add(&Row::new(file, columns));
        self.told("member-added", id, &refset);
        true
    }

    /// A concept is a member of a simple reference set no longer.
    pub(super) fn retire_member(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(row) = of.members_of(Holds::Simple).next() else { return false };
        self.retire(row);
        self.told("member-retired", id, row.get(4));
        true
    }

    /// A member stands at another place.
    pub(super) fn reorder_member(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(row) = of.members_of(Holds::OrderedAssociation).next() else { return false };
        let order = row.number(ORDER) + 50;
        self.replace(row.clone().with(ORDER, order.to_string()));
        self.told("member-changed", id, row.get(4));
        true
    }

    /// A row of a map leads to what another row leads to; the row and what the map answers.
    fn remap(&mut self, id: u64, row: &Row, column: usize, advice: bool) -> bool {
        let old = row.get(column).to_owned();
        let known = self.targets.get(&row.number(4)).map_or(&[][..], Vec::as_slice);
        let place = self.random.below(known.len());
        let Some((target, other_advice)) = known.get(place).cloned() else { return false };
        if target == old {
            return false;
        }
        let mut now = row.clone().with(column, target.clone());
        if advice {
            now = now.with(
                ADVICE,
                match row.get(ADVICE).contains(&old) {
                    true => row.get(ADVICE).replace(&old, &target),
                    false => other_advice,
                },
            );
        }
        self.replace(now);
        for kind in ["map-row-changed", "map-answer-changed"] {
            let change = Expected::new(kind, SNOMED, id.to_string()).of(row.get(4));
            self.expect(change.said(old.clone(), target.clone()));
        }
        true
    }

    /// A simple map leads elsewhere.
    pub(super) fn change_simple_map(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(row) = of.members_of(Holds::SimpleMap).next() else { return false };
        self.remap(id, row, MEMBER_VALUE, false)
    }

    /// A rule of the International map leads elsewhere.
    pub(super) fn change_rule(&mut self, id: u64, of: &Candidate) -> bool {
        let rows: Vec<&Row> = of.members_of(Holds::RuleMap).collect();
        let plain = |row: &&&Row| is_plain(row) && row.get(RULE) != "OTHERWISE TRUE";
        let Some(row) = rows.iter().find(plain) else { return false };
        self.remap(id, row, TARGET, true)
    }

    /// What a block of a map of the United Kingdom leads to first is another.
    pub(super) fn change_default(&mut self, id: u64, of: &Candidate) -> bool {
        let first = |row: &&Row| [GROUP, PRIORITY, BLOCK].iter().all(|&at| row.get(at) == "1");
        let Some(row) = of.members_of(Holds::BlockMap).filter(first).find(|row| is_plain(row))
        else {
            return false;
        };
        self.remap(id, row, TARGET, true)
    }

    /// Notes the targets of a concept for others to be led to.
    pub(super) fn note_targets(&mut self, of: &Candidate) {
        for row in of.members_of(Holds::SimpleMap) {
            let target = (row.get(MEMBER_VALUE).to_owned(), String::new());
            self.targets.entry(row.number(4)).or_default().push(target);
        }
        for holds in [Holds::RuleMap, Holds::BlockMap] {
            for row in of.members_of(holds).filter(|row| is_plain(row)) {
                if matches!(row.get(RULE), "" | "TRUE") {
                    let target = (row.get(TARGET).to_owned(), row.get(ADVICE).to_owned());
                    self.targets.entry(row.number(4)).or_default().push(target);
                }
            }
        }
    }

    /// The row of a concept, of a description or of a member has another date, and nothing else.
    pub(super) fn republish(&mut self, id: u64, of: &Candidate) -> bool {
        let (row, component) = match id % 3 {
            0 => (of.concept.as_ref(), ""),
            1 => {
                let mut names = of.descriptions.iter();
                let row = names.find(|row| row.is_active());
                (row, row.map_or("", |row| row.get(0)))
            }
            _ => {
                let row = of.members_of(Holds::Simple).next();
                (row, row.map_or("", |row| row.get(4)))
            }
        };
        let Some(row) = row else { return false };
        self.replace(row.clone());
        self.told("republished", id, component);
        true
    }
}

/// Whether a row leads to a code of a classification that stands for itself: neither dagger nor
/// asterisk, and not one of the words for none.
fn is_plain(row: &Row) -> bool {
    let target = row.get(TARGET);
    let marked = target.ends_with(['D', 'A']) || row.get(ADVICE).contains("PRIMARY POSITION");
    !target.is_empty() && !target.starts_with('#') && !marked
}
