//! Which ids of a release a damaged one can have come from.

use farr::id::Component;
use farr::{Sctid, Systems};

use crate::system::System;

/// The ids of a release, to look for those that a damaged one can have come from.
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// use farr_codelists::{KnownIds, System};
/// let known = terminology.ask_systems(|systems| KnownIds::of(systems, System::Snomed))?;
/// // Two neighbouring digits were swapped.
/// assert!(known.one_slip_from(410_004).iter().any(|id| id.value() == 401_004));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct KnownIds {
    /// Ascending.
    ids: Vec<u64>,
}

impl KnownIds {
    /// Those of a system; of one that is not open, or has no SCTIDs, none. Costs a walk over all.
    pub fn of(systems: Systems<'_>, system: System) -> KnownIds {
        let mut ids: Vec<u64> = match (system, systems.snomed(), systems.dmd()) {
            (System::Snomed, Some(snomed), _) => {
                snomed.concepts().map(|concept| concept.id().value()).collect()
            }
            (System::Dmd, _, Some(dmd)) => {
                let products = dmd.products().map(|product| product.id().value());
                products.chain(dmd.ingredients().map(|one| one.id().value())).collect()
            }
            _ => Vec::new(),
        };
        ids.sort_unstable();
        ids.dedup();
        KnownIds { ids }
    }

    /// The ids that a spreadsheet or a program can have turned into this text, `1.23457E+17` say:
    /// [`farr::coding::origins_of`].
    pub fn rounded_to(&self, text: &str) -> Vec<Sctid> {
        let found = farr::coding::origins_of(text.trim(), &self.ids);
        found.into_iter().filter_map(Sctid::as_published).collect()
    }

    /// The well-formed ids of concepts that differ from a number in one digit, or by two neighbours
    /// swapped.
    pub fn one_slip_from(&self, value: u64) -> Vec<Sctid> {
        let digits = value.to_string().into_bytes();
        let mut candidates: Vec<Vec<u8>> = Vec::new();
        for place in 0..digits.len() {
            for digit in b'0'..=b'9' {
                let mut other = digits.clone();
                if let Some(found) = other.get_mut(place) {
                    *found = digit;
                }
                candidates.push(other);
            }
            let mut other = digits.clone();
            if place.saturating_add(1) < other.len() {
                other.swap(place, place.saturating_add(1));
                candidates.push(other);
            }
        }
        let ids = candidates.iter().filter_map(|digits| Sctid::from_bytes(digits).ok());
        let mut found: Vec<Sctid> = ids
            .filter(|id| id.value() != value && id.component() == Some(Component::Concept))
            .filter(|id| self.ids.binary_search(&id.value()).is_ok())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_text_stands_for_what_rounds_to_it() {
        let ids = vec![24_650_004, 24_700_007, 900_000_000_000_207_008];
        let known = KnownIds { ids };
        let found =
            |text: &str| known.rounded_to(text).into_iter().map(Sctid::value).collect::<Vec<_>>();
        assert_eq!(found("2.47E+07"), [24_650_004, 24_700_007]);
        assert_eq!(found(" 9E+17"), [900_000_000_000_207_008]);
        assert_eq!(found("2.4700007E+07"), [24_700_007]);
        assert_eq!(found("900000000000207000"), [900_000_000_000_207_008]);
        for other in ["", "24700008", "E+17", "1E-5", "9.9E+99", "12.5E+3"] {
            assert_eq!(found(other), Vec::<u64>::new(), "{other}");
        }
    }

    #[test]
    fn a_slip_is_one_digit_or_two_neighbours() {
        let known = KnownIds { ids: vec![24_700_007, 64_572_001, 73_211_009] };
        let slips = |value: u64| {
            known.one_slip_from(value).into_iter().map(Sctid::value).collect::<Vec<_>>()
        };
        assert_eq!(slips(24_700_008), [24_700_007]);
        assert_eq!(slips(42_700_007), [24_700_007]);
        assert_eq!(slips(73_211_099), [73_211_009]);
        assert_eq!(slips(73_299_009), Vec::<u64>::new());
        assert_eq!(slips(24_700_007), Vec::<u64>::new());
    }
}
