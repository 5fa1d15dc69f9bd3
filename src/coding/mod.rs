//! Coding validation: whether a coding is right here, and if not, exactly why.
//!
//! A [`Coding`] is what a record has; a [`Binding`] what a place asks for; [`Facts`] what is known of
//! the patient and the day. A [`Validator`] joins a binding with the releases opened, and gives a
//! [`Verdict`]: accepted, to be looked at, or refused, with [findings](Finding) whose
//! [codes](FindingCode) are kept for ever, the release that was asked, and
//! [suggestions](Suggestion) of what was meant. [`inspect`] says of any text what kinds of code it
//! may be.
//!
//! ```
//! # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
//! # let terminology = farr::Terminology::open([golden])?;
//! use farr::coding::{Binding, Coding, Facts, FindingCode, Outcome, System, Validator};
//!
//! let binding = Binding::new("problem").system(System::Snomed);
//! let validator = Validator::new(&terminology, &binding)?;
//!
//! let verdict = validator.check(&Coding::unstated("401004").display("Squeak"), &Facts::new());
//! assert_eq!(verdict.outcome(), Outcome::Accept);
//!
//! let verdict = validator.check(&Coding::unstated("401005"), &Facts::new());
//! assert_eq!(verdict.outcome(), Outcome::Reject);
//! assert!(verdict.has(FindingCode::WrongCheckDigit));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What the release does not say is never taken for "no": an inactive concept has no place in the
//! hierarchy, so that whether it satisfies a constraint is
//! [unknown](FindingCode::MembershipUnknown); a code that was not looked up, because its system is
//! not open, is [not judged](FindingCode::NotJudged).

mod batch;
mod binding;
mod check;
#[allow(clippy::module_inception)]
mod coding;
mod detail;
mod expression_form;
mod facts;
mod finding;
mod finding_code;
mod inspect;
mod message;
mod number_damage;
mod release_age;
mod subject;
mod system;
mod validator;
mod value_set;
mod verdict;

pub use binding::{Activity, Binding, BindingError, DisplayRule, Form, Membership};
pub use coding::Coding;
pub use expression_form::ExpressionForm;
pub use facts::{Facts, Position};
pub use finding::{Finding, Suggestion, SuggestionKind};
pub use finding_code::FindingCode;
pub use inspect::{Inspected, Knowledge, inspect};
pub use number_damage::origins_of;
pub use release_age::ReleaseAge;
pub use subject::FindingSubject;
pub use system::System;
pub use validator::Validator;
pub use value_set::ValueSet;
pub use verdict::{Outcome, Release, Severity, Verdict};

pub(crate) use validator::releases;

#[cfg(test)]
mod tests;
