//! Concepts that rules of the map are about, and the refsets of maps.

use crate::id::Sctid;

/// Age at onset of clinical finding (observable entity).
pub const AGE_AT_ONSET: Sctid = Sctid::concept_constant(445_518_008);
/// Current chronological age (observable entity).
pub const AGE_NOW: Sctid = Sctid::concept_constant(424_144_002);
/// Female (finding).
pub const FEMALE: Sctid = Sctid::concept_constant(248_152_002);
/// Male (finding).
pub const MALE: Sctid = Sctid::concept_constant(248_153_007);

/// The refset of the map to ICD-10 of SNOMED International, by rules: ICD-10 complex map reference set.
pub const INTERNATIONAL_ICD_10: Sctid = Sctid::concept_constant(447_562_003);
/// The refset of the map to ICD-10-CM of the United States, by rules.
pub const ICD_10_CM: Sctid = Sctid::concept_constant(6_011_000_124_106);
/// The refset of the UK map to ICD-10, fifth edition, five-character codes, by blocks.
pub const UK_ICD_10: Sctid = Sctid::concept_constant(999_002_271_000_000_101);
/// The refset of the simple map to CTV3, Clinical Terms version 3.
pub const CTV3: Sctid = Sctid::concept_constant(900_000_000_000_497_000);
/// The refset of the simple map to ICD-O.
pub const ICD_O: Sctid = Sctid::concept_constant(446_608_001);
