//! A constraint that concepts are matched against.

use std::sync::OnceLock;

use crate::snomed::{Concept, ConceptSet, OrdinalSet, Snomed};

use super::budget::{Budget, Limits};
use super::error::EvaluationError;
use super::matching;
use super::plan::Node;
use super::run::run;

/// An expression constraint with everything looked up in one terminology.
#[derive(Debug)]
pub struct CompiledEcl<'t> {
    snomed: Snomed<'t>,
    node: Node<'t>,
    limits: Limits,
    /// The whole answer, once it was needed.
    whole: OnceLock<OrdinalSet<'t>>,
}

impl<'t> CompiledEcl<'t> {
    pub(super) fn new(snomed: Snomed<'t>, node: Node<'t>, limits: Limits) -> CompiledEcl<'t> {
        CompiledEcl { snomed, node, limits, whole: OnceLock::new() }
    }

    /// Whether a concept satisfies the constraint; one of another terminology does not.
    ///
    /// Looks at the concept, not at the whole answer: its ancestors, attributes and refsets. For
    /// the few constraints of which one concept does not tell (`>` of a set, `!!>`, `!!<`), the
    /// first call evaluates the whole and later ones look it up.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::TooMuchWork`], where the whole was needed.
    pub fn matches(&self, concept: Concept<'_>) -> Result<bool, EvaluationError> {
        if !self.snomed.is_same(concept.snomed) {
            return Ok(false);
        }
        if let Some(whole) = self.whole.get() {
            return Ok(whole.contains(concept.ordinal));
        }
        if let Some(matched) = matching::matches(self.snomed, concept.ordinal, &self.node) {
            return Ok(matched);
        }
        Ok(self.whole()?.contains(concept.ordinal))
    }

    fn whole(&self) -> Result<&OrdinalSet<'t>, EvaluationError> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole);
        }
        let evaluated = run(self.snomed, &self.node, &mut Budget::new(self.limits, None))?;
        Ok(self.whole.get_or_init(|| evaluated))
    }

    /// All concepts that satisfy it.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::TooMuchWork`].
    pub fn concepts(&self) -> Result<ConceptSet<'t>, EvaluationError> {
        Ok(ConceptSet::new(self.snomed, self.whole()?.clone()))
    }
}
