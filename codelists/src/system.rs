//! The code systems that lists are of.

use std::fmt;

/// The code system that a code belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// SNOMED CT.
    Snomed,
    /// dm+d, the NHS dictionary of medicines and devices.
    Dmd,
    /// ICD-10, of the WHO or in the edition of the NHS.
    Icd10,
    /// OPCS-4.
    Opcs4,
    /// Another one, by the URI that a value set names it with.
    Other(String),
}

/// The URIs of the systems that farr has; of several for one system, the first is written.
const URIS: [(&str, System); 6] = [
    ("http://snomed.info/sct", System::Snomed),
    ("https://dmd.nhs.uk", System::Dmd),
    ("http://hl7.org/fhir/sid/icd-10", System::Icd10),
    ("http://hl7.org/fhir/sid/icd-10-uk", System::Icd10),
    ("https://fhir.hl7.org.uk/Id/opcs-4", System::Opcs4),
    ("http://fhir.hl7.org.uk/CodeSystem/OPCS-4", System::Opcs4),
];

impl System {
    /// The systems whose codes can be read and looked up.
    pub const KNOWN: [System; 4] = [System::Snomed, System::Dmd, System::Icd10, System::Opcs4];

    /// The system of a word, `snomed`, `dmd`, `icd10` or `opcs4`, in any case.
    ///
    /// ```
    /// use farr_codelists::System;
    /// assert_eq!(System::named("ICD10"), Some(System::Icd10));
    /// assert_eq!(System::named("readv2"), None);
    /// ```
    pub fn named(word: &str) -> Option<System> {
        System::KNOWN.into_iter().find(|system| system.word().eq_ignore_ascii_case(word))
    }

    /// The system of a URI as FHIR has it; any that is not known is [`System::Other`].
    ///
    /// ```
    /// use farr_codelists::System;
    /// assert_eq!(System::of_uri("http://snomed.info/sct"), System::Snomed);
    /// assert_eq!(System::of_uri("https://dmd.nhs.uk").uri(), "https://dmd.nhs.uk");
    /// ```
    pub fn of_uri(uri: &str) -> System {
        let known = URIS.iter().find(|(known, _)| *known == uri);
        known.map_or_else(|| System::Other(uri.to_owned()), |(_, system)| system.clone())
    }

    /// Its URI.
    pub fn uri(&self) -> &str {
        match self {
            System::Other(uri) => uri,
            system => URIS.iter().find(|(_, known)| known == system).map_or("", |(uri, _)| *uri),
        }
    }

    /// The word for it that stays: `snomed`, `dmd`, `icd10`, `opcs4`, or the URI of another.
    pub fn word(&self) -> &str {
        match self {
            System::Snomed => "snomed",
            System::Dmd => "dmd",
            System::Icd10 => "icd10",
            System::Opcs4 => "opcs4",
            System::Other(uri) => uri,
        }
    }

    /// Whether its codes are SCTIDs.
    pub fn has_sctids(&self) -> bool {
        matches!(self, System::Snomed | System::Dmd)
    }
}

/// Its name for reading: `SNOMED CT`.
impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            System::Snomed => "SNOMED CT",
            System::Dmd => "dm+d",
            System::Icd10 => "ICD-10",
            System::Opcs4 => "OPCS-4",
            System::Other(uri) => uri,
        })
    }
}
