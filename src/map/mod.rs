//! The rules of the map from SNOMED CT to ICD-10
//! ([complex and extended map reference sets](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)):
//! which targets a concept has for this patient.
//!
//! [`MapRule`] is the text of `mapRule`, read; [`Patient`] is what is known of the patient;
//! [`select`] goes through the rows of a concept, and [`explain`] says how it got there.
//!
//! Truth has three values. What the patient's facts do not settle is [`Truth::Unknown`], with what
//! is [`Missing`]; a rule that cannot be decided stops its group, and nothing falls through to
//! `OTHERWISE TRUE`. The targets of all groups are given, or none.
//!
//! [`PublishedMap`] is a map as the release has it: [`RuleMap`] with such rules, or [`BlockMap`], the
//! form of the United Kingdom, which has none and gives [`Defaults`] for a coder to decide on.
//! [`SimpleMap`] has targets and nothing else. What the concepts in the place of an inactive one have
//! ([`ThroughSuccessors`]), and those above one without a map ([`NearestMapped`]), is given only where
//! it is asked for, and never as the concept's own. [`select`] and [`explain`] read no index: rows, and whether one concept is a kind of another, come
//! from the caller.
//!
//! # Ages
//!
//! An [`Age`] in a unit is all that the unit covers: 41 years is from the birthday to the day before
//! the next. A limit of a rule is a number, not a count of completed units: `<= 18.0 years` is true
//! on the 18th birthday, false on the day after, and unknown of an age of "18 years". Time is
//! counted in whole days. A year is twelve months and a week is seven days; how many days a month
//! has the calendar says, so that between these two kinds a comparison is unknown where it depends
//! on the month, and settled by [dates](Age::between). A month is completed on the day of the
//! same number, or on the first of the month after where there is none: who was born on 29
//! February is a year old on 1 March.
//!
//! # Example
//! ```
//! use farr::Sctid;
//! use farr::map::{Age, MapRow, MapRule, Missing, Patient, Selection, Truth, select};
//!
//! let row = |priority, rule, target| MapRow::new((1, priority), MapRule::as_published(rule), target);
//! let rows = [
//!     row(1, "IFA 445518008 | Age at onset of clinical finding (observable entity) | < 28.0 days", "P39.9"),
//!     row(2, "OTHERWISE TRUE", "A49.9"),
//! ];
//! // No rule here is on another finding, so nobody asks what is a kind of what.
//! let is_a = |_: Sctid, _: Sctid| Truth::Unknown;
//!
//! let adult = Patient::new().age_at_onset(Age::years(40));
//! assert_eq!(select(&rows, &adult, is_a)?.codes(), Some(vec!["A49.9"]));
//! let newborn = Patient::new().age_at_onset(Age::days(5));
//! assert_eq!(select(&rows, &newborn, is_a)?.codes(), Some(vec!["P39.9"]));
//!
//! match select(&rows, &Patient::new(), is_a)? {
//!     Selection::NeedsContext { missing, candidates } => {
//!         assert_eq!(missing, [Missing::AgeAtOnset]);
//!         let codes: Vec<_> = candidates.iter().map(|candidate| &candidate.row.target).collect();
//!         assert_eq!(codes, ["P39.9", "A49.9"]);
//!     }
//!     other => panic!("{other:?}"),
//! }
//! # Ok::<(), farr::map::SelectionError>(())
//! ```
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod age;
mod block_map;
mod blocks;
mod calendar;
pub mod constants;
mod error;
mod evaluate;
mod explain;
mod limit;
mod missing;
mod nearest;
mod parse;
mod patient;
mod published;
mod reverse;
mod row;
mod rule;
mod rule_map;
mod select;
mod sex;
mod simple;
mod spelling;
mod system;
mod table;
mod target;
mod through;
mod truth;

pub use age::{Age, AgeError};
pub use block_map::BlockMap;
pub use blocks::{BlockRow, Defaults, Sequencing};
pub(crate) use calendar::days_between;
pub use error::{MapRuleError, MapRuleErrorKind};
pub use evaluate::Evaluated;
pub use explain::{ExplainedClause, ExplainedGroup, ExplainedRow, Explanation, explain};
pub use limit::{AgeLimit, Operator, Unit};
pub use missing::Missing;
pub use nearest::NearestMapped;
pub use parse::LENGTH_LIMIT;
pub use patient::{Contradiction, Patient};
pub use published::PublishedMap;
pub use reverse::FoundRow;
pub use row::MapRow;
pub use rule::{AgeOf, Clause, ClauseKind, Condition, MapRule};
pub use rule_map::RuleMap;
pub use select::{Candidate, Selection, SelectionError, Unclassifiable, select};
pub use sex::{Sex, SexError};
pub use simple::SimpleMap;
pub use target::UkTarget;
pub use through::{SuccessorAnswer, ThroughSuccessors};
pub use truth::Truth;

#[cfg(test)]
mod tests;
