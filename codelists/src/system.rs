//! The code systems that lists are of.

use std::fmt;

pub use farr::coding::System;

/// The code system that a list says its codes are of: one that farr knows, or another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListSystem {
    /// One of [`ListSystem::READ`].
    Known(System),
    /// Another one, by the URI that a value set names it with: its codes stand as they are.
    Other(String),
}

impl ListSystem {
    /// The systems whose codes can be read and looked up.
    pub const READ: [System; 4] = [System::Snomed, System::Dmd, System::Icd10, System::Opcs4];

    /// The system of a word, `snomed`, `dmd`, `icd10` or `opcs4`, in any case: one of
    /// [`ListSystem::READ`].
    ///
    /// ```
    /// use farr_codelists::{ListSystem, System};
    /// assert_eq!(ListSystem::named("ICD10"), Some(System::Icd10));
    /// assert_eq!(ListSystem::named("read-v2"), None);
    /// ```
    pub fn named(word: &str) -> Option<System> {
        ListSystem::READ.into_iter().find(|system| system.word().eq_ignore_ascii_case(word))
    }

    /// The system of a URI as FHIR has it; any whose codes are not read is [`ListSystem::Other`].
    ///
    /// ```
    /// use farr_codelists::{ListSystem, System};
    /// assert_eq!(ListSystem::of_uri("http://snomed.info/sct"), System::Snomed);
    /// assert_eq!(ListSystem::of_uri("https://dmd.nhs.uk").uri(), "https://dmd.nhs.uk");
    /// assert_eq!(ListSystem::of_uri("http://read.info/ctv3").known(), None);
    /// ```
    pub fn of_uri(uri: &str) -> ListSystem {
        // An edition of SNOMED CT is no code system of FHIR: a value set has it for a version.
        let known = System::from_uri(uri).filter(|_| !uri.starts_with(EDITION));
        match known.filter(|system| ListSystem::READ.contains(system)) {
            Some(system) => ListSystem::Known(system),
            None => ListSystem::Other(uri.to_owned()),
        }
    }

    /// The system, where it is one that farr knows.
    pub fn known(&self) -> Option<System> {
        match self {
            ListSystem::Known(system) => Some(*system),
            ListSystem::Other(_) => None,
        }
    }

    /// Its URI.
    pub fn uri(&self) -> &str {
        match self {
            ListSystem::Known(system) => system.uri(),
            ListSystem::Other(uri) => uri,
        }
    }

    /// The word for it that stays: `snomed`, `dmd`, `icd10`, `opcs4`, or the URI of another.
    pub fn word(&self) -> &str {
        match self {
            ListSystem::Known(system) => system.word(),
            ListSystem::Other(uri) => uri,
        }
    }

    /// Whether its codes are SCTIDs.
    pub fn has_sctids(&self) -> bool {
        matches!(self, ListSystem::Known(System::Snomed | System::Dmd))
    }
}

/// What the URIs of editions and versions of SNOMED CT begin with.
const EDITION: &str = "http://snomed.info/sct/";

/// Its name for reading: `SNOMED CT`.
impl fmt::Display for ListSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ListSystem::Known(system) => system.name(),
            ListSystem::Other(uri) => uri,
        })
    }
}

impl From<System> for ListSystem {
    fn from(system: System) -> ListSystem {
        ListSystem::Known(system)
    }
}

impl PartialEq<System> for ListSystem {
    fn eq(&self, system: &System) -> bool {
        self.known() == Some(*system)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_words_and_uris_that_they_always_had() {
        for (system, word, uri, name) in [
            (System::Snomed, "snomed", "http://snomed.info/sct", "SNOMED CT"),
            (System::Dmd, "dmd", "https://dmd.nhs.uk", "dm+d"),
            (System::Icd10, "icd10", "http://hl7.org/fhir/sid/icd-10", "ICD-10"),
            (System::Opcs4, "opcs4", "https://fhir.hl7.org.uk/Id/opcs-4", "OPCS-4"),
        ] {
            let of_list = ListSystem::of_uri(uri);
            assert_eq!(of_list, ListSystem::Known(system));
            assert_eq!((of_list.word(), of_list.uri()), (word, uri));
            assert_eq!(of_list.to_string(), name);
            assert_eq!(ListSystem::named(word), Some(system));
        }
        assert_eq!(ListSystem::of_uri("http://hl7.org/fhir/sid/icd-10-uk"), System::Icd10);
        assert_eq!(ListSystem::of_uri("http://fhir.hl7.org.uk/CodeSystem/OPCS-4"), System::Opcs4);
        // Known to farr, and not read from lists; an edition; and one that nobody knows.
        for uri in [
            "http://hl7.org/fhir/sid/icd-10-cm",
            "https://fhir.nhs.uk/Id/nhs-number",
            "http://snomed.info/sct/83821000000107",
            "https://example.org/codes",
        ] {
            let of_list = ListSystem::of_uri(uri);
            assert_eq!(of_list, ListSystem::Other(uri.to_owned()));
            assert_eq!((of_list.word(), of_list.uri(), of_list.known()), (uri, uri, None));
        }
    }
}
