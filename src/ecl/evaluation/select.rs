//! Answers that are rows: the selection of refset fields.

use crate::ecl::syntax::{Expression, Focus, RefsetOperator, SubExpression};
use crate::snomed::{Code, Component, Concept, ConceptSet, FieldValue, MemberId, Snomed};

use super::compile_member::gives_concepts;
use super::error::EvaluationError;
use super::field::{Place, RowAt, place_of};
use super::options::{Evaluated, Evaluation};

/// What an expression gives.
#[derive(Clone, Debug)]
pub enum Selection<'t> {
    /// Concepts.
    Concepts(ConceptSet<'t>),
    /// Rows of the fields that were selected, each distinct row once, in the order of the refsets:
    /// where there are several fields, or values that are not concepts of the release.
    Rows(SelectedRows<'t>),
}

/// Rows of selected fields.
#[derive(Clone, Debug)]
pub struct SelectedRows<'t> {
    /// The names of the fields.
    pub fields: Vec<String>,
    /// The rows: a value for each field. For `[*]` over several refsets, `None` where the refset of
    /// a row has no such field; rows that lack a field that was named are not among them.
    pub rows: Vec<Vec<Option<SelectedValue<'t>>>>,
}

/// The value of a selected field.
#[derive(Clone, Copy, Debug)]
pub enum SelectedValue<'t> {
    /// The id of a member.
    Member(MemberId<'t>),
    /// An effective time, `YYYYMMDD`; `None` for a row not published yet.
    Time(Option<u32>),
    /// Whether the row is active.
    Active(bool),
    /// A component: module, refset, or referenced component.
    Component(Component<'t>),
    /// A field of the refset's own.
    Field(FieldValue<'t>),
}

/// As RF2 writes it.
impl std::fmt::Display for SelectedValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SelectedValue::Member(id) => id.fmt(f),
            SelectedValue::Time(Some(time)) => write!(f, "{time}"),
            SelectedValue::Time(None) => Ok(()),
            SelectedValue::Active(active) => f.write_str(if *active { "1" } else { "0" }),
            SelectedValue::Component(component) => component.fmt(f),
            SelectedValue::Field(value) => value.fmt(f),
        }
    }
}

/// Whether a field is the one that every member has a component in.
pub(super) fn is_referenced_component(name: &str) -> bool {
    name.eq_ignore_ascii_case("referencedComponentId")
}

/// The outermost selection of fields, through brackets that change nothing.
fn outermost(expression: &Expression) -> Option<&SubExpression> {
    let Expression::Sub(sub) = expression else { return None };
    let bare = sub.hierarchy.is_none() && sub.filters.is_empty() && sub.history.is_none();
    match (&sub.refset, &sub.focus) {
        // To ask for what rows are about is to ask for members.
        (Some(RefsetOperator::Fields(fields)), _) if matches!(fields.as_slice(), [one] if is_referenced_component(&one.name)) => {
            None
        }
        (Some(RefsetOperator::Fields(_) | RefsetOperator::AllFields(_)), _) if bare => Some(sub),
        (None, Focus::Nested(inner)) if bare => outermost(inner),
        _ => None,
    }
}

pub(super) fn select_expression<'t>(
    evaluation: &Evaluation<'_, 't>,
    expression: &Expression,
) -> Result<Evaluated<Selection<'t>>, EvaluationError> {
    let snomed = evaluation.snomed;
    let Some(sub) = outermost(expression) else {
        let Evaluated { concepts, warnings } = evaluation.run_expression(expression)?;
        return Ok(Evaluated { concepts: Selection::Concepts(concepts), warnings });
    };
    let mut compiler = evaluation.compiler();
    let refsets = compiler.refsets(sub)?;
    let named = matches!(&sub.refset, Some(RefsetOperator::Fields(_)));
    let fields: Vec<String> = match &sub.refset {
        Some(RefsetOperator::Fields(fields)) => {
            for field in fields {
                compiler.knows_field(&refsets, field)?;
            }
            fields.iter().map(|field| field.name.clone()).collect()
        }
        _ => {
            // Those of every refset are told by name only, but for what the row is about.
            let mut names = vec!["referencedComponentId".to_owned()];
            for field in refsets.iter().flat_map(|refset| refset.fields()) {
                if !names.iter().any(|name| name == field.name()) {
                    names.push(field.name().to_owned());
                }
            }
            names
        }
    };
    let of_concepts = named && matches!(fields.as_slice(), [one] if gives_concepts(&refsets, one));
    let test = compiler.member_test(refsets, &sub.member_filters)?;
    let warnings = compiler.findings.into_warnings()?;
    let mut budget = evaluation.budget();
    let most = budget.rows;
    let mut rows = Vec::new();
    let mut seen = std::collections::HashSet::new();
    test.each_row(snomed, &mut budget, |at| {
        let row: Vec<Option<SelectedValue<'t>>> =
            fields.iter().map(|name| value(snomed, at, name)).collect();
        if named && row.iter().any(Option::is_none) {
            return Ok(());
        }
        let key: Vec<Option<String>> =
            row.iter().map(|value| value.as_ref().map(ToString::to_string)).collect();
        if seen.insert(key) {
            if rows.len() >= most {
                return Err(EvaluationError::TooManyRows);
            }
            rows.push(row);
        }
        Ok(())
    })?;
    // The values of one field are concepts where all of them are: none is left out to make it so.
    if of_concepts
        && let Some(concepts) = rows.iter().map(|row| concept(row.first())).collect::<Option<_>>()
    {
        let concepts: Vec<Concept<'t>> = concepts;
        let selection = Selection::Concepts(ConceptSet::of(snomed, concepts));
        return Ok(Evaluated { concepts: selection, warnings });
    }
    Ok(Evaluated { concepts: Selection::Rows(SelectedRows { fields, rows }), warnings })
}

/// The concept that a value is.
fn concept<'t>(value: Option<&Option<SelectedValue<'t>>>) -> Option<Concept<'t>> {
    match value?.as_ref()? {
        SelectedValue::Component(component)
        | SelectedValue::Field(FieldValue::Component(component)) => component.concept(),
        _ => None,
    }
}

/// The value of a field in a row.
fn value<'t>(snomed: Snomed<'t>, at: RowAt<'t>, name: &str) -> Option<SelectedValue<'t>> {
    let component = |code: u32| snomed.component_of_code(code).map(SelectedValue::Component);
    match place_of(snomed, at.table, name)? {
        Place::Id => Some(SelectedValue::Member(snomed.member_id(at.row))),
        Place::EffectiveTime => Some(SelectedValue::Time(snomed.member_time(at.row))),
        Place::Active => Some(SelectedValue::Active(at.active)),
        Place::Module => {
            let module = snomed.member_module(at.row)?;
            Some(SelectedValue::Component(snomed.component(module)))
        }
        Place::Refset => Some(SelectedValue::Component(snomed.component(at.refset.id()))),
        Place::ReferencedComponent => {
            component(snomed.member_component(at.row).unwrap_or(Code::None.raw()))
        }
        Place::Column(column) => column.value(at.row).map(SelectedValue::Field),
    }
}
