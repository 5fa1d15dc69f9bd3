//! The rows of the history file.

use std::collections::BTreeSet;

use super::element::record_name;
use super::identity::name_of;
use super::value::{Side, value_of};
use super::{About, DmdComparison};
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::{List, TableId};
use crate::dmd::{Dmd, ElementValue, Record};
use crate::id::Sctid;

/// Previous and current id, first and last day.
type Row = (u64, u64, u32, u32);

/// The tables of the history file, and what each is of.
const TABLES: [(TableId, Of); 7] = [
    (TableId::VtmHistory, Of::Table(TableId::Vtm)),
    (TableId::VmpHistory, Of::Table(TableId::Vmp)),
    (TableId::IngredientHistory, Of::Table(TableId::Ingredient)),
    (TableId::SupplierHistory, Of::List(List::Supplier)),
    (TableId::FormHistory, Of::List(List::Form)),
    (TableId::RouteHistory, Of::List(List::Route)),
    (TableId::UnitOfMeasureHistory, Of::List(List::UnitOfMeasure)),
];

#[derive(Clone, Copy)]
enum Of {
    Table(TableId),
    List(List),
}

fn sorted<'t>(dmd: Dmd<'t>, table: TableId) -> Vec<(Row, Record<'t>)> {
    let row = |record: Record<'t>| {
        let id = |element| match value_of(record, element) {
            Some(ElementValue::Id(id)) => id.value(),
            _ => 0,
        };
        let day = |element| match value_of(record, element) {
            Some(ElementValue::Date(day)) => day.number(),
            _ => 0,
        };
        ((id("IDPREVIOUS"), id("IDCURRENT"), day("STARTDT"), day("ENDDT")), record)
    };
    let mut rows: Vec<_> = dmd.table(table).map(row).collect();
    rows.sort_by_key(|(row, _)| *row);
    rows
}

impl<'t> DmdComparison<'t> {
    /// Compares the history of ids as sets of rows. A row for the same two ids, where there is one
    /// before and one now, is the same row with other days.
    pub(super) fn history(&self, emit: &mut impl FnMut(Change)) {
        let mut previous = BTreeSet::new();
        for (table, of) in TABLES {
            if !self.can_tell(table) {
                continue;
            }
            let (removed, added) = without_common(sorted(self.old, table), sorted(self.new, table));
            previous.extend(removed.iter().chain(&added).map(|(row, _)| row.0));
            let (mut removed, mut added) = (removed.as_slice(), added.as_slice());
            loop {
                let ids = |rows: &[(Row, Record<'t>)]| rows.first().map(|(row, _)| (row.0, row.1));
                let Some(next) = [ids(removed), ids(added)].into_iter().flatten().min() else {
                    break;
                };
                let (olds, left) = split(removed, next);
                let (news, right) = split(added, next);
                (removed, added) = (left, right);
                if let ([(_, old)], [(_, new)]) = (olds, news) {
                    emit(self.history_row(of, next, Some(*old), Some(*new)));
                    continue;
                }
                for (_, old) in olds {
                    emit(self.history_row(of, next, Some(*old), None));
                }
                for (_, new) in news {
                    emit(self.history_row(of, next, None, Some(*new)));
                }
            }
        }
        // A row by itself does not say whether it is the only one of its id.
        let ids = previous.into_iter().filter_map(Sctid::as_published);
        ids.filter_map(|id| self.answer_in_the_whole(id)).for_each(emit);
    }

    fn history_row(
        &self,
        of: Of,
        (previous, current): (u64, u64),
        old: Option<Record<'t>>,
        new: Option<Record<'t>>,
    ) -> Change {
        let kind = match (old, new) {
            (None, _) => ChangeKind::RecordAdded,
            (_, None) => ChangeKind::RecordRemoved,
            _ => ChangeKind::RecordChanged,
        };
        let name = match of {
            Of::Table(table) => {
                Sctid::as_published(current).map(|id| self.name(table, id)).unwrap_or_default()
            }
            Of::List(list) => {
                let entry = self.new.lookup(list, current);
                let entry = entry.or_else(|| self.old.lookup(list, current));
                entry.map(|entry| name_of(entry.record())).unwrap_or_default()
            }
        };
        let component = old.or(new).map_or("", |record| record_name(record.table()));
        let told = |side, record: Option<Record<'t>>| {
            record.map(|record| self.told_row(side, record, "IDPREVIOUS"))
        };
        let about = About::new(previous.to_string(), &*name);
        let mut change = about.change(kind).of(format!("HISTORY/{component}"));
        change = change.from_to(told(Side::Old, old), told(Side::New, new));
        if previous != current {
            // Other rows may say that something else had the id too.
            change.related =
                Sctid::as_published(previous).map_or(Vec::new(), |id| self.answers(id));
        }
        change
    }
}

type Sorted<'t> = Vec<Placed<'t>>;

/// A record, and the row that it is, by which it is sorted.
type Placed<'t> = (Row, Record<'t>);

/// Both without the rows that both have, however often each has them.
fn without_common<'t>(old: Sorted<'t>, new: Sorted<'t>) -> (Sorted<'t>, Sorted<'t>) {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    let (mut olds, mut news) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        match (olds.peek(), news.peek()) {
            (Some((old, _)), Some((new, _))) if old == new => {
                olds.next();
                news.next();
            }
            (Some((old, _)), Some((new, _))) if old > new => added.extend(news.next()),
            (Some(_), _) => removed.extend(olds.next()),
            (None, Some(_)) => added.extend(news.next()),
            (None, None) => return (removed, added),
        }
    }
}

/// The rows of these two ids at the front, and the rest.
fn split<'r, 't>(rows: &'r [Placed<'t>], ids: (u64, u64)) -> (&'r [Placed<'t>], &'r [Placed<'t>]) {
    rows.split_at(rows.partition_point(|(row, _)| (row.0, row.1) <= ids))
}
