//! The UK complex map: blocks of groups of priorities, undotted targets, no rules.

use super::{NOT_SPECIFIED, code, dotted};
use crate::random::Random;
use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::module::Module;
use crate::snomed::versions::Since;

/// The columns of the UK complex map: the last is a block where the International one has a category.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId refsetId referencedComponentId mapGroup mapPriority mapRule mapAdvice mapTarget correlationId mapBlock";

const REFSET: u64 = 999_002_271_000_000_101;
const SCOPE: usize = 575;

const SPECIAL: &[&str] = &["#NC", "#NC", "#NIS", "#HLT"];
const FURTHER_ADVICE: &[&str] = &[
    " | ADDITIONAL CODE POSSIBLE",
    " | ADDITIONAL CODE MANDATORY",
    " | CODE MUST NEVER BE USED IN A PRIMARY POSITION",
    " | CODE MUST BE USED IN A PRIMARY POSITION",
];

impl Content {
    pub(crate) fn united_kingdom_map_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_mapped("united kingdom scope", concept, SCOPE) {
            return;
        }
        let mut random = self.random("united kingdom map", concept);
        let random = &mut random;
        let born = self.dates.first_since(Module::Clinical, self.birth(concept).max(20_120_000));
        let mut number = 0;
        let mut write = |random: &mut Random, place: [usize; 3], target: &str, advice: &str| {
            let [block, group, priority] = place;
            let member = Member {
                purpose: "united kingdom map",
                key: u64::from(concept) << 8 | number,
                since: Since::Always(born),
                effective: self.dates.pick_since(Module::Clinical, born, random),
                active: !random.chance(40),
                module: Module::Clinical,
                refset: REFSET,
                component: self.concepts.id(concept),
            };
            number += 1;
            self.member(rows, &member, |rows, _| {
                rows.number(group as u64)
                    .number(priority as u64)
                    .text("")
                    .text(advice)
                    .text(target)
                    .number(NOT_SPECIFIED)
                    .number(block as u64);
            });
        };
        match random.weighted(&[60, 70, 870]) {
            0 => write(random, [1, 1, 1], random_special(concept), ""),
            1 => {
                // A cause and its manifestation are coded as a pair.
                for (group, sign) in [(1, "D"), (2, "A")] {
                    let code = code(random);
                    let advice = if sign == "A" { FURTHER_ADVICE[2] } else { FURTHER_ADVICE[1] };
                    let advice = format!("ALWAYS {}{advice}", dotted(&code));
                    write(random, [1, group, 1], &format!("{}{sign}", padded(&code)), &advice);
                }
            }
            _ => {
                for block in 1..=1 + random.weighted(&[930, 60, 10]) {
                    for group in 1..=1 + random.weighted(&[900, 80, 20]) {
                        for priority in 1..=1 + random.weighted(&[850, 100, 40, 10]) {
                            let mut code = code(random);
                            let mut advice = format!("ALWAYS {}", dotted(&code));
                            if random.chance(250) {
                                advice.push_str(random.pick(FURTHER_ADVICE));
                            }
                            if random.chance(60) {
                                // A fifth character stands after the filler of a short code.
                                code = format!("{}{}", padded(&code), random.below(10));
                            }
                            write(random, [block, group, priority], &padded(&code), &advice);
                        }
                    }
                }
            }
        }
    }
}

fn random_special(concept: Concept) -> &'static str {
    SPECIAL[concept as usize % SPECIAL.len()]
}

/// A code of at least four characters.
fn padded(code: &str) -> String {
    match code.len() {
        3 => format!("{code}X"),
        _ => code.to_owned(),
    }
}
