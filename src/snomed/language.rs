//! Dialects: which language refsets say what a concept is called.

use super::constants::{
    GB_ENGLISH, NHS_DMD_REALM, NHS_REALM_CLINICAL, NHS_REALM_PHARMACY, UK_CLINICAL_GB_ENGLISH,
    UK_DRUG_GB_ENGLISH, US_ENGLISH,
};
use crate::id::Sctid;

/// The most refsets a dialect looks in.
const MOST: usize = 6;

/// Which language refsets say what a concept is called, first the one whose word counts most
/// ([language reference sets](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    refsets: [Option<Sctid>; MOST],
    /// Its place in [`Dialect::STORED`].
    stored: Option<u8>,
}

impl Dialect {
    /// NHS realm, clinical: its clinical part, then pharmacy, dm+d, UK drug extension, en-GB, UK
    /// clinical extension. The clinical and the pharmacy part share the concepts out between them,
    /// so both are asked.
    pub const NHS_CLINICAL: Dialect = Dialect {
        refsets: [
            Some(NHS_REALM_CLINICAL),
            Some(NHS_REALM_PHARMACY),
            Some(NHS_DMD_REALM),
            Some(UK_DRUG_GB_ENGLISH),
            Some(GB_ENGLISH),
            Some(UK_CLINICAL_GB_ENGLISH),
        ],
        stored: Some(0),
    };

    /// NHS realm, pharmacy: as [`Dialect::NHS_CLINICAL`], its pharmacy part first.
    pub const NHS_PHARMACY: Dialect = Dialect {
        refsets: [
            Some(NHS_REALM_PHARMACY),
            Some(NHS_DMD_REALM),
            Some(UK_DRUG_GB_ENGLISH),
            Some(NHS_REALM_CLINICAL),
            Some(GB_ENGLISH),
            Some(UK_CLINICAL_GB_ENGLISH),
        ],
        stored: Some(1),
    };

    /// British English, en-GB: the International refset, then the UK extensions'.
    pub const GB: Dialect = Dialect {
        refsets: [
            Some(GB_ENGLISH),
            Some(UK_CLINICAL_GB_ENGLISH),
            Some(UK_DRUG_GB_ENGLISH),
            None,
            None,
            None,
        ],
        stored: Some(2),
    };

    /// United States English, en-US.
    pub const US: Dialect =
        Dialect { refsets: [Some(US_ENGLISH), None, None, None, None, None], stored: Some(3) };

    /// The dialects whose preferred terms an index stores: they are shown at the cost of one look;
    /// others are found among a concept's descriptions.
    pub const STORED: [Dialect; 4] =
        [Dialect::NHS_CLINICAL, Dialect::NHS_PHARMACY, Dialect::GB, Dialect::US];

    /// The dialect of one language refset.
    pub const fn refset(refset: Sctid) -> Dialect {
        Dialect { refsets: [Some(refset), None, None, None, None, None], stored: None }
    }

    /// The dialect of this name, in any case: `nhs-clinical`, `nhs-pharmacy`, `en-gb`, `en-us`, or
    /// the id of a language refset.
    ///
    /// ```
    /// use farr::Dialect;
    /// assert_eq!(Dialect::named("en-GB"), Some(Dialect::GB));
    /// assert_eq!(Dialect::named("klingon"), None);
    /// ```
    pub fn named(name: &str) -> Option<Dialect> {
        match name.to_ascii_lowercase().as_str() {
            "nhs-clinical" | "en-nhs-clinical" => Some(Dialect::NHS_CLINICAL),
            "nhs-pharmacy" | "en-nhs-pharmacy" => Some(Dialect::NHS_PHARMACY),
            "en-gb" | "gb" => Some(Dialect::GB),
            "en-us" | "us" => Some(Dialect::US),
            other => other.parse().ok().map(Dialect::refset),
        }
    }

    /// Its refsets, first the one whose word counts most.
    pub fn refsets(self) -> impl Iterator<Item = Sctid> {
        self.refsets.into_iter().flatten()
    }

    /// Its place in [`Dialect::STORED`]; `None` where an index does not store it.
    #[inline]
    pub(super) fn stored(self) -> Option<usize> {
        self.stored.map(usize::from)
    }

    /// How much the word of a refset counts: 0 most; `None` where it does not.
    #[inline]
    pub fn place(self, refset: Sctid) -> Option<usize> {
        self.refsets.iter().position(|known| *known == Some(refset))
    }
}
