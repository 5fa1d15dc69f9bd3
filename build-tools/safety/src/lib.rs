//! Holds the clinical safety pack in `docs/safety` to the tests that it names.
//!
//! A hazard log that names controls is worth as much as the proof that the controls are there. Here
//! every control names the tests that prove it, and [`check`](check::check) finds those that are not
//! in the source, are ignored, are compiled into no test binary, or skip themselves where data is
//! missing. [`evidence`](evidence::evidence) joins the controls with the output of a real run.

pub mod assumption;
pub mod cases;
pub mod changelog;
pub mod check;
pub mod evidence;
pub mod generated;
pub mod hazard;
pub mod problem;
pub mod risk;
pub mod source;
pub mod tree;

pub use check::{Pack, check};
pub use problem::Problem;
pub use tree::Tree;
