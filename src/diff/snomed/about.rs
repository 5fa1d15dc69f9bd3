//! What a change is about: its code and its name.

use super::SnomedComparison;
use super::descriptions::Pair;
use super::sides::Sides;
use crate::coding::System;
use crate::diff::{Change, ChangeKind, Related, Role};
use crate::id::Sctid;
use crate::snomed::{Component, Concept, Dialect};

/// A concept, and the releases in which it is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'c, 't> {
    pub(super) comparison: &'c SnomedComparison<'t>,
    pub(super) id: Sctid,
    /// Whether it is about no concept, so that each row is about the component that it names.
    pub(super) is_other: bool,
}

/// The name of a concept for people.
pub(super) fn name(concept: Concept<'_>) -> Option<&str> {
    concept.preferred_term(Dialect::NHS_CLINICAL).map(|term| term.text())
}

impl<'c, 't> About<'c, 't> {
    pub(super) fn sides(&self) -> &'c Sides<'t> {
        &self.comparison.sides
    }

    /// The name of a concept, of the newer release where that has one.
    pub(super) fn display(&self, id: Sctid) -> &'t str {
        let (old, new) = self.sides().concepts(id);
        new.and_then(name).or_else(|| old.and_then(name)).unwrap_or_default()
    }

    /// A change of it; of what is about no concept, of the component that a row names.
    pub(super) fn of_component(&self, kind: ChangeKind, component: Component<'_>) -> Change {
        let id = self.is_of(component);
        Change::new(kind, System::Snomed, id.to_string(), self.display(id))
    }

    /// The id by which a change of a row about this component is told.
    pub(super) fn is_of(&self, component: Component<'_>) -> Sctid {
        match self.is_other {
            true => component.id().unwrap_or(self.id),
            false => self.id,
        }
    }

    /// A description in both releases.
    pub(super) fn descriptions(&self, id: Sctid) -> Pair<'t> {
        (self.sides().old.description(id), self.sides().new.description(id))
    }

    /// A change of it.
    pub(super) fn change(&self, kind: ChangeKind) -> Change {
        Change::new(kind, System::Snomed, self.id.to_string(), self.display(self.id))
    }

    /// Another concept.
    pub(super) fn related(&self, role: Role, id: Sctid) -> Related {
        Related { role, code: id.to_string(), display: self.display(id).to_owned() }
    }
}
