//! The application identifiers that begin with 4.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Check::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(400, "ORDER NUMBER", &[up_to(X, 30, &[])]).data_attribute(),
    one(401, "GINC", &[up_to(X, 30, &[GcpPos1])]).data_attribute().with_key(&[]),
    one(402, "GSIN", &[exactly(N, 17, &[Csum, GcpPos1])]).data_attribute().with_key(&[]),
    one(403, "ROUTE", &[up_to(X, 30, &[])]).data_attribute().requiring(REQUIRES_00),
    one(410, "SHIP TO LOC", &[exactly(N, 13, &[Csum, GcpPos1])])
        .predefined_length()
        .data_attribute(),
    one(411, "BILL TO", &[exactly(N, 13, &[Csum, GcpPos1])]).predefined_length().data_attribute(),
    one(412, "PURCHASE FROM", &[exactly(N, 13, &[Csum, GcpPos1])])
        .predefined_length()
        .data_attribute(),
    one(413, "SHIP FOR LOC", &[exactly(N, 13, &[Csum, GcpPos1])])
        .predefined_length()
        .data_attribute(),
    one(414, "LOC No.", &[exactly(N, 13, &[Csum, GcpPos1])])
        .predefined_length()
        .data_attribute()
        .with_key(&[&[254], &[7040]]),
    one(415, "PAY TO", &[exactly(N, 13, &[Csum, GcpPos1])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_8020)
        .with_key(&[&[8020]]),
    one(416, "PROD/SERV LOC", &[exactly(N, 13, &[Csum, GcpPos1])])
        .predefined_length()
        .data_attribute(),
    one(417, "PARTY", &[exactly(N, 13, &[Csum, GcpPos1])])
        .predefined_length()
        .data_attribute()
        .with_key(&[&[7040]]),
    one(420, "SHIP TO POST", &[up_to(X, 20, &[])]).data_attribute().excluding(&[ai(421)]),
    one(421, "SHIP TO POST", &[exactly(N, 3, &[Iso3166]), up_to(X, 9, &[])])
        .data_attribute()
        .excluding(&[ai(4307)]),
    one(422, "ORIGIN", &[exactly(N, 3, &[Iso3166])])
        .data_attribute()
        .requiring(REQUIRES_01_02_03_8006_8026)
        .excluding(&[ai(426)]),
    one(
        423,
        "COUNTRY - INITIAL PROCESS",
        &[
            exactly(N, 3, &[Iso3166]),
            exactly(N, 3, &[Iso3166]).optional(),
            exactly(N, 3, &[Iso3166]).optional(),
            exactly(N, 3, &[Iso3166]).optional(),
            exactly(N, 3, &[Iso3166]).optional(),
        ],
    )
    .data_attribute()
    .requiring(REQUIRES_01_02_03)
    .excluding(&[ai(426)]),
    one(424, "COUNTRY - PROCESS", &[exactly(N, 3, &[Iso3166])])
        .data_attribute()
        .requiring(REQUIRES_01_02_03)
        .excluding(&[ai(426)]),
    one(
        425,
        "COUNTRY - DISASSEMBLY",
        &[
            exactly(N, 3, &[Iso3166]),
            exactly(N, 3, &[Iso3166]).optional(),
            exactly(N, 3, &[Iso3166]).optional(),
            exactly(N, 3, &[Iso3166]).optional(),
            exactly(N, 3, &[Iso3166]).optional(),
        ],
    )
    .data_attribute()
    .requiring(REQUIRES_01_02_03)
    .excluding(&[ai(426)]),
    one(426, "COUNTRY - FULL PROCESS", &[exactly(N, 3, &[Iso3166])])
        .data_attribute()
        .requiring(REQUIRES_01_02_03),
    one(427, "ORIGIN SUBDIVISION", &[up_to(X, 3, &[])]).data_attribute().requiring(&[
        &[ai(1), ai(422)],
        &[ai(2), ai(422)],
        &[ai(3), ai(422)],
    ]),
    one(4300, "SHIP TO COMP", &[up_to(X, 35, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4301, "SHIP TO NAME", &[up_to(X, 35, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4302, "SHIP TO ADD1", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4303, "SHIP TO ADD2", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(&[&[ai(4302)]]),
    one(4304, "SHIP TO SUB", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4305, "SHIP TO LOC", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4306, "SHIP TO REG", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4307, "SHIP TO COUNTRY", &[exactly(X, 2, &[Iso3166Alpha2])])
        .data_attribute()
        .requiring(REQUIRES_00),
    one(4308, "SHIP TO PHONE", &[up_to(X, 30, &[])]).data_attribute().requiring(REQUIRES_00),
    one(4309, "SHIP TO GEO", &[exactly(N, 10, &[Latitude]), exactly(N, 10, &[Longitude])])
        .data_attribute()
        .requiring(REQUIRES_00),
    one(4310, "RTN TO COMP", &[up_to(X, 35, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4311, "RTN TO NAME", &[up_to(X, 35, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4312, "RTN TO ADD1", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4313, "RTN TO ADD2", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(&[&[ai(4312)]]),
    one(4314, "RTN TO SUB", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4315, "RTN TO LOC", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4316, "RTN TO REG", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4317, "RTN TO COUNTRY", &[exactly(X, 2, &[Iso3166Alpha2])])
        .data_attribute()
        .requiring(REQUIRES_00),
    one(4318, "RTN TO POST", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_00),
    one(4319, "RTN TO PHONE", &[up_to(X, 30, &[])]).data_attribute().requiring(REQUIRES_00),
    one(4320, "SRV DESCRIPTION", &[up_to(X, 35, &[PcEnc])]).data_attribute().requiring(REQUIRES_00),
    one(4321, "DANGEROUS GOODS", &[exactly(N, 1, &[YesNo])])
        .data_attribute()
        .requiring(REQUIRES_00),
    one(4322, "AUTH TO LEAVE", &[exactly(N, 1, &[YesNo])]).data_attribute().requiring(REQUIRES_00),
    one(4323, "SIG REQUIRED", &[exactly(N, 1, &[YesNo])]).data_attribute().requiring(REQUIRES_00),
    one(4324, "NOT BEF DEL DT", &[exactly(N, 6, &[Yymmd0]), exactly(N, 4, &[Hhmi])])
        .data_attribute()
        .requiring(REQUIRES_00),
    one(4325, "NOT AFT DEL DT", &[exactly(N, 6, &[Yymmd0]), exactly(N, 4, &[Hhmi])])
        .data_attribute()
        .requiring(REQUIRES_00),
    one(4326, "REL DATE", &[exactly(N, 6, &[Yymmdd])]).data_attribute().requiring(REQUIRES_00),
    one(4330, "MAX TEMP F.", &[exactly(N, 6, &[]), exactly(X, 1, &[Hyphen]).optional()])
        .data_attribute()
        .requiring(REQUIRES_00)
        .excluding(&[ai(4331)]),
    one(4331, "MAX TEMP C.", &[exactly(N, 6, &[]), exactly(X, 1, &[Hyphen]).optional()])
        .data_attribute()
        .requiring(REQUIRES_00)
        .excluding(&[ai(4330)]),
    one(4332, "MIN TEMP F.", &[exactly(N, 6, &[]), exactly(X, 1, &[Hyphen]).optional()])
        .data_attribute()
        .requiring(REQUIRES_00)
        .excluding(&[ai(4333)]),
    one(4333, "MIN TEMP C.", &[exactly(N, 6, &[]), exactly(X, 1, &[Hyphen]).optional()])
        .data_attribute()
        .requiring(REQUIRES_00)
        .excluding(&[ai(4332)]),
];
