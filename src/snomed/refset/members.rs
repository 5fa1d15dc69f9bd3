//! The rows of a refset one after the other.

use super::member::Member;
use super::table::Column;
use super::{Part, Refset, partition_point};
use crate::snomed::edition::Snomed;

/// Rows of a refset: all active ones, all inactive ones, or those of one component or value.
///
/// Made without looking at the rows; its length is known.
#[derive(Clone, Copy, Debug)]
pub struct Members<'t> {
    refset: Refset<'t>,
    selection: Selection,
    /// The parts not begun from either end.
    parts: (usize, usize),
    front: Option<Run<'t>>,
    back: Option<Run<'t>>,
    left: usize,
}

/// Which rows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Selection {
    Active,
    Inactive,
    /// Active ones of the component with this code.
    Component(u32),
    /// Active ones with this value in an ordered column.
    Value(OrderedField, u32),
}

/// The columns whose rows are stored by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OrderedField {
    TargetComponent,
    MapTarget,
    MapSource,
}

impl OrderedField {
    pub(super) fn name(self) -> &'static str {
        match self {
            OrderedField::TargetComponent => "targetComponentId",
            OrderedField::MapTarget => "mapTarget",
            OrderedField::MapSource => "mapSource",
        }
    }

    pub(super) fn named(name: &str) -> Option<OrderedField> {
        let all = [OrderedField::TargetComponent, OrderedField::MapTarget, OrderedField::MapSource];
        all.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }
}

/// The selected rows of one part.
#[derive(Clone, Copy, Debug)]
struct Run<'t> {
    table: u16,
    rows: Rows<'t>,
}

#[derive(Clone, Copy, Debug)]
enum Rows<'t> {
    Range(u32, u32),
    Listed(&'t [[u8; 4]]),
}

impl Run<'_> {
    fn len(&self) -> usize {
        match self.rows {
            Rows::Range(start, end) => end.saturating_sub(start) as usize,
            Rows::Listed(listed) => listed.len(),
        }
    }

    fn next(&mut self) -> Option<u32> {
        match &mut self.rows {
            Rows::Range(start, end) => {
                let row = *start;
                (row < *end).then(|| *start = row.saturating_add(1)).map(|()| row)
            }
            Rows::Listed(listed) => {
                let (first, rest) = listed.split_first()?;
                *listed = rest;
                Some(u32::from_le_bytes(*first))
            }
        }
    }

    /// Passes over so many rows, at most as many as there are.
    fn pass(&mut self, count: usize) {
        match &mut self.rows {
            Rows::Range(start, end) => {
                let count = u32::try_from(count).unwrap_or(u32::MAX);
                *start = start.saturating_add(count).min(*end);
            }
            Rows::Listed(listed) => *listed = listed.get(count..).unwrap_or_default(),
        }
    }

    fn next_back(&mut self) -> Option<u32> {
        match &mut self.rows {
            Rows::Range(start, end) => {
                let row = end.checked_sub(1).filter(|row| *row >= *start)?;
                *end = row;
                Some(row)
            }
            Rows::Listed(listed) => {
                let (last, rest) = listed.split_last()?;
                *listed = rest;
                Some(u32::from_le_bytes(*last))
            }
        }
    }
}

impl<'t> Members<'t> {
    pub(super) fn new(refset: Refset<'t>, selection: Selection) -> Members<'t> {
        let parts = refset.part_range();
        let runs = (parts.0..parts.1).filter_map(|number| refset.run(number, selection));
        let left = runs.map(|run| run.len()).fold(0, usize::saturating_add);
        Members { refset, selection, parts, front: None, back: None, left }
    }

    fn member(&self, row: u32, table: u16) -> Member<'t> {
        let active = !matches!(self.selection, Selection::Inactive);
        Member::new(self.refset, row, table, active)
    }
}

impl<'t> Refset<'t> {
    /// The selected rows of one part.
    fn run(self, number: usize, selection: Selection) -> Option<Run<'t>> {
        let part = self.snomed.refset_part(number)?;
        let active_end = part.first.saturating_add(part.active);
        let rows = match selection {
            Selection::Active => Rows::Range(part.first, active_end),
            Selection::Inactive => {
                Rows::Range(active_end, active_end.saturating_add(part.inactive))
            }
            Selection::Component(code) => {
                let (start, end) = self.snomed.rows_of_component(part, code);
                Rows::Range(start, end)
            }
            Selection::Value(field, raw) => {
                let table = self.snomed.refset_table(part.table)?;
                let column = table.column_named(field.name())?;
                Rows::Listed(with_value(column, part, raw)?)
            }
        };
        Some(Run { table: part.table, rows })
    }
}

/// The active rows of a part with a value, from a column that has its rows by value.
pub(crate) fn with_value<'t>(column: Column<'t>, part: Part, raw: u32) -> Option<&'t [[u8; 4]]> {
    let rows = column.by_value(part.first, part.active)?;
    let value = |at: usize| column.raw(u32::from_le_bytes(*rows.get(at)?));
    let start = partition_point(0, rows.len(), |at| value(at).is_some_and(|found| found < raw));
    rows.get(start..end_of_run(start, rows.len(), |at| value(at) == Some(raw)))
}

/// Where a run that begins at `start` ends: most are short, so the steps begin small.
pub(crate) fn end_of_run(start: usize, beyond: usize, is_of_run: impl Fn(usize) -> bool) -> usize {
    let (mut known, mut step) = (start, 1_usize);
    while known < beyond && is_of_run(known) {
        let next = known.saturating_add(step).min(beyond);
        match next.checked_sub(1).is_some_and(&is_of_run) {
            true => known = next,
            false => return partition_point(known, next, is_of_run),
        }
        step = step.saturating_mul(2);
    }
    known
}

impl Snomed<'_> {
    /// The active rows of a part that reference the component with this code.
    pub(crate) fn rows_of_component(self, part: Part, code: u32) -> (u32, u32) {
        let codes = self.view(self.layout.refsets.referenced_components);
        let first = part.first as usize;
        let end = first.saturating_add(part.active as usize);
        let known = codes.is_verified().then(|| codes.records::<4>(first, end)).flatten();
        let start = match known {
            // Without a branch that cannot be foretold.
            Some(codes) => {
                let before = codes.partition_point(|found| u32::from_le_bytes(*found) < code);
                first.saturating_add(before)
            }
            None => partition_point(first, end, |at| codes.u32(at).is_some_and(|c| c < code)),
        };
        // Most components have one row or none.
        let mut beyond = start;
        while beyond < end && codes.u32(beyond) == Some(code) {
            beyond = beyond.saturating_add(1);
        }
        // Rows are below 2^30.
        (u32::try_from(start).unwrap_or(0), u32::try_from(beyond).unwrap_or(0))
    }
}

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    #[inline]
    fn next(&mut self) -> Option<Member<'t>> {
        loop {
            if let Some(run) = &mut self.front {
                let table = run.table;
                if let Some(row) = run.next() {
                    self.left = self.left.saturating_sub(1);
                    return Some(self.member(row, table));
                }
            }
            if self.parts.0 < self.parts.1 {
                self.front = self.refset.run(self.parts.0, self.selection);
                self.parts.0 = self.parts.0.saturating_add(1);
                continue;
            }
            // What is left has been begun from the back.
            let run = self.back.as_mut()?;
            let (table, row) = (run.table, run.next()?);
            self.left = self.left.saturating_sub(1);
            return Some(self.member(row, table));
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    /// Passes over rows without reading them.
    fn nth(&mut self, count: usize) -> Option<Member<'t>> {
        let mut passing = count;
        loop {
            let run = match &mut self.front {
                Some(run) if run.len() > 0 => run,
                _ if self.parts.0 < self.parts.1 => {
                    self.front = self.refset.run(self.parts.0, self.selection);
                    self.parts.0 = self.parts.0.saturating_add(1);
                    continue;
                }
                _ => self.back.as_mut().filter(|run| run.len() > 0)?,
            };
            let passed = run.len().min(passing);
            run.pass(passed);
            passing = passing.saturating_sub(passed);
            self.left = self.left.saturating_sub(passed);
            if passing == 0 {
                return self.next();
            }
        }
    }
}

impl DoubleEndedIterator for Members<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(run) = &mut self.back {
                let table = run.table;
                if let Some(row) = run.next_back() {
                    self.left = self.left.saturating_sub(1);
                    return Some(self.member(row, table));
                }
            }
            if self.parts.0 < self.parts.1 {
                self.parts.1 = self.parts.1.saturating_sub(1);
                self.back = self.refset.run(self.parts.1, self.selection);
                continue;
            }
            let run = self.front.as_mut()?;
            let (table, row) = (run.table, run.next_back()?);
            self.left = self.left.saturating_sub(1);
            return Some(self.member(row, table));
        }
    }
}

impl ExactSizeIterator for Members<'_> {}
