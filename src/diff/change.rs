//! One change, as it is told.

use super::kind::ChangeKind;
use crate::coding::System;

/// One change of one concept, product or rubric, or of a row that is about it.
///
/// All texts are as the releases have them; ids are digits. The same two releases give the same
/// changes in the same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// The system of the code.
    pub system: System,
    /// The concept, product or rubric that it is about: what a record would hold.
    pub code: String,
    /// Its name, in the newer release where that has one; empty where neither has.
    pub display: String,
    /// The part of it: the id of the description, reference set, map or language reference set, or
    /// the name of the element.
    pub component: Option<String>,
    /// What was said before.
    pub before: Option<String>,
    /// What is said now.
    pub after: Option<String>,
    /// Other codes that it is about.
    pub related: Vec<Related>,
}

impl Change {
    /// A change of which no more is said yet.
    pub fn new(
        kind: ChangeKind,
        system: System,
        code: impl Into<String>,
        display: impl Into<String>,
    ) -> Change {
        Change {
            kind,
            system,
            code: code.into(),
            display: display.into(),
            component: None,
            before: None,
            after: None,
            related: Vec::new(),
        }
    }

    /// With the part of the thing that it is about.
    #[must_use]
    pub fn of(mut self, component: impl Into<String>) -> Change {
        self.component = Some(component.into());
        self
    }

    /// With what was said before and what is said now.
    #[must_use]
    pub fn from_to(mut self, before: Option<String>, after: Option<String>) -> Change {
        (self.before, self.after) = (before, after);
        self
    }

    /// With another code that it is about.
    #[must_use]
    pub fn with(mut self, related: Related) -> Change {
        self.related.push(related);
        self
    }
}

/// Another code that a change is about, and how.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Related {
    /// How it has to do with the change.
    pub role: Role,
    /// The code, of the same system.
    pub code: String,
    /// Its name.
    pub display: String,
}

/// How another code has to do with a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// A parent that it has now and had not.
    ParentGained,
    /// A parent that it had and has not now.
    ParentLost,
    /// An ancestor that it has now and had not, a parent apart.
    AncestorGained,
    /// An ancestor that it had and has not now, a parent apart.
    AncestorLost,
    /// The only thing to use instead.
    Successor,
    /// One of several things of which one may be meant: a person has to choose.
    PossibleSuccessor,
}

impl Role {
    /// Its word: kept for ever.
    pub fn code(self) -> &'static str {
        match self {
            Role::ParentGained => "parent-gained",
            Role::ParentLost => "parent-lost",
            Role::AncestorGained => "ancestor-gained",
            Role::AncestorLost => "ancestor-lost",
            Role::Successor => "successor",
            Role::PossibleSuccessor => "possible-successor",
        }
    }
}
