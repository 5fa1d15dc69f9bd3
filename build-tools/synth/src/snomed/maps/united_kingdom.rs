//! The UK complex map to ICD-10: blocks of groups of priorities, undotted targets, no rules.

use super::{CONDITIONS, NOT_SPECIFIED, Scope, Targets, dotted, padded};
use crate::random::Random;
use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::module::Module;
use crate::snomed::versions::Since;

/// The columns of the UK complex map: the last is a block where the International one has a category.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId refsetId referencedComponentId mapGroup mapPriority mapRule mapAdvice mapTarget correlationId mapBlock";

const REFSET: u64 = 999_002_271_000_000_101;
const SCOPE: Scope =
    Scope { purpose: "united kingdom scope", kinds: CONDITIONS, per_thousand: 575 };

const SPECIAL: &[&str] = &["#NC", "#NC", "#NIS", "#HLT"];
/// What the advice adds on the sequence of codes.
pub(super) const FURTHER_ADVICE: &[&str] = &[
    " | ADDITIONAL CODE POSSIBLE",
    " | ADDITIONAL CODE MANDATORY",
    " | CODE MUST NEVER BE USED IN A PRIMARY POSITION",
    " | CODE MUST BE USED IN A PRIMARY POSITION",
];

/// Where a row stands: block, group and priority.
pub(super) type Place = [usize; 3];

impl Content {
    /// The rows of both maps of the United Kingdom, which share a file.
    pub(crate) fn united_kingdom_map_rows(&self, concept: Concept, rows: &mut Rows) {
        self.condition_map_rows(concept, rows);
        self.procedure_map_rows(concept, rows);
    }

    /// Writes the rows of a concept in a map of the United Kingdom.
    pub(super) fn block_map_rows(
        &self,
        (purpose, refset): (&'static str, u64),
        concept: Concept,
        list: &[(Place, String, String)],
        rows: &mut Rows,
    ) {
        let mut random = self.random(purpose, concept);
        let born = self.dates.first_since(Module::Clinical, self.birth(concept).max(20_120_000));
        for (number, (place, target, advice)) in list.iter().enumerate() {
            let [block, group, priority] = place.map(|place| place as u64);
            let member = Member {
                purpose,
                key: u64::from(concept) << 8 | number as u64,
                since: Since::Always(born),
                effective: self.dates.pick_since(Module::Clinical, born, &mut random),
                active: !random.chance(40),
                module: Module::Clinical,
                refset,
                component: self.concepts.id(concept),
            };
            self.member(rows, &member, |rows, _| {
                rows.number(group)
                    .number(priority)
                    .text("")
                    .text(advice)
                    .text(target)
                    .number(NOT_SPECIFIED)
                    .number(block);
            });
        }
    }

    fn condition_map_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_mapped(&SCOPE, concept) {
            return;
        }
        let mut random = self.random("united kingdom targets", concept);
        let astray = self.is_astray(&SCOPE, concept);
        let mut targets = Targets { content: self, fifth: true, astray };
        let mut list: Vec<(Place, String, String)> = Vec::new();
        match random.weighted(&[60, 70, 870]) {
            0 if !astray => {
                list.push(([1, 1, 1], random_special(concept).to_owned(), String::new()));
            }
            1 if !astray => {
                // A cause and its manifestation are coded as a pair.
                let [dagger, asterisk] = targets.pair(&mut random);
                for (group, code, sign, further) in
                    [(1, dagger, 'D', FURTHER_ADVICE[1]), (2, asterisk, 'A', FURTHER_ADVICE[2])]
                {
                    let advice = format!("ALWAYS {}{further}", dotted(&code));
                    list.push(([1, group, 1], format!("{}{sign}", padded(&code)), advice));
                }
            }
            _ => {
                for place in places(&[930, 60, 10], &[900, 80, 20], &mut random) {
                    let code = targets.next(None, &mut random);
                    let mut advice = format!("ALWAYS {}", dotted(&code));
                    if random.chance(250) {
                        advice.push_str(random.pick(FURTHER_ADVICE));
                    }
                    list.push((place, padded(&code), advice));
                }
            }
        }
        self.block_map_rows(("united kingdom map", REFSET), concept, &list, rows);
    }
}

/// Places in blocks, groups and priorities, as many as the weights of their numbers say.
pub(super) fn places(blocks: &[usize], groups: &[usize], random: &mut Random) -> Vec<Place> {
    let mut list = Vec::new();
    for block in 1..=1 + random.weighted(blocks) {
        for group in 1..=1 + random.weighted(groups) {
            for priority in 1..=1 + random.weighted(&[850, 100, 40, 10]) {
                list.push([block, group, priority]);
            }
        }
    }
    list
}

fn random_special(concept: Concept) -> &'static str {
    SPECIAL[concept as usize % SPECIAL.len()]
}
