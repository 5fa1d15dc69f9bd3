//! Which classification it is.

use std::fmt;

/// A classification that an index can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeSystem {
    /// ICD-10 of the WHO, or the edition of it that the NHS uses.
    Icd10,
    /// ICD-10-CM, of the United States.
    Icd10Cm,
    /// OPCS-4, the NHS classification of interventions and procedures.
    Opcs4,
}

impl CodeSystem {
    /// All of them.
    pub const ALL: [CodeSystem; 3] = [CodeSystem::Icd10, CodeSystem::Icd10Cm, CodeSystem::Opcs4];

    /// Its name, `ICD-10` say.
    pub const fn name(self) -> &'static str {
        match self {
            CodeSystem::Icd10 => "ICD-10",
            CodeSystem::Icd10Cm => "ICD-10-CM",
            CodeSystem::Opcs4 => "OPCS-4",
        }
    }

    /// The word for it in options and in outputs, `icd10` say. Words stay.
    pub const fn word(self) -> &'static str {
        match self {
            CodeSystem::Icd10 => "icd10",
            CodeSystem::Icd10Cm => "icd10-cm",
            CodeSystem::Opcs4 => "opcs4",
        }
    }
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
