//! Identifiers through time.

use std::collections::BTreeSet;

use super::dictionary::Dmd;
use super::product::Product;
use super::schema::{List, TableId};
use crate::date::Date;
use crate::id::Sctid;
use crate::index::format::DMD_PREVIOUS_LENGTH;

/// What kind of thing an identifier is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum IdKind {
    /// A VTM.
    Vtm,
    /// A VMP.
    Vmp,
    /// An ingredient substance.
    Ingredient,
    /// A supplier.
    Supplier,
    /// A form.
    Form,
    /// A route of administration.
    Route,
    /// A unit of measure.
    UnitOfMeasure,
    /// A trade family.
    TradeFamily,
    /// A group of trade families.
    TradeFamilyGroup,
}

impl IdKind {
    const ALL: [(IdKind, TableId); 9] = [
        (IdKind::Vtm, TableId::VtmHistory),
        (IdKind::Vmp, TableId::VmpHistory),
        (IdKind::Ingredient, TableId::IngredientHistory),
        (IdKind::Supplier, TableId::SupplierHistory),
        (IdKind::Form, TableId::FormHistory),
        (IdKind::Route, TableId::RouteHistory),
        (IdKind::UnitOfMeasure, TableId::UnitOfMeasureHistory),
        (IdKind::TradeFamily, TableId::TradeFamily),
        (IdKind::TradeFamilyGroup, TableId::TradeFamilyGroup),
    ];

    fn of_number(number: u32) -> Option<IdKind> {
        let found = IdKind::ALL.into_iter().find(|(_, table)| table.number() == number as usize);
        found.map(|(kind, _)| kind)
    }

    /// Its number in an index.
    pub(super) fn is_number(number: u32) -> bool {
        IdKind::of_number(number).is_some()
    }

    /// A word for it that stays: `vmp`, `unit-of-measure`.
    pub const fn code(self) -> &'static str {
        match self {
            IdKind::Vtm => "vtm",
            IdKind::Vmp => "vmp",
            IdKind::Ingredient => "ingredient",
            IdKind::Supplier => "supplier",
            IdKind::Form => "form",
            IdKind::Route => "route",
            IdKind::UnitOfMeasure => "unit-of-measure",
            IdKind::TradeFamily => "trade-family",
            IdKind::TradeFamilyGroup => "trade-family-group",
        }
    }

    /// The lookup list that has it, for those that are in one.
    pub const fn list(self) -> Option<List> {
        match self {
            IdKind::Supplier => Some(List::Supplier),
            IdKind::Form => Some(List::Form),
            IdKind::Route => Some(List::Route),
            IdKind::UnitOfMeasure => Some(List::UnitOfMeasure),
            _ => None,
        }
    }
}

/// Where it is said that one identifier came before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdSource {
    /// The record of the thing itself: `VPIDPREV` and the like, which hold the last one only.
    Record,
    /// The history file, `f_history1`.
    History,
}

/// A row that says that a thing has, or had, an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousId {
    /// The identifier that the thing has now.
    pub current: Sctid,
    /// The identifier that it had; the same in rows that say since when it has its own.
    pub previous: Sctid,
    /// What kind of thing it is.
    pub kind: IdKind,
    /// Where that is said.
    pub source: IdSource,
    /// The day since which it had it; `None` where unknown. Files have 1948-01-01 for a day before
    /// all records.
    pub start: Option<Date>,
    /// The last day on which it had it; `None` where it still has it, or unknown.
    pub end: Option<Date>,
}

impl PreviousId {
    fn read(bytes: &[u8; DMD_PREVIOUS_LENGTH]) -> Option<PreviousId> {
        let (words, _) = bytes.as_chunks::<8>();
        let (halves, _) = bytes.as_chunks::<4>();
        let id = |place: usize| Sctid::as_published(u64::from_le_bytes(*words.get(place)?));
        let number = |place: usize| halves.get(place).map(|half| u32::from_le_bytes(*half));
        Some(PreviousId {
            previous: id(0)?,
            current: id(1)?,
            kind: IdKind::of_number(number(4)?)?,
            source: match number(5)? {
                0 => IdSource::Record,
                _ => IdSource::History,
            },
            start: Date::from_number(number(6)?),
            end: Date::from_number(number(7)?),
        })
    }

    /// Whether it may have been so on a day: not before it is known to have begun, nor after it is
    /// known to have ended.
    pub fn may_hold_on(&self, date: Date) -> bool {
        self.start.is_none_or(|start| start <= date) && self.end.is_none_or(|end| date <= end)
    }

    fn has_days(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }
}

/// An identifier that is in use now, of a kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurrentId {
    /// What kind of thing it is.
    pub kind: IdKind,
    /// Its identifier now.
    pub id: Sctid,
}

/// What an identifier leads to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Current {
    /// One thing. It may have the identifier still.
    One(CurrentId),
    /// Several, by kind and identifier. Which was meant is not known; the day on which it was used
    /// may tell, see [`Dmd::current_on`].
    Several(Vec<CurrentId>),
    /// The release knows nothing of it.
    None,
}

impl Current {
    fn of(mut found: Vec<CurrentId>) -> Current {
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Current::None,
            [one] => Current::One(*one),
            _ => Current::Several(found),
        }
    }

    /// All that it leads to.
    pub fn ids(&self) -> &[CurrentId] {
        match self {
            Current::None => &[],
            Current::One(one) => std::slice::from_ref(one),
            Current::Several(several) => several,
        }
    }
}

/// Rows of one identifier: made by [`Dmd::previous_rows`] and [`Dmd::history_of`].
#[derive(Clone, Copy, Debug)]
pub struct PreviousIds<'t> {
    dmd: Dmd<'t>,
    next: usize,
    end: usize,
    by_current: bool,
}

impl Iterator for PreviousIds<'_> {
    type Item = PreviousId;

    fn next(&mut self) -> Option<PreviousId> {
        if self.next >= self.end {
            return None;
        }
        let place = self.next;
        self.next = place.saturating_add(1);
        self.dmd.previous_at(place, self.by_current)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end.saturating_sub(self.next);
        (left, Some(left))
    }
}

impl<'t> Dmd<'t> {
    fn previous_at(self, place: usize, by_current: bool) -> Option<PreviousId> {
        let place = match by_current {
            true => self.source.view(self.layout.current).u32(place)? as usize,
            false => place,
        };
        PreviousId::read(self.source.view(self.layout.previous).record(place)?)
    }

    fn previous_range(self, id: Sctid, by_current: bool) -> PreviousIds<'t> {
        let rows = self.layout.previous.items;
        let key = |place: usize| {
            let found = self.previous_at(place, by_current)?;
            Some(if by_current { found.current } else { found.previous })
        };
        let first = |beyond: bool| {
            crate::snomed::partition_point(0, rows, |place| {
                key(place).is_some_and(|found| found < id || beyond && found == id)
            })
        };
        PreviousIds { dmd: self, next: first(false), end: first(true), by_current }
    }

    /// The rows that say what an identifier leads to: those that have it as the previous one, and
    /// those that say since when a thing has it.
    pub fn previous_rows(self, id: Sctid) -> PreviousIds<'t> {
        self.previous_range(id, false)
    }

    /// The rows that say which identifiers a thing has had, by the one that it has now.
    pub fn history_of(self, current: Sctid) -> PreviousIds<'t> {
        self.previous_range(current, true)
    }

    /// What an identifier leads to now: the VTM, VMP, ingredient, supplier, form, route, unit of
    /// measure or trade family that has it, or that had it, by the elements of the records and the
    /// history file.
    ///
    /// Where they lead to several it is several, and none is chosen: an identifier that is one
    /// thing's still and was another's before is both. AMPs and packs keep their identifiers, and
    /// are found by [`Dmd::product`]. Rows that go in a circle, none of whose identifiers is a
    /// thing's own, lead to nothing.
    ///
    /// Costs a search, and one more for each hop.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::dmd::Current;
    /// let dmd = terminology.dmd()?;
    /// let vmp = dmd.vmps().find(|vmp| vmp.previous_id().is_some()).ok_or("no changed id")?;
    /// let previous = vmp.previous_id().ok_or("no changed id")?;
    /// match dmd.current(previous) {
    ///     Current::One(now) => assert_eq!(now.id, vmp.id()),
    ///     Current::Several(several) => println!("one of {several:?}"),
    ///     Current::None => println!("not known"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn current(self, id: Sctid) -> Current {
        self.follow(id, None)
    }

    /// [`Dmd::current`] for an identifier that was used on a day: things that are known not to have
    /// had it then are left out.
    ///
    /// A record names its previous identifier without days; where the history file has days for the
    /// same, those count. Where nothing is left, it is not known to have been in use on that day:
    /// [`Current::None`].
    pub fn current_on(self, id: Sctid, date: Date) -> Current {
        self.follow(id, Some(date))
    }

    fn follow(self, id: Sctid, date: Option<Date>) -> Current {
        let mut found = Vec::new();
        let mut seen: BTreeSet<(IdKind, Sctid)> = BTreeSet::new();
        let mut left: Vec<(Option<IdKind>, Sctid)> = vec![(None, id)];
        // Each identifier is looked at once, so a circle of rows ends.
        while let Some((kind, id)) = left.pop() {
            let first = kind.is_none();
            let rows: Vec<PreviousId> = self
                .previous_rows(id)
                .filter(|row| kind.is_none_or(|kind| kind == row.kind))
                .collect();
            let mut own = self.kinds_of(id, kind);
            own.extend(rows.iter().filter(|row| row.current == id).map(|row| row.kind));
            // The day is that on which the first identifier was used.
            // Where a row has days, what another says of the same without any says no more.
            let dated: BTreeSet<(IdKind, Sctid)> = match date {
                Some(_) if first => {
                    let dated = rows.iter().filter(|row| row.has_days());
                    dated.map(|row| (row.kind, row.current)).collect()
                }
                _ => BTreeSet::new(),
            };
            let in_time = |row: &PreviousId| {
                let yields = || !row.has_days() && dated.contains(&(row.kind, row.current));
                !first || date.is_none_or(|date| row.may_hold_on(date) && !yields())
            };
            for kind in own.iter().copied() {
                let mut held =
                    rows.iter().filter(|row| row.current == id && row.kind == kind).peekable();
                if held.peek().is_none() || held.any(in_time) {
                    found.push(CurrentId { kind, id });
                }
            }
            // What is a thing's own identifier now leads no further, unless it is what was asked.
            if !first && !own.is_empty() {
                continue;
            }
            let mut is_end = true;
            for row in rows.iter().filter(|row| row.current != id && in_time(row)) {
                is_end = false;
                if seen.insert((row.kind, row.current)) {
                    left.push((Some(row.kind), row.current));
                }
            }
            // Rows lead here, and of what is here nothing else is known.
            if let (Some(kind), true) = (kind, is_end && own.is_empty()) {
                found.push(CurrentId { kind, id });
            }
        }
        Current::of(found)
    }

    /// As what the release has an identifier, among the kinds that change theirs.
    fn kinds_of(self, id: Sctid, kind: Option<IdKind>) -> Vec<IdKind> {
        let mut kinds = Vec::new();
        match self.product(id) {
            Some(Product::Vtm(_)) => kinds.push(IdKind::Vtm),
            Some(Product::Vmp(_)) => kinds.push(IdKind::Vmp),
            _ => {}
        }
        let has = [
            (IdKind::Ingredient, self.ingredient(id).is_some()),
            (IdKind::TradeFamily, self.trade_family(id).is_some()),
            (IdKind::TradeFamilyGroup, self.trade_family_group(id).is_some()),
        ];
        kinds.extend(has.into_iter().filter(|(_, has)| *has).map(|(kind, _)| kind));
        for (kind, _) in IdKind::ALL {
            let entry = kind.list().and_then(|list| self.lookup(list, id.value()));
            if entry.is_some_and(|entry| entry.is_known()) {
                kinds.push(kind);
            }
        }
        kinds.retain(|found| kind.is_none_or(|kind| kind == *found));
        kinds
    }
}
