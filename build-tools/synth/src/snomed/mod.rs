//! SNOMED CT in RF2: what a release holds, and how it is laid out in files.

pub(crate) mod attributes;
pub(crate) mod concepts;
pub(crate) mod content;
mod dates;
pub(crate) mod descriptions;
mod fixed;
mod hierarchy;
pub(crate) mod history;
mod history_tables;
mod inheritance;
pub(crate) mod kind;
mod maps;
pub(crate) mod module;
mod owl;
mod package;
mod refsets;
mod relationships;
mod terms;
pub(crate) mod versions;
pub(crate) mod vocabulary;

pub use package::WrittenFile;
pub use versions::ReleaseType;
