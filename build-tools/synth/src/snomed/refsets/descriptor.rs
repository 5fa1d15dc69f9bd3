//! The reference set descriptor: what each column of each reference set holds.

use super::language::{AMERICAN, BRITISH, CLINICAL_REALM, PHARMACY_REALM};
use super::{mrcm, patterns};
use crate::rows::Rows;
use crate::sctid::{Component, UNITED_KINGDOM, compose};
use crate::snomed::content::{Content, Member};
use crate::snomed::history;
use crate::snomed::maps;
use crate::snomed::module::Module;
use crate::snomed::versions::Since;

/// The columns of the reference set descriptor.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId refsetId referencedComponentId attributeDescription attributeType attributeOrder";

const DESCRIPTOR: u64 = 900_000_000_000_456_007;
const SIMPLE_TYPE: u64 = 446_609_009;

const COMPONENT: u64 = 900_000_000_000_460_005;
const CONCEPT: u64 = 900_000_000_000_461_009;
const DESCRIPTION: u64 = 900_000_000_000_462_002;
const STRING: u64 = 900_000_000_000_465_000;
const PARSABLE: u64 = 707_000_009;
const TIME: u64 = 900_000_000_000_475_002;
const INTEGER: u64 = 900_000_000_000_476_001;
const UNSIGNED: u64 = 900_000_000_000_478_000;

const REFERENCED: u64 = 449_608_002;
const MAP_BLOCK: u64 = compose(9_900_021, Some(UNITED_KINGDOM), Component::Concept);
/// What the columns of patterns hold that have no concept of their own here.
const A_CONCEPT: u64 = compose(9_900_041, Some(UNITED_KINGDOM), Component::Concept);
const A_NUMBER: u64 = compose(9_900_042, Some(UNITED_KINGDOM), Component::Concept);
const A_TEXT: u64 = compose(9_900_043, Some(UNITED_KINGDOM), Component::Concept);
const OWL_EXPRESSION: u64 = compose(9_900_022, Some(UNITED_KINGDOM), Component::Concept);

/// What a column means and of which type it is, from the referenced component on.
type Column = (u64, u64);

const LANGUAGE: &[Column] = &[(REFERENCED, DESCRIPTION), (900_000_000_000_511_003, CONCEPT)];
const OF_CONCEPTS: &[Column] = &[(REFERENCED, CONCEPT), (900_000_000_000_491_004, CONCEPT)];
const OF_DESCRIPTIONS: &[Column] = &[(REFERENCED, DESCRIPTION), (900_000_000_000_491_004, CONCEPT)];
const ASSOCIATION: &[Column] =
    &[(900_000_000_000_532_006, COMPONENT), (900_000_000_000_533_001, COMPONENT)];
const MODULES: &[Column] = &[
    (900_000_000_000_535_008, CONCEPT),
    (900_000_000_000_536_009, TIME),
    (900_000_000_000_537_000, TIME),
];
const OWL: &[Column] = &[(REFERENCED, CONCEPT), (OWL_EXPRESSION, PARSABLE)];
const DESCRIPTORS: &[Column] = &[
    (REFERENCED, CONCEPT),
    (900_000_000_000_458_008, CONCEPT),
    (900_000_000_000_459_000, CONCEPT),
    (900_000_000_000_479_008, UNSIGNED),
];
const MAP: &[Column] = &[
    (900_000_000_000_500_006, CONCEPT),
    (900_000_000_000_501_005, UNSIGNED),
    (900_000_000_000_502_003, UNSIGNED),
    (900_000_000_000_503_008, STRING),
    (900_000_000_000_504_002, STRING),
    (900_000_000_000_505_001, STRING),
    (447_247_004, CONCEPT),
];
const CATEGORY: Column = (609_330_002, CONCEPT);
const BLOCK: Column = (MAP_BLOCK, UNSIGNED);

impl Content {
    pub(crate) fn descriptor_rows(&self, rows: &mut Rows) {
        let mut write = |refset: u64, columns: &[Column]| self.descriptors(rows, refset, columns);
        for dialect in [BRITISH, AMERICAN, CLINICAL_REALM, PHARMACY_REALM] {
            write(dialect, LANGUAGE);
        }
        write(900_000_000_000_489_007, OF_CONCEPTS);
        write(900_000_000_000_490_003, OF_DESCRIPTIONS);
        for association in [
            history::POSSIBLY_EQUIVALENT_TO,
            history::MOVED_TO,
            history::MOVED_FROM,
            history::REPLACED_BY,
            history::SAME_AS,
            history::WAS_A,
            history::SIMILAR_TO,
            history::ALTERNATIVE,
            history::POSSIBLY_REPLACED_BY,
            history::PARTIALLY_EQUIVALENT_TO,
            900_000_000_000_531_004,
            734_138_000,
            734_139_008,
        ] {
            write(association, ASSOCIATION);
        }
        write(900_000_000_000_534_007, MODULES);
        write(DESCRIPTOR, DESCRIPTORS);
        write(733_073_007, OWL);
        write(762_103_008, OWL);
        write(447_562_003, &[MAP, &[CATEGORY]].concat());
        write(999_002_271_000_000_101, &[MAP, &[BLOCK]].concat());
        write(maps::PROCEDURES, &[MAP, &[BLOCK]].concat());
        let text = (A_TEXT, STRING);
        let of_concept = (A_CONCEPT, CONCEPT);
        let count = (A_NUMBER, UNSIGNED);
        let first = (REFERENCED, CONCEPT);
        let target = (900_000_000_000_505_001, STRING);
        let correlation = (447_247_004, CONCEPT);
        write(patterns::CTV3, &[first, target]);
        write(patterns::ICD_O, &[first, target]);
        write(patterns::CORRELATION, &[first, target, correlation]);
        write(patterns::ORDERED, &[first, count]);
        write(patterns::ORDERED_ASSOCIATION, &[first, of_concept, count]);
        write(patterns::QUERY, &[first, (A_TEXT, PARSABLE)]);
        write(patterns::URGENCY, &[first, (A_NUMBER, INTEGER), of_concept, text]);
        write(patterns::DESCRIPTION_FORMAT, &[first, of_concept, count]);
        write(patterns::COMPONENT_ANNOTATION, &[(REFERENCED, COMPONENT), text, of_concept, text]);
        write(
            patterns::MEMBER_ANNOTATION,
            &[(REFERENCED, COMPONENT), text, text, of_concept, text],
        );
        write(mrcm::MODULE_SCOPE_REFSET, &[first, of_concept]);
        write(mrcm::DOMAIN_REFSET, &[&[first][..], &[text; 7]].concat());
        write(
            mrcm::ATTRIBUTE_DOMAIN_REFSET,
            &[first, of_concept, count, text, text, of_concept, of_concept],
        );
        write(mrcm::ATTRIBUTE_RANGE_REFSET, &[first, text, text, of_concept, of_concept]);
        write(SIMPLE_TYPE, &[(REFERENCED, COMPONENT)]);
        for refset in self.concepts.simple_refsets.clone() {
            write(self.concepts.id(refset), &[(REFERENCED, CONCEPT)]);
        }
    }

    fn descriptors(&self, rows: &mut Rows, refset: u64, columns: &[Column]) {
        let module =
            if refset / 10 % 100 == 10 { Module::Clinical } else { Module::ModelComponent };
        // A column whose meaning is national content is described since there is such content.
        let national = columns.iter().any(|(meaning, _)| meaning / 10 % 100 == 10);
        let since = if national { Module::Clinical } else { module };
        for (order, &(meaning, kind)) in columns.iter().enumerate() {
            let member = Member {
                purpose: "descriptor",
                key: refset * 16 + order as u64,
                since: Since::New,
                effective: self.dates.first(since),
                active: true,
                module,
                refset: DESCRIPTOR,
                component: refset,
            };
            self.member(rows, &member, |rows, _| {
                rows.number(meaning).number(kind).number(order as u64);
            });
        }
    }
}
