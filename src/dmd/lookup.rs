//! Entries of the lookup lists.

use super::record::{DmdRecord, Record, record};
use super::schema::{List, TableId};

record! {
    /// An entry of a lookup list: a code and its words.
    ///
    /// A code that rows use and the lookup file lacks is an entry too, without words:
    /// [`LookupEntry::is_known`] tells.
    LookupEntry: LOOKUP, Lookup;
    /// The words (DESC); `None` where the lookup file does not have the code.
    description = text "DESC";
    /// The day since which the code is valid (CDDT).
    valid_from = date "CDDT";
    /// The code before this one (CDPREV).
    previous_code = sctid "CDPREV";
    /// Whether the entry is marked as invalid (INVALID); suppliers only.
    is_invalid = flag "INVALID";
}

impl<'t> LookupEntry<'t> {
    /// The code (CD), as a number: `0001` is 1.
    pub fn code(self) -> u64 {
        const OFFSET: usize = super::schema::LOOKUP.offset(super::schema::LOOKUP.column("CD"));
        self.record.u64(OFFSET).unwrap_or_default()
    }

    /// The code as the files write it: with leading zeros where its list has them.
    pub fn code_text(self) -> String {
        let digits = self.list().map_or(0, List::digits);
        format!("{:0digits$}", self.code())
    }

    /// The list it stands in.
    pub fn list(self) -> Option<List> {
        let starts = &self.record.dmd.layout.lists;
        let place = starts.iter().skip(1).position(|end| self.record.row < *end)?;
        List::ALL.get(place).copied()
    }

    /// Whether the lookup file has it.
    pub fn is_known(self) -> bool {
        self.description().is_some()
    }
}

impl std::fmt::Display for LookupEntry<'_> {
    /// The words, or the code where there are none.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.description() {
            Some(words) => f.write_str(words),
            None => f.write_str(&self.code_text()),
        }
    }
}

impl<'t> super::Dmd<'t> {
    /// The entry at a place of a list.
    pub(super) fn entry(self, list: List, place: u32) -> Option<LookupEntry<'t>> {
        let (start, end) = self.list_range(list)?;
        let row = start.checked_add(place).filter(|row| *row < end)?;
        Some(LookupEntry::of_record(Record::new(self, TableId::Lookup, row)))
    }

    fn list_range(self, list: List) -> Option<(u32, u32)> {
        let starts = &self.layout.lists;
        let after = list.number().checked_add(1)?;
        Some((*starts.get(list.number())?, *starts.get(after)?))
    }

    /// The entries of a lookup list, by code.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::dmd::schema::List;
    /// let dmd = terminology.dmd()?;
    /// for status in dmd.list(List::PrescribingStatus) {
    ///     println!("{} {status}", status.code_text());
    /// }
    /// # assert!(dmd.list(List::PrescribingStatus).len() > 1);
    /// # Ok::<(), farr::index::OpenError>(())
    /// ```
    pub fn list(self, list: List) -> super::Records<'t, LookupEntry<'t>> {
        super::Records::rows(self, self.list_range(list).unwrap_or_default())
    }

    /// The entry of a code; `None` where neither the lookup file nor any row has it.
    pub fn lookup(self, list: List, code: u64) -> Option<LookupEntry<'t>> {
        let (start, end) = self.list_range(list)?;
        let (start, end) = (start as usize, end as usize);
        let entry = |row: usize| {
            let row = u32::try_from(row).ok()?;
            Some(LookupEntry::of_record(Record::new(self, TableId::Lookup, row)))
        };
        let row = crate::snomed::partition_point(start, end, |row| {
            entry(row).is_some_and(|entry| entry.code() < code)
        });
        entry(row).filter(|found| row < end && found.code() == code)
    }
}
