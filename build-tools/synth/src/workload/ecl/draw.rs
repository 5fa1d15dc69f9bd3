//! What expressions are made of, drawn so that they have answers: concepts with some number of
//! others below them, attributes that some concept has, words of terms.

use crate::random::Random;
use crate::snomed::attributes::{Attribute, Value};
use crate::snomed::concepts::Concept;
use crate::snomed::kind::KindIndex;
use crate::workload::Workload;
use crate::workload::search::typed_words;

/// Where code lists come from.
const CLINICAL: &[KindIndex] = &[
    KindIndex::DISORDER,
    KindIndex::DISORDER,
    KindIndex::DISORDER,
    KindIndex::FINDING,
    KindIndex::PROCEDURE,
    KindIndex::PROCEDURE,
    KindIndex::CLINICAL_DRUG,
    KindIndex::TRADE_PRODUCT,
    KindIndex::BODY_STRUCTURE,
    KindIndex::SUBSTANCE,
    KindIndex::ORGANISM,
];
/// What has attributes in role groups.
const DEFINED: &[KindIndex] = &[
    KindIndex::DISORDER,
    KindIndex::DISORDER,
    KindIndex::DISORDER,
    KindIndex::FINDING,
    KindIndex::PROCEDURE,
    KindIndex::PROCEDURE,
    KindIndex::SITUATION,
    KindIndex::CLINICAL_DRUG,
];

/// An attribute whose value is a concept, and the concept that has it.
pub(super) struct Stated {
    pub(super) source: Concept,
    pub(super) group: u32,
    pub(super) kind: u64,
    pub(super) target: Concept,
}

impl Workload<'_> {
    /// An active concept of a kind.
    pub(super) fn of_kind(&self, kind: KindIndex, random: &mut Random) -> Concept {
        let range = self.content.concepts.range(kind).active();
        range.start + random.below(range.len()) as Concept
    }

    /// An active concept of one of the kinds that code lists are made of.
    pub(super) fn clinical(&self, random: &mut Random) -> Concept {
        self.of_kind(CLINICAL[random.below(CLINICAL.len())], random)
    }

    /// The concept or the lowest found above it with more than `size` descendants; the highest
    /// below the root where none has so many.
    pub(super) fn above(&self, concept: Concept, size: usize, random: &mut Random) -> Concept {
        let parents = &self.content.concepts.parents;
        let mut at = concept;
        while self.reached(&self.children, at, size).is_some() {
            let above = parents.of(at);
            if above.is_empty() {
                break;
            }
            let next = above[random.below(above.len())];
            if parents.of(next).is_empty() {
                break;
            }
            at = next;
        }
        at
    }

    /// A concept with many below it: some ten to some ten thousand, each doubling as likely.
    pub(super) fn broad(&self, concept: Concept, random: &mut Random) -> u64 {
        let size = 1 << random.between(3, 13);
        self.id(self.above(concept, size, random))
    }

    /// A clinical concept with some ten to some ten thousand below it.
    pub(super) fn branch(&self, random: &mut Random) -> u64 {
        let concept = self.clinical(random);
        self.broad(concept, random)
    }

    /// A concept with thousands below it, above one that is given.
    pub(super) fn field(&self, concept: Concept, random: &mut Random) -> u64 {
        let size = 1 << random.between(10, 15);
        self.id(self.above(concept, size, random))
    }

    /// The value of an attribute, or one with up to some hundreds below it.
    pub(super) fn value(&self, target: Concept, random: &mut Random) -> u64 {
        let size = [0, 2, 8, 32, 128, 512][random.below(6)];
        let value = if size == 0 { target } else { self.above(target, size, random) };
        self.id(value)
    }

    /// A concept that has attributes, with those whose values are concepts.
    pub(super) fn stated(&self, random: &mut Random, least: usize) -> Vec<Stated> {
        loop {
            let kind = DEFINED[random.below(DEFINED.len())];
            let source = self.of_kind(kind, random);
            let list = self.stated_of(source);
            if list.len() >= least {
                return list;
            }
        }
    }

    /// The attributes of a concept whose values are concepts.
    pub(super) fn stated_of(&self, source: Concept) -> Vec<Stated> {
        let attributes = self.content.attributes(source).iter();
        attributes
            .filter_map(|&Attribute { group, kind, value }| match value {
                Value::Concept(target) => Some(Stated { source, group, kind, target }),
                _ => None,
            })
            .collect()
    }

    /// One attribute of some concept.
    pub(super) fn one_stated(&self, random: &mut Random) -> Stated {
        let mut list = self.stated(random, 1);
        let at = random.below(list.len());
        list.swap_remove(at)
    }

    /// Two attributes of one role group of some concept, of different types.
    pub(super) fn two_stated(&self, random: &mut Random) -> (Stated, Stated) {
        loop {
            let mut list = self.stated(random, 2);
            let first = list.swap_remove(random.below(list.len()));
            let mut others: Vec<Stated> = list
                .into_iter()
                .filter(|other| other.group == first.group && other.kind != first.kind)
                .collect();
            if first.group > 0 && !others.is_empty() {
                let at = random.below(others.len());
                return (first, others.swap_remove(at));
            }
        }
    }

    /// A simple reference set, large ones more often, with its number.
    pub(super) fn refset(&self, random: &mut Random) -> (usize, u64) {
        let range = self.content.concepts.simple_refsets.clone();
        let number = random.zipf(range.len());
        (number, self.id(range.start + number as Concept))
    }

    /// An active member of a simple reference set that is itself active.
    pub(super) fn member(&self, number: usize, random: &mut Random) -> Concept {
        let members = self.content.simple_members(number);
        let active: Vec<Concept> = members
            .into_iter()
            .filter(|&(concept, active)| active && self.content.concepts.is_active(concept))
            .map(|(concept, _)| concept)
            .collect();
        match active.len() {
            0 => self.clinical(random),
            count => active[random.below(count)],
        }
    }

    /// A word of some active description of a concept, plain enough to be written in quotes.
    pub(super) fn words(&self, concept: Concept, random: &mut Random) -> Vec<String> {
        let mut descriptions = self.content.descriptions(concept);
        descriptions.retain(|description| description.active);
        let description = &descriptions[random.below(descriptions.len())];
        let term = self.content.term(concept, description.wording);
        let mut words = typed_words(&term);
        words.retain(|word| word.chars().count() >= 3 && word.chars().all(char::is_alphanumeric));
        words
    }
}
