//! Pairs to ask about.

use crate::peer_graph::PeerGraph;
use crate::random::Random;
use concept_graph::ordinal::Ordinal;

/// Pairs of (general, specific), no concept with itself: by a coin each, either two random concepts
/// or a random concept below one of its ancestors. Nearly all pairs of random concepts are
/// unrelated, and asking those alone would measure one half of the question.
pub fn pairs(graph: &PeerGraph, count: usize) -> Vec<(u64, u64)> {
    let mut random = Random::new(7);
    let mut pairs = Vec::with_capacity(count);
    while pairs.len() < count {
        let specific = random.below(graph.ids.len());
        let above = graph.closure.ancestors(Ordinal::new(specific as u32));
        let general = match random.next() & 1 == 0 && !above.is_empty() {
            true => above.select(random.below(above.len() as usize) as u32).unwrap_or(0) as usize,
            false => random.below(graph.ids.len()),
        };
        if general != specific {
            pairs.push((graph.ids[general], graph.ids[specific]));
        }
    }
    pairs
}
