//! Language reference sets: which descriptions each dialect prefers and accepts.

use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::descriptions::{Acceptability, Description};
use crate::snomed::module::Module;
use crate::snomed::versions::{Selection, Since};

/// The columns of a language reference set.
pub(crate) const HEADER: &str =
    "id effectiveTime active moduleId refsetId referencedComponentId acceptabilityId";

pub(crate) const BRITISH: u64 = 900_000_000_000_508_004;
pub(crate) const AMERICAN: u64 = 900_000_000_000_509_007;
pub(crate) const CLINICAL_REALM: u64 = 999_001_261_000_000_100;
pub(crate) const PHARMACY_REALM: u64 = 999_000_691_000_001_104;
const DIALECTS: [u64; 4] = [BRITISH, AMERICAN, CLINICAL_REALM, PHARMACY_REALM];

const PREFERRED: u64 = 900_000_000_000_548_007;
const ACCEPTABLE: u64 = 900_000_000_000_549_004;

impl Content {
    pub(crate) fn language_rows(&self, concept: Concept, rows: &mut Rows) {
        for description in self.descriptions(concept) {
            for (number, &dialect) in DIALECTS.iter().enumerate() {
                // A dialect lets go of a description when the description is retired.
                let retired = !description.active && dialect == BRITISH;
                let taken = self
                    .acceptability(concept, &description, dialect)
                    .or(retired.then_some(Acceptability::Acceptable));
                if let Some(acceptability) = taken {
                    self.language_row(rows, concept, &description, number, acceptability);
                }
            }
        }
        if let Some(effective) = self.definition_date(concept) {
            let id = self.definition_id(concept);
            let module = self.concepts.module(concept);
            let dialect = if module == Module::Core { BRITISH } else { CLINICAL_REALM };
            let member = Member {
                purpose: "definition language",
                key: id,
                since: Since::New,
                effective,
                active: true,
                module,
                refset: dialect,
                component: id,
            };
            self.member(rows, &member, |rows, _| {
                rows.number(PREFERRED);
            });
        }
    }

    /// How a dialect takes a description.
    pub(crate) fn acceptability(
        &self,
        concept: Concept,
        description: &Description,
        dialect: u64,
    ) -> Option<Acceptability> {
        if !description.active {
            return None;
        }
        // What a dialect takes of a concept goes by the module of the concept, so that each
        // concept has one preferred synonym in a dialect or none at all.
        let module = self.concepts.module(concept);
        match dialect {
            BRITISH => description.british.filter(|_| {
                module <= Module::Core || self.random("British row", concept).chance(50)
            }),
            AMERICAN => description.american.filter(|_| {
                module <= Module::Core
                    && (self.concepts.is_active(concept)
                        || self.random("American row", concept).chance(600))
            }),
            CLINICAL_REALM => description.british.filter(|_| {
                module != Module::Drug
                    && (module > Module::Core || self.concepts.is_active(concept))
            }),
            _ => description.british.filter(|_| module == Module::Drug),
        }
    }

    fn language_row(
        &self,
        rows: &mut Rows,
        concept: Concept,
        description: &Description,
        dialect: usize,
        acceptability: Acceptability,
    ) {
        let id = self.description_id(concept, description);
        let module = match DIALECTS[dialect] {
            CLINICAL_REALM => description.module.max(Module::Clinical),
            _ => description.module,
        };
        let key = id * DIALECTS.len() as u64 + dialect as u64;
        let mut random = crate::random::Random::keyed(self.parameters.seed, "language", key);
        // What is preferred stays, so that a concept is never without a preferred term. A dialect
        // lets go of a description on the day that is retired.
        let since = match rows.selection {
            Selection::Newest => Since::New,
            _ => {
                let born = self.description_birth(concept, description);
                let born = born.max(self.dates.first(module));
                let lasting = acceptability == Acceptability::Preferred;
                if lasting { Since::Always(born) } else { Since::Perhaps(born) }
            }
        };
        let effective = match description.active {
            true => self.dates.pick_since(module, description.effective, &mut random),
            false => description.effective,
        };
        let member = Member {
            purpose: "language",
            key,
            since,
            effective,
            active: description.active,
            module,
            refset: DIALECTS[dialect],
            component: id,
        };
        let acceptability = match acceptability {
            Acceptability::Preferred => PREFERRED,
            Acceptability::Acceptable => ACCEPTABLE,
        };
        self.member(rows, &member, |rows, _| {
            rows.number(acceptability);
        });
    }
}
