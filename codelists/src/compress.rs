//! A small expression constraint for a list of concepts.
//!
//! Three facts make it sound. A concept is *full* where it and all below it are in the list: `<<`
//! of it adds nothing else. It is *clean* where neither it nor anything below is in the list:
//! excluding `<<` of it takes nothing away. And only the concepts at or above those of the list,
//! *touched* ones, and their children have to be looked at: below a full or a clean one all is
//! alike.
//!
//! Two ways are tried and the smaller answer is taken. The *layers* decide for every touched concept
//! whether to switch to including or to excluding at it, by the least number of switches: that is
//! the optimum where no concept has two parents, and where some have, what comes out wrong is put
//! right afterwards. The *greedy* way begins with the full concepts alone and draws several together
//! under one above them as long as that saves more than the exclusions cost. Either way the
//! outcome is held against the list, and [`compress`] gives nothing that is not exact.
//!
//! The least expression over a hierarchy with many parents is a set cover, so no fast way is known
//! to find it always.

mod graph;
mod greedy;
mod layers;
mod shape;
#[cfg(test)]
mod tests;

pub use shape::{Block, BlockKind, Shape};

use graph::Graph;
use std::hash::Hash;

/// A hierarchy of nodes that may have several parents, without circles.
pub trait Hierarchy {
    /// What names a node.
    type Node: Copy + Ord + Hash;

    /// The nodes directly above.
    fn parents(&self, node: Self::Node) -> Vec<Self::Node>;

    /// The nodes directly below.
    fn children(&self, node: Self::Node) -> Vec<Self::Node>;
}

/// The smallest [`Shape`] found that comes to exactly these nodes.
///
/// Costs about a walk over all that is above the nodes, for each of them.
pub fn compress<H: Hierarchy>(hierarchy: &H, nodes: &[H::Node]) -> Shape<H::Node> {
    let graph = Graph::of(hierarchy, nodes);
    let plain = greedy::without_exclusions(&graph);
    let drawn = greedy::drawn_together(&graph, plain.clone());
    // Of equally small ones the first: that without exclusions, and then without layers.
    let best = [plain, drawn, layers::switched(&graph)]
        .into_iter()
        .filter(|shape| graph.is_exact(shape))
        .min_by_key(Shape::len)
        .unwrap_or_default();
    best.map(|place| graph.node(place))
}
