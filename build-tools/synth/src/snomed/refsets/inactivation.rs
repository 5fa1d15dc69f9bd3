//! Attribute value reference sets: why concepts and descriptions were made inactive.

use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::versions::Since;

/// The columns of an attribute value reference set.
pub(crate) const HEADER: &str =
    "id effectiveTime active moduleId refsetId referencedComponentId valueId";

const OF_CONCEPTS: u64 = 900_000_000_000_489_007;
const OF_DESCRIPTIONS: u64 = 900_000_000_000_490_003;

const CONCEPT_NON_CURRENT: u64 = 900_000_000_000_495_008;
/// Of a concept that is active still.
const PENDING_MOVE: u64 = 900_000_000_000_492_006;
const OF_A_DESCRIPTION: [u64; 5] = [
    900_000_000_000_494_007,
    723_278_000,
    900_000_000_000_485_001,
    900_000_000_000_483_008,
    1_217_318_005,
];

impl Content {
    pub(crate) fn inactivation_rows(&self, concept: Concept, rows: &mut Rows) {
        let active = self.concepts.is_active(concept);
        let module = self.concepts.module(concept);
        let inactivated = self.concepts.effective[concept as usize];
        let key = u64::from(concept) << 8;
        let member = |purpose| Member {
            purpose,
            key,
            since: Since::New,
            effective: inactivated,
            active: true,
            module,
            refset: OF_CONCEPTS,
            component: self.concepts.id(concept),
        };
        if let Some(reason) = self.history(concept).reason {
            self.member(rows, &member("inactivation"), |rows, _| {
                rows.number(reason);
            });
        }
        if active && !self.concepts.is_fixed(concept) && self.random("move", concept).chance(2) {
            self.member(rows, &member("pending move"), |rows, _| {
                rows.number(PENDING_MOVE);
            });
        }
        let mut random = self.random("inactivation", concept);
        for description in self.descriptions(concept) {
            let (reason, given) = match (active, description.active) {
                // Not before the description is there to be non-current.
                (false, true) => (CONCEPT_NON_CURRENT, inactivated.max(description.effective)),
                (_, false) => {
                    let reason = OF_A_DESCRIPTION[random.below(OF_A_DESCRIPTION.len())];
                    (reason, description.effective)
                }
                (true, true) => continue,
            };
            // Not every description got its reason.
            if random.chance(60) {
                continue;
            }
            let withdrawn = random.chance(15);
            let effective = match withdrawn {
                true => self.dates.pick_since(module, given, &mut random).max(given),
                false => given,
            };
            let member = Member {
                purpose: "inactivation",
                key: key + 1 + description.row as u64,
                since: Since::Perhaps(given),
                effective,
                active: !withdrawn,
                module,
                refset: OF_DESCRIPTIONS,
                component: self.description_id(concept, &description),
            };
            self.member(rows, &member, |rows, _| {
                rows.number(reason);
            });
        }
    }
}
