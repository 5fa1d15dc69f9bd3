//! Where the rows of a map are, its columns found once.

use std::borrow::Cow;

use super::published::Form;
use crate::id::Sctid;
use crate::snomed::{
    Column, Component, Concept, FieldType, FieldValue, Member, Part, Refset, Snomed,
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
    part: Part,
    part_number: usize,
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
        let table =
            MapTable { refset, part, part_number, group, priority, rule, advice, target, last };
        Some((form, table))
    }

    pub(super) fn snomed(&self) -> Snomed<'t> {
        self.refset.snomed
    }

    /// The active rows of a concept, from the first to that behind the last.
    #[inline]
    pub(super) fn rows(&self, concept: Concept<'_>) -> (u32, u32) {
        let snomed = self.snomed();
        // A code that no row has gives no rows.
        let code = snomed.code_of_component(Component::Concept(concept)).unwrap_or(u32::MAX);
        snomed.rows_of_component_in((self.part_number, self.part), code)
    }

    /// Whether a concept has an active row.
    pub(super) fn has(&self, concept: Concept<'_>) -> bool {
        let (first, beyond) = self.rows(concept);
        first < beyond
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

    /// The active rows whose target is exactly this text.
    pub(super) fn rows_with_target(&self, text: &str) -> impl Iterator<Item = u32> + use<'t> {
        let part = (self.part_number, self.part);
        let rows = self.snomed().rows_with_target(part, self.target, text);
        rows.iter().map(|row| u32::from_le_bytes(*row))
    }
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
