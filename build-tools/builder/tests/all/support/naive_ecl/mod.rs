//! Expression constraints evaluated over the rows of a release, by walking and scanning, as the
//! specification reads: slow, plain, and without any code of the evaluator.

mod filter;
mod members;
mod refinement;
mod release;
mod text;
mod value;

use std::collections::BTreeSet;

use farr::ecl::syntax::{
    ConceptOperand, Expression, Filter, Focus, HierarchyOperator, HistorySupplement,
    RefsetOperator, SubExpression,
};

pub(crate) use release::{Kind, Release};

/// The answer to an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Concepts of the release.
    Concepts(BTreeSet<u64>),
    /// Values of fields, as published, each combination once.
    Rows(BTreeSet<Vec<String>>),
}

/// Why an expression has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// `^` of a refset none of whose rows reference concepts.
    NotOfConcepts(u64),
    /// A field that none of the refsets has.
    UnknownField(String),
    /// A field that does not hold what it is compared with.
    FieldType(String),
    /// Several fields, or values that are no concepts, where concepts are needed.
    ValuesWithin,
    /// An alias that names no dialect.
    UnknownDialect(String),
    /// `R` within the braces of a group, which the specification gives no meaning.
    ReverseInGroup,
    /// The scheme or the code of an alternate identifier is not there.
    UnknownIdentifier(String),
}

pub(crate) type Concepts = BTreeSet<u64>;

const HISTORICAL: u64 = 900_000_000_000_522_004;
const SAME_AS: u64 = 900_000_000_000_527_005;
const MOVED_FROM: u64 = 900_000_000_000_525_002;
const REPLACED_BY: u64 = 900_000_000_000_526_001;
const WAS_A: u64 = 900_000_000_000_528_000;
const PARTIALLY_EQUIVALENT_TO: u64 = 1_186_924_009;

/// Evaluates expressions over a release.
pub(crate) struct Naive<'r> {
    pub(crate) release: &'r Release,
}

impl Naive<'_> {
    /// What an expression as a whole comes to.
    pub(crate) fn evaluate(&self, expression: &Expression) -> Result<Found, Refusal> {
        if let Expression::Sub(sub) = expression {
            let outermost =
                sub.hierarchy.is_none() && sub.filters.is_empty() && sub.history.is_none();
            if outermost && is_of_fields(sub) && !is_of_members(sub) {
                return self.fields(sub);
            }
        }
        Ok(Found::Concepts(self.expression(expression)?))
    }

    pub(crate) fn expression(&self, expression: &Expression) -> Result<Concepts, Refusal> {
        let all = |operands: &[SubExpression]| {
            operands.iter().map(|operand| self.sub(operand)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match expression {
            Expression::Sub(sub) => self.sub(sub)?,
            Expression::And(operands) => {
                let sets = all(operands)?;
                let both = |left: Concepts, right: Concepts| &left & &right;
                sets.into_iter().reduce(both).unwrap_or_default()
            }
            Expression::Or(operands) => all(operands)?.into_iter().flatten().collect(),
            Expression::Minus(left, right) => &self.sub(left)? - &self.sub(right)?,
            Expression::Refined(focus, refinement) => self.refined(self.sub(focus)?, refinement)?,
            Expression::Dotted(focus, attributes) => {
                let mut set = self.sub(focus)?;
                for attribute in attributes {
                    set = self.values_of(&set, &self.sub(attribute)?);
                }
                set
            }
        })
    }

    pub(crate) fn sub(&self, sub: &SubExpression) -> Result<Concepts, Refusal> {
        let mut set = match &sub.refset {
            None => self.focus(&sub.focus)?,
            Some(RefsetOperator::ContainingAny) => self.members(sub)?,
            Some(_) if is_of_members(sub) => self.members(sub)?,
            Some(_) => match self.fields(sub)? {
                Found::Concepts(set) => set,
                Found::Rows(_) => return Err(Refusal::ValuesWithin),
            },
        };
        if let Some(operator) = sub.hierarchy {
            set = self.operate(operator, &set);
        }
        for filter in &sub.filters {
            set = match filter {
                Filter::Concept(criteria) => self.filter_concepts(set, criteria)?,
                Filter::Description(criteria) => self.filter_descriptions(set, criteria)?,
            };
        }
        match &sub.history {
            None => Ok(set),
            Some(supplement) => self.supplement(set, supplement),
        }
    }

    pub(crate) fn focus(&self, focus: &Focus) -> Result<Concepts, Refusal> {
        Ok(match focus {
            Focus::Any => self.release.concepts.keys().copied().collect(),
            Focus::Concept(reference) => {
                let id = reference.id.value();
                let known = self.release.concepts.contains_key(&id);
                known.then_some(id).into_iter().collect()
            }
            Focus::Nested(expression) => self.expression(expression)?,
            Focus::Alternate(identifier) => {
                let written = format!("{}#{}", identifier.scheme, identifier.code);
                return Err(Refusal::UnknownIdentifier(written));
            }
        })
    }

    fn operate(&self, operator: HierarchyOperator, set: &Concepts) -> Concepts {
        use HierarchyOperator as Operator;
        let Release { parents, children, .. } = self.release;
        let (steps, far, with_self) = match operator {
            Operator::DescendantOf => (children, true, false),
            Operator::DescendantOrSelfOf => (children, true, true),
            Operator::ChildOf => (children, false, false),
            Operator::ChildOrSelfOf => (children, false, true),
            Operator::AncestorOf => (parents, true, false),
            Operator::AncestorOrSelfOf => (parents, true, true),
            Operator::ParentOf => (parents, false, false),
            Operator::ParentOrSelfOf => (parents, false, true),
            Operator::Top => return self.without_any(set, |at| self.release.walk(at, parents)),
            Operator::Bottom => return self.without_any(set, |at| self.release.walk(at, children)),
        };
        let mut found: Concepts = if with_self { set.clone() } else { Concepts::new() };
        for concept in set {
            if far {
                found.extend(self.release.walk(*concept, steps));
            } else {
                found.extend(steps.get(concept).into_iter().flatten());
            }
        }
        found
    }

    /// The members of which `related` gives no other member.
    fn without_any(&self, set: &Concepts, related: impl Fn(u64) -> Concepts) -> Concepts {
        set.iter().copied().filter(|concept| related(*concept).is_disjoint(set)).collect()
    }

    /// The set, and the inactive concepts that an association leads from to a member of the set.
    fn supplement(
        &self,
        set: Concepts,
        supplement: &HistorySupplement,
    ) -> Result<Concepts, Refusal> {
        let maximum = || self.release.walk(HISTORICAL, &self.release.children);
        let refsets: Concepts = match supplement {
            HistorySupplement::Minimum => [SAME_AS].into(),
            HistorySupplement::Moderate => {
                [SAME_AS, REPLACED_BY, WAS_A, PARTIALLY_EQUIVALENT_TO].into()
            }
            HistorySupplement::Maximum => maximum(),
            // The specification has `(*)` say the same as the maximum.
            HistorySupplement::Subset(expression) if is_any(expression) => maximum(),
            HistorySupplement::Subset(expression) => self.expression(expression)?,
        };
        let mut found = set.clone();
        for row in refsets.iter().flat_map(|refset| self.release.rows(*refset)) {
            let Some(target) = row.column("targetComponentId") else { continue };
            let leads = target.text.parse().is_ok_and(|target| set.contains(&target));
            if row.is_active() && leads && self.release.is_inactive(row.component()) {
                found.insert(row.component());
            }
        }
        // The specification would have MOVED FROM, which leads the other way, among SAME AS.
        if refsets.contains(&SAME_AS) || refsets.contains(&MOVED_FROM) {
            for row in self.release.rows(MOVED_FROM) {
                let Some(target) = row.column("targetComponentId") else { continue };
                let target = target.text.parse().unwrap_or_default();
                let leads = row.is_active() && set.contains(&row.component());
                if leads && self.release.is_inactive(target) {
                    found.insert(target);
                }
            }
        }
        Ok(found)
    }

    /// The ids that an operand of a filter names: those written need not be in the release.
    fn operand(&self, operand: &ConceptOperand) -> Result<Concepts, Refusal> {
        match operand {
            ConceptOperand::References(list) => {
                Ok(list.iter().map(|reference| reference.id.value()).collect())
            }
            ConceptOperand::Expression(sub) => self.named(sub),
        }
    }

    /// As [`Naive::sub`], but one id alone is taken as written.
    fn named(&self, sub: &SubExpression) -> Result<Concepts, Refusal> {
        let plain = SubExpression::new(sub.focus.clone(), sub.span);
        match &sub.focus {
            Focus::Concept(reference) if *sub == plain => Ok([reference.id.value()].into()),
            _ => self.sub(sub),
        }
    }
}

/// Whether what is asked for is what the rows are about: the same as `^` alone.
fn is_of_members(sub: &SubExpression) -> bool {
    match &sub.refset {
        Some(RefsetOperator::MemberOf) => true,
        Some(RefsetOperator::Fields(fields)) => {
            matches!(fields.as_slice(), [one] if one.name == "referencedComponentId")
        }
        _ => false,
    }
}

fn is_of_fields(sub: &SubExpression) -> bool {
    matches!(sub.refset, Some(RefsetOperator::Fields(_) | RefsetOperator::AllFields(_)))
}

/// Whether an expression is `*` and nothing else.
fn is_any(expression: &Expression) -> bool {
    matches!(expression, Expression::Sub(sub) if is_any_value(sub))
}

fn is_any_value(sub: &SubExpression) -> bool {
    *sub == SubExpression::new(Focus::Any, sub.span)
}
