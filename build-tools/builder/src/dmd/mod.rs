//! dm+d: finding its files, reading them by their schema, and numbering what they hold.

mod find;
mod log;
mod numbering;
mod read;
mod value;
mod xml;

pub(crate) use numbering::DmdNumbering;
pub(crate) use read::{DmdRelease, read};
pub(crate) use value::ABSENT;
pub(crate) use xml::{Cells, FileCells};
