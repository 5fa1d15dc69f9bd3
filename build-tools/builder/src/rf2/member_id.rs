//! Ids of refset members: UUIDs, and what stands in their place.

use super::log::Log;
use super::row::Row;
use crate::problem::NoteKind;

/// Ids that are not UUIDs, beside the numbers that stand for them.
#[derive(Debug, Default)]
pub(crate) struct UnusualIds(pub(crate) Vec<(u128, String)>);

impl UnusualIds {
    /// The number of a row's id.
    pub(super) fn member<const N: usize>(
        &mut self,
        row: &Row<'_, N>,
        log: &mut Log,
    ) -> Option<u128> {
        if let Some(member) = uuid(row.fields[0]) {
            return Some(member);
        }
        let text = row.text(0, log)?;
        log.note(row.line, NoteKind::MemberId, row.fields[0]);
        let member = stand_in(row.fields[0]);
        self.0.push((member, text.to_owned()));
        Some(member)
    }
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
