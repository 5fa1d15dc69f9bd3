//! Patients to code: a concept each, and what is known of sex and age.

use super::Workload;
use crate::random::Random;
use crate::snomed::kind::KindIndex;
use std::fmt::Write as _;

/// Kinds of concept and how often they are asked for. About six in ten of the conditions and four in
/// ten of the procedures are in the scope of a map.
const KINDS: [(KindIndex, usize); 5] = [
    (KindIndex::DISORDER, 550),
    (KindIndex::FINDING, 150),
    (KindIndex::SITUATION, 50),
    (KindIndex::PROCEDURE, 150),
    (KindIndex::BODY_STRUCTURE, 20),
];
/// The rest are of any kind, one in ten of them inactive.
const OTHERS: usize = 80;

impl Workload<'_> {
    /// Concepts with a sex and an age at onset, as in `41y`, `7m` and `27d`; either can be empty.
    pub(super) fn map(&self) -> String {
        let mut random = self.random("workload of maps");
        let mut text = "concept_id,sex,age_at_onset\n".to_owned();
        let concepts = &self.content.concepts;
        let mut weights = KINDS.map(|(_, weight)| weight).to_vec();
        weights.push(OTHERS);
        for _ in 0..self.content.parameters.scaled(1_000_000, 200) {
            let concept = match KINDS.get(random.weighted(&weights)) {
                Some((kind, _)) => {
                    let active = concepts.range(*kind).active();
                    active.start + random.below(active.len()) as u32
                }
                None if random.chance(100) => self.inactive[random.below(self.inactive.len())],
                None => self.any_active(&mut random),
            };
            let sex = random.pick(&["female", "female", "male", "male", ""]);
            let age = age(&mut random);
            let _ = writeln!(text, "{},{sex},{age}", self.id(concept));
        }
        text
    }
}

/// Mostly an adult's; of a newborn in days, of an infant in months.
fn age(random: &mut Random) -> String {
    match random.below(20) {
        0..=3 => String::new(),
        4 => format!("{}d", random.below(28)),
        5 => format!("{}m", random.between(1, 23)),
        6..=8 => format!("{}y", random.between(2, 17)),
        _ => format!("{}y", random.between(18, 99)),
    }
}
