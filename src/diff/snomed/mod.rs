//! Two releases of SNOMED CT compared.
//!
//! [`SnomedComparison`] is the entry. `docs/diff.md` says how each kind of change is told, and what is
//! not compared.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod about;
mod definition;
mod descriptions;
mod fields;
mod identifiers;
mod languages;
mod maps;
mod members;
mod past;
mod place;
mod refsets;
mod rows;
mod sides;
mod state;
mod strays;

use std::collections::BTreeMap;

use self::about::About;
use self::fields::Tables;
use self::members::Presence;
use self::refsets::Effect;
use self::rows::{Placed, Rows};
use self::sides::Sides;
use super::Change;
use crate::id::Sctid;
use crate::snomed::{Concept, Snomed, constants};

/// Two releases of SNOMED CT, made ready to be compared concept by concept.
///
/// Each change is told once: all that is about a concept by [`changes_of`](Self::changes_of), the rest
/// by [`other_changes`](Self::other_changes). So the ids may be shared out among threads, and a list of
/// codes asked about without the others. What is equal is found equal by the numbers of its columns:
/// texts are made of what differs alone.
///
/// Rows of reference sets are matched by their ids, role groups by what is in them. An end that is
/// inactive has no place in the hierarchy: its parents are not said to be lost.
///
/// # Example
/// ```
/// use farr::Terminology;
/// use farr::diff::{ChangeKind, SnomedComparison};
///
/// # let (old, new) = ("1.0-tiny.farr", "1.0-synthetic.farr");
/// # let file = |name| format!("{}/testdata/golden/{name}", env!("CARGO_MANIFEST_DIR"));
/// # let (old, new) = (file(old), file(new));
/// let (old, new) = (Terminology::open([old])?, Terminology::open([new])?);
/// let comparison = SnomedComparison::new(old.snomed()?, new.snomed()?);
/// let (mut added, mut removed) = (0, 0);
/// comparison.changes(&mut |change| match change.kind {
///     ChangeKind::ConceptAdded => added += 1,
///     ChangeKind::ConceptRemoved => removed += 1,
///     _ => {}
/// });
/// assert!(added > removed && removed > 0);
///
/// // Everything about one concept.
/// let squeak = "401004".parse()?;
/// let mut told = Vec::new();
/// comparison.changes_of(squeak, &mut |change| told.push(change));
/// assert_eq!(told[0].kind, ChangeKind::ConceptRemoved);
/// assert_eq!((told[0].code.as_str(), told[0].display.as_str()), ("401004", "Squeak"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SnomedComparison<'t> {
    sides: Sides<'t>,
    tables: Tables<'t>,
    rows: Rows<'t>,
    rows_now: Rows<'t>,
    effects: BTreeMap<Sctid, Effect>,
}

impl<'t> SnomedComparison<'t> {
    /// Makes two releases ready: the older and the newer one.
    ///
    /// Looks up each concept, and counts the rows of all reference sets out by concept: for two
    /// releases of a million concepts about half a second, and 170 MB until it is dropped.
    pub fn new(old: Snomed<'t>, new: Snomed<'t>) -> SnomedComparison<'t> {
        let sides = Sides::new(old, new);
        SnomedComparison {
            tables: Tables::of(&sides),
            rows: Rows::of(old),
            rows_now: Rows::of(new),
            effects: refsets::effects(&sides),
            sides,
        }
    }

    /// The ids of the concepts of either release, ascending: to be given to
    /// [`changes_of`](Self::changes_of), in chunks where several threads share the work.
    ///
    /// Costs a search for each.
    pub fn concept_ids(&self) -> Vec<Sctid> {
        let (old, new) = (self.sides.old, self.sides.new);
        let added = new.concepts().map(Concept::id).filter(|id| old.concept(*id).is_none());
        let mut ids: Vec<Sctid> = old.concepts().map(Concept::id).collect();
        ids.extend(added);
        ids.sort_unstable();
        ids
    }

    /// Tells of everything about one concept: itself, its descriptions, its alternate identifiers, what
    /// the history substitution table says of it, and the rows of reference sets that are about it or its
    /// descriptions. Nothing where neither release has it.
    ///
    /// Costs some microseconds where nothing changed.
    pub fn changes_of(&self, concept: Sctid, emit: &mut impl FnMut(Change)) {
        self.tell_concept(concept, emit);
    }

    fn tell_concept(&self, id: Sctid, emit: &mut dyn FnMut(Change)) {
        let about = About { comparison: self, id, is_other: false };
        let (old, new) = self.sides.concepts(id);
        let presence = state::tell(&about, (old, new), emit);
        if let (Some(old), Some(new)) = (old, new) {
            identifiers::tell(&about, (old, new), emit);
        }
        identifiers::tell_substitutions(&about, emit);
        let rows = old.map(|old| self.rows.of_concept(old.ordinal)).unwrap_or_default();
        let rows_now = new.map(|new| self.rows_now.of_concept(new.ordinal)).unwrap_or_default();
        members::tell(&about, (old, new), (rows, rows_now), presence, emit);
    }

    /// Whether an id is of a reference set with active rows in either release; tells of one that has them
    /// in one alone.
    pub(in crate::diff) fn changes_of_refset(
        &self,
        id: Sctid,
        emit: &mut impl FnMut(Change),
    ) -> bool {
        refsets::tell_one(self, id, emit)
    }

    /// Tells of what is about no concept: a history substitution table that one release alone has,
    /// reference sets that are new or without rows now, rows about a component that is neither a concept of
    /// the release nor a description of one, and relationships, descriptions and alternate identifiers of a
    /// concept that neither release has.
    ///
    /// Costs as much as there are such rows.
    pub fn other_changes(&self, emit: &mut impl FnMut(Change)) {
        self.tell_others(emit);
    }

    /// Tells of what one of the releases was built without, and what is then not compared: the same for
    /// every concept.
    pub(in crate::diff) fn tell_absent(&self, emit: &mut dyn FnMut(Change)) {
        identifiers::tell_absent(&self.sides, emit);
    }

    fn tell_others(&self, emit: &mut dyn FnMut(Change)) {
        self.tell_absent(emit);
        refsets::tell(self, emit);
        let about = About { comparison: self, id: constants::ROOT, is_other: true };
        let rows = (self.rows.others(), self.rows_now.others());
        members::tell(&about, (None, None), rows, Presence::NoConcept, emit);
        strays::tell(self, emit);
        identifiers::tell_strays(self, emit);
    }

    /// Tells of every change: of each concept in the order of their ids, then of what is about none.
    ///
    /// Two releases of a million concepts take some eight seconds of one core.
    pub fn changes(&self, emit: &mut impl FnMut(Change)) {
        for concept in self.concept_ids() {
            self.tell_concept(concept, emit);
        }
        self.tell_others(emit);
    }

    fn effect(&self, refset: Sctid) -> Effect {
        self.effects.get(&refset).copied().unwrap_or(Effect::Member)
    }

    /// Whether two rows are the same in each column, their ids too.
    #[inline]
    fn is_same_row(&self, old: Placed, new: Placed) -> bool {
        let (Some(part), Some(part_now)) = (self.rows.part(old), self.rows_now.part(new)) else {
            return false;
        };
        part.is_active(old.row) == part_now.is_active(new.row)
            && self.sides.old.member_uuid(old.row) == self.sides.new.member_uuid(new.row)
            && self.sides.is_same_status(old.row, new.row)
            && self.says_the_same(old, new)
    }

    /// Whether two rows of one reference set say the same: id, module, effective time and active
    /// apart.
    fn says_the_same(&self, old: Placed, new: Placed) -> bool {
        let (Some(part), Some(part_now)) = (self.rows.part(old), self.rows_now.part(new)) else {
            return false;
        };
        let (Some(component), Some(component_now)) =
            (self.sides.old.member_component(old.row), self.sides.new.member_component(new.row))
        else {
            return false;
        };
        part.id == part_now.id
            && self.sides.is_same_code(component, component_now)
            && self.tables.are_same(&self.sides, (part, old.row), (part_now, new.row))
    }
}
