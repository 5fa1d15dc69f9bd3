//! Whether an element says the same in both releases, and how it is told.

use super::DmdComparison;
use super::element::{kind_of, previous_of};
use super::identity::{id_kind, list_kind};
use crate::diff::ChangeKind;
use crate::dmd::schema::{Column, Kind};
use crate::dmd::{ElementValue, Record};
use crate::id::Sctid;

/// Which release a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

/// Whether two values say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sameness {
    Same,
    /// The same, written otherwise: `5.0` and `5`, or a flag that is clear and one that is absent.
    Rewritten,
    Other,
}

/// An element that is another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differing<'t> {
    pub(super) column: &'static Column,
    pub(super) kind: ChangeKind,
    pub(super) before: Option<ElementValue<'t>>,
    pub(super) after: Option<ElementValue<'t>>,
}

type Value<'t> = Option<ElementValue<'t>>;

fn number(value: Value<'_>) -> Option<u64> {
    match value? {
        ElementValue::Id(id) => Some(id.value()),
        ElementValue::Code(entry) => Some(entry.code()),
        ElementValue::Number(number) | ElementValue::Gtin(number) => Some(number),
        ElementValue::Integer(number) => Some(u64::from(number)),
        _ => None,
    }
}

/// What an element of a record holds.
pub(super) fn value_of<'t>(record: Record<'t>, element: &str) -> Value<'t> {
    record.values().find(|(column, _)| column.element == element)?.1
}

impl<'t> DmdComparison<'t> {
    /// Whether an element says the same. A reference, and a code that is an id, do so where what
    /// they lead to has another id now.
    pub(super) fn sameness(&self, kind: Kind, before: Value<'_>, after: Value<'_>) -> Sameness {
        use Sameness::{Other, Rewritten, Same};
        let of = |same: bool| if same { Same } else { Other };
        let became = |id_kind, old, new| {
            let (old, new) = (Sctid::as_published(old), Sctid::as_published(new));
            let both = old.zip(new);
            of(both.is_some_and(|(old, new)| self.became(id_kind, old, new)))
        };
        match (before, after) {
            (None, None) => Same,
            (Some(ElementValue::Code(old)), Some(ElementValue::Code(new))) => {
                let (old, new) = (old.code(), new.code());
                match kind {
                    _ if old == new => Same,
                    Kind::Code(list) => {
                        list_kind(list).map_or(Other, |kind| became(kind, old, new))
                    }
                    _ => Other,
                }
            }
            (Some(ElementValue::Id(old)), Some(ElementValue::Id(new))) => match kind {
                _ if old == new => Same,
                Kind::Reference(table) => {
                    id_kind(table).map_or(Other, |kind| became(kind, old.value(), new.value()))
                }
                _ => Other,
            },
            (Some(ElementValue::Decimal(old)), Some(ElementValue::Decimal(new))) => {
                match old.as_published() == new.as_published() {
                    true => Same,
                    false if old == new => Rewritten,
                    false => Other,
                }
            }
            (None, Some(ElementValue::Flag(false))) | (Some(ElementValue::Flag(false)), None) => {
                Rewritten
            }
            (Some(old), Some(new)) => of(old == new),
            _ => Other,
        }
    }

    /// The elements of a record that are others, in the order of the schema; `None` stands for a
    /// record that is not there. Its own id is not compared.
    pub(super) fn differing(
        &self,
        old: Option<Record<'t>>,
        new: Option<Record<'t>>,
        emit: &mut impl FnMut(Differing<'t>),
    ) {
        let Some(table) = old.or(new).map(Record::table) else { return };
        let mut befores = old.map(Record::values);
        let mut afters = new.map(Record::values);
        for column in table.columns {
            let before = befores.as_mut().and_then(Iterator::next).and_then(|(_, value)| value);
            let after = afters.as_mut().and_then(Iterator::next).and_then(|(_, value)| value);
            if matches!(column.kind, Kind::Id | Kind::Number) {
                continue;
            }
            let kind = match self.sameness(column.kind, before, after) {
                Sameness::Same => continue,
                Sameness::Rewritten => ChangeKind::Republished,
                Sameness::Other => kind_of(table.id, column),
            };
            let repeats = old.zip(new).is_some_and(|(old, new)| {
                previous_of(table.id, column.element)
                    .is_some_and(|now| self.repeats(now, after, old, new))
            });
            if !repeats {
                emit(Differing { column, kind, before, after });
            }
        }
    }

    /// Whether an element that holds what another held before holds what the older release has
    /// there, that being another now: it says nothing that is not told already.
    fn repeats(&self, now: &str, after: Value<'_>, old: Record<'_>, new: Record<'_>) -> bool {
        let (held, holds) = (value_of(old, now), value_of(new, now));
        let differ = match (number(held), number(holds)) {
            (Some(old), Some(new)) => old != new,
            _ => held.map(|value| value.to_string()) != holds.map(|value| value.to_string()),
        };
        differ
            && match (number(held), number(after)) {
                (Some(held), Some(after)) => held == after,
                (None, None) => held == after,
                _ => false,
            }
    }

    /// A value as it is told: as published, the words of a code and the name of what is referred to
    /// behind it.
    pub(super) fn told(&self, side: Side, kind: Kind, value: ElementValue<'_>) -> String {
        let words = match (kind, value) {
            (_, ElementValue::Code(entry)) => entry.description().map(str::to_owned),
            (Kind::Reference(table), ElementValue::Id(id)) => {
                let record = match side {
                    Side::Old => self.old_record(table, id),
                    Side::New => self.new_record(table, id),
                };
                record.map(super::identity::name_of)
            }
            _ => None,
        };
        match words {
            Some(words) if !words.is_empty() => format!("{value} {words}"),
            _ => value.to_string(),
        }
    }

    /// All that a record says, but for the element that names what it belongs to.
    pub(super) fn told_row(&self, side: Side, record: Record<'t>, about: &str) -> String {
        let alone = record.table().columns.len() == 2;
        let mut row = String::new();
        for (column, value) in record.values() {
            let Some(value) = value.filter(|_| column.element != about) else { continue };
            if !row.is_empty() {
                row.push_str("; ");
            }
            if !alone {
                row.push_str(column.element);
                row.push(' ');
            }
            row.push_str(&self.told(side, column.kind, value));
        }
        row
    }
}
