//! What spreadsheets and programs make of a code when they take it for a number.

use std::ops::Range;

/// A text that a program wrote for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberText {
    /// Every digit is there: `73211009.0`, `7.3211009E+07`, `73,211,009`, `'73211009`.
    Exact(u64),
    /// Digits are lost: of the number only so many leading digits are known, the rest are zeros.
    Rounded { value: u64, lost: u32 },
}

/// Digits of a number that a spreadsheet keeps.
const SPREADSHEET_DIGITS: u32 = 15;
/// Lost digits beyond which the codes that may have been are too many to say anything.
const MOST_LOST: u32 = 4;

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
            return (all_digits(whole) && nothing)
                .then(|| whole.parse().ok().map(NumberText::Exact))?;
        }
        grouped(bare)
    }
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
    whole.then(|| digits.parse().ok().map(NumberText::Exact))?
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
        0 => NumberText::Exact(value),
        lost => NumberText::Rounded { value, lost },
    })
}

/// The numbers that, taken for a number by a program, can have become another: those that agree in
/// the first 15 digits where the rest are zeros now, and those that have the same nearest double.
#[derive(Clone, Debug)]
pub(super) struct Origins {
    value: u64,
    /// Those that lost digits.
    cut: Range<u64>,
    /// Among these stand those of which `value` is the nearest double.
    near: Range<u64>,
}

impl Origins {
    /// The numbers that can have become `value`. `lost` is how many digits a program said that it left
    /// out; `None` for plain digits. None where too many digits are lost to say anything.
    pub(super) fn of(value: u64, lost: Option<u32>) -> Origins {
        let digits = value.checked_ilog10().unwrap_or(0).saturating_add(1);
        let dropped = lost.unwrap_or_else(|| digits.saturating_sub(SPREADSHEET_DIGITS));
        let step = 10_u64.checked_pow(dropped).filter(|_| (1..=MOST_LOST).contains(&dropped));
        let zeros = step.filter(|step| value.is_multiple_of(*step));
        // Spreadsheets cut digits off as they read a number, and round as they show it.
        let from = match (zeros, lost) {
            (Some(step), Some(_)) => value.saturating_sub(step / 2),
            _ => value,
        };
        // Above 2^53 not every integer is a double; among numbers of 18 digits one in 128 is.
        let is_double = lost.is_none() && value > 1 << 53 && double(value) == value;
        Origins {
            value,
            cut: from..value.saturating_add(zeros.unwrap_or(0)),
            near: match is_double {
                true => value.saturating_sub(64)..value.saturating_add(65),
                false => 0..0,
            },
        }
    }

    /// Those among numbers that are sorted.
    pub(super) fn among<'s>(&self, sorted: &'s [u64]) -> impl Iterator<Item = u64> + use<'s> {
        let Origins { value, cut, near } = self.clone();
        let cut_off = cut.clone();
        let rounded = within(sorted, near).filter(move |origin| double(*origin) == value);
        within(sorted, cut)
            .chain(rounded.filter(move |origin| !cut_off.contains(origin)))
            .filter(move |origin| *origin != value)
    }
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
#[allow(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation)]
fn double(value: u64) -> u64 {
    value as f64 as u64
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
        assert!(has(999_002_271_000_000_000, Some(3)));
        assert!(!has(999_002_000_000_000_000, Some(12)), "too many digits are lost");
        assert!(!has(id, None), "a number is not its own origin");
        assert_eq!(Origins::of(73_211_009, None).among(&[73_211_008, 73_211_010]).count(), 0);
    }

    /// Whether a program can have made `value` of `origin`, by what programs do.
    fn becomes(origin: u64, value: u64, lost: Option<u32>) -> bool {
        let digits = value.to_string().len() as u32;
        let step = |dropped: u32| 10_u64.pow(dropped);
        let possible =
            |dropped: u32| (1..=4).contains(&dropped) && value.is_multiple_of(step(dropped));
        match lost {
            // As shown: rounded, or cut off.
            Some(lost) => {
                let (low, high) = (value.saturating_sub(step(lost) / 2), value + step(lost));
                origin != value && possible(lost) && (low..high).contains(&origin)
            }
            None => {
                let dropped = digits.saturating_sub(15);
                let cut = possible(dropped) && origin / step(dropped) * step(dropped) == value;
                let rounded = value > 1 << 53 && origin as f64 as u64 == value;
                origin != value && (cut || rounded)
            }
        }
    }

    #[test]
    fn origins_are_those_that_a_walk_over_all_numbers_finds() {
        let doubles =
            [999_002_271_000_000_101_u64, 56_517_711_000_001_105, 1_000_000_000_000_000_002];
        let values = doubles.into_iter().flat_map(|id| {
            [id, double(id), id / 100 * 100, id / 1000 * 1000, id / 10_000 * 10_000]
        });
        for value in values.chain([0, 1, 9_007_199_254_740_993, 123_456_789_012_345_600]) {
            for lost in [None, Some(1), Some(3), Some(4), Some(5)] {
                let all: Vec<u64> = (value.saturating_sub(11_000)..value + 11_000).collect();
                let mut found: Vec<u64> = Origins::of(value, lost).among(&all).collect();
                found.sort_unstable();
                let expected: Vec<u64> =
                    all.iter().copied().filter(|origin| becomes(*origin, value, lost)).collect();
                assert_eq!(found, expected, "{value}, {lost:?}");
            }
        }
    }
}
