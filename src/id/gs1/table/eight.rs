//! The application identifiers that begin with 8.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Check::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(
        8001,
        "DIMENSIONS",
        &[
            exactly(N, 4, &[NonZero]),
            exactly(N, 5, &[NonZero]),
            exactly(N, 3, &[NonZero]),
            exactly(N, 1, &[Winding]),
            exactly(N, 1, &[]),
        ],
    )
    .data_attribute()
    .requiring(REQUIRES_01),
    one(8002, "CMT No.", &[up_to(X, 20, &[])]).data_attribute(),
    one(
        8003,
        "GRAI",
        &[exactly(N, 1, &[Zero]), exactly(N, 13, &[Csum, GcpPos1]), up_to(X, 16, &[]).optional()],
    )
    .data_attribute()
    .with_key(&[]),
    one(8004, "GIAI", &[up_to(X, 30, &[GcpPos1])]).data_attribute().with_key(&[&[7040]]),
    one(8005, "PRICE PER UNIT", &[exactly(N, 6, &[])]).data_attribute().requiring(REQUIRES_01_02),
    one(8006, "ITIP", &[exactly(N, 14, &[Csum, GcpPos2]), exactly(N, 4, &[PieceOfTotal])])
        .data_attribute()
        .excluding(&[ai(1), ai(3), ai(37)])
        .with_key(&[&[22, 10, 21]]),
    one(8007, "IBAN", &[up_to(X, 34, &[Iban])]).data_attribute().requiring(&[&[ai(415)]]),
    one(
        8008,
        "PROD TIME",
        &[
            exactly(N, 6, &[Yymmdd]),
            exactly(N, 2, &[Hh]),
            exactly(N, 2, &[Mi]).optional(),
            exactly(N, 2, &[Ss]).optional(),
        ],
    )
    .data_attribute()
    .requiring(REQUIRES_01_02_03),
    one(8009, "OPTSEN", &[up_to(X, 50, &[])]).data_attribute().requiring(&[
        &[ai(0)],
        &[ai(1)],
        &[ai(3)],
    ]),
    one(8010, "CPID", &[up_to(Y, 30, &[GcpPos1])]).data_attribute().with_key(&[&[8011]]),
    one(8011, "CPID SERIAL", &[up_to(N, 12, &[NoZeroPrefix])]).requiring(&[&[ai(8010)]]),
    one(8012, "VERSION", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01_03_8006),
    one(8013, "GMN", &[up_to(X, 25, &[CsumAlpha, GcpPos1])]).data_attribute().with_key(&[]),
    one(8014, "MUDI", &[up_to(X, 25, &[CsumAlpha, GcpPos1, HasNonDigit])]).requiring(REQUIRES_01),
    one(8017, "GSRN - PROVIDER", &[exactly(N, 18, &[Csum, GcpPos1])])
        .data_attribute()
        .excluding(&[ai(8018)])
        .with_key(&[&[8019]]),
    one(8018, "GSRN - RECIPIENT", &[exactly(N, 18, &[Csum, GcpPos1])])
        .data_attribute()
        .excluding(&[ai(8017)])
        .with_key(&[&[8019]]),
    one(8019, "SRIN", &[up_to(N, 10, &[])]).requiring(REQUIRES_8017_8018),
    one(8020, "REF No.", &[up_to(X, 25, &[])]).requiring(&[&[ai(415)]]),
    one(8026, "ITIP CONTENT", &[exactly(N, 14, &[Csum, GcpPos2]), exactly(N, 4, &[PieceOfTotal])])
        .data_attribute()
        .requiring(&[&[ai(37)]])
        .excluding(&[ai(2), ai(3), ai(8006)]),
    one(8030, "DIGSIG", &[up_to(Z, 90, &[])]).data_attribute().requiring(&[
        &[ai(0)],
        &[ai(1), ai(21)],
        &[ai(3), ai(21)],
        &[ai(253)],
        &[ai(255)],
        &[ai(8003)],
        &[ai(8004)],
        &[ai(8006), ai(21)],
        &[ai(8010), ai(8011)],
        &[ai(8017)],
        &[ai(8018)],
    ]),
    one(8040, "IMEI", &[exactly(N, 15, &[])]).requiring(&[&[ai(1), ai(21)]]),
    one(8041, "IMEI2", &[exactly(N, 15, &[])]).requiring(REQUIRES_01_WITH_21_WITH_8040),
    one(8042, "ESIM", &[exactly(N, 32, &[])]).requiring(REQUIRES_01_WITH_21_WITH_8040),
    one(8043, "PSIM", &[exactly(N, 18, &[]), up_to(N, 2, &[]).optional()])
        .requiring(REQUIRES_01_WITH_21_WITH_8040),
    one(8110, "", &[up_to(X, 70, &[CouponCode])]).data_attribute(),
    one(8111, "POINTS", &[exactly(N, 4, &[])]).data_attribute().requiring(&[&[ai(255)]]),
    one(8112, "", &[up_to(X, 70, &[CouponPosOffer])]).data_attribute(),
    one(8200, "PRODUCT URL", &[up_to(X, 70, &[])]).requiring(REQUIRES_01),
];
