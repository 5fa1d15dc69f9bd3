//! What the codes of a map are of.

use super::constants;
use crate::classification::CodeSystem;
use crate::snomed::Refset;

/// By the id of a refset, or else by its name.
pub(super) fn target_system(refset: Refset<'_>) -> Option<CodeSystem> {
    match refset.id() {
        constants::INTERNATIONAL_ICD_10 | constants::UK_ICD_10 => Some(CodeSystem::Icd10),
        constants::ICD_10_CM => Some(CodeSystem::Icd10Cm),
        _ => named_in(refset.concept()?.fully_specified_name()?.term()),
    }
}

fn named_in(name: &str) -> Option<CodeSystem> {
    let name = name.to_ascii_lowercase();
    let opcs_4 = name.contains("classification of interventions and procedures");
    let icd_10 = name.contains("icd-10")
        || name.contains("international classification of diseases, tenth revision");
    let modified = name.contains("icd-10-cm") || name.contains("clinical modification");
    match (opcs_4, icd_10, modified) {
        (true, false, _) => Some(CodeSystem::Opcs4),
        (false, true, false) => Some(CodeSystem::Icd10),
        (false, true, true) => Some(CodeSystem::Icd10Cm),
        _ => None,
    }
}

/// The minor version of OPCS-4 in the name of a map's refset.
pub(super) fn opcs_4_version(name: &str) -> Option<u32> {
    const BEFORE: &str = "classification of interventions and procedures version 4.";
    let name = name.to_ascii_lowercase();
    let (_, behind) = name.split_once(BEFORE)?;
    let digits = behind.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(behind.len());
    let (version, rest) = behind.split_at_checked(digits)?;
    rest.contains("complex map reference set").then(|| version.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_codes_are_of_and_the_version_of_opcs_4_are_in_the_name() {
        let name = |version: &str| {
            format!(
                "Office of Population Censuses and Surveys Classification of Interventions and \
                 Procedures Version 4.{version} four character code United Kingdom complex map \
                 reference set (foundation metadata concept)"
            )
        };
        assert_eq!(opcs_4_version(&name("11")), Some(11));
        assert_eq!(opcs_4_version(&name("9")), Some(9));
        assert_eq!(opcs_4_version(&name("")), None);
        assert_eq!(opcs_4_version("ICD-10 fifth edition complex map reference set"), None);
        assert_eq!(named_in(&name("9")), Some(CodeSystem::Opcs4));
        for (name, system) in [
            (
                "International Classification of Diseases, Tenth Revision, Fifth Edition, four \
                 character code United Kingdom complex map reference set",
                Some(CodeSystem::Icd10),
            ),
            ("ICD-10 fifth edition five character code UK map", Some(CodeSystem::Icd10)),
            ("ICD-10-CM complex map reference set", Some(CodeSystem::Icd10Cm)),
            ("CTV3 simple map reference set", None),
        ] {
            assert_eq!(named_in(name), system, "{name}");
        }
        let simple = name("9").replace("complex", "simple");
        assert_eq!(opcs_4_version(&simple), None);
    }
}
