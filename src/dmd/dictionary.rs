//! dm+d as opened: the entry to everything else.

use super::amp::Amp;
use super::ampp::Ampp;
use super::ingredient::Ingredient;
use super::layout::DmdLayout;
use super::level::Level;
use super::product::Product;
use super::record::{DmdRecord, Record, Records};
use super::schema::TableId;
use super::trade_family::{TradeFamily, TradeFamilyGroup};
use super::vmp::Vmp;
use super::vmpp::Vmpp;
use super::vtm::Vtm;
use crate::date::Date;
use crate::id::Sctid;
use crate::index::bucket::Buckets;
use crate::index::{Meta, Source};

/// dm+d, the NHS dictionary of medicines and devices, as one index holds it.
///
/// A handle: `Copy`, and free to pass around. Given by [`Terminology::dmd`](crate::Terminology::dmd).
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// let dmd = terminology.dmd()?;
/// for vtm in dmd.vtms() {
///     println!("{} {}: {} VMPs", vtm.id(), vtm.name(), vtm.vmps().len());
/// }
/// # assert!(dmd.vtms().len() > 0);
/// # Ok::<(), farr::index::OpenError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dmd<'t> {
    pub(super) source: Source<'t>,
    pub(super) layout: &'t DmdLayout,
}

impl<'t> Dmd<'t> {
    pub(crate) const NAME: &'static str = "dm+d";

    pub(crate) fn new(source: Source<'t>, layout: &'t DmdLayout) -> Dmd<'t> {
        Dmd { source, layout }
    }

    /// Whether two handles are of one terminology: rows mean something only within one.
    #[inline]
    pub(super) fn is_same(self, other: Dmd<'_>) -> bool {
        std::ptr::eq(
            std::ptr::from_ref(self.layout).cast::<()>(),
            std::ptr::from_ref(other.layout).cast::<()>(),
        )
    }

    /// What the index says of itself: version and day of the release, sources. Allocates.
    pub fn meta(self) -> Meta {
        let view = self.source.view(self.layout.meta);
        view.text(0, view.len()).map(Meta::from_text).unwrap_or_default()
    }

    /// The day of the release, from the names of its files; `None` where they do not say.
    pub fn release_date(self) -> Option<Date> {
        Date::from_number(self.meta().dmd_date?)
    }

    /// The product with this identifier, of any level; `None` where the release does not have it.
    ///
    /// It may be the previous identifier of a product: see [`Dmd::current`]. Reads one cache line.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// let dmd = terminology.dmd()?;
    /// let vmp = dmd.vmps().next().ok_or("no VMP")?;
    /// let found = dmd.product(vmp.id()).ok_or("not in this release")?;
    /// assert_eq!((found.level().name(), found.name()), ("VMP", vmp.name()));
    /// assert!(dmd.product("24700007".parse()?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn product(self, id: Sctid) -> Option<Product<'t>> {
        Product::of_number(self, self.number(id)?)
    }

    /// The product number of an identifier.
    #[inline]
    pub(super) fn number(self, id: Sctid) -> Option<u32> {
        let [.., end] = self.layout.levels;
        Buckets::new(self.source.view(self.layout.buckets)).find(id.value(), end)
    }

    /// How many products of a level the release has, invalid ones included.
    pub fn count(self, level: Level) -> usize {
        let at = |place: usize| self.layout.levels.get(place).copied().unwrap_or_default();
        at(level.number().saturating_add(1)).saturating_sub(at(level.number())) as usize
    }

    /// All products, level by level.
    pub fn products(self) -> impl Iterator<Item = Product<'t>> {
        let [.., end] = self.layout.levels;
        (0..end).filter_map(move |number| Product::of_number(self, number))
    }

    /// All records of a kind, those included that belong to a record which the release lacks.
    pub fn records<R: DmdRecord<'t>>(self) -> Records<'t, R> {
        Records::rows(self, (0, self.rows(R::TABLE)))
    }

    /// All records of a table, by number.
    pub fn table(self, table: TableId) -> impl ExactSizeIterator<Item = Record<'t>> {
        (0..self.rows(table)).map(move |row| Record::new(self, table, row))
    }

    /// The record at a place of a table, which must be below the number of its records.
    pub(crate) fn record_at(self, table: TableId, row: u32) -> Record<'t> {
        Record::new(self, table, row)
    }

    fn rows(self, table: TableId) -> u32 {
        u32::try_from(self.layout.table(table).section.items).unwrap_or(u32::MAX)
    }

    /// All VTMs, by id.
    pub fn vtms(self) -> Records<'t, Vtm<'t>> {
        self.records()
    }

    /// All VMPs, by VTM and then by id.
    pub fn vmps(self) -> Records<'t, Vmp<'t>> {
        self.records()
    }

    /// All AMPs, by VMP and then by id.
    pub fn amps(self) -> Records<'t, Amp<'t>> {
        self.records()
    }

    /// All VMPPs, by VMP and then by id.
    pub fn vmpps(self) -> Records<'t, Vmpp<'t>> {
        self.records()
    }

    /// All AMPPs, by AMP and then by id.
    pub fn ampps(self) -> Records<'t, Ampp<'t>> {
        self.records()
    }

    /// All ingredient substances, by id.
    pub fn ingredients(self) -> Records<'t, Ingredient<'t>> {
        self.records()
    }

    /// All trade families, by id; none where the release does not come with them.
    pub fn trade_families(self) -> Records<'t, TradeFamily<'t>> {
        self.records()
    }

    /// All groups of trade families, by id.
    pub fn trade_family_groups(self) -> Records<'t, TradeFamilyGroup<'t>> {
        self.records()
    }

    /// The ingredient substance with this identifier. Costs a search among them.
    pub fn ingredient(self, id: Sctid) -> Option<Ingredient<'t>> {
        self.by_id(id)
    }

    /// The trade family with this identifier. Costs a search among them.
    pub fn trade_family(self, id: Sctid) -> Option<TradeFamily<'t>> {
        self.by_id(id)
    }

    /// The group of trade families with this identifier. Costs a search among them.
    pub fn trade_family_group(self, id: Sctid) -> Option<TradeFamilyGroup<'t>> {
        self.by_id(id)
    }

    /// Looks in a table that ascends by id.
    fn by_id<R: DmdRecord<'t>>(self, id: Sctid) -> Option<R> {
        let table = R::TABLE.table();
        let offset = table.offset(table.id_column()?);
        let record =
            |row: usize| u32::try_from(row).ok().map(|row| Record::new(self, R::TABLE, row));
        let id_at = |row: usize| record(row).and_then(|record| record.u64(offset));
        let end = self.rows(R::TABLE) as usize;
        let row = crate::snomed::partition_point(0, end, |row| {
            id_at(row).is_some_and(|found| found < id.value())
        });
        record(row).filter(|_| row < end && id_at(row) == Some(id.value())).map(R::of_record)
    }
}
