//! The text of an element to the cell that holds it.

use farr::dmd::schema::Kind;
use farr::{Date, Sctid};

/// A cell that holds nothing.
pub(crate) const ABSENT: u64 = u64::MAX;
/// Bits of a cell that hold the length of a text; the others hold its start.
pub(super) const LENGTH_BITS: u32 = 16;
/// The longest text of an element.
pub(super) const LONGEST_TEXT: usize = 32 << 10;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is not what its kind says: what was expected.
    Value(&'static str),
    /// Its check digit, and the value all the same.
    CheckDigit(u64),
    /// The check digit of a GTIN, and the value all the same.
    GtinCheckDigit(u64),
}

/// The cell of an element that is not text. An empty element is an absent one.
pub(super) fn cell(kind: Kind, text: &str) -> Result<u64, Wrong> {
    let trimmed = text.trim_matches([' ', '\t', '\r', '\n']);
    if trimmed.is_empty() {
        return Ok(ABSENT);
    }
    match kind {
        Kind::Id | Kind::Sctid | Kind::Reference(_) => {
            let expected = Wrong::Value("an identifier of up to 18 digits");
            let id = number(trimmed, 18).and_then(Sctid::as_published).ok_or(expected)?;
            match id.check() {
                Ok(()) => Ok(id.value()),
                Err(_) => Err(Wrong::CheckDigit(id.value())),
            }
        }
        Kind::Code(_) | Kind::Number => {
            number(trimmed, 18).ok_or(Wrong::Value("a code of up to 18 digits"))
        }
        Kind::Date => {
            let date: Option<Date> = trimmed.parse().ok().filter(|_| trimmed.len() == 10);
            let date = date.ok_or(Wrong::Value("a date as in 2026-08-01"))?;
            Ok(u64::from(date.number()))
        }
        Kind::Integer => {
            let number = number(trimmed, 18).filter(|number| *number < u64::from(u32::MAX));
            number.ok_or(Wrong::Value("a whole number below 4294967295"))
        }
        Kind::Flag => {
            let flag = number(trimmed, 18).filter(|flag| *flag <= 1);
            flag.ok_or(Wrong::Value("0 or 1"))
        }
        Kind::Gtin => {
            let digits = matches!(trimmed.len(), 8 | 12 | 13 | 14);
            let gtin = number(trimmed, 14).filter(|gtin| digits && *gtin != 0);
            let gtin = gtin.ok_or(Wrong::Value("8, 12, 13 or 14 digits"))?;
            match farr::id::Gtin::as_published(gtin) {
                Some(known) if known.has_valid_check_digit() => Ok(gtin),
                _ => Err(Wrong::GtinCheckDigit(gtin)),
            }
        }
        Kind::Text | Kind::Decimal => Err(Wrong::Value("no text")),
    }
}

/// Whether a text is a number as XML schemas have it, an exponent left out.
pub(super) fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
}

/// Digits, leading zeros among them, of a number that has no more than so many without those.
fn number(text: &str, most: usize) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let significant = text.trim_start_matches('0');
    match significant {
        _ if !digits || significant.len() > most => None,
        "" => Some(0),
        _ => significant.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use farr::dmd::schema::List;

    use super::*;

    #[test]
    fn cells_hold_what_their_kinds_say() {
        let id = |text| cell(Kind::Id, text);
        assert_eq!(id("24700007"), Ok(24_700_007));
        assert_eq!(id("24700008"), Err(Wrong::CheckDigit(24_700_008)));
        assert_eq!(id(""), Ok(ABSENT));
        assert!(matches!(id("x"), Err(Wrong::Value(_))));
        assert!(matches!(id("0"), Err(Wrong::Value(_))));
        assert!(matches!(id("1234567890123456789"), Err(Wrong::Value(_))));
        assert_eq!(cell(Kind::Code(List::BasisOfName), "0001"), Ok(1));
        assert_eq!(cell(Kind::Code(List::BasisOfName), "0000"), Ok(0));
        assert_eq!(cell(Kind::Date, "2026-08-01"), Ok(20_260_801));
        assert!(matches!(cell(Kind::Date, "20260801"), Err(Wrong::Value(_))));
        assert!(matches!(cell(Kind::Date, "2026-02-30"), Err(Wrong::Value(_))));
        assert_eq!(cell(Kind::Integer, "4294967294"), Ok(4_294_967_294));
        assert!(matches!(cell(Kind::Integer, "4294967295"), Err(Wrong::Value(_))));
        assert!(matches!(cell(Kind::Integer, "-1"), Err(Wrong::Value(_))));
        assert_eq!(cell(Kind::Flag, "0001"), Ok(1));
        assert!(matches!(cell(Kind::Flag, "2"), Err(Wrong::Value(_))));
        assert_eq!(cell(Kind::Gtin, "5037563003235"), Ok(5_037_563_003_235));
        assert_eq!(
            cell(Kind::Gtin, "5037563003236"),
            Err(Wrong::GtinCheckDigit(5_037_563_003_236))
        );
        assert!(matches!(cell(Kind::Gtin, "503756300323"), Err(Wrong::GtinCheckDigit(_))));
        assert!(matches!(cell(Kind::Gtin, "50375630032"), Err(Wrong::Value(_))));
    }

    #[test]
    fn numbers_are_as_schemas_have_them() {
        for text in ["5", "0.25", ".5", "5.", "-1.0", "+2"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["", ".", "1e3", "INF", "1,5", "--1", "1.2.3"] {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
