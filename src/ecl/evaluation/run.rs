//! A plan to the set that it gives.

use crate::snomed::{Bits, OrdinalSet, Snomed};

use super::budget::Budget;
use super::error::EvaluationError;
use super::hierarchy::{self, Answer};
use super::plan::Node;
use super::refine::Refiner;
use super::{history, member};

/// Sets that wait to be united, each with how often its part has been.
type Waiting<'t> = Vec<(u32, OrdinalSet<'t>)>;

/// Unites the last two.
fn meet(waiting: &mut Waiting<'_>, budget: &mut Budget<'_>) -> Result<(), EvaluationError> {
    let (Some((_, one)), Some((level, other))) = (waiting.pop(), waiting.pop()) else {
        return Ok(());
    };
    budget.spend(one.work().saturating_add(other.work()))?;
    waiting.push((level.saturating_add(1), other.union(&one)));
    Ok(())
}

/// The union of many long lists, each member put in its place once.
fn known_lists<'t>(
    snomed: Snomed<'t>,
    any: &[Node<'t>],
    budget: &mut Budget<'_>,
) -> Result<Option<OrdinalSet<'t>>, EvaluationError> {
    let mut total = 0_usize;
    for one in any {
        match one {
            Node::Known(set) => total = total.saturating_add(set.work()),
            _ => return Ok(None),
        }
    }
    const MANY: usize = 1 << 14;
    if any.len() < 3 || total < MANY {
        return Ok(None);
    }
    budget.spend(total)?;
    let mut bits = Bits::over(0, snomed.ordinal_count());
    for one in any {
        if let Node::Known(set) = one {
            set.mark(&mut bits);
        }
    }
    Ok(Some(OrdinalSet::from_bits(bits.count())))
}

/// Evaluates a plan.
pub(super) fn run<'t>(snomed: Snomed<'t>, node: &Node<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
    budget.spend(64)?;
    Ok(match node {
        Node::Known(set) => set.clone(),
        Node::Hierarchy(operator, inner) => {
            let inner = run(snomed, inner, budget)?;
            hierarchy::of_set(snomed, *operator, &inner, budget)?
        }
        Node::And(all) => {
            let mut sets = Vec::with_capacity(all.len());
            for one in all {
                let set = run(snomed, one, budget)?;
                if set.is_empty() {
                    return Ok(set);
                }
                sets.push(set);
            }
            // The smallest first: what follows has less to look at.
            sets.sort_by_key(OrdinalSet::len);
            let mut sets = sets.into_iter();
            let first = sets.next().unwrap_or(OrdinalSet::EMPTY);
            let mut left = first;
            for set in sets {
                budget.spend(left.len())?;
                left = left.intersection(&set);
            }
            left
        }
        Node::Or(any) => {
            if let Some(set) = known_lists(snomed, any, budget)? {
                return Ok(set);
            }
            // Those of like size meet, so that a long list costs no more than to sort it, and only
            // a few sets exist at a time.
            let mut waiting: Waiting<'t> = Vec::with_capacity(any.len().min(32));
            for one in any {
                let set = run(snomed, one, budget)?;
                waiting.push((0, set));
                while let [.., (below, _), (level, _)] = waiting.as_slice()
                    && below <= level
                {
                    meet(&mut waiting, budget)?;
                }
            }
            while waiting.len() > 1 {
                meet(&mut waiting, budget)?;
            }
            waiting.pop().map_or(OrdinalSet::EMPTY, |(_, set)| set)
        }
        Node::Minus(from, without) => {
            let from = run(snomed, from, budget)?;
            if from.is_empty() {
                return Ok(from);
            }
            let without = run(snomed, without, budget)?;
            budget.spend(from.work().saturating_add(without.work()))?;
            from.difference(&without)
        }
        Node::Refined(focus, asked) => {
            let focus = run(snomed, focus, budget)?;
            Refiner { snomed, budget }.refined(focus, asked)?
        }
        Node::Dotted(inner, kinds) => {
            let sources = run(snomed, inner, budget)?;
            Refiner { snomed, budget }.values_of(&sources, kinds, None)?
        }
        Node::Members(test) => test.run(snomed, budget)?,
        Node::Containing(inner) => {
            let inner = run(snomed, inner, budget)?;
            member::containing(snomed, &inner, budget)?
        }
        Node::Described(inner, test) => {
            let inner = run(snomed, inner, budget)?;
            test.run(&inner, budget)?
        }
        Node::Filtered(inner, test) => {
            let inner = run(snomed, inner, budget)?;
            test.run(&inner, budget)?
        }
        Node::History(inner, refsets) => {
            let inner = run(snomed, inner, budget)?;
            history::supplemented(snomed, inner, refsets, budget)?
        }
    })
}
