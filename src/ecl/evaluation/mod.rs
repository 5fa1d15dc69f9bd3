//! Evaluation: set algebra over ordinals, with what the index has stored.
//!
//! An expression is first looked up: ids become ordinals, operands of refinements become sets, and
//! every part that the index already has as a set, `<< X` or `^ R` say, is that set. What is left
//! is evaluated from the smaller side: a refinement either starts from the values of the attribute
//! and comes back to their concepts, or looks at the attributes of a small focus.

mod budget;
mod compile;
mod compile_filter;
mod compile_member;
mod compiled;
mod error;
mod explain;
mod field;
mod filter;
mod gaps;
mod hierarchy;
mod history;
mod matching;
mod member;
mod options;
mod plan;
mod refine;
mod run;
mod select;
mod term;

pub use budget::Limits;
pub use compiled::CompiledEcl;
pub use error::{EvaluationError, Finding, FindingKind, Report};
pub use explain::{Amount, ExplainedPart, Explanation, PartKind};
pub use gaps::{Gap, GapEffect};
pub use options::{Evaluated, Evaluation};
pub use select::{SelectedRows, SelectedValue, Selection};
