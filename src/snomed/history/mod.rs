//! History as an answer: what to use now for an inactive concept, what a concept stands in for, why
//! something was made inactive, and questions that reach over all that.
//!
//! What became of a concept is told by the associations of the release, hop by hop
//! ([`Concept::successors`](crate::Concept::successors)), and by the substitution table of the UK,
//! where an index was given one ([`Concept::substitutions`](crate::Concept::substitutions)). The
//! one is not mixed into the other: a reader sees which of them says what.

mod kind;
mod layout;
mod predecessors;
mod profile;
mod query_table;
mod reason;
mod substitution;
mod subsumption;
mod successors;
mod verify;
mod walk;

pub use kind::AssociationKind;
pub use predecessors::Predecessor;
pub use profile::HistoryProfile;
pub use query_table::{QueryTableSupertype, QueryTableSupertypes};
pub use reason::InactivationReason;
pub use substitution::{Substitution, Substitutions};
pub use subsumption::{HistorySubsumption, HistoryUnclassified};
pub use successors::{Candidates, DeadEnd, DeadEndReason, NoSuccessor, Successor, Successors};

pub(crate) use layout::HistoryLayout;
