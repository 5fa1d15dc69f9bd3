//! SNOMED CT: concepts, descriptions, hierarchy, attributes, refsets.
//!
//! Start at [`Snomed`]. Handles are `Copy` and borrow the [`Terminology`](crate::Terminology);
//! names are those of the
//! [release file specification](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification).

mod alternate_identifier;
mod association;
mod attribute_index;
mod attributes;
mod columns;
mod concept;
mod concept_set;
mod concrete;
pub mod constants;
mod description;
mod edition;
mod hierarchy;
mod history;
mod language;
mod layout;
mod lists;
mod neighbours;
mod paths;
pub(crate) mod refset;
mod search;
mod subsumption;
mod term;
mod verify;
mod verify_attributes;

pub use crate::search::Correction;
pub use alternate_identifier::AlternateIdentifier;
pub use association::{Association, Associations};
pub use attributes::{Attribute, AttributeValue, Attributes, RoleGroup, RoleGroups};
pub use concept::{Concept, DefinitionStatus};
pub use concept_set::{ConceptSet, ConceptSetIds, ConceptSetIter};
pub use concrete::{ConcreteValue, Decimal};
pub use description::{
    Acceptability, CaseSignificance, Description, DescriptionType, Descriptions,
};
pub use edition::Snomed;
pub use hierarchy::{Concepts, PlacedConcept};
pub use history::{
    AssociationKind, Candidates, DeadEnd, DeadEndReason, HistoryProfile, HistorySubsumption,
    HistoryUnclassified, InactivationReason, NoSuccessor, Predecessor, QueryTableSupertype,
    QueryTableSupertypes, Substitution, Substitutions, Successor, Successors,
};
pub use language::Dialect;
pub use paths::PathsToRoot;
pub use refset::{
    Component, ComponentKinds, ConceptRefsets, Field, FieldDescriptor, FieldType, FieldValue,
    Fields, Member, MemberId, MemberText, Members, Refset, Refsets, TextPiece,
};
pub use search::{Hit, Search, SearchResults};
pub use subsumption::{NotClassified, Subsumption, Unclassified, UnknownConcept};
pub use term::{PreferredTerm, TermSource};

pub(crate) use association::raw_association;
pub(crate) use attribute_index::{Posting, role_group, source};
pub(crate) use columns::DescriptionKind;
pub(crate) use concept_set::{Bits, Cursor, OrdinalSet};
pub(crate) use edition::partition_point;
pub(crate) use layout::Layout;
pub(crate) use refset::{
    Code, Column, MapMemory, PackedRows, Part, Targets, TargetsByKey, with_value,
};
