//! The sections of an index, each written by a module that is named like the one that reads it.

pub mod search;
