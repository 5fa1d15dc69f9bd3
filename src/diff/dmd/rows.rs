//! Records that belong to a product, compared as sets.

use super::element::{Belonging, Rows, record_name};
use super::value::{Sameness, Side, value_of};
use super::{About, DmdComparison};
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::TableId;
use crate::dmd::{ElementValue, Record};

impl<'t> DmdComparison<'t> {
    /// Compares the records of a table that belong to one product. Their order says nothing.
    pub(super) fn rows(
        &self,
        about: &About,
        belonging: &Belonging,
        old: impl Iterator<Item = Record<'t>> + Clone,
        new: impl Iterator<Item = Record<'t>> + Clone,
        emit: &mut impl FnMut(Change),
    ) {
        // Nearly always nothing changed, the order neither.
        let (mut olds, mut news) = (old.clone(), new.clone());
        loop {
            match (olds.next(), news.next()) {
                (None, None) => return,
                (Some(old), Some(new)) if self.is_same_row(belonging, old, new) => {}
                _ => break,
            }
        }
        let mut added: Vec<Record<'t>> = new.collect();
        let mut removed = Vec::new();
        for old in old {
            match added.iter().position(|new| self.is_same_row(belonging, old, *new)) {
                Some(same) => drop(added.remove(same)),
                None => removed.push(old),
            }
        }
        if belonging.rows == Rows::One && removed.len() <= 1 && added.len() <= 1 {
            self.single(about, belonging, removed.pop(), added.pop(), emit);
            return;
        }
        for old in removed.clone() {
            // A row is another's successor where it alone has the same key.
            let keyed = |records: &[Record<'t>], one: Record<'t>, old_side: bool| {
                let same = |record: &Record<'t>| match old_side {
                    true => self.has_same_key(belonging, *record, one),
                    false => self.has_same_key(belonging, one, *record),
                };
                let mut places =
                    (0..records.len()).filter(|place| records.get(*place).is_some_and(same));
                places.next().filter(|_| places.next().is_none())
            };
            let pair = keyed(&added, old, false).and_then(|place| {
                let new = *added.get(place)?;
                keyed(&removed, new, true).map(|_| place)
            });
            match pair {
                Some(place) => {
                    let new = added.remove(place);
                    self.changed_row(about, belonging, old, new, emit);
                }
                None => self.lost_row(about, belonging, old, emit),
            }
        }
        for new in added {
            let kind = match belonging.table {
                TableId::Gtin if value_of(new, "GTIN").is_some() => ChangeKind::GtinAdded,
                table => whole_row(table),
            };
            let told = self.told_row(Side::New, new, belonging.about);
            emit(about.change(kind).of(component(belonging, new)).from_to(None, Some(told)));
        }
    }

    fn lost_row(
        &self,
        about: &About,
        belonging: &Belonging,
        old: Record<'t>,
        emit: &mut impl FnMut(Change),
    ) {
        let kind = match belonging.table {
            TableId::Gtin if value_of(old, "GTIN").is_some() => ChangeKind::GtinRemoved,
            table => whole_row(table),
        };
        let told = self.told_row(Side::Old, old, belonging.about);
        emit(about.change(kind).of(component(belonging, old)).from_to(Some(told), None));
    }

    /// A record that a product has at most one of, element by element; one that is not there has
    /// none.
    fn single(
        &self,
        about: &About,
        belonging: &Belonging,
        old: Option<Record<'t>>,
        new: Option<Record<'t>>,
        emit: &mut impl FnMut(Change),
    ) {
        let name = record_name(belonging.table.table());
        self.differing(old, new, &mut |found| {
            if found.column.element == belonging.about {
                return;
            }
            let told = |side, value: Option<ElementValue<'_>>| {
                value.map(|value| self.told(side, found.column.kind, value))
            };
            let change = about.change(found.kind).of(format!("{name}/{}", found.column.element));
            emit(change.from_to(told(Side::Old, found.before), told(Side::New, found.after)));
        });
    }

    /// A row with the same key that says something else: told as a whole, so that it says of what.
    fn changed_row(
        &self,
        about: &About,
        belonging: &Belonging,
        old: Record<'t>,
        new: Record<'t>,
        emit: &mut impl FnMut(Change),
    ) {
        // What weighs most of its elements is what it comes to.
        let mut kind = None;
        self.differing(Some(old), Some(new), &mut |found| {
            let weighs = |kind: ChangeKind| kind != ChangeKind::Republished;
            if found.column.element != belonging.about && !kind.is_some_and(weighs) {
                kind = Some(found.kind);
            }
        });
        let Some(mut kind) = kind else { return };
        if belonging.table == TableId::Gtin && value_of(new, "GTIN").is_some() {
            let ends = |record| value_of(record, "ENDDT").is_some();
            kind = match (ends(old), ends(new)) {
                (false, true) => ChangeKind::GtinRemoved,
                (true, false) => ChangeKind::GtinAdded,
                _ => ChangeKind::ProductChanged,
            };
        }
        let before = self.told_row(Side::Old, old, belonging.about);
        let after = self.told_row(Side::New, new, belonging.about);
        let change = about.change(kind).of(component(belonging, new));
        emit(change.from_to(Some(before), Some(after)));
    }

    fn is_same_row(&self, belonging: &Belonging, old: Record<'_>, new: Record<'_>) -> bool {
        let mut both = old.values().zip(new.values());
        both.all(|((column, before), (_, after))| {
            column.element == belonging.about
                || self.sameness(column.kind, before, after) == Sameness::Same
        })
    }

    fn has_same_key(&self, belonging: &Belonging, old: Record<'_>, new: Record<'_>) -> bool {
        let Rows::By(key) = belonging.rows else { return true };
        let mut both = old.values().zip(new.values());
        both.any(|((column, before), (_, after))| {
            column.element == key && self.sameness(column.kind, before, after) != Sameness::Other
        })
    }
}

/// What it is when a whole row is new or no more.
fn whole_row(table: TableId) -> ChangeKind {
    match table {
        TableId::PriceInfo | TableId::DrugTariffInfo => ChangeKind::PriceChanged,
        _ => ChangeKind::ProductChanged,
    }
}

/// The name of a row: its record, with the element where it has but one, or its GTIN.
fn component(belonging: &Belonging, record: Record<'_>) -> String {
    let table = record.table();
    if let (TableId::Gtin, Some(gtin)) = (table.id, value_of(record, "GTIN")) {
        return gtin.to_string();
    }
    let mut own = table.columns.iter().filter(|column| column.element != belonging.about);
    match (own.next(), own.next()) {
        (Some(one), None) => format!("{}/{}", record_name(table), one.element),
        _ => record_name(table).to_owned(),
    }
}
