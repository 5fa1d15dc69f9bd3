//! farr.

use std::path::Path;

use anyhow::Result;
use farr::snomed::ConceptSet;
use farr::{Ecl, Snomed};

use super::{Contender, measure};
use crate::opening;

struct Farr<'t>(Snomed<'t>);

impl<'t> Contender for Farr<'t> {
    type Answer = ConceptSet<'t>;

    fn evaluate(&self, expression: &str) -> Result<ConceptSet<'t>> {
        Ok(self.0.evaluate(&Ecl::parse(expression)?)?)
    }

    fn len(&self, answer: &ConceptSet<'t>) -> usize {
        answer.len()
    }

    fn list(&self, answer: ConceptSet<'t>) -> Vec<u64> {
        let mut ids: Vec<u64> = answer.ids().map(|id| id.value()).collect();
        ids.sort_unstable();
        ids
    }
}

/// Asks farr, its index verified in full first.
pub fn run(index: &Path, expressions: &Path, passes: usize) -> Result<()> {
    let terminology = opening::map_verified(index)?;
    measure(&Farr(terminology.snomed()?), expressions, passes)
}
