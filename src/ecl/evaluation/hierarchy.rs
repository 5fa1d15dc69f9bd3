//! Hierarchy operators on sets.

use crate::ecl::syntax::HierarchyOperator;
use crate::snomed::{Bits, Cursor, OrdinalSet, Snomed};

use super::budget::Budget;
use super::error::EvaluationError;

/// Concepts up to which the ancestors of each are read; above them, all are walked up to once.
const READ_ANCESTORS: usize = 256;

pub(super) type Answer<'t> = Result<OrdinalSet<'t>, EvaluationError>;

/// Applies an operator to one concept: what the index stores, as it stands.
pub(super) fn of_concept<'t>(
    snomed: Snomed<'t>,
    operator: HierarchyOperator,
    ordinal: u32,
) -> OrdinalSet<'t> {
    let with_self = |set: OrdinalSet<'t>| OrdinalSet::one(ordinal).union(&set);
    match operator {
        HierarchyOperator::DescendantOf => snomed.below(ordinal, false),
        HierarchyOperator::DescendantOrSelfOf => snomed.below(ordinal, true),
        HierarchyOperator::ChildOf => snomed.children_of(ordinal),
        HierarchyOperator::ChildOrSelfOf => with_self(snomed.children_of(ordinal)),
        HierarchyOperator::AncestorOf => snomed.ancestors_of(ordinal),
        HierarchyOperator::AncestorOrSelfOf => with_self(snomed.ancestors_of(ordinal)),
        HierarchyOperator::ParentOf => snomed.parents_of(ordinal),
        HierarchyOperator::ParentOrSelfOf => with_self(snomed.parents_of(ordinal)),
        HierarchyOperator::Top | HierarchyOperator::Bottom => OrdinalSet::one(ordinal),
    }
}

/// Applies an operator to a set.
pub(super) fn of_set<'t>(
    snomed: Snomed<'t>,
    operator: HierarchyOperator,
    set: &OrdinalSet<'t>,
    budget: &mut Budget<'_>,
) -> Answer<'t> {
    budget.spend(set.len())?;
    Ok(match operator {
        HierarchyOperator::DescendantOf => below(snomed, set, budget)?,
        HierarchyOperator::DescendantOrSelfOf => below(snomed, set, budget)?.union(set),
        HierarchyOperator::ChildOf => children(snomed, set, budget)?,
        HierarchyOperator::ChildOrSelfOf => children(snomed, set, budget)?.union(set),
        HierarchyOperator::AncestorOf => above(snomed, set, budget)?,
        HierarchyOperator::AncestorOrSelfOf => above(snomed, set, budget)?.union(set),
        HierarchyOperator::ParentOf => parents(snomed, set, budget)?,
        HierarchyOperator::ParentOrSelfOf => parents(snomed, set, budget)?.union(set),
        HierarchyOperator::Top => set.difference(&below(snomed, set, budget)?),
        HierarchyOperator::Bottom => bottom(snomed, set, budget)?,
    })
}

/// Each of the ordinals below `active` as runs, with what follows of them to be passed over.
fn each_active(set: &OrdinalSet<'_>, active: u32, mut with: impl FnMut(u32) -> u32) {
    let mut cursor = Cursor::over(set);
    let mut from = 0;
    while let Some((start, end)) = cursor.seek(from) {
        let end = end.min(active);
        let mut at = start;
        while at < end {
            at = with(at).max(at.saturating_add(1));
        }
        if end >= active {
            return;
        }
        from = at.max(end);
    }
}

fn below<'t>(snomed: Snomed<'t>, set: &OrdinalSet<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
    let active = snomed.active_count();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    each_active(set, active, |at| {
        let OrdinalSet::Stored(stored) = snomed.below(at, false) else { return 0 };
        let mut end = 0;
        for run in stored.own {
            if run.0 < run.1 {
                runs.push(run);
                end = run.1;
            }
        }
        stored.each_other(|start, end| runs.push((start, end)));
        // What lies in its own run lies below it, and so does what lies below that.
        end
    });
    budget.spend(runs.len().saturating_mul(4))?;
    Ok(OrdinalSet::from_unsorted_runs(runs))
}

fn children<'t>(snomed: Snomed<'t>, set: &OrdinalSet<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
    neighbours(snomed, set, budget, Snomed::children_of_run)
}

fn parents<'t>(snomed: Snomed<'t>, set: &OrdinalSet<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
    neighbours(snomed, set, budget, Snomed::parents_of_run)
}

/// Neighbours of runs of concepts: one stretch of the index each.
fn neighbours<'t>(
    snomed: Snomed<'t>,
    set: &OrdinalSet<'t>,
    budget: &mut Budget<'_>,
    of_run: impl Fn(Snomed<'t>, u32, u32) -> &'t [[u8; 4]],
) -> Answer<'t> {
    let active = snomed.active_count();
    let mut stretches = Vec::new();
    let mut total = 0_usize;
    set.each_run(|start, end| {
        let stretch = of_run(snomed, start.min(active), end.min(active));
        if !stretch.is_empty() {
            total = total.saturating_add(stretch.len());
            stretches.push(stretch);
        }
    });
    budget.spend(total)?;
    if let [one] = stretches.as_slice()
        && set.len() == 1
    {
        return Ok(OrdinalSet::stored_list(one, active));
    }
    let ordinals = stretches.iter().copied().flatten().map(|at| u32::from_le_bytes(*at));
    Ok(OrdinalSet::from_many(ordinals.filter(|at| *at < active), total, active))
}

fn above<'t>(snomed: Snomed<'t>, set: &OrdinalSet<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
    let active = snomed.active_count();
    if set.len() <= READ_ANCESTORS {
        let mut found = Vec::new();
        set.each(|at| {
            let ancestors = snomed.ancestor_row(at);
            found.extend(ancestors.iter().map(|at| u32::from_le_bytes(*at)));
        });
        budget.spend(found.len())?;
        let total = found.len();
        return Ok(OrdinalSet::from_many(found.into_iter(), total, active));
    }
    // Each concept is gone up from once.
    let mut seen = Bits::over(0, active);
    let mut found: Vec<u32> = Vec::new();
    let mut visit = |stretch: &'t [[u8; 4]], found: &mut Vec<u32>| {
        for at in stretch {
            let at = u32::from_le_bytes(*at);
            if at < active && !seen.contains(at) {
                seen.set(at);
                found.push(at);
            }
        }
        stretch.len()
    };
    let mut spent = 0;
    set.each_run(|start, end| {
        let stretch = snomed.parents_of_run(start.min(active), end.min(active));
        spent += visit(stretch, &mut found);
    });
    while let Some(at) = found.pop() {
        spent += visit(snomed.parents_of_run(at, at.saturating_add(1)), &mut found);
    }
    budget.spend(spent)?;
    Ok(OrdinalSet::from_bits(seen.count()))
}

/// Those of a set that none of it lies below.
fn bottom<'t>(snomed: Snomed<'t>, set: &OrdinalSet<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
    budget.spend(set.len().saturating_mul(8))?;
    let meets = |start: u32, end: u32| match set {
        OrdinalSet::Bits(bits) => bits.run_from(start).is_some_and(|run| run.0 < end),
        _ => Cursor::over(set).seek(start).is_some_and(|run| run.0 < end),
    };
    Ok(set.retained(|at| {
        let OrdinalSet::Stored(stored) = snomed.below(at, false) else { return true };
        let mut above = stored.own.iter().any(|run| run.0 < run.1 && meets(run.0, run.1));
        stored.each_other(|start, end| above = above || meets(start, end));
        !above
    }))
}
