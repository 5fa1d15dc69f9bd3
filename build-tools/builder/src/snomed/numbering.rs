//! Concepts to ordinals.

use rayon::prelude::*;

use super::graph::{Graph, Rows};
use super::read::Release;
use super::{INFERRED, IS_A, IdTable, ROOT};
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::rf2::Target;

const MISSING: u32 = u32::MAX;

/// The ordinals of a release's concepts.
///
/// First the active concepts whose every way up ends at the root, in depth-first preorder; then the
/// other active concepts; then the inactive ones by id; then the ids that rows name and the release
/// does not have.
#[derive(Debug)]
pub(crate) struct Numbering {
    /// SCTID by ordinal, the missing ones included.
    pub(crate) ids: Vec<u64>,
    /// Row in `Release::concepts` by ordinal.
    pub(crate) concept_rows: Vec<u32>,
    /// How many concepts are active and connected to the root by all their parents.
    pub(crate) placed: u32,
    /// How many concepts are active.
    pub(crate) active: u32,
    /// Ordinal of each relationship's source, and of its target where that is a concept.
    pub(crate) relationship_ends: Vec<(u32, u32)>,
    /// Ordinal of each description's concept.
    pub(crate) description_concepts: Vec<u32>,
    /// Parents and children as published, by ordinal, over all of `ids`.
    pub(crate) published: Graph,
    /// Proper ancestors of the active concepts, by ordinal.
    pub(crate) ancestors: Rows,
    pub(crate) is_a_rows: u64,
    /// Whether each kind of relationship is an active, inferred is-a.
    pub(crate) is_a_kinds: Vec<bool>,
}

impl Numbering {
    /// How many concepts the release has.
    pub(crate) fn concepts(&self) -> u32 {
        self.concept_rows.len() as u32
    }

    /// Numbers the concepts of a merged release.
    ///
    /// # Errors
    ///
    /// [`BuildError::NoRoot`], [`BuildError::Cycle`].
    pub(crate) fn new(
        release: &Release,
        rootless: bool,
        notes: &mut Notes,
    ) -> Result<Numbering, BuildError> {
        let concepts = release.concepts.len() as u32;
        if concepts >= 1 << 30 {
            return Err(BuildError::TooLarge { what: "concepts" });
        }
        let numbered = release.concepts.iter().zip(0..concepts).map(|(row, at)| (row.id, at));
        let table = IdTable::new(numbered);
        let mut ends = Ends::resolve(release, &table, notes);
        drop(table);
        let total = concepts as usize + ends.missing.len();
        let id = |at: u32| match release.concepts.get(at as usize) {
            Some(concept) => concept.id,
            None => ends.missing[(at - concepts) as usize],
        };
        let active: Vec<bool> = release
            .concepts
            .iter()
            .map(|concept| release.statuses[concept.status as usize].active)
            .collect();
        let is_active = |at: u32| active.get(at as usize).copied().unwrap_or(false);
        let root = release.concepts.binary_search_by_key(&ROOT, |concept| concept.id);
        let root = root.ok().map(|at| at as u32).filter(|at| is_active(*at));
        if root.is_none() {
            if !rootless {
                return Err(BuildError::NoRoot);
            }
            notes.add(NoteKind::NoRoot, || ROOT.to_string());
        }

        let is_a_kinds: Vec<bool> = release
            .relationship_kinds
            .iter()
            .map(|kind| kind.active && kind.type_id == IS_A && kind.characteristic_type == INFERRED)
            .collect();
        let published: Vec<(u32, u32)> = release
            .relationships
            .par_iter()
            .zip(&ends.relationships)
            .filter(|(row, _)| is_a_kinds[usize::from(row.kind)])
            .map(|(_, ends)| *ends)
            .collect();
        let is_a_rows = published.len() as u64;

        // What cannot carry the hierarchy is kept as published, named, and left out of it.
        let mut incomplete = vec![false; total];
        let mut edges = Vec::with_capacity(published.len());
        for (child, parent) in &published {
            if !is_active(*child) {
                notes.add(NoteKind::MissingSource, || id(*child).to_string());
            } else if is_active(*parent) {
                edges.push((*child, *parent));
            } else {
                incomplete[*child as usize] = true;
                let kind = match *parent < concepts {
                    true => NoteKind::InactiveParent,
                    false => NoteKind::MissingParent,
                };
                notes.add(kind, || format!("{} is a {}", id(*child), id(*parent)));
            }
        }
        let graph = Graph::new(concepts as usize, edges);
        let order = graph.parents_first(id)?;
        for concept in &order {
            let parents = graph.parents.row(*concept);
            let whole = Some(*concept) == root || !parents.is_empty();
            let broken = parents.iter().any(|parent| incomplete[*parent as usize]);
            if is_active(*concept) && (!whole || broken) {
                incomplete[*concept as usize] = true;
            }
        }
        let placed_ones = |at: u32| is_active(at) && !incomplete[at as usize];
        for at in (0..concepts).filter(|at| is_active(*at) && incomplete[*at as usize]) {
            let kind = match graph.parents.row(at).is_empty() {
                true => NoteKind::Parentless,
                false => NoteKind::Unplaced,
            };
            notes.add(kind, || id(at).to_string());
        }

        let mut numbers = Preorder::new(total);
        if let Some(root) = root {
            numbers.below(&graph, root, placed_ones);
        }
        let placed = numbers.order.len() as u32;
        let tops = (0..concepts).filter(|at| is_active(*at) && graph.parents.row(*at).is_empty());
        tops.for_each(|top| numbers.below(&graph, top, is_active));
        (0..concepts).filter(|at| is_active(*at)).for_each(|at| numbers.one(at));
        let active_count = numbers.order.len() as u32;
        (0..total as u32).for_each(|at| numbers.one(at));
        let Preorder { order: by_ordinal, number } = numbers;

        let ordinal = |at: u32| number[at as usize];
        let renumber = |pairs: &[(u32, u32)]| -> Vec<(u32, u32)> {
            pairs.par_iter().map(|(one, two)| (ordinal(*one), ordinal(*two))).collect()
        };
        let ids = by_ordinal.iter().map(|at| id(*at)).collect();
        ends.relationships.par_iter_mut().for_each(|(source, target)| {
            *source = ordinal(*source);
            *target = if *target == MISSING { MISSING } else { ordinal(*target) };
        });
        ends.descriptions.par_iter_mut().for_each(|concept| *concept = ordinal(*concept));
        let order: Vec<u32> = order.into_iter().filter(|at| is_active(*at)).map(ordinal).collect();
        let edges = (0..concepts)
            .flat_map(|child| graph.parents.row(child).iter().map(move |parent| (child, *parent)))
            .map(|(child, parent)| (ordinal(child), ordinal(parent)))
            .collect();
        let (published, ancestors) = rayon::join(
            || Graph::new(total, renumber(&published)),
            || Graph::new(active_count as usize, edges).ancestors(&order),
        );
        Ok(Numbering {
            ids,
            concept_rows: by_ordinal[..concepts as usize].to_vec(),
            placed,
            active: active_count,
            relationship_ends: ends.relationships,
            description_concepts: ends.descriptions,
            published,
            ancestors,
            is_a_rows,
            is_a_kinds,
        })
    }
}

/// Where rows lead, as rows of `Release::concepts`, and from there on the missing ids.
struct Ends {
    relationships: Vec<(u32, u32)>,
    descriptions: Vec<u32>,
    /// Ids that rows name and the release does not have, ascending.
    missing: Vec<u64>,
}

impl Ends {
    fn resolve(release: &Release, table: &IdTable, notes: &mut Notes) -> Ends {
        let find = |id| table.get(id).unwrap_or(MISSING);
        let active: Vec<bool> = release.relationship_kinds.iter().map(|kind| kind.active).collect();
        let (mut relationships, mut descriptions): (Vec<_>, Vec<_>) = rayon::join(
            || {
                let ends = release.relationships.par_iter().map(|row| match row.target {
                    Target::Concept(target) => (find(row.source), find(target)),
                    Target::Value(_) => (find(row.source), MISSING),
                });
                ends.collect()
            },
            || release.descriptions.par_iter().map(|row| find(row.concept)).collect(),
        );
        let mut missing: Vec<u64> = Vec::new();
        for (row, (source, target)) in release.relationships.iter().zip(&relationships) {
            // An inactive row means nothing, so nobody misses what it names.
            let known = !active[usize::from(row.kind)];
            if *source == MISSING && !known {
                missing.push(row.source);
            }
            if let (Target::Concept(id), MISSING, false) = (row.target, *target, known) {
                missing.push(id);
            }
        }
        for (row, concept) in release.descriptions.iter().zip(&descriptions) {
            if *concept == MISSING {
                missing.push(row.concept);
                notes.add(NoteKind::MissingConcept, || format!("{} of {}", row.id, row.concept));
            }
        }
        missing.sort_unstable();
        missing.dedup();
        let concepts = release.concepts.len() as u32;
        let place = |id: u64| missing.binary_search(&id).map_or(0, |at| concepts + at as u32);
        for (row, (source, target)) in release.relationships.iter().zip(&mut relationships) {
            if *source == MISSING {
                *source = place(row.source);
            }
            if let (Target::Concept(id), MISSING) = (row.target, *target) {
                *target = place(id);
            }
        }
        for (row, concept) in release.descriptions.iter().zip(&mut descriptions) {
            if *concept == MISSING {
                *concept = place(row.concept);
            }
        }
        Ends { relationships, descriptions, missing }
    }
}

/// Numbers given in depth-first preorder.
struct Preorder {
    order: Vec<u32>,
    number: Vec<u32>,
}

impl Preorder {
    fn new(total: usize) -> Preorder {
        Preorder { order: Vec::with_capacity(total), number: vec![MISSING; total] }
    }

    fn one(&mut self, at: u32) {
        if self.number[at as usize] == MISSING {
            self.number[at as usize] = self.order.len() as u32;
            self.order.push(at);
        }
    }

    /// Numbers a concept and what is below it, as far as it `belongs` and has no number yet.
    fn below(&mut self, graph: &Graph, top: u32, belongs: impl Fn(u32) -> bool) {
        let mut stack = vec![top];
        while let Some(at) = stack.pop() {
            if self.number[at as usize] != MISSING || !belongs(at) {
                continue;
            }
            self.one(at);
            stack.extend(graph.children.row(at).iter().rev());
        }
    }
}
