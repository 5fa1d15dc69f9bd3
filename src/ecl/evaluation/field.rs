//! The fields of refset rows, and what is asked of them.

use crate::ecl::syntax::{Equality, Order, Time};
use crate::id::Sctid;
use crate::snomed::{Code, Column, Decimal, FieldType, OrdinalSet, Refset, Snomed};

use super::term::{TermBuffers, TermTest};

/// What a column of ids is compared with: concepts, or one id as it is written.
#[derive(Clone, Debug)]
pub(super) struct Operand<'t> {
    pub(super) set: OrdinalSet<'t>,
    /// An id that is no concept of the release, and the code that rows have for it.
    pub(super) id: Option<(Sctid, Option<u32>)>,
}

impl<'t> Operand<'t> {
    /// Whether an id is among those named.
    pub(super) fn contains(&self, snomed: Snomed<'t>, id: Sctid) -> bool {
        self.id.is_some_and(|(own, _)| own == id)
            || snomed.ordinal(id).is_some_and(|ordinal| self.set.contains(ordinal))
    }

    /// Whether a component passes. One that the release does not have is none of its concepts, and
    /// an empty column is nothing that could be compared.
    fn holds_code(&self, equality: Equality, code: Code) -> bool {
        let among = match code {
            Code::Concept(ordinal) => self.set.contains(ordinal),
            Code::None => return false,
            code => self.id.is_some_and(|(_, own)| own == Some(code.raw())),
        };
        equality.holds(among)
    }
}

/// A criterion of one field.
#[derive(Clone, Debug)]
pub(super) struct FieldTest<'t> {
    pub(super) name: String,
    pub(super) asked: FieldAsked<'t>,
}

#[derive(Clone, Debug)]
pub(super) enum FieldAsked<'t> {
    Concepts(Equality, Operand<'t>),
    Number(Order, String),
    Terms(Equality, Vec<TermTest>),
    Boolean(Equality, bool),
    Time(Order, Vec<Time>),
}

/// Where a field stands in a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'t> {
    Id,
    EffectiveTime,
    Active,
    Module,
    Refset,
    ReferencedComponent,
    Column(Column<'t>),
}

/// The names of the columns that every refset has.
pub(super) const BASE_FIELDS: [&str; 6] =
    ["id", "effectiveTime", "active", "moduleId", "refsetId", "referencedComponentId"];

/// Where a field stands in the rows of a table; `None` where they have no such field.
pub(super) fn place_of<'t>(snomed: Snomed<'t>, table: u16, name: &str) -> Option<Place<'t>> {
    let base = BASE_FIELDS.iter().position(|base| base.eq_ignore_ascii_case(name));
    Some(match base {
        Some(0) => Place::Id,
        Some(1) => Place::EffectiveTime,
        Some(2) => Place::Active,
        Some(3) => Place::Module,
        Some(4) => Place::Refset,
        Some(_) => Place::ReferencedComponent,
        None => {
            let table = snomed.refset_table(table)?;
            let same = |column: &Column<'_>| column.name().eq_ignore_ascii_case(name);
            let exact = table.column_named(name);
            Place::Column(exact.or_else(|| table.columns().find(same))?)
        }
    })
}

/// One row that is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowAt<'t> {
    pub(super) refset: Refset<'t>,
    pub(super) table: u16,
    pub(super) row: u32,
    pub(super) active: bool,
}

/// A criterion bound to a table, with what it made of the values it has seen.
pub(super) struct Bound<'r, 't> {
    pub(super) place: Place<'t>,
    pub(super) test: &'r FieldAsked<'t>,
    /// By entry of a column: 0 where it was not looked at yet.
    seen: Vec<u8>,
    buffers: TermBuffers,
}

const PASSES: u8 = 1;
const FAILS: u8 = 2;

impl<'r, 't> Bound<'r, 't> {
    pub(super) fn new(place: Place<'t>, test: &'r FieldAsked<'t>) -> Bound<'r, 't> {
        Bound { place, test, seen: Vec::new(), buffers: TermBuffers::default() }
    }

    /// Whether a row passes.
    pub(super) fn passes(&mut self, snomed: Snomed<'t>, at: RowAt<'t>) -> bool {
        let component = |code: Option<u32>| code.map_or(Code::None, Code::of);
        match (self.place, self.test) {
            (Place::Column(column), _) => column
                .stretch(at.row, 1)
                .is_some_and(|(bytes, _)| self.entry_passes(snomed, column, entry(bytes), at.row)),
            (Place::ReferencedComponent, FieldAsked::Concepts(equality, set)) => {
                set.holds_code(*equality, component(snomed.member_component(at.row)))
            }
            (Place::Module, FieldAsked::Concepts(equality, set)) => {
                let module = snomed.member_module(at.row);
                module.is_some_and(|module| equality.holds(set.contains(snomed, module)))
            }
            (Place::Refset, FieldAsked::Concepts(equality, set)) => {
                equality.holds(set.contains(snomed, at.refset.id()))
            }
            (Place::EffectiveTime, FieldAsked::Time(order, times)) => {
                order.holds_time(snomed.member_time(at.row), times)
            }
            (Place::EffectiveTime, FieldAsked::Terms(equality, tests)) => {
                let time = snomed.member_time(at.row).map(|time| time.to_string());
                equality.holds(any(tests, &time.unwrap_or_default(), &mut self.buffers))
            }
            (Place::Active, FieldAsked::Boolean(equality, value)) => {
                equality.holds(at.active == *value)
            }
            (Place::Active, FieldAsked::Number(order, number)) => {
                is_ordered(*order, if at.active { "1" } else { "0" }, number)
            }
            (Place::Id, FieldAsked::Terms(equality, tests)) => {
                let id = snomed.member_id(at.row).to_string();
                equality.holds(any(tests, &id, &mut self.buffers))
            }
            _ => false,
        }
    }

    /// Whether an entry of a column, as a row has it, passes. What was looked at once is known.
    #[inline]
    pub(super) fn entry_passes(
        &mut self,
        snomed: Snomed<'t>,
        column: Column<'t>,
        entry: u32,
        row: u32,
    ) -> bool {
        match self.seen.get(entry as usize) {
            Some(&PASSES) => true,
            Some(&FAILS) => false,
            _ => self.new_entry_passes(snomed, column, entry, row),
        }
    }

    #[inline(never)]
    fn new_entry_passes(
        &mut self,
        snomed: Snomed<'t>,
        column: Column<'t>,
        entry: u32,
        row: u32,
    ) -> bool {
        let Some(raw) = column.of_entry(entry) else { return false };
        let buffers = &mut self.buffers;
        let passes = match (self.test, column.field_type) {
            (FieldAsked::Concepts(equality, set), FieldType::Component) => {
                set.holds_code(*equality, Code::of(raw))
            }
            (FieldAsked::Concepts(..), _) => false,
            (test, FieldType::String) if !column.has_parameters() => {
                snomed.member_text(raw).is_some_and(|text| text_passes(test, text, buffers))
            }
            (test, _) => column
                .value(row)
                .is_some_and(|value| text_passes(test, &value.to_string(), buffers)),
        };
        // A text with parameters is another in each row; codes of components need no memory.
        let at = entry as usize;
        let few = at < (1 << 22) && column.field_type != FieldType::Component;
        if !column.has_parameters() && (few || at < (1 << 16)) {
            if self.seen.len() <= at {
                self.seen.resize((at + 1).next_power_of_two(), 0);
            }
            if let Some(seen) = self.seen.get_mut(at) {
                *seen = if passes { PASSES } else { FAILS };
            }
        }
        passes
    }
}

/// An entry of a column, of 1, 2 or 4 bytes.
#[inline]
pub(super) fn entry(bytes: &[u8]) -> u32 {
    match *bytes {
        [a] => a.into(),
        [a, b] => u16::from_le_bytes([a, b]).into(),
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]),
        _ => u32::MAX,
    }
}

fn any(tests: &[TermTest], text: &str, buffers: &mut TermBuffers) -> bool {
    tests.iter().any(|test| test.matches(text, "", buffers))
}

fn is_ordered(order: Order, value: &str, number: &str) -> bool {
    let value = value.strip_prefix('#').unwrap_or(value);
    Decimal::new(value)
        .zip(Decimal::new(number))
        .is_some_and(|(value, number)| order.holds(value.cmp(&number)))
}

fn text_passes(test: &FieldAsked<'_>, text: &str, buffers: &mut TermBuffers) -> bool {
    match test {
        FieldAsked::Concepts(..) => false,
        FieldAsked::Number(order, number) => is_ordered(*order, text, number),
        FieldAsked::Terms(equality, tests) => equality.holds(any(tests, text, buffers)),
        FieldAsked::Boolean(equality, wanted) => {
            let found = match text {
                "1" => Some(true),
                "0" => Some(false),
                text if text.eq_ignore_ascii_case("true") => Some(true),
                text if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            };
            found.is_some_and(|found| equality.holds(found == *wanted))
        }
        FieldAsked::Time(order, times) => {
            let time = match text {
                "" => Some(None),
                text => text.get(..8).and_then(|date| date.parse().ok()).map(Some),
            };
            time.is_some_and(|time| order.holds_time(time, times))
        }
    }
}
