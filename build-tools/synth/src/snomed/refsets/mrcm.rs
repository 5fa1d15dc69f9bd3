//! The machine readable concept model: which attributes concepts of a domain may have, and which
//! values these may take. It says what the attributes of the release keep to.

use super::patterns::Pattern;
use crate::rows::Rows;
use crate::snomed::attributes::{STRENGTH, Template, templates};
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::module::Module;
use crate::snomed::versions::Since;

/// The columns of the domain file beyond the referenced component.
pub(super) const DOMAIN: &str = "domainConstraint parentDomain proximalPrimitiveConstraint proximalPrimitiveRefinement domainTemplateForPrecoordination domainTemplateForPostcoordination guideURL";
/// Those of the attribute domain file.
pub(super) const ATTRIBUTE_DOMAIN: &str = "domainId grouped attributeCardinality attributeInGroupCardinality ruleStrengthId contentTypeId";
/// Those of the attribute range file.
pub(super) const ATTRIBUTE_RANGE: &str =
    "rangeConstraint attributeRule ruleStrengthId contentTypeId";

pub(crate) const MODULE_SCOPE_REFSET: u64 = 723_563_008;
pub(crate) const DOMAIN_REFSET: u64 = 723_560_006;
pub(crate) const ATTRIBUTE_DOMAIN_REFSET: u64 = 723_561_005;
pub(crate) const ATTRIBUTE_RANGE_REFSET: u64 = 723_562_003;

const MANDATORY: u64 = 723_597_001;
const OPTIONAL: u64 = 723_598_006;
const ALL_CONTENT: u64 = 723_596_005;

/// The names of all columns of a pattern's file.
pub(crate) fn header(pattern: &Pattern) -> String {
    let base = "id effectiveTime active moduleId refsetId referencedComponentId";
    format!("{base} {}", pattern.columns)
}

impl Content {
    fn rule(
        &self,
        rows: &mut Rows,
        (refset, number): (u64, u64),
        concept: Concept,
        columns: impl Fn(&mut Rows),
    ) {
        // A rule on national content is there since that is.
        let module = self.concepts.module(concept);
        let module = if module <= Module::Core { Module::ModelComponent } else { module };
        let member = Member {
            purpose: "concept model",
            key: refset << 28 | u64::from(concept) << 6 | number,
            since: Since::New,
            effective: self.dates.first(module.max(Module::Clinical)),
            active: true,
            module,
            refset,
            component: self.concepts.id(concept),
        };
        self.member(rows, &member, |rows, _| columns(rows));
    }

    /// Which rules the content of a module keeps to.
    pub(super) fn module_scope_rows(&self, concept: Concept, rows: &mut Rows) {
        let id = self.concepts.id(concept);
        if Module::ALL.iter().all(|module| module.id() != id) {
            return;
        }
        let refsets = [DOMAIN_REFSET, ATTRIBUTE_DOMAIN_REFSET, ATTRIBUTE_RANGE_REFSET];
        for (number, refset) in refsets.into_iter().enumerate() {
            self.rule(rows, (MODULE_SCOPE_REFSET, number as u64), concept, |rows| {
                rows.number(refset);
            });
        }
    }

    pub(super) fn domain_rows(&self, concept: Concept, rows: &mut Rows) {
        let id = self.concepts.id(concept);
        let mut own = templates().filter(|(kind, ..)| kind.get().root == id).peekable();
        if own.peek().is_none() {
            return;
        }
        let parent = templates().find(|(kind, ..)| {
            let parents = self.concepts.parents.of(concept);
            parents.iter().any(|&parent| self.concepts.id(parent) == kind.get().root)
        });
        let parent = parent.map_or(String::new(), |(kind, ..)| self.labelled(kind.get().root));
        let constraint = format!("<< {}", self.labelled(id));
        let rules: Vec<String> =
            own.map(|(_, grouped, template)| self.attribute_rule(grouped, template)).collect();
        let template = format!("[[+id(<< {})]]: {}", self.labelled(id), rules.join(", "));
        self.rule(rows, (DOMAIN_REFSET, 0), concept, |rows| {
            rows.text(&constraint)
                .text(&parent)
                .text(&constraint)
                .text("")
                .text(&template)
                .text(&template)
                .text("http://example.org/concept-model");
        });
    }

    pub(super) fn attribute_domain_rows(&self, concept: Concept, rows: &mut Rows) {
        let id = self.concepts.id(concept);
        let of = templates().filter(|(_, _, template)| template.0 == id);
        for (number, (domain, grouped, template)) in of.enumerate() {
            let key = (ATTRIBUTE_DOMAIN_REFSET, number as u64);
            // What nearly all concepts of the domain have is more than allowed.
            let strength = if template.2 >= 900 { MANDATORY } else { OPTIONAL };
            self.rule(rows, key, concept, |rows| {
                rows.number(domain.get().root)
                    .flag(grouped)
                    .text("0..*")
                    .text(if grouped { "0..1" } else { "0..0" })
                    .number(strength)
                    .number(ALL_CONTENT);
            });
        }
    }

    pub(super) fn attribute_range_rows(&self, concept: Concept, rows: &mut Rows) {
        let id = self.concepts.id(concept);
        let mut ranges: Vec<u64> = templates()
            .filter(|(_, _, template)| template.0 == id)
            .map(|(_, _, template)| template.1.get().root)
            .collect();
        ranges.sort_unstable();
        ranges.dedup();
        let range = match (ranges.is_empty(), id) {
            (false, _) => {
                let parts = ranges.iter().map(|root| format!("<< {}", self.labelled(*root)));
                parts.collect::<Vec<_>>().join(" OR ")
            }
            (true, STRENGTH) => "dec(>#0..)".to_owned(),
            (true, _) => return,
        };
        let rule = format!("<< {}: {} = {range}", self.labelled(138_875_005), self.labelled(id));
        self.rule(rows, (ATTRIBUTE_RANGE_REFSET, 0), concept, |rows| {
            rows.text(&range).text(&rule).number(MANDATORY).number(ALL_CONTENT);
        });
    }

    fn attribute_rule(&self, grouped: bool, template: Template) -> String {
        let (attribute, values, _) = template;
        let (open, close) = if grouped { ("{ ", " }") } else { ("", "") };
        let values = self.labelled(values.get().root);
        format!(
            "[[0..*]] {open}[[0..1]] {} = [[+id(<< {values})]]{close}",
            self.labelled(attribute)
        )
    }

    /// The identifier of a fixed concept and its name, as in `64572001 |Disease (disorder)|`.
    fn labelled(&self, id: u64) -> String {
        let named = self.concepts.fixed.iter().find(|concept| concept.id == id);
        named.map_or(id.to_string(), |concept| format!("{id} |{} ({})|", concept.name, concept.tag))
    }
}
