//! The application identifiers that begin with 2.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Check::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(20, "VARIANT", &[exactly(N, 2, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(21, "SERIAL", &[up_to(X, 20, &[])]).requiring(REQUIRES_01_03_8006).excluding(&[ai(235)]),
    one(22, "CPV", &[up_to(X, 20, &[])]).requiring(REQUIRES_01),
    one(235, "TPX", &[up_to(X, 28, &[])]).requiring(REQUIRES_01),
    one(240, "ADDITIONAL ID", &[up_to(X, 30, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(241, "CUST. PART No.", &[up_to(X, 30, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(242, "MTO VARIANT", &[up_to(N, 6, &[])]).data_attribute().requiring(&[
        &[ai(1)],
        &[ai(2)],
        &[ai(8006)],
        &[ai(8026)],
    ]),
    one(243, "PCN", &[up_to(X, 20, &[])]).data_attribute().requiring(&[&[ai(1)], &[ai(3)]]),
    one(250, "SECONDARY SERIAL", &[up_to(X, 30, &[])]).data_attribute().requiring(&[
        &[ai(1), ai(21)],
        &[ai(3), ai(21)],
        &[ai(8006), ai(21)],
    ]),
    one(251, "REF. TO SOURCE", &[up_to(X, 30, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_03_8006),
    one(253, "GDTI", &[exactly(N, 13, &[Csum, GcpPos1]), up_to(X, 17, &[]).optional()])
        .data_attribute()
        .with_key(&[]),
    one(254, "GLN EXTENSION COMPONENT", &[up_to(X, 20, &[])]).requiring(&[&[ai(414)]]),
    one(255, "GCN", &[exactly(N, 13, &[Csum, GcpPos1]), up_to(N, 12, &[]).optional()])
        .data_attribute()
        .with_key(&[])
        .excluding(&[ai(1), ai(2), ai(415), ai(8006), ai(8020), ai(8026)]),
];
