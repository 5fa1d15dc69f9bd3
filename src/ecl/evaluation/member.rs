//! Members of refsets that satisfy criteria, and values of their fields.

use std::collections::HashMap;

use crate::ecl::syntax::{Activity, Equality, Order, Time};
use crate::snomed::{Code, Column, Decimal, FieldType, OrdinalSet, Part, Refset, Snomed};

use super::budget::Budget;
use super::error::EvaluationError;
use super::hierarchy::Answer;
use super::plan::Node;
use super::term::{TermBuffers, TermTest};

/// The rows of some refsets that satisfy criteria.
#[derive(Clone, Debug)]
pub(super) struct MemberTest<'t> {
    pub(super) refsets: Vec<Refset<'t>>,
    /// Which rows: active ones unless a criterion says otherwise.
    pub(super) activity: Activity,
    /// Which combinations of module and effective time pass; `None` where none was asked about.
    pub(super) statuses: Option<Vec<bool>>,
    pub(super) fields: Vec<FieldTest<'t>>,
    /// The field whose values are the answer; the referenced components otherwise.
    pub(super) values: Option<String>,
}

/// A criterion of one field.
#[derive(Clone, Debug)]
pub(super) struct FieldTest<'t> {
    pub(super) name: String,
    pub(super) asked: FieldAsked<'t>,
}

#[derive(Clone, Debug)]
pub(super) enum FieldAsked<'t> {
    Concepts(Equality, OrdinalSet<'t>),
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
    pub(super) row: u32,
    pub(super) active: bool,
}

/// A criterion bound to a table, with what it made of the values it has seen.
struct Bound<'r, 't> {
    place: Place<'t>,
    test: &'r FieldAsked<'t>,
    seen: HashMap<u32, bool>,
    buffers: TermBuffers,
}

impl<'t> Bound<'_, 't> {
    /// Whether a row passes.
    fn passes(&mut self, snomed: Snomed<'t>, at: RowAt<'t>) -> bool {
        let component = |code: Option<u32>| code.map_or(Code::None, Code::of);
        match (self.place, self.test) {
            (Place::Column(column), FieldAsked::Concepts(equality, set)) => {
                let value = column.raw(at.row);
                match column.field_type {
                    FieldType::Component => is_among(*equality, set, component(value)),
                    _ => false,
                }
            }
            (Place::ReferencedComponent, FieldAsked::Concepts(equality, set)) => {
                is_among(*equality, set, component(snomed.member_component(at.row)))
            }
            (Place::Module, FieldAsked::Concepts(equality, set)) => {
                let module = snomed.member_module(at.row);
                let ordinal = module.and_then(|module| snomed.ordinal(module));
                ordinal.is_some_and(|ordinal| equality.holds(set.contains(ordinal)))
            }
            (Place::Refset, FieldAsked::Concepts(equality, set)) => {
                let ordinal = snomed.ordinal(at.refset.id());
                ordinal.is_some_and(|ordinal| equality.holds(set.contains(ordinal)))
            }
            (Place::Column(column), test) => {
                let Some(raw) = column.raw(at.row) else { return false };
                // A value has the same text wherever it stands, but where texts have parameters.
                if let Some(known) = self.seen.get(&raw) {
                    return *known;
                }
                let buffers = &mut self.buffers;
                let passes = match column.value(at.row) {
                    Some(value) => value_passes(test, &value, buffers),
                    None => false,
                };
                if !column.has_parameters() {
                    self.seen.insert(raw, passes);
                }
                passes
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
}

/// What the release does not have is neither in a set of its concepts nor outside.
fn is_among(equality: Equality, set: &OrdinalSet<'_>, code: Code) -> bool {
    match code {
        Code::Concept(ordinal) => equality.holds(set.contains(ordinal)),
        _ => false,
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

fn value_passes(
    test: &FieldAsked<'_>,
    value: &crate::snomed::FieldValue<'_>,
    buffers: &mut TermBuffers,
) -> bool {
    let text = value.to_string();
    match test {
        FieldAsked::Concepts(..) => false,
        FieldAsked::Number(order, number) => is_ordered(*order, &text, number),
        FieldAsked::Terms(equality, tests) => equality.holds(any(tests, &text, buffers)),
        FieldAsked::Boolean(equality, wanted) => {
            let found = match text.as_str() {
                "1" => Some(true),
                "0" => Some(false),
                text if text.eq_ignore_ascii_case("true") => Some(true),
                text if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            };
            found.is_some_and(|found| equality.holds(found == *wanted))
        }
        FieldAsked::Time(order, times) => {
            let time = match text.as_str() {
                "" => Some(None),
                text => text.get(..8).and_then(|date| date.parse().ok()).map(Some),
            };
            time.is_some_and(|time| order.holds_time(time, times))
        }
    }
}

impl<'t> MemberTest<'t> {
    fn bound(&self, snomed: Snomed<'t>, table: u16) -> Option<Vec<Bound<'_, 't>>> {
        self.fields
            .iter()
            .map(|field| {
                let place = place_of(snomed, table, &field.name)?;
                let (test, seen) = (&field.asked, HashMap::new());
                Some(Bound { place, test, seen, buffers: TermBuffers::default() })
            })
            .collect()
    }

    /// Gives each row that satisfies all criteria, until told to stop.
    pub(super) fn each_row(
        &self,
        snomed: Snomed<'t>,
        budget: &mut Budget<'_>,
        mut with: impl FnMut(RowAt<'t>) -> Result<(), EvaluationError>,
    ) -> Result<(), EvaluationError> {
        for refset in &self.refsets {
            for part in refset.parts() {
                let Some(mut bound) = self.bound(snomed, part.table) else { continue };
                let candidates = self.candidates(snomed, part, &bound);
                budget.spend(candidates.len().saturating_mul(4))?;
                let first_inactive = part.first.saturating_add(part.active);
                candidates.each(|row| {
                    let at = RowAt { refset: *refset, row, active: row < first_inactive };
                    let status = || snomed.member_status_number(row).map(usize::from);
                    let passes = self.statuses.as_ref().is_none_or(|table| {
                        status().and_then(|number| table.get(number).copied()).unwrap_or(false)
                    }) && bound.iter_mut().all(|field| field.passes(snomed, at));
                    if passes { with(at) } else { Ok(()) }
                })?;
            }
        }
        Ok(())
    }

    /// Rows of a part among which all are that satisfy the criteria.
    fn candidates(&self, snomed: Snomed<'t>, part: Part, bound: &[Bound<'_, 't>]) -> Candidates {
        let inactive = part.first.saturating_add(part.active);
        let end = inactive.saturating_add(part.inactive);
        match self.activity {
            Activity::Active => {}
            Activity::Inactive => return Candidates::Range(inactive, end),
            Activity::Any => return Candidates::Range(part.first, end),
        }
        const FEW: usize = 64;
        for field in bound {
            match (field.place, field.test) {
                (Place::ReferencedComponent, FieldAsked::Concepts(Equality::Equal, set))
                    if set.len() <= FEW =>
                {
                    let mut rows = Vec::new();
                    set.each(|ordinal| {
                        let code = Code::Concept(ordinal).raw();
                        let (from, to) = snomed.rows_of_component(part, code);
                        rows.extend(from..to);
                    });
                    return Candidates::Rows(rows);
                }
                (Place::Column(column), FieldAsked::Concepts(Equality::Equal, set))
                    if set.len() <= FEW && column.is_ordered() =>
                {
                    let mut rows = Vec::new();
                    set.each(|ordinal| {
                        let found = column.rows_with(part, Code::Concept(ordinal).raw());
                        rows.extend(found.iter().map(|row| u32::from_le_bytes(*row)));
                    });
                    return Candidates::Rows(rows);
                }
                (Place::Column(column), FieldAsked::Terms(Equality::Equal, tests))
                    if column.is_ordered() =>
                {
                    if let Some(rows) = column.by_value(part.first, part.active) {
                        return Candidates::Rows(rows_by_text(column, rows, tests));
                    }
                }
                _ => {}
            }
        }
        Candidates::Range(part.first, inactive)
    }

    /// The concepts that the rows reference, or those in the field asked for.
    pub(super) fn run(&self, snomed: Snomed<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
        let mut found: Vec<u32> = Vec::new();
        self.each_row(snomed, budget, |at| {
            let code = match &self.values {
                None => snomed.member_component(at.row),
                Some(_) => self.value_code(snomed, at),
            };
            if let Some(Code::Concept(ordinal)) = code.map(Code::of) {
                found.push(ordinal);
            }
            Ok(())
        })?;
        let count = found.len();
        Ok(OrdinalSet::from_many(found.into_iter(), count, snomed.ordinal_count()))
    }

    /// The component code of the field asked for.
    fn value_code(&self, snomed: Snomed<'t>, at: RowAt<'t>) -> Option<u32> {
        let name = self.values.as_deref()?;
        let part = at.refset.parts().find(|part| {
            let end = part.first.saturating_add(part.active).saturating_add(part.inactive);
            part.first <= at.row && at.row < end
        })?;
        match place_of(snomed, part.table, name)? {
            Place::ReferencedComponent => snomed.member_component(at.row),
            Place::Module => {
                let module = snomed.member_module(at.row)?;
                snomed.ordinal(module).map(|ordinal| Code::Concept(ordinal).raw())
            }
            Place::Refset => {
                snomed.ordinal(at.refset.id()).map(|ordinal| Code::Concept(ordinal).raw())
            }
            Place::Column(column) if column.field_type == FieldType::Component => {
                column.raw(at.row)
            }
            _ => None,
        }
    }

    /// Whether a row that satisfies the criteria references a concept; `None` where the answer is
    /// in another field.
    pub(super) fn contains(&self, snomed: Snomed<'t>, ordinal: u32) -> Option<bool> {
        if self.values.is_some() || self.activity != Activity::Active {
            return None;
        }
        let numbers = snomed.refset_numbers(ordinal);
        for refset in &self.refsets {
            if !numbers.contains(&refset.number.to_le_bytes()) {
                continue;
            }
            for part in refset.parts() {
                let (from, to) = snomed.rows_of_component(part, Code::Concept(ordinal).raw());
                if from >= to {
                    continue;
                }
                let Some(mut bound) = self.bound(snomed, part.table) else { continue };
                for row in from..to {
                    let at = RowAt { refset: *refset, row, active: true };
                    let number = snomed.member_status_number(row).map(usize::from);
                    let passes = self.statuses.as_ref().is_none_or(|table| {
                        number.and_then(|number| table.get(number).copied()).unwrap_or(false)
                    });
                    if passes && bound.iter_mut().all(|field| field.passes(snomed, at)) {
                        return Some(true);
                    }
                }
            }
        }
        Some(false)
    }
}

/// Rows that may satisfy criteria.
enum Candidates {
    Range(u32, u32),
    Rows(Vec<u32>),
}

impl Candidates {
    fn len(&self) -> usize {
        match self {
            Candidates::Range(start, end) => end.saturating_sub(*start) as usize,
            Candidates::Rows(rows) => rows.len(),
        }
    }

    fn each(
        &self,
        mut with: impl FnMut(u32) -> Result<(), EvaluationError>,
    ) -> Result<(), EvaluationError> {
        match self {
            Candidates::Range(start, end) => (*start..*end).try_for_each(with),
            Candidates::Rows(rows) => rows.iter().try_for_each(|row| with(*row)),
        }
    }
}

/// The rows, given by the order of their texts, whose text matches: each text is looked at once.
fn rows_by_text(column: Column<'_>, rows: &[[u8; 4]], tests: &[TermTest]) -> Vec<u32> {
    let mut buffers = TermBuffers::default();
    let mut found = Vec::new();
    let mut last = None;
    for row in rows {
        let row = u32::from_le_bytes(*row);
        let Some(raw) = column.raw(row) else { continue };
        let matched = match last {
            Some((seen, matched)) if seen == raw => matched,
            _ => {
                column.value(row).is_some_and(|value| any(tests, &value.to_string(), &mut buffers))
            }
        };
        last = Some((raw, matched));
        if matched {
            found.push(row);
        }
    }
    found
}

/// Whether the refset that a concept stands for has a member among what a plan gives.
pub(super) fn contains_any(snomed: Snomed<'_>, ordinal: u32, inner: &Node<'_>) -> Option<bool> {
    let refset = snomed.id(ordinal).and_then(|id| snomed.refset(id));
    let Some(refset) = refset else { return Some(false) };
    let Node::Known(set) = inner else { return None };
    let members = OrdinalSet::stored_list(refset.concept_ordinals(), snomed.ordinal_count());
    Some(!members.intersection(set).is_empty())
}

/// The refsets that have a member among a set.
pub(super) fn containing<'t>(
    snomed: Snomed<'t>,
    set: &OrdinalSet<'t>,
    budget: &mut Budget<'_>,
) -> Answer<'t> {
    let mut found: Vec<u32> = Vec::new();
    if set.len() <= 64 {
        set.each(|ordinal| {
            for number in snomed.refset_numbers(ordinal) {
                let refset = snomed.refset_of_number(u16::from_le_bytes(*number));
                found.extend(refset.and_then(|refset| snomed.ordinal(refset.id())));
            }
        });
    } else {
        for refset in snomed.refsets() {
            let members =
                OrdinalSet::stored_list(refset.concept_ordinals(), snomed.ordinal_count());
            budget.spend(members.len().min(set.len()))?;
            if !members.intersection(set).is_empty() {
                found.extend(snomed.ordinal(refset.id()));
            }
        }
    }
    Ok(OrdinalSet::from_unsorted(found))
}
