//! Two releases of dm+d compared.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod asked;
mod barcodes;
mod element;
mod history;
mod identity;
mod product;
mod records;
mod rows;
mod strays;
mod value;

use std::collections::BTreeMap;

use identity::Products;

use crate::coding::System;
use crate::diff::{Change, ChangeKind};
use crate::dmd::schema::TableId;
use crate::dmd::{Dmd, IdKind};
use crate::id::Sctid;

/// Two releases of dm+d, to be compared.
///
/// Every element of every record is compared, and every difference is told once, with the element
/// and what it held before and holds now. `docs/diff.md` in the repository says what each kind of
/// change holds.
///
/// A product whose id is another is compared with what it is now, and told of under the id that it
/// had: that is what records hold. What refers to it is not told to have changed.
///
/// Of a file that one of the releases was built without, nothing is told but that nothing can be:
/// one [`ChangeKind::CannotTell`].
///
/// # Example
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
/// # let (old, new) = (farr::Terminology::open([golden])?, farr::Terminology::open([golden])?);
/// use farr::diff::DmdComparison;
///
/// let comparison = DmdComparison::new(old.dmd()?, new.dmd()?);
/// let mut changes = 0;
/// comparison.changes(&mut |change| {
///     println!("{} {} {}", change.kind, change.code, change.display);
///     changes += 1;
/// });
/// // The releases are the same.
/// assert_eq!(changes, 0);
/// # Ok::<(), farr::index::OpenError>(())
/// ```
#[derive(Debug)]
pub struct DmdComparison<'t> {
    old: Dmd<'t>,
    new: Dmd<'t>,
    old_products: Products,
    new_products: Products,
    /// The ids of the newer release that things of the older one have got, with those that they had.
    arrived: BTreeMap<(IdKind, Sctid), Vec<Sctid>>,
    /// The files that one of the releases was built without.
    absent: Vec<&'static str>,
}

impl<'t> DmdComparison<'t> {
    /// A comparison of an older release with a newer one. Costs a walk over the products of both.
    pub fn new(old: Dmd<'t>, new: Dmd<'t>) -> DmdComparison<'t> {
        let mut comparison = DmdComparison {
            old,
            new,
            old_products: Products::of(old),
            new_products: Products::of(new),
            arrived: BTreeMap::new(),
            absent: strays::absent_files(old, new),
        };
        comparison.arrived = comparison.arrivals();
        comparison
    }

    /// The ids of the products of either release, ascending, each once. Allocates.
    pub fn product_ids(&self) -> Vec<Sctid> {
        let mut ids: Vec<Sctid> = self.old_products.ids().chain(self.new_products.ids()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Everything that is told of one product: what it is itself, what belongs to it, and whether it
    /// may be prescribed. Costs microseconds.
    ///
    /// A product that has another id is told of under the one that it had, and nothing under the one
    /// that it has; of a file that one of the releases was built without nothing is told. So the
    /// products of both give each change once. For the ids of a list, which may be of either kind,
    /// there is [`DmdComparison::changes_by_id`].
    pub fn changes_of(&self, product: Sctid, emit: &mut impl FnMut(Change)) {
        self.product(product, emit);
    }

    /// What is told of nothing that is a product of either release: ingredients, trade families,
    /// entries of the lookup lists, rows about products that neither release has, the history of
    /// ids, and the files that cannot be compared.
    pub fn other_changes(&self, emit: &mut impl FnMut(Change)) {
        for file in &self.absent {
            emit(self.cannot_tell(file));
        }
        self.records(emit);
        self.strays(emit);
        self.history(emit);
    }

    /// Every change, each once: those of the products by their ids, and then the others.
    pub fn changes(&self, emit: &mut impl FnMut(Change)) {
        for id in self.product_ids() {
            self.changes_of(id, emit);
        }
        self.other_changes(emit);
    }

    /// Whether both releases have the file of a table, or neither.
    fn can_tell(&self, table: TableId) -> bool {
        let file = table.table().file;
        !self.absent.contains(&file)
    }
}

/// Whom changes are told of.
#[derive(Clone, Debug)]
struct About {
    code: String,
    display: String,
}

impl About {
    fn new(code: impl Into<String>, display: impl Into<String>) -> About {
        About { code: code.into(), display: display.into() }
    }

    fn change(&self, kind: ChangeKind) -> Change {
        Change::new(kind, System::Dmd, &*self.code, &*self.display)
    }
}
