//! Changes of the terms of a concept, and of what dialects prefer.

use super::candidates::Candidate;
use super::concepts::MEMBER_VALUE;
use super::expected::Expected;
use super::files::Holds;
use super::plan::{Plan, SNOMED};
use super::row::{ACTIVE, MODULE, Row};
use crate::sctid::Component;

const FSN: &str = "900000000000003001";
const SYNONYM: &str = "900000000000013009";
const DEFINITION: &str = "900000000000550004";
const PREFERRED: &str = "900000000000548007";
const ACCEPTABLE: &str = "900000000000549004";
const TERM: usize = 7;
const CASE: usize = 8;
/// The case significances, each to be followed by the next.
const CASES: [&str; 3] = ["900000000000448009", "900000000000017005", "900000000000020002"];

impl Candidate {
    /// Terms of a type, in force or not.
    fn terms(&self, kind: &'static str, active: bool) -> impl Iterator<Item = &Row> {
        self.descriptions.iter().filter(move |row| row.get(6) == kind && row.is_active() == active)
    }

    /// The rows in force of the language reference sets on a description.
    fn spoken(&self, description: &Row) -> Vec<&Row> {
        let of = |row: &&Row| row.is_active() && row.get(5) == description.get(0);
        self.language.iter().filter(of).collect()
    }

    /// The term in force that a language reference set prefers, and its row there.
    fn preferred(&self, refset: &str) -> Option<(&Row, &Row)> {
        let mut rows = self.language.iter().filter(|row| {
            row.is_active() && row.get(4) == refset && row.get(MEMBER_VALUE) == PREFERRED
        });
        rows.find_map(|row| {
            let mut terms = self.terms(SYNONYM, true);
            terms.find(|term| term.get(0) == row.get(5)).map(|term| (term, row))
        })
    }

    /// Whether a description is a member of anything but language reference sets.
    fn is_member(&self, description: &Row) -> bool {
        self.members.iter().any(|(_, row)| row.get(5) == description.get(0))
    }
}

impl Plan<'_> {
    /// A description like another, with another term.
    fn describe(&mut self, like: &Row, term: String) -> Row {
        let id = self.mint(like.get(MODULE), Component::Description);
        let row = like.clone().with(0, id).with(1, self.date.clone()).with(ACTIVE, "1");
        let row = row.with(TERM, term);
        self.add(&row);
        row
    }

    /// A row of a language reference set like another, on another description.
    fn speak(&mut self, like: &Row, of: &str, acceptability: &str) {
        let member = self.mint_member();
        let row = like.clone().with(0, member).with(1, self.date.clone()).with(ACTIVE, "1");
        self.add(&row.with(5, of).with(MEMBER_VALUE, acceptability));
    }

    /// Another synonym, acceptable wherever one is preferred.
    pub(super) fn add_description(&mut self, id: u64, of: &Candidate) -> bool {
        let mut synonyms = of.terms(SYNONYM, true);
        let Some(like) = synonyms.find(|term| !of.spoken(term).is_empty()) else { return false };
        let new = self.describe(like, format!("{} in other words", like.get(TERM)));
        for row in of.spoken(like) {
            self.speak(row, new.get(0), ACCEPTABLE);
        }
        let change = Expected::new("description-added", SNOMED, id.to_string());
        self.expect(change.of(new.get(0)).said("", new.get(TERM)));
        true
    }

    /// A synonym that nobody prefers is retired, with what dialects said of it.
    pub(super) fn retire_description(&mut self, id: u64, of: &Candidate) -> bool {
        let unloved = |term: &&Row| {
            let spoken = of.spoken(term);
            let preferred = spoken.iter().any(|row| row.get(MEMBER_VALUE) == PREFERRED);
            !spoken.is_empty() && !preferred && !of.is_member(term)
        };
        let Some(term) = of.terms(SYNONYM, true).find(unloved) else { return false };
        self.retire_term(id, of, term);
        true
    }

    fn retire_term(&mut self, id: u64, of: &Candidate, term: &Row) {
        self.retire(term);
        for row in of.spoken(term) {
            self.retire(row);
        }
        let change = Expected::new("description-retired", SNOMED, id.to_string());
        self.expect(change.of(term.get(0)).said(term.get(TERM), ""));
    }

    /// A synonym that some dialect prefers is retired, and another takes its place there.
    pub(super) fn retire_preferred(&mut self, id: u64, of: &Candidate) -> bool {
        let loved = |term: &&Row| !of.spoken(term).is_empty() && !of.is_member(term);
        let Some(old) = of.terms(SYNONYM, true).find(|term| {
            loved(term) && of.spoken(term).iter().all(|row| row.get(MEMBER_VALUE) == PREFERRED)
        }) else {
            return false;
        };
        if of.preferred(of.spoken(old)[0].get(4)).is_none_or(|(term, _)| term != old) {
            return false;
        }
        let spoken: Vec<Row> = of.spoken(old).into_iter().cloned().collect();
        self.retire_term(id, of, old);
        let new = self.describe(old, format!("{} as now preferred", old.get(TERM)));
        for row in &spoken {
            self.speak(row, new.get(0), PREFERRED);
            let change = Expected::new("preferred-term-changed", SNOMED, id.to_string());
            self.expect(change.of(row.get(4)).said(old.get(TERM), new.get(TERM)));
        }
        let change = Expected::new("description-added", SNOMED, id.to_string());
        self.expect(change.of(new.get(0)).said("", new.get(TERM)));
        true
    }

    /// A retired synonym is in force again, acceptable where the others are spoken.
    pub(super) fn reactivate_description(&mut self, id: u64, of: &Candidate) -> bool {
        let known = |term: &str| of.terms(SYNONYM, true).any(|other| other.get(TERM) == term);
        let mut retired = of.terms(SYNONYM, false);
        let Some(term) = retired.find(|term| !known(term.get(TERM))) else { return false };
        let mut synonyms = of.terms(SYNONYM, true);
        let Some(like) = synonyms.find(|term| !of.spoken(term).is_empty()) else { return false };
        self.replace(term.clone().with(ACTIVE, "1"));
        // Why it was inactive is said no more.
        for (holds, row) in &of.members {
            let of_it = *holds == Holds::AttributeValue && row.get(5) == term.get(0);
            if of_it && row.is_active() {
                self.retire(row);
            }
        }
        for row in of.spoken(like) {
            let was = |old: &&Row| old.get(5) == term.get(0) && old.get(4) == row.get(4);
            match of.language.iter().find(was) {
                Some(old) => {
                    self.replace(old.clone().with(ACTIVE, "1").with(MEMBER_VALUE, ACCEPTABLE));
                }
                None => self.speak(row, term.get(0), ACCEPTABLE),
            }
        }
        let change = Expected::new("description-reactivated", SNOMED, id.to_string());
        self.expect(change.of(term.get(0)).said("", term.get(TERM)));
        true
    }

    /// A synonym is of another case significance.
    pub(super) fn change_description(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(term) = of.terms(SYNONYM, true).next() else { return false };
        let Some(case) = CASES.iter().position(|case| *case == term.get(CASE)) else {
            return false;
        };
        let now = CASES[(case + 1) % CASES.len()];
        self.replace(term.clone().with(CASE, now));
        let change = Expected::new("description-changed", SNOMED, id.to_string());
        self.expect(change.of(term.get(0)).said(term.get(CASE), now));
        true
    }

    /// What a concept means is put into other words, under the same id.
    pub(super) fn redescribe(&mut self, id: u64, of: &Candidate) -> bool {
        let Some(text) = of.terms(DEFINITION, true).next() else { return false };
        let words = format!("{} That is what is meant now.", text.get(TERM));
        self.replace(text.clone().with(TERM, words.clone()));
        let kinds = [("text-definition-changed", ""), ("description-changed", text.get(0))];
        for (kind, component) in kinds {
            let change = Expected::new(kind, SNOMED, id.to_string());
            self.expect(change.of(component).said(text.get(TERM), words.clone()));
        }
        true
    }

    /// A dialect prefers what was acceptable to it, and accepts what it preferred.
    pub(super) fn prefer_another(&mut self, id: u64, of: &Candidate) -> bool {
        let rows: Vec<&Row> = of.language.iter().filter(|row| row.is_active()).collect();
        for row in rows.iter().filter(|row| row.get(MEMBER_VALUE) == ACCEPTABLE) {
            let mut terms = of.terms(SYNONYM, true);
            let Some(now) = terms.find(|term| term.get(0) == row.get(5)) else { continue };
            let Some((before, preferred)) = of.preferred(row.get(4)) else { continue };
            if before.get(TERM) == now.get(TERM) {
                continue;
            }
            self.replace((*row).clone().with(MEMBER_VALUE, PREFERRED));
            self.replace(preferred.clone().with(MEMBER_VALUE, ACCEPTABLE));
            let change = Expected::new("preferred-term-changed", SNOMED, id.to_string());
            self.expect(change.of(row.get(4)).said(before.get(TERM), now.get(TERM)));
            return true;
        }
        false
    }

    /// Another fully specified name.
    pub(super) fn rename(&mut self, id: u64, of: &Candidate) -> bool {
        let names: Vec<&Row> = of.terms(FSN, true).collect();
        let [old] = names[..] else { return false };
        let Some((words, tag)) = old.get(TERM).rsplit_once(" (") else { return false };
        if of.is_member(old) {
            return false;
        }
        let spoken: Vec<Row> = of.spoken(old).into_iter().cloned().collect();
        self.retire_term(id, of, old);
        let new = self.describe(old, format!("{words}, as now named ({tag}"));
        for row in &spoken {
            self.speak(row, new.get(0), row.get(MEMBER_VALUE));
        }
        let [told, added] = ["fsn-changed", "description-added"]
            .map(|kind| Expected::new(kind, SNOMED, id.to_string()));
        self.expect(told.of(new.get(0)).said(old.get(TERM), new.get(TERM)));
        self.expect(added.of(new.get(0)).said("", new.get(TERM)));
        true
    }
}
