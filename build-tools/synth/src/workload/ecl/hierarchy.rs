//! One hierarchy operator, or none.

use super::Kind;
use crate::random::Random;
use crate::snomed::kind::KINDS as HIERARCHIES;
use crate::workload::Workload;

pub(super) const KINDS: &[Kind] = &[
    ("descendants or self", 60, |work, random| format!("<< {}", work.branch(random))),
    ("descendants", 25, |work, random| format!("< {}", work.branch(random))),
    ("top level", 20, top_level),
    ("single concept", 20, single),
    ("children", 25, |work, random| format!("<! {}", work.branch(random))),
    ("children or self", 10, |work, random| format!("<<! {}", work.branch(random))),
    ("ancestors", 20, |work, random| format!("> {}", leaf(work, random))),
    ("ancestors or self", 20, |work, random| format!(">> {}", leaf(work, random))),
    ("parents", 10, |work, random| format!(">! {}", leaf(work, random))),
    ("any concept", 4, any),
    ("top of set", 10, top),
    ("bottom of set", 10, bottom),
];

fn leaf(work: &Workload<'_>, random: &mut Random) -> u64 {
    work.id(work.clinical(random))
}

fn single(work: &Workload<'_>, random: &mut Random) -> String {
    let from = if random.chance(100) { &work.inactive } else { &work.active };
    work.id(from[random.below(from.len())]).to_string()
}

fn top_level(_: &Workload<'_>, random: &mut Random) -> String {
    let operator = ["<<", "<<", "<"][random.below(3)];
    format!("{operator} {}", HIERARCHIES[random.below(HIERARCHIES.len())].root)
}

fn any(_: &Workload<'_>, random: &mut Random) -> String {
    ["*", "< *", "> *", "* MINUS << 138875005"][random.below(4)].to_owned()
}

fn top(work: &Workload<'_>, random: &mut Random) -> String {
    let (number, refset) = work.refset(random);
    let member = work.member(number, random);
    let branch = work.field(member, random);
    format!("!!> (<< {branch} AND ^ {refset})")
}

fn bottom(work: &Workload<'_>, random: &mut Random) -> String {
    format!("!!< (<< {})", work.branch(random))
}
