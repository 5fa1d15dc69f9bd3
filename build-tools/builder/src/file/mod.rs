//! Writing the index file and publishing it.

mod staged;
mod writer;

pub(crate) use staged::{Staged, map_ours};
pub(crate) use writer::IndexWriter;
