//! Releases of SNOMED CT as a whole, generated and real, against models of them.

mod model;
mod reproducible;
mod shared_data;
mod types;
