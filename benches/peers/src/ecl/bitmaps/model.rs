//! What the evaluator of the peer asks of an edition.

use concept_graph::attributes::Attributes;
use concept_graph::closure::Closure;
use concept_graph::csr::Csr;
use concept_graph::identifiers::Identifiers;
use concept_graph::ordinal::Ordinal;
use concept_graph::refsets::RefsetMembers;
use roaring::RoaringBitmap;
use sct_ecl::ast::{Comparison, Sctid};
use sct_ecl::eval::{ConceptPredicate, DescriptionPredicate, EvalError, Model};

use super::descriptions::Descriptions;
use crate::peer_graph::Table;

/// What a row of the concept file says beside its id.
#[derive(Clone, Copy)]
pub struct Row {
    pub active: bool,
    pub defined: bool,
    pub module: u64,
    pub effective_time: u32,
}

/// A release in the structures of the peer. Ordinals follow ids.
pub struct Edition {
    pub ids: Vec<u64>,
    pub ordinals: Table,
    pub rows: Vec<Row>,
    pub all: RoaringBitmap,
    pub roots: RoaringBitmap,
    pub leaves: RoaringBitmap,
    pub above: Csr,
    pub below: Csr,
    pub closure: Closure,
    pub attributes: Attributes,
    pub members: RefsetMembers,
    pub identifiers: Identifiers,
    pub descriptions: Descriptions,
}

impl Model for Edition {
    fn concept(&self, id: Sctid) -> Result<Option<Ordinal>, EvalError> {
        Ok(self.ordinals.get(&id.0).copied())
    }

    fn sctid(&self, concept: Ordinal) -> Result<Option<Sctid>, EvalError> {
        Ok(self.ids.get(concept.index() as usize).map(|id| Sctid(*id)))
    }

    fn all(&self) -> RoaringBitmap {
        self.all.clone()
    }

    fn roots(&self) -> RoaringBitmap {
        self.roots.clone()
    }

    fn leaves(&self) -> RoaringBitmap {
        self.leaves.clone()
    }

    fn descendants(&self, concept: Ordinal) -> &RoaringBitmap {
        self.closure.descendants(concept)
    }

    fn ancestors(&self, concept: Ordinal) -> &RoaringBitmap {
        self.closure.ancestors(concept)
    }

    fn children(&self, concept: Ordinal) -> RoaringBitmap {
        self.below.neighbours(concept).iter().copied().collect()
    }

    fn parents(&self, concept: Ordinal) -> RoaringBitmap {
        self.above.neighbours(concept).iter().copied().collect()
    }

    fn attributes(&self) -> &Attributes {
        &self.attributes
    }

    fn members(&self) -> &RefsetMembers {
        &self.members
    }

    fn identifiers(&self) -> &Identifiers {
        &self.identifiers
    }

    fn scheme(&self, _: &str) -> Result<Option<u64>, EvalError> {
        Ok(None)
    }

    fn filter_concepts(
        &self,
        within: &RoaringBitmap,
        predicates: &[ConceptPredicate],
    ) -> Result<RoaringBitmap, EvalError> {
        let holds = |at: &u32| {
            let row = &self.rows[*at as usize];
            predicates.iter().all(|predicate| row.satisfies(predicate))
        };
        Ok(within.iter().filter(holds).collect())
    }

    fn filter_descriptions(
        &self,
        within: &RoaringBitmap,
        predicates: &[DescriptionPredicate],
    ) -> Result<RoaringBitmap, EvalError> {
        Ok(self.descriptions.filter(within, predicates))
    }
}

impl Row {
    fn satisfies(&self, predicate: &ConceptPredicate) -> bool {
        match predicate {
            ConceptPredicate::Active(active) => self.active == *active,
            ConceptPredicate::DefinitionStatus { defined, primitive } => {
                if self.defined {
                    *defined
                } else {
                    *primitive
                }
            }
            ConceptPredicate::Module { modules, negated } => {
                modules.contains(&self.module) != *negated
            }
            ConceptPredicate::EffectiveTime { operator, values } => {
                let time = self.effective_time;
                match operator {
                    Comparison::NotEqual => values.iter().all(|value| time != *value),
                    Comparison::Equal => values.contains(&time),
                    Comparison::Less => values.iter().any(|value| time < *value),
                    Comparison::LessOrEqual => values.iter().any(|value| time <= *value),
                    Comparison::Greater => values.iter().any(|value| time > *value),
                    Comparison::GreaterOrEqual => values.iter().any(|value| time >= *value),
                }
            }
        }
    }
}
