//! What the codes of a map are of.

use super::constants;
use crate::snomed::Refset;

/// The classification that the codes of a map are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TargetSystem {
    /// ICD-10, of the World Health Organization.
    Icd10,
    /// ICD-10-CM, of the United States.
    Icd10Cm,
    /// OPCS-4.
    Opcs4,
}

impl TargetSystem {
    /// A word for it that stays: `icd-10`, `icd-10-cm` or `opcs-4`.
    ///
    /// ```
    /// assert_eq!(farr::map::TargetSystem::Icd10Cm.code(), "icd-10-cm");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            TargetSystem::Icd10 => "icd-10",
            TargetSystem::Icd10Cm => "icd-10-cm",
            TargetSystem::Opcs4 => "opcs-4",
        }
    }

    /// By the id of a refset, or else by its name.
    pub(super) fn of(refset: Refset<'_>) -> Option<TargetSystem> {
        match refset.id() {
            constants::INTERNATIONAL_ICD_10 | constants::UK_ICD_10 => Some(TargetSystem::Icd10),
            constants::ICD_10_CM => Some(TargetSystem::Icd10Cm),
            _ => TargetSystem::named_in(refset.concept()?.fully_specified_name()?.term()),
        }
    }

    fn named_in(name: &str) -> Option<TargetSystem> {
        let name = name.to_ascii_lowercase();
        let opcs_4 = name.contains("classification of interventions and procedures");
        match (opcs_4, name.contains("icd-10"), name.contains("icd-10-cm")) {
            (true, false, _) => Some(TargetSystem::Opcs4),
            (false, true, false) => Some(TargetSystem::Icd10),
            (false, true, true) => Some(TargetSystem::Icd10Cm),
            _ => None,
        }
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
        assert_eq!(TargetSystem::named_in(&name("9")), Some(TargetSystem::Opcs4));
        for (name, system) in [
            ("ICD-10 fifth edition five character code UK map", Some(TargetSystem::Icd10)),
            ("ICD-10-CM complex map reference set", Some(TargetSystem::Icd10Cm)),
            ("CTV3 simple map reference set", None),
        ] {
            assert_eq!(TargetSystem::named_in(name), system, "{name}");
        }
        let simple = name("9").replace("complex", "simple");
        assert_eq!(opcs_4_version(&simple), None);
    }
}
