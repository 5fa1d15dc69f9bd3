//! Concepts that rules of the map are about.

use crate::id::Sctid;

/// Age at onset of clinical finding (observable entity).
pub const AGE_AT_ONSET: Sctid = Sctid::concept_constant(445_518_008);
/// Current chronological age (observable entity).
pub const AGE_NOW: Sctid = Sctid::concept_constant(424_144_002);
/// Female (finding).
pub const FEMALE: Sctid = Sctid::concept_constant(248_152_002);
/// Male (finding).
pub const MALE: Sctid = Sctid::concept_constant(248_153_007);
