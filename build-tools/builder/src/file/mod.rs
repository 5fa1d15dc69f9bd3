//! Writing the index file and publishing it.

mod staged;
mod writer;

pub(crate) use staged::Staged;
pub(crate) use writer::IndexWriter;
