//! Where the files of a release are, and their bytes.

mod entry;
mod file_name;
mod find;

pub(crate) use entry::{Chunk, Entry, hash_file};
pub use file_name::ReleaseType;
pub(crate) use file_name::{Content, FileName};
pub(crate) use find::{Archives, Release, Wanted, find, find_entries, package_of};
