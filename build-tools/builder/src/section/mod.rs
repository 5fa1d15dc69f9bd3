//! Writers of the index sections; each mirrors the reader of the same name in the runtime.

mod attribute_index;
pub(crate) mod attributes;
mod buckets;
mod bytes;
pub(crate) mod classification;
pub(crate) mod concepts;
pub(crate) mod descriptions;
pub(crate) mod dmd;
pub(crate) mod hierarchy;
pub(crate) mod history;
pub(crate) mod languages;
mod lists;
pub(crate) mod refsets;
pub mod search;

use farr::index::format::Tag;

/// A finished section.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) tag: Tag,
    pub(crate) items: u64,
    pub(crate) bytes: Vec<u8>,
}

impl Section {
    pub(crate) fn new(tag: Tag, items: usize, bytes: Vec<u8>) -> Section {
        Section { tag, items: items as u64, bytes }
    }
}
