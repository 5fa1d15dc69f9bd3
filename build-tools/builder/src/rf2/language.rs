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
        let member = uuid(row.fields[0]).unwrap_or_else(|| {
            log.note(row.line, NoteKind::MemberId, row.fields[0]);
            stand_in(row.fields[0])
        });
        let membership = self.memberships.number(Membership { refset, active, preferred });
        self.rows.push(LanguageRow { member, description, effective_time, membership });
    }
}

/// A UUID, `8-4-4-4-12` hexadecimal digits.
fn uuid(field: &[u8]) -> Option<u128> {
    if field.len() != 36 {
        return None;
    }
    let mut value = 0_u128;
    for (at, byte) in field.iter().enumerate() {
        if matches!(at, 8 | 13 | 18 | 23) {
            if *byte != b'-' {
                return None;
            }
            continue;
        }
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            _ => return None,
        };
        value = value << 4 | u128::from(digit);
    }
    Some(value)
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
