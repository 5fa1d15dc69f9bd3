//! Filters from the syntax tree: their criteria asked of the distinct columns once.

use crate::ecl::syntax::{
    Acceptability as Written, Activity, ConceptFilter, Criteria, DefinitionStatusToken,
    DescriptionFilter, Equality, FieldComparison, FieldName, Filter, MemberFilter, Order,
    RefsetOperator, SubExpression, Time, TypeToken,
};
use crate::id::Sctid;
use crate::search::Reach;
use crate::snomed::{Acceptability, Code, Component, OrdinalSet, Refset, constants};

use super::compile::{Compiled, Compiler};
use super::error::{EvaluationError, FindingKind};
use super::filter::{ConceptTest, DescriptionTest};
use super::member::{BASE_FIELDS, FieldAsked, FieldTest, MemberTest, Operand, Place, place_of};
use super::plan::Node;
use super::term::TermTest;

/// A language refset, and which acceptabilities in it pass.
type InDialect = (Sctid, Vec<Acceptability>);

impl Activity {
    fn holds(self, equality: Equality, active: bool) -> bool {
        match self {
            // Not any is none.
            Activity::Any => equality == Equality::Equal,
            Activity::Active => equality.holds(active),
            Activity::Inactive => equality.holds(!active),
        }
    }
}

impl<'t> Compiler<'_, 't> {
    pub(super) fn filter(&mut self, inner: Node<'t>, filter: &Filter) -> Compiled<Node<'t>> {
        let inner = Box::new(inner);
        Ok(match filter {
            Filter::Concept(criteria) => {
                Node::Filtered(inner, Box::new(self.concept_test(criteria)?))
            }
            Filter::Description(criteria) => {
                Node::Described(inner, Box::new(self.description_test(criteria)?))
            }
        })
    }

    /// Whether a module, type or status is among the concepts of an operand.
    fn among(&self, set: &OrdinalSet<'t>, id: Option<Sctid>) -> Option<bool> {
        Some(set.contains(self.snomed.ordinal(id?)?))
    }

    fn concept_test(&mut self, criteria: &Criteria<ConceptFilter>) -> Compiled<ConceptTest<'t>> {
        let snomed = self.snomed;
        let count = snomed.concept_status_count();
        let mut statuses = vec![true; count];
        let mut dates: Option<Vec<bool>> = None;
        for criterion in &criteria.criteria {
            let mut keep = |passes: &dyn Fn(Sctid, Sctid, bool) -> bool| {
                for (number, kept) in statuses.iter_mut().enumerate() {
                    *kept = *kept
                        && snomed
                            .concept_status(number)
                            .is_some_and(|(module, status, active)| passes(module, status, active));
                }
            };
            match criterion {
                ConceptFilter::DefinitionStatus(equality, tokens) => {
                    let ids: Vec<Sctid> = tokens
                        .iter()
                        .map(|token| match token {
                            DefinitionStatusToken::Primitive => constants::PRIMITIVE,
                            DefinitionStatusToken::Defined => constants::DEFINED,
                        })
                        .collect();
                    keep(&|_, status, _| equality.holds(ids.contains(&status)));
                }
                ConceptFilter::DefinitionStatusId(equality, operand) => {
                    let set = self.operand(operand)?;
                    let among = |id| self.among(&set, Some(id));
                    keep(&|_, status, _| among(status).is_some_and(|is| equality.holds(is)));
                }
                ConceptFilter::Module(equality, operand) => {
                    let set = self.operand(operand)?;
                    let among = |id| self.among(&set, Some(id));
                    keep(&|module, _, _| among(module).is_some_and(|is| equality.holds(is)));
                }
                ConceptFilter::Active(equality, activity) => {
                    keep(&|_, _, active| activity.holds(*equality, active));
                }
                ConceptFilter::EffectiveTime(order, times) => {
                    dates = Some(self.dates(dates, *order, times));
                }
            }
        }
        Ok(ConceptTest { snomed, statuses, dates })
    }

    /// Which effective times pass, beside those that passed already.
    fn dates(&self, before: Option<Vec<bool>>, order: Order, times: &[Time]) -> Vec<bool> {
        let count = self.snomed.date_count();
        let mut table = before.unwrap_or_else(|| vec![true; count]);
        for (number, kept) in table.iter_mut().enumerate() {
            *kept = *kept && order.holds_time(self.snomed.date(number), times);
        }
        table
    }

    fn description_test(
        &mut self,
        criteria: &Criteria<DescriptionFilter>,
    ) -> Compiled<DescriptionTest<'t>> {
        let snomed = self.snomed;
        let kinds = snomed.description_kind_count();
        let mut test = DescriptionTest {
            snomed,
            kinds: vec![true; kinds],
            dates: None,
            acceptabilities: None,
            ids: Vec::new(),
            terms: Vec::new(),
            reach: Reach::Everything,
            look_again: false,
        };
        let mut says_active = false;
        for criterion in &criteria.criteria {
            match criterion {
                DescriptionFilter::Term(equality, terms) => {
                    test.terms.push((*equality, terms.iter().map(TermTest::new).collect()));
                }
                DescriptionFilter::Language(equality, codes) => {
                    self.keep_kinds(&mut test.kinds, |kind| {
                        let same = |code: &String| code.eq_ignore_ascii_case(kind.language);
                        equality.holds(codes.iter().any(same))
                    });
                }
                DescriptionFilter::Type(equality, tokens) => {
                    let ids: Vec<Sctid> = tokens.iter().map(|token| type_id(*token)).collect();
                    self.keep_kinds(&mut test.kinds, |kind| {
                        equality.holds(ids.contains(&kind.type_id))
                    });
                }
                DescriptionFilter::TypeId(equality, operand) => {
                    let set = self.operand(operand)?;
                    self.keep_kinds(&mut test.kinds, |kind| {
                        self.among(&set, Some(kind.type_id)).is_some_and(|is| equality.holds(is))
                    });
                }
                DescriptionFilter::Module(equality, operand) => {
                    let set = self.operand(operand)?;
                    self.keep_kinds(&mut test.kinds, |kind| {
                        self.among(&set, Some(kind.module)).is_some_and(|is| equality.holds(is))
                    });
                }
                DescriptionFilter::Active(equality, activity) => {
                    says_active = true;
                    self.keep_kinds(&mut test.kinds, |kind| activity.holds(*equality, kind.active));
                }
                DescriptionFilter::EffectiveTime(order, times) => {
                    test.dates = Some(self.dates(test.dates.take(), *order, times));
                }
                DescriptionFilter::Id(equality, ids) => test.ids.push((*equality, ids.clone())),
                DescriptionFilter::Dialect(equality, aliases) => {
                    let mut named = Vec::new();
                    for alias in aliases {
                        let acceptabilities = self.acceptabilities(&alias.acceptability)?;
                        let refsets = self.options.dialect(&alias.alias);
                        if refsets.is_empty() {
                            let kind = FindingKind::UnknownDialect { alias: alias.alias.clone() };
                            self.find(kind, alias.span, super::Report::Error)?;
                        }
                        named.extend(refsets.iter().map(|id| (*id, acceptabilities.clone())));
                    }
                    self.keep_dialects(&mut test, *equality, &named);
                }
                DescriptionFilter::DialectId(equality, dialects) => {
                    let mut named = Vec::new();
                    for dialect in dialects {
                        let acceptabilities = self.acceptabilities(&dialect.acceptability)?;
                        self.reference(&dialect.refset)?;
                        named.push((dialect.refset.id, acceptabilities));
                    }
                    self.keep_dialects(&mut test, *equality, &named);
                }
                DescriptionFilter::DialectExpression(equality, sub, written) => {
                    let acceptabilities = self.acceptabilities(written)?;
                    let set = self.set(sub)?;
                    let refsets = snomed.language_refsets();
                    let named: Vec<InDialect> = refsets
                        .filter(|id| snomed.ordinal(*id).is_some_and(|at| set.contains(at)))
                        .map(|id| (id, acceptabilities.clone()))
                        .collect();
                    self.keep_dialects(&mut test, *equality, &named);
                }
            }
        }
        if !says_active {
            self.keep_kinds(&mut test.kinds, |kind| kind.active);
        }
        let passing = |passes: &dyn Fn(&crate::snomed::DescriptionKind<'_>) -> bool| {
            let kept = test.kinds.iter().enumerate().filter(|(_, kept)| **kept);
            kept.filter_map(|(number, _)| snomed.description_kind(number)).any(|kind| passes(&kind))
        };
        let inactive = passing(&|kind| !kind.active);
        let special = ["sv", "fi", "da", "nb", "nn", "no", "es"];
        test.look_again = passing(&|kind| special.contains(&kind.language));
        let names = [constants::FULLY_SPECIFIED_NAME, constants::SYNONYM];
        let others = passing(&|kind| !names.contains(&kind.type_id));
        test.reach = match (others, inactive) {
            (true, _) => Reach::Everything,
            (false, true) => Reach::All,
            (false, false) => Reach::WithInactiveConcepts,
        };
        Ok(test)
    }

    fn keep_kinds(
        &self,
        kinds: &mut [bool],
        passes: impl Fn(&crate::snomed::DescriptionKind<'_>) -> bool,
    ) {
        for (number, kept) in kinds.iter_mut().enumerate() {
            let kind = self.snomed.description_kind(number);
            *kept = *kept && kind.is_some_and(|kind| passes(&kind));
        }
    }

    fn keep_dialects(
        &self,
        test: &mut DescriptionTest<'t>,
        equality: Equality,
        named: &[InDialect],
    ) {
        let count = self.snomed.acceptability_pattern_count();
        let table = test.acceptabilities.get_or_insert_with(|| vec![true; count]);
        for (number, kept) in table.iter_mut().enumerate() {
            let any = self.snomed.acceptability_pattern(number).any(|(refset, acceptability)| {
                named.iter().any(|(id, allowed)| {
                    *id == refset && (allowed.is_empty() || allowed.contains(&acceptability))
                })
            });
            *kept = *kept && equality.holds(any);
        }
    }

    /// What is accepted; empty where anything is.
    fn acceptabilities(&mut self, written: &[Written]) -> Compiled<Vec<Acceptability>> {
        let mut found = Vec::with_capacity(written.len());
        for one in written {
            match one {
                Written::Preferred => found.push(Acceptability::Preferred),
                Written::Acceptable => found.push(Acceptability::Acceptable),
                Written::Reference(reference) => match reference.id {
                    constants::PREFERRED => found.push(Acceptability::Preferred),
                    constants::ACCEPTABLE => found.push(Acceptability::Acceptable),
                    _ => {
                        self.reference(reference)?;
                        return Err(EvaluationError::Unsupported {
                            what: "an acceptability is 900000000000548007 or 900000000000549004",
                            span: reference.span,
                        });
                    }
                },
            }
        }
        Ok(found)
    }

    /// The refsets that an operand of `^` names, and told where it is none of concepts.
    pub(super) fn refsets(&mut self, sub: &SubExpression) -> Compiled<Vec<Refset<'t>>> {
        let snomed = self.snomed;
        if let crate::ecl::syntax::Focus::Any = sub.focus {
            return Ok(snomed.refsets().collect());
        }
        let named = match &sub.focus {
            crate::ecl::syntax::Focus::Concept(reference) => Some(reference),
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
        let values =
            values.filter(|field| !field.name.eq_ignore_ascii_case("referencedComponentId"));
        // Without a field, every refset is every one of concepts.
        if values.is_none() && matches!(sub.focus, crate::ecl::syntax::Focus::Any) {
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
        if matches!(sub.focus, crate::ecl::syntax::Focus::Any) {
            return Ok(());
        }
        for refset in refsets {
            let kinds = refset.component_kinds();
            if !kinds.concepts && (kinds.descriptions || kinds.others) {
                let kind = FindingKind::NotConcepts { id: refset.id() };
                self.find(kind, sub.span, super::Report::Error)?;
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
            self.find(kind, field.span, super::Report::Error)?;
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
            self.find(kind, field.span, super::Report::Error)?;
        }
        Ok(())
    }

    /// What a column of ids is compared with. An id that rows name need not be a concept.
    fn named(&mut self, sub: &SubExpression) -> Compiled<Operand<'t>> {
        let snomed = self.snomed;
        if let crate::ecl::syntax::Focus::Concept(reference) = &sub.focus
            && super::compile::is_plain(sub)
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
    use crate::snomed::FieldType;
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

fn type_id(token: TypeToken) -> Sctid {
    match token {
        TypeToken::FullySpecifiedName => constants::FULLY_SPECIFIED_NAME,
        TypeToken::Synonym => constants::SYNONYM,
        TypeToken::Definition => constants::TEXT_DEFINITION,
    }
}

/// Whether a field holds components, so that its values are concepts.
pub(super) fn gives_concepts(refsets: &[Refset<'_>], name: &str) -> bool {
    use crate::snomed::FieldType;
    let base = BASE_FIELDS.iter().position(|base| base.eq_ignore_ascii_case(name));
    match base {
        Some(3..=5) => true,
        Some(_) => false,
        None => refsets.iter().flat_map(|refset| refset.fields()).any(|field| {
            field.name().eq_ignore_ascii_case(name) && field.field_type() == FieldType::Component
        }),
    }
}
