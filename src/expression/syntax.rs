//! The syntax tree of an expression: what was written, with nothing looked up yet.
//!
//! Names are those of the grammar. White space and the commas between groups are not in the tree;
//! terms in pipes are.

pub use crate::ecl::syntax::{ConceptReference, Number, Span};

/// `definitionStatus`: how what is meant stands to what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DefinitionStatus {
    /// `===`: it is just what is written.
    EquivalentTo,
    /// `<<<`: it is something below what is written.
    SubtypeOf,
}

/// `subExpression`: one or more focus concepts, and what refines them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubExpression {
    /// What is refined: all of these at once.
    pub focus_concepts: Vec<ConceptReference>,
    /// What stands behind the colon; empty where there is none.
    pub refinement: Refinement,
    /// Where it stands.
    pub span: Span,
}

/// `refinement`: ungrouped attributes, then groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refinement {
    /// The attributes that stand in no group.
    pub attributes: Vec<Attribute>,
    /// The groups.
    pub groups: Vec<AttributeGroup>,
}

impl Refinement {
    /// Whether nothing is refined.
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.groups.is_empty()
    }
}

/// `attributeGroup`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeGroup {
    /// At least one.
    pub attributes: Vec<Attribute>,
    /// Where the braces stand.
    pub span: Span,
}

/// `attribute`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its type.
    pub name: ConceptReference,
    /// Its value.
    pub value: AttributeValue,
    /// Where it stands.
    pub span: Span,
}

/// `attributeValue`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    /// A concept.
    Concept(ConceptReference),
    /// An expression in brackets.
    Expression(Box<SubExpression>),
    /// A number behind `#`.
    Number(Number),
    /// A text in quotes, its escapes undone.
    String(String),
    /// `true` or `false`.
    Boolean(bool),
}
