//! Where the files of a release are, and their bytes.

mod entry;
mod file_name;
mod find;

pub(crate) use entry::{Chunk, Entry, hash_file};
pub(crate) use file_name::Content;
pub(crate) use find::{find, find_entries};
