//! An expression constraint with everything looked up: what is evaluated.

use crate::ecl::syntax::HierarchyOperator;
use crate::snomed::OrdinalSet;

use super::filter::{ConceptTest, DescriptionTest};
use super::member::MemberTest;

/// A part of an expression.
#[derive(Clone, Debug)]
pub(super) enum Node<'t> {
    /// What is known without an evaluation: a concept, what lies below it, the members of a refset.
    Known(OrdinalSet<'t>),
    Hierarchy(HierarchyOperator, Box<Node<'t>>),
    And(Vec<Node<'t>>),
    Or(Vec<Node<'t>>),
    Minus(Box<Node<'t>>, Box<Node<'t>>),
    Refined(Box<Node<'t>>, Refinement<'t>),
    /// The values of attributes of these kinds.
    Dotted(Box<Node<'t>>, Kinds),
    /// Members of refsets that satisfy criteria.
    Members(Box<MemberTest<'t>>),
    /// The refsets that have a member among these.
    Containing(Box<Node<'t>>),
    Described(Box<Node<'t>>, Box<DescriptionTest<'t>>),
    Filtered(Box<Node<'t>>, Box<ConceptTest<'t>>),
    /// With the inactive concepts that active rows of these association refsets lead from.
    History(Box<Node<'t>>, Profile),
}

impl Node<'_> {
    pub(super) const NOTHING: Node<'static> = Node::Known(OrdinalSet::EMPTY);
}

/// The association refsets of a history supplement, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// Those that lead from an inactive concept.
    pub(super) refsets: Vec<u16>,
    /// MOVED FROM, which leads to one: the specification would have it among SAME AS (6.11).
    pub(super) reversed: Option<u16>,
}

/// Kinds of attribute, by number, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(pub(super) Vec<u16>);

impl Kinds {
    #[inline]
    pub(super) fn contains(&self, kind: u16) -> bool {
        match self.0.as_slice() {
            [one] => *one == kind,
            many => many.binary_search(&kind).is_ok(),
        }
    }
}

/// What a refinement asks of a concept, or within a group of its attributes.
#[derive(Clone, Debug)]
pub(super) enum Refinement<'t> {
    Attribute(AttributeTest<'t>),
    Group(Grouping, Box<Refinement<'t>>),
    And(Vec<Refinement<'t>>),
    Or(Vec<Refinement<'t>>),
}

/// How many role groups there are to be, and of which attributes.
#[derive(Clone, Debug)]
pub(super) struct Grouping {
    pub(super) counted: Counted,
    /// The kinds of attribute that make a group; `None` where all do.
    pub(super) kinds: Option<Kinds>,
}

/// How many there are to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) least: u32,
    pub(super) most: u32,
}

impl Counted {
    #[inline]
    pub(super) fn allows(self, count: u32) -> bool {
        self.least <= count && count <= self.most
    }

    /// One or more.
    pub(super) fn is_some(self) -> bool {
        self.least == 1 && self.most == u32::MAX
    }
}

#[derive(Clone, Debug)]
pub(super) struct AttributeTest<'t> {
    pub(super) counted: Counted,
    pub(super) kinds: Kinds,
    pub(super) asked: Asked<'t>,
}

/// What is asked of the other end of an attribute.
#[derive(Clone, Debug)]
pub(super) enum Asked<'t> {
    /// Its value is one of these: ordinals, or concrete values as attributes have them.
    Value(OrdinalSet<'t>),
    /// It has a value, whatever it is.
    Any,
    /// The concept asked about is the value, and the source is one of these.
    Source(OrdinalSet<'t>),
}
