//! Where the rows of a map are, its columns found once.

use std::borrow::Cow;

use super::published::Form;
use super::system::target_system;
use crate::classification::CodeSystem;
use crate::id::Sctid;
use crate::snomed::{
    Column, Component, Concept, FieldType, FieldValue, MapMemory, Member, PackedRows, Part, Refset,
    Snomed, Targets, with_value,
};

/// Columns that both forms have, after those of every refset.
const COLUMNS: [(&str, FieldType); 6] = [
    ("mapGroup", FieldType::Integer),
    ("mapPriority", FieldType::Integer),
    ("mapRule", FieldType::String),
    ("mapAdvice", FieldType::String),
    ("mapTarget", FieldType::String),
    ("correlationId", FieldType::Component),
];

/// The rows of a map: a stretch of the member rows of the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct MapTable<'t> {
    pub(super) refset: Refset<'t>,
    /// What the codes of its targets are of.
    pub(super) system: Option<CodeSystem>,
    form: Form,
    part: Part,
    /// What is kept of it in memory, of a file that was verified in full.
    memory: Option<&'t MapMemory>,
    pub(super) group: Column<'t>,
    pub(super) priority: Column<'t>,
    pub(super) rule: Column<'t>,
    pub(super) advice: Column<'t>,
    pub(super) target: Column<'t>,
    /// `mapCategoryId` or `mapBlock`.
    pub(super) last: Column<'t>,
}

impl<'t> MapTable<'t> {
    /// The rows of a refset and their form; `None` where its columns are other ones, or it has rows
    /// of two kinds of file, so that no map by its columns is all of it.
    pub(super) fn of(refset: Refset<'t>) -> Option<(Form, MapTable<'t>)> {
        let (part_number, beyond) = refset.part_range();
        let only = beyond.checked_sub(part_number) == Some(1);
        let part = refset.snomed.refset_part(part_number).filter(|_| only)?;
        let table = refset.snomed.refset_table(part.table)?;
        if table.column_count() != COLUMNS.len().saturating_add(1) {
            return None;
        }
        for (column, (name, field_type)) in table.columns().zip(COLUMNS) {
            if !column.name().eq_ignore_ascii_case(name) || column.field_type != field_type {
                return None;
            }
        }
        let column = |number| table.column(number);
        let last = column(6)?;
        let form = match (last.name(), last.field_type) {
            ("mapCategoryId", FieldType::Component) => Form::Rules,
            ("mapBlock", FieldType::Integer) => Form::Blocks,
            _ => return None,
        };
        let (group, priority, rule) = (column(0)?, column(1)?, column(2)?);
        let (advice, target) = (column(3)?, column(4)?);
        let table = MapTable {
            refset,
            system: target_system(refset),
            form,
            part,
            memory: refset.snomed.map_memory(part_number),
            group,
            priority,
            rule,
            advice,
            target,
            last,
        };
        Some((form, table))
    }

    pub(super) fn snomed(&self) -> Snomed<'t> {
        self.refset.snomed
    }

    /// What rows reference that are of a concept; of a code that no row has there are none.
    #[inline]
    fn code(&self, concept: Concept<'_>) -> u32 {
        self.snomed().code_of_component(Component::Concept(concept)).unwrap_or(u32::MAX)
    }

    /// Whether a concept has an active row.
    pub(super) fn has(&self, concept: Concept<'_>) -> bool {
        let code = self.code(concept);
        match self.packed() {
            Some(packed) => !packed.of_component(code).1.is_empty(),
            None => {
                let (first, beyond) = self.snomed().rows_of_component(self.part, code);
                first < beyond
            }
        }
    }

    /// Hands over the active rows of a concept by block, group and priority, without allocating
    /// where they are few.
    #[inline]
    pub(super) fn placed<T>(
        &self,
        concept: Concept<'_>,
        hand: impl FnOnce(&[PlacedRow<'_, 't>]) -> T,
    ) -> T {
        let code = self.code(concept);
        let Some(packed) = self.packed() else {
            let (first, beyond) = self.snomed().rows_of_component(self.part, code);
            return self.in_order((first..beyond).map(|row| self.read(row)), hand);
        };
        let (before, rows) = packed.of_component(code);
        // Rows are below 2^30.
        let number = |count: usize| u32::try_from(count).unwrap_or(0);
        let first = self.part.first.saturating_add(number(before));
        let beyond = first.saturating_add(number(rows.len()));
        let placed = (first..beyond).zip(rows).map(|(row, packed)| PlacedRow {
            table: self,
            place: unpacked(packed.place),
            target: packed.target,
            row,
        });
        self.in_order(placed, hand)
    }

    /// A row read from the file, but for its target.
    pub(super) fn read(&self, row: u32) -> PlacedRow<'_, 't> {
        PlacedRow { table: self, place: self.place(row), target: u32::MAX, row }
    }

    /// Hands over rows by their place, rows of one place in their order.
    #[inline]
    fn in_order<'m, T>(
        &'m self,
        rows: impl ExactSizeIterator<Item = PlacedRow<'m, 't>>,
        hand: impl FnOnce(&[PlacedRow<'_, 't>]) -> T,
    ) -> T {
        let mut few = [PlacedRow { table: self, place: (0, 0, 0), target: 0, row: 0 }; FEW];
        let mut many: Vec<PlacedRow<'_, 't>>;
        let sorted = match few.get_mut(..rows.len()) {
            Some(few) => {
                few.iter_mut().zip(rows).for_each(|(place, row)| *place = row);
                few
            }
            None => {
                many = rows.collect();
                many.as_mut_slice()
            }
        };
        if !sorted.is_sorted_by_key(|row| row.place) {
            sorted.sort_by_key(|row| row.place);
        }
        hand(sorted)
    }

    /// Block, group and priority of a row; of a map by rules the block is 0.
    fn place(&self, row: u32) -> (u32, u32, u32) {
        let block = match self.form {
            Form::Rules => 0,
            Form::Blocks => self.last.number(row),
        };
        (block, self.group.number(row), self.priority.number(row))
    }

    /// Its rows in memory.
    #[inline]
    fn packed(&self) -> Option<&'t PackedRows> {
        let memory = self.memory?;
        memory.rows.get_or_init(|| self.pack(self.targets()?)).as_ref()
    }

    #[cold]
    fn pack(&self, targets: &Targets) -> Option<PackedRows> {
        // Of templates the targets in memory are not the texts.
        let by_target = self.rows_by_target().filter(|_| !self.target.has_parameters())?;
        let place = |row| packed(self.place(row));
        PackedRows::of(self.snomed(), self.part, (targets, by_target), place)
    }

    /// Its targets in memory.
    #[inline]
    pub(super) fn targets(&self) -> Option<&'t Targets> {
        let memory = self.memory?;
        Some(memory.targets.get_or_init(|| {
            Targets::of(self.snomed(), self.rows_by_target().unwrap_or_default(), self.target)
        }))
    }

    /// What is kept of it in memory.
    pub(super) fn memory(&self) -> Option<&'t MapMemory> {
        self.memory
    }

    /// The concept of a row; `None` where it is about something else.
    pub(super) fn concept(&self, row: u32) -> Option<Concept<'t>> {
        let code = self.snomed().member_component(row)?;
        self.snomed().component_of_code(code)?.concept()
    }

    /// An active row as a member of the refset.
    pub(super) fn member(&self, row: u32) -> Member<'t> {
        Member::new(self.refset, row, self.part.table, true)
    }

    /// Its active rows by target.
    fn rows_by_target(&self) -> Option<&'t [[u8; 4]]> {
        self.target.by_value(self.part.first, self.part.active)
    }

    /// The active rows whose target is exactly this text.
    pub(super) fn rows_with_target(&self, text: &str) -> TargetRows<'t> {
        let snomed = self.snomed();
        let rows = match self.targets() {
            Some(targets) => return self.rows_of_target(targets.find(text).unwrap_or(u32::MAX)),
            None => snomed
                .number_of_member_text(text)
                .and_then(|number| with_value(self.target, self.part, number)),
        };
        TargetRows(rows.unwrap_or_default())
    }

    /// The active rows with the target that has this number among those in memory.
    pub(super) fn rows_of_target(&self, number: u32) -> TargetRows<'t> {
        let run = self.targets().and_then(|targets| targets.run(number));
        let rows = run.and_then(|(start, end)| self.rows_by_target()?.get(start..end));
        TargetRows(rows.unwrap_or_default())
    }
}

/// Rows that have one target.
#[derive(Clone, Copy, Debug)]
pub(super) struct TargetRows<'t>(&'t [[u8; 4]]);

impl TargetRows<'_> {
    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|row| u32::from_le_bytes(*row))
    }
}

/// A row, with what it is sorted and chosen by: what else it says is read where it is asked for.
#[derive(Clone, Copy)]
pub(super) struct PlacedRow<'m, 't> {
    pub(super) table: &'m MapTable<'t>,
    /// Block, group and priority; of a map by rules the block is 0.
    pub(super) place: (u32, u32, u32),
    /// The number of its target among those in memory; one that none has where it is to be read.
    target: u32,
    pub(super) row: u32,
}

impl<'t> PlacedRow<'_, 't> {
    #[inline]
    pub(super) fn target(&self) -> Cow<'t, str> {
        match self.table.targets().and_then(|targets| targets.text(self.target)) {
            Some(text) => Cow::Borrowed(text),
            None => self.table.target.whole_text(self.row),
        }
    }

    pub(super) fn member(&self) -> Member<'t> {
        self.table.member(self.row)
    }
}

/// Rows of a concept that are gone through without allocating: nearly all have fewer.
const FEW: usize = 8;

/// Block, group and priority as one number; `None` where they are larger than any map has them.
fn packed((block, group, priority): (u32, u32, u32)) -> Option<u32> {
    let (block, group) = (u8::try_from(block).ok()?, u8::try_from(group).ok()?);
    let priority = u16::try_from(priority).ok()?;
    Some(u32::from(block) << 24 | u32::from(group) << 16 | u32::from(priority))
}

#[inline]
fn unpacked(place: u32) -> (u32, u32, u32) {
    (place >> 24, place >> 16 & 0xff, place & 0xffff)
}

/// Reads of a row that is one of the column's.
pub(super) trait Reads<'t> {
    /// A number; one that is below zero, which no map has, is read as zero.
    fn number(&self, row: u32) -> u32;

    fn whole_text(&self, row: u32) -> Cow<'t, str>;
}

impl<'t> Reads<'t> for Column<'t> {
    #[inline]
    fn number(&self, row: u32) -> u32 {
        let raw = self.raw(row).unwrap_or_default();
        if raw > i32::MAX as u32 { 0 } else { raw }
    }

    #[inline]
    fn whole_text(&self, row: u32) -> Cow<'t, str> {
        let text = self.raw(row).and_then(|raw| Column::text(*self, row, raw));
        text.map(|text| text.to_cow()).unwrap_or_default()
    }
}

/// What a row of a map says beside its place, its rule and its target: read where it is asked for.
#[derive(Clone)]
pub(super) enum Rest<'t> {
    /// In a release: the columns of its table are those of a map.
    Stored(Member<'t>),
    /// By itself.
    Given { advice: Cow<'t, str> },
}

impl<'t> Rest<'t> {
    pub(super) fn of_advice(advice: Cow<'t, str>) -> Rest<'t> {
        Rest::Given { advice }
    }

    fn stored(member: Member<'t>, column: usize) -> Option<FieldValue<'t>> {
        member.table()?.column(column)?.value(member.row())
    }

    pub(super) fn advice(&self) -> Cow<'t, str> {
        match self {
            Rest::Stored(member) => {
                let advice = Rest::stored(*member, 3).and_then(FieldValue::text);
                advice.map(|text| text.to_cow()).unwrap_or_default()
            }
            Rest::Given { advice } => advice.clone(),
        }
    }

    pub(super) fn correlation(&self) -> Option<Sctid> {
        match self {
            Rest::Stored(member) => Rest::stored(*member, 5)?.component()?.id(),
            Rest::Given { .. } => None,
        }
    }

    pub(super) fn category(&self) -> Option<Sctid> {
        match self {
            Rest::Stored(member) => Rest::stored(*member, 6)?.component()?.id(),
            Rest::Given { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_packed_in_their_order_or_not_at_all() {
        let mut places = Vec::new();
        for block in [0, 1, 2, 255] {
            for group in [0, 1, 255] {
                places.extend([0, 1, 256, 65_535].map(|priority| (block, group, priority)));
            }
        }
        let numbers: Vec<u32> = places.iter().map(|place| packed(*place).unwrap()).collect();
        assert!(numbers.is_sorted_by(|one, next| one < next));
        assert!(numbers.iter().map(|number| unpacked(*number)).eq(places));
        for place in [(256, 0, 0), (0, 256, 0), (0, 0, 65_536), (u32::MAX, 1, 1)] {
            assert_eq!(packed(place), None, "{place:?}");
        }
    }
}
