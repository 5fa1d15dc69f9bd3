//! Attributes of a concept, by role group.

use super::concept::{Concept, List};
use super::concrete::ConcreteValue;
use super::constants;
use super::edition::Snomed;
use crate::id::Sctid;
use crate::index::format::CONCRETE;

/// One attribute: a type and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'t> {
    /// Its role group; 0 where it is not grouped.
    pub group: u16,
    /// Its type, a concept below 410662002 "Concept model attribute".
    pub attribute_type: Sctid,
    /// Its value.
    pub value: AttributeValue<'t>,
    /// Whether the relationship is inferred (`true`), and not an additional one, say.
    pub is_inferred: bool,
    /// Its characteristic type.
    pub characteristic_type: Sctid,
}

/// The value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeValue<'t> {
    /// A concept of this release.
    Concept(Concept<'t>),
    /// The id of a concept that this release does not have.
    Missing(Sctid),
    /// A number, a string or a boolean.
    Concrete(ConcreteValue<'t>),
}

/// The attributes of a concept, by role group, type and value.
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'t> {
    snomed: Snomed<'t>,
    next: usize,
    end: usize,
}

impl<'t> Attributes<'t> {
    pub(super) fn of(concept: Concept<'t>) -> Attributes<'t> {
        let (next, end) = concept.rows(List::Attributes);
        Attributes { snomed: concept.snomed, next, end: end.max(next) }
    }

    fn read(&self, at: usize) -> Option<Attribute<'t>> {
        let snomed = self.snomed;
        let layout = snomed.layout;
        let row = snomed.view(layout.attributes).record::<8>(at)?;
        let [a, b, c, d, e, f, g, h] = *row;
        let value = u32::from_le_bytes([a, b, c, d]);
        let kind = usize::from(u16::from_le_bytes([e, f]));
        let kinds = snomed.view(layout.attribute_kinds);
        let attribute_type = Sctid::as_published(kinds.u64(kind.checked_mul(2)?)?)?;
        let characteristic = kinds.u64(kind.checked_mul(2)?.checked_add(1)?)?;
        let characteristic_type = Sctid::as_published(characteristic)?;
        let value = if value & CONCRETE != 0 {
            let section = layout.concrete_values;
            let number = (value & !CONCRETE) as usize;
            let text = snomed.view(section).short_text(section.items, number)?;
            AttributeValue::Concrete(ConcreteValue::from_published(text)?)
        } else if value < layout.concept_count {
            AttributeValue::Concept(Concept { snomed, ordinal: value })
        } else {
            AttributeValue::Missing(snomed.id(value)?)
        };
        Some(Attribute {
            group: u16::from_le_bytes([g, h]),
            attribute_type,
            value,
            is_inferred: characteristic_type == constants::INFERRED,
            characteristic_type,
        })
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = Attribute<'t>;

    fn next(&mut self) -> Option<Attribute<'t>> {
        if self.next >= self.end {
            return None;
        }
        let attribute = self.read(self.next)?;
        self.next += 1;
        Some(attribute)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end.saturating_sub(self.next);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Attributes<'_> {}

/// The attributes of one role group.
#[derive(Clone, Copy, Debug)]
pub struct RoleGroup<'t> {
    /// Its number; 0 holds the attributes that are not grouped.
    pub number: u16,
    attributes: Attributes<'t>,
}

impl<'t> RoleGroup<'t> {
    /// Its attributes, by type and value.
    pub fn attributes(&self) -> Attributes<'t> {
        self.attributes
    }
}

/// The role groups of a concept, by number.
#[derive(Clone, Copy, Debug)]
pub struct RoleGroups<'t> {
    attributes: Attributes<'t>,
}

impl<'t> RoleGroups<'t> {
    pub(super) fn of(concept: Concept<'t>) -> RoleGroups<'t> {
        RoleGroups { attributes: Attributes::of(concept) }
    }
}

impl<'t> Iterator for RoleGroups<'t> {
    type Item = RoleGroup<'t>;

    fn next(&mut self) -> Option<RoleGroup<'t>> {
        let start = self.attributes.next;
        let number = self.attributes.next()?.group;
        let mut end = self.attributes.next;
        while let Some(attribute) = self.attributes.next() {
            if attribute.group != number {
                break;
            }
            end = self.attributes.next;
        }
        self.attributes.next = end;
        let attributes = Attributes { next: start, end, ..self.attributes };
        Some(RoleGroup { number, attributes })
    }
}
