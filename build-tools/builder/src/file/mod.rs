//! Writing the index file and publishing it.

mod staged;
mod unfinished;
mod writer;

pub(crate) use staged::{Staged, map_ours};
pub use unfinished::{Unfinished, remove_unfinished};
pub(crate) use writer::IndexWriter;
