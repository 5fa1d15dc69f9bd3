//! Code lists: branches put together and taken away.

use super::Kind;
use crate::random::Random;
use crate::workload::Workload;

pub(super) const KINDS: &[Kind] = &[
    ("branches or branches", 60, any_of_branches),
    ("codelist", 60, codelist),
    ("branch without branch", 45, branch_without),
    ("branch and branch", 40, branch_and),
    ("concepts", 20, concepts),
    ("inner set", 15, inner),
];

/// A branch of its own, or one near the last: an analyst's list is mostly of one field.
fn near(work: &Workload<'_>, last: &mut Option<u32>, random: &mut Random) -> u32 {
    let concept = match *last {
        Some(last) if random.chance(600) => {
            let above = work.above(last, 500, random);
            let below = work.reached(&work.children, above, 4_000).unwrap_or_default();
            match below.len() {
                0 => work.clinical(random),
                count => below[random.below(count)],
            }
        }
        _ => work.clinical(random),
    };
    *last = Some(concept);
    concept
}

fn branches(work: &Workload<'_>, count: usize, random: &mut Random) -> String {
    let mut last = None;
    let list: Vec<String> = (0..count)
        .map(|_| {
            let concept = near(work, &mut last, random);
            let operator = ["<< ", "<< ", "<< ", "< ", ""][random.below(5)];
            let id = if operator.is_empty() {
                work.id(concept)
            } else {
                work.id(work.above(concept, 1 << random.between(2, 9), random))
            };
            format!("{operator}{id}")
        })
        .collect();
    list.join(" OR ")
}

fn any_of_branches(work: &Workload<'_>, random: &mut Random) -> String {
    let count = random.between(2, 12);
    branches(work, count, random)
}

fn branch_without(work: &Workload<'_>, random: &mut Random) -> String {
    let concept = work.clinical(random);
    let inner = work.above(concept, 1 << random.between(0, 7), random);
    let outer = work.above(inner, 1 << random.between(8, 13), random);
    format!("<< {} MINUS << {}", work.id(outer), work.id(inner))
}

fn codelist(work: &Workload<'_>, random: &mut Random) -> String {
    let count = random.between(2, 6);
    let taken = branches(work, count, random);
    let concept = work.clinical(random);
    let inner = work.above(concept, 4, random);
    let outer = work.above(inner, 256, random);
    let (outer, inner) = (work.id(outer), work.id(inner));
    let other = work.id(work.clinical(random));
    match random.below(3) {
        0 => format!("({taken} OR << {outer}) MINUS << {inner}"),
        1 => format!("({taken} OR << {outer}) MINUS (<< {inner} OR << {other} OR {inner})"),
        _ => format!("({taken}) OR (<< {outer} MINUS (<< {inner} OR << {other}))"),
    }
}

fn branch_and(work: &Workload<'_>, random: &mut Random) -> String {
    let concept = work.clinical(random);
    let first = work.above(concept, 1 << random.between(4, 14), random);
    let second = work.above(concept, 1 << random.between(4, 14), random);
    format!("<< {} AND << {}", work.id(first), work.id(second))
}

fn concepts(work: &Workload<'_>, random: &mut Random) -> String {
    let count = random.between(3, 40);
    let list: Vec<String> = (0..count)
        .map(|_| {
            let from = if random.chance(30) { &work.inactive } else { &work.active };
            work.id(from[random.below(from.len())]).to_string()
        })
        .collect();
    list.join(" OR ")
}

fn inner(work: &Workload<'_>, random: &mut Random) -> String {
    let count = random.between(2, 4);
    let list = branches(work, count, random);
    let operator = ["<<", "<", "<!", ">>", ">"][random.below(5)];
    format!("{operator} ({list})")
}
