//! The application identifiers that begin with 7.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Check::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(710, "NHRN PZN", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(711, "NHRN CIP", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(712, "NHRN CN", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(713, "NHRN DRN", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(714, "NHRN AIM", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(715, "NHRN NDC", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(716, "NHRN AIC", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(717, "NHRN SRN", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01),
    one(7001, "NSN", &[exactly(N, 13, &[])]).data_attribute().requiring(&[
        &[ai(1)],
        &[ai(2)],
        &[ai(8006)],
        &[ai(8026)],
    ]),
    one(7002, "MEAT CUT", &[up_to(X, 30, &[])]).data_attribute().requiring(REQUIRES_01_02),
    one(7003, "EXPIRY TIME", &[exactly(N, 6, &[Yymmdd]), exactly(N, 4, &[Hhmi])])
        .data_attribute()
        .requiring(REQUIRES_01_02_03),
    one(7004, "ACTIVE POTENCY", &[up_to(N, 4, &[])])
        .data_attribute()
        .requiring(&[&[ai(1), ai(10)], &[ai(3), ai(10)]]),
    one(7005, "CATCH AREA", &[up_to(X, 12, &[])]).data_attribute().requiring(REQUIRES_01_02),
    one(7006, "FIRST FREEZE DATE", &[exactly(N, 6, &[Yymmdd])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7007, "HARVEST DATE", &[exactly(N, 6, &[Yymmdd]), exactly(N, 6, &[Yymmdd]).optional()])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7008, "AQUATIC SPECIES", &[up_to(X, 3, &[])]).data_attribute().requiring(REQUIRES_01_02),
    one(7009, "FISHING GEAR TYPE", &[up_to(X, 10, &[])]).data_attribute().requiring(REQUIRES_01_02),
    one(7010, "PROD METHOD", &[up_to(X, 2, &[])]).data_attribute().requiring(REQUIRES_01_02_03),
    one(7011, "TEST BY DATE", &[exactly(N, 6, &[Yymmdd]), exactly(N, 4, &[Hhmi]).optional()])
        .data_attribute()
        .requiring(REQUIRES_01_02_03),
    one(7020, "REFURB LOT", &[up_to(X, 20, &[])]).data_attribute().requiring(&[
        &[ai(1), ai(416)],
        &[ai(3), ai(416)],
        &[ai(8006), ai(416)],
    ]),
    one(7021, "FUNC STAT", &[up_to(X, 20, &[])]).data_attribute().requiring(REQUIRES_01_03_8006),
    one(7022, "REV STAT", &[up_to(X, 20, &[])]).data_attribute().requiring(&[
        &[ai(1), ai(7021)],
        &[ai(3), ai(7021)],
        &[ai(8006), ai(7021)],
    ]),
    one(7023, "GIAI - ASSEMBLY", &[up_to(X, 30, &[GcpPos1])]).data_attribute(),
    one(7030, "PROCESSOR # 0", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7031, "PROCESSOR # 1", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7032, "PROCESSOR # 2", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7033, "PROCESSOR # 3", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7034, "PROCESSOR # 4", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7035, "PROCESSOR # 5", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7036, "PROCESSOR # 6", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7037, "PROCESSOR # 7", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7038, "PROCESSOR # 8", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(7039, "PROCESSOR # 9", &[exactly(N, 3, &[Iso3166999]), up_to(X, 27, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_02),
    one(
        7040,
        "UIC+EXT",
        &[
            exactly(N, 1, &[]),
            exactly(X, 1, &[]),
            exactly(X, 1, &[]),
            exactly(X, 1, &[ImporterIdx]),
        ],
    ),
    one(7041, "UFRGT UNIT TYPE", &[up_to(X, 4, &[PackageType])]).requiring(REQUIRES_00),
    one(7230, "CERT # 1", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7231, "CERT # 2", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7232, "CERT # 3", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7233, "CERT # 4", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7234, "CERT # 5", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7235, "CERT # 6", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7236, "CERT # 7", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7237, "CERT # 8", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7238, "CERT # 9", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7239, "CERT # 10", &[exactly(X, 2, &[]), up_to(X, 28, &[])])
        .data_attribute()
        .requiring(REQUIRES_01_8004),
    one(7240, "PROTOCOL", &[up_to(X, 20, &[])])
        .data_attribute()
        .requiring(&[&[ai(1)], &[ai(8006)]])
        .excluding(&[ai(3)]),
    one(7241, "AIDC MEDIA TYPE", &[exactly(N, 2, &[MediaType])])
        .data_attribute()
        .requiring(REQUIRES_8017_8018),
    one(7242, "VCN", &[up_to(X, 25, &[])]).data_attribute().requiring(REQUIRES_8017_8018),
    one(7250, "DOB", &[exactly(N, 8, &[Yyyymmdd])])
        .data_attribute()
        .requiring(REQUIRES_8018)
        .excluding(&[ai(7251)]),
    one(7251, "DOB TIME", &[exactly(N, 8, &[Yyyymmdd]), exactly(N, 4, &[Hhmi])])
        .data_attribute()
        .requiring(REQUIRES_8018)
        .excluding(&[ai(7250)]),
    one(7252, "BIO SEX", &[exactly(N, 1, &[Iso5218])]).data_attribute().requiring(REQUIRES_8018),
    one(7253, "FAMILY NAME", &[up_to(X, 40, &[PcEnc])])
        .data_attribute()
        .requiring(REQUIRES_8017_8018)
        .excluding(&[ai(7256), ai(7259)]),
    one(7254, "GIVEN NAME", &[up_to(X, 40, &[PcEnc])])
        .data_attribute()
        .requiring(REQUIRES_8017_8018)
        .excluding(&[ai(7256), ai(7259)]),
    one(7255, "SUFFIX", &[up_to(X, 10, &[])])
        .data_attribute()
        .requiring(REQUIRES_8017_8018)
        .excluding(&[ai(7256), ai(7259)]),
    one(7256, "FULL NAME", &[up_to(X, 90, &[PcEnc])])
        .data_attribute()
        .requiring(REQUIRES_8017_8018),
    one(7257, "PERSON ADDR", &[up_to(X, 70, &[PcEnc])]).data_attribute().requiring(REQUIRES_8018),
    one(7258, "BIRTH SEQUENCE", &[exactly(X, 3, &[PosInSeqSlash])])
        .data_attribute()
        .requiring(&[&[ai(8018), ai(7259)]]),
    one(7259, "BABY", &[up_to(X, 40, &[PcEnc])])
        .data_attribute()
        .requiring(REQUIRES_8018)
        .excluding(&[ai(7256)]),
];
