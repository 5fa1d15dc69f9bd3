//! What tests and fuzz targets share: asking an opened index everything, damaging an index on
//! purpose, and the bodies of the fuzz targets.
//!
//! Nothing here is part of the interface of `farr`; it uses that interface and nothing else, so
//! that what holds here holds for whoever embeds it.

mod answers;
mod changes;
mod checksums;
mod classification;
mod codelist;
mod craft;
mod damage;
mod digest;
mod dmd;
mod dmd_xml;
mod expression;
mod gs1;
mod hierarchy;
mod history;
mod icd10;
mod layout;
mod map_rule;
mod names;
mod pointer;
mod products;
mod random;
mod refsets;
mod rf2;
mod rule_pack;
mod search;
mod tables;
pub mod target;

pub use answers::{Limits, answers};
pub use changes::{Changed, changed};
pub use checksums::repair;
pub use classification::classification_answers;
pub use craft::craft;
pub use damage::Damage;
pub use digest::Digest;
pub use dmd::dmd_answers;
pub use dmd_xml::DmdXml;
pub use layout::{section, section_entry, sections};
pub use random::Random;
pub use rf2::Rf2;
