//! Lists of clinical codes and value sets: the files that hold them, and the codes they come to.
//!
//! - [`read()`] takes a file of any of the [formats](Format), found out from its content, and gives
//!   a [`Codelist`]: what the file states, with nothing looked up, and [what is amiss](Finding) with
//!   the line and the character where it stands.
//!
//! - [`expand()`] gives the codes that a list comes to in the releases opened, with their terms.
//! - [`compress_concepts`] gives a small expression constraint that comes to a set of concepts, and
//!   [`definition_of`] a definition.
//! - [`write()`] writes any of the formats.
//! - [`diff`] tells what a newer release changes for lists and rule packs.
//! - [`rules`] reads rule packs: what is required of codings, as data.
//!
//! What is wrong is told and never dropped: a code that a spreadsheet rounded is a finding, and no
//! code; a filter that is not understood is an error, as the list without it would be another.

mod code;
pub mod compress;
mod delimited;
pub mod diff;
mod ecl_file;
mod expand;
mod expression;
mod finding;
mod format;
mod list;
mod named;
mod origins;
mod place;
mod read;
pub mod rules;
mod system;
mod table;
mod valueset;
mod write;

pub use code::{Code, Flaw};
pub use expand::{
    ExpandError, ExpandErrorKind, ExpandOptions, Expansion, Member, Standing, definition_of, expand,
};
pub use expression::{CompressError, Compressed, IsA, compress_concepts};
pub use finding::{Finding, FindingKind, ReadError, ReadErrorKind};
pub use format::Format;
pub use list::{
    Cluster, Codelist, Codes, Compose, Content, Definition, DefinitionRow, Entry, Filter, OtherId,
    Part, Selection, Status, ValueSet,
};
pub use origins::KnownIds;
pub use place::Place;
pub use read::{ReadOptions, read};
pub use system::{ListSystem, System};
pub use write::{WriteError, write};
