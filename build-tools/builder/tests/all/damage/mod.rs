//! Damaged and crafted indexes, and whatever fuzzing found.

mod classification;
mod comparison;
mod crafted;
mod dmd;
mod regressions;
mod snomed;
