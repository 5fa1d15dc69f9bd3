//! Attributes: what a concept is related to beside its parents, in role groups.

use super::concepts::Concept;
use super::content::Content;
use super::hierarchy::suited;
use super::kind::KindIndex;
use crate::random::Random;
use crate::sctid::{Component, UNITED_KINGDOM_DRUG, compose};

/// What an attribute says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value {
    Concept(Concept),
    /// A number, spelled as in the release.
    Number(&'static str),
    /// Text of a label with two numbers in it.
    Label(u8, u8),
    Truth(bool),
}

/// One attribute of one concept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Attribute {
    pub(crate) group: u32,
    pub(crate) kind: u64,
    pub(crate) value: Value,
}

impl Value {
    /// A label as releases write it, within quotation marks.
    pub(crate) fn label(first: u8, second: u8) -> String {
        format!("take {first} \\\"as needed\\\" up to {second} \\\\ day")
    }
}

/// A kind of attribute: its concept, what its values are, and how many in a thousand groups hold it.
pub(crate) type Template = (u64, KindIndex, usize);

pub(crate) const STRENGTH: u64 = 1_142_135_004;
const DENOMINATOR: u64 = 1_142_136_003;
const BASE_COUNT: u64 = 1_142_139_005;
pub(crate) const LABEL: u64 = compose(9_900_011, Some(UNITED_KINGDOM_DRUG), Component::Concept);
pub(crate) const SUGAR_FREE: u64 =
    compose(9_900_012, Some(UNITED_KINGDOM_DRUG), Component::Concept);

const STRENGTHS: &[&str] =
    &["500", "250", "0.5", "10", "20", "5", "1", "2.5", "100", "0.25", "1000", "62.5", "0.05"];

const CONDITION: &[Template] = &[
    (116_676_008, KindIndex::MORPHOLOGY, 850),
    (363_698_007, KindIndex::BODY_STRUCTURE, 900),
    (246_075_003, KindIndex::ORGANISM, 150),
    (370_135_005, KindIndex::QUALIFIER, 200),
    (246_454_002, KindIndex::QUALIFIER, 150),
    (263_502_005, KindIndex::QUALIFIER, 250),
];
const FINDING: &[Template] = &[
    (363_698_007, KindIndex::BODY_STRUCTURE, 450),
    (363_714_003, KindIndex::OBSERVABLE, 650),
    (363_713_009, KindIndex::QUALIFIER, 600),
];
const PROCEDURE: &[Template] = &[
    (260_686_004, KindIndex::QUALIFIER, 980),
    (405_813_007, KindIndex::BODY_STRUCTURE, 750),
    (405_814_001, KindIndex::BODY_STRUCTURE, 150),
    (424_226_004, KindIndex::PHYSICAL_OBJECT, 250),
    (424_361_007, KindIndex::SUBSTANCE, 150),
    (363_703_001, KindIndex::QUALIFIER, 200),
    (260_507_000, KindIndex::QUALIFIER, 250),
    (363_702_006, KindIndex::DISORDER, 80),
];
const SITUATION: &[Template] = &[
    (246_090_004, KindIndex::FINDING, 600),
    (363_589_002, KindIndex::PROCEDURE, 400),
    (408_729_009, KindIndex::QUALIFIER, 600),
    (408_730_004, KindIndex::QUALIFIER, 350),
    (408_731_000, KindIndex::QUALIFIER, 900),
    (408_732_007, KindIndex::PERSON, 950),
];
const SPECIMEN: &[Template] =
    &[(118_169_006, KindIndex::BODY_STRUCTURE, 800), (370_133_003, KindIndex::SUBSTANCE, 700)];
const OBSERVABLE: &[Template] = &[
    (246_093_002, KindIndex::SUBSTANCE, 500),
    (370_130_000, KindIndex::QUALIFIER, 700),
    (370_132_008, KindIndex::QUALIFIER, 500),
    (704_319_004, KindIndex::BODY_STRUCTURE, 400),
];
const ANATOMY: &[Template] = &[(272_741_003, KindIndex::QUALIFIER, 500)];
const SUBSTANCE: &[Template] = &[(738_774_007, KindIndex::SUBSTANCE, 450)];
const INGREDIENT: &[Template] = &[
    (127_489_000, KindIndex::SUBSTANCE, 850),
    (762_949_000, KindIndex::SUBSTANCE, 950),
    (732_943_007, KindIndex::SUBSTANCE, 900),
    (732_945_000, KindIndex::QUALIFIER, 800),
    (732_947_008, KindIndex::QUALIFIER, 600),
];
const PACKAGING: &[Template] =
    &[(411_116_001, KindIndex::QUALIFIER, 950), (763_032_000, KindIndex::QUALIFIER, 700)];

/// Every kind of attribute that concepts of a kind have, and whether it stands in a role group.
pub(crate) fn templates() -> impl Iterator<Item = (KindIndex, bool, Template)> {
    let of: [(KindIndex, bool, &[Template]); 14] = [
        (KindIndex::DISORDER, true, CONDITION),
        (KindIndex::FINDING, true, FINDING),
        (KindIndex::EVENT, true, FINDING),
        (KindIndex::PROCEDURE, true, PROCEDURE),
        (KindIndex::REGIMEN, true, PROCEDURE),
        (KindIndex::SITUATION, true, SITUATION),
        (KindIndex::SPECIMEN, false, SPECIMEN),
        (KindIndex::OBSERVABLE, false, OBSERVABLE),
        (KindIndex::BODY_STRUCTURE, false, ANATOMY),
        (KindIndex::SUBSTANCE, false, SUBSTANCE),
        (KindIndex::MEDICINAL_PRODUCT, true, &INGREDIENT[..1]),
        (KindIndex::PRODUCT, true, INGREDIENT),
        (KindIndex::CLINICAL_DRUG, true, INGREDIENT),
        (KindIndex::CLINICAL_DRUG, false, PACKAGING),
    ];
    of.into_iter().flat_map(|(kind, grouped, templates)| {
        templates.iter().map(move |template| (kind, grouped, *template))
    })
}

impl Content {
    /// The attributes of a concept, by group; group 0 first.
    pub(crate) fn attributes(&self, concept: Concept) -> &[Attribute] {
        self.attributes.of(concept)
    }

    /// What a concept would say by itself.
    pub(super) fn drawn_attributes(&self, concept: Concept) -> Vec<Attribute> {
        let mut list = Vec::new();
        let Some(kind) = self.concepts.kind(concept) else {
            return list;
        };
        if !self.concepts.is_active(concept) {
            return list;
        }
        let mut random = self.random("attributes", concept);
        let random = &mut random;
        match kind {
            KindIndex::DISORDER => {
                if random.chance(200) {
                    let related = random.weighted(&[6, 2, 2]);
                    let kind = [42_752_001, 255_234_002, 47_429_007][related];
                    self.relate(&mut list, 0, kind, KindIndex::DISORDER, concept, random);
                }
                let groups = 1 + random.weighted(&[500, 350, 150]);
                self.groups(&mut list, 1, groups, CONDITION, concept, random);
            }
            KindIndex::FINDING | KindIndex::EVENT => {
                let groups = random.weighted(&[100, 600, 300]);
                self.groups(&mut list, 1, groups, FINDING, concept, random);
            }
            KindIndex::PROCEDURE | KindIndex::REGIMEN => {
                let groups = 1 + random.weighted(&[450, 380, 170]);
                self.groups(&mut list, 1, groups, PROCEDURE, concept, random);
            }
            KindIndex::SITUATION => self.groups(&mut list, 1, 1, SITUATION, concept, random),
            KindIndex::SPECIMEN => self.groups(&mut list, 0, 1, SPECIMEN, concept, random),
            KindIndex::OBSERVABLE => self.groups(&mut list, 0, 1, OBSERVABLE, concept, random),
            KindIndex::BODY_STRUCTURE => self.groups(&mut list, 0, 1, ANATOMY, concept, random),
            KindIndex::SUBSTANCE => self.groups(&mut list, 0, 1, SUBSTANCE, concept, random),
            KindIndex::MEDICINAL_PRODUCT => {
                for group in 1..=1 + random.weighted(&[750, 180, 70]) as u32 {
                    let kind = KindIndex::SUBSTANCE;
                    self.relate(&mut list, group, 127_489_000, kind, concept, random);
                }
            }
            KindIndex::CLINICAL_DRUG | KindIndex::PRODUCT | KindIndex::TRADE_PRODUCT => {
                self.product(&mut list, concept, random);
            }
            _ => {}
        }
        list
    }

    fn product(&self, list: &mut Vec<Attribute>, concept: Concept, random: &mut Random) {
        self.groups(list, 0, 1, PACKAGING, concept, random);
        let groups = 1 + random.weighted(&[800, 150, 50]);
        // Values are the new way to say strengths: a part of the products has them.
        let valued = random.chance(140);
        if valued {
            let count = ["1", "2", "3"][groups - 1];
            list.push(Attribute { group: 0, kind: BASE_COUNT, value: Value::Number(count) });
        }
        self.groups(list, 1, groups, INGREDIENT, concept, random);
        if !valued {
            return;
        }
        for group in 1..=groups as u32 {
            let value = Value::Number(STRENGTHS[random.zipf(STRENGTHS.len())]);
            list.push(Attribute { group, kind: STRENGTH, value });
            if random.chance(150) {
                list.push(Attribute { group, kind: DENOMINATOR, value: Value::Number("1") });
            }
        }
        if random.chance(20) {
            let (first, second) = (random.between(1, 9), random.between(2, 20));
            let value = Value::Label(first as u8, second as u8);
            list.push(Attribute { group: 0, kind: LABEL, value });
        }
        if random.chance(60) {
            let value = Value::Truth(random.chance(700));
            list.push(Attribute { group: 0, kind: SUGAR_FREE, value });
        }
    }

    fn groups(
        &self,
        list: &mut Vec<Attribute>,
        first: u32,
        count: usize,
        templates: &[Template],
        concept: Concept,
        random: &mut Random,
    ) {
        // Group numbers need not follow one another.
        let step = if first > 0 && random.chance(20) { 2 } else { 1 };
        for group in (0..count as u32).map(|number| first + number * step) {
            for &(kind, values, often) in templates {
                if random.chance(often) {
                    self.relate(list, group, kind, values, concept, random);
                }
            }
        }
    }

    fn relate(
        &self,
        list: &mut Vec<Attribute>,
        group: u32,
        kind: u64,
        values: KindIndex,
        concept: Concept,
        random: &mut Random,
    ) {
        let range = self.concepts.range(values);
        let target = suited(range, &self.concepts.modules, concept, range.pick(random));
        let attribute = Attribute { group, kind, value: Value::Concept(target) };
        if target != concept && !list.contains(&attribute) {
            list.push(attribute);
        }
    }
}
