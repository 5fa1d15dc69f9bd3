//! What spreadsheets and programs make of a code when they take it for a number.

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

/// The numbers that, taken for a number by a program, can have become `value`: those that agree in
/// the first 15 digits where the rest are zeros now, and those that have the same nearest double.
///
/// `lost` is how many digits a program said that it left out; `None` for plain digits. At most some
/// ten thousand; none where too many digits are lost to say anything.
pub(super) fn origins(value: u64, lost: Option<u32>) -> impl Iterator<Item = u64> {
    let digits = value.checked_ilog10().unwrap_or(0).saturating_add(1);
    let dropped = lost.unwrap_or_else(|| digits.saturating_sub(SPREADSHEET_DIGITS));
    let step = 10_u64.checked_pow(dropped).filter(|_| (1..=MOST_LOST).contains(&dropped));
    let zeros = step.filter(|step| value.is_multiple_of(*step));
    // Spreadsheets cut digits off as they read a number, and round as they show it.
    let from = zeros.map(|step| match lost {
        Some(_) => value.saturating_sub(step / 2),
        None => value,
    });
    let cut = from.into_iter().flat_map(move |from| {
        let end = value.saturating_add(zeros.unwrap_or(0));
        from..end
    });
    // Above 2^53 not every integer is a double; among numbers of 18 digits one in 128 is.
    let is_double = lost.is_none() && value > 1 << 53 && double(value) == value;
    let near = is_double.then(|| value.saturating_sub(64)..=value.saturating_add(64));
    let near = near.into_iter().flatten().filter(move |origin| double(*origin) == value);
    let beyond = move |origin: &u64| {
        zeros.is_none_or(|step| *origin < value || *origin >= value.saturating_add(step))
    };
    cut.chain(near.filter(beyond)).filter(move |origin| *origin != value)
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
        assert!(origins(999_002_271_000_000_000, None).any(|origin| origin == id));
        assert!(origins(double(id), None).any(|origin| origin == id));
        assert!(origins(999_002_271_000_000_000, Some(3)).any(|origin| origin == id));
        assert_eq!(origins(73_211_009, None).count(), 0);
        assert_eq!(origins(999_002_000_000_000_000, Some(12)).count(), 0);
        let mut all: Vec<u64> = origins(999_002_271_000_000_000, None).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "each is given once");
    }
}
