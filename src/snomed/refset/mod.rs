//! Refsets: every row of every refset file, with all its columns.

mod component;
mod descriptor;
mod field;
mod layout;
mod map_memory;
mod member;
mod members;
mod membership;
mod packed_rows;
pub(crate) mod table;
mod targets;
mod text;
mod verify;

use std::fmt;

pub use component::Component;
pub use descriptor::FieldDescriptor;
pub use field::{Field, FieldType, FieldValue, Fields};
pub use member::{Member, MemberId};
pub use members::Members;
pub use membership::ConceptRefsets;
pub use text::{MemberText, TextPiece};

pub(crate) use component::Code;
pub(crate) use layout::RefsetLayout;
pub(crate) use map_memory::MapMemory;
pub(crate) use members::with_value;
pub(crate) use packed_rows::PackedRows;
pub(crate) use table::Column;
pub(crate) use targets::{Targets, TargetsByKey};

use super::concept::Concept;
use super::constants;
use super::edition::{Snomed, partition_point};
use crate::id::Sctid;
use crate::index::format::REFSET_RECORD_LENGTH;
use members::{OrderedField, Selection};

/// A refset: an id under which the release has rows, active or not.
///
/// A handle: `Copy`, and free to make.
#[derive(Clone, Copy)]
pub struct Refset<'t> {
    pub(crate) snomed: Snomed<'t>,
    pub(crate) number: u16,
}

impl fmt::Debug for Refset<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refset({})", self.id())
    }
}

/// Two handles are equal if they are of the same refset of the same terminology.
impl PartialEq for Refset<'_> {
    fn eq(&self, other: &Refset<'_>) -> bool {
        self.number == other.number && self.snomed.is_same(other.snomed)
    }
}

impl Eq for Refset<'_> {}

/// The rows of one refset in one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its first member row; the active rows come first.
    pub(crate) first: u32,
    pub(crate) active: u32,
    pub(crate) inactive: u32,
    pub(crate) table: u16,
}

/// The kinds of component that the active rows of a refset reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComponentKinds {
    /// Concepts of this release.
    pub concepts: bool,
    /// Descriptions of this release.
    pub descriptions: bool,
    /// Relationships, and ids that this release does not have.
    pub others: bool,
}

impl<'t> Snomed<'t> {
    /// The refset with this id; `None` where the release has no row of it, active or not.
    ///
    /// Costs a search among the refset ids, some hundreds.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let british = snomed.refset("900000000000508004".parse()?).ok_or("not in this release")?;
    /// assert!(british.len() > 0 && british.component_kinds().descriptions);
    /// let member = british.members().next().ok_or("no row")?;
    /// assert!(member.is_active() && member.refset() == british);
    /// let acceptability = member.field("acceptabilityId").ok_or("no such field")?;
    /// assert!(acceptability.component().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn refset(self, id: Sctid) -> Option<Refset<'t>> {
        let count = self.layout.refsets.refsets.items;
        let of = |at: usize| u16::try_from(at).ok().map(|number| Refset { snomed: self, number });
        let value = |at| of(at).and_then(Refset::id_value);
        let at = partition_point(0, count, |at| value(at).is_some_and(|found| found < id.value()));
        of(at).filter(|_| at < count && value(at) == Some(id.value()))
    }

    /// All refsets, by id.
    pub fn refsets(self) -> Refsets<'t> {
        // The layout holds fewer than `u16::MAX`.
        let end = u16::try_from(self.layout.refsets.refsets.items).unwrap_or(0);
        Refsets { snomed: self, next: 0, end }
    }

    /// The refset of a number.
    pub(crate) fn refset_of_number(self, number: u16) -> Option<Refset<'t>> {
        let known = usize::from(number) < self.layout.refsets.refsets.items;
        known.then_some(Refset { snomed: self, number })
    }

    /// A part by its number: always inside the member rows.
    pub(crate) fn refset_part(self, number: usize) -> Option<Part> {
        let parts = self.view(self.layout.refsets.parts);
        let record = parts.record::<16>(number)?;
        let [a, b, c, d] = *record.as_chunks::<4>().0 else { return None };
        let [first, active, inactive] = [a, b, c].map(u32::from_le_bytes);
        let [low, high, ..] = d;
        let end = first.checked_add(active).and_then(|end| end.checked_add(inactive));
        match end.is_some_and(|end| end as usize <= self.layout.refsets.member_ids.items) {
            true => Some(Part { first, active, inactive, table: u16::from_le_bytes([low, high]) }),
            false => {
                parts.report(number.saturating_mul(16), "rows outside the member rows");
                None
            }
        }
    }
}

impl<'t> Refset<'t> {
    fn id_value(self) -> Option<u64> {
        let at = usize::from(self.number).checked_mul(REFSET_RECORD_LENGTH)?;
        let view = self.snomed.view(self.snomed.layout.refsets.refsets);
        Some(u64::from_le_bytes(*view.array(at)?))
    }

    /// A start of its record, and the same of the next one.
    fn starts(self, place: usize) -> Option<(usize, usize)> {
        let at = usize::from(self.number).checked_mul(REFSET_RECORD_LENGTH)?.checked_add(place)?;
        let view = self.snomed.view(self.snomed.layout.refsets.refsets);
        let end = view.array(at.checked_add(REFSET_RECORD_LENGTH)?)?;
        let (start, end) = (u32::from_le_bytes(*view.array(at)?), u32::from_le_bytes(*end));
        (start <= end).then_some((start as usize, end as usize))
    }

    /// Its id: that of a concept, which the release need not have.
    pub fn id(self) -> Sctid {
        // Every number below the count has an id on a verified file.
        self.id_value().and_then(Sctid::as_published).unwrap_or(constants::ROOT)
    }

    /// Its concept; `None` where the release does not have it.
    pub fn concept(self) -> Option<Concept<'t>> {
        self.snomed.concept(self.id())
    }

    /// The numbers of its parts.
    pub(crate) fn part_range(self) -> (usize, usize) {
        let (start, end) = self.starts(8).unwrap_or_default();
        (start, end.min(self.snomed.layout.refsets.parts.items))
    }

    /// Its rows in each table that has any: most refsets have one part.
    pub(crate) fn parts(self) -> impl Iterator<Item = Part> {
        let (start, end) = self.part_range();
        (start..end).map_while(move |number| self.snomed.refset_part(number))
    }

    /// Its fields beyond those of every refset: names and types, in the order of the file.
    pub fn fields(self) -> Fields<'t> {
        Fields::of(self)
    }

    /// How many active rows it has.
    pub fn len(self) -> usize {
        self.parts().map(|part| part.active as usize).fold(0, usize::saturating_add)
    }

    /// Whether it has no active row.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// How many inactive rows it has.
    pub fn inactive_len(self) -> usize {
        self.parts().map(|part| part.inactive as usize).fold(0, usize::saturating_add)
    }

    /// Its active rows: by component within each kind of file.
    pub fn members(self) -> Members<'t> {
        Members::new(self, Selection::Active)
    }

    /// Its inactive rows. Only their being inactive means anything; the rest is as published.
    pub fn inactive_members(self) -> Members<'t> {
        Members::new(self, Selection::Inactive)
    }

    /// Its active rows that reference a component.
    ///
    /// Costs a search among its rows.
    pub fn members_of(self, component: Component<'_>) -> Members<'t> {
        // A code that no row has gives no rows.
        let code = self.snomed.code_of_component(component);
        Members::new(self, Selection::Component(code.unwrap_or(u32::MAX)))
    }

    /// Its active rows whose `targetComponentId` is this component; `None` where it has no such
    /// field.
    ///
    /// Costs a search among its rows, which are stored by target too.
    pub fn members_with_target(self, target: Component<'_>) -> Option<Members<'t>> {
        let field = OrderedField::TargetComponent;
        self.has_ordered(field).then(|| match self.snomed.code_of_component(target) {
            Some(code) => Members::new(self, Selection::Value(field, code)),
            None => Members::new(self, Selection::Component(u32::MAX)),
        })
    }

    /// Its active rows whose `field`, `mapTarget` or `mapSource`, is exactly this text; `None`
    /// where it has no such field, or the field is another.
    ///
    /// Costs two searches: for the text among all, and among its rows.
    pub fn members_with_text(self, field: &str, text: &str) -> Option<Members<'t>> {
        let field = OrderedField::named(field)?;
        let is_text = field != OrderedField::TargetComponent && self.has_ordered(field);
        is_text.then(|| match self.snomed.number_of_member_text(text) {
            Some(number) => Members::new(self, Selection::Value(field, number)),
            None => Members::new(self, Selection::Component(u32::MAX)),
        })
    }

    fn has_ordered(self, field: OrderedField) -> bool {
        self.fields()
            .any(|found| found.name().eq_ignore_ascii_case(field.name()) && found.is_ordered())
    }

    /// What its active rows reference: concepts, descriptions, others.
    pub fn component_kinds(self) -> ComponentKinds {
        let at = usize::from(self.number).saturating_mul(REFSET_RECORD_LENGTH).saturating_add(16);
        let view = self.snomed.view(self.snomed.layout.refsets.refsets);
        let bits = view.array(at).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        ComponentKinds {
            concepts: bits & 1 != 0,
            descriptions: bits & 2 != 0,
            others: bits & 4 != 0,
        }
    }
}

/// All refsets of a release, by id.
#[derive(Clone, Copy, Debug)]
pub struct Refsets<'t> {
    snomed: Snomed<'t>,
    next: u16,
    end: u16,
}

impl<'t> Iterator for Refsets<'t> {
    type Item = Refset<'t>;

    fn next(&mut self) -> Option<Refset<'t>> {
        let number = self.next;
        if number >= self.end {
            return None;
        }
        self.next = number.saturating_add(1);
        Some(Refset { snomed: self.snomed, number })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.end.saturating_sub(self.next));
        (left, Some(left))
    }
}

impl ExactSizeIterator for Refsets<'_> {}
