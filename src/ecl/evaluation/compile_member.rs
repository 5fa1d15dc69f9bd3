//! `^`, `^R` and the filters of members from the syntax tree.

use crate::ecl::syntax::{
    Activity, Criteria, FieldComparison, FieldName, Focus, MemberFilter, RefsetOperator,
    SubExpression,
};
use crate::id::Sctid;
use crate::snomed::{Code, Component, FieldType, OrdinalSet, Refset};

use super::compile::{Compiled, Compiler, is_plain};
use super::error::{EvaluationError, FindingKind, Report};
use super::field::{BASE_FIELDS, FieldAsked, FieldTest, Operand, Place, place_of};
use super::member::MemberTest;
use super::plan::Node;
use super::select::is_referenced_component;
use super::term::TermTest;

impl<'t> Compiler<'_, 't> {
    /// The refsets that an operand of `^` names, and told where it is none of concepts.
    pub(super) fn refsets(&mut self, sub: &SubExpression) -> Compiled<Vec<Refset<'t>>> {
        let snomed = self.snomed;
        if let Focus::Any = sub.focus {
            return Ok(snomed.refsets().collect());
        }
        let named = match &sub.focus {
            Focus::Concept(reference) => Some(reference),
            _ => None,
        };
        if let Some(reference) = named
            && let Some(refset) = snomed.refset(reference.id)
        {
            // A release may have rows of a refset whose concept it lacks.
            if snomed.ordinal(reference.id).is_some() {
                self.reference(reference)?;
            }
            return Ok(vec![refset]);
        }
        let node = self.focus(&sub.focus)?;
        let set = self.evaluated(node)?;
        let mut found = Vec::new();
        if set.len() <= snomed.refset_count() {
            set.each(|ordinal| {
                found.extend(snomed.id(ordinal).and_then(|id| snomed.refset(id)));
            });
        } else {
            found.extend(snomed.refsets().filter(|refset| {
                snomed.ordinal(refset.id()).is_some_and(|ordinal| set.contains(ordinal))
            }));
        }
        if let Some(reference) = named
            && !set.is_empty()
        {
            let kind = FindingKind::NotRefset { id: reference.id };
            self.find(kind, reference.span, self.options.refsets)?;
        }
        Ok(found)
    }

    pub(super) fn members(
        &mut self,
        operator: &RefsetOperator,
        sub: &SubExpression,
    ) -> Compiled<Node<'t>> {
        let snomed = self.snomed;
        let mut refsets = self.refsets(sub)?;
        let values = match operator {
            RefsetOperator::Fields(fields) => match fields.as_slice() {
                [one] => Some(one),
                _ => return Err(EvaluationError::Rows { span: sub.span }),
            },
            RefsetOperator::AllFields(span) => return Err(EvaluationError::Rows { span: *span }),
            _ => None,
        };
        let values = values.filter(|field| !is_referenced_component(&field.name));
        // Without a field, every refset is every one of concepts.
        if values.is_none() && matches!(sub.focus, Focus::Any) {
            refsets.retain(|refset| refset.component_kinds().concepts);
        }
        if let Some(field) = values {
            if !self.knows_field(&refsets, field)? {
                return Ok(Node::NOTHING);
            }
            if !gives_concepts(&refsets, &field.name) {
                return Err(EvaluationError::Rows { span: field.span });
            }
        } else {
            self.check_components(&refsets, sub)?;
        }
        if values.is_none() && sub.member_filters.is_empty() {
            if let [refset] = refsets.as_slice() {
                let list = refset.concept_ordinals();
                return Ok(Node::Known(OrdinalSet::stored_list(list, snomed.ordinal_count())));
            }
            return Ok(Node::Or(
                refsets
                    .iter()
                    .map(|refset| {
                        let list = refset.concept_ordinals();
                        Node::Known(OrdinalSet::stored_list(list, snomed.ordinal_count()))
                    })
                    .collect(),
            ));
        }
        let mut test = self.member_test(refsets, &sub.member_filters)?;
        test.values = values.map(|field| (field.name.clone(), field.span));
        Ok(Node::Members(Box::new(test)))
    }

    /// The refsets with a row that satisfies criteria and references a concept of a set.
    pub(super) fn containing_rows(
        &mut self,
        set: &OrdinalSet<'t>,
        filters: &[Criteria<MemberFilter>],
    ) -> Compiled<OrdinalSet<'t>> {
        let snomed = self.snomed;
        let test = self.member_test(snomed.refsets().collect(), filters)?;
        let mut found: Vec<u32> = Vec::new();
        test.each_row(snomed, &mut self.budget, |at| {
            let code = snomed.member_component(at.row).map(Code::of);
            if matches!(code, Some(Code::Concept(ordinal)) if set.contains(ordinal)) {
                let refset = snomed.ordinal(at.refset.id());
                if refset != found.last().copied() {
                    found.extend(refset);
                }
            }
            Ok(())
        })?;
        Ok(OrdinalSet::from_unsorted(found))
    }

    /// Members of descriptions are not what `^` is defined for: an empty answer would hide them.
    fn check_components(&mut self, refsets: &[Refset<'t>], sub: &SubExpression) -> Compiled<()> {
        if matches!(sub.focus, Focus::Any) {
            return Ok(());
        }
        for refset in refsets {
            let kinds = refset.component_kinds();
            if !kinds.concepts && (kinds.descriptions || kinds.others) {
                let kind = FindingKind::NotConcepts { id: refset.id() };
                self.find(kind, sub.span, Report::Error)?;
            }
        }
        Ok(())
    }

    /// Whether any of the refsets has a field; told where none has.
    pub(super) fn knows_field(
        &mut self,
        refsets: &[Refset<'t>],
        field: &FieldName,
    ) -> Compiled<bool> {
        let snomed = self.snomed;
        let known = BASE_FIELDS.iter().any(|base| base.eq_ignore_ascii_case(&field.name))
            || refsets
                .iter()
                .flat_map(|refset| refset.parts())
                .any(|part| place_of(snomed, part.table, &field.name).is_some());
        if !known {
            let kind = FindingKind::UnknownField { name: field.name.clone() };
            self.find(kind, field.span, Report::Error)?;
        }
        Ok(known)
    }

    pub(super) fn member_test(
        &mut self,
        refsets: Vec<Refset<'t>>,
        filters: &[Criteria<MemberFilter>],
    ) -> Compiled<MemberTest<'t>> {
        let snomed = self.snomed;
        let mut test = MemberTest {
            refsets,
            activity: Activity::Active,
            statuses: None,
            fields: Vec::new(),
            values: None,
        };
        let mut asked = (false, true, true);
        for criterion in filters.iter().flat_map(|braces| &braces.criteria) {
            let mut keep = |passes: &dyn Fn(u64, u32) -> bool| {
                let count = snomed.member_status_count();
                let table = test.statuses.get_or_insert_with(|| vec![true; count]);
                for (number, kept) in (0_u16..).zip(table.iter_mut()) {
                    *kept = *kept
                        && snomed
                            .member_status(number)
                            .is_some_and(|(module, time)| passes(module, time));
                }
            };
            match criterion {
                MemberFilter::Module(equality, operand) => {
                    let set = self.operand(operand)?;
                    keep(&|module, _| {
                        let among = self.among(&set, Sctid::as_published(module));
                        among.is_some_and(|is| equality.holds(is))
                    });
                }
                MemberFilter::EffectiveTime(order, times) => {
                    keep(&|_, time| order.holds_time(Some(time).filter(|time| *time != 0), times));
                }
                MemberFilter::Active(equality, activity) => {
                    asked.0 = true;
                    asked.1 &= activity.holds(*equality, true);
                    asked.2 &= activity.holds(*equality, false);
                }
                MemberFilter::Field(field, comparison) => {
                    if !self.knows_field(&test.refsets, field)? {
                        test.refsets.clear();
                        continue;
                    }
                    self.check_type(&test.refsets, field, comparison)?;
                    let asked = self.field(comparison)?;
                    test.fields.push(FieldTest { name: field.name.clone(), asked });
                }
            }
        }
        match asked {
            (false, ..) | (true, true, false) => test.activity = Activity::Active,
            (true, false, true) => test.activity = Activity::Inactive,
            (true, true, true) => test.activity = Activity::Any,
            (true, false, false) => test.refsets.clear(),
        }
        Ok(test)
    }

    /// Whether the values of a field can be compared with what was written; told where those of
    /// any refset cannot.
    fn check_type(
        &mut self,
        refsets: &[Refset<'t>],
        field: &FieldName,
        comparison: &FieldComparison,
    ) -> Compiled<()> {
        let snomed = self.snomed;
        let parts = refsets.iter().flat_map(|refset| refset.parts());
        let mut places = parts.filter_map(|part| place_of(snomed, part.table, &field.name));
        if places.any(|place| !can_compare(place, comparison)) {
            let kind = FindingKind::FieldType { name: field.name.clone() };
            self.find(kind, field.span, Report::Error)?;
        }
        Ok(())
    }

    /// What a column of ids is compared with. An id that rows name need not be a concept.
    fn named(&mut self, sub: &SubExpression) -> Compiled<Operand<'t>> {
        let snomed = self.snomed;
        if let Focus::Concept(reference) = &sub.focus
            && is_plain(sub)
            && snomed.ordinal(reference.id).is_none()
        {
            let code = snomed.code_of_component(Component::Other(reference.id));
            if code.is_none() {
                self.reference(reference)?;
            }
            return Ok(Operand { set: OrdinalSet::EMPTY, id: Some((reference.id, code)) });
        }
        Ok(Operand { set: self.set(sub)?, id: None })
    }

    fn field(&mut self, comparison: &FieldComparison) -> Compiled<FieldAsked<'t>> {
        Ok(match comparison {
            FieldComparison::Concepts(equality, sub) => {
                FieldAsked::Concepts(*equality, self.named(sub)?)
            }
            FieldComparison::Number(order, number) => FieldAsked::Number(*order, number.0.clone()),
            FieldComparison::Terms(equality, terms) => {
                FieldAsked::Terms(*equality, terms.iter().map(TermTest::new).collect())
            }
            FieldComparison::Boolean(equality, value) => FieldAsked::Boolean(*equality, *value),
            FieldComparison::Time(order, times) => FieldAsked::Time(*order, times.clone()),
        })
    }
}

/// Whether values that stand in a place can be compared in this way.
fn can_compare(place: Place<'_>, comparison: &FieldComparison) -> bool {
    match (place, comparison) {
        (Place::ReferencedComponent | Place::Module | Place::Refset, comparison) => {
            matches!(comparison, FieldComparison::Concepts(..))
        }
        (Place::Id, comparison) => matches!(comparison, FieldComparison::Terms(..)),
        (Place::Active, comparison) => {
            matches!(comparison, FieldComparison::Boolean(..) | FieldComparison::Number(..))
        }
        (Place::EffectiveTime, comparison) => {
            matches!(comparison, FieldComparison::Time(..) | FieldComparison::Terms(..))
        }
        (Place::Column(column), comparison) => match comparison {
            FieldComparison::Concepts(..) => column.field_type == FieldType::Component,
            FieldComparison::Number(..) => column.field_type == FieldType::Integer,
            FieldComparison::Terms(..) | FieldComparison::Time(..) => {
                column.field_type == FieldType::String
            }
            FieldComparison::Boolean(..) => column.field_type != FieldType::Component,
        },
    }
}

/// Whether a field holds components, so that its values are concepts.
pub(super) fn gives_concepts(refsets: &[Refset<'_>], name: &str) -> bool {
    let base = BASE_FIELDS.iter().position(|base| base.eq_ignore_ascii_case(name));
    match base {
        Some(3..=5) => true,
        Some(_) => false,
        None => refsets.iter().flat_map(|refset| refset.fields()).any(|field| {
            field.name().eq_ignore_ascii_case(name) && field.field_type() == FieldType::Component
        }),
    }
}
