//! Rule packs: what is required of codings, as data.
//!
//! A pack is a file, TOML or JSON, of named [bindings](farr::coding::Binding), each with its
//! [source](Source). The rules of a data set change without a release of farr or of the program that
//! embeds it, and whoever answers for them can read them. [`read`] takes a file, [`shipped`] are those
//! that come with farr, and [`binding`] gives one binding by `PACK#BINDING`:
//!
//! ```
//! # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-classifications.farr");
//! # let terminology = farr::Terminology::open([golden])?;
//! use farr::coding::{Coding, Facts, FindingCode, Validator};
//! use farr_codelists::rules;
//!
//! let diagnosis = rules::binding("nhs-cds#diagnosis")?;
//! let validator = Validator::new(&terminology, diagnosis.binding())?;
//! let verdict = validator.check(&Coding::unstated("A46"), &Facts::new());
//! // Three characters are filled to four: A46X.
//! assert!(verdict.has(FindingCode::WrongForm));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is wrong with a pack is told whole: every problem, with line and column and what was
//! expected. A pack with a problem gives no binding: a rule that is left out would accept what it was
//! written to refuse. `docs/rules.md` has the fields, `docs/rule-pack.schema.json` the schema.

mod cell_finding;
mod error;
mod example;
mod fields;
mod named;
mod nearest;
mod pack;
mod reader;
mod reference;
mod schema;
mod shape;
mod shipped;
mod source;
mod tree;
mod value_set;

pub use cell_finding::CellFinding;
pub use error::{Problem, RulesError};
pub use example::{Example, Shown};
pub use named::Amiss;
pub use pack::{NamedBinding, RulePack};
pub use reference::{binding, named, of_bytes, read};
pub use schema::schema;
pub use shipped::shipped;
pub use source::{Source, Sure};
