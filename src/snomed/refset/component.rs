//! What a refset row names: a concept, a description, or something else with an id.

use std::fmt;

use crate::id::Sctid;
use crate::index::format::{CODE_KIND_SHIFT, CODE_NONE, CODE_NUMBER};
use crate::snomed::edition::{Snomed, partition_point};
use crate::snomed::{Concept, Description};

/// A component that a row names.
#[derive(Clone, Copy, Debug)]
pub enum Component<'t> {
    /// A concept of this release, active or inactive.
    Concept(Concept<'t>),
    /// A description of this release, active or inactive.
    Description(Description<'t>),
    /// A relationship, or an id that this release does not have.
    Other(Sctid),
    /// The column is empty.
    None,
}

impl<'t> Component<'t> {
    /// Its id; `None` where the column is empty.
    pub fn id(self) -> Option<Sctid> {
        match self {
            Component::Concept(concept) => Some(concept.id()),
            Component::Description(description) => Some(description.id()),
            Component::Other(id) => Some(id),
            Component::None => None,
        }
    }

    /// The concept, where it is one.
    pub fn concept(self) -> Option<Concept<'t>> {
        match self {
            Component::Concept(concept) => Some(concept),
            _ => None,
        }
    }

    /// The description, where it is one.
    pub fn description(self) -> Option<Description<'t>> {
        match self {
            Component::Description(description) => Some(description),
            _ => None,
        }
    }
}

/// Equal where the ids are.
impl PartialEq for Component<'_> {
    fn eq(&self, other: &Component<'_>) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Component<'_> {}

/// The id as published; nothing where the column is empty.
impl fmt::Display for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id() {
            Some(id) => id.fmt(f),
            None => Ok(()),
        }
    }
}

impl<'t> From<Concept<'t>> for Component<'t> {
    fn from(concept: Concept<'t>) -> Component<'t> {
        Component::Concept(concept)
    }
}

impl<'t> From<Description<'t>> for Component<'t> {
    fn from(description: Description<'t>) -> Component<'t> {
        Component::Description(description)
    }
}

/// What a code says, before it is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// An ordinal.
    Concept(u32),
    /// A description row.
    Description(u32),
    /// An entry of the other components.
    Other(u32),
    /// An entry of the texts: the column holds no SCTID.
    Text(u32),
    /// The column is empty.
    None,
}

impl Code {
    #[inline]
    pub(crate) fn of(raw: u32) -> Code {
        let number = raw & CODE_NUMBER;
        match raw >> CODE_KIND_SHIFT {
            0 => Code::Concept(number),
            1 => Code::Description(number),
            2 => Code::Other(number),
            _ if raw == CODE_NONE => Code::None,
            _ => Code::Text(number),
        }
    }

    #[inline]
    pub(crate) fn raw(self) -> u32 {
        match self {
            Code::Concept(number) => number,
            Code::Description(number) => 1 << CODE_KIND_SHIFT | number,
            Code::Other(number) => 2 << CODE_KIND_SHIFT | number,
            Code::Text(number) => 3 << CODE_KIND_SHIFT | number,
            Code::None => CODE_NONE,
        }
    }
}

impl<'t> Snomed<'t> {
    /// The component with this id: a concept, a description, or [`Component::Other`] for an id
    /// that is neither here.
    pub fn component(self, id: Sctid) -> Component<'t> {
        if let Some(concept) = self.concept(id) {
            return Component::Concept(concept);
        }
        self.description(id).map_or(Component::Other(id), Component::Description)
    }

    /// The component of a code; `None` for a text, and where the index is damaged.
    pub(crate) fn component_of_code(self, raw: u32) -> Option<Component<'t>> {
        Some(match Code::of(raw) {
            Code::Concept(ordinal) if ordinal < self.layout.concept_count => {
                Component::Concept(Concept { snomed: self, ordinal })
            }
            Code::Description(row) => Component::Description(Description::of_row(self, row)?),
            Code::Other(number) => {
                let ids = self.view(self.layout.refsets.other_components);
                Component::Other(Sctid::as_published(ids.u64(number as usize)?)?)
            }
            Code::None => Component::None,
            Code::Concept(_) | Code::Text(_) => return None,
        })
    }

    /// The code of a component; `None` where no row can name it.
    pub(crate) fn code_of_component(self, component: Component<'_>) -> Option<u32> {
        let found = match component {
            // Handles of another terminology are known here by their ids.
            Component::Concept(concept) if concept.snomed.is_same(self) => {
                return Some(Code::Concept(concept.ordinal).raw());
            }
            Component::None => return Some(CODE_NONE),
            other => self.component(other.id()?),
        };
        match found {
            Component::Concept(concept) => Some(Code::Concept(concept.ordinal).raw()),
            Component::Description(description) => Some(Code::Description(description.row()).raw()),
            Component::Other(id) => {
                let ids = self.view(self.layout.refsets.other_components);
                let count = self.layout.refsets.other_components.items;
                let at = partition_point(0, count, |at| {
                    ids.u64(at).is_some_and(|found| found < id.value())
                });
                let known = at < count && ids.u64(at) == Some(id.value());
                known.then_some(Code::Other(u32::try_from(at).ok()?).raw())
            }
            Component::None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_they_were_made_from() {
        let codes = [
            Code::Concept(0),
            Code::Concept(CODE_NUMBER),
            Code::Description(7),
            Code::Other(1),
            Code::Text(0),
            Code::Text(CODE_NUMBER - 1),
            Code::None,
        ];
        for code in codes {
            assert_eq!(Code::of(code.raw()), code);
        }
    }
}
