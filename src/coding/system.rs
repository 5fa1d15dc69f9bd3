//! The systems that codes are of, and their URIs.

/// A system of codes or identifiers that a [`Coding`](super::Coding) may be of.
///
/// The URIs are those that NHS resources of FHIR use:
/// [SNOMED CT](https://terminology.hl7.org/SNOMEDCT.html),
/// [dm+d](https://simplifier.net/guide/ukcoreimplementationguide), and ICD-10 by
/// [HL7](https://hl7.org/fhir/R4/terminologies-systems.html).
///
/// # Example
/// ```
/// use farr::coding::System;
///
/// assert_eq!(System::from_uri("http://snomed.info/sct"), Some(System::Snomed));
/// assert_eq!(System::from_uri("https://dmd.nhs.uk"), Some(System::Dmd));
/// assert_eq!(System::named("nhs-number"), Some(System::NhsNumber));
/// assert_eq!(System::from_uri("https://example.org"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum System {
    /// SNOMED CT.
    Snomed,
    /// dm+d, the NHS dictionary of medicines and devices.
    Dmd,
    /// ICD-10, of the WHO or the UK edition.
    Icd10,
    /// ICD-10-CM, of the United States.
    Icd10Cm,
    /// OPCS-4.
    Opcs4,
    /// NHS numbers.
    NhsNumber,
    /// Global trade item numbers.
    Gtin,
    /// Read codes, version 2.
    ReadV2,
    /// Clinical Terms version 3, Read codes too.
    Ctv3,
}

/// A system, its word, its name, and the URIs that mean it, the canonical one first.
type Known = (System, &'static str, &'static str, &'static [&'static str]);

const KNOWN: [Known; 9] = [
    (System::Snomed, "snomed", "SNOMED CT", &["http://snomed.info/sct"]),
    (System::Dmd, "dmd", "dm+d", &["https://dmd.nhs.uk"]),
    (
        System::Icd10,
        "icd10",
        "ICD-10",
        &["http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-uk"],
    ),
    (System::Icd10Cm, "icd10-cm", "ICD-10-CM", &["http://hl7.org/fhir/sid/icd-10-cm"]),
    (
        System::Opcs4,
        "opcs4",
        "OPCS-4",
        &["https://fhir.hl7.org.uk/Id/opcs-4", "http://fhir.hl7.org.uk/CodeSystem/OPCS-4"],
    ),
    (System::NhsNumber, "nhs-number", "NHS number", &["https://fhir.nhs.uk/Id/nhs-number"]),
    (System::Gtin, "gtin", "GTIN", &["https://www.gs1.org/gtin"]),
    (System::ReadV2, "read-v2", "Read v2", &["http://read.info/readv2"]),
    (System::Ctv3, "ctv3", "CTV3", &["http://read.info/ctv3"]),
];

impl System {
    /// All systems.
    pub const ALL: [System; 9] = [
        System::Snomed,
        System::Dmd,
        System::Icd10,
        System::Icd10Cm,
        System::Opcs4,
        System::NhsNumber,
        System::Gtin,
        System::ReadV2,
        System::Ctv3,
    ];

    fn known(self) -> &'static Known {
        // Each stands at its own place: a test holds the table to that.
        KNOWN.get(self as usize).unwrap_or(&KNOWN[0])
    }

    /// The word for it in options, rule packs and outputs, `snomed` say. Words stay.
    pub fn word(self) -> &'static str {
        self.known().1
    }

    /// Its name for people, `SNOMED CT` say.
    pub fn name(self) -> &'static str {
        self.known().2
    }

    /// Its canonical URI.
    pub fn uri(self) -> &'static str {
        self.known().3.first().copied().unwrap_or_default()
    }

    /// The system of this word.
    pub fn named(word: &str) -> Option<System> {
        KNOWN.iter().find(|known| known.1 == word).map(|known| known.0)
    }

    /// The system of this URI, an edition or a version of SNOMED CT included; `None` where farr does
    /// not know it.
    pub fn from_uri(uri: &str) -> Option<System> {
        if uri.strip_prefix("http://snomed.info/sct/").is_some() {
            return Some(System::Snomed);
        }
        KNOWN.iter().find(|known| known.3.contains(&uri)).map(|known| known.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_stands_at_its_place_and_is_found_by_word_and_uri() {
        for (place, system) in System::ALL.into_iter().enumerate() {
            assert_eq!(system as usize, place);
            assert_eq!(KNOWN[place].0, system);
            assert_eq!(System::named(system.word()), Some(system));
            for uri in KNOWN[place].3 {
                assert_eq!(System::from_uri(uri), Some(system));
            }
        }
        let version = "http://snomed.info/sct/83821000000107/version/20250101";
        assert_eq!(System::from_uri(version), Some(System::Snomed));
        assert_eq!(System::from_uri("http://snomed.info/sctx"), None);
        assert_eq!(System::named("SNOMED CT"), None);
    }
}
