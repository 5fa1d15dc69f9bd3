//! Relationship rows: is-a and attributes, those in force and those that were.

use super::attributes::{Attribute, Value};
use super::concepts::Concept;
use super::content::Content;
use crate::rows::Rows;
use crate::sctid::Component;

/// The columns of the Relationship file.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId sourceId destinationId relationshipGroup typeId characteristicTypeId modifierId";
/// The columns of the RelationshipConcreteValues file.
pub(crate) const CONCRETE_HEADER: &str = "id effectiveTime active moduleId sourceId value relationshipGroup typeId characteristicTypeId modifierId";

const IS_A: u64 = 116_680_003;
const INFERRED: u64 = 900_000_000_000_011_006;
const ADDITIONAL: u64 = 900_000_000_000_227_009;
const SOME: u64 = 900_000_000_000_451_002;
const CONCRETE_ROWS_FROM: usize = 25;

impl Content {
    pub(crate) fn relationship_rows(&self, concept: Concept, rows: &mut Rows) {
        let mut row = 0;
        let active = self.concepts.is_active(concept);
        for &parent in self.concepts.parents.of(concept) {
            self.relationship(rows, concept, &mut row, active, parent, 0, IS_A, INFERRED);
        }
        for Attribute { group, kind, value } in self.attributes(concept) {
            if let Value::Concept(target) = value {
                self.relationship(rows, concept, &mut row, true, target, group, kind, INFERRED);
            }
        }
        self.other_relationships(concept, &mut row, rows);
        debug_assert!(row <= CONCRETE_ROWS_FROM, "{row} relationship rows");
    }

    /// Superseded rows, and rows that are additional to the definition.
    fn other_relationships(&self, concept: Concept, row: &mut usize, rows: &mut Rows) {
        let Some(kind) = self.concepts.kind(concept) else {
            return;
        };
        let mut random = self.random("other relationships", concept);
        let range = self.concepts.range(kind);
        if random.chance(150) {
            let parent = range.pick(&mut random);
            if parent != concept && !self.concepts.parents.of(concept).contains(&parent) {
                self.relationship(rows, concept, row, false, parent, 0, IS_A, INFERRED);
            }
        }
        if random.chance(70) {
            let finding_site = 363_698_007;
            let target = range.pick(&mut random);
            self.relationship(rows, concept, row, false, target, 1, finding_site, INFERRED);
        }
        if self.concepts.is_active(concept) && random.chance(8) {
            let laterality = 272_741_003;
            let target = range.common_near(range.pick(&mut random));
            self.relationship(rows, concept, row, true, target, 0, laterality, ADDITIONAL);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one for each column that differs")]
    fn relationship(
        &self,
        rows: &mut Rows,
        concept: Concept,
        row: &mut usize,
        active: bool,
        target: Concept,
        group: u32,
        kind: u64,
        characteristic: u64,
    ) {
        self.start(rows, concept, *row, active);
        rows.number(self.concepts.id(target))
            .number(group.into())
            .number(kind)
            .number(characteristic)
            .number(SOME)
            .end();
        *row += 1;
    }

    /// The columns both relationship files begin with.
    fn start(&self, rows: &mut Rows, concept: Concept, row: usize, active: bool) {
        let module = self.concepts.module(concept);
        let id = self.concepts.component_id(concept, module, Component::Relationship, row);
        let mut random = crate::random::Random::keyed(self.parameters.seed, "relationship", id);
        let since = self.concepts.effective[concept as usize];
        rows.number(id)
            .number(self.dates.pick_since(module, since, &mut random).into())
            .flag(active)
            .number(module.id())
            .number(self.concepts.id(concept));
    }

    pub(crate) fn concrete_rows(&self, concept: Concept, rows: &mut Rows) {
        let mut row = CONCRETE_ROWS_FROM;
        for Attribute { group, kind, value } in self.attributes(concept) {
            let text = match value {
                Value::Concept(_) => continue,
                Value::Number(number) => format!("#{number}"),
                Value::Text(text) => format!("\"{text}\""),
                Value::Truth(truth) => truth.to_string(),
            };
            self.start(rows, concept, row, true);
            rows.text(&text).number(group.into()).number(kind).number(INFERRED).number(SOME).end();
            row += 1;
        }
        if row > CONCRETE_ROWS_FROM && self.random("superseded value", concept).chance(100) {
            self.start(rows, concept, row, false);
            rows.text("#7").number(1).number(1_142_135_004).number(INFERRED).number(SOME).end();
        }
    }
}
