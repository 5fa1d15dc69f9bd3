//! `der2_cRefset_Language`.

use super::intern::Interned;
use super::log::Log;
use super::read::Rows;
use super::row::{Row, digits};
use crate::problem::NoteKind;

const PREFERRED: u64 = 900_000_000_000_548_007;
const ACCEPTABLE: u64 = 900_000_000_000_549_004;

/// The columns that few combinations of exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Membership {
    pub(crate) refset: u64,
    pub(crate) active: bool,
    pub(crate) preferred: bool,
}

/// One language row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LanguageRow {
    pub(crate) member: u128,
    pub(crate) description: u64,
    pub(crate) effective_time: u32,
    pub(crate) membership: u32,
}

/// The rows of a chunk.
#[derive(Debug, Default)]
pub(crate) struct LanguageRows {
    pub(crate) rows: Vec<LanguageRow>,
    pub(crate) memberships: Interned<Membership>,
}

impl Rows<7> for LanguageRows {
    const COLUMNS: [&'static str; 7] = [
        "id",
        "effectiveTime",
        "active",
        "moduleId",
        "refsetId",
        "referencedComponentId",
        "acceptabilityId",
    ];

    #[allow(private_interfaces)]
    fn row(&mut self, row: &Row<'_, 7>, log: &mut Log) {
        let (Some(effective_time), Some(active), Some(_module), Some(refset), Some(description)) = (
            row.effective_time(1, log),
            row.active(2, log),
            row.sctid(3, log),
            row.sctid(4, log),
            row.sctid(5, log),
        ) else {
            return;
        };
        let preferred = match digits(row.fields[6]) {
            Some(PREFERRED) => true,
            Some(ACCEPTABLE) => false,
            _ => {
                let expected = "900000000000548007 (preferred) or 900000000000549004 (acceptable)";
                log.problem(row.line, Some(6), expected, row.fields[6]);
                return;
            }
        };
        let member = member(row, log);
        let membership = self.memberships.number(Membership { refset, active, preferred });
        self.rows.push(LanguageRow { member, description, effective_time, membership });
    }
}

/// The id of the member that a row is of.
pub(super) fn member<const N: usize>(row: &Row<'_, N>, log: &mut Log) -> u128 {
    uuid(row.fields[0]).unwrap_or_else(|| {
        log.note(row.line, NoteKind::MemberId, row.fields[0]);
        stand_in(row.fields[0])
    })
}

/// A UUID, `8-4-4-4-12` hexadecimal digits.
fn uuid(field: &[u8]) -> Option<u128> {
    let field: &[u8; 36] = field.try_into().ok()?;
    if [field[8], field[13], field[18], field[23]] != [b'-'; 4] {
        return None;
    }
    let joined = |one: usize, other: usize| {
        let mut eight = [0; 8];
        eight[..4].copy_from_slice(&field[one..one + 4]);
        eight[4..].copy_from_slice(&field[other..other + 4]);
        eight
    };
    let parts = [joined(0, 4), joined(9, 14), joined(19, 24), joined(28, 32)];
    parts.into_iter().try_fold(0_u128, |value, eight| {
        Some(value << 32 | u128::from(eight_hexadecimal_digits(eight)?))
    })
}

/// Eight hexadecimal digits, read in one word.
fn eight_hexadecimal_digits(bytes: [u8; 8]) -> Option<u32> {
    if !bytes.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    // The first digit is the highest.
    let word = bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    // The low half of a letter is 1 to 6, and bit 6 tells it from a digit.
    let nibbles = (word & 0x0F0F_0F0F_0F0F_0F0F) + 9 * (word >> 6 & 0x0101_0101_0101_0101);
    let bytes = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF;
    let pairs = (bytes | bytes >> 8) & 0x0000_FFFF_0000_FFFF;
    Some((pairs | pairs >> 16) as u32)
}

/// Stands for a member id that is no UUID: equal for equal ids, and as good as never for others.
fn stand_in(field: &[u8]) -> u128 {
    // FNV-1a, 128 bits.
    field.iter().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_read_in_either_case_and_nothing_else_is_one() {
        let lower = uuid(b"0895232a-f4ba-42b2-98a4-eee18cbe9881");
        assert_eq!(lower, Some(0x0895_232a_f4ba_42b2_98a4_eee1_8cbe_9881));
        assert_eq!(uuid(b"0895232A-F4BA-42B2-98A4-EEE18CBE9881"), lower);
        assert_eq!(uuid(b"0895232a+f4ba-42b2-98a4-eee18cbe9881"), None);
        assert_eq!(uuid(b"12345"), None);
        assert_ne!(stand_in(b"1"), stand_in(b"2"));
    }
}
