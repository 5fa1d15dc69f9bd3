//! What a release cannot say of an expression, although it gives an answer.

use crate::ecl::Ecl;
use crate::ecl::syntax::{
    Attribute, Cardinality, Comparison, ConceptFilter, ConceptOperand, DescriptionFilter, Equality,
    Expression, FieldComparison, Filter, Focus, HierarchyOperator, HistorySupplement, MemberFilter,
    Refinement, SubExpression,
};
use crate::snomed::{Concept, OrdinalSet};

use super::error::{EvaluationError, Finding, FindingKind};
use super::options::Evaluation;

/// A part of an expression that a release has no answer to, and what becomes of the whole answer.
///
/// Made by [`Evaluation::gaps`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What it is: a reference set without rows, or what was above or below a concept that is inactive.
    pub finding: Finding,
    /// What it does to the answer.
    pub effect: GapEffect,
}

/// What a gap does to the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GapEffect {
    /// Concepts may be missing from it; those that it has belong to it.
    Missing,
    /// It may have concepts that do not belong to it, for the gap stands behind a `MINUS` or `!=`; none is
    /// missing.
    Excess,
    /// Either.
    Both,
}

impl GapEffect {
    const fn flipped(self) -> GapEffect {
        match self {
            GapEffect::Missing => GapEffect::Excess,
            GapEffect::Excess => GapEffect::Missing,
            GapEffect::Both => GapEffect::Both,
        }
    }

    const fn through(self, equality: Equality) -> GapEffect {
        match equality {
            Equality::Equal => self,
            Equality::NotEqual => self.flipped(),
        }
    }

    const fn counted(self, cardinality: Option<Cardinality>) -> GapEffect {
        match cardinality {
            Some(Cardinality { most: Some(_), .. }) => GapEffect::Both,
            _ => self,
        }
    }

    /// Whether concepts may be missing.
    pub const fn may_miss(self) -> bool {
        matches!(self, GapEffect::Missing | GapEffect::Both)
    }

    /// Whether concepts may be in it that do not belong.
    pub const fn may_exceed(self) -> bool {
        matches!(self, GapEffect::Excess | GapEffect::Both)
    }
}

impl Evaluation<'_, '_> {
    /// What the release cannot say of an expression that it answers: none for most.
    ///
    /// A release has no hierarchy around its inactive concepts. `<< X` of one that went inactive is that
    /// concept alone, whatever was below it when the expression was written; the same goes for inactive
    /// concepts of a set in brackets, and members of a reference set, that an operator is applied to. A
    /// reference set of which the release has no rows may be empty, or of an extension that is not opened.
    /// Who decides by the answer should know. `*` has all concepts, and is no gap.
    ///
    /// Costs an evaluation of every operand that is no single concept.
    ///
    /// # Example
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::ecl::{Ecl, FindingKind, GapEffect};
    ///
    /// let gaps = snomed.evaluation().gaps(&Ecl::parse("* MINUS << 601008")?)?;
    /// let id = "601008".parse()?;
    /// assert_eq!(gaps[0].finding.kind, FindingKind::InactiveOperand { id });
    /// assert_eq!(gaps[0].effect, GapEffect::Excess);
    /// assert!(snomed.evaluation().gaps(&Ecl::parse("<< 301000")?)?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`EvaluationError`], as [`Evaluation::run`].
    pub fn gaps(&self, ecl: &Ecl) -> Result<Vec<Gap>, EvaluationError> {
        let warnings = self.compile(ecl)?.warnings.into_iter();
        let warnings = warnings
            .filter(|finding| !matches!(finding.kind, FindingKind::OtherTerm { .. }))
            .map(|finding| Gap { finding, effect: GapEffect::Missing })
            .collect();
        let mut walk = Walk { evaluation: self, gaps: warnings };
        walk.expression(ecl.expression(), GapEffect::Missing)?;
        Ok(walk.gaps)
    }
}

struct Walk<'e, 'o, 't> {
    evaluation: &'e Evaluation<'o, 't>,
    gaps: Vec<Gap>,
}

type Walked = Result<(), EvaluationError>;

impl<'t> Walk<'_, '_, 't> {
    fn expression(&mut self, expression: &Expression, effect: GapEffect) -> Walked {
        match expression {
            Expression::Sub(sub) => self.sub(sub, effect),
            Expression::And(subs) | Expression::Or(subs) => self.subs(subs, effect),
            Expression::Minus(from, without) => {
                self.sub(from, effect)?;
                self.sub(without, effect.flipped())
            }
            Expression::Refined(focus, refinement) => {
                self.sub(focus, effect)?;
                self.refinement(refinement, effect)
            }
            Expression::Dotted(focus, names) => {
                self.sub(focus, effect)?;
                self.subs(names, effect)
            }
        }
    }

    fn subs(&mut self, subs: &[SubExpression], effect: GapEffect) -> Walked {
        subs.iter().try_for_each(|sub| self.sub(sub, effect))
    }

    fn sub(&mut self, sub: &SubExpression, effect: GapEffect) -> Walked {
        for gap in &mut self.gaps {
            let (inner, outer) = (gap.finding.span, sub.span);
            if outer.start <= inner.start && inner.end <= outer.end {
                // The innermost is visited last.
                gap.effect = effect;
            }
        }
        // Which of a set stands highest changes with every concept that is missing from it.
        let inner = match sub.hierarchy {
            Some(HierarchyOperator::Top | HierarchyOperator::Bottom) => GapEffect::Both,
            _ => effect,
        };
        if sub.hierarchy.is_some()
            && let Some(concept) = self.inactive_among(sub)?
        {
            let kind = FindingKind::InactiveOperand { id: concept.id() };
            let gap = Gap { finding: Finding { kind, span: sub.span }, effect: inner };
            if !self.gaps.contains(&gap) {
                self.gaps.push(gap);
            }
        }
        if let Focus::Nested(expression) = &sub.focus {
            self.expression(expression, inner)?;
        }
        for filter in sub.member_filters.iter().flat_map(|filters| &filters.criteria) {
            self.member_filter(filter, inner)?;
        }
        for filter in &sub.filters {
            match filter {
                Filter::Description(filters) => {
                    let mut each = filters.criteria.iter();
                    each.try_for_each(|filter| self.description_filter(filter, effect))?;
                }
                Filter::Concept(filters) => {
                    let mut each = filters.criteria.iter();
                    each.try_for_each(|filter| self.concept_filter(filter, effect))?;
                }
            }
        }
        match &sub.history {
            Some(HistorySupplement::Subset(subset)) => self.expression(subset, effect),
            _ => Ok(()),
        }
    }

    /// The first inactive concept that a hierarchy operator is applied to.
    fn inactive_among(&self, sub: &SubExpression) -> Result<Option<Concept<'t>>, EvaluationError> {
        if sub.refset.is_none() && matches!(sub.focus, Focus::Any) {
            return Ok(None);
        }
        let operand =
            SubExpression { hierarchy: None, filters: Vec::new(), history: None, ..sub.clone() };
        let set = self.evaluation.run_expression(&Expression::Sub(operand))?.concepts;
        let snomed = self.evaluation.snomed;
        // Active concepts come before all others.
        let inactive = OrdinalSet::range(snomed.active_count(), snomed.ordinal_count());
        let first = set.ordinals.intersection(&inactive).bounds();
        Ok(first.map(|(ordinal, _)| Concept { snomed, ordinal }))
    }

    fn refinement(&mut self, refinement: &Refinement, effect: GapEffect) -> Walked {
        match refinement {
            Refinement::Attribute(attribute) => self.attribute(attribute, effect),
            Refinement::Group(group) => {
                self.refinement(&group.attributes, effect.counted(group.cardinality))
            }
            Refinement::And(parts) | Refinement::Or(parts) => {
                parts.iter().try_for_each(|part| self.refinement(part, effect))
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, effect: GapEffect) -> Walked {
        let effect = effect.counted(attribute.cardinality);
        self.sub(&attribute.name, effect)?;
        match &attribute.comparison {
            Comparison::Concepts(equality, value) => self.sub(value, effect.through(*equality)),
            Comparison::Number(..) | Comparison::Strings(..) | Comparison::Boolean(..) => Ok(()),
        }
    }

    fn operand(&mut self, operand: &ConceptOperand, effect: GapEffect) -> Walked {
        match operand {
            ConceptOperand::Expression(sub) => self.sub(sub, effect),
            ConceptOperand::References(_) => Ok(()),
        }
    }

    fn member_filter(&mut self, filter: &MemberFilter, effect: GapEffect) -> Walked {
        match filter {
            MemberFilter::Module(equality, operand) => {
                self.operand(operand, effect.through(*equality))
            }
            MemberFilter::Field(_, FieldComparison::Concepts(equality, value)) => {
                self.sub(value, effect.through(*equality))
            }
            MemberFilter::Field(..)
            | MemberFilter::EffectiveTime(..)
            | MemberFilter::Active(..) => Ok(()),
        }
    }

    fn concept_filter(&mut self, filter: &ConceptFilter, effect: GapEffect) -> Walked {
        match filter {
            ConceptFilter::DefinitionStatusId(equality, operand)
            | ConceptFilter::Module(equality, operand) => {
                self.operand(operand, effect.through(*equality))
            }
            ConceptFilter::DefinitionStatus(..)
            | ConceptFilter::EffectiveTime(..)
            | ConceptFilter::Active(..) => Ok(()),
        }
    }

    fn description_filter(&mut self, filter: &DescriptionFilter, effect: GapEffect) -> Walked {
        match filter {
            DescriptionFilter::TypeId(equality, operand)
            | DescriptionFilter::Module(equality, operand) => {
                self.operand(operand, effect.through(*equality))
            }
            DescriptionFilter::DialectExpression(equality, sub, _) => {
                self.sub(sub, effect.through(*equality))
            }
            DescriptionFilter::DialectId(..)
            | DescriptionFilter::Term(..)
            | DescriptionFilter::Language(..)
            | DescriptionFilter::Type(..)
            | DescriptionFilter::Dialect(..)
            | DescriptionFilter::EffectiveTime(..)
            | DescriptionFilter::Active(..)
            | DescriptionFilter::Id(..) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Terminology;

    #[test]
    fn a_gap_is_told_with_what_it_does_to_the_answer() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
        let terminology = Terminology::open([golden]).unwrap();
        let snomed = terminology.snomed().unwrap();
        let gaps = |text: &str| -> Vec<(&'static str, GapEffect)> {
            let gaps = snomed.evaluation().gaps(&Ecl::parse(text).unwrap()).unwrap();
            gaps.into_iter().map(|gap| (gap.finding.kind.code(), gap.effect)).collect()
        };
        let (missing, excess, both) = (GapEffect::Missing, GapEffect::Excess, GapEffect::Both);
        // 601008 is inactive, 404007 active; 401004 has no rows as a reference set.
        for none in ["<< 404007", "601008", "< *", "* MINUS 601008", "^ 999000011000000103"] {
            assert_eq!(gaps(none), [], "{none}");
        }
        for (text, effect) in [
            ("<< 601008", missing),
            ("> 601008", missing),
            ("<< (404007 OR 601008)", missing),
            ("<< ((404007 OR 601008) {{ C active = 0 }})", missing),
            ("<< 404007 OR (<< 601008 {{ term = \"a\" }})", missing),
            ("* MINUS << 601008", excess),
            ("* MINUS (* MINUS << 601008)", missing),
            ("!!> (404007 OR << 601008)", both),
            ("* : 201002 = << 601008", missing),
            ("* : 201002 != << 601008", excess),
            ("* : [0..0] 201002 = << 601008", both),
            ("* : [1..*] 201002 = << 601008", missing),
            ("* : [0..1] { 201002 = << 601008 }", both),
            ("* {{ C moduleId != << 601008 }}", excess),
            ("(<< 601008) . 201002", missing),
        ] {
            let found: Vec<GapEffect> = gaps(text)
                .into_iter()
                .filter(|(kind, _)| *kind == "inactive-operand")
                .map(|(_, effect)| effect)
                .collect();
            assert_eq!(found.first(), Some(&effect), "{text}");
            assert!(
                found.iter().all(|found| *found == effect || text.starts_with("!!>")),
                "{text}"
            );
        }
        assert_eq!(gaps("^ 401004"), [("not-refset", missing)]);
        assert_eq!(gaps("* MINUS ^ 401004"), [("not-refset", excess)]);
        assert_eq!(gaps("* MINUS (* MINUS ^ 401004)"), [("not-refset", missing)]);
    }
}
