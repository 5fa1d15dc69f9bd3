//! The packs that a barcode leads to.

use std::collections::BTreeMap;

use super::{About, DmdComparison};
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::TableId;
use crate::dmd::{Ampp, Dmd, DmdRecord, On, Record};
use crate::id::{Gtin, Sctid};

/// The packs of a barcode, each with whether it has it without a last day.
type Packs = BTreeMap<Sctid, bool>;

fn packs(dmd: Dmd<'_>, gtin: Gtin) -> Packs {
    let mut packs = Packs::new();
    for row in dmd.packs_by_gtin(gtin, On::AnyDay) {
        if let Some(pack) = row.ampp_id() {
            // One that had it for a while, and has it again, has it.
            *packs.entry(pack).or_default() |= row.end().is_none();
        }
    }
    packs
}

/// The packs, those behind the others that have the barcode up to a day only.
fn told(packs: &Packs) -> Option<String> {
    let of = |stays: bool| packs.iter().filter(move |(_, has_it)| **has_it == stays);
    let staying = of(true).map(|(pack, _)| pack.to_string());
    let ending = of(false).map(|(pack, _)| format!("{pack} up to a day"));
    let all: Vec<String> = staying.chain(ending).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

impl<'t> DmdComparison<'t> {
    /// The barcodes of a pack that were known and lead to other packs now. A barcode that only this
    /// pack lost is told as its row is; that of a pack that was added is new, or was another's.
    pub(super) fn barcodes(
        &self,
        about: &About,
        old: Option<Record<'t>>,
        new: Record<'t>,
        emit: &mut impl FnMut(Change),
    ) {
        if new.table().id != TableId::Ampp || !self.can_tell(TableId::Gtin) {
            return;
        }
        let pack = Ampp::of_record(new);
        let mut gtins: Vec<Gtin> = pack.gtins().filter_map(|row| row.gtin()).collect();
        gtins.sort_unstable();
        gtins.dedup();
        for gtin in gtins {
            let (before, after) = (packs(self.old, gtin), packs(self.new, gtin));
            // One that no pack had was read by nobody.
            if before.is_empty() || before == after {
                continue;
            }
            let own = |packs: &Packs| packs.get(&pack.id()).copied().unwrap_or_default();
            let ended = old.is_some() && own(&before) && !own(&after);
            if !ended {
                let change =
                    about.change(ChangeKind::GtinPacksChanged).of(gtin.value().to_string());
                emit(change.from_to(told(&before), told(&after)));
            }
        }
    }
}
