//! The index file: its layout, opening it, and verifying it.
//!
//! [`mod@format`] has the constants of the format, and `docs/format.md` describes it so that a reader can
//! be written from that alone. Everything here reads a file that may be
//! damaged or crafted: no input causes a panic, an endless loop, an unbounded allocation or
//! undefined behaviour. Reads are checked, arithmetic is checked, and the only `unsafe` of the
//! package is the memory mapping in one module of its own.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

pub mod bucket;
mod error;
mod file;
pub mod format;
mod guard;
mod header;
mod meta;

#[allow(unsafe_code)]
mod mmap;
mod options;
pub(crate) mod parts;
pub(crate) mod plain_file;
mod view;

pub use error::{Corrupt, OpenError};
pub use file::{IndexFile, SectionInfo, known_sections};
pub use header::{Header, SectionEntry};
pub use meta::{Meta, MetaClassification, SetAside, SourceFile};
pub use options::{OpenOptions, Verification};

pub(crate) use mmap::Promise;
pub(crate) use view::{Section, Source, View};
