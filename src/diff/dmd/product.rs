//! All that is told of one product.

use super::element::{BELONGING, holder};
use super::identity::{Now, id_kind, name_of};
use super::value::Side;
use super::{About, DmdComparison};
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::TableId;
use crate::dmd::{
    Amp, Ampp, DmdRecord, ElementValue, Prescribability, Product, Record, Setting, Vmp, Vmpp, Vtm,
};
use crate::id::Sctid;

/// The level of a product, by the table that it stands in.
fn level(table: TableId) -> &'static str {
    table.table().path.last().copied().unwrap_or_default()
}

fn product_of(record: Record<'_>) -> Option<Product<'_>> {
    Some(match record.table().id {
        TableId::Vtm => Vtm::of_record(record).into(),
        TableId::Vmp => Vmp::of_record(record).into(),
        TableId::Amp => Amp::of_record(record).into(),
        TableId::Vmpp => Vmpp::of_record(record).into(),
        TableId::Ampp => Ampp::of_record(record).into(),
        _ => return None,
    })
}

impl<'t> DmdComparison<'t> {
    pub(super) fn product(&self, id: Sctid, emit: &mut impl FnMut(Change)) {
        let mut olds = self.old_products.at(id).peekable();
        let mut news = self.new_products.at(id).peekable();
        // One id is one product, but for releases that have it at two levels.
        loop {
            let table = match (olds.peek(), news.peek()) {
                (Some((old, _)), Some((new, _))) => *old.min(new),
                (Some((table, _)), None) | (None, Some((table, _))) => *table,
                (None, None) => return,
            };
            let old = olds.next_if(|(found, _)| *found == table);
            let new = news.next_if(|(found, _)| *found == table);
            if !self.can_tell(table) {
                continue;
            }
            let old = old.map(|(_, row)| self.old.record_at(table, row));
            let new = new.map(|(_, row)| self.new.record_at(table, row));
            match (old, new) {
                (Some(old), Some(new)) => {
                    self.compared(&About::new(id.to_string(), name_of(new)), old, new, emit);
                }
                (Some(old), None) => self.gone(table, id, old, emit),
                (None, Some(new)) => self.come(table, id, new, emit),
                (None, None) => {}
            }
        }
    }

    /// A product that the older release does not have by its id.
    fn come(&self, table: TableId, id: Sctid, new: Record<'t>, emit: &mut impl FnMut(Change)) {
        if id_kind(table).is_some_and(|kind| self.arrived.contains_key(&(kind, id))) {
            return;
        }
        let name = name_of(new);
        let about = About::new(id.to_string(), &*name);
        emit(about.change(ChangeKind::ProductAdded).of(level(table)).from_to(None, Some(name)));
        self.barcodes(&about, None, new, emit);
    }

    /// A product that the newer release does not have by its id.
    fn gone(&self, table: TableId, id: Sctid, old: Record<'t>, emit: &mut impl FnMut(Change)) {
        let now = id_kind(table).map_or(Now::Nothing, |kind| self.now(kind, id));
        let successor = match &now {
            Now::One(one) => self.new_record(table, *one),
            _ => None,
        };
        let name = name_of(old);
        if matches!(now, Now::Itself | Now::Nothing) {
            let about = About::new(id.to_string(), &*name);
            let change = about.change(ChangeKind::ProductRemoved).of(level(table));
            emit(change.from_to(Some(name), None));
            return;
        }
        let about = About::new(id.to_string(), successor.map_or(name, name_of));
        let mut change = about.change(ChangeKind::ProductIdChanged).of(level(table));
        change.before = Some(id.to_string());
        if let Now::One(one) = &now {
            change.after = Some(one.to_string());
        }
        change.related = now.related(|id| self.name(table, id));
        emit(change);
        if let Some(new) = successor {
            self.compared(&about, old, new, emit);
        }
    }

    /// A product that both releases have.
    fn compared(
        &self,
        about: &About,
        old: Record<'t>,
        new: Record<'t>,
        emit: &mut impl FnMut(Change),
    ) {
        self.differing(Some(old), Some(new), &mut |found| {
            let told = |side, value: Option<ElementValue<'_>>| {
                value.map(|value| self.told(side, found.column.kind, value))
            };
            let set = |value| value == Some(ElementValue::Flag(true));
            let kind = match (found.column.element, set(found.before), set(found.after)) {
                ("INVALID", false, true) => ChangeKind::ProductInvalidated,
                ("INVALID", true, false) => ChangeKind::ProductRevalidated,
                _ => found.kind,
            };
            let change = about.change(kind).of(found.column.element);
            emit(change.from_to(told(Side::Old, found.before), told(Side::New, found.after)));
        });
        let table = old.table().id;
        for belonging in &BELONGING {
            let Some((_, link)) = holder(belonging).filter(|(holder, _)| *holder == table) else {
                continue;
            };
            if self.can_tell(belonging.table) {
                self.rows(about, belonging, old.linked(link), new.linked(link), emit);
            }
        }
        self.barcodes(about, Some(old), new, emit);
        self.prescribability(about, old, new, emit);
    }

    /// Whether it may be prescribed, in each setting. Packs are not, whatever release.
    fn prescribability(
        &self,
        about: &About,
        old: Record<'t>,
        new: Record<'t>,
        emit: &mut impl FnMut(Change),
    ) {
        let decides = deciding(old.table().id);
        // What cannot be told of a file cannot be told of what follows from it.
        if decides.is_empty() || !decides.iter().all(|table| self.can_tell(*table)) {
            return;
        }
        let (Some(old), Some(new)) = (product_of(old), product_of(new)) else { return };
        for setting in Setting::ALL {
            let before = self.old.prescribable(old, setting);
            let after = self.new.prescribable(new, setting);
            if before.verdict() != after.verdict() {
                let change = about.change(ChangeKind::PrescribingStatusChanged).of(setting.code());
                emit(change.from_to(Some(told(before)), Some(told(after))));
            }
        }
    }
}

/// The tables that decide whether a product of this one may be prescribed.
pub(super) fn deciding(table: TableId) -> &'static [TableId] {
    use TableId as T;
    match table {
        T::Vtm => &[T::Vtm, T::Vmp, T::VtmIngredient],
        T::Vmp => &[T::Vmp],
        T::Amp => &[T::Amp, T::Vmp, T::Ampp],
        _ => &[],
    }
}

/// A verdict and its reasons: `with-caution: discontinued`.
fn told(answer: Prescribability) -> String {
    let reasons: Vec<&str> = answer.reasons().map(|reason| reason.code()).collect();
    let separator = if reasons.is_empty() { "" } else { ": " };
    format!("{}{separator}{}", answer.verdict().code(), reasons.join(", "))
}
