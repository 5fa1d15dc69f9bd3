//! Association reference sets: what replaces inactive components, and a few that are not history.

use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::history::{MOVED_FROM, WAS_A};
use crate::snomed::kind::KindIndex;
use crate::snomed::module::Module;
use crate::snomed::versions::Since;

/// The columns of an association reference set.
pub(crate) const HEADER: &str =
    "id effectiveTime active moduleId refsetId referencedComponentId targetComponentId";

const REFERS_TO: u64 = 900_000_000_000_531_004;
const ENTIRE: u64 = 734_138_000;
const PART: u64 = 734_139_008;

/// A statement of one component about another.
struct Association {
    refset: u64,
    component: u64,
    target: u64,
    /// When it was made.
    made: u32,
    /// When it was withdrawn, where it was.
    withdrawn: Option<u32>,
}

impl Content {
    pub(crate) fn association_rows(&self, concept: Concept, rows: &mut Rows) {
        let mut number = 0;
        let mut write = |association| {
            self.association(rows, concept, number, &association);
            number += 1;
        };
        let component = self.concepts.id(concept);
        let module = self.concepts.module(concept);
        let changed = self.concepts.effective[concept as usize];
        let standing = |refset, target| Association {
            refset,
            component,
            target,
            made: changed,
            withdrawn: None,
        };
        for (refset, target) in self.history(concept).associations {
            write(standing(refset, target));
        }
        let Some(kind) = self.concepts.kind(concept) else {
            return;
        };
        let mut random = self.random("other associations", concept);
        let range = self.concepts.range(kind);
        let other = self.concepts.id(range.common_near(range.pick(&mut random)));
        if !self.concepts.is_active(concept) {
            if random.chance(30) {
                let withdrawn = Some(self.dates.pick_since(module, changed, &mut random));
                write(Association { withdrawn, ..standing(WAS_A, other) });
            }
            return;
        }
        if kind == KindIndex::BODY_STRUCTURE && other != component && random.chance(400) {
            let refset = if random.chance(300) { PART } else { ENTIRE };
            write(standing(refset, other));
        }
        if random.chance(3) {
            let inactive =
                range.inactive + random.below((range.end - range.inactive) as usize) as u32;
            let made = changed.max(self.concepts.effective[inactive as usize]);
            write(Association { made, ..standing(MOVED_FROM, self.concepts.id(inactive)) });
        }
        if other != component && random.chance(150) {
            for description in self.descriptions(concept).iter().filter(|text| !text.active) {
                let component = self.description_id(concept, description);
                let made = changed.max(description.effective);
                write(Association { component, made, ..standing(REFERS_TO, other) });
            }
        }
    }

    fn association(
        &self,
        rows: &mut Rows,
        concept: Concept,
        number: u64,
        association: &Association,
    ) {
        let &Association { refset, component, target, mut made, mut withdrawn } = association;
        let mut module = self.concepts.module(concept);
        // That an international concept was replaced by a national one is for the nation to say.
        if module <= Module::Core && target / 10 % 100 == 10 {
            module = Module::Clinical;
            made = self.dates.first_since(module, made);
            withdrawn = withdrawn.map(|day| self.dates.first_since(module, day));
        }
        let member = Member {
            purpose: "association",
            key: u64::from(concept) << 8 | number,
            since: Since::Perhaps(made),
            effective: withdrawn.unwrap_or(made),
            active: withdrawn.is_none(),
            module,
            refset,
            component,
        };
        self.member(rows, &member, |rows, _| {
            rows.number(target);
        });
    }
}
