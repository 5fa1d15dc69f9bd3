//! The way of layers: going down, each place either keeps to what is above it or switches, from
//! excluding to including or back.
//!
//! What switching costs is counted from below, for a place in either state; a place with several
//! parents shares its cost out among them. Where none has several, the counts are exact and so the
//! answer is the least there is.

use std::hash::Hash;

use super::graph::{Graph, Place};
use super::shape::{Block, BlockKind, Shape};

/// Blocks that a place and all below it take, where what is above excludes or includes it.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    excluded: f64,
    included: f64,
}

/// Decides for every place, from above downwards.
pub(super) fn switched<N: Copy + Ord + Hash>(graph: &Graph<N>) -> Shape<usize> {
    let costs = costs(graph);
    let mut layers: Vec<Vec<Block<usize>>> = Vec::new();
    // The last layer that reaches what is below a place; an odd one includes.
    let mut passed = vec![0_usize; graph.len()];
    for node in &graph.order {
        let place = graph.at(*node);
        let above = place.parents.iter().filter_map(|parent| passed.get(*parent)).max();
        let above = above.copied().unwrap_or_default();
        let kind = decide(place, below(graph, &costs, place), above % 2 == 1);
        let mut reached = above;
        if let Some(kind) = kind {
            while layers.len() <= above {
                layers.push(Vec::new());
            }
            if let Some(layer) = layers.get_mut(above) {
                layer.push(Block { kind, node: *node });
            }
            if kind != BlockKind::Alone {
                reached = above.saturating_add(1);
            }
        }
        if let Some(passed) = passed.get_mut(*node) {
            *passed = reached;
        }
    }
    graph.pruned(Shape { layers })
}

/// The block that a place switches with, if it does.
fn decide(place: &Place, below: Cost, included: bool) -> Option<BlockKind> {
    let Cost { excluded: out, included: inside } = below;
    // Below a full place or a clean one all is as it is itself.
    let switch = match place.children.is_empty() && place.touched {
        true => BlockKind::Alone,
        false => BlockKind::SelfAndBelow,
    };
    match (place.wanted, included) {
        _ if place.full => (!included).then_some(switch),
        _ if !place.touched => included.then_some(switch),
        (true, true) => (1.0 + out < inside).then_some(BlockKind::Below),
        (true, false) if inside < out => Some(BlockKind::SelfAndBelow),
        (true, false) => Some(BlockKind::Alone),
        (false, false) => (1.0 + inside < out).then_some(BlockKind::Below),
        (false, true) if out < inside => Some(BlockKind::SelfAndBelow),
        (false, true) => Some(BlockKind::Alone),
    }
}

/// What the children of a place take together.
fn below<N: Copy + Ord + Hash>(graph: &Graph<N>, costs: &[Cost], place: &Place) -> Cost {
    let mut sum = Cost::default();
    for child in &place.children {
        let parents = graph.at(*child).parents.len().max(1) as f64;
        let cost = costs.get(*child).copied().unwrap_or_default();
        sum.excluded += cost.excluded / parents;
        sum.included += cost.included / parents;
    }
    sum
}

fn costs<N: Copy + Ord + Hash>(graph: &Graph<N>) -> Vec<Cost> {
    let mut costs = vec![Cost::default(); graph.len()];
    for node in graph.order.iter().rev() {
        let place = graph.at(*node);
        let Cost { excluded: out, included: inside } = below(graph, &costs, place);
        let cost = match (place.full, place.touched, place.wanted) {
            (true, ..) => Cost { excluded: 1.0, included: 0.0 },
            (false, false, _) => Cost { excluded: 0.0, included: 1.0 },
            (false, true, true) => {
                Cost { excluded: 1.0 + out.min(inside), included: inside.min(1.0 + out) }
            }
            (false, true, false) => {
                Cost { excluded: out.min(1.0 + inside), included: 1.0 + out.min(inside) }
            }
        };
        if let Some(found) = costs.get_mut(*node) {
            *found = cost;
        }
    }
    costs
}
