//! The tables to write: those of the refsets as read, and that of the language refsets.

use crate::rf2::refset::{ACCEPTABILITY, MemberRow};
use crate::rf2::{ACCEPTABLE, Membership, PREFERRED};
use crate::snomed::{RefsetTable, Release};

/// One table as read.
pub(super) struct Source {
    pub(super) table: RefsetTable,
    pub(super) memberships: Vec<Membership>,
    /// Whether its one column is that of the acceptability, which stands in the memberships.
    pub(super) is_language: bool,
}

impl Source {
    /// The refset of a row.
    pub(super) fn membership(&self, row: u32) -> &Membership {
        let row = &self.table.rows[row as usize];
        &self.memberships[row.membership as usize]
    }
}

/// The acceptability that a membership of a language refset says.
pub(super) fn acceptability(membership: &Membership) -> u64 {
    if membership.preferred { PREFERRED } else { ACCEPTABLE }
}

/// Takes the tables out of a release, in the order in which they are written.
pub(super) fn sources(release: &mut Release) -> Vec<Source> {
    let memberships = std::mem::take(&mut release.refsets.memberships);
    let mut sources: Vec<Source> = std::mem::take(&mut release.refsets.tables)
        .into_iter()
        .map(|table| Source { table, memberships: memberships.clone(), is_language: false })
        .collect();
    let rows = std::mem::take(&mut release.language_rows);
    if !rows.is_empty() {
        // As long as the rows they are made from, so that these are used again.
        let rows = rows.into_iter().map(|row| MemberRow {
            member: row.member,
            component: row.description,
            effective_time: row.effective_time,
            membership: row.membership,
        });
        let table = RefsetTable::of_rows(ACCEPTABILITY, rows.collect());
        let memberships = release.memberships.clone();
        sources.push(Source { table, memberships, is_language: true });
    }
    sources.retain(|source| !source.table.rows.is_empty());
    sources.sort_by(|one, other| {
        let key = |source: &Source| (source.table.pattern.clone(), source.table.names.clone());
        key(one).cmp(&key(other))
    });
    sources
}
