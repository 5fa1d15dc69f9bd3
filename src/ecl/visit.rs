//! Going through a tree in the order of its text.

use super::syntax::{
    Acceptability, Comparison, ConceptFilter, ConceptOperand, ConceptReference, DescriptionFilter,
    Expression, FieldComparison, Filter, Focus, HierarchyOperator, HistorySupplement, MemberFilter,
    Refinement, Span, SubExpression,
};
use crate::id::Sctid;

/// An identifier in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The identifier, as published.
    pub id: Sctid,
    /// Where it stands, without a term behind it; for the identifier of a description, where its
    /// filter stands.
    pub span: Span,
    /// What place it has in the expression.
    pub place: Place,
    /// The hierarchy operator before it, `<<` say.
    pub hierarchy: Option<HierarchyOperator>,
}

/// What place an identifier has in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// What the expression selects from: a focus, an operand.
    Focus,
    /// The name of an attribute, behind a dot too.
    AttributeName,
    /// The value of an attribute.
    AttributeValue,
    /// A value within a filter.
    FilterValue,
    /// An association refset of a history supplement.
    History,
    /// A description, in an `id` filter.
    Description,
}

/// Every identifier of an expression, in the order of its text.
pub fn identifiers(expression: &Expression) -> Vec<Identifier> {
    let mut found = Vec::new();
    each(expression, &mut |identifier| found.push(identifier));
    found
}

/// Calls `visit` with every identifier of an expression, in the order of its text.
///
/// # Example
/// ```
/// use farr::ecl::Ecl;
/// use farr::ecl::visit::{self, Place};
///
/// let ecl = Ecl::parse("<< 64572001 : 363698007 = *")?;
/// let mut names = Vec::new();
/// visit::each(ecl.expression(), &mut |identifier| {
///     if identifier.place == Place::AttributeName {
///         names.push(identifier.id.value());
///     }
/// });
/// assert_eq!(names, [363_698_007]);
/// # Ok::<(), farr::ecl::EclError>(())
/// ```
pub fn each(expression: &Expression, visit: &mut dyn FnMut(Identifier)) {
    Visitor { visit }.expression(expression, Place::Focus);
}

struct Visitor<'v> {
    visit: &'v mut dyn FnMut(Identifier),
}

impl Visitor<'_> {
    fn expression(&mut self, expression: &Expression, place: Place) {
        match expression {
            Expression::Sub(sub) => self.sub(sub, place),
            Expression::And(operands) | Expression::Or(operands) => {
                operands.iter().for_each(|operand| self.sub(operand, place));
            }
            Expression::Minus(first, second) => {
                self.sub(first, place);
                self.sub(second, place);
            }
            Expression::Refined(focus, refinement) => {
                self.sub(focus, place);
                self.refinement(refinement);
            }
            Expression::Dotted(focus, attributes) => {
                self.sub(focus, place);
                attributes.iter().for_each(|name| self.sub(name, Place::AttributeName));
            }
        }
    }

    fn sub(&mut self, sub: &SubExpression, place: Place) {
        match &sub.focus {
            Focus::Concept(reference) => self.under(sub.hierarchy, reference, place),
            Focus::Nested(expression) => self.expression(expression, place),
            Focus::Any | Focus::Alternate(_) => {}
        }
        for criteria in &sub.member_filters {
            criteria.criteria.iter().for_each(|filter| self.member_filter(filter));
        }
        for filter in &sub.filters {
            match filter {
                Filter::Description(criteria) => criteria
                    .criteria
                    .iter()
                    .for_each(|filter| self.description_filter(filter, criteria.span)),
                Filter::Concept(criteria) => {
                    criteria.criteria.iter().for_each(|filter| self.concept_filter(filter));
                }
            }
        }
        if let Some(HistorySupplement::Subset(subset)) = &sub.history {
            self.expression(subset, Place::History);
        }
    }

    fn refinement(&mut self, refinement: &Refinement) {
        match refinement {
            Refinement::Attribute(attribute) => {
                self.sub(&attribute.name, Place::AttributeName);
                if let Comparison::Concepts(_, value) = &attribute.comparison {
                    self.sub(value, Place::AttributeValue);
                }
            }
            Refinement::Group(group) => self.refinement(&group.attributes),
            Refinement::And(parts) | Refinement::Or(parts) => {
                parts.iter().for_each(|part| self.refinement(part));
            }
        }
    }

    fn member_filter(&mut self, filter: &MemberFilter) {
        match filter {
            MemberFilter::Module(_, operand) => self.operand(operand),
            MemberFilter::Field(_, FieldComparison::Concepts(_, value)) => {
                self.sub(value, Place::FilterValue);
            }
            MemberFilter::Field(..)
            | MemberFilter::EffectiveTime(..)
            | MemberFilter::Active(..) => {}
        }
    }

    fn concept_filter(&mut self, filter: &ConceptFilter) {
        match filter {
            ConceptFilter::DefinitionStatusId(_, operand) | ConceptFilter::Module(_, operand) => {
                self.operand(operand);
            }
            ConceptFilter::DefinitionStatus(..)
            | ConceptFilter::EffectiveTime(..)
            | ConceptFilter::Active(..) => {}
        }
    }

    fn description_filter(&mut self, filter: &DescriptionFilter, span: Span) {
        match filter {
            DescriptionFilter::TypeId(_, operand) | DescriptionFilter::Module(_, operand) => {
                self.operand(operand);
            }
            DescriptionFilter::Dialect(_, dialects) => {
                dialects.iter().for_each(|dialect| self.acceptability(&dialect.acceptability));
            }
            DescriptionFilter::DialectExpression(_, expression, acceptability) => {
                self.sub(expression, Place::FilterValue);
                self.acceptability(acceptability);
            }
            DescriptionFilter::DialectId(_, dialects) => {
                for dialect in dialects {
                    self.reference(&dialect.refset, Place::FilterValue);
                    self.acceptability(&dialect.acceptability);
                }
            }
            DescriptionFilter::Id(_, ids) => {
                let place = Place::Description;
                ids.iter().for_each(|id| {
                    (self.visit)(Identifier { id: *id, span, place, hierarchy: None });
                });
            }
            DescriptionFilter::Term(..)
            | DescriptionFilter::Language(..)
            | DescriptionFilter::Type(..)
            | DescriptionFilter::EffectiveTime(..)
            | DescriptionFilter::Active(..) => {}
        }
    }

    fn operand(&mut self, operand: &ConceptOperand) {
        match operand {
            ConceptOperand::Expression(expression) => self.sub(expression, Place::FilterValue),
            ConceptOperand::References(references) => {
                references.iter().for_each(|found| self.reference(found, Place::FilterValue));
            }
        }
    }

    fn acceptability(&mut self, set: &[Acceptability]) {
        for acceptability in set {
            if let Acceptability::Reference(reference) = acceptability {
                self.reference(reference, Place::FilterValue);
            }
        }
    }

    fn reference(&mut self, reference: &ConceptReference, place: Place) {
        self.under(None, reference, place);
    }

    fn under(
        &mut self,
        hierarchy: Option<HierarchyOperator>,
        reference: &ConceptReference,
        place: Place,
    ) {
        let ConceptReference { id, span, .. } = reference;
        let digits = id.value().ilog10() as usize + 1;
        let span = Span { start: span.start, end: span.start.saturating_add(digits) };
        (self.visit)(Identifier { id: *id, span, place, hierarchy });
    }
}
