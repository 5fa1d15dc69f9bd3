//! From the syntax tree to a plan: ids looked up, operands evaluated.

use crate::ecl::syntax::{
    AlternateIdentifier, Attribute, Cardinality, Comparison, ConceptOperand, ConceptReference,
    Equality, Expression, Focus, HistorySupplement, Order, Refinement as Written, RefsetOperator,
    Span, SubExpression,
};
use crate::id::{Component as Kind, Sctid};
use crate::index::format::CONCRETE;
use crate::snomed::constants;
use crate::snomed::{Component, ConcreteValue, Decimal, OrdinalSet, Snomed};

use super::budget::Budget;
use super::error::{EvaluationError, Finding, FindingKind};
use super::options::{Evaluation, Findings};
use super::plan::{Asked, AttributeTest, Counted, Grouping, Kinds, Node, Profile, Refinement};
use super::{hierarchy, run};

/// Looks up what an expression names.
pub(super) struct Compiler<'o, 't> {
    pub(super) snomed: Snomed<'t>,
    pub(super) options: &'o Evaluation<'o, 't>,
    pub(super) findings: Findings,
    pub(super) budget: Budget<'o>,
}

pub(super) type Compiled<T> = Result<T, EvaluationError>;

impl<'t> Compiler<'_, 't> {
    pub(super) fn expression(&mut self, expression: &Expression) -> Compiled<Node<'t>> {
        Ok(match expression {
            Expression::Sub(sub) => self.sub(sub)?,
            Expression::And(all) => Node::And(self.subs(all)?),
            Expression::Or(any) => Node::Or(self.subs(any)?),
            Expression::Minus(from, without) => {
                Node::Minus(Box::new(self.sub(from)?), Box::new(self.sub(without)?))
            }
            Expression::Refined(focus, refinement) => {
                let focus = self.sub(focus)?;
                Node::Refined(Box::new(focus), self.refinement(refinement, false)?)
            }
            Expression::Dotted(focus, attributes) => {
                let mut node = self.sub(focus)?;
                for attribute in attributes {
                    node = Node::Dotted(Box::new(node), self.kinds(attribute)?);
                }
                node
            }
        })
    }

    fn subs(&mut self, subs: &[SubExpression]) -> Compiled<Vec<Node<'t>>> {
        subs.iter().map(|sub| self.sub(sub)).collect()
    }

    /// The set that an operand is, evaluated.
    pub(super) fn set(&mut self, sub: &SubExpression) -> Compiled<OrdinalSet<'t>> {
        let node = self.sub(sub)?;
        self.evaluated(node)
    }

    pub(super) fn evaluated(&mut self, node: Node<'t>) -> Compiled<OrdinalSet<'t>> {
        match node {
            Node::Known(set) => Ok(set),
            node => run::run(self.snomed, &node, &mut self.budget),
        }
    }

    fn sub(&mut self, sub: &SubExpression) -> Compiled<Node<'t>> {
        let mut node = match &sub.refset {
            None => self.focus(&sub.focus)?,
            Some(RefsetOperator::ContainingAny) => {
                let inner = self.focus(&sub.focus)?;
                // To be matched against, it has to be known.
                let inner = self.evaluated(inner)?;
                match sub.member_filters.is_empty() {
                    true => Node::Containing(Box::new(Node::Known(inner))),
                    false => Node::Known(self.containing_rows(&inner, &sub.member_filters)?),
                }
            }
            Some(operator) => self.members(operator, sub)?,
        };
        if let Some(operator) = sub.hierarchy {
            node = self.hierarchy(operator, node);
        }
        for filter in &sub.filters {
            node = self.filter(node, filter)?;
        }
        if let Some(history) = &sub.history {
            node = Node::History(Box::new(node), self.profile(history)?);
        }
        Ok(node)
    }

    fn hierarchy(
        &self,
        operator: crate::ecl::syntax::HierarchyOperator,
        node: Node<'t>,
    ) -> Node<'t> {
        use crate::ecl::syntax::HierarchyOperator as Op;
        let all = self.snomed.ordinal_count() as usize;
        match node {
            Node::Known(set) if set.len() == 1 => {
                let only = set.bounds().map_or(0, |(first, _)| first);
                Node::Known(hierarchy::of_concept(self.snomed, operator, only))
            }
            Node::Known(set) if set.len() == all => match operator {
                Op::DescendantOf | Op::ChildOf => Node::Known(self.snomed.with_parents()),
                Op::AncestorOf | Op::ParentOf => Node::Known(self.snomed.with_children()),
                Op::Top | Op::Bottom => Node::Hierarchy(operator, Box::new(Node::Known(set))),
                _ => Node::Known(set),
            },
            node => Node::Hierarchy(operator, Box::new(node)),
        }
    }

    pub(super) fn focus(&mut self, focus: &Focus) -> Compiled<Node<'t>> {
        Ok(match focus {
            Focus::Any => Node::Known(OrdinalSet::range(0, self.snomed.ordinal_count())),
            Focus::Concept(reference) => match self.reference(reference)? {
                Some(ordinal) => Node::Known(OrdinalSet::one(ordinal)),
                None => Node::NOTHING,
            },
            Focus::Alternate(identifier) => match self.alternate(identifier)? {
                Some(ordinal) => Node::Known(OrdinalSet::one(ordinal)),
                None => Node::NOTHING,
            },
            Focus::Nested(expression) => self.expression(expression)?,
        })
    }

    /// The ordinal of a concept that the text names.
    pub(super) fn reference(&mut self, reference: &ConceptReference) -> Compiled<Option<u32>> {
        let id = reference.id;
        let Some(ordinal) = self.snomed.ordinal(id) else {
            let kind = match id.check() {
                Err(why) => FindingKind::MalformedId { id, why: Some(why) },
                Ok(()) if id.component() != Some(Kind::Concept) => {
                    FindingKind::MalformedId { id, why: None }
                }
                Ok(()) => FindingKind::UnknownConcept { id },
            };
            self.find(kind, reference.span, self.options.unknown)?;
            return Ok(None);
        };
        if let Some(term) = &reference.term
            && self.options.terms != super::Report::Ignore
            && let Some(concept) = self.snomed.concept(id)
            && !concept.has_term(term)
        {
            let kind = FindingKind::OtherTerm { id, term: term.clone() };
            self.find(kind, reference.span, self.options.terms)?;
        }
        Ok(Some(ordinal))
    }

    fn alternate(&mut self, identifier: &AlternateIdentifier) -> Compiled<Option<u32>> {
        let AlternateIdentifier { scheme: alias, code, span, .. } = identifier;
        let Some(scheme) = self.options.scheme(alias) else {
            let kind = FindingKind::UnknownScheme { alias: alias.clone() };
            self.find(kind, *span, super::Report::Error)?;
            return Ok(None);
        };
        match self.snomed.alternate_identifier(scheme, code) {
            Some(Component::Concept(concept)) => Ok(Some(concept.ordinal)),
            _ => {
                let (alias, code) = (alias.clone(), code.clone());
                let kind = FindingKind::UnknownIdentifier { alias, code };
                self.find(kind, *span, self.options.unknown)?;
                Ok(None)
            }
        }
    }

    /// Notes a finding; those that are errors are told once everything was looked up.
    pub(super) fn find(
        &mut self,
        kind: FindingKind,
        span: Span,
        report: super::Report,
    ) -> Compiled<()> {
        self.findings.add(Finding { kind, span }, report);
        Ok(())
    }

    /// The concepts of an operand of a filter.
    pub(super) fn operand(&mut self, operand: &ConceptOperand) -> Compiled<OrdinalSet<'t>> {
        match operand {
            ConceptOperand::Expression(sub) => self.set(sub),
            ConceptOperand::References(references) => {
                let mut found = Vec::with_capacity(references.len());
                for reference in references {
                    found.extend(self.reference(reference)?);
                }
                Ok(OrdinalSet::from_unsorted(found))
            }
        }
    }

    /// The association refsets of a history supplement.
    fn profile(&mut self, history: &HistorySupplement) -> Compiled<Profile> {
        let snomed = self.snomed;
        let of = |ids: &[Sctid]| {
            let refsets = ids.iter().filter_map(|id| snomed.refset(*id));
            refsets.map(|refset| refset.number).collect()
        };
        let refsets: Vec<u16> = match history {
            HistorySupplement::Minimum => of(&constants::HISTORY_MINIMUM),
            HistorySupplement::Moderate => of(&constants::HISTORY_MODERATE),
            HistorySupplement::Maximum => snomed.association_refsets(None),
            HistorySupplement::Subset(expression) => {
                let node = self.expression(expression)?;
                let set = self.evaluated(node)?;
                snomed.association_refsets(Some(&set))
            }
        };
        let number = |id| snomed.refset(id).map(|refset| refset.number);
        let [same_as, moved_from] = [constants::SAME_AS, constants::MOVED_FROM].map(number);
        let named = |number: Option<u16>| number.is_some_and(|number| refsets.contains(&number));
        let minimum = matches!(history, HistorySupplement::Minimum | HistorySupplement::Moderate);
        let reversed = moved_from.filter(|_| minimum || named(same_as) || named(moved_from));
        Ok(Profile { refsets, reversed })
    }

    fn refinement(&mut self, written: &Written, in_group: bool) -> Compiled<Refinement<'t>> {
        Ok(match written {
            Written::Attribute(attribute) => {
                Refinement::Attribute(self.attribute(attribute, in_group)?)
            }
            Written::Group(group) => {
                let within = self.refinement(&group.attributes, true)?;
                let counted = counted(group.cardinality);
                let kinds = self.counting();
                Refinement::Group(Grouping { counted, kinds }, Box::new(within))
            }
            Written::And(all) => Refinement::And(self.refinements(all, in_group)?),
            Written::Or(any) => Refinement::Or(self.refinements(any, in_group)?),
        })
    }

    fn refinements(&mut self, all: &[Written], in_group: bool) -> Compiled<Vec<Refinement<'t>>> {
        all.iter().map(|one| self.refinement(one, in_group)).collect()
    }

    fn attribute(&mut self, attribute: &Attribute, in_group: bool) -> Compiled<AttributeTest<'t>> {
        let kinds = self.kinds(&attribute.name)?;
        let unsupported = |what| EvaluationError::Unsupported { what, span: attribute.span };
        if attribute.reverse && in_group {
            return Err(unsupported(
                "a reverse attribute has no role group: write it outside the braces",
            ));
        }
        let asked = match &attribute.comparison {
            Comparison::Concepts(equality, value) => {
                let any = *equality == Equality::Equal && is_any(value);
                match (attribute.reverse, any) {
                    (false, true) => Asked::Any,
                    (reverse, _) => {
                        let set = self.set(value)?;
                        let everything = OrdinalSet::range(0, self.snomed.ordinal_count());
                        let set = match equality {
                            Equality::Equal => set,
                            Equality::NotEqual => everything.difference(&set),
                        };
                        if reverse { Asked::Source(set) } else { Asked::Value(set) }
                    }
                }
            }
            _ if attribute.reverse => {
                return Err(unsupported("a reverse attribute is compared with concepts"));
            }
            Comparison::Number(order, number) => Asked::Value(self.numbers(*order, &number.0)),
            Comparison::Strings(equality, strings) => Asked::Value(self.concrete(|value| {
                let ConcreteValue::String(text) = value else { return false };
                equality.holds(strings.iter().any(|string| unescaped_is(text, string)))
            })),
            Comparison::Boolean(equality, wanted) => Asked::Value(self.concrete(|value| {
                matches!(value, ConcreteValue::Boolean(found) if equality.holds(found == *wanted))
            })),
        };
        Ok(AttributeTest { counted: counted(attribute.cardinality), kinds, asked })
    }

    /// The concrete values that are numbers in this relation to one.
    fn numbers(&self, order: Order, number: &str) -> OrdinalSet<'t> {
        let Some(number) = Decimal::new(number) else { return OrdinalSet::EMPTY };
        let below = self.snomed.concrete_point(
            |value| matches!(value, ConcreteValue::Decimal(found) if found < number),
        );
        let beyond = self.snomed.concrete_point(
            |value| matches!(value, ConcreteValue::Decimal(found) if found <= number),
        );
        let end = self.snomed.concrete_point(|value| matches!(value, ConcreteValue::Decimal(_)));
        let range = |from: u32, to: u32| OrdinalSet::range(from | CONCRETE, to | CONCRETE);
        match order {
            Order::Equal => range(below, beyond),
            Order::NotEqual => range(0, below).union(&range(beyond, end)),
            Order::Less => range(0, below),
            Order::LessOrEqual => range(0, beyond),
            Order::Greater => range(beyond, end),
            Order::GreaterOrEqual => range(below, end),
        }
    }

    /// The concrete values, numbers left out, that pass.
    fn concrete(&self, passes: impl Fn(ConcreteValue<'t>) -> bool) -> OrdinalSet<'t> {
        let first = self.snomed.concrete_point(|value| matches!(value, ConcreteValue::Decimal(_)));
        let count = self.snomed.concrete_count();
        let found = (first..count)
            .filter(|number| self.snomed.concrete_value(*number).is_some_and(&passes));
        OrdinalSet::from_unsorted(found.map(|number| number | CONCRETE).collect())
    }

    /// The kinds of attribute that count, where not all do.
    fn counting(&self) -> Option<Kinds> {
        let all = 0..self.snomed.kind_count();
        let counts = |kind: &u16| self.options.additional || self.snomed.is_defining(*kind);
        let left = !all.clone().all(|kind| counts(&kind));
        left.then(|| Kinds(all.filter(counts).collect()))
    }

    /// The kinds of attribute that an attribute name gives.
    pub(super) fn kinds(&mut self, name: &SubExpression) -> Compiled<Kinds> {
        let defining = |kind: &u16| self.options.additional || self.snomed.is_defining(*kind);
        let all = (0..self.snomed.kind_count()).filter(defining);
        if is_any(name) {
            return Ok(Kinds(all.collect()));
        }
        if let Focus::Concept(reference) = &name.focus
            && reference.id == constants::IS_A
            && is_plain(name)
        {
            return Err(EvaluationError::Unsupported {
                what: "is-a is no attribute here: write <! or >! instead",
                span: name.span,
            });
        }
        let types = self.set(name)?;
        let defining = |kind: &u16| self.options.additional || self.snomed.is_defining(*kind);
        let all = (0..self.snomed.kind_count()).filter(defining);
        let of_type = |kind: &u16| {
            self.snomed.kind_type(*kind).is_some_and(|ordinal| types.contains(ordinal))
        };
        Ok(Kinds(all.filter(of_type).collect()))
    }
}

fn counted(cardinality: Option<Cardinality>) -> Counted {
    match cardinality {
        None => Counted { least: 1, most: u32::MAX },
        Some(Cardinality { least, most }) => Counted { least, most: most.unwrap_or(u32::MAX) },
    }
}

/// Whether nothing is applied to the focus.
pub(super) fn is_plain(sub: &SubExpression) -> bool {
    sub.hierarchy.is_none()
        && sub.refset.is_none()
        && sub.filters.is_empty()
        && sub.member_filters.is_empty()
        && sub.history.is_none()
}

/// `*`, and nothing applied to it.
fn is_any(sub: &SubExpression) -> bool {
    matches!(sub.focus, Focus::Any) && is_plain(sub)
}

/// Whether a string as published, its escapes in it, is this one.
fn unescaped_is(published: &str, string: &str) -> bool {
    let mut escaped = false;
    let unescaped = published.chars().filter(|letter| {
        escaped = *letter == '\\' && !escaped;
        !escaped
    });
    unescaped.eq(string.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_compared_without_their_escapes() {
        assert!(unescaped_is(r#"a \"b\" c"#, r#"a "b" c"#));
        assert!(unescaped_is(r"back\\slash", r"back\slash"));
        assert!(!unescaped_is("Panadol", "PANADOL"));
    }
}
