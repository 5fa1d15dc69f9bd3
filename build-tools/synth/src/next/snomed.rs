//! What is planted in SNOMED CT, in which order, and how much of it.

use super::candidates;
use super::concepts::Successors;
use super::files::{Holds, Table};
use super::plan::Plan;
use super::row::each_line;
use super::survey::{
    IN_BLOCK_MAP, IN_IDENTIFIERS, IN_ORDERED, IN_RULE_MAP, IN_SIMPLE, IN_SIMPLE_MAP, INFERRED,
    IS_A, IS_ACTIVE, IS_MEMBER, IS_PARENT, IS_TARGET, Survey,
};
use super::{Plants, candidates::Candidate, expected::Expected};
use std::collections::HashSet;
use std::io;
use std::path::Path;

/// So many more concepts are looked at than are needed, because not every one will do.
const LOOKED_AT: usize = 12;

type Planter = fn(&mut Plan<'_>, u64, &Candidate) -> bool;

/// A kind of change.
struct Kind {
    /// What the drawing of its concepts is named by.
    purpose: &'static str,
    /// The flags that its concepts have, and those that they have not.
    flags: (u16, u16),
    /// One for so many of the others.
    one_in: usize,
    plant: Planter,
}

const fn kind(purpose: &'static str, all: u16, none: u16, plant: Planter) -> Kind {
    Kind { purpose, flags: (IS_ACTIVE | all, none), one_in: 1, plant }
}

const NOBODYS: u16 = IS_PARENT | IS_TARGET | IS_MEMBER;

/// The rarest first.
const KINDS: [Kind; 33] = [
    kind("ordered members", IN_ORDERED, 0, |plan, id, of| plan.reorder_member(id, of)),
    Kind {
        flags: (0, IS_ACTIVE | IS_TARGET),
        ..kind("reactivated", 0, 0, |plan, id, of| plan.reactivate(id, of))
    },
    Kind {
        flags: (0, IS_ACTIVE | IS_TARGET),
        ..kind("successors", 0, 0, |plan, id, of| plan.change_successor(id, of))
    },
    Kind {
        flags: (0, IS_ACTIVE | IS_TARGET),
        ..kind("reasons", 0, 0, |plan, id, of| plan.change_reason(id, of))
    },
    // One concept in a hundred has any.
    Kind {
        one_in: 4,
        ..kind("retired identifiers", IN_IDENTIFIERS, 0, |plan, id, of| {
            plan.retire_identifier(id, of)
        })
    },
    kind("new identifiers", IN_IDENTIFIERS, 0, |plan, id, of| plan.add_identifier(id, of)),
    kind("text definitions", 0, 0, |plan, id, of| plan.redescribe(id, of)),
    kind("rules", IN_RULE_MAP, 0, |plan, id, of| plan.change_rule(id, of)),
    kind("blocks", IN_BLOCK_MAP, 0, |plan, id, of| plan.change_default(id, of)),
    kind("simple maps", IN_SIMPLE_MAP, 0, |plan, id, of| plan.change_simple_map(id, of)),
    kind("new rows of maps", IN_SIMPLE_MAP, 0, |plan, id, of| plan.add_map_row(id, of)),
    kind("retired rows of maps", IN_SIMPLE_MAP, 0, |plan, id, of| plan.retire_map_row(id, of)),
    kind("retired members", IN_SIMPLE, 0, |plan, id, of| plan.retire_member(id, of)),
    kind("republished members", IN_SIMPLE, 0, |plan, id, of| id % 3 == 2 && plan.republish(id, of)),
    Kind {
        one_in: 4,
        ..kind("moved with descendants", IS_PARENT, 0, |plan, id, of| {
            plan.survey.descendants(id, super::concepts::MOST_BELOW).is_some()
                && plan.move_below(id, of)
        })
    },
    kind("same as", 0, NOBODYS, |plan, id, of| plan.inactivate(id, of, Successors::SameAs)),
    kind("replaced", 0, NOBODYS, |plan, id, of| plan.inactivate(id, of, Successors::ReplacedBy)),
    kind("ambiguous", 0, NOBODYS, |plan, id, of| plan.inactivate(id, of, Successors::Several)),
    kind("without successor", 0, NOBODYS, |plan, id, of| plan.inactivate(id, of, Successors::None)),
    kind("redefined", 0, 0, |plan, id, of| plan.redefine(id, of)),
    kind("groups", 0, 0, |plan, _, of| plan.renumber_groups(of)),
    kind("moved", 0, IS_PARENT, |plan, id, of| plan.move_below(id, of)),
    kind("definition status", 0, 0, |plan, id, of| plan.redetermine(id, of)),
    kind("modules", 0, 0, |plan, id, of| plan.change_module(id, of)),
    kind("reactivated terms", 0, 0, |plan, id, of| plan.reactivate_description(id, of)),
    kind("retired terms", 0, 0, |plan, id, of| plan.retire_description(id, of)),
    Kind {
        one_in: 4,
        ..kind("retired preferred terms", 0, 0, |plan, id, of| plan.retire_preferred(id, of))
    },
    kind("preferred terms", 0, 0, |plan, id, of| plan.prefer_another(id, of)),
    kind("names", 0, 0, |plan, id, of| plan.rename(id, of)),
    kind("changed terms", 0, 0, |plan, id, of| plan.change_description(id, of)),
    kind("new terms", 0, 0, |plan, id, of| plan.add_description(id, of)),
    kind("new members", 0, 0, |plan, id, of| plan.add_member(id, of)),
    kind("republished", 0, 0, |plan, id, of| id % 3 != 2 && plan.republish(id, of)),
];

/// Decides on all changes, of which each is of a concept of its own.
pub(super) fn plan<'a>(
    release: &Path,
    tables: &'a [Table],
    (Plants { changes, seed, .. }, date): (Plants, &str),
    survey: &'a mut Survey,
    found: &'a mut std::collections::HashMap<u64, Candidate>,
) -> io::Result<Plan<'a>> {
    *survey = Survey::read(release, tables)?;
    let looked_at = changes.saturating_mul(LOOKED_AT).max(400);
    let drawn = |flags, purpose| survey.draw(flags, seed, purpose, looked_at);
    let kinds: Vec<Vec<u64>> = KINDS.iter().map(|kind| drawn(kind.flags, kind.purpose)).collect();
    let above = drawn((IS_ACTIVE | IS_PARENT, 0), "parents of new concepts");
    // What reference sets are below: another one is to stand there.
    let simple = survey.simple.keys().next().copied();
    let beside = simple.and_then(|id| survey.parents(id).next());
    let wanted = kinds.iter().flatten().chain(&above).chain(&beside);
    let wanted: HashSet<u64> = wanted.copied().collect();
    *found = candidates::read(release, tables, &wanted)?;
    let found = &*found;
    let mut plan = Plan::new(survey, found, tables, date, seed);
    plan.lasting = plan.survey.draw((IS_ACTIVE | IS_PARENT, 0), seed, "lasting", 2_000);
    note(&mut plan, &wanted);
    remove_refset(release, &mut plan)?;
    let mut inactivated: HashSet<u64> = HashSet::new();
    for (kind, drawn) in KINDS.iter().zip(&kinds) {
        let most = changes.div_ceil(kind.one_in);
        let mut planted = 0;
        for id in drawn.iter().copied() {
            if planted == most {
                break;
            }
            let Some(of) = found.get(&id) else { continue };
            if plan.taken.contains(&id) || !(kind.plant)(&mut plan, id, of) {
                continue;
            }
            plan.taken.insert(id);
            if kind.flags.1 == NOBODYS {
                inactivated.insert(id);
            }
            planted += 1;
        }
    }
    let mut added = 0;
    for id in above.into_iter().filter(|id| found.contains_key(id)) {
        if added < changes && plan.add_concept(id, &found[&id]).is_some() {
            added += 1;
        }
    }
    if let Some((parent, of)) = beside.and_then(|id| Some((id, found.get(&id)?))) {
        plan.add_refset(parent, of);
    }
    plan.follow_moves(&inactivated);
    module_dependencies(release, &mut plan)?;
    Ok(plan)
}

/// The smallest simple reference set loses all its rows; there have to be others that stay.
fn remove_refset(release: &Path, plan: &mut Plan<'_>) -> io::Result<()> {
    let known = plan.survey.simple.iter().filter(|(_, rows)| **rows > 0);
    let Some((&refset, _)) = known.clone().min_by_key(|(_, rows)| **rows) else { return Ok(()) };
    if known.count() < 2 {
        return Ok(());
    }
    plan.removed = Some(refset);
    let tables = plan.tables.iter().enumerate();
    let of = tables.filter(|(_, table)| table.holds == Holds::Simple);
    for (file, table) in of.map(|(file, table)| (file, table.path.clone())).collect::<Vec<_>>() {
        each_line(&release.join(table), |line| {
            let row = super::row::Row::read(file, line);
            if row.is_active() && row.number(4) == refset {
                plan.retire(&row);
                plan.told("member-retired", row.number(5), row.get(4));
                plan.taken.insert(row.number(5));
            }
        })?;
    }
    plan.told("refset-removed", refset, &refset.to_string());
    Ok(())
}

/// Notes attribute values and targets of maps for others to be led to, in a fixed order.
fn note(plan: &mut Plan<'_>, wanted: &HashSet<u64>) {
    let mut order: Vec<u64> = wanted.iter().copied().collect();
    order.sort_unstable();
    for of in order.iter().filter_map(|id| plan.candidates.get(id)) {
        plan.note_targets(of);
        for row in of.relationships.iter().filter(|row| row.is_active()) {
            let value = row.number(5);
            let inferred = row.get(7) != IS_A && row.get(8) == INFERRED;
            if inferred && plan.survey.is(value, IS_ACTIVE) {
                plan.values.entry(row.number(7)).or_default().push(value);
            }
        }
    }
    for values in plan.values.values_mut() {
        values.sort_unstable();
        values.dedup();
    }
}

/// Every module is of the new date, and needs the others as of it.
fn module_dependencies(release: &Path, plan: &mut Plan<'_>) -> io::Result<()> {
    let tables = plan.tables.iter().enumerate();
    let of = tables.filter(|(_, table)| table.holds == Holds::ModuleDependency);
    for (file, table) in of.map(|(file, table)| (file, table.path.clone())).collect::<Vec<_>>() {
        each_line(&release.join(table), |line| {
            let row = super::row::Row::read(file, line);
            if row.is_active() {
                let date = plan.date.clone();
                plan.replace(row.clone().with(6, date.clone()).with(7, date));
                let change = Expected::new("member-changed", super::plan::SNOMED, row.get(5));
                plan.expect(change.of(row.get(4)));
            }
        })?;
    }
    Ok(())
}
