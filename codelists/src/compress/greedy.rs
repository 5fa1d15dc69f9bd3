//! The greedy way: several blocks are drawn together under one above them, as long as that saves
//! more than it costs to exclude what is too much.
//!
//! What is excluded never has anything of the list in it, so the order does not matter and every
//! step is exact by itself.

use std::collections::{BTreeSet, BinaryHeap};
use std::hash::Hash;

use super::graph::Graph;
use super::shape::{Block, BlockKind, Shape};

/// Full places that have no full one above them, and every other one of the list alone.
pub(super) fn without_exclusions<N: Copy + Ord + Hash>(graph: &Graph<N>) -> Shape<usize> {
    let mut blocks = Vec::new();
    for place in &graph.order {
        let found = graph.at(*place);
        let covered = || found.parents.iter().any(|parent| graph.at(*parent).full);
        let kind = match (found.wanted, found.full) {
            (false, _) => continue,
            (true, false) => BlockKind::Alone,
            (true, true) if covered() => continue,
            (true, true) if found.children.is_empty() => BlockKind::Alone,
            (true, true) => BlockKind::SelfAndBelow,
        };
        blocks.push(Block { kind, node: *place });
    }
    match blocks.is_empty() {
        true => Shape::default(),
        false => Shape { layers: vec![blocks] },
    }
}

/// What drawing together under a place saves and costs.
struct Draw {
    block: Block<usize>,
    /// Blocks that the new one has in it.
    saved: Vec<Block<usize>>,
    /// Blocks to exclude that are not excluded yet.
    excluded: Vec<Block<usize>>,
}

impl Draw {
    /// Blocks fewer by it; 0 where there are not.
    fn gain(&self) -> usize {
        self.saved.len().saturating_sub(self.excluded.len().saturating_add(1))
    }
}

/// Draws together from the plain shape on.
pub(super) fn drawn_together<N: Copy + Ord + Hash>(
    graph: &Graph<N>,
    plain: Shape<usize>,
) -> Shape<usize> {
    let mut included: BTreeSet<Block<usize>> = plain.layers.into_iter().flatten().collect();
    let mut excluded: BTreeSet<Block<usize>> = BTreeSet::new();
    let mut seen = vec![0_usize; graph.len()];
    let mut mark = 0_usize;
    let candidates: Vec<usize> = graph
        .order
        .iter()
        .copied()
        .filter(|place| graph.at(*place).touched && !graph.at(*place).full)
        .collect();
    loop {
        let mut heap: BinaryHeap<(usize, usize)> = BinaryHeap::new();
        let mut look = |place, included: &_, excluded: &_| {
            mark = mark.saturating_add(1);
            draw(graph, place, included, excluded, &mut seen, mark)
        };
        for place in &candidates {
            let gain = look(*place, &included, &excluded).gain();
            if gain > 0 {
                heap.push((gain, *place));
            }
        }
        let mut drawn = false;
        while let Some((_, place)) = heap.pop() {
            // Others have been drawn since: what it gains now decides.
            let draw = look(place, &included, &excluded);
            let gain = draw.gain();
            if gain == 0 {
                continue;
            }
            if heap.peek().is_some_and(|(next, _)| *next > gain) {
                heap.push((gain, place));
                continue;
            }
            for block in &draw.saved {
                included.remove(block);
            }
            included.insert(draw.block);
            excluded.extend(draw.excluded);
            drawn = true;
        }
        if !drawn {
            break;
        }
    }
    let layers = [included, excluded].into_iter().map(|layer| layer.into_iter().collect());
    let layers = layers.filter(|layer: &Vec<_>| !layer.is_empty()).collect();
    graph.pruned(Shape { layers })
}

/// Looks at what is below a place; `seen` tells with `mark` which places were looked at this time.
fn draw<N: Copy + Ord + Hash>(
    graph: &Graph<N>,
    top: usize,
    included: &BTreeSet<Block<usize>>,
    excluded: &BTreeSet<Block<usize>>,
    seen: &mut [usize],
    mark: usize,
) -> Draw {
    let kind = match graph.at(top).wanted {
        true => BlockKind::SelfAndBelow,
        false => BlockKind::Below,
    };
    let mut found =
        Draw { block: Block { kind, node: top }, saved: Vec::new(), excluded: Vec::new() };
    let mut is_new = |place: usize| match seen.get_mut(place) {
        Some(seen) if *seen != mark => {
            *seen = mark;
            true
        }
        _ => false,
    };
    let mut waiting = vec![top];
    is_new(top);
    while let Some(node) = waiting.pop() {
        let place = graph.at(node);
        for kind in [BlockKind::SelfAndBelow, BlockKind::Below, BlockKind::Alone] {
            let block = Block { kind, node };
            if block != found.block && included.contains(&block) {
                found.saved.push(block);
            }
        }
        let mut exclude = |kind, node| {
            let block = Block { kind, node };
            if !excluded.contains(&block) {
                found.excluded.push(block);
            }
        };
        if !place.touched {
            exclude(BlockKind::SelfAndBelow, node);
            continue;
        }
        if place.full {
            continue;
        }
        if !place.wanted && node != top {
            exclude(BlockKind::Alone, node);
        }
        let all_clean = place.children.iter().all(|child| !graph.at(*child).touched);
        if all_clean && place.children.len() > 1 {
            exclude(BlockKind::Below, node);
            place.children.iter().for_each(|child| {
                is_new(*child);
            });
            continue;
        }
        waiting.extend(place.children.iter().copied().filter(|child| is_new(*child)));
    }
    // What is below something else that is excluded needs no block of its own.
    let clean_above = |place: usize| {
        let parents = graph.at(place).parents.iter().copied();
        parents.filter(|parent| !graph.at(*parent).touched)
    };
    let is_below_clean = |place: usize| {
        let mut waiting: Vec<usize> = clean_above(place).collect();
        while let Some(above) = waiting.pop() {
            if seen.get(above) == Some(&mark) {
                return true;
            }
            waiting.extend(clean_above(above));
        }
        false
    };
    let is_covered = |block: &Block<usize>| match block.kind {
        BlockKind::Alone => false,
        BlockKind::SelfAndBelow => is_below_clean(block.node),
        BlockKind::Below => {
            graph.at(block.node).children.iter().all(|child| is_below_clean(*child))
        }
    };
    found.excluded.retain(|block| !is_covered(block));
    found
}
