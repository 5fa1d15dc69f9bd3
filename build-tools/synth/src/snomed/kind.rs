//! The kinds of concept: one for each top-level hierarchy, and for each part of a large one that
//! has a semantic tag of its own.

use crate::sctid::{Component, UNITED_KINGDOM_DRUG, compose};

/// The manner in which concepts of a kind are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    Condition,
    Procedure,
    Anatomy,
    Organism,
    Substance,
    Product,
    Plain,
}

/// One kind of concept.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The concept all concepts of the kind are below.
    pub(crate) root: u64,
    pub(crate) tag: &'static str,
    /// Concepts of this kind in ten thousand.
    pub(crate) share: usize,
    /// How many of the non-core concepts in a hundred belong to the drug module.
    pub(crate) drug: usize,
    /// How many concepts in a thousand are outside the core module.
    pub(crate) extension: usize,
    pub(crate) naming: Naming,
}

const fn kind(
    root: u64,
    tag: &'static str,
    share: usize,
    extension: usize,
    drug: usize,
    naming: Naming,
) -> Kind {
    Kind { root, tag, share, drug, extension, naming }
}

/// The index of a kind in [`KINDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KindIndex(pub(crate) u8);

impl KindIndex {
    pub(crate) const FINDING: Self = Self(0);
    pub(crate) const DISORDER: Self = Self(1);
    pub(crate) const PROCEDURE: Self = Self(2);
    pub(crate) const REGIMEN: Self = Self(3);
    pub(crate) const OBSERVABLE: Self = Self(4);
    pub(crate) const BODY_STRUCTURE: Self = Self(5);
    pub(crate) const MORPHOLOGY: Self = Self(6);
    pub(crate) const ORGANISM: Self = Self(7);
    pub(crate) const SUBSTANCE: Self = Self(8);
    pub(crate) const PRODUCT: Self = Self(9);
    pub(crate) const MEDICINAL_PRODUCT: Self = Self(10);
    pub(crate) const CLINICAL_DRUG: Self = Self(11);
    pub(crate) const TRADE_PRODUCT: Self = Self(12);
    pub(crate) const SPECIMEN: Self = Self(13);
    pub(crate) const PHYSICAL_OBJECT: Self = Self(16);
    pub(crate) const EVENT: Self = Self(17);
    pub(crate) const PERSON: Self = Self(20);
    pub(crate) const SITUATION: Self = Self(21);
    pub(crate) const QUALIFIER: Self = Self(24);

    pub(crate) fn get(self) -> &'static Kind {
        &KINDS[usize::from(self.0)]
    }

    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..KINDS.len() as u8).map(Self)
    }
}

const CLINICAL_DRUG_ROOT: u64 = compose(9_900_001, Some(UNITED_KINGDOM_DRUG), Component::Concept);
const TRADE_PRODUCT_ROOT: u64 = compose(9_900_002, Some(UNITED_KINGDOM_DRUG), Component::Concept);

/// Every kind. Shares follow the proportions of the UK edition as a whole.
pub(crate) const KINDS: [Kind; 26] = [
    kind(404_684_003, "finding", 700, 300, 0, Naming::Condition),
    kind(64_572_001, "disorder", 1700, 200, 0, Naming::Condition),
    kind(71_388_002, "procedure", 1200, 450, 0, Naming::Procedure),
    kind(243_120_004, "regime/therapy", 120, 500, 0, Naming::Procedure),
    kind(363_787_002, "observable entity", 240, 500, 0, Naming::Plain),
    kind(123_037_004, "body structure", 600, 50, 0, Naming::Anatomy),
    kind(49_755_003, "morphologic abnormality", 100, 50, 0, Naming::Plain),
    kind(410_607_006, "organism", 500, 50, 0, Naming::Organism),
    kind(105_590_001, "substance", 500, 300, 900, Naming::Substance),
    kind(373_873_005, "product", 150, 600, 950, Naming::Product),
    kind(763_158_003, "medicinal product", 350, 600, 950, Naming::Substance),
    kind(CLINICAL_DRUG_ROOT, "clinical drug", 1300, 1000, 1000, Naming::Product),
    kind(TRADE_PRODUCT_ROOT, "product", 1400, 1000, 1000, Naming::Product),
    kind(123_038_009, "specimen", 40, 200, 0, Naming::Plain),
    kind(370_115_009, "special concept", 10, 200, 0, Naming::Plain),
    kind(78_621_006, "physical force", 10, 100, 0, Naming::Plain),
    kind(260_787_004, "physical object", 300, 600, 800, Naming::Plain),
    kind(272_379_006, "event", 80, 200, 0, Naming::Condition),
    kind(308_916_002, "environment / location", 40, 400, 0, Naming::Plain),
    kind(48_176_007, "social concept", 50, 300, 0, Naming::Plain),
    kind(125_676_002, "person", 20, 200, 0, Naming::Plain),
    kind(243_796_009, "situation", 250, 600, 0, Naming::Condition),
    kind(254_291_000, "staging scale", 20, 200, 0, Naming::Plain),
    kind(273_249_006, "assessment scale", 40, 300, 0, Naming::Plain),
    kind(362_981_000, "qualifier value", 200, 300, 200, Naming::Plain),
    kind(419_891_008, "record artifact", 80, 700, 0, Naming::Plain),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_kinds_are_where_they_say() {
        assert_eq!(KindIndex::SPECIMEN.get().tag, "specimen");
        assert_eq!(KindIndex::PHYSICAL_OBJECT.get().tag, "physical object");
        assert_eq!(KindIndex::EVENT.get().tag, "event");
        assert_eq!(KindIndex::PERSON.get().tag, "person");
        assert_eq!(KindIndex::SITUATION.get().tag, "situation");
        assert_eq!(KindIndex::QUALIFIER.get().tag, "qualifier value");
        assert_eq!(KINDS.iter().map(|kind| kind.share).sum::<usize>(), 10_000);
    }
}
