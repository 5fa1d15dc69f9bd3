//! ICD-10, ICD-10-CM and OPCS-4: from their files to an index.

#![allow(dead_code, unused_imports, reason = "the readers and the sections come next")]

mod edition;
mod order;
mod read;
mod sex;

pub(crate) use edition::{Class, ClassKind, ClassText, Edition, Reference};
pub(crate) use order::{Ordered, OrderedRubric, order};
pub(crate) use read::{Family, read};
pub(crate) use sex::Meanings;
