//! Association reference sets: what replaces inactive components, and a few that are not history.

use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::history::MOVED_FROM;
use crate::snomed::kind::KindIndex;

/// The columns of an association reference set.
pub(crate) const HEADER: &str =
    "id effectiveTime active moduleId refsetId referencedComponentId targetComponentId";

const REFERS_TO: u64 = 900_000_000_000_531_004;
const ENTIRE: u64 = 734_138_000;

impl Content {
    pub(crate) fn association_rows(&self, concept: Concept, rows: &mut Rows) {
        let mut number = 0;
        let id = self.concepts.id(concept);
        for (refset, target) in self.history(concept).associations {
            self.association(rows, concept, &mut number, true, refset, id, target);
        }
        let Some(kind) = self.concepts.kind(concept) else {
            return;
        };
        let mut random = self.random("other associations", concept);
        let range = self.concepts.range(kind);
        let other = self.concepts.id(range.common_near(range.pick(&mut random)));
        if !self.concepts.is_active(concept) {
            if random.chance(30) {
                // A statement since withdrawn.
                let refset = 900_000_000_000_528_000;
                self.association(rows, concept, &mut number, false, refset, id, other);
            }
            return;
        }
        if kind == KindIndex::BODY_STRUCTURE && other != id && random.chance(400) {
            self.association(rows, concept, &mut number, true, ENTIRE, id, other);
        }
        if random.chance(3) {
            let inactive =
                range.inactive + random.below((range.end - range.inactive) as usize) as u32;
            let target = self.concepts.id(inactive);
            self.association(rows, concept, &mut number, true, MOVED_FROM, id, target);
        }
        if other != id && random.chance(150) {
            for description in self.descriptions(concept).iter().filter(|text| !text.active) {
                let text = self.description_id(concept, description);
                self.association(rows, concept, &mut number, true, REFERS_TO, text, other);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one for each column that differs")]
    fn association(
        &self,
        rows: &mut Rows,
        concept: Concept,
        number: &mut u64,
        active: bool,
        refset: u64,
        component: u64,
        target: u64,
    ) {
        let member = Member {
            purpose: "association",
            key: u64::from(concept) << 8 | *number,
            effective: self.concepts.effective[concept as usize],
            active,
            module: self.concepts.module(concept),
            refset,
            component,
        };
        self.member(rows, &member).number(target).end();
        *number += 1;
    }
}
