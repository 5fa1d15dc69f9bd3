//! Records that are of no product: ingredients, trade families and their groups, and the entries of
//! the lookup lists.

use super::element::record_name;
use super::identity::{Now, id_kind, list_kind, name_of};
use super::value::Side;
use super::{About, DmdComparison};
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::{List, TableId};
use crate::dmd::{Dmd, DmdRecord, ElementValue, IdKind, Record};
use crate::id::Sctid;

/// A record and what it is found by.
#[derive(Clone, Copy)]
struct Found<'t> {
    id: u64,
    record: Record<'t>,
}

/// What a list of records is a list of.
#[derive(Clone, Copy)]
struct Listed {
    /// The name of the records in components.
    name: &'static str,
    /// The element that they are found by.
    id: &'static str,
    /// The kind of their ids, where these change.
    kind: Option<IdKind>,
    list: Option<List>,
}

fn entries(dmd: Dmd<'_>, list: List) -> impl Iterator<Item = Found<'_>> {
    // A code that rows use and the list lacks is no entry of the list.
    let known = dmd.list(list).filter(|entry| entry.is_known());
    known.map(|entry| Found { id: entry.code(), record: entry.record() })
}

fn found_by_id(dmd: Dmd<'_>, table: TableId) -> impl Iterator<Item = Found<'_>> {
    dmd.table(table).filter_map(|record| match record.elements().next()?.value {
        ElementValue::Id(id) => Some(Found { id: id.value(), record }),
        _ => None,
    })
}

impl<'t> DmdComparison<'t> {
    pub(super) fn records(&self, emit: &mut impl FnMut(Change)) {
        for table in [TableId::Ingredient, TableId::TradeFamily, TableId::TradeFamilyGroup] {
            if !self.can_tell(table) {
                continue;
            }
            let described = table.table();
            let id = described.id_column().and_then(|place| described.columns.get(place));
            let listed = Listed {
                name: record_name(described),
                id: id.map_or("", |column| column.element),
                kind: id_kind(table),
                list: None,
            };
            let (old, new) = (found_by_id(self.old, table), found_by_id(self.new, table));
            self.listed(listed, old, new, emit);
        }
        if self.can_tell(TableId::Lookup) {
            for list in List::ALL {
                let listed = Listed {
                    name: list.element(),
                    id: "CD",
                    kind: list_kind(list),
                    list: Some(list),
                };
                self.listed(listed, entries(self.old, list), entries(self.new, list), emit);
            }
        }
    }

    /// Two lists of records, each ascending by what they are found by.
    fn listed(
        &self,
        listed: Listed,
        old: impl Iterator<Item = Found<'t>>,
        new: impl Iterator<Item = Found<'t>>,
        emit: &mut impl FnMut(Change),
    ) {
        let (mut olds, mut news) = (old.peekable(), new.peekable());
        loop {
            let id = match (olds.peek(), news.peek()) {
                (Some(old), Some(new)) => old.id.min(new.id),
                (Some(one), None) | (None, Some(one)) => one.id,
                (None, None) => return,
            };
            let old = olds.next_if(|found| found.id == id).map(|found| found.record);
            let new = news.next_if(|found| found.id == id).map(|found| found.record);
            match (old, new) {
                (Some(old), Some(new)) => {
                    self.compared_record(listed, &listed.about(id, new), old, new, emit);
                }
                (Some(old), None) => self.record_gone(listed, id, old, emit),
                (None, Some(new)) => {
                    let id_now = listed.kind.zip(Sctid::as_published(id));
                    if id_now.is_some_and(|arrived| self.arrived.contains_key(&arrived)) {
                        continue;
                    }
                    let about = listed.about(id, new);
                    let change = about.change(ChangeKind::RecordAdded).of(listed.name);
                    emit(change.from_to(None, Some(about.display)));
                }
                (None, None) => {}
            }
        }
    }

    fn record_gone(&self, listed: Listed, id: u64, old: Record<'t>, emit: &mut impl FnMut(Change)) {
        let about = listed.about(id, old);
        let changes_ids = listed.kind.zip(Sctid::as_published(id));
        let now = changes_ids.map_or(Now::Nothing, |(kind, id)| self.now(kind, id));
        if matches!(now, Now::Itself | Now::Nothing) {
            let change = about.change(ChangeKind::RecordRemoved).of(listed.name);
            emit(change.from_to(Some(about.display), None));
            return;
        }
        let record = |id: Sctid| match listed.list {
            Some(list) => self.new.lookup(list, id.value()).map(DmdRecord::record),
            None => self.new_record(old.table().id, id),
        };
        let successor = match &now {
            Now::One(one) => record(*one),
            _ => None,
        };
        let about = successor.map_or(about, |new| listed.about(id, new));
        let component = format!("{}/{}", listed.name, listed.id);
        let mut change = about.change(ChangeKind::RecordChanged).of(component);
        change.before = Some(id.to_string());
        if let Now::One(one) = &now {
            change.after = Some(one.to_string());
        }
        change.related = now.related(|id| record(id).map(words_of).unwrap_or_default());
        emit(change);
        if let Some(new) = successor {
            self.compared_record(listed, &about, old, new, emit);
        }
    }

    fn compared_record(
        &self,
        listed: Listed,
        about: &About,
        old: Record<'t>,
        new: Record<'t>,
        emit: &mut impl FnMut(Change),
    ) {
        self.differing(Some(old), Some(new), &mut |found| {
            let told = |side, value: Option<ElementValue<'_>>| {
                value.map(|value| self.told(side, found.column.kind, value))
            };
            let component = format!("{}/{}", listed.name, found.column.element);
            let change = about.change(found.kind).of(component);
            emit(change.from_to(told(Side::Old, found.before), told(Side::New, found.after)));
        });
    }
}

impl Listed {
    fn about(self, id: u64, record: Record<'_>) -> About {
        let digits = self.list.map_or(0, List::digits);
        About::new(format!("{id:0digits$}"), words_of(record))
    }
}

/// The name of a record, or the words of an entry.
fn words_of(record: Record<'_>) -> String {
    name_of(record)
}
