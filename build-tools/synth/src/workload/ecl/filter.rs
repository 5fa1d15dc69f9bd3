//! Filters of descriptions and of concepts.

use super::Kind;
use crate::random::Random;
use crate::snomed::concepts::Concept;
use crate::workload::Workload;

pub(super) const KINDS: &[Kind] = &[
    ("term", 24, |work, random| {
        let (branch, words) = found(work, random);
        format!("<< {branch} {{{{ term = \"{words}\" }}}}")
    }),
    ("term everywhere", 4, |work, random| {
        format!("* {{{{ term = \"{}\" }}}}", found(work, random).1)
    }),
    ("term wild", 8, wild),
    ("term of type", 8, |work, random| {
        let (branch, words) = found(work, random);
        let kind = ["syn", "fsn"][random.below(2)];
        format!("<< {branch} {{{{ term = \"{words}\", type = {kind} }}}}")
    }),
    ("term of dialect", 8, |work, random| {
        let (branch, words) = found(work, random);
        let dialect = ["en-gb", "en-us", "en-gb (prefer)", "en-us (accept)"][random.below(4)];
        format!("<< {branch} {{{{ D term = \"{words}\", dialect = {dialect} }}}}")
    }),
    ("definition status", 10, |work, random| {
        let status = ["primitive", "defined"][random.below(2)];
        format!("<< {} {{{{ C definitionStatus = {status} }}}}", work.branch(random))
    }),
    ("concept active", 6, active),
    ("concept module", 8, |work, random| {
        let concept = work.clinical(random);
        let module = work.content.concepts.module(concept).id();
        format!("<< {} {{{{ C moduleId = {module} }}}}", work.broad(concept, random))
    }),
    ("concept effective time", 8, |work, random| {
        let concept = work.clinical(random);
        let time = work.content.concepts.effective[concept as usize];
        let order = [">=", "<", "="][random.below(3)];
        let branch = work.broad(concept, random);
        format!("<< {branch} {{{{ C effectiveTime {order} \"{time}\" }}}}")
    }),
];

/// A concept with words to find it by.
fn worded(work: &Workload<'_>, random: &mut Random) -> (Concept, Vec<String>) {
    loop {
        let concept = work.clinical(random);
        let words = work.words(concept, random);
        if !words.is_empty() {
            return (concept, words);
        }
    }
}

/// One or two words or beginnings of words, and a branch in which some term has them.
fn found(work: &Workload<'_>, random: &mut Random) -> (u64, String) {
    let (concept, mut words) = worded(work, random);
    let mut typed = Vec::new();
    for _ in 0..random.between(1, 2).min(words.len()) {
        let word = words.swap_remove(random.below(words.len()));
        let length = if random.chance(400) { usize::MAX } else { random.between(3, 6) };
        typed.push(word.chars().take(length).collect::<String>());
    }
    (work.field(concept, random), typed.join(" "))
}

fn wild(work: &Workload<'_>, random: &mut Random) -> String {
    let (concept, words) = worded(work, random);
    let branch = work.field(concept, random);
    let word = &words[random.below(words.len())];
    let pattern = ["*", ""][random.below(2)];
    format!("<< {branch} {{{{ term = wild:\"{pattern}{word}*\" }}}}")
}

fn active(work: &Workload<'_>, random: &mut Random) -> String {
    let refset = work.refset(random).1;
    match random.below(3) {
        0 => format!("^ {refset} {{{{ C active = false }}}}"),
        1 => format!("^ {refset} {{{{ C active = true }}}}"),
        _ => format!("<< {} {{{{ C active = true }}}}", work.branch(random)),
    }
}
