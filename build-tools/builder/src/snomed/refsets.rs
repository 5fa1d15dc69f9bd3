//! The rows of all refsets but the language refsets: joined by table, and merged.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::merge::Member;
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::rf2::refset::{MemberRow, NO_ID, RefsetFile, TextColumn, Texts, Values};
use crate::rf2::{Interned, Membership};

/// The rows of one distinct combination of columns.
#[derive(Debug, Default)]
pub(crate) struct RefsetTable {
    /// The letters of its columns beyond those of every refset.
    pub(crate) pattern: String,
    /// Their names.
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<MemberRow>,
    pub(crate) values: Vec<Values>,
}

/// All rows of refsets but those of the language refsets.
#[derive(Debug, Default)]
pub(crate) struct RefsetRows {
    pub(crate) tables: Vec<RefsetTable>,
    pub(crate) memberships: Vec<Membership>,
    /// The distinct templates of texts, and texts of component columns.
    pub(crate) texts: Vec<Box<str>>,
    /// Ids of members, of language refsets too, that are not UUIDs, beside the numbers that stand
    /// for them.
    pub(crate) unusual: Vec<(u128, String)>,
}

impl RefsetTable {
    /// A table of these rows, with a column that stands elsewhere.
    pub(crate) fn of_rows(name: &str, rows: Vec<MemberRow>) -> RefsetTable {
        RefsetTable {
            pattern: "c".to_owned(),
            names: vec![name.to_owned()],
            rows,
            values: vec![Values::Components(Vec::new())],
        }
    }

    /// Leaves those rows that are not superseded.
    fn leave(&mut self, superseded: &[bool]) {
        let kept: Vec<usize> = (0..self.rows.len()).filter(|row| !superseded[*row]).collect();
        self.rows = kept.iter().map(|row| self.rows[*row]).collect();
        for values in &mut self.values {
            match values {
                Values::Components(ids) => *ids = kept.iter().map(|row| ids[*row]).collect(),
                Values::Integers(all) => *all = kept.iter().map(|row| all[*row]).collect(),
                Values::Texts(column) => {
                    let mut left = TextColumn::default();
                    for row in &kept {
                        let (template, ids) = column.row(*row);
                        left.rows.push((template, left.ids.len() as u32));
                        left.ids.extend_from_slice(ids);
                    }
                    *column = left;
                }
            }
        }
    }

    /// Whether two rows say the same.
    fn same(&self, one: usize, other: usize) -> bool {
        self.rows[one] == self.rows[other]
            && self.values.iter().all(|values| match values {
                Values::Components(ids) => ids[one] == ids[other],
                Values::Integers(integers) => integers[one] == integers[other],
                Values::Texts(column) => column.row(one) == column.row(other),
            })
    }
}

impl RefsetRows {
    /// Joins the parts of the files, in their order; tables by their columns.
    pub(crate) fn assemble(files: Vec<RefsetFile>) -> Result<RefsetRows, BuildError> {
        let parts = || files.iter().flat_map(|file| &file.rows.parts);
        let (memberships, numbers) = Interned::join(parts().map(|part| part.memberships.keys()));
        let mut numbers = numbers.into_iter();
        let mut texts = Texts::default();
        let mut unusual = Vec::new();
        let mut tables: BTreeMap<(String, Vec<String>), RefsetTable> = BTreeMap::new();
        for file in files {
            let table = tables.entry((file.pattern, file.names)).or_default();
            for part in file.rows.parts {
                let numbers = numbers.next().unwrap_or_default();
                table.rows.extend(part.rows.into_iter().map(|mut row| {
                    row.membership = numbers[row.membership as usize];
                    row
                }));
                unusual.extend(part.unusual.0);
                let own: Vec<u32> =
                    part.texts.into_texts().iter().map(|text| texts.number(text)).collect();
                if table.values.is_empty() {
                    table.values.extend(part.values.iter().map(|values| match values {
                        Values::Components(_) => Values::Components(Vec::new()),
                        Values::Integers(_) => Values::Integers(Vec::new()),
                        Values::Texts(_) => Values::Texts(TextColumn::default()),
                    }));
                }
                for (all, values) in table.values.iter_mut().zip(part.values) {
                    append(all, values, &own)?;
                }
            }
        }
        let tables = tables.into_iter().map(|((pattern, names), table)| RefsetTable {
            pattern,
            names,
            ..table
        });
        Ok(RefsetRows { tables: tables.collect(), memberships, texts: texts.into_texts(), unusual })
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }

    /// Leaves of each member of a refset its newest row: also where its columns have changed.
    pub(crate) fn merge(&mut self, alone: bool, notes: &mut Notes) {
        // Half of a UUID tells members apart; where two halves are alike, the whole decides.
        let rows = || self.tables.par_iter().flat_map(|table| table.rows.par_iter());
        let mut halves: Vec<u64> = rows().map(|row| row.member as u64).collect();
        halves.par_sort_unstable();
        let repeated: FxHashSet<u64> =
            halves.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        drop(halves);
        if repeated.is_empty() {
            return;
        }
        let mut found: Vec<(u128, u64, Reverse<u32>, usize, u32)> = Vec::new();
        for (number, table) in self.tables.iter().enumerate() {
            for (row, at) in table.rows.iter().zip(0..) {
                if repeated.contains(&(row.member as u64)) {
                    let refset = self.memberships[row.membership as usize].refset;
                    found.push((row.member, refset, Reverse(row.effective_time), number, at));
                }
            }
        }
        found.par_sort_unstable();
        let mut superseded: Vec<Vec<bool>> = vec![Vec::new(); self.tables.len()];
        for of_one in found.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some(((member, refset, time, table, row), others)) = of_one.split_first() else {
                continue;
            };
            for (_, _, other_time, other_table, other_row) in others {
                let of_table = &mut superseded[*other_table];
                of_table.resize(self.tables[*other_table].rows.len(), false);
                of_table[*other_row as usize] = true;
                let one = &self.tables[*table];
                let same = table == other_table && one.same(*row as usize, *other_row as usize);
                if time == other_time && !same {
                    notes.add(NoteKind::Conflict, || Member(*member, *refset).to_string());
                } else if alone {
                    notes.add(NoteKind::Repeated, || Member(*member, *refset).to_string());
                }
            }
        }
        for (table, superseded) in self.tables.iter_mut().zip(superseded) {
            if !superseded.is_empty() {
                table.leave(&superseded);
            }
        }
    }

    /// The ids that are not UUIDs, by the number that stands for each.
    pub(crate) fn unusual_ids(&self) -> FxHashMap<u128, &str> {
        self.unusual.iter().map(|(member, text)| (*member, text.as_str())).collect()
    }
}

/// Appends the values of a part to those of its table; `texts` translates its text numbers.
fn append(all: &mut Values, values: Values, texts: &[u32]) -> Result<(), BuildError> {
    match (all, values) {
        (Values::Components(all), Values::Components(ids)) => {
            all.extend(ids.into_iter().map(|id| match id & NO_ID {
                0 => id,
                _ => NO_ID | u64::from(texts[(id & !NO_ID) as usize]),
            }));
        }
        (Values::Integers(all), Values::Integers(integers)) => all.extend(integers),
        (Values::Texts(all), Values::Texts(column)) => {
            let base = u32::try_from(all.ids.len() + column.ids.len())
                .map_err(|_| BuildError::TooLarge { what: "ids in texts" })?
                - column.ids.len() as u32;
            let rows = column.rows.into_iter();
            all.rows.extend(rows.map(|(number, start)| (texts[number as usize], base + start)));
            all.ids.extend(column.ids);
        }
        // The parts of a table have its letters.
        _ => {}
    }
    Ok(())
}
