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
        if uri == SNOMED_OID {
            return ListSystem::Known(System::Snomed);
        }
        // An edition of SNOMED CT is no code system of FHIR: a value set has it for a version.
        let known = System::from_uri(uri).filter(|_| !uri.starts_with(EDITION));
        match known.filter(|system| ListSystem::READ.contains(system)) {
            Some(system) => ListSystem::Known(system),
            None => ListSystem::Other(uri.to_owned()),
        }
    }

    /// The system of which a URI is a misspelling: `https`, a slash or a blank too many or too few, other
    /// capitals, the namespace of its concepts, or an edition of SNOMED CT, which FHIR has as the version
    /// and not as the system.
    ///
    /// Codes of such a URI would go unread, as those of a system that nobody knows do.
    ///
    /// ```
    /// use farr_codelists::{ListSystem, System};
    /// assert_eq!(ListSystem::misspelt("https://snomed.info/sct"), Some(System::Snomed));
    /// assert_eq!(ListSystem::misspelt("http://snomed.info/sct"), None);
    /// assert_eq!(ListSystem::misspelt("http://read.info/ctv3"), None);
    /// ```
    pub fn misspelt(uri: &str) -> Option<System> {
        if ListSystem::of_uri(uri).known().is_some() {
            return None;
        }
        let plain = plain(uri);
        if plain == SNOMED_OID || is_of_snomed(&plain) {
            return Some(System::Snomed);
        }
        ListSystem::READ.into_iter().find(|system| {
            let is_word = plain == system.word() || plain == system.name().to_lowercase();
            // The URI that is written, and others that are read.
            let also = ALSO_READ.iter().filter(|(of, _)| of == system).map(|(_, uri)| *uri);
            is_word
                || std::iter::once(system.uri())
                    .chain(also)
                    .any(|known| self::plain(known) == plain)
        })
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

/// SNOMED CT as [HL7 has it for an OID](https://terminology.hl7.org/CodeSystem-v3-snomed-CT.html).
const SNOMED_OID: &str = "urn:oid:2.16.840.1.113883.6.96";

/// Whether a [plain] URI is SNOMED CT, an edition, a version or a concept of it.
fn is_of_snomed(plain: &str) -> bool {
    let Some(path) = plain.strip_prefix("snomed.info") else { return false };
    let path = path.trim_start_matches('/');
    let beside = |rest: &str| !rest.starts_with(|letter: char| letter.is_alphanumeric());
    path.is_empty() || ["sct", "id"].iter().any(|of| path.strip_prefix(of).is_some_and(beside))
}

/// URIs of systems beside those that are written.
const ALSO_READ: [(System, &str); 2] = [
    (System::Icd10, "http://hl7.org/fhir/sid/icd-10-uk"),
    (System::Opcs4, "http://fhir.hl7.org.uk/CodeSystem/OPCS-4"),
];

/// A URI without what is often wrong with it.
fn plain(uri: &str) -> String {
    let uri = uri.trim().to_lowercase();
    let schemeless = uri.strip_prefix("https:").or_else(|| uri.strip_prefix("http:"));
    let bare = schemeless.unwrap_or(&uri).trim_start_matches('/');
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.trim_end_matches(['/', '#']).to_owned()
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

    #[test]
    fn a_misspelt_uri_is_no_foreign_system() {
        for (uri, system) in [
            ("https://snomed.info/sct", System::Snomed),
            ("http://snomed.info/sct/", System::Snomed),
            ("http://www.SNOMED.info/sct", System::Snomed),
            ("http://snomed.info/sct/83821000000107", System::Snomed),
            ("https://snomed.info/sct/83821000000107/version/20240101", System::Snomed),
            ("SNOMED CT", System::Snomed),
            ("URN:OID:2.16.840.1.113883.6.96", System::Snomed),
            ("http:/snomed.info/sct", System::Snomed),
            ("http://snomed.info", System::Snomed),
            ("http://snomed.info/id/401004", System::Snomed),
            ("http://snomed.info/sct|83821000000107", System::Snomed),
            ("http://dmd.nhs.uk", System::Dmd),
            ("https://dmd.nhs.uk/", System::Dmd),
            ("https://hl7.org/fhir/sid/icd-10", System::Icd10),
            ("https://fhir.hl7.org.uk/CodeSystem/OPCS-4", System::Opcs4),
        ] {
            assert_eq!(ListSystem::misspelt(uri), Some(system), "{uri}");
        }
        for uri in [
            "http://snomed.info/sct",
            "urn:oid:2.16.840.1.113883.6.96",
            "http://hl7.org/fhir/sid/icd-10-cm",
            "http://snomed.info/xsct",
            "https://example.org/codes",
        ] {
            assert_eq!(ListSystem::misspelt(uri), None, "{uri}");
        }
        assert_eq!(ListSystem::of_uri(SNOMED_OID), System::Snomed);
    }
}
