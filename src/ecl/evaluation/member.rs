//! Members of refsets that satisfy criteria.

use crate::ecl::syntax::{Activity, Equality, Span};
use crate::snomed::{Code, FieldType, OrdinalSet, Part, Refset, Snomed};

use super::budget::Budget;
use super::error::EvaluationError;
use super::field::{Bound, FieldAsked, FieldTest, Place, RowAt, entry, place_of};
use super::hierarchy::Answer;
use super::plan::Node;

/// The rows of some refsets that satisfy criteria.
#[derive(Clone, Debug)]
pub(super) struct MemberTest<'t> {
    pub(super) refsets: Vec<Refset<'t>>,
    /// Which rows: active ones unless a criterion says otherwise.
    pub(super) activity: Activity,
    /// Which combinations of module and effective time pass; `None` where none was asked about.
    pub(super) statuses: Option<Vec<bool>>,
    pub(super) fields: Vec<FieldTest<'t>>,
    /// The field whose values are the answer, and where it is named; the referenced components
    /// otherwise.
    pub(super) values: Option<(String, Span)>,
}

impl<'t> MemberTest<'t> {
    fn bound(&self, snomed: Snomed<'t>, table: u16) -> Option<Vec<Bound<'_, 't>>> {
        self.fields
            .iter()
            .map(|field| {
                let place = place_of(snomed, table, &field.name)?;
                Some(Bound::new(place, &field.asked))
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
                budget.spend(part.active as usize)?;
                let candidates = self.candidates(snomed, part, &mut bound);
                budget.spend(candidates.len().saturating_mul(4))?;
                let first_inactive = part.first.saturating_add(part.active);
                candidates.each(|row| {
                    let at = RowAt {
                        refset: *refset,
                        table: part.table,
                        row,
                        active: row < first_inactive,
                    };
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
    fn candidates(
        &self,
        snomed: Snomed<'t>,
        part: Part,
        bound: &mut [Bound<'_, 't>],
    ) -> Candidates {
        let inactive = part.first.saturating_add(part.active);
        let end = inactive.saturating_add(part.inactive);
        match self.activity {
            Activity::Active => {}
            Activity::Inactive => return Candidates::Range(inactive, end),
            Activity::Any => return Candidates::Range(part.first, end),
        }
        for field in bound.iter() {
            match (field.place, field.test) {
                (Place::ReferencedComponent, FieldAsked::Concepts(Equality::Equal, set))
                    if set.id.is_none()
                        && set.set.run_count_at_most(part.active as usize / 32 + 8) =>
                {
                    // Rows ascend by component, so a run of concepts has a run of rows.
                    let mut rows = Vec::new();
                    let mut from = part.first;
                    set.set.each_run(|start, end| {
                        let begin = snomed.first_row_from(part, from, Code::Concept(start).raw());
                        from = snomed.first_row_from(part, begin, Code::Concept(end).raw());
                        rows.extend(begin..from);
                    });
                    return Candidates::Rows(rows);
                }
                (Place::Column(column), FieldAsked::Concepts(Equality::Equal, set))
                    if column.is_ordered()
                        && column.field_type == FieldType::Component
                        && set.id.is_none()
                        && set.set.len() <= part.active as usize / 64 + 8 =>
                {
                    let mut rows = Vec::new();
                    set.set.each(|ordinal| {
                        let found = column.rows_with(part, Code::Concept(ordinal).raw());
                        rows.extend(found.iter().map(|row| u32::from_le_bytes(*row)));
                    });
                    return Candidates::Rows(rows);
                }
                _ => {}
            }
        }
        // All values of one column, one behind the other.
        let first = bound.iter_mut().find_map(|field| match field.place {
            Place::Column(column) => Some((column, field)),
            _ => None,
        });
        if let Some((column, field)) = first
            && let Some((bytes, width)) = column.stretch(part.first, part.active)
        {
            let entries = (part.first..).zip(bytes.chunks_exact(width.max(1)));
            let passing = entries
                .filter(|(row, bytes)| field.entry_passes(snomed, column, entry(bytes), *row));
            return Candidates::Rows(passing.map(|(row, _)| row).collect());
        }
        Candidates::Range(part.first, inactive)
    }

    /// The concepts that the rows reference, or those in the field asked for.
    pub(super) fn run(&self, snomed: Snomed<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
        let mut found: Vec<u32> = Vec::new();
        let mut last: Option<(u16, Option<Place<'t>>)> = None;
        self.each_row(snomed, budget, |at| {
            let code = match &self.values {
                None => snomed.member_component(at.row),
                Some((name, span)) => {
                    let place = match last {
                        Some((table, place)) if table == at.table => place,
                        _ => place_of(snomed, at.table, name),
                    };
                    last = Some((at.table, place));
                    // A value that is no concept here is not left out to make the rest a set.
                    let code = place.and_then(|place| value_code(snomed, place, at));
                    if place.is_some() && !matches!(code.map(Code::of), Some(Code::Concept(_))) {
                        return Err(EvaluationError::Rows { span: *span });
                    }
                    code
                }
            };
            if let Some(Code::Concept(ordinal)) = code.map(Code::of) {
                found.push(ordinal);
            }
            Ok(())
        })?;
        let count = found.len();
        Ok(OrdinalSet::from_many(found.into_iter(), count, snomed.ordinal_count()))
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
                    let at = RowAt { refset: *refset, table: part.table, row, active: true };
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

/// The component code of a field in a row.
fn value_code<'t>(snomed: Snomed<'t>, place: Place<'t>, at: RowAt<'t>) -> Option<u32> {
    let of = |id| snomed.ordinal(id).map(|ordinal| Code::Concept(ordinal).raw());
    match place {
        Place::ReferencedComponent => snomed.member_component(at.row),
        Place::Module => of(snomed.member_module(at.row)?),
        Place::Refset => of(at.refset.id()),
        Place::Column(column) if column.field_type == FieldType::Component => column.raw(at.row),
        _ => None,
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
