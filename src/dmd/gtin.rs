//! Packs by what their barcodes say.

use super::ampp::Ampp;
use super::dictionary::Dmd;
use super::record::{DmdRecord, Record, record};
use super::schema::{Order, TableId};
use crate::date::Date;
use crate::id::Gtin;
use crate::index::bucket::Buckets;

record! {
    /// A GTIN of an AMPP, and when it was one (GTINDATA).
    PackGtin: GTIN, Gtin;
    /// The AMPP (AMPPID); `None` where the release lacks it.
    ampp = to(Ampp) "AMPPID";
    /// The identifier of the AMPP, also where the release lacks that.
    ampp_id = id_of(TableId::Ampp) "AMPPID";
    /// The day since which the pack has the GTIN (STARTDT).
    start = date "STARTDT";
    /// The last day on which it has the GTIN (ENDDT); `None` where it still does.
    end = date "ENDDT";
}

impl<'t> PackGtin<'t> {
    #[inline]
    fn number(self) -> u64 {
        const OFFSET: usize = super::schema::GTIN.offset(super::schema::GTIN.column("GTIN"));
        self.record.u64(OFFSET).unwrap_or_default()
    }

    /// The GTIN, whatever its check digit: the file is the authority. `None` where the element is
    /// empty.
    pub fn gtin(self) -> Option<Gtin> {
        Gtin::as_published(self.number())
    }

    /// Whether the pack had the GTIN on a day, the first and last day included. Without a first day
    /// it is not known to have begun later.
    pub fn is_valid_on(self, date: Date) -> bool {
        self.start().is_none_or(|start| start <= date) && self.end().is_none_or(|end| date <= end)
    }
}

/// On which day something is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// On this day.
    Date(Date),
    /// On any day.
    AnyDay,
}

impl On {
    /// On this day.
    pub fn date(date: Date) -> On {
        On::Date(date)
    }
}

/// The packs of a GTIN: made by [`Dmd::packs_by_gtin`].
#[derive(Clone, Copy, Debug)]
pub struct PacksByGtin<'t> {
    dmd: Dmd<'t>,
    number: u64,
    next: usize,
    on: On,
}

impl<'t> Iterator for PacksByGtin<'t> {
    type Item = PackGtin<'t>;

    #[inline]
    fn next(&mut self) -> Option<PackGtin<'t>> {
        let order = self.dmd.layout.order(Order::GtinByNumber);
        loop {
            let row = self.dmd.source.view(order.section).u32(self.next)?;
            let found = PackGtin::of_record(Record::new(self.dmd, TableId::Gtin, row));
            if found.number() != self.number {
                return None;
            }
            self.next = self.next.saturating_add(1);
            match self.on {
                On::Date(date) if !found.is_valid_on(date) => {}
                _ => return Some(found),
            }
        }
    }
}

impl<'t> Dmd<'t> {
    /// Every pack that has a GTIN on a day, or ever had it.
    ///
    /// A GTIN may be that of several packs, over time and at once, and a pack may have several: none
    /// is chosen. A GTIN of a pack that the release lacks is given too, see
    /// [`PackGtin::ampp_id`]. Nothing means that the release does not have the GTIN on that day, not
    /// that it is wrong: dm+d does not have all.
    ///
    /// Costs one look-up, and little a pack.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::dmd::On;
    /// let dmd = terminology.dmd()?;
    /// # let gtin = dmd.ampps().find_map(|ampp| ampp.gtins().next()?.gtin()).ok_or("no GTIN")?;
    /// for pack in dmd.packs_by_gtin(gtin, On::AnyDay) {
    ///     println!("{:?} since {:?}", pack.ampp_id(), pack.start());
    /// }
    /// # assert!(dmd.packs_by_gtin(gtin, On::AnyDay).count() > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn packs_by_gtin(self, gtin: Gtin, on: On) -> PacksByGtin<'t> {
        let entries = self.layout.order(Order::GtinByNumber).section.items;
        let buckets = Buckets::new(self.source.view(self.layout.gtin_buckets));
        let end = u32::try_from(entries).unwrap_or(u32::MAX);
        let first = buckets.find(gtin.value(), end).map_or(entries, |first| first as usize);
        PacksByGtin { dmd: self, number: gtin.value(), next: first, on }
    }
}
