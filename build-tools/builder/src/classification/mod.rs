//! ICD-10, ICD-10-CM and OPCS-4: from their files to an index.

#![allow(dead_code, unused_imports, reason = "the readers and the sections come next")]

mod edition;

pub(crate) use edition::{Class, ClassKind, ClassText, Edition, Reference};
