//! Which application identifiers belong on the same item, and which do not.

use super::element_strings::Element;
use super::{AiRange, ApplicationIdentifier};
use std::fmt;

/// What is amiss between the application identifiers on an item.
///
/// Made by [`ElementStrings::association_problems`](super::ElementStrings::association_problems).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AssociationProblem {
    /// It needs others, and they are not here.
    Missing {
        /// Which needs them.
        ai: ApplicationIdentifier,
        /// What it needs: one of these groups, all of the group.
        requires: &'static [&'static [AiRange]],
    },
    /// Two must not be on the same item.
    Excluded {
        /// The one whose definition excludes the other.
        ai: ApplicationIdentifier,
        /// The other.
        other: ApplicationIdentifier,
    },
}

pub(super) fn problems<'e>(
    elements: &'e [Element<'_>],
) -> impl Iterator<Item = AssociationProblem> + 'e {
    elements.iter().flat_map(|element| {
        missing(element, elements).into_iter().chain(excluded(element, elements))
    })
}

fn missing(element: &Element<'_>, elements: &[Element<'_>]) -> Option<AssociationProblem> {
    let requires = element.definition.requires;
    let is_here = |range: &AiRange| elements.iter().any(|other| range.contains(other.ai));
    let is_satisfied = requires.is_empty() || requires.iter().any(|all| all.iter().all(is_here));
    (!is_satisfied).then_some(AssociationProblem::Missing { ai: element.ai, requires })
}

fn excluded<'e>(
    element: &'e Element<'_>,
    elements: &'e [Element<'_>],
) -> impl Iterator<Item = AssociationProblem> + 'e {
    let ai = element.ai;
    let is_excluded = move |other: &ApplicationIdentifier| {
        *other != ai && element.definition.excludes.iter().any(|range| range.contains(*other))
    };
    let others = elements.iter().map(|other| other.ai).filter(is_excluded);
    others.map(move |other| AssociationProblem::Excluded { ai, other })
}

/// What is amiss, in a sentence.
impl fmt::Display for AssociationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssociationProblem::Excluded { ai, other } => {
                write!(f, "({ai}) must not be on the same item as ({other})")
            }
            AssociationProblem::Missing { ai, requires } => {
                write!(f, "({ai}) needs one of ")?;
                for (place, group) in requires.iter().enumerate() {
                    f.write_str(if place == 0 { "" } else { ", " })?;
                    for (place, range) in group.iter().enumerate() {
                        write!(f, "{}{range}", if place == 0 { "" } else { " with " })?;
                    }
                }
                f.write_str(" on the same item")
            }
        }
    }
}
