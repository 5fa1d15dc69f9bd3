//! `der2_cRefset_Language`.

use super::intern::Interned;
use super::log::Log;
use super::member_id::UnusualIds;
use super::read::Rows;
use super::row::{Row, digits};

pub(crate) const PREFERRED: u64 = 900_000_000_000_548_007;
pub(crate) const ACCEPTABLE: u64 = 900_000_000_000_549_004;

/// The columns that few combinations of exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Membership {
    pub(crate) refset: u64,
    pub(crate) active: bool,
    /// Of language rows; of others false.
    pub(crate) preferred: bool,
    pub(crate) module: u64,
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
    pub(crate) unusual: UnusualIds,
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
        let Some((effective_time, active, module, refset, description)) = row.of_refset(log) else {
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
        let Some(member) = self.unusual.member(row, log) else { return };
        let membership = Membership { refset, active, preferred, module };
        let membership = self.memberships.number(membership);
        self.rows.push(LanguageRow { member, description, effective_time, membership });
    }
}
