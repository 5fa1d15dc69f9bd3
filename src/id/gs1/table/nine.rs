//! The application identifiers that begin with 9.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(90, "INTERNAL", &[up_to(X, 30, &[])]).data_attribute(),
    many(91, 99, "INTERNAL", &[up_to(X, 90, &[])]).data_attribute(),
];
