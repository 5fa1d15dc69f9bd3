//! What a member row says beyond that it is one.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::rows::{PartRows, Placed, Rows};
use super::sides::Sides;
use crate::id::Sctid;
use crate::snomed::{Column, FieldType, Member, Snomed};

/// The columns of the tables of both releases, read once.
#[derive(Debug)]
pub(super) struct Tables<'t> {
    old: Vec<Table<'t>>,
    new: Vec<Table<'t>>,
}

#[derive(Debug)]
struct Table<'t> {
    columns: Vec<Column<'t>>,
    /// Tables of either release whose columns have the same names and types share a number.
    layout: usize,
}

impl<'t> Tables<'t> {
    pub(super) fn of(sides: &Sides<'t>) -> Tables<'t> {
        let mut layouts: BTreeMap<Vec<(&'t str, char)>, usize> = BTreeMap::new();
        let mut read = |snomed: Snomed<'t>| {
            let tables = (0..=u16::MAX).map_while(|number| snomed.refset_table(number));
            let read = tables.map(|table| {
                let columns: Vec<Column<'t>> = table.columns().collect();
                let named = |column: &Column<'t>| (column.name(), column.field_type.letter());
                let next = layouts.len();
                let layout = layouts.entry(columns.iter().map(named).collect()).or_insert(next);
                Table { layout: *layout, columns }
            });
            read.collect()
        };
        Tables { old: read(sides.old), new: read(sides.new) }
    }

    /// Whether two rows say the same in columns of the same names.
    pub(super) fn are_same(
        &self,
        sides: &Sides<'t>,
        (old_part, old): (&PartRows<'t>, u32),
        (new_part, new): (&PartRows<'t>, u32),
    ) -> bool {
        let (Some(old_table), Some(new_table)) = (
            self.old.get(usize::from(old_part.part.table)),
            self.new.get(usize::from(new_part.part.table)),
        ) else {
            return false;
        };
        old_table.layout == new_table.layout
            && old_table.columns.iter().zip(&new_table.columns).all(|(one, other)| {
                let (Some(raw), Some(new_raw)) = (one.raw(old), other.raw(new)) else {
                    return false;
                };
                match one.field_type {
                    FieldType::Component => sides.is_same_code(raw, new_raw),
                    FieldType::Integer => raw == new_raw,
                    FieldType::String => {
                        let texts = (one.text(old, raw), other.text(new, new_raw));
                        let (Some(text), Some(new_text)) = texts else { return false };
                        text.is_same(new_text, |old, new| sides.is_same_concept(old, new))
                    }
                }
            })
    }
}

/// The fields of a row as `name=value`, with the component where that is not the concept that is
/// told of; `None` where there is nothing to say.
pub(super) fn text(member: Member<'_>, of: Sctid) -> Option<String> {
    let mut text = String::new();
    let component = member.referenced_component().id();
    if let Some(id) = component.filter(|id| *id != of) {
        // A string takes whatever is written.
        let _ = write!(text, "referencedComponentId={id}");
    }
    for (name, value) in member.fields() {
        let separator = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{separator}{name}={value}");
    }
    Some(text).filter(|text| !text.is_empty())
}

/// What two rows of a release are told by where nothing else of them differs: effective time,
/// module, and for members their id; only what differs.
pub(super) fn published(
    old: (Option<u32>, Option<Sctid>, Option<String>),
    new: (Option<u32>, Option<Sctid>, Option<String>),
) -> (Option<String>, Option<String>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let time = |time: Option<u32>| time.map(|time| time.to_string()).unwrap_or_default();
    let module = |module: Option<Sctid>| module.map(|id| id.to_string()).unwrap_or_default();
    let mut add = |name: &str, old: String, new: String| {
        if old != new {
            before.push(format!("{name}={old}"));
            after.push(format!("{name}={new}"));
        }
    };
    add("effectiveTime", time(old.0), time(new.0));
    add("moduleId", module(old.1), module(new.1));
    add("id", old.2.unwrap_or_default(), new.2.unwrap_or_default());
    (Some(before.join(", ")), Some(after.join(", ")))
}

/// A row as a member.
pub(super) fn member<'t>(rows: &Rows<'t>, placed: Placed) -> Option<Member<'t>> {
    rows.part(placed).map(|part| part.member(placed.row))
}
