//! Why concepts were made inactive, and what is said to stand in their place.

use super::concepts::Concept;
use super::content::Content;
use super::hierarchy::suited;

pub(crate) const POSSIBLY_EQUIVALENT_TO: u64 = 900_000_000_000_523_009;
pub(crate) const MOVED_TO: u64 = 900_000_000_000_524_003;
pub(crate) const MOVED_FROM: u64 = 900_000_000_000_525_002;
pub(crate) const REPLACED_BY: u64 = 900_000_000_000_526_001;
pub(crate) const SAME_AS: u64 = 900_000_000_000_527_005;
pub(crate) const WAS_A: u64 = 900_000_000_000_528_000;
pub(crate) const SIMILAR_TO: u64 = 900_000_000_000_529_008;
pub(crate) const ALTERNATIVE: u64 = 900_000_000_000_530_003;
pub(crate) const POSSIBLY_REPLACED_BY: u64 = 1_186_921_001;
pub(crate) const PARTIALLY_EQUIVALENT_TO: u64 = 1_186_924_009;

const DUPLICATE: u64 = 900_000_000_000_482_003;
const OUTDATED: u64 = 900_000_000_000_483_008;
const AMBIGUOUS: u64 = 900_000_000_000_484_002;
const ERRONEOUS: u64 = 900_000_000_000_485_001;
const LIMITED: u64 = 900_000_000_000_486_000;
const MOVED_ELSEWHERE: u64 = 900_000_000_000_487_009;
const NONCONFORMANCE: u64 = 723_277_005;
const CLASSIFICATION_DERIVED: u64 = 1_186_917_008;
const MEANING_UNKNOWN: u64 = 1_186_919_006;

/// The namespace concept that MOVED TO names.
const NAMESPACE: u64 = 370_137_002;

/// The name of a historical association.
pub(crate) fn name(refset: u64) -> &'static str {
    match refset {
        POSSIBLY_EQUIVALENT_TO => "POSSIBLY EQUIVALENT TO",
        MOVED_TO => "MOVED TO",
        MOVED_FROM => "MOVED FROM",
        REPLACED_BY => "REPLACED BY",
        SAME_AS => "SAME AS",
        WAS_A => "WAS A",
        SIMILAR_TO => "SIMILAR TO",
        ALTERNATIVE => "ALTERNATIVE",
        POSSIBLY_REPLACED_BY => "POSSIBLY REPLACED BY",
        _ => "PARTIALLY EQUIVALENT TO",
    }
}

/// What is said of an inactive concept.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// The reason, where one is stated.
    pub(crate) reason: Option<u64>,
    /// Pairs of association reference set and target.
    pub(crate) associations: Vec<(u64, u64)>,
}

/// Inactive concepts with a story that every release tells, however small.
const CYCLE: u32 = 1;
const CHAIN: std::ops::Range<u32> = 2..6;
const AMBIGUOUS_ONE: u32 = 6;
const MOVED: u32 = 7;
const UNEXPLAINED: u32 = 8;
const DEAD_END: u32 = 9;

impl Content {
    /// The history of a concept; that of an active one is empty.
    pub(crate) fn history(&self, concept: Concept) -> History {
        let Some(rank) = self.concepts.inactive_rank(concept) else {
            return History::default();
        };
        let mut random = self.random("history", concept);
        match rank {
            0 => return self.one(DUPLICATE, SAME_AS, self.inactive_at(CYCLE)),
            CYCLE => return self.one(OUTDATED, REPLACED_BY, self.inactive_at(0)),
            rank if CHAIN.contains(&rank) && rank + 1 < CHAIN.end => {
                let (reason, refset) =
                    [(DUPLICATE, SAME_AS), (ERRONEOUS, REPLACED_BY)][rank as usize % 2];
                return self.one(reason, refset, self.inactive_at(rank + 1));
            }
            UNEXPLAINED => return History::default(),
            DEAD_END => {
                return History { reason: Some(MEANING_UNKNOWN), associations: Vec::new() };
            }
            _ => {}
        }
        let story = match rank {
            AMBIGUOUS_ONE => 2,
            MOVED => 5,
            rank if rank + 1 == CHAIN.end => 0,
            _ => random.weighted(&[330, 180, 65, 60, 60, 60, 40, 25, 20, 30, 200]),
        };
        // The concept before, itself inactive: chains of such steps end at an active concept.
        if story < 2 && rank > 12 && random.chance(120) {
            return self.one(OUTDATED, REPLACED_BY, self.inactive_at(rank - 1));
        }
        let mut target = || {
            let kind = self.concepts.kind(concept).expect("an inactive concept is of some kind");
            let range = self.concepts.range(kind);
            let parent = self.concepts.parents.of(concept)[0];
            // Often a near relation of where the concept was.
            let active = if random.chance(500) { parent } else { range.pick(&mut random) };
            self.concepts.id(suited(range, &self.concepts.modules, concept, active))
        };
        let mut several = |refset, count: usize| {
            let mut list: Vec<(u64, u64)> = (0..count).map(|_| (refset, target())).collect();
            list.sort_unstable();
            list.dedup();
            list
        };
        let (reason, associations) = match story {
            0 => (Some(DUPLICATE), several(SAME_AS, 1)),
            1 => (Some(OUTDATED), several(REPLACED_BY, 1)),
            2 => (Some(AMBIGUOUS), several(POSSIBLY_EQUIVALENT_TO, 2 + rank as usize % 3)),
            3 => (Some(ERRONEOUS), several(REPLACED_BY, 1)),
            4 => (Some(LIMITED), several(WAS_A, 1 + rank as usize % 2)),
            5 => (Some(MOVED_ELSEWHERE), vec![(MOVED_TO, NAMESPACE)]),
            6 => (Some(NONCONFORMANCE), several(ALTERNATIVE, 1)),
            7 => (Some(CLASSIFICATION_DERIVED), several(PARTIALLY_EQUIVALENT_TO, 2)),
            8 => (Some(AMBIGUOUS), several(POSSIBLY_REPLACED_BY, 2)),
            9 => (None, several(SIMILAR_TO, 1)),
            _ => (Some(NONCONFORMANCE), Vec::new()),
        };
        History { reason, associations }
    }

    fn one(&self, reason: u64, refset: u64, target: Concept) -> History {
        History { reason: Some(reason), associations: vec![(refset, self.concepts.id(target))] }
    }

    /// The inactive concept of a rank.
    fn inactive_at(&self, rank: u32) -> Concept {
        let kinds = &self.concepts.kinds;
        let at = kinds.partition_point(|kind| kind.inactive_before <= rank) - 1;
        kinds[at].inactive + (rank - kinds[at].inactive_before)
    }
}
