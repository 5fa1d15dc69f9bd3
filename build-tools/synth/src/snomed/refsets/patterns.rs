//! Reference sets of the less frequent patterns, one of which no standard knows.

use super::mrcm;
use crate::random::{Random, keyed_hash};
use crate::rows::Rows;
use crate::sctid::{Component, UNITED_KINGDOM, compose};
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::kind::KindIndex;
use crate::snomed::module::Module;
use crate::snomed::versions::Since;
use std::fmt::Write as _;

/// A file of a pattern: folder, kind, summary, language, columns beyond the referenced component,
/// and what writes the rows of a concept.
pub(crate) struct Pattern {
    pub(crate) folder: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) language: &'static str,
    pub(crate) columns: &'static str,
    pub(crate) rows: fn(&Content, Concept, &mut Rows),
}

const fn pattern(
    folder: &'static str,
    kind: &'static str,
    summary: &'static str,
    columns: &'static str,
    rows: fn(&Content, Concept, &mut Rows),
) -> Pattern {
    Pattern { folder, kind, summary, language: "", columns, rows }
}

const CONTENT: &str = "Refset/Content";
const MAP: &str = "Refset/Map";
const METADATA: &str = "Refset/Metadata";

/// Every such file.
pub(crate) const PATTERNS: [Pattern; 13] = [
    pattern(CONTENT, "der2_iRefset", "Order", "order", Content::ordered_rows),
    pattern(
        CONTENT,
        "der2_ciRefset",
        "OrderedAssociation",
        "targetComponentId order",
        Content::ordered_association_rows,
    ),
    pattern(CONTENT, "der2_sRefset", "QuerySpecification", "query", Content::query_rows),
    // What no reader can know but by the descriptor.
    pattern(CONTENT, "der2_icsRefset", "Urgency", "rank gradeId remark", Content::urgency_rows),
    pattern(MAP, "der2_sRefset", "SimpleMap", "mapTarget", Content::simple_map_rows),
    pattern(
        MAP,
        "der2_scRefset",
        "SimpleMapWithCorrelation",
        "mapTarget correlationId",
        Content::correlation_map_rows,
    ),
    pattern(
        METADATA,
        "der2_ciRefset",
        "DescriptionType",
        "descriptionFormat descriptionLength",
        Content::description_type_rows,
    ),
    Pattern {
        language: "-en",
        ..pattern(
            METADATA,
            "der2_scsRefset",
            "ComponentAnnotationStringValue",
            "languageDialectCode typeId value",
            Content::component_annotation_rows,
        )
    },
    Pattern {
        language: "-en",
        ..pattern(
            METADATA,
            "der2_sscsRefset",
            "MemberAnnotationStringValue",
            "referencedMemberId languageDialectCode typeId value",
            Content::member_annotation_rows,
        )
    },
    pattern(
        METADATA,
        "der2_cRefset",
        "MRCMModuleScope",
        "mrcmRuleRefsetId",
        Content::module_scope_rows,
    ),
    pattern(METADATA, "der2_sssssssRefset", "MRCMDomain", mrcm::DOMAIN, Content::domain_rows),
    pattern(
        METADATA,
        "der2_cissccRefset",
        "MRCMAttributeDomain",
        mrcm::ATTRIBUTE_DOMAIN,
        Content::attribute_domain_rows,
    ),
    pattern(
        METADATA,
        "der2_ssccRefset",
        "MRCMAttributeRange",
        mrcm::ATTRIBUTE_RANGE,
        Content::attribute_range_rows,
    ),
];

pub(crate) const CTV3: u64 = 900_000_000_000_497_000;
pub(crate) const ICD_O: u64 = 446_608_001;
pub(crate) const ORDERED: u64 = invented(9_900_031);
pub(crate) const ORDERED_ASSOCIATION: u64 = invented(9_900_032);
pub(crate) const QUERY: u64 = invented(9_900_033);
pub(crate) const CORRELATION: u64 = invented(9_900_034);
pub(crate) const URGENCY: u64 = invented(9_900_035);
const NOTE: u64 = invented(9_900_038);
pub(crate) const DESCRIPTION_FORMAT: u64 = 900_000_000_000_538_005;
pub(crate) const COMPONENT_ANNOTATION: u64 = 1_292_992_004;
pub(crate) const MEMBER_ANNOTATION: u64 = 1_292_995_002;

const fn invented(item: u64) -> u64 {
    compose(item, Some(UNITED_KINGDOM), Component::Concept)
}

/// How many members the small reference sets have, and no fewer than this.
const FEW: usize = 12;

impl Content {
    /// A member of one of these reference sets.
    pub(super) fn pattern_member(
        &self,
        rows: &mut Rows,
        (refset, number): (u64, u64),
        concept: Concept,
        module: Module,
        columns: impl Fn(&mut Rows),
    ) {
        let born = self.birth(concept).max(self.dates.first(module));
        let key = u64::from(concept) << 8 | number;
        let mut random = Random::keyed(self.parameters.seed ^ refset, "pattern", key);
        let member = Member {
            purpose: "pattern",
            // Each reference set has keys of its own.
            key: keyed_hash(refset, "pattern key", key),
            since: Since::Perhaps(born),
            effective: self.dates.pick_since(module, born, &mut random),
            active: !random.chance(30),
            module,
            refset,
            component: self.concepts.id(concept),
        };
        self.member(rows, &member, |rows, _| columns(rows));
    }

    /// Whether a concept is one of the members of a small reference set, of which the first
    /// concepts of a kind are always some.
    fn is_chosen(&self, purpose: &str, concept: Concept, kind: KindIndex) -> bool {
        let range = self.concepts.range(kind);
        if !range.active().contains(&concept) {
            return false;
        }
        let wanted = self.parameters.rooted(400, FEW);
        let among = range.active().len().max(1);
        concept < range.first + FEW as Concept
            || self.random(purpose, concept).below(among) < wanted
    }

    fn ordered_rows(&self, concept: Concept, rows: &mut Rows) {
        if self.is_chosen("ordered", concept, KindIndex::QUALIFIER) {
            let first = self.concepts.range(KindIndex::QUALIFIER).first;
            let order = u64::from(concept - first + 1);
            self.pattern_member(rows, (ORDERED, 0), concept, Module::Clinical, |rows| {
                rows.number(order);
            });
        }
    }

    /// The choices below a concept, in an order.
    fn ordered_association_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_chosen("ordered association", concept, KindIndex::PROCEDURE) {
            return;
        }
        for (number, &parent) in self.concepts.parents.of(concept).iter().enumerate() {
            let target = self.concepts.id(parent);
            let key = (ORDERED_ASSOCIATION, number as u64);
            self.pattern_member(rows, key, concept, Module::Clinical, |rows| {
                rows.number(target).number(number as u64 + 1);
            });
        }
    }

    /// What a simple reference set is generated from, in the expression constraint language.
    fn query_rows(&self, concept: Concept, rows: &mut Rows) {
        let refsets = &self.concepts.simple_refsets;
        if !refsets.contains(&concept) || concept - refsets.start >= FEW as Concept {
            return;
        }
        let mut random = self.random("query", concept);
        let range = self.concepts.range(KindIndex::DISORDER);
        let (one, other) = (range.pick(&mut random), range.pick(&mut random));
        let [one, other] = [one, other].map(|concept| self.concepts.id(concept));
        let query = match random.below(3) {
            0 => format!("<< {one}"),
            1 => format!("< {one} MINUS << {other}"),
            _ => format!("<< {one} OR << {other}"),
        };
        self.pattern_member(rows, (QUERY, 0), concept, Module::Clinical, |rows| {
            rows.text(&query);
        });
    }

    fn urgency_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_chosen("urgency", concept, KindIndex::DISORDER) {
            return;
        }
        let mut random = self.random("urgency row", concept);
        let grade = self.concepts.range(KindIndex::QUALIFIER).pick(&mut random);
        let grade = self.concepts.id(grade);
        let rank = random.below(5) as u64;
        let remark = if random.chance(300) { "" } else { "see \"local\" guidance; 50 % by day 2" };
        self.pattern_member(rows, (URGENCY, 0), concept, Module::Clinical, |rows| {
            rows.number(rank).number(grade).text(remark);
        });
    }

    /// Codes of five characters, in which capitals and small letters differ; and codes of the form
    /// of ICD-O for what has a place or a form.
    fn simple_map_rows(&self, concept: Concept, rows: &mut Rows) {
        let Some(kind) = self.concepts.kind(concept) else { return };
        let mut random = self.random("simple map", concept);
        if self.concepts.module(concept) == Module::Core && random.chance(350) {
            let code = five_characters(concept, &mut random);
            self.pattern_member(rows, (CTV3, 0), concept, Module::Core, |rows| {
                rows.text(&code);
            });
        }
        let code = match kind {
            KindIndex::BODY_STRUCTURE => {
                format!("C{:02}.{}", random.below(81), random.below(10))
            }
            KindIndex::MORPHOLOGY => {
                format!("{}/{}", random.between(8000, 9989), [0, 1, 2, 3, 6][random.below(5)])
            }
            _ => return,
        };
        if self.concepts.is_active(concept) && random.chance(150) {
            let module = self.concepts.module(concept);
            self.pattern_member(rows, (ICD_O, 0), concept, module, |rows| {
                rows.text(&code);
            });
        }
    }

    fn correlation_map_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_chosen("correlation map", concept, KindIndex::OBSERVABLE) {
            return;
        }
        let mut random = self.random("correlation map row", concept);
        let code = format!("LAB-{:05}", random.below(100_000));
        let correlation = [447_557_004, 447_558_009, 447_561_005][random.below(3)];
        self.pattern_member(rows, (CORRELATION, 0), concept, Module::Clinical, |rows| {
            rows.text(&code).number(correlation);
        });
    }

    fn description_type_rows(&self, concept: Concept, rows: &mut Rows) {
        let length = match self.concepts.id(concept) {
            900_000_000_000_003_001 | 900_000_000_000_013_009 => 255,
            900_000_000_000_550_004 => 4096,
            _ => return,
        };
        let plain_text = 900_000_000_000_540_000;
        let member = Member {
            purpose: "description type",
            key: concept.into(),
            since: Since::New,
            effective: self.dates.first(Module::ModelComponent),
            active: true,
            module: Module::ModelComponent,
            refset: DESCRIPTION_FORMAT,
            component: self.concepts.id(concept),
        };
        self.member(rows, &member, |rows, _| {
            rows.number(plain_text).number(length);
        });
    }

    fn component_annotation_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_chosen("annotation", concept, KindIndex::DISORDER) {
            return;
        }
        let mut text = String::new();
        let _ = write!(text, "Reviewed {} times", self.random("review", concept).below(9) + 1);
        let key = (COMPONENT_ANNOTATION, 0);
        self.pattern_member(rows, key, concept, Module::Clinical, |rows| {
            rows.text("en").number(NOTE).text(&text);
        });
    }

    /// Notes on every second member of the ordered reference set.
    fn member_annotation_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_chosen("ordered", concept, KindIndex::QUALIFIER)
            || (concept - self.concepts.range(KindIndex::QUALIFIER).first) % 2 == 1
        {
            return;
        }
        let seed = self.parameters.seed;
        let key = keyed_hash(ORDERED, "pattern key", u64::from(concept) << 8);
        let halves = [seed, !seed].map(|seed| keyed_hash(seed, "pattern", key));
        let own = (MEMBER_ANNOTATION, 0);
        self.pattern_member(rows, own, concept, Module::Clinical, |rows| {
            rows.uuid(halves[0], halves[1])
                .text("en-GB")
                .number(NOTE)
                .text("Agreed by the editors");
        });
    }
}

/// A code of five characters; short ones are filled with dots.
fn five_characters(concept: Concept, random: &mut Random) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let digit = |value: u64| char::from(DIGITS[(value % 62) as usize]);
    if random.chance(300) {
        let chapter = char::from(b"ABCDEFGHJKLMNPQRSTUVZ"[random.below(21)]);
        let mut code = format!("{chapter}{:02}", random.below(100));
        while code.len() < 5 {
            code.push('.');
        }
        return code;
    }
    // Spread over all codes, so that neighbours do not look alike, and no two have one.
    let number = (u64::from(concept) * 3_141_593 + 7) % 14_776_336;
    let fours = [238_328, 3_844, 62, 1].map(|place| digit(number / place));
    ['X'].into_iter().chain(fours).collect()
}
