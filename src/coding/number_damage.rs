//! What spreadsheets and programs make of a code when they take it for a number.

use std::ops::Range;

/// A text that a program wrote for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberText {
    /// Every digit is there: `73211009.0`, `7.3211009E+07`, `73,211,009`, `'73211009`.
    Exact(u64),
    /// Digits are lost: so many were left out behind the exponent. With 0 all that a program had of the
    /// number is there, and it had no more than a double keeps.
    Rounded { value: u64, lost: u32 },
}

/// Digits of a number that a spreadsheet keeps.
const SPREADSHEET_DIGITS: u32 = 15;
/// Every integer up to this one is a double.
const MOST_EXACT: u64 = 1 << 53;
/// How far apart two numbers can be that have one nearest double: twice half the distance of doubles
/// just below 2^60, which is above all numbers of 18 digits.
const NEAR: u64 = 128;

impl NumberText {
    /// Reads what a program writes for a number and nobody writes for a code; `None` for anything
    /// else, plain digits included.
    pub(super) fn read(text: &str) -> Option<NumberText> {
        let text = text.strip_prefix('=').unwrap_or(text);
        let bare = text.trim_matches(|c| matches!(c, '\'' | '"' | '\u{2018}' | '\u{2019}'));
        if bare.len() < text.len() && all_digits(bare) {
            return bare.parse().ok().map(NumberText::Exact);
        }
        if let Some((mantissa, exponent)) = bare.split_once(['e', 'E']) {
            return scientific(mantissa, exponent);
        }
        if let Some((whole, fraction)) = bare.split_once('.') {
            let nothing = !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0');
            return (all_digits(whole) && nothing).then(|| whole.parse().ok().map(of_program))?;
        }
        grouped(bare)
    }
}

/// A whole number that a program may have had as a double, or a spreadsheet with its fifteen digits.
/// Of one that neither writes every digit is there.
fn of_program(value: u64) -> NumberText {
    let is_rounded = value > MOST_EXACT && (looks_like_a_double(value) || is_cut(value));
    match is_rounded {
        true => NumberText::Rounded { value, lost: 0 },
        false => NumberText::Exact(value),
    }
}

/// Whether the digits behind the fifteenth are zeros.
fn is_cut(value: u64) -> bool {
    let digits = value.checked_ilog10().unwrap_or(0).saturating_add(1);
    let dropped = digits.saturating_sub(SPREADSHEET_DIGITS);
    10_u64.checked_pow(dropped).is_some_and(|step| dropped > 0 && value.is_multiple_of(step))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `73,211,009`: groups of three behind the first.
fn grouped(text: &str) -> Option<NumberText> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let mut digits = String::from(first);
    let mut count = 0_usize;
    for group in groups {
        if group.len() != 3 || !all_digits(group) {
            return None;
        }
        digits.push_str(group);
        count = count.saturating_add(1);
    }
    let whole = count > 0 && all_digits(first) && first.len() <= 3;
    whole.then(|| digits.parse().ok().map(of_program))?
}

/// `9.99002271E+17`.
fn scientific(mantissa: &str, exponent: &str) -> Option<NumberText> {
    let exponent: u32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() != 1 || !all_digits(whole) || !(fraction.is_empty() || all_digits(fraction)) {
        return None;
    }
    let shown = u32::try_from(fraction.len()).ok()?;
    let digits: u64 = format!("{whole}{fraction}").parse().ok()?;
    let lost = exponent.checked_sub(shown)?;
    let value = digits.checked_mul(10_u64.checked_pow(lost)?)?;
    Some(match lost {
        0 => of_program(value),
        lost => NumberText::Rounded { value, lost },
    })
}

/// The ids among some that are sorted which a spreadsheet or a program can have turned into this text by
/// taking them for numbers: ascending. Of a text that no program makes of an id, none.
///
/// Digits behind the fifteenth that became zeros, the nearest double in any of the ways in which programs
/// write it, and exponents with digits left out are undone. Costs a few searches, and as many steps as
/// there are such ids.
///
/// ```
/// use farr::coding::origins_of;
///
/// let known = [24_700_007, 900_000_000_000_207_008];
/// assert_eq!(origins_of("9.00000000000207E+17", &known), [900_000_000_000_207_008]);
/// assert_eq!(origins_of("24700007.0", &known), [24_700_007]);
/// assert_eq!(origins_of("24700008", &known), []);
/// ```
pub fn origins_of(text: &str, sorted: &[u64]) -> Vec<u64> {
    let (value, lost) = match NumberText::read(text) {
        Some(NumberText::Exact(value)) => {
            let found = sorted.binary_search(&value).ok();
            return found.map(|_| value).into_iter().collect();
        }
        Some(NumberText::Rounded { value, lost }) => (value, Some(lost)),
        None => match text.parse() {
            Ok(value) if all_digits(text) => (value, None),
            _ => return Vec::new(),
        },
    };
    let mut found: Vec<u64> = Origins::of(value, lost).among(sorted).collect();
    found.sort_unstable();
    found
}

/// The numbers that a program can have turned into another by taking them for numbers of its own: those
/// that agree with it in the digits that were kept, and those that have the same nearest double.
#[derive(Clone, Debug)]
pub(super) struct Origins {
    value: u64,
    /// Those that lost digits.
    cut: Range<u64>,
    /// Among these stand those of the same nearest double.
    near: Range<u64>,
}

impl Origins {
    /// The numbers that can have become `value`. `lost` is how many digits were left out behind an
    /// exponent; `None` where the text is plain digits.
    pub(super) fn of(value: u64, lost: Option<u32>) -> Origins {
        let digits = value.checked_ilog10().unwrap_or(0).saturating_add(1);
        let left_out = lost.filter(|lost| *lost > 0);
        let dropped = left_out.unwrap_or_else(|| digits.saturating_sub(SPREADSHEET_DIGITS));
        let step = 10_u64.checked_pow(dropped).filter(|_| dropped > 0);
        let step = step.filter(|step| value.is_multiple_of(*step)).unwrap_or(0);
        // Spreadsheets cut digits off as they read a number, and round as they show it.
        let from = match left_out {
            Some(_) => value.saturating_sub(step / 2),
            None => value,
        };
        let was_double = value > MOST_EXACT && (lost.is_some() || looks_like_a_double(value));
        Origins {
            value,
            cut: from..value.saturating_add(step),
            near: match was_double {
                true => value.saturating_sub(NEAR)..value.saturating_add(NEAR).saturating_add(1),
                false => 0..0,
            },
        }
    }

    /// Those among numbers that are sorted.
    pub(super) fn among<'s>(&self, sorted: &'s [u64]) -> impl Iterator<Item = u64> + use<'s> {
        let Origins { value, cut, near } = self.clone();
        let cut_off = cut.clone();
        let rounded = within(sorted, near).filter(move |origin| double(*origin) == double(value));
        within(sorted, cut).chain(rounded.filter(move |origin| !cut_off.contains(origin)))
    }
}

/// Whether a program that writes a double writes these digits: all that it has, or as few as tell it
/// from its neighbours, and zeros.
fn looks_like_a_double(value: u64) -> bool {
    let shortest = || double_of(value).to_string() == value.to_string();
    double(value) == value || shortest()
}

/// The numbers of a range, among numbers that are sorted.
fn within(sorted: &[u64], range: Range<u64>) -> impl Iterator<Item = u64> + use<'_> {
    let from = match range.is_empty() {
        true => sorted.len(),
        false => sorted.partition_point(|number| *number < range.start),
    };
    let rest = sorted.get(from..).unwrap_or_default();
    rest.iter().copied().take_while(move |number| *number < range.end)
}

/// The nearest double, as an integer again.
#[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation)]
fn double(value: u64) -> u64 {
    double_of(value) as u64
}

#[allow(clippy::cast_precision_loss)]
fn double_of(value: u64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_codes_are_not() {
        use NumberText::{Exact, Rounded};
        let cases = [
            ("73211009.0", Some(Exact(73_211_009))),
            ("73211009.00", Some(Exact(73_211_009))),
            ("63372881000001106.0", Some(Exact(63_372_881_000_001_106))),
            ("100000141000001104.0", Some(Rounded { value: 100_000_141_000_001_104, lost: 0 })),
            ("100,000,141,000,001,000", Some(Rounded { value: 100_000_141_000_001_000, lost: 0 })),
            ("'999002271000000101", Some(Exact(999_002_271_000_000_101))),
            ("=\"73211009\"", Some(Exact(73_211_009))),
            ("73,211,009", Some(Exact(73_211_009))),
            ("7.3211009E+07", Some(Exact(73_211_009))),
            ("7.3211009e7", Some(Exact(73_211_009))),
            ("9.99002E+17", Some(Rounded { value: 999_002_000_000_000_000, lost: 12 })),
            ("9.99002271000000E+17", Some(Rounded { value: 999_002_271_000_000_000, lost: 3 })),
            ("1E+17", Some(Rounded { value: 100_000_000_000_000_000, lost: 17 })),
            ("73211009", None),
            ("73211009.5", None),
            ("73,21", None),
            ("7321,009", None),
            ("E11", None),
            ("E11.0", None),
            ("1E9", Some(Rounded { value: 1_000_000_000, lost: 9 })),
            ("9.9E+99", None),
            ("", None),
            (".0", None),
            ("'", None),
        ];
        for (text, expected) in cases {
            assert_eq!(NumberText::read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_rounded_number_comes_from_those_that_round_to_it() {
        let id = 999_002_271_000_000_101_u64;
        let has =
            |value: u64, lost: Option<u32>| Origins::of(value, lost).among(&[id]).count() == 1;
        assert!(has(999_002_271_000_000_000, None));
        assert!(has(double(id), None));
        assert!(has(double(id), Some(0)));
        assert!(has(999_002_271_000_000_000, Some(3)));
        assert!(has(999_002_000_000_000_000, Some(12)));
        assert!(!has(999_002_271_000_000_104, None), "a slip, and no rounding");
        // What is shown may be all of it.
        let whole = Origins::of(4_180_000, Some(4));
        assert_eq!(whole.among(&[4_175_009, 4_180_000]).count(), 2);
        assert_eq!(Origins::of(73_211_009, None).among(&[73_211_008, 73_211_010]).count(), 0);
        // JavaScript writes as few digits as tell a double from its neighbours.
        let shortest = Origins::of(100_000_141_000_001_100, None);
        assert_eq!(shortest.among(&[100_000_141_000_001_103]).count(), 1);
    }

    /// What a program can write for a number: plain digits, or digits and how many were left out.
    fn written(origin: u64) -> Vec<(u64, Option<u32>)> {
        let digits = origin.to_string().len() as u32;
        let power = |lost: u32| 10_u64.pow(lost);
        let double = origin as f64;
        let shortest: u64 = double.to_string().parse().unwrap();
        let mut all = vec![(double as u64, None), (double as u64, Some(0)), (shortest, None)];
        if digits > 15 {
            all.push((origin / power(digits - 15) * power(digits - 15), None));
        }
        for lost in 1..digits {
            let step = power(lost);
            // Shown with so few digits, rounded or cut off.
            all.push((origin / step * step, Some(lost)));
            all.push(((origin + step / 2) / step * step, Some(lost)));
        }
        // As C and Python write a double with an exponent.
        let zeros = shortest.to_string().bytes().rev().take_while(|digit| *digit == b'0').count();
        all.push((shortest, Some(zeros as u32)));
        all
    }

    #[test]
    fn whatever_a_program_writes_leads_back_to_what_it_had() {
        let ids = [
            999_002_271_000_000_101,
            56_517_711_000_001_105,
            100_000_141_000_001_103,
            900_000_000_000_540_000,
            24_700_007,
            1_000_000_000_000_000_002_u64 / 10,
        ];
        for id in ids {
            for (value, lost) in written(id) {
                let found = Origins::of(value, lost).among(&[id]).count();
                // Where all digits are there nothing was rounded.
                let is_whole = value == id && lost.is_none_or(|lost| lost == 0);
                assert!(found == 1 || is_whole, "{id}: {value} {lost:?}");
            }
        }
    }

    #[test]
    fn each_origin_is_given_once_and_none_that_cannot_be_one() {
        let values = [999_002_271_000_000_000, 56_517_711_000_001_104, 9_007_199_254_740_993];
        for value in values {
            for lost in [None, Some(0), Some(1), Some(3)] {
                let all: Vec<u64> = (value - 2_000..value + 2_000).collect();
                let mut found: Vec<u64> = Origins::of(value, lost).among(&all).collect();
                let count = found.len();
                found.sort_unstable();
                found.dedup();
                assert_eq!(found.len(), count);
                for origin in found {
                    let near = double(origin) == double(value);
                    let step = 10_u64.pow(
                        lost.filter(|lost| *lost > 0)
                            .unwrap_or((value.to_string().len() as u32).saturating_sub(15)),
                    );
                    let cut = origin / step == value / step;
                    let rounded = lost.is_some() && (origin + step / 2) / step == value / step;
                    assert!(near || cut || rounded, "{value} {lost:?} {origin}");
                }
            }
        }
    }
}
