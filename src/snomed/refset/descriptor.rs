//! Refset descriptors: what the release says of the fields of a refset.

use super::component::Component;
use super::{Refset, constants};
use crate::snomed::Concept;

/// What the refset descriptor says of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldDescriptor<'t> {
    /// What the field means: its `attributeDescription`.
    pub description: Component<'t>,
    /// What it holds: its `attributeType`.
    pub attribute_type: Component<'t>,
    /// The refset concept whose rows say so: the refset itself, or the nearest concept above it.
    pub described: Concept<'t>,
}

/// Concepts looked at on the way up: far more than a refset concept has above it.
const MOST: usize = 256;

impl<'t> Refset<'t> {
    /// What the refset descriptor (900000000000456007) says of the field at `position`: 0 is the
    /// referenced component, the fields are counted from 1.
    ///
    /// A refset without rows there takes those of the nearest concept above its own that has some.
    /// `None` where there are none.
    pub fn descriptor(self, position: usize) -> Option<FieldDescriptor<'t>> {
        let descriptors = self.snomed.refset(constants::REFSET_DESCRIPTOR)?;
        let mut level = vec![self.concept()?];
        let mut looked = 0;
        while !level.is_empty() && looked < MOST {
            for concept in &level {
                if descriptors.contains(*concept) {
                    return of(descriptors, *concept, position);
                }
            }
            looked += level.len();
            let mut above: Vec<Concept<'t>> = Vec::new();
            for parent in level.iter().flat_map(|concept| concept.parents()) {
                if above.len() < MOST && !above.contains(&parent) {
                    above.push(parent);
                }
            }
            level = above;
        }
        None
    }
}

fn of<'t>(
    descriptors: Refset<'t>,
    described: Concept<'t>,
    position: usize,
) -> Option<FieldDescriptor<'t>> {
    let order = i32::try_from(position).ok()?;
    let mut rows = descriptors.members_of(Component::Concept(described));
    let row = rows
        .find(|row| row.field("attributeOrder").and_then(|order| order.integer()) == Some(order))?;
    let component = |name| row.field(name).and_then(|value| value.component());
    Some(FieldDescriptor {
        description: component("attributeDescription")?,
        attribute_type: component("attributeType")?,
        described,
    })
}
