//! OWL axioms: the stated form of each active concept.

use super::attributes::{Attribute, Value};
use super::concepts::Concept;
use super::content::{Content, Member};
use super::module::Module;
use super::versions::Since;
use crate::rows::Rows;
use std::fmt::Write as _;

/// The columns of the OWLExpression file.
pub(crate) const HEADER: &str =
    "id effectiveTime active moduleId refsetId referencedComponentId owlExpression";

const AXIOM: u64 = 733_073_007;
const ONTOLOGY: u64 = 762_103_008;
const ROLE_GROUP: u64 = 609_096_000;
const OBJECT_ATTRIBUTE: u64 = 762_705_008;
const DATA_ATTRIBUTE: u64 = 762_706_009;

const PREFIXES: [&str; 5] = [
    "Prefix(:=<http://snomed.info/id/>)",
    "Prefix(owl:=<http://www.w3.org/2002/07/owl#>)",
    "Prefix(rdf:=<http://www.w3.org/1999/02/22-rdf-syntax-ns#>)",
    "Prefix(rdfs:=<http://www.w3.org/2000/01/rdf-schema#>)",
    "Prefix(xsd:=<http://www.w3.org/2001/XMLSchema#>)",
];

impl Content {
    /// Whether a concept is sufficiently defined.
    pub(crate) fn is_defined(&self, concept: Concept) -> bool {
        self.concepts.is_active(concept)
            && !self.concepts.is_fixed(concept)
            && self.random("definition status", concept).chance(520)
            && self.attributes(concept).iter().any(|attribute| attribute.group > 0)
    }

    pub(crate) fn owl_rows(&self, concept: Concept, rows: &mut Rows) {
        let parents = self.concepts.parents.of(concept);
        if parents.is_empty() {
            self.ontology_rows(concept, rows);
            return;
        }
        if !self.concepts.is_active(concept) {
            return;
        }
        self.owl_row(rows, concept, AXIOM, 0, &self.axiom(concept));
        let id = self.concepts.id(concept);
        // The parts of the ontology that no relationship row can say.
        if id == 363_704_007 {
            let chain =
                "SubObjectPropertyOf(ObjectPropertyChain(:363704007 :738774007) :363704007)";
            self.owl_row(rows, concept, AXIOM, 1, chain);
            self.owl_row(rows, concept, AXIOM, 2, "TransitiveObjectProperty(:738774007)");
            self.owl_row(rows, concept, AXIOM, 3, "ReflexiveObjectProperty(:738774007)");
        }
        if !self.concepts.is_fixed(concept) && self.random("general axiom", concept).chance(4) {
            let parent = self.concepts.id(parents[0]);
            let inclusion = format!(
                "SubClassOf(ObjectIntersectionOf(:{parent} ObjectSomeValuesFrom(:{ROLE_GROUP} \
                 ObjectSomeValuesFrom(:363698007 :123037004))) :{id})"
            );
            self.owl_row(rows, concept, AXIOM, 1, &inclusion);
        }
    }

    fn ontology_rows(&self, root: Concept, rows: &mut Rows) {
        for (number, prefix) in PREFIXES.iter().enumerate() {
            self.owl_member(rows, root, ONTOLOGY, 734_146_004, number, prefix);
        }
        let header = "Ontology(<http://snomed.info/sct/900000000000207008>)";
        self.owl_member(rows, root, ONTOLOGY, 734_147_008, PREFIXES.len(), header);
    }

    fn owl_row(&self, rows: &mut Rows, concept: Concept, refset: u64, number: usize, text: &str) {
        self.owl_member(rows, concept, refset, self.concepts.id(concept), number, text);
    }

    fn owl_member(
        &self,
        rows: &mut Rows,
        concept: Concept,
        refset: u64,
        component: u64,
        number: usize,
        text: &str,
    ) {
        let module = self.concepts.module(concept);
        let since = self.concepts.effective[concept as usize].max(20_190_731);
        let mut random = self.random("owl", concept);
        let effective = match module {
            Module::Edition => self.dates.latest(module),
            _ => self.dates.pick_since(module, since, &mut random),
        };
        // Axioms have been published since then.
        let born = self.birth(concept).max(20_190_731);
        let member = Member {
            purpose: "owl",
            key: u64::from(concept) << 4 | number as u64,
            since: Since::Always(self.dates.first_since(module, born)),
            effective,
            active: true,
            module,
            refset,
            component,
        };
        let superclass = self.concepts.parents.of(concept).first();
        self.member(rows, &member, |rows, former| match superclass.filter(|_| former) {
            // Before it said more, an axiom named a parent.
            Some(&parent) if number == 0 => {
                let parent = self.concepts.id(parent);
                rows.text(&format!("SubClassOf(:{component} :{parent})"));
            }
            _ => {
                rows.text(text);
            }
        });
    }

    fn axiom(&self, concept: Concept) -> String {
        let id = self.concepts.id(concept);
        let parents = self.concepts.parents.of(concept);
        let attributes = self.attributes(concept);
        let data = self.is_below(concept, DATA_ATTRIBUTE);
        if data || self.is_below(concept, OBJECT_ATTRIBUTE) {
            let form = if data { "SubDataPropertyOf" } else { "SubObjectPropertyOf" };
            return format!("{form}(:{id} :{})", self.concepts.id(parents[0]));
        }
        let form = if self.is_defined(concept) { "EquivalentClasses" } else { "SubClassOf" };
        let mut text = format!("{form}(:{id} ");
        let together = parents.len() > 1 || !attributes.is_empty();
        if together {
            text.push_str("ObjectIntersectionOf(");
        }
        for (at, &parent) in parents.iter().enumerate() {
            let space = if at > 0 { " " } else { "" };
            let _ = write!(text, "{space}:{}", self.concepts.id(parent));
        }
        let mut groups: Vec<u32> = attributes.iter().map(|attribute| attribute.group).collect();
        groups.dedup();
        groups.sort_unstable();
        groups.dedup();
        for group in groups {
            let held: Vec<&Attribute> =
                attributes.iter().filter(|attribute| attribute.group == group).collect();
            if group == 0 {
                // Each ungrouped attribute is a group of its own.
                held.into_iter().for_each(|one| self.write_group(&mut text, &[one]));
            } else {
                self.write_group(&mut text, &held);
            }
        }
        if together {
            text.push(')');
        }
        text.push(')');
        text
    }

    fn write_group(&self, text: &mut String, held: &[&Attribute]) {
        let _ = write!(text, " ObjectSomeValuesFrom(:{ROLE_GROUP} ");
        if held.len() > 1 {
            text.push_str("ObjectIntersectionOf(");
        }
        for (at, attribute) in held.iter().enumerate() {
            let space = if at > 0 { " " } else { "" };
            let kind = attribute.kind;
            let _ = match &attribute.value {
                Value::Concept(target) => {
                    let target = self.concepts.id(*target);
                    write!(text, "{space}ObjectSomeValuesFrom(:{kind} :{target})")
                }
                Value::Number(number) => {
                    let form = if number.contains('.') { "decimal" } else { "integer" };
                    write!(text, "{space}DataHasValue(:{kind} \"{number}\"^^xsd:{form})")
                }
                Value::Label(first, second) => {
                    let words = Value::label(*first, *second);
                    write!(text, "{space}DataHasValue(:{kind} \"{words}\"^^xsd:string)")
                }
                Value::Truth(truth) => {
                    write!(text, "{space}DataHasValue(:{kind} \"{truth}\"^^xsd:boolean)")
                }
            };
        }
        if held.len() > 1 {
            text.push(')');
        }
        text.push(')');
    }

    /// Whether a fixed concept stands below another.
    fn is_below(&self, concept: Concept, ancestor: u64) -> bool {
        self.concepts.is_fixed(concept)
            && self.concepts.parents.of(concept).iter().any(|&parent| {
                self.concepts.id(parent) == ancestor || self.is_below(parent, ancestor)
            })
    }
}
