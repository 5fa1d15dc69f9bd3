//! Walking along associations: each component once, by its strongest way.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::kind::AssociationKind;
use crate::index::format::ASSOCIATION_LENGTH;
use crate::snomed::association::{Association, raw_association};
use crate::snomed::edition::Snomed;
use crate::snomed::refset::{Code, Component};

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// From an inactive concept to what may stand in its place.
    Forward,
    /// From a concept to the inactive ones that it stands in for.
    Backward,
}

/// A component that the walk came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Its component code.
    code: u32,
    /// The node that it was reached from; of the first one itself.
    from: u32,
    /// The number of the refset of the association between the two.
    refset: u16,
    /// The weakest association of the way to it.
    pub(super) weakest: AssociationKind,
    /// How many associations were followed on from it.
    pub(super) links: u32,
}

/// What a walk came to, in the order in which it did: the strongest ways first, of equally strong
/// ones the shortest. The first node is where it began.
#[derive(Debug)]
pub(super) struct Walk<'t> {
    snomed: Snomed<'t>,
    direction: Direction,
    pub(super) nodes: Vec<Node>,
    /// Every association that was followed: from a node, to a code.
    links: Vec<(u32, u32)>,
    /// Where each code stands.
    places: BTreeMap<u32, u32>,
}

impl<'t> Walk<'t> {
    /// Walks from a concept along the associations that `follows` takes by the number of their
    /// refset.
    ///
    /// Each concept is looked at once, so the work is bounded by the number of associations.
    pub(super) fn from(
        snomed: Snomed<'t>,
        start: u32,
        direction: Direction,
        follows: impl Fn(u16) -> Option<AssociationKind>,
    ) -> Walk<'t> {
        let mut walk = Walk {
            snomed,
            direction,
            nodes: Vec::new(),
            links: Vec::new(),
            places: BTreeMap::new(),
        };
        let section = match direction {
            Direction::Forward => snomed.layout.refsets.associations,
            Direction::Backward => snomed.layout.refsets.inverse_associations,
        }
        .section();
        // Those of a concept are no other's, so together they are no more than there are.
        let mut left = section.items;
        let mut queue = BinaryHeap::new();
        queue.push(Reverse((AssociationKind::SameAs, 0_u32, 0_u32, start, 0_u32, 0_u16)));
        let mut queued = 0_u32;
        while let Some(Reverse((weakest, hops, _, code, from, refset))) = queue.pop() {
            if walk.places.contains_key(&code) {
                continue;
            }
            let Ok(place) = u32::try_from(walk.nodes.len()) else { break };
            walk.places.insert(code, place);
            let entries = walk.entries(code, place == 0);
            let mut links = 0_u32;
            for entry in entries {
                let (next, number) = raw_association(*entry);
                let Some(kind) = follows(number).filter(|_| walk.leads_to(next)) else { continue };
                left = match left.checked_sub(1) {
                    Some(left) => left,
                    None => {
                        snomed.view(section).report(0, "associations of several concepts at once");
                        return walk;
                    }
                };
                links = links.saturating_add(1);
                walk.links.push((place, next));
                if !walk.places.contains_key(&next) {
                    queued = queued.saturating_add(1);
                    let weakest = weakest.max(kind);
                    let hops = hops.saturating_add(1);
                    queue.push(Reverse((weakest, hops, queued, next, place, number)));
                }
            }
            walk.nodes.push(Node { code, from, refset, weakest, links });
        }
        walk
    }

    /// The associations to follow on from a code: an active concept is an end.
    fn entries(&self, code: u32, first: bool) -> &'t [[u8; ASSOCIATION_LENGTH]] {
        let layout = self.snomed.layout;
        match Code::of(code) {
            Code::Concept(at) if at < layout.concept_count && (first || at >= layout.active) => {
                match self.direction {
                    Direction::Forward => self.snomed.raw_associations(at),
                    Direction::Backward => self.snomed.raw_inverse_associations(at),
                }
            }
            _ => &[],
        }
    }

    /// Whether the walk goes to a code at all: backward to inactive concepts only, for an active
    /// one has no successors.
    fn leads_to(&self, code: u32) -> bool {
        let layout = self.snomed.layout;
        self.direction == Direction::Forward
            || matches!(Code::of(code), Code::Concept(at) if at >= layout.active)
    }

    /// The ordinal of a node, where it is an active concept.
    pub(super) fn active(&self, node: &Node) -> Option<u32> {
        match Code::of(node.code) {
            Code::Concept(ordinal) if ordinal < self.snomed.layout.active => Some(ordinal),
            _ => None,
        }
    }

    pub(super) fn component(&self, place: u32) -> Component<'t> {
        let node = self.nodes.get(place as usize);
        let component = node.and_then(|node| self.snomed.component_of_code(node.code));
        component.unwrap_or(Component::None)
    }

    /// The associations of the way between the start and a node, from the inactive concept on.
    pub(super) fn path(&self, place: u32) -> Vec<Association<'t>> {
        let mut path = Vec::new();
        let mut at = place;
        while let Some(node) = self.nodes.get(at as usize).filter(|_| at > 0) {
            let target = match self.direction {
                Direction::Forward => at,
                Direction::Backward => node.from,
            };
            if let Some(refset) = self.snomed.refset_of_number(node.refset) {
                path.push(Association { refset, target: self.component(target) });
            }
            // A node is reached from one before it.
            at = node.from.min(at.saturating_sub(1));
        }
        if self.direction == Direction::Forward {
            path.reverse();
        }
        path
    }

    /// The nodes from which the ways lead to none of `ends`: circles without a way out, and what
    /// leads into nothing but them.
    pub(super) fn trapped(&self, ends: impl Iterator<Item = u32>) -> Vec<u32> {
        // In a tree all ways end.
        if self.links.len() < self.nodes.len() {
            return Vec::new();
        }
        let place = |code: &u32| self.places.get(code).copied();
        let mut turned: Vec<(u32, u32)> =
            self.links.iter().filter_map(|(from, to)| Some((place(to)?, *from))).collect();
        turned.sort_unstable();
        let mut leads_out = vec![false; self.nodes.len()];
        let mut left: Vec<u32> = ends.collect();
        while let Some(at) = left.pop() {
            let Some(seen) = leads_out.get_mut(at as usize) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            let first = turned.partition_point(|(to, _)| *to < at);
            let into = turned.get(first..).unwrap_or_default();
            left.extend(into.iter().take_while(|(to, _)| *to == at).map(|(_, from)| *from));
        }
        (0..).zip(leads_out).filter(|(_, out)| !out).map(|(place, _)| place).collect()
    }

    /// Whether every concept on the walk leads on in one way only: to one that replaces it, or to
    /// several that are equivalent to it together; and at least one to several.
    pub(super) fn is_partition(&self) -> bool {
        let mut parts = false;
        let mut kinds: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for (place, node) in (0_u32..).zip(&self.nodes) {
            let entries = if node.links > 0 { self.entries(node.code, place == 0) } else { &[] };
            for entry in entries {
                let counts = kinds.entry(place).or_default();
                match self.snomed.association_kind(raw_association(*entry).1) {
                    AssociationKind::PartiallyEquivalentTo => counts.1 = counts.1.saturating_add(1),
                    kind if kind.is_followed() => counts.0 = counts.0.saturating_add(1),
                    _ => {}
                }
            }
        }
        let strong =
            self.nodes.iter().all(|node| node.weakest <= AssociationKind::PartiallyEquivalentTo);
        let one_way = kinds.values().all(|(others, partial)| match partial {
            0 => *others <= 1,
            _ => {
                parts = true;
                *others == 0
            }
        });
        strong && one_way && parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_gives_the_strongest_way_first_and_then_the_shortest() {
        let mut queue = BinaryHeap::new();
        let ways = [
            (AssociationKind::WasA, 1, 0),
            (AssociationKind::SameAs, 3, 1),
            (AssociationKind::ReplacedBy, 1, 2),
            (AssociationKind::SameAs, 2, 3),
        ];
        ways.into_iter().for_each(|way| queue.push(Reverse(way)));
        let order: Vec<_> = std::iter::from_fn(|| queue.pop()).map(|Reverse(way)| way.2).collect();
        assert_eq!(order, [3, 1, 2, 0]);
    }
}
