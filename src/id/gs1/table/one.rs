//! The application identifiers that begin with 1.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Check::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(10, "BATCH/LOT", &[up_to(X, 20, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(11, "PROD DATE", &[exactly(N, 6, &[Yymmd0])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(12, "DUE DATE", &[exactly(N, 6, &[Yymmd0])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_8020),
    one(13, "PACK DATE", &[exactly(N, 6, &[Yymmd0])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(15, "BEST BEFORE or BEST BY", &[exactly(N, 6, &[Yymmd0])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(16, "SELL BY", &[exactly(N, 6, &[Yymmd0])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026),
    one(17, "USE BY or EXPIRY", &[exactly(N, 6, &[Yymmd0])])
        .predefined_length()
        .data_attribute()
        .requiring(&[&[ai(1)], &[ai(2)], &[ai(3)], &[ai(255)], &[ai(8006)], &[ai(8026)]]),
];
