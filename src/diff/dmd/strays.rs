//! Rows about products that a release lacks, and files that it was built without.

use std::collections::BTreeMap;

use super::element::{BELONGING, Belonging, holder};
use super::value::value_of;
use super::{About, DmdComparison};
use crate::coding::System;
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::{TABLES, TableId};
use crate::dmd::{Dmd, ElementValue, LookupEntry, Record};
use crate::id::Sctid;

/// How many records a release has of a table.
fn count(dmd: Dmd<'_>, table: TableId) -> usize {
    match table {
        // Codes that rows use are entries too, without words.
        TableId::Lookup => {
            dmd.records::<LookupEntry<'_>>().filter(|entry| entry.is_known()).count()
        }
        table => dmd.table(table).len(),
    }
}

/// How many records a release has of the tables of a file.
fn records_of(dmd: Dmd<'_>, file: &str) -> usize {
    let tables = TABLES.iter().filter(|table| table.file == file);
    tables.map(|table| count(dmd, table.id)).sum()
}

/// The files of which one release has records and the other none at all.
pub(super) fn absent_files(old: Dmd<'_>, new: Dmd<'_>) -> Vec<&'static str> {
    let mut files: Vec<&'static str> = TABLES.iter().map(|table| table.file).collect();
    files.sort_unstable();
    files.dedup();
    files.retain(|file| (records_of(old, file) > 0) != (records_of(new, file) > 0));
    files
}

/// Rows of a product that the release lacks, by its id.
type Strays<'t> = BTreeMap<Sctid, Vec<Record<'t>>>;

fn strays_of<'t>(dmd: Dmd<'t>, belonging: &Belonging) -> Strays<'t> {
    let mut strays = Strays::new();
    for record in dmd.table(belonging.table) {
        if !record.has_target(belonging.about)
            && let Some(ElementValue::Id(id)) = value_of(record, belonging.about)
        {
            strays.entry(id).or_default().push(record);
        }
    }
    strays
}

impl<'t> DmdComparison<'t> {
    /// The rows about products that neither release has.
    pub(super) fn strays(&self, emit: &mut impl FnMut(Change)) {
        for belonging in &BELONGING {
            let Some((holder, _)) = holder(belonging) else { continue };
            if !self.can_tell(belonging.table) {
                continue;
            }
            let (mut olds, mut news) =
                (strays_of(self.old, belonging), strays_of(self.new, belonging));
            // With the products themselves all is told that there is to tell.
            let is_product = |id: &Sctid| {
                self.old_products.row(*id, holder).is_some()
                    || self.new_products.row(*id, holder).is_some()
            };
            olds.retain(|id, _| !is_product(id));
            news.retain(|id, _| !is_product(id));
            let mut ids: Vec<Sctid> = olds.keys().chain(news.keys()).copied().collect();
            ids.sort_unstable();
            ids.dedup();
            for id in ids {
                let of = |strays: &Strays<'t>| strays.get(&id).cloned().unwrap_or_default();
                let (old, new) = (of(&olds), of(&news));
                let about = About::new(id.to_string(), "");
                let (old, new) = (old.iter().copied(), new.iter().copied());
                self.rows(&about, belonging, old, new, emit);
            }
        }
    }

    /// A file that one of the releases was built without.
    pub(super) fn cannot_tell(&self, file: &'static str) -> Change {
        let told = |dmd| match records_of(dmd, file) {
            0 => None,
            records => Some(format!("{records} records")),
        };
        let change = Change::new(ChangeKind::CannotTell, System::Dmd, "", "");
        change.of(file).from_to(told(self.old), told(self.new))
    }
}
