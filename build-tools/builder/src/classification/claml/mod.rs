//! ClaML, the Classification Markup Language of [EN ISO 13120][iso], in which the WHO publishes ICD-10.
//!
//! What a file says of classes and modifiers is read whatever their codes are (`read`), the classes
//! that modifiers make are made (`expand`), and what has codes of ICD-10 becomes an edition of it
//! (`convert`).
//!
//! [iso]: https://www.iso.org/standard/69316.html

mod compose;
mod convert;
mod expand;
mod label;
mod model;
#[cfg(test)]
mod naive;
mod read;
#[cfg(test)]
mod tests;
mod tree;

pub(super) use convert::convert;
pub(super) use expand::expand;
pub(super) use read::read;
