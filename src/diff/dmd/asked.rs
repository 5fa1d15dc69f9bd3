//! What is told of an id that a list has: it may be one that a product has now, one that it had, or
//! that of a product whose file one of the releases lacks.

use std::collections::BTreeSet;

use super::element::{BELONGING, holder};
use super::identity::id_kind;
use super::product::deciding;
use super::{About, DmdComparison};
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::TableId;
use crate::dmd::{CurrentId, Dmd, IdKind};
use crate::id::Sctid;

/// The file of what became of ids.
const HISTORY: &str = "f_history1";

/// Why nothing is told of an id that is of no product.
const RECORD: &str = "an ingredient, a trade family or an entry of a lookup: what changed about these \
                      is told of whole releases alone";

impl<'t> DmdComparison<'t> {
    /// Everything that is told of a product, by any of its ids. Costs microseconds.
    ///
    /// What [`DmdComparison::changes_of`] tells, and beside it, under the id that is asked for:
    ///
    /// - of an id that the product has got, what is told under the one that it had;
    /// - of an id that it had before the older release, the same, and whether the id leads to
    ///   something else now;
    /// - of files that one of the releases was built without, and that would say something of it,
    ///   one [`ChangeKind::CannotTell`] each. Where it is of the file of the product itself it has
    ///   the id; otherwise it has no code, and is the same for every product: tell it once.
    pub fn changes_by_id(&self, id: Sctid, emit: &mut impl FnMut(Change)) {
        let mut files = BTreeSet::new();
        self.one_by_id(id, &mut files, emit);
        let mut others = BTreeSet::new();
        for (table, _) in self.new_products.at(id) {
            let Some(kind) = id_kind(table) else { continue };
            if self.old_products.row(id, table).is_none() {
                others.extend(self.arrived.get(&(kind, id)).into_iter().flatten().copied());
            }
        }
        if !self.is_product(id) {
            match self.absent.contains(&HISTORY) {
                true => drop(files.insert(HISTORY)),
                false => self.answer(id).into_iter().for_each(&mut *emit),
            }
            let mut is_record = false;
            let is_same = self.is_same_ingredient(id);
            for dmd in [self.old, self.new] {
                let current = dmd.current(id);
                is_record |= current.ids().iter().any(|found| match found.kind {
                    IdKind::Ingredient => found.id != id || !is_same,
                    kind => !is_of_product(kind),
                });
                let products = current.ids().iter().filter(|found| is_of_product(found.kind));
                others.extend(
                    products.map(|found| found.id).filter(|other| {
                        *other != id && self.old_products.at(*other).next().is_some()
                    }),
                );
            }
            if is_record {
                let change = About::new(id.to_string(), "").change(ChangeKind::CannotTell);
                emit(change.from_to(None, Some(RECORD.to_owned())));
            }
        }
        for other in others {
            self.one_by_id(other, &mut files, &mut |mut change: Change| {
                change.code = id.to_string();
                change.related.retain(|related| related.code != change.code);
                emit(change);
            });
        }
        for file in files {
            emit(self.cannot_tell(file));
        }
    }

    /// Whether either release has the id, or says that something had it.
    pub(in crate::diff) fn knows(&self, id: Sctid) -> bool {
        let leads = |dmd: Dmd<'t>| !dmd.current(id).ids().is_empty();
        self.is_product(id) || leads(self.old) || leads(self.new)
    }

    /// Whether both releases have an ingredient of this id, and say the same of it.
    fn is_same_ingredient(&self, id: Sctid) -> bool {
        let said = |dmd: Dmd<'t>| {
            let found = dmd.ingredient(id)?;
            let since = (found.previous_id(), found.id_valid_from());
            Some((found.name(), found.is_invalid(), since))
        };
        let (old, new) = (said(self.old), said(self.new));
        old.is_some() && old == new
    }

    /// Whether it is the id of a product of either release.
    fn is_product(&self, id: Sctid) -> bool {
        [&self.old_products, &self.new_products]
            .into_iter()
            .any(|products| products.at(id).next().is_some())
    }

    /// What is told of one product, and the files that would say more of it.
    fn one_by_id(
        &self,
        id: Sctid,
        files: &mut BTreeSet<&'static str>,
        emit: &mut impl FnMut(Change),
    ) {
        let tables: BTreeSet<TableId> = [&self.old_products, &self.new_products]
            .into_iter()
            .flat_map(|products| products.at(id).map(|(table, _)| table))
            .collect();
        for table in tables {
            if !self.can_tell(table) {
                let about = About::new(id.to_string(), self.name(table, id));
                let mut change = self.cannot_tell(table.table().file);
                (change.code, change.display) = (about.code, about.display);
                emit(change);
                continue;
            }
            let belonging = BELONGING
                .iter()
                .filter(|found| holder(found).is_some_and(|(holder, _)| holder == table))
                .map(|found| found.table);
            let concerned = belonging.chain(deciding(table).iter().copied());
            let absent = concerned.filter(|table| !self.can_tell(*table));
            files.extend(absent.map(|table| table.table().file));
        }
        self.changes_of(id, emit);
    }

    /// What an id of no product leads to, where that is another. A thing that is new by it is no
    /// other thing than before.
    fn answer(&self, id: Sctid) -> Option<Change> {
        let (old, new) = (self.old.current(id), self.new.current(id));
        let came = old.ids().is_empty() && new.ids().iter().all(|found| found.id == id);
        (old != new && !came).then(|| self.told_answer(id, old.ids(), new.ids()))
    }

    /// The same, where it is neither that an id is new nor that what it led to has another id now:
    /// of the whole of both releases these are told as the row, and as that of the thing.
    pub(super) fn answer_in_the_whole(&self, id: Sctid) -> Option<Change> {
        let (old, new) = (self.old.current(id), self.new.current(id));
        if old.ids().is_empty() {
            return None;
        }
        let mut now: Vec<CurrentId> = Vec::new();
        for CurrentId { kind, id } in old.ids().iter().copied() {
            let ids = self.now(kind, id).ids_of(id);
            now.extend(ids.into_iter().map(|id| CurrentId { kind, id }));
        }
        now.sort_unstable();
        now.dedup();
        (now != new.ids()).then(|| self.told_answer(id, old.ids(), new.ids()))
    }

    fn told_answer(&self, id: Sctid, old: &[CurrentId], new: &[CurrentId]) -> Change {
        let told = |ids: &[CurrentId]| {
            let ids: Vec<String> = ids.iter().map(|found| found.id.to_string()).collect();
            (!ids.is_empty()).then(|| ids.join(", "))
        };
        let display = match new {
            [one] => self.name_of_id(*one),
            _ => String::new(),
        };
        let about = About::new(id.to_string(), display);
        let mut change = about.change(ChangeKind::IdAnswerChanged).from_to(told(old), told(new));
        change.related = self.answers(id);
        change
    }
}

fn is_of_product(kind: IdKind) -> bool {
    matches!(kind, IdKind::Vtm | IdKind::Vmp)
}
