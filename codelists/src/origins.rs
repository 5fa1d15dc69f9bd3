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

    /// The ids that a spreadsheet shows as this text, `1.23457E+17` say, or keeps as these digits:
    /// fifteen of them, and zeros.
    pub fn rounded_to(&self, text: &str) -> Vec<Sctid> {
        let Some((first, last)) = interval(text) else { return Vec::new() };
        let start = self.ids.partition_point(|id| *id < first);
        let end = self.ids.partition_point(|id| *id <= last);
        let found = self.ids.get(start..end).unwrap_or_default();
        found.iter().filter_map(|id| Sctid::as_published(*id)).collect()
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

/// The numbers that a rounded text can stand for, from the least to the greatest.
fn interval(text: &str) -> Option<(u64, u64)> {
    let text = text.trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(text) && text.len() > 15 {
        // The digits behind the fifteenth are cut off, not rounded.
        let value: u64 = text.parse().ok()?;
        let unit = 10_u64.checked_pow(u32::try_from(text.len().checked_sub(15)?).ok()?)?;
        let first = value.checked_sub(value.checked_rem(unit)?)?;
        return (first == value).then_some((first, first.checked_add(unit)?.checked_sub(1)?));
    }
    let (number, power) = text.split_once(['E', 'e'])?;
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let power = power.strip_prefix('+').unwrap_or(power);
    if !digits(whole) || whole.len() != 1 || !(part.is_empty() || digits(part)) || !digits(power) {
        return None;
    }
    let lost = power.parse::<u32>().ok()?.checked_sub(u32::try_from(part.len()).ok()?)?;
    let unit = 10_u64.checked_pow(lost)?;
    let value = format!("{whole}{part}").parse::<u64>().ok()?.checked_mul(unit)?;
    let half = unit.checked_div(2)?;
    match half {
        0 => Some((value, value)),
        // What is halfway is rounded up.
        half => Some((value.saturating_sub(half), value.checked_add(half)?.checked_sub(1)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_text_stands_for_what_rounds_to_it() {
        assert_eq!(interval("2.47E+07"), Some((24_650_000, 24_749_999)));
        assert_eq!(interval("9E+17"), Some((850_000_000_000_000_000, 949_999_999_999_999_999)));
        assert_eq!(interval("2.4700007E+07"), Some((24_700_007, 24_700_007)));
        assert_eq!(
            interval("900000000000207000"),
            Some((900_000_000_000_207_000, 900_000_000_000_207_999))
        );
        for other in ["", "24700007", "900000000000207008", "E+17", "1E-5", "9.9E+99", "12.5E+3"] {
            assert_eq!(interval(other), None, "{other}");
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
