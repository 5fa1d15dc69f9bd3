//! The is-a hierarchy: a layered graph for each kind, with several parents for most concepts.

use super::concepts::{Adjacency, Concept};
use super::kind::KindIndex;
use super::module::Module;
use crate::parameters::Parameters;
use crate::random::Random;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How many concepts in a thousand are inactive.
const INACTIVE: usize = 350;
/// Every so many places, a concept is of the core module: the parents a core concept can have.
const CORE_EVERY: u32 = 4;
/// Every so many places, a concept is one that no other refers to.
const NEWCOMER_EVERY: u32 = 8;

/// Neighbours on a level that are alike in how many of them have children.
const STRETCH: usize = 16;

/// Where the concepts of one kind stand: level by level, then the inactive ones.
#[derive(Debug)]
pub(crate) struct KindRange {
    pub(crate) kind: KindIndex,
    pub(crate) first: Concept,
    pub(crate) inactive: Concept,
    pub(crate) end: Concept,
    /// Inactive concepts of the kinds before.
    pub(crate) inactive_before: u32,
    /// The first concept of each level below the root of the kind, and the end of the last.
    levels: Vec<Concept>,
}

impl KindRange {
    pub(crate) fn active(&self) -> Range<Concept> {
        self.first..self.inactive
    }

    fn level(&self, level: usize) -> Range<Concept> {
        self.levels[level]..self.levels[level + 1]
    }

    fn level_of(&self, concept: Concept) -> Range<Concept> {
        self.level(self.levels.partition_point(|&first| first <= concept) - 1)
    }

    pub(crate) fn module(&self, seed: u64, concept: Concept) -> Module {
        let kind = self.kind.get();
        let mut random = Random::keyed(seed, "module", concept.into());
        if kind.extension < 1000 && self.is_active(concept) && self.is_common(concept) {
            return Module::Core;
        }
        match (random.chance(kind.extension), random.chance(kind.drug)) {
            (false, _) => Module::Core,
            (true, false) => Module::Clinical,
            (true, true) => Module::Drug,
        }
    }

    fn is_active(&self, concept: Concept) -> bool {
        concept < self.inactive
    }

    /// Whether a concept is one that content of every module can refer to.
    fn is_common(&self, concept: Concept) -> bool {
        (concept - self.level_of(concept).start).is_multiple_of(CORE_EVERY)
    }

    /// Whether a concept is active and one that no other refers to.
    pub(crate) fn is_newcomer(&self, concept: Concept) -> bool {
        self.active().contains(&concept)
            && (concept - self.level_of(concept).start) % NEWCOMER_EVERY == NEWCOMER_EVERY - 1
    }

    /// An active concept, or the one before it where no other refers to it.
    fn settled(&self, concept: Concept) -> Concept {
        concept - Concept::from(self.is_newcomer(concept))
    }

    /// The concept near an active one that content of every module can refer to.
    pub(crate) fn common_near(&self, concept: Concept) -> Concept {
        concept - (concept - self.level_of(concept).start) % CORE_EVERY
    }

    /// An active concept, those high in the hierarchy more often.
    pub(crate) fn pick(&self, random: &mut Random) -> Concept {
        let active = self.active().len();
        let at = if random.chance(500) { random.zipf(active) } else { random.below(active) };
        self.settled(self.first + at as Concept)
    }
}

/// Shares the concepts out among the kinds and their levels.
pub(crate) fn kind_ranges(parameters: &Parameters, first: usize) -> Vec<KindRange> {
    let mut next = first as Concept;
    let mut inactive_before = 0;
    KindIndex::all()
        .map(|kind| {
            let total = (parameters.concepts() * kind.get().share / 10_000).max(2);
            let inactive = (total * INACTIVE / 1000).max(1);
            let active = total - inactive;
            let mut levels = vec![next];
            for size in level_sizes(active) {
                levels.push(levels[levels.len() - 1] + size as Concept);
            }
            let range = KindRange {
                kind,
                first: next,
                inactive: next + active as Concept,
                end: next + total as Concept,
                inactive_before,
                levels,
            };
            inactive_before += inactive as u32;
            next = range.end;
            range
        })
        .collect()
}

/// The sizes of the levels of `total` concepts: few at the top, most in the middle, few below.
fn level_sizes(total: usize) -> Vec<usize> {
    let depth = (total.ilog2() as usize * 11 / 10).clamp(1, 18).min(total);
    let weights: Vec<u128> = (1..=depth as u128)
        .map(|level| level.pow(4) * (depth as u128 + 1 - level).pow(7))
        .collect();
    let sum: u128 = weights.iter().sum();
    let spare = (total - depth) as u128;
    let mut sizes: Vec<usize> =
        weights.iter().map(|weight| 1 + (spare * weight / sum) as usize).collect();
    let left = total - sizes.iter().sum::<usize>();
    sizes[depth / 2] += left;
    sizes
}

/// Gives the concepts of all kinds their parents.
pub(crate) fn parents(
    seed: u64,
    kinds: &[KindRange],
    modules: &[Module],
    fixed: &HashMap<u64, Concept>,
    adjacency: &mut Adjacency,
) {
    let mut list = Vec::new();
    for range in kinds {
        let root = fixed[&range.kind.get().root];
        for level in 0..range.levels.len() - 1 {
            for concept in range.level(level) {
                list.clear();
                if level == 0 {
                    list.push(root);
                } else {
                    let mut random = Random::keyed(seed, "parents", concept.into());
                    let chooser = Chooser { seed, range, modules, concept, level };
                    chooser.choose(&mut random, adjacency, &mut list);
                }
                adjacency.push(&list);
            }
        }
        for concept in range.inactive..range.end {
            let mut random = Random::keyed(seed, "former parents", concept.into());
            list.clear();
            for _ in 0..random.between(1, 2) {
                let parent = suited(range, modules, concept, range.pick(&mut random));
                if !list.contains(&parent) {
                    list.push(parent);
                }
            }
            adjacency.push(&list);
        }
    }
}

/// A concept that `concept` can refer to, given its module.
pub(crate) fn suited(
    range: &KindRange,
    modules: &[Module],
    concept: Concept,
    other: Concept,
) -> Concept {
    if modules[other as usize] > modules[concept as usize] {
        range.common_near(other)
    } else {
        other
    }
}

/// The choice of the parents of one concept.
struct Chooser<'a> {
    seed: u64,
    range: &'a KindRange,
    modules: &'a [Module],
    concept: Concept,
    level: usize,
}

impl Chooser<'_> {
    fn choose(&self, random: &mut Random, adjacency: &Adjacency, list: &mut Vec<Concept>) {
        let wanted = 1 + random.weighted(&[190, 340, 280, 190]);
        for attempt in 0..wanted + 4 {
            if list.len() == wanted {
                break;
            }
            let near = if attempt == 0 { Near::Same } else { Near::Cluster };
            let parent = self.above(self.level - 1, near, random);
            if !list.contains(&parent) {
                list.push(parent);
            }
        }
        if self.level > 3 && random.chance(30) {
            let parent = self.above(self.level - random.between(1, 3), Near::Stretch, random);
            // Necessary normal form holds no is-a that others already imply.
            if !implied(parent, list, adjacency) {
                list.push(parent);
            }
        }
    }

    /// A concept of a level above, about as far along its level as this one along its own.
    fn above(&self, level: usize, near: Near, random: &mut Random) -> Concept {
        let own = self.range.level(self.level);
        let above = self.range.level(level);
        let size = above.len();
        // Neighbours hang from one place: their parents then share parents in turn, which keeps
        // the ancestors few.
        let along = (self.concept - own.start) as usize & !(STRETCH - 1);
        let along = if size < own.len() {
            along * size / own.len()
        } else {
            // A level smaller than that above stands below one stretch of it, so that neighbours
            // do not part on the way up.
            let mut place = Random::keyed(self.seed, "stretch", own.start.into());
            along + place.below(size - own.len() + 1)
        };
        // One in so many concepts of a stretch has children, and the rest have none.
        let stretch = above.start as usize + along / STRETCH;
        let mut every = Random::keyed(self.seed, "parents every", stretch as u64);
        let every = 1 << every.weighted(&[30, 35, 35]);
        let at = match near {
            Near::Same => along & !(every - 1),
            Near::Cluster => (along & !(4 * every - 1)) + every * random.below(4),
            Near::Stretch => (along & !(every - 1)) + STRETCH * random.below(3),
        };
        let at = if at < size { at } else { (size - 1) & !(every - 1) };
        let parent = self.range.settled(above.start + at as Concept);
        suited(self.range, self.modules, self.concept, parent)
    }
}

/// How near a parent is chosen to the place that a concept hangs from.
#[derive(Clone, Copy)]
enum Near {
    Same,
    Cluster,
    Stretch,
}

fn implied(parent: Concept, list: &[Concept], adjacency: &Adjacency) -> bool {
    let mut seen: HashSet<Concept> = HashSet::new();
    let mut pending = list.to_vec();
    while let Some(concept) = pending.pop() {
        if concept == parent {
            return true;
        }
        for &above in adjacency.of(concept) {
            if seen.insert(above) {
                pending.push(above);
            }
        }
    }
    false
}
