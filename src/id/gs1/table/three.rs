//! The application identifiers that begin with 3.

use super::build::*;
use crate::id::gs1::{CharacterSet::*, Check::*, Definition};

pub(super) const DEFINITIONS: &[Definition] = &[
    one(30, "VAR. COUNT", &[up_to(N, 8, &[])]).data_attribute().requiring(REQUIRES_01_02),
    one(37, "COUNT", &[up_to(N, 8, &[])])
        .data_attribute()
        .requiring(&[&[ai(0), ai(2)], &[ai(0), ai(8026)]]),
    many(3100, 3105, "NET WEIGHT (kg)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3100, 3109)]),
    many(3110, 3115, "LENGTH (m)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3110, 3119)]),
    many(3120, 3125, "WIDTH (m)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3120, 3129)]),
    many(3130, 3135, "HEIGHT (m)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3130, 3139)]),
    many(3140, 3145, "AREA (m²)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3140, 3149)]),
    many(3150, 3155, "NET VOLUME (l)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3150, 3159)]),
    many(3160, 3165, "NET VOLUME (m³)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3160, 3169)]),
    many(3200, 3205, "NET WEIGHT (lb)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3200, 3209)]),
    many(3210, 3215, "LENGTH (in)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3210, 3219)]),
    many(3220, 3225, "LENGTH (ft)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3220, 3229)]),
    many(3230, 3235, "LENGTH (yd)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3230, 3239)]),
    many(3240, 3245, "WIDTH (in)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3240, 3249)]),
    many(3250, 3255, "WIDTH (ft)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3250, 3259)]),
    many(3260, 3265, "WIDTH (yd)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3260, 3269)]),
    many(3270, 3275, "HEIGHT (in)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3270, 3279)]),
    many(3280, 3285, "HEIGHT (ft)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3280, 3289)]),
    many(3290, 3295, "HEIGHT (yd)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3290, 3299)]),
    many(3300, 3305, "GROSS WEIGHT (kg)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3300, 3309)]),
    many(3310, 3315, "LENGTH (m), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3310, 3319)]),
    many(3320, 3325, "WIDTH (m), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3320, 3329)]),
    many(3330, 3335, "HEIGHT (m), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3330, 3339)]),
    many(3340, 3345, "AREA (m²), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3340, 3349)]),
    many(3350, 3355, "VOLUME (l), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3350, 3359)]),
    many(3360, 3365, "VOLUME (m³), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3360, 3369)]),
    many(3370, 3375, "KG PER m²", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01)
        .excluding(&[range(3370, 3379)]),
    many(3400, 3405, "GROSS WEIGHT (lb)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3400, 3409)]),
    many(3410, 3415, "LENGTH (in), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3410, 3419)]),
    many(3420, 3425, "LENGTH (ft), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3420, 3429)]),
    many(3430, 3435, "LENGTH (yd), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3430, 3439)]),
    many(3440, 3445, "WIDTH (in), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3440, 3449)]),
    many(3450, 3455, "WIDTH (ft), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3450, 3459)]),
    many(3460, 3465, "WIDTH (yd), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3460, 3469)]),
    many(3470, 3475, "HEIGHT (in), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3470, 3479)]),
    many(3480, 3485, "HEIGHT (ft), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3480, 3489)]),
    many(3490, 3495, "HEIGHT (yd), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3490, 3499)]),
    many(3500, 3505, "AREA (in²)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3500, 3509)]),
    many(3510, 3515, "AREA (ft²)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3510, 3519)]),
    many(3520, 3525, "AREA (yd²)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3520, 3529)]),
    many(3530, 3535, "AREA (in²), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3530, 3539)]),
    many(3540, 3545, "AREA (ft²), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3540, 3549)]),
    many(3550, 3555, "AREA (yd²), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3550, 3559)]),
    many(3560, 3565, "NET WEIGHT (tr oz)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3560, 3569)]),
    many(3570, 3575, "NET VOLUME (oz)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3570, 3579)]),
    many(3600, 3605, "NET VOLUME (qt (US))", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3600, 3609)]),
    many(3610, 3615, "NET VOLUME (gal.)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3610, 3619)]),
    many(3620, 3625, "VOLUME (qt (US)), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3620, 3629)]),
    many(3630, 3635, "VOLUME (gal (US)), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3630, 3639)]),
    many(3640, 3645, "NET VOLUME (in³)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3640, 3649)]),
    many(3650, 3655, "NET VOLUME (ft³)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3650, 3659)]),
    many(3660, 3665, "NET VOLUME (yd³)", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_01_02)
        .excluding(&[range(3660, 3669)]),
    many(3670, 3675, "VOLUME (in³), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3670, 3679)]),
    many(3680, 3685, "VOLUME (ft³), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3680, 3689)]),
    many(3690, 3695, "VOLUME (yd³), log", &[exactly(N, 6, &[])])
        .predefined_length()
        .data_attribute()
        .requiring(REQUIRES_00_01)
        .excluding(&[range(3690, 3699)]),
    many(3900, 3909, "AMOUNT", &[up_to(N, 15, &[])])
        .data_attribute()
        .requiring(&[&[ai(255)], &[ai(8020)]])
        .excluding(&[range(3900, 3909), range(3910, 3919), range(3940, 3949), ai(8111)]),
    many(3910, 3919, "AMOUNT", &[exactly(N, 3, &[Iso4217]), up_to(N, 15, &[])])
        .data_attribute()
        .requiring(REQUIRES_8020)
        .excluding(&[range(3910, 3919)]),
    many(3920, 3929, "PRICE", &[up_to(N, 15, &[])])
        .data_attribute()
        .requiring(&[
            &[ai(1), ai(30)],
            &[ai(1), range(3100, 3199)],
            &[ai(1), range(3200, 3299)],
            &[ai(1), range(3500, 3599)],
            &[ai(1), range(3600, 3699)],
        ])
        .excluding(&[range(3920, 3929), range(3930, 3939)]),
    many(3930, 3939, "PRICE", &[exactly(N, 3, &[Iso4217]), up_to(N, 15, &[])])
        .data_attribute()
        .requiring(&[
            &[ai(30)],
            &[range(3100, 3199)],
            &[range(3200, 3299)],
            &[range(3500, 3599)],
            &[range(3600, 3699)],
        ])
        .excluding(&[range(3930, 3939)]),
    many(3940, 3943, "PRCNT OFF", &[exactly(N, 4, &[])])
        .data_attribute()
        .requiring(&[&[ai(255)]])
        .excluding(&[range(3940, 3949), ai(8111)]),
    many(3950, 3955, "PRICE/UoM", &[exactly(N, 6, &[])])
        .data_attribute()
        .requiring(&[
            &[ai(30)],
            &[range(3100, 3199)],
            &[range(3200, 3299)],
            &[range(3500, 3599)],
            &[range(3600, 3699)],
        ])
        .excluding(&[range(3920, 3929), range(3930, 3939), range(3950, 3959), ai(8005)]),
];
