//! The rows of a chunk of any refset file, column by column.

use super::texts::{Texts, take_apart};
use crate::rf2::intern::Interned;
use crate::rf2::language::Membership;
use crate::rf2::log::Log;
use crate::rf2::member_id::UnusualIds;
use crate::rf2::row::{Row, digits};

/// Columns that every refset has.
pub(crate) const BASE: usize = 6;

/// The part of a row that every refset has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MemberRow {
    pub(crate) member: u128,
    pub(crate) component: u64,
    pub(crate) effective_time: u32,
    pub(crate) membership: u32,
}

/// In a column of components: an empty one.
pub(crate) const EMPTY: u64 = 0;
/// In a column of components: the rest is the number of a text.
pub(crate) const NO_ID: u64 = 1 << 63;

/// The values of one column beyond those of every refset, by row.
#[derive(Debug)]
pub(crate) enum Values {
    /// Ids, [`EMPTY`], or [`NO_ID`] and the number of a text.
    Components(Vec<u64>),
    Integers(Vec<i32>),
    Texts(TextColumn),
}

/// Texts by row: the number of the template, and where its ids start.
#[derive(Debug, Default)]
pub(crate) struct TextColumn {
    pub(crate) rows: Vec<(u32, u32)>,
    pub(crate) ids: Vec<u64>,
}

impl TextColumn {
    /// The template of a row, and its ids: as many as the template has places, or up to the
    /// next row's.
    pub(crate) fn row(&self, at: usize) -> (u32, &[u64]) {
        let (number, start) = self.rows[at];
        let end = self.rows.get(at + 1).map_or(self.ids.len(), |(_, start)| *start as usize);
        (number, &self.ids[start as usize..end])
    }
}

/// The rows of a chunk.
#[derive(Debug, Default)]
pub(crate) struct MemberRows {
    pub(crate) rows: Vec<MemberRow>,
    pub(crate) memberships: Interned<Membership>,
    pub(crate) unusual: UnusualIds,
    pub(crate) values: Vec<Values>,
    pub(crate) texts: Texts,
    template: String,
}

impl MemberRows {
    /// Rows with columns of these letters.
    pub(super) fn new(pattern: &str) -> MemberRows {
        let values = pattern.bytes().map(|letter| match letter {
            b'c' => Values::Components(Vec::new()),
            b'i' => Values::Integers(Vec::new()),
            _ => Values::Texts(TextColumn::default()),
        });
        MemberRows { values: values.collect(), ..MemberRows::default() }
    }

    /// Takes in one row: the six columns, and the others.
    pub(super) fn row(&mut self, row: &Row<'_, BASE>, others: &[&[u8]], log: &mut Log) {
        let Some((effective_time, active, module, refset, component)) = row.of_refset(log) else {
            return;
        };
        // A bad row must not leave values behind, so all are looked at before any is kept.
        for (at, (values, field)) in self.values.iter().zip(others).enumerate() {
            let sound = match values {
                Values::Integers(_) => integer(field).is_some(),
                _ => std::str::from_utf8(field).is_ok(),
            };
            if !sound {
                let expected = match values {
                    Values::Integers(_) => "an integer",
                    _ => "UTF-8 text",
                };
                log.problem(row.line, Some(BASE + at), expected, field);
                return;
            }
        }
        let Some(member) = self.unusual.member(row, log) else { return };
        for (values, field) in self.values.iter_mut().zip(others) {
            let text = std::str::from_utf8(field).unwrap_or_default();
            match values {
                Values::Integers(integers) => integers.push(integer(field).unwrap_or_default()),
                Values::Components(ids) if text.is_empty() => ids.push(EMPTY),
                Values::Components(ids) => ids.push(match digits(field) {
                    Some(id) => id,
                    None => NO_ID | u64::from(self.texts.number(text)),
                }),
                Values::Texts(column) => {
                    let start = column.ids.len() as u32;
                    take_apart(text, &mut self.template, &mut column.ids);
                    column.rows.push((self.texts.number(&self.template), start));
                }
            }
        }
        let membership = Membership { refset, active, preferred: false, module };
        let membership = self.memberships.number(membership);
        self.rows.push(MemberRow { member, component, effective_time, membership });
    }
}

/// An integer that prints as it was read.
fn integer(field: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(field).ok()?;
    let value: i32 = text.parse().ok()?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits == "0" || !digits.starts_with(['0', '+']);
    (plain && text != "-0").then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_those_that_print_as_read() {
        assert_eq!(integer(b"0"), Some(0));
        assert_eq!(integer(b"-12"), Some(-12));
        for bad in [&b""[..], b"01", b"+1", b"-0", b"1.0", b"2147483648", b" 1"] {
            assert_eq!(integer(bad), None, "{}", bad.escape_ascii());
        }
    }
}
