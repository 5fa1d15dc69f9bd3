//! The concepts of a release: identifiers, status, module and place in the hierarchy.

use super::dates::Dates;
use super::fixed::{FixedConcept, fixed_concepts};
use super::hierarchy::{KindRange, kind_ranges, parents};
use super::kind::KindIndex;
use super::module::Module;
use super::vocabulary::Vocabulary;
use crate::parameters::Parameters;
use crate::random::Random;
use crate::sctid::{Component, compose};
use std::collections::{HashMap, HashSet};

/// A concept, by its place in the tables of [`Concepts`].
pub(crate) type Concept = u32;

/// Lists of concepts, one list for each concept.
#[derive(Debug, Default)]
pub(crate) struct Adjacency {
    starts: Vec<u32>,
    targets: Vec<Concept>,
}

impl Adjacency {
    pub(crate) fn push(&mut self, list: &[Concept]) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.targets.extend_from_slice(list);
        self.starts.push(self.targets.len() as u32);
    }

    pub(crate) fn of(&self, concept: Concept) -> &[Concept] {
        let at = concept as usize;
        &self.targets[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Every concept: the fixed ones, the simple reference sets, then those of each kind.
#[derive(Debug)]
pub(crate) struct Concepts {
    pub(crate) fixed: Vec<FixedConcept>,
    pub(crate) kinds: Vec<KindRange>,
    pub(crate) ids: Vec<u64>,
    pub(crate) modules: Vec<Module>,
    pub(crate) effective: Vec<u32>,
    /// The parents; of an inactive concept those it had.
    pub(crate) parents: Adjacency,
    /// The concepts in the order of their identifiers, which is that of the files.
    pub(crate) order: Vec<Concept>,
    /// The place of each concept in `order`.
    pub(crate) positions: Vec<u32>,
    /// Where the simple reference sets stand among the fixed concepts.
    pub(crate) simple_refsets: std::ops::Range<Concept>,
}

impl Concepts {
    pub(crate) fn new(parameters: &Parameters, dates: &Dates, vocabulary: &Vocabulary) -> Self {
        let mut fixed = fixed_concepts();
        let first_refset = fixed.len() as Concept;
        fixed.extend(simple_refsets(parameters, vocabulary));
        let simple_refsets = first_refset..fixed.len() as Concept;
        let places: HashMap<u64, Concept> =
            fixed.iter().enumerate().map(|(at, concept)| (concept.id, at as Concept)).collect();
        let kinds = kind_ranges(parameters, fixed.len());
        let total = kinds.last().map_or(fixed.len(), |kind| kind.end as usize);
        let mut concepts = Self {
            ids: fixed.iter().map(|concept| concept.id).collect(),
            modules: fixed.iter().map(|concept| concept.module).collect(),
            effective: Vec::with_capacity(total),
            parents: Adjacency::default(),
            order: (0..total as Concept).collect(),
            positions: vec![0; total],
            simple_refsets,
            kinds,
            fixed,
        };
        for concept in &concepts.fixed {
            let list: Vec<Concept> = concept.parents.iter().map(|id| places[id]).collect();
            concepts.parents.push(&list);
        }
        let taken: HashSet<u64> = places.keys().copied().collect();
        for range in &concepts.kinds {
            for concept in range.first..range.end {
                let module = range.module(parameters.seed, concept);
                concepts.modules.push(module);
                concepts.ids.push(content_id(concept, module, &taken));
            }
        }
        parents(
            parameters.seed,
            &concepts.kinds,
            &concepts.modules,
            &places,
            &mut concepts.parents,
        );
        for concept in 0..total as Concept {
            let mut random = Random::keyed(parameters.seed, "effective time", concept.into());
            let module = concepts.modules[concept as usize];
            let fixed = concepts.is_fixed(concept);
            let date =
                if fixed { dates.first(module) } else { dates.pick_since(module, 0, &mut random) };
            concepts.effective.push(date);
        }
        let ids = &concepts.ids;
        concepts.order.sort_unstable_by_key(|&concept| ids[concept as usize]);
        for (position, &concept) in concepts.order.iter().enumerate() {
            concepts.positions[concept as usize] = position as u32;
        }
        concepts
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn id(&self, concept: Concept) -> u64 {
        self.ids[concept as usize]
    }

    pub(crate) fn module(&self, concept: Concept) -> Module {
        self.modules[concept as usize]
    }

    pub(crate) fn is_fixed(&self, concept: Concept) -> bool {
        (concept as usize) < self.fixed.len()
    }

    /// The kind of a concept; nothing for a fixed one.
    pub(crate) fn kind(&self, concept: Concept) -> Option<KindIndex> {
        if self.is_fixed(concept) {
            return None;
        }
        let at = self.kinds.partition_point(|kind| kind.end <= concept);
        Some(self.kinds[at].kind)
    }

    pub(crate) fn range(&self, kind: KindIndex) -> &KindRange {
        &self.kinds[usize::from(kind.0)]
    }

    pub(crate) fn is_active(&self, concept: Concept) -> bool {
        self.kind(concept).is_none_or(|kind| concept < self.range(kind).inactive)
    }

    /// Whether a concept is one that no other refers to, so that it can have come late.
    pub(crate) fn is_newcomer(&self, concept: Concept) -> bool {
        self.kind(concept).is_some_and(|kind| self.range(kind).is_newcomer(concept))
    }

    /// The place of an inactive concept among all inactive ones.
    pub(crate) fn inactive_rank(&self, concept: Concept) -> Option<u32> {
        let kind = self.kind(concept)?;
        let range = self.range(kind);
        let within = concept.checked_sub(range.inactive)?;
        Some(range.inactive_before + within)
    }

    /// The identifier of a description or relationship; `row` numbers those of one concept.
    pub(crate) fn component_id(
        &self,
        concept: Concept,
        module: Module,
        component: Component,
        row: usize,
    ) -> u64 {
        let rows = match component {
            Component::Relationship => ROWS_OF_RELATIONSHIPS,
            _ => ROWS_OF_DESCRIPTIONS,
        };
        debug_assert!((row as u64) < rows);
        let item = 1_000 + u64::from(self.positions[concept as usize]) * rows + row as u64;
        compose(item, module.namespace(), component)
    }
}

/// Identifiers kept for the descriptions of one concept.
const ROWS_OF_DESCRIPTIONS: u64 = 16;
/// Identifiers kept for the relationships of one concept. With both bounds, an item number has at
/// most eight digits, which the long form has room for, up to twice the size of the UK edition.
const ROWS_OF_RELATIONSHIPS: u64 = 45;

/// The identifier of a generated concept: spread over the numbers, so that neighbours in the
/// hierarchy are not neighbours in the files.
fn content_id(concept: Concept, module: Module, taken: &HashSet<u64>) -> u64 {
    const ITEMS: u64 = 9_999_991;
    let mut item = 101 + u64::from(concept) * 3_141_593 % ITEMS;
    loop {
        let id = compose(item, module.namespace(), Component::Concept);
        if !taken.contains(&id) {
            return id;
        }
        item += ITEMS;
    }
}

fn simple_refsets(
    parameters: &Parameters,
    vocabulary: &Vocabulary,
) -> impl Iterator<Item = FixedConcept> {
    (0..parameters.simple_refsets()).map(move |number| {
        let mut random = Random::keyed(parameters.seed, "simple refset name", number as u64);
        let mut word = || vocabulary.word(random.zipf(vocabulary.len())).to_owned();
        let (first, second) = (word(), word());
        let name = format!("{first} {second} {} simple reference set", number + 1);
        let mut characters = name.chars();
        let initial = characters.next().map_or_else(String::new, |c| c.to_uppercase().to_string());
        FixedConcept {
            id: compose(
                9_910_000 + number as u64,
                Module::Clinical.namespace(),
                Component::Concept,
            ),
            parents: vec![446_609_009],
            module: Module::Clinical,
            tag: "foundation metadata concept".to_owned(),
            name: initial + characters.as_str(),
        }
    })
}
