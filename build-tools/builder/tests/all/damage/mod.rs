//! Damaged and crafted indexes, and whatever fuzzing found.

mod at_once;
mod classification;
mod comparison;
mod crafted;
mod dmd;
mod regressions;
mod snomed;
