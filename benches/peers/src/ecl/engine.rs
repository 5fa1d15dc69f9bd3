//! The peer crate `snomed-ecl-engine`, on an index that its program built.

use std::path::Path;

use anyhow::{Result, anyhow};
use snomed_ecl_engine::ecl;
use snomed_ecl_engine::eval::{Limits, QueryResult, evaluate_result_with_limits};
use snomed_ecl_engine::store::{MemberValue, NumericStore};

use super::{Contender, measure};

/// No limits: an answer is wanted whatever it costs.
const LIMITS: Limits = Limits { max_work: u64::MAX, max_live_set_values: usize::MAX };

struct Engine(NumericStore);

impl Contender for Engine {
    type Answer = QueryResult;

    fn evaluate(&self, expression: &str) -> Result<QueryResult> {
        let parsed = ecl::parse(expression).map_err(|error| anyhow!("parsing: {error}"))?;
        match evaluate_result_with_limits(&self.0, &parsed, LIMITS, None)? {
            QueryResult::Rows(_) => Err(anyhow!("rows, where concepts were asked for")),
            answer => Ok(answer),
        }
    }

    fn len(&self, answer: &QueryResult) -> usize {
        answer.len()
    }

    fn list(&self, answer: QueryResult) -> Vec<u64> {
        let mut ids: Vec<u64> = match answer {
            QueryResult::Concepts(ordinals) => {
                ordinals.iter().map(|ordinal| self.0.ids[*ordinal as usize]).collect()
            }
            QueryResult::Values(values) => values.iter().filter_map(id).collect(),
            QueryResult::Rows(_) => Vec::new(),
        };
        ids.sort_unstable();
        ids
    }
}

fn id(value: &MemberValue) -> Option<u64> {
    match value {
        MemberValue::Concept(id) | MemberValue::Component(id) => id.parse().ok(),
        _ => None,
    }
}

/// Asks the engine; `index` is one file or a folder, both are indexes of its own.
pub fn run(index: &Path, expressions: &Path, passes: usize) -> Result<()> {
    measure(&Engine(NumericStore::open(index)?), expressions, passes)
}
