//! Concepts that the release format itself is made of
//! ([metadata](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).

use crate::id::Sctid;

/// The root, 138875005.
pub const ROOT: Sctid = Sctid::concept_constant(138_875_005);
/// Medicines are below this concept: pharmaceutical / biologic product.
pub const PHARMACEUTICAL_PRODUCT: Sctid = Sctid::concept_constant(373_873_005);
/// Substances are below this concept: substance.
pub const SUBSTANCE: Sctid = Sctid::concept_constant(105_590_001);
/// The is-a relationship, 116680003.
pub const IS_A: Sctid = Sctid::concept_constant(116_680_003);
/// Attributes are below this concept: concept model attribute.
pub const CONCEPT_MODEL_ATTRIBUTE: Sctid = Sctid::concept_constant(410_662_002);
/// Attributes whose values are concepts are below this concept: concept model object attribute.
pub const CONCEPT_MODEL_OBJECT_ATTRIBUTE: Sctid = Sctid::concept_constant(762_705_008);
/// Attributes whose values are concrete are below this concept: concept model data attribute.
pub const CONCEPT_MODEL_DATA_ATTRIBUTE: Sctid = Sctid::concept_constant(762_706_009);
/// Fully specified name.
pub const FULLY_SPECIFIED_NAME: Sctid = Sctid::concept_constant(900_000_000_000_003_001);
/// Synonym.
pub const SYNONYM: Sctid = Sctid::concept_constant(900_000_000_000_013_009);
/// Text definition.
pub const TEXT_DEFINITION: Sctid = Sctid::concept_constant(900_000_000_000_550_004);
/// Definition status: sufficiently defined.
pub const DEFINED: Sctid = Sctid::concept_constant(900_000_000_000_073_002);
/// Definition status: primitive.
pub const PRIMITIVE: Sctid = Sctid::concept_constant(900_000_000_000_074_008);
/// Case significance: the entire term is case sensitive.
pub const ENTIRE_TERM_CASE_SENSITIVE: Sctid = Sctid::concept_constant(900_000_000_000_017_005);
/// Case significance: only the first character may change case.
pub const INITIAL_CHARACTER_CASE_INSENSITIVE: Sctid =
    Sctid::concept_constant(900_000_000_000_020_002);
/// Case significance: none of the term is case sensitive.
pub const ENTIRE_TERM_CASE_INSENSITIVE: Sctid = Sctid::concept_constant(900_000_000_000_448_009);
/// The refset that says what the fields of refsets are.
pub const REFSET_DESCRIPTOR: Sctid = Sctid::concept_constant(900_000_000_000_456_007);
/// The refsets of historical associations are below this concept.
pub const HISTORICAL_ASSOCIATION: Sctid = Sctid::concept_constant(900_000_000_000_522_004);
/// Association: the same meaning.
pub const SAME_AS: Sctid = Sctid::concept_constant(900_000_000_000_527_005);
/// Association: replaced by.
pub const REPLACED_BY: Sctid = Sctid::concept_constant(900_000_000_000_526_001);
/// Association: it was one of these, or the like of it.
pub const POSSIBLY_EQUIVALENT_TO: Sctid = Sctid::concept_constant(900_000_000_000_523_009);
/// Association: together these mean what it meant.
pub const PARTIALLY_EQUIVALENT_TO: Sctid = Sctid::concept_constant(1_186_924_009);
/// Association: perhaps replaced by.
pub const POSSIBLY_REPLACED_BY: Sctid = Sctid::concept_constant(1_186_921_001);
/// Association: a former parent.
pub const WAS_A: Sctid = Sctid::concept_constant(900_000_000_000_528_000);
/// Association: the nearest of a classification.
pub const ALTERNATIVE: Sctid = Sctid::concept_constant(900_000_000_000_530_003);
/// Association: moved to a namespace.
pub const MOVED_TO: Sctid = Sctid::concept_constant(900_000_000_000_524_003);
/// Association, from new to old: moved from.
pub const MOVED_FROM: Sctid = Sctid::concept_constant(900_000_000_000_525_002);
/// Association: similar to.
pub const SIMILAR_TO: Sctid = Sctid::concept_constant(900_000_000_000_529_008);
/// Association, from a description: the concept that it really names.
pub const REFERS_TO: Sctid = Sctid::concept_constant(900_000_000_000_531_004);
/// The refset that says why concepts were made inactive.
pub const CONCEPT_INACTIVATION_INDICATOR: Sctid = Sctid::concept_constant(900_000_000_000_489_007);
/// The refset that says why descriptions were made inactive.
pub const DESCRIPTION_INACTIVATION_INDICATOR: Sctid =
    Sctid::concept_constant(900_000_000_000_490_003);
/// The associations of the history supplement `HISTORY-MIN`.
pub const HISTORY_MINIMUM: [Sctid; 1] = [SAME_AS];
/// The associations of the history supplement `HISTORY-MOD`.
pub const HISTORY_MODERATE: [Sctid; 4] = [SAME_AS, REPLACED_BY, WAS_A, PARTIALLY_EQUIVALENT_TO];
/// Acceptability: preferred.
pub const PREFERRED: Sctid = Sctid::concept_constant(900_000_000_000_548_007);
/// Acceptability: acceptable.
pub const ACCEPTABLE: Sctid = Sctid::concept_constant(900_000_000_000_549_004);
/// Characteristic type: inferred relationship.
pub const INFERRED: Sctid = Sctid::concept_constant(900_000_000_000_011_006);
/// Characteristic type: additional relationship.
pub const ADDITIONAL: Sctid = Sctid::concept_constant(900_000_000_000_227_009);
/// Characteristic type: qualifying relationship.
pub const QUALIFYING: Sctid = Sctid::concept_constant(900_000_000_000_225_001);
/// Language refset: Great Britain English.
pub const GB_ENGLISH: Sctid = Sctid::concept_constant(900_000_000_000_508_004);
/// Language refset: United States English.
pub const US_ENGLISH: Sctid = Sctid::concept_constant(900_000_000_000_509_007);
/// Language refset: NHS realm, clinical part.
pub const NHS_REALM_CLINICAL: Sctid = Sctid::concept_constant(999_001_261_000_000_100);
/// Language refset: NHS realm, pharmacy part.
pub const NHS_REALM_PHARMACY: Sctid = Sctid::concept_constant(999_000_691_000_001_104);
/// Language refset: NHS dm+d realm.
pub const NHS_DMD_REALM: Sctid = Sctid::concept_constant(999_000_671_000_001_103);
/// Language refset: UK drug extension, Great Britain English.
pub const UK_DRUG_GB_ENGLISH: Sctid = Sctid::concept_constant(999_000_681_000_001_101);
/// Language refset: UK clinical extension, Great Britain English.
pub const UK_CLINICAL_GB_ENGLISH: Sctid = Sctid::concept_constant(999_001_251_000_000_103);
