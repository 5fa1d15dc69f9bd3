//! Relationship rows: is-a and attributes, those in force and those that were.

use super::attributes::{Attribute, STRENGTH, Value};
use super::concepts::Concept;
use super::content::Content;
use super::hierarchy::suited;
use super::versions::{Since, Version};
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

/// A relationship but for where it leads, which the two files write differently.
struct Relationship {
    concept: Concept,
    /// Its number among those of the concept.
    row: usize,
    active: bool,
    group: u32,
    kind: u64,
    characteristic: u64,
    /// Whether the concept cannot be without it.
    lasting: bool,
}

impl Content {
    pub(crate) fn relationship_rows(&self, concept: Concept, rows: &mut Rows) {
        let active = self.concepts.is_active(concept);
        let mut row = 0;
        let mut write = |active, target: Concept, group, kind, characteristic| {
            // One parent stays, the others may come and go.
            let lasting = row == 0;
            let relationship =
                Relationship { concept, row, active, group, kind, characteristic, lasting };
            let target = self.concepts.id(target);
            self.relationship(rows, &relationship, |rows| {
                rows.number(target);
            });
            row += 1;
        };
        for &parent in self.concepts.parents.of(concept) {
            write(active, parent, 0, IS_A, INFERRED);
        }
        for &Attribute { group, kind, value } in self.attributes(concept) {
            if let Value::Concept(target) = value {
                write(true, target, group, kind, INFERRED);
            }
        }
        self.other_relationships(concept, write);
        debug_assert!(row <= CONCRETE_ROWS_FROM, "{row} relationship rows");
    }

    /// Superseded rows, and rows that are additional to the definition.
    fn other_relationships(
        &self,
        concept: Concept,
        mut write: impl FnMut(bool, Concept, u32, u64, u64),
    ) {
        let Some(kind) = self.concepts.kind(concept) else {
            return;
        };
        let mut random = self.random("other relationships", concept);
        let range = self.concepts.range(kind);
        let modules = &self.concepts.modules;
        if random.chance(150) {
            let parent = suited(range, modules, concept, range.pick(&mut random));
            // Concepts stand behind what is above them, so that no row led round in a circle.
            if parent < concept && !self.concepts.parents.of(concept).contains(&parent) {
                write(false, parent, 0, IS_A, INFERRED);
            }
        }
        if random.chance(70) {
            let finding_site = 363_698_007;
            let target = suited(range, modules, concept, range.pick(&mut random));
            write(false, target, 1, finding_site, INFERRED);
        }
        if self.concepts.is_active(concept) && random.chance(8) {
            let laterality = 272_741_003;
            let target = range.common_near(range.pick(&mut random));
            write(true, target, 0, laterality, ADDITIONAL);
        }
    }

    /// Writes the versions of a relationship; `target` writes what it leads to.
    fn relationship(
        &self,
        rows: &mut Rows,
        relationship: &Relationship,
        target: impl Fn(&mut Rows),
    ) {
        let &Relationship { concept, row, active, group, kind, characteristic, lasting } =
            relationship;
        let module = self.concepts.module(concept);
        let id = self.concepts.component_id(concept, module, Component::Relationship, row);
        let mut random = crate::random::Random::keyed(self.parameters.seed, "relationship", id);
        let changed = self.concepts.effective[concept as usize];
        // The relationships of a concept end with it.
        let effective = match self.concepts.is_active(concept) {
            true => self.dates.pick_since(module, changed, &mut random),
            false => changed,
        };
        let newest = Version::newest(effective, active);
        let born = self.birth(concept);
        let since = if lasting { Since::Always(born) } else { Since::Perhaps(born) };
        let earlier = || self.earlier("relationship", id, module, since, newest);
        for version in rows.selection.of(newest, earlier) {
            let module = if version.former { module.former() } else { module };
            rows.number(id)
                .number(version.effective.into())
                .flag(version.active)
                .number(module.id())
                .number(self.concepts.id(concept));
            target(rows);
            rows.number(group.into()).number(kind).number(characteristic).number(SOME).end();
        }
    }

    pub(crate) fn concrete_rows(&self, concept: Concept, rows: &mut Rows) {
        let mut row = CONCRETE_ROWS_FROM;
        let mut write = |active, group, kind, text: &str| {
            let (characteristic, lasting) = (INFERRED, false);
            let relationship =
                Relationship { concept, row, active, group, kind, characteristic, lasting };
            self.relationship(rows, &relationship, |rows| {
                rows.text(text);
            });
            row += 1;
        };
        let mut any = false;
        for &Attribute { group, kind, value } in self.attributes(concept) {
            let text = match value {
                Value::Concept(_) => continue,
                Value::Number(number) => format!("#{number}"),
                Value::Label(first, second) => format!("\"{}\"", Value::label(first, second)),
                Value::Truth(truth) => truth.to_string(),
            };
            any = true;
            write(true, group, kind, &text);
        }
        if any && self.random("superseded value", concept).chance(100) {
            write(false, 1, STRENGTH, "#7");
        }
    }
}
