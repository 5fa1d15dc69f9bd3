//! One row: its fields, read as the types that RF2 knows.

use farr::id::verhoeff;

use super::log::Log;
use crate::problem::NoteKind;

/// The effective time of a row that has none: newer than every other.
pub(crate) const UNPUBLISHED: u32 = u32::MAX;

/// The fields of one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a, const N: usize> {
    pub(super) fields: [&'a [u8]; N],
    pub(super) line: u64,
}

/// What the partition digits of an id must end in: the kind of component.
#[derive(Clone, Copy, Debug)]
pub(super) enum Component {
    Concept,
    Description,
    Relationship,
}

/// Decimal digits as a number below 10^18, without a leading zero.
///
/// A release has a hundred million ids, so they are read eight digits at a time.
pub(super) fn digits(field: &[u8]) -> Option<u64> {
    if field.is_empty() || field.len() > 18 || field[0] == b'0' {
        return None;
    }
    let (head, eights) = field.split_at(field.len() % 8);
    let mut value = 0_u64;
    for byte in head {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u64::from(digit);
    }
    for eight in eights.as_chunks().0 {
        value = value * 100_000_000 + eight_digits(*eight)?;
    }
    Some(value)
}

/// What stands behind the zeros that a field begins with.
fn after_zeros(field: &[u8]) -> &[u8] {
    let zeros = field.iter().take_while(|byte| **byte == b'0').count();
    &field[zeros..]
}

/// Eight ASCII digits in one word, the first one lowest: checked and weighed in pairs, fours, eight.
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    let word = u64::from_le_bytes(bytes);
    // A digit is 0x30 to 0x39: its high half is 3, and still is when 6 is added.
    let sixes = word.wrapping_add(0x0606_0606_0606_0606);
    if (word & HIGH) | ((sixes & HIGH) >> 4) != 0x3333_3333_3333_3333 {
        return None;
    }
    let ones = word & 0x0F0F_0F0F_0F0F_0F0F;
    let pairs = ones.wrapping_mul(10 * 256 + 1) >> 8 & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100 * 65_536 + 1) >> 16 & 0x0000_FFFF_0000_FFFF;
    Some(fours.wrapping_mul(10_000 * 4_294_967_296 + 1) >> 32)
}

/// A date `YYYYMMDD`, or one with a time of day behind it.
pub(super) fn date(field: &[u8]) -> Option<u32> {
    let date = match field.len() {
        8 => field,
        16 if field[8] == b'T' && field[15] == b'Z' => &field[..8],
        _ => return None,
    };
    digits(date).and_then(|date| u32::try_from(date).ok()).filter(|date| is_date(*date))
}

/// Whether a number of eight digits is a date `YYYYMMDD`.
pub(crate) fn is_date(date: u32) -> bool {
    (10_000_000..=99_999_999).contains(&date)
        && (1..=12).contains(&(date / 100 % 100))
        && (1..=31).contains(&(date % 100))
}

impl<'a, const N: usize> Row<'a, N> {
    /// An SCTID as published: digits; its check digit is the business of the row it names. Zeros
    /// before it, which an SCTID never has, are told and left off.
    pub(super) fn sctid(&self, column: usize, log: &mut Log) -> Option<u64> {
        let field = self.fields[column];
        let mut id = digits(field);
        if id.is_none() && field.first() == Some(&b'0') && field.len() <= 18 {
            id = digits(after_zeros(field));
            if id.is_some() {
                log.note(self.line, NoteKind::LeadingZeros, field);
            }
        }
        if id.is_none() {
            let expected = "an SCTID: up to 18 digits";
            log.problem(self.line, Some(column), expected, self.fields[column]);
        }
        id
    }

    /// The id of the row itself: also its check digit and kind are looked at.
    pub(super) fn component(&self, kind: Component, log: &mut Log) -> Option<u64> {
        let id = self.sctid(0, log)?;
        if id < 100_000 || !verhoeff::is_valid(id) {
            log.note(self.line, NoteKind::CheckDigit, self.fields[0]);
        } else if id / 10 % 10 != kind as u64 {
            log.note(self.line, NoteKind::Partition, self.fields[0]);
        }
        Some(id)
    }

    pub(super) fn active(&self, column: usize, log: &mut Log) -> Option<bool> {
        match self.fields[column] {
            b"1" => Some(true),
            b"0" => Some(false),
            other => {
                log.problem(self.line, Some(column), "0 or 1", other);
                None
            }
        }
    }

    /// What every refset row has behind its id: effective time, whether it is active, module, refset and
    /// referenced component. All are looked at before any is missed.
    pub(super) fn of_refset(&self, log: &mut Log) -> Option<(u32, bool, u64, u64, u64)> {
        let (time, active) = (self.effective_time(1, log), self.active(2, log));
        let [module, refset, component] = [3, 4, 5].map(|column| self.sctid(column, log));
        Some((time?, active?, module?, refset?, component?))
    }

    /// An effective time, `YYYYMMDD` or with a time of day behind it.
    pub(super) fn effective_time(&self, column: usize, log: &mut Log) -> Option<u32> {
        let field = self.fields[column];
        if field.is_empty() {
            log.note(self.line, NoteKind::BlankEffectiveTime, self.fields[0]);
            return Some(UNPUBLISHED);
        }
        let time = date(field);
        if time.is_none() {
            log.problem(self.line, Some(column), "a date YYYYMMDD", field);
        }
        time
    }

    pub(super) fn text(&self, column: usize, log: &mut Log) -> Option<&'a str> {
        match std::str::from_utf8(self.fields[column]) {
            Ok(text) => Some(text),
            Err(_) => {
                log.problem(self.line, Some(column), "UTF-8 text", self.fields[column]);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(field: &[u8]) -> Row<'_, 1> {
        Row { fields: [field], line: 0 }
    }

    #[test]
    fn ids_are_digits_and_no_more() {
        assert_eq!(digits(b"138875005"), Some(138_875_005));
        assert_eq!(digits(b"999999990989121104"), Some(999_999_990_989_121_104));
        assert_eq!(digits(b"12345678"), Some(12_345_678));
        let bad = [&b""[..], b"0123456", b"12a", b"1234567890123456789", b"-5", b" 5"];
        for bad in bad.into_iter().chain([&b"1234567:"[..], b"1/345678", b"123456789012345a"]) {
            assert_eq!(digits(bad), None, "{}", bad.escape_ascii());
        }
    }

    #[test]
    fn zeros_before_an_id_are_told_and_left_off() {
        let mut log = Log::default();
        assert_eq!(row(b"000138875005").sctid(0, &mut log), Some(138_875_005));
        let kinds: Vec<NoteKind> = log.notes.iter().map(|(kind, _, _)| *kind).collect();
        assert_eq!((kinds, log.problems.len()), (vec![NoteKind::LeadingZeros], 0));
        for bad in [&b"0"[..], b"000", b"0a1", b"0000000000138875005"] {
            assert_eq!(row(bad).sctid(0, &mut log), None);
        }
        assert_eq!(log.problems.len(), 4);
    }

    #[test]
    fn times_are_dates_and_a_blank_one_is_the_newest() {
        let mut log = Log::default();
        assert_eq!(row(b"20260801").effective_time(0, &mut log), Some(20_260_801));
        assert_eq!(row(b"20260801T120000Z").effective_time(0, &mut log), Some(20_260_801));
        assert_eq!(row(b"").effective_time(0, &mut log), Some(UNPUBLISHED));
        assert!(log.problems.is_empty());
        for bad in [&b"2026"[..], b"20261301", b"20260800", b"2026-8-1"] {
            assert_eq!(row(bad).effective_time(0, &mut log), None);
        }
        assert_eq!(log.problems.len(), 4);
    }

    #[test]
    fn a_wrong_check_digit_and_a_wrong_kind_are_noted_and_read_on() {
        let mut log = Log::default();
        assert_eq!(row(b"138875005").component(Component::Concept, &mut log), Some(138_875_005));
        assert!(log.notes.is_empty());
        row(b"138875006").component(Component::Concept, &mut log);
        row(b"138875005").component(Component::Description, &mut log);
        let kinds: Vec<NoteKind> = log.notes.iter().map(|(kind, _, _)| *kind).collect();
        assert_eq!(kinds, [NoteKind::CheckDigit, NoteKind::Partition]);
    }
}
