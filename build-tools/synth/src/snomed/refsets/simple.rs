//! Simple reference sets: a few large ones and many small.

use crate::random::Random;
use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::versions::Since;
use std::collections::BTreeSet;

/// The columns of a simple reference set.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId refsetId referencedComponentId";

impl Content {
    /// The members of the simple reference set of a number, inactive ones among them.
    pub(crate) fn simple_members(&self, number: usize) -> Vec<(Concept, bool)> {
        let count = self.concepts.simple_refsets.len();
        // Sizes fall as 1 / rank, so that a few sets hold most of the members.
        let harmonic: f64 = (1..=count).map(|rank| 1.0 / rank as f64).sum();
        let all = self.parameters.scaled(600_000, 200) as f64;
        let wanted = (all / harmonic / (number + 1) as f64).ceil() as usize;
        let mut random = Random::keyed(self.parameters.seed, "simple refset", number as u64);
        let kinds = &self.concepts.kinds;
        let mut members = BTreeSet::new();
        for _ in 0..wanted * 2 {
            if members.len() == wanted {
                break;
            }
            // Mostly of the large kinds, as those have the concepts.
            let concept = match random.below(10) {
                0..=7 => {
                    let first = kinds[0].first;
                    let last = kinds[kinds.len() - 1].end;
                    first + random.below((last - first) as usize) as Concept
                }
                _ => kinds[1 + number % 3].pick(&mut random),
            };
            let kept = self.concepts.is_active(concept) || random.chance(80);
            if kept {
                members.insert(concept);
            }
        }
        members.into_iter().map(|concept| (concept, !random.chance(60))).collect()
    }

    pub(crate) fn simple_rows(&self, number: usize, rows: &mut Rows) {
        let refset = self.concepts.simple_refsets.start + number as Concept;
        let module = self.concepts.module(refset);
        for (concept, active) in self.simple_members(number) {
            let key = (number as u64) << 32 | u64::from(concept);
            let mut random = Random::keyed(self.parameters.seed, "simple member", key);
            let born = self.birth(concept).max(self.dates.first(module));
            let member = Member {
                purpose: "simple",
                key,
                since: Since::Perhaps(born),
                effective: self.dates.pick_since(module, born, &mut random),
                active,
                module,
                refset: self.concepts.id(refset),
                component: self.concepts.id(concept),
            };
            self.member(rows, &member, |_, _| {});
        }
    }
}
