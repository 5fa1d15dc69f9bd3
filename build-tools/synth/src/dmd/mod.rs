//! dm+d, the NHS dictionary of medicines and devices, in its release 2 XML: what a release holds,
//! and how it is laid out in files.
//!
//! The products are [`plan`]ned once; every record is then a function of its place in the plan.

mod actual_products;
mod codes;
pub(crate) mod day;
mod forms;
mod gtin;
mod history;
pub(crate) mod ids;
mod levels;
mod lookup;
mod names;
pub(crate) mod package;
pub(crate) mod plan;
mod product;
mod supplementary;
mod virtual_products;
mod xml;
