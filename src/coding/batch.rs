//! Many ids at once.

use super::coding::Coding;
use super::facts::Facts;
use super::finding_code::FindingCode;
use super::system::System;
use super::validator::Validator;
use super::verdict::Outcome;
use crate::id::Sctid;

/// The ids that a validator accepts of SNOMED CT or dm+d, in a table of its own: one look a code.
#[derive(Debug)]
pub(super) struct Accepted {
    /// A power of two of places, each with an id or 0; an id is at or behind the place that it
    /// hashes to.
    places: Box<[u64]>,
    shift: u32,
}

impl Accepted {
    fn of(ids: impl ExactSizeIterator<Item = u64>) -> Accepted {
        // Half full at most, so that a run of taken places is short.
        let size = ids.len().saturating_mul(2).next_power_of_two().max(16);
        let shift = 64_u32.saturating_sub(size.trailing_zeros());
        let mut table = Accepted { places: vec![0; size].into_boxed_slice(), shift };
        for id in ids {
            let mut at = table.place(id);
            while let Some(place) = table.places.get_mut(at) {
                if *place == 0 || *place == id {
                    *place = id;
                    break;
                }
                at = at.saturating_add(1) & size.saturating_sub(1);
            }
        }
        table
    }

    #[inline]
    fn place(&self, id: u64) -> usize {
        // Multiplying by the golden ratio spreads the digits over the upper bits.
        (id.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }

    #[inline]
    fn has(&self, id: u64) -> bool {
        let mut at = self.place(id);
        loop {
            match self.places.get(at) {
                Some(found) if *found == id => return id != 0,
                Some(0) | None => return false,
                Some(_) => at = at.saturating_add(1) & self.places.len().saturating_sub(1),
            }
        }
    }
}

impl Validator<'_> {
    /// Judges many ids of SNOMED CT or dm+d by themselves: the number of the weightiest finding of
    /// each, 0 where it is accepted, a note included.
    ///
    /// The same as [`Validator::check`] of each id as text, with no [`Facts`] and nothing beside it.
    /// The first call makes a table of the ids that are accepted, which takes as long as some
    /// hundred thousand checks; from then on an accepted id costs one look, a few nanoseconds where
    /// few ids come often. The signature is that of a column of Arrow and Parquet; a negative number
    /// is malformed. Where `ids` and `findings` are not of one length, the shorter counts.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, FindingCode, System, Validator};
    ///
    /// let binding = Binding::new("problem").system(System::Snomed);
    /// let validator = Validator::new(&terminology, &binding)?;
    /// let mut findings = [0; 3];
    /// validator.check_ids(&[401004, 401005, 24700007], &mut findings);
    /// assert_eq!(findings[0], 0);
    /// assert_eq!(FindingCode::from_number(findings[1]), Some(FindingCode::WrongCheckDigit));
    /// assert_eq!(FindingCode::from_number(findings[2]), Some(FindingCode::NotInRelease));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_ids(&self, ids: &[i64], findings: &mut [u8]) {
        let accepted = self.accepted.get_or_init(|| self.accept());
        for (id, finding) in ids.iter().zip(findings) {
            *finding = match accepted.has(id.cast_unsigned()) {
                true => 0,
                false => self.finding_of(*id),
            };
        }
    }

    /// Which of many ids are accepted, a note included: one bit an id, the first the lowest bit of
    /// the first byte. As [`Validator::check_ids`], where nothing but membership is asked; an id
    /// that is not accepted costs no more than one that is.
    ///
    /// Warned of is not accepted.
    pub fn members(&self, ids: &[i64], bits: &mut [u8]) {
        let accepted = self.accepted.get_or_init(|| self.accept());
        for (eight, byte) in ids.chunks(8).zip(bits) {
            let each = eight.iter().enumerate();
            *byte = each.fold(0, |byte, (place, id)| {
                byte | u8::from(accepted.has(id.cast_unsigned())) << place
            });
        }
    }

    /// All ids that are accepted.
    #[cold]
    fn accept(&self) -> Accepted {
        let concepts = self.snomed().map(|snomed| snomed.concepts().ids());
        let products = self.systems.dmd().map(|dmd| dmd.products().map(|product| product.id()));
        let ids = concepts.into_iter().flatten().chain(products.into_iter().flatten());
        let ids: Vec<u64> =
            ids.map(Sctid::value).filter(|id| self.worst_of(*id).is_none()).collect();
        Accepted::of(ids.into_iter())
    }

    #[cold]
    fn finding_of(&self, id: i64) -> u8 {
        match u64::try_from(id) {
            Ok(id) => self.worst_of(id).map_or(0, FindingCode::number),
            Err(_) => FindingCode::Malformed.number(),
        }
    }

    /// The weightiest finding of an id, if it is not accepted.
    fn worst_of(&self, id: u64) -> Option<FindingCode> {
        let text = Digits::of(id);
        let coding = match self.binding.systems.is_empty() {
            true => Coding::new(System::Snomed, text.as_str()),
            false => Coding::unstated(text.as_str()),
        };
        let verdict = self.check(&coding, &Facts::new());
        match verdict.outcome() {
            Outcome::Accept => None,
            Outcome::Warn | Outcome::Reject => verdict.worst().map(|finding| finding.code()),
        }
    }
}

/// The digits of a number, without a heap.
struct Digits {
    bytes: [u8; 20],
    start: usize,
}

impl Digits {
    fn of(mut number: u64) -> Digits {
        let mut digits = Digits { bytes: [b'0'; 20], start: 20 };
        for place in digits.bytes.iter_mut().rev() {
            *place = u8::try_from(number % 10).map_or(b'0', |digit| b'0'.saturating_add(digit));
            digits.start = digits.start.saturating_sub(1);
            number /= 10;
            if number == 0 {
                break;
            }
        }
        digits
    }

    fn as_str(&self) -> &str {
        let digits = self.bytes.get(self.start..).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_that_display_gives() {
        for number in [0, 7, 10, 24_700_007, u64::MAX] {
            assert_eq!(Digits::of(number).as_str(), number.to_string());
        }
    }

    #[test]
    fn a_table_has_what_was_put_into_it_and_nothing_else() {
        let ids: Vec<u64> = (1..5000).map(|n| n * 1_000_003).collect();
        let table = Accepted::of(ids.iter().copied());
        for id in &ids {
            assert!(table.has(*id));
            assert!(!table.has(id + 1));
        }
        assert!(!table.has(0));
        assert!(!Accepted::of([].iter().copied()).has(5));
    }
}
