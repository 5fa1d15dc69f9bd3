//! Which product or record of the newer release is that of the older one.

use std::collections::BTreeMap;

use super::DmdComparison;
use crate::diff::{Related, Role};
use crate::dmd::schema::{List, TableId};
use crate::dmd::{Current, CurrentId, Dmd, DmdRecord, IdKind, Product, Record};
use crate::id::Sctid;

/// The products of a release by id. One id at two levels is two products.
#[derive(Debug)]
pub(super) struct Products {
    /// By id and table.
    rows: Vec<(Sctid, TableId, u32)>,
}

impl Products {
    pub(super) fn of(dmd: Dmd<'_>) -> Products {
        let row = |product: Product<'_>| {
            let record = product.record();
            (product.id(), record.table().id, record.row())
        };
        let mut rows: Vec<_> = dmd.products().map(row).collect();
        rows.sort_unstable();
        Products { rows }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = Sctid> {
        self.rows.iter().map(|(id, ..)| *id)
    }

    /// The tables and rows of an id, by table.
    pub(super) fn at(&self, id: Sctid) -> impl Iterator<Item = (TableId, u32)> {
        let first = self.rows.partition_point(|(found, ..)| *found < id);
        let rows = self.rows.get(first..).unwrap_or_default();
        rows.iter()
            .take_while(move |(found, ..)| *found == id)
            .map(|(_, table, row)| (*table, *row))
    }

    /// The row of an id in a table.
    pub(super) fn row(&self, id: Sctid, table: TableId) -> Option<u32> {
        self.at(id).find(|(found, _)| *found == table).map(|(_, row)| row)
    }
}

/// What an id of the older release is in the newer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Now {
    /// The same thing.
    Itself,
    /// One thing, by another id.
    One(Sctid),
    /// One of several.
    Several(Vec<Sctid>),
    /// The newer release knows nothing of it.
    Nothing,
}

impl Now {
    /// The ids that what had an id has now: the same where nothing is known of it.
    pub(super) fn ids_of(self, id: Sctid) -> Vec<Sctid> {
        match self {
            Now::Itself | Now::Nothing => vec![id],
            Now::One(one) => vec![one],
            Now::Several(several) => several,
        }
    }

    /// The things that stand in its place.
    pub(super) fn related(&self, name: impl Fn(Sctid) -> String) -> Vec<Related> {
        let (role, ids) = match self {
            Now::One(id) => (Role::Successor, std::slice::from_ref(id)),
            Now::Several(ids) => (Role::PossibleSuccessor, ids.as_slice()),
            Now::Itself | Now::Nothing => return Vec::new(),
        };
        let related = |id: &Sctid| Related { role, code: id.to_string(), display: name(*id) };
        ids.iter().map(related).collect()
    }
}

/// The kind of ids of a table whose ids change.
pub(super) fn id_kind(table: TableId) -> Option<IdKind> {
    Some(match table {
        TableId::Vtm => IdKind::Vtm,
        TableId::Vmp => IdKind::Vmp,
        TableId::Ingredient => IdKind::Ingredient,
        TableId::TradeFamily => IdKind::TradeFamily,
        TableId::TradeFamilyGroup => IdKind::TradeFamilyGroup,
        _ => return None,
    })
}

/// The kind of ids of a lookup list whose codes change.
pub(super) fn list_kind(list: List) -> Option<IdKind> {
    Some(match list {
        List::Supplier => IdKind::Supplier,
        List::Form => IdKind::Form,
        List::Route => IdKind::Route,
        List::UnitOfMeasure => IdKind::UnitOfMeasure,
        _ => return None,
    })
}

/// The name of a record: that with the supplier for an AMP.
pub(super) fn name_of(record: Record<'_>) -> String {
    let text = |element: &str| {
        let found = record.elements().find(|found| found.name == element)?;
        Some(found.value.to_string())
    };
    text("DESC").or_else(|| text("NM")).unwrap_or_default()
}

impl<'t> DmdComparison<'t> {
    /// Whether the newer release has an id as this.
    fn has(&self, kind: IdKind, id: Sctid) -> bool {
        match kind {
            IdKind::Vtm => self.new_products.row(id, TableId::Vtm).is_some(),
            IdKind::Vmp => self.new_products.row(id, TableId::Vmp).is_some(),
            IdKind::Ingredient => self.new.ingredient(id).is_some(),
            IdKind::TradeFamily => self.new.trade_family(id).is_some(),
            IdKind::TradeFamilyGroup => self.new.trade_family_group(id).is_some(),
            IdKind::Supplier | IdKind::Form | IdKind::Route | IdKind::UnitOfMeasure => {
                let entry = kind.list().and_then(|list| self.new.lookup(list, id.value()));
                entry.is_some_and(|entry| entry.is_known())
            }
        }
    }

    /// What an id of the older release is in the newer one.
    pub(super) fn now(&self, kind: IdKind, id: Sctid) -> Now {
        if self.has(kind, id) {
            return Now::Itself;
        }
        let current = self.new.current(id);
        let others = current.ids().iter().filter(|found| found.kind == kind && found.id != id);
        let mut ids: Vec<Sctid> = others.map(|found| found.id).collect();
        match (ids.pop(), ids.is_empty()) {
            (None, _) => Now::Nothing,
            (Some(one), true) => Now::One(one),
            (Some(last), false) => {
                ids.push(last);
                Now::Several(ids)
            }
        }
    }

    /// What an id leads to in the newer release: of several none is chosen. Nothing, where it leads
    /// to nothing but itself.
    pub(super) fn answers(&self, id: Sctid) -> Vec<Related> {
        let current = self.new.current(id);
        let (role, ids) = match &current {
            Current::One(one) if one.id == id => return Vec::new(),
            Current::One(_) => (Role::Successor, current.ids()),
            _ => (Role::PossibleSuccessor, current.ids()),
        };
        let related = |found: &CurrentId| Related {
            role,
            code: found.id.to_string(),
            display: self.name_of_id(*found),
        };
        ids.iter().map(related).collect()
    }

    /// Whether the newer release says that what had the one id has the other.
    pub(super) fn became(&self, kind: IdKind, old: Sctid, new: Sctid) -> bool {
        self.now(kind, old) == Now::One(new)
    }

    /// The ids of the newer release that things of the older one have got.
    pub(super) fn arrivals(&self) -> BTreeMap<(IdKind, Sctid), Vec<Sctid>> {
        let mut arrived: BTreeMap<(IdKind, Sctid), Vec<Sctid>> = BTreeMap::new();
        let mut look = |kind: IdKind, id: Sctid| {
            if let Now::One(now) = self.now(kind, id) {
                arrived.entry((kind, now)).or_default().push(id);
            }
        };
        self.old.vtms().for_each(|vtm| look(IdKind::Vtm, vtm.id()));
        self.old.vmps().for_each(|vmp| look(IdKind::Vmp, vmp.id()));
        self.old.ingredients().for_each(|found| look(IdKind::Ingredient, found.id()));
        self.old.trade_families().for_each(|found| look(IdKind::TradeFamily, found.id()));
        self.old.trade_family_groups().for_each(|found| {
            look(IdKind::TradeFamilyGroup, found.id());
        });
        for list in List::ALL {
            let Some(kind) = list_kind(list) else { continue };
            for entry in self.old.list(list).filter(|entry| entry.is_known()) {
                if let Some(id) = Sctid::as_published(entry.code()) {
                    look(kind, id);
                }
            }
        }
        arrived
    }

    /// The record of the older release with an id, in a table whose records are found by theirs.
    pub(super) fn record(
        dmd: Dmd<'t>,
        products: &Products,
        table: TableId,
        id: Sctid,
    ) -> Option<Record<'t>> {
        match table {
            TableId::Ingredient => dmd.ingredient(id).map(DmdRecord::record),
            TableId::TradeFamily => dmd.trade_family(id).map(DmdRecord::record),
            TableId::TradeFamilyGroup => dmd.trade_family_group(id).map(DmdRecord::record),
            _ => products.row(id, table).map(|row| dmd.record_at(table, row)),
        }
    }

    /// The record with an id in the newer release.
    pub(super) fn new_record(&self, table: TableId, id: Sctid) -> Option<Record<'t>> {
        Self::record(self.new, &self.new_products, table, id)
    }

    /// The record with an id in the older release.
    pub(super) fn old_record(&self, table: TableId, id: Sctid) -> Option<Record<'t>> {
        Self::record(self.old, &self.old_products, table, id)
    }

    /// The name of a thing whose id changes, in the newer release where that has it.
    pub(super) fn name_of_id(&self, CurrentId { kind, id }: CurrentId) -> String {
        let table = match kind {
            IdKind::Vtm => TableId::Vtm,
            IdKind::Vmp => TableId::Vmp,
            IdKind::Ingredient => TableId::Ingredient,
            IdKind::TradeFamily => TableId::TradeFamily,
            IdKind::TradeFamilyGroup => TableId::TradeFamilyGroup,
            IdKind::Supplier | IdKind::Form | IdKind::Route | IdKind::UnitOfMeasure => {
                let entry = |dmd: Dmd<'t>| dmd.lookup(kind.list()?, id.value());
                let entry = entry(self.new).or_else(|| entry(self.old));
                return entry.map(|entry| name_of(entry.record())).unwrap_or_default();
            }
        };
        self.name(table, id)
    }

    /// The name of what a table has by an id, in the newer release where that has it.
    pub(super) fn name(&self, table: TableId, id: Sctid) -> String {
        let record = self.new_record(table, id).or_else(|| self.old_record(table, id));
        record.map(name_of).unwrap_or_default()
    }
}
