//! Many ids at once.

use std::sync::OnceLock;

use super::binding::DisplayRule;
use super::check::Judging;
use super::coding::{Coding, Stated};
use super::facts::Facts;
use super::finding_code::FindingCode;
use super::system::System;
use super::validator::Validator;
use super::verdict::{Outcome, Verdict};
use crate::id::Sctid;

/// Ids of SNOMED CT or dm+d, each with a small number: one look an id.
#[derive(Debug)]
pub(super) struct Judged {
    /// A power of two of places, each with an id and above it its number, or 0; an id is at or
    /// behind the place that it hashes to.
    places: Box<[u64]>,
    shift: u32,
}

/// Bits of an SCTID, which has 18 digits at most; the rest of a place are for a number.
const ID_BITS: u32 = 60;
const ID: u64 = (1 << ID_BITS) - 1;

impl Judged {
    fn of(ids: &[(u64, u8)]) -> Judged {
        // Half full at most, so that a run of taken places is short.
        let size = ids.len().saturating_mul(2).next_power_of_two().max(16);
        let shift = 64_u32.saturating_sub(size.trailing_zeros());
        let mut table = Judged { places: vec![0; size].into_boxed_slice(), shift };
        for (id, number) in ids {
            let mut at = table.place(*id);
            while let Some(place) = table.places.get_mut(at) {
                if *place == 0 || *place & ID == *id {
                    *place = u64::from(*number) << ID_BITS | *id;
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

    /// The number of an id; `None` where it is not here.
    #[inline]
    fn get(&self, id: u64) -> Option<u8> {
        let mut at = self.place(id);
        loop {
            match self.places.get(at) {
                Some(0) | None => return None,
                // A number of more bits than an id has is none.
                Some(found) if *found & ID == id => return Some((*found >> ID_BITS) as u8),
                Some(_) => at = at.saturating_add(1) & self.places.len().saturating_sub(1),
            }
        }
    }
}

/// What a validator makes of the ids that the releases have.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The ids that are accepted: [`NOTHING`] where nothing was found, [`NOTED`] where something was that
    /// weighs no more than a note.
    accepted: OnceLock<Judged>,
    /// All, with the place of their finding among `findings`.
    all: OnceLock<(Judged, [u8; 16])>,
}

impl Validator<'_> {
    /// Judges many ids of SNOMED CT or dm+d by themselves: the number of the weightiest finding of
    /// each, 0 where nothing was found. What the finding comes to
    /// [`Binding::severity_of`](super::Binding::severity_of) tells: with a note an id is accepted.
    ///
    /// The same as [`Validator::check`] of each id as text, with no [`Facts`] and nothing beside it; the
    /// day is that of [`Validator::today`].
    /// The first call judges all ids that the releases have; from then on each of them costs one
    /// look, a few nanoseconds where few ids come often, and only one that no release has is judged
    /// anew. The signature is that of a column of Arrow and Parquet; a negative number is malformed.
    /// Where `ids` and `findings` are not of one length, the shorter counts.
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
        let (all, numbers) = self.batch.all.get_or_init(|| self.judge_all());
        for (id, finding) in ids.iter().zip(findings) {
            let known =
                all.get(id.cast_unsigned()).and_then(|place| numbers.get(usize::from(place)));
            *finding = match known {
                Some(number) if *number != ASK => *number,
                _ => self.finding_of(*id),
            };
        }
    }

    /// Which of many ids the releases have, and nothing is found with: one bit an id, the first the
    /// lowest bit of the first byte. For these [`Validator::check_ids`] gives 0; what there is to say of
    /// the others is not asked, so that an id that no release has costs one look like the rest.
    ///
    /// Where `bits` is too short for all ids, those beyond are left out.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, System, Validator};
    ///
    /// let binding = Binding::new("problem").system(System::Snomed);
    /// let validator = Validator::new(&terminology, &binding)?;
    /// let mut bits = [0];
    /// validator.without_findings(&[401004, 401005, 24700007], &mut bits);
    /// assert_eq!(bits, [0b001]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn without_findings(&self, ids: &[i64], bits: &mut [u8]) {
        let (all, _) = self.batch.all.get_or_init(|| self.judge_all());
        for (eight, byte) in ids.chunks(8).zip(bits) {
            *byte = eight.iter().enumerate().fold(0, |byte, (place, id)| {
                byte | u8::from(all.get(id.cast_unsigned()) == Some(NOTHING)) << place
            });
        }
    }

    /// Which of many ids the releases have and are accepted, a note included: one bit an id, the first
    /// the lowest bit of the first byte. As [`Validator::check_ids`], where nothing but membership is asked: an id
    /// that no release has costs no more than one that is accepted.
    ///
    /// Warned of is not accepted. Where `bits` is too short for all ids, those beyond are left out.
    pub fn members(&self, ids: &[i64], bits: &mut [u8]) {
        let accepted = self.batch.accepted.get_or_init(|| self.judge_accepted());
        for (eight, byte) in ids.chunks(8).zip(bits) {
            let each = eight.iter().enumerate();
            *byte = each.fold(0, |byte, (place, id)| {
                byte | u8::from(accepted.get(id.cast_unsigned()).is_some()) << place
            });
        }
    }

    /// Judges all ids that the releases have now rather than one by one, and keeps which of them are
    /// accepted.
    ///
    /// Not needed for any answer: for a server that holds a validator for long, before its first question.
    /// From then on [`Validator::check`] of an id of SNOMED CT that nothing is found with costs one look in a
    /// table that is smaller than the index, where it costs several; all other codings cost what they did.
    /// Costs some hundred milliseconds and 16 to 32 bytes for each accepted id; called again, nothing.
    /// [`Validator::members`] makes the same table.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, Coding, Facts, Outcome, System, Validator};
    ///
    /// let binding = Binding::new("problem").system(System::Snomed);
    /// let validator = Validator::new(&terminology, &binding)?;
    /// validator.judge_ahead();
    /// let verdict = validator.check(&Coding::new(System::Snomed, "401004"), &Facts::new());
    /// assert_eq!(verdict.outcome(), Outcome::Accept);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn judge_ahead(&self) {
        self.batch.accepted.get_or_init(|| self.judge_accepted());
    }

    /// Whether it is known already that nothing is found with a coding.
    ///
    /// What was judged ahead was an id of SNOMED CT alone, on the validator's day. A coding or facts that say
    /// more are not answered by it, unless the binding does not look at what they say.
    #[inline]
    pub(super) fn is_known_to_be_right(&self, coding: &Coding<'_>, facts: &Facts<'_>) -> bool {
        let Some(accepted) = self.batch.accepted.get() else { return false };
        let is_snomed = matches!(
            (coding.stated, self.binding.systems.as_slice()),
            (Stated::System(System::Snomed), [] | [System::Snomed])
                | (Stated::Nothing, [System::Snomed])
        );
        let is_alone = coding.version.is_none()
            && coding.description_id.is_none()
            && (coding.display.is_none() || self.binding.display == DisplayRule::Nothing)
            // Of a product that SNOMED CT lacks the release of dm+d is named.
            && !self.binding.asks_dmd()
            && facts.recorded.is_none()
            && facts.today == self.today;
        // The check digit need not be looked at again: an id that was published with a wrong one is not
        // among those that nothing is found with.
        is_snomed
            && is_alone
            && Sctid::digits_of(coding.code.as_bytes())
                .is_some_and(|id| accepted.get(id.value()) == Some(NOTHING))
    }

    #[cold]
    fn judge_accepted(&self) -> Judged {
        let mut accepted = Vec::new();
        self.each_known(|id, outcome, finding| {
            if outcome == Outcome::Accept {
                accepted.push((id, finding.map_or(NOTHING, |_| NOTED)));
            }
        });
        Judged::of(&accepted)
    }

    /// What is said of each id that the releases have. For dm+d those are its products: of a concept
    /// that is none there is something to say.
    fn each_known(&self, mut with: impl FnMut(u64, Outcome, Option<FindingCode>)) {
        let systems = self.binding.systems.as_slice();
        for concept in self.snomed().into_iter().flat_map(|snomed| snomed.concepts()) {
            let facts = Facts::new().today(self.today);
            let id = concept.id().value();
            let (outcome, finding) = match systems {
                [] | [System::Snomed] => {
                    told(&Judging::new(self, &facts).codes_of_concept(concept))
                }
                // Which of several systems an id is judged by hangs on the id.
                _ if systems.contains(&System::Snomed) => self.judged(id),
                _ => break,
            };
            with(id, outcome, finding);
        }
        let dmd = self.systems.dmd();
        let products = dmd.into_iter().flat_map(|dmd| dmd.products()).map(|product| product.id());
        let ingredients = dmd.filter(|_| self.binding.ingredients).into_iter();
        let ingredients = ingredients.flat_map(|dmd| dmd.ingredients()).map(|one| one.id());
        for id in products.chain(ingredients) {
            let (outcome, finding) = self.judged(id.value());
            with(id.value(), outcome, finding);
        }
    }

    /// All ids that the releases have, each with the place of its finding among sixteen.
    #[cold]
    fn judge_all(&self) -> (Judged, [u8; 16]) {
        // The last place is for findings that found none.
        let mut numbers = [ASK; 16];
        numbers[usize::from(NOTHING)] = 0;
        let last = 15_u8;
        let place = |numbers: &mut [u8; 16], number: u8| {
            let mut places = (0..last).zip(numbers.iter_mut());
            let own = places.find(|(_, known)| **known == number || **known == ASK);
            own.map_or(last, |(place, known)| {
                *known = number;
                place
            })
        };
        let mut ids = Vec::new();
        self.each_known(|id, _, finding| {
            ids.push((id, place(&mut numbers, finding.map_or(0, FindingCode::number))));
        });
        (Judged::of(&ids), numbers)
    }

    #[cold]
    fn finding_of(&self, id: i64) -> u8 {
        match u64::try_from(id) {
            Ok(id) => self.judged(id).1.map_or(0, FindingCode::number),
            Err(_) => FindingCode::Malformed.number(),
        }
    }

    /// The outcome of an id, and its weightiest finding.
    fn judged(&self, id: u64) -> (Outcome, Option<FindingCode>) {
        let text = Digits::of(id);
        let coding = match self.binding.systems.is_empty() {
            true => Coding::new(System::Snomed, text.as_str()),
            false => Coding::unstated(text.as_str()),
        };
        let facts = Facts::new().today(self.today);
        let verdict = Judging::new(self, &facts).codes_of(&coding);
        told(&verdict)
    }
}

fn told(verdict: &Verdict<'_>) -> (Outcome, Option<FindingCode>) {
    (verdict.outcome(), verdict.worst().map(|finding| finding.code()))
}

/// The place that says that nothing was found.
const NOTHING: u8 = 0;
/// Stands, among accepted ids, where something was found.
const NOTED: u8 = 1;
/// Stands where a finding found no place: the id is judged anew.
const ASK: u8 = u8::MAX;

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
        let ids: Vec<(u64, u8)> = (1..5000).map(|n| (n * 1_000_003, (n % 16) as u8)).collect();
        let table = Judged::of(&ids);
        for (id, number) in &ids {
            assert_eq!(table.get(*id), Some(*number));
            assert_eq!(table.get(id + 1), None);
            assert_eq!(table.get(id | 1 << 63), None, "a negative number is not taken for an id");
        }
        assert_eq!(table.get(0), None);
        assert_eq!(table.get(999_999_999_999_999_999), None);
        assert_eq!(Judged::of(&[]).get(5), None);
        let longest = Judged::of(&[(999_999_999_999_999_999, 15)]);
        assert_eq!(longest.get(999_999_999_999_999_999), Some(15));
    }
}
