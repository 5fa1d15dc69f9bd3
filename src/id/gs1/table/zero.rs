//! The application identifiers that begin with 0.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Check::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(0, "SSCC", &[exactly(N, 18, &[Csum, GcpPos2])])
        .predefined_length()
        .data_attribute()
        .with_key(&[]),
    one(1, "GTIN", &[exactly(N, 14, &[Csum, GcpPos2])])
        .predefined_length()
        .data_attribute()
        .excluding(&[ai(255), ai(37)])
        .with_key(&[&[22, 10, 21], &[235]]),
    one(2, "CONTENT", &[exactly(N, 14, &[Csum, GcpPos2])])
        .predefined_length()
        .data_attribute()
        .excluding(&[ai(1), ai(3)])
        .requiring(&[&[ai(37)]]),
    one(3, "MTO GTIN", &[exactly(N, 14, &[Csum, GcpPos2])]).predefined_length().excluding(&[
        ai(1),
        ai(2),
        ai(37),
        ai(235),
    ]),
];
