//! The part of a hierarchy that matters to a list.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use super::Hierarchy;
use super::shape::{BlockKind, Shape};

/// A node of the graph.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// Its parents: all of them.
    pub(super) parents: Vec<usize>,
    /// Its children: all of them where it is touched.
    pub(super) children: Vec<usize>,
    /// Whether it is in the list.
    pub(super) wanted: bool,
    /// Whether it or something below is in the list; it is clean otherwise.
    pub(super) touched: bool,
    /// Whether it and all below are in the list.
    pub(super) full: bool,
}

/// The touched nodes and their children, with all that is above them. A clean node stands for those
/// below it that are not there.
#[derive(Debug)]
pub(super) struct Graph<N> {
    nodes: Vec<N>,
    places: Vec<Place>,
    /// Every place, behind all that are above it.
    pub(super) order: Vec<usize>,
}

static NOWHERE: Place =
    Place { parents: Vec::new(), children: Vec::new(), wanted: false, touched: false, full: false };

impl<N: Copy + Ord + Hash> Graph<N> {
    pub(super) fn of<H: Hierarchy<Node = N>>(hierarchy: &H, wanted: &[N]) -> Graph<N> {
        let mut graph = Graph { nodes: Vec::new(), places: Vec::new(), order: Vec::new() };
        let mut place_of: HashMap<N, usize> = HashMap::new();
        let mut touched: Vec<usize> = Vec::new();
        let mut wanted: Vec<N> = wanted.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        for node in wanted {
            let place = graph.add(&mut place_of, node);
            if let Some(found) = graph.places.get_mut(place) {
                found.wanted = true;
                found.touched = true;
            }
            touched.push(place);
        }
        // Up from the list: all that is touched.
        let mut next = 0;
        while let Some(place) = touched.get(next).copied() {
            next = next.saturating_add(1);
            for parent in graph.node(place).map(|node| hierarchy.parents(node)).unwrap_or_default()
            {
                let above = graph.add(&mut place_of, parent);
                if let Some(found) = graph.places.get_mut(above)
                    && !found.touched
                {
                    found.touched = true;
                    touched.push(above);
                }
            }
        }
        for place in touched {
            for child in graph.node(place).map(|node| hierarchy.children(node)).unwrap_or_default()
            {
                graph.add(&mut place_of, child);
            }
        }
        // And up from those, as what is excluded above excludes them too.
        let mut place = 0;
        while let Some(node) = graph.node(place) {
            let mut parents: Vec<usize> = hierarchy
                .parents(node)
                .into_iter()
                .map(|parent| graph.add(&mut place_of, parent))
                .collect();
            parents.sort_unstable();
            parents.dedup();
            for parent in &parents {
                if let Some(found) = graph.places.get_mut(*parent) {
                    found.children.push(place);
                }
            }
            if let Some(found) = graph.places.get_mut(place) {
                found.parents = parents;
            }
            place = place.saturating_add(1);
        }
        graph.sort();
        graph.find_full();
        graph
    }

    fn add(&mut self, place_of: &mut HashMap<N, usize>, node: N) -> usize {
        match place_of.entry(node) {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(vacant) => {
                let place = self.places.len();
                vacant.insert(place);
                self.nodes.push(node);
                self.places.push(Place::default());
                place
            }
        }
    }

    fn sort(&mut self) {
        let mut missing: Vec<usize> = self.places.iter().map(|place| place.parents.len()).collect();
        let tops = missing.iter().enumerate().filter(|(_, count)| **count == 0);
        let mut order: Vec<usize> = tops.map(|(place, _)| place).collect();
        let mut next = 0;
        while let Some(place) = order.get(next).copied() {
            next = next.saturating_add(1);
            for child in &self.at(place).children {
                if let Some(count) = missing.get_mut(*child) {
                    *count = count.saturating_sub(1);
                    if *count == 0 {
                        order.push(*child);
                    }
                }
            }
        }
        self.order = order;
    }

    fn find_full(&mut self) {
        for place in self.order.clone().into_iter().rev() {
            let found = self.at(place);
            let full = found.wanted && found.children.iter().all(|child| self.at(*child).full);
            if let Some(found) = self.places.get_mut(place) {
                found.full = full;
            }
        }
    }

    /// How many places it has.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// A place.
    pub(super) fn at(&self, place: usize) -> &Place {
        self.places.get(place).unwrap_or(&NOWHERE)
    }

    /// What a place is called in the hierarchy.
    pub(super) fn node(&self, place: usize) -> Option<N> {
        self.nodes.get(place).copied()
    }

    /// Whether a shape comes to the list and nothing else.
    ///
    /// Of several layers that reach a place the last decides, so each place needs to know only the
    /// last layer above it: one pass, whatever the shape. That no clean place is excluded by itself,
    /// without what is below it, is up to those who make shapes.
    pub(super) fn is_exact(&self, shape: &Shape<usize>) -> bool {
        // The last layer of blocks that hang on a place: of those that reach it, and those below.
        let mut own = vec![(0_usize, 0_usize); self.len()];
        for (depth, layer) in shape.layers.iter().enumerate() {
            let number = depth.saturating_add(1);
            for block in layer {
                let Some((itself, below)) = own.get_mut(block.node) else { return false };
                if block.kind != BlockKind::Below {
                    *itself = number.max(*itself);
                }
                if block.kind != BlockKind::Alone {
                    *below = number.max(*below);
                }
            }
        }
        let mut passed = vec![0_usize; self.len()];
        for place in &self.order {
            let found = self.at(*place);
            let above = found.parents.iter().filter_map(|parent| passed.get(*parent)).max();
            let above = above.copied().unwrap_or_default();
            let (itself, below) = own.get(*place).copied().unwrap_or_default();
            if (itself.max(above) % 2 == 1) != found.wanted {
                return false;
            }
            if let Some(passed) = passed.get_mut(*place) {
                *passed = below.max(above);
            }
        }
        true
    }

    /// The shape without blocks that it does not need, as long as trying costs little.
    pub(super) fn pruned(&self, mut shape: Shape<usize>) -> Shape<usize> {
        /// Places that are looked at in all.
        const MOST: usize = 100_000_000;
        if shape.len().saturating_mul(self.len()) > MOST {
            return shape;
        }
        for depth in (0..shape.layers.len()).rev() {
            let mut at = 0;
            while shape.layers.get(depth).is_some_and(|layer| at < layer.len()) {
                let mut smaller = shape.clone();
                if let Some(layer) = smaller.layers.get_mut(depth) {
                    layer.remove(at);
                }
                match self.is_exact(&smaller) {
                    true => shape = smaller,
                    false => at = at.saturating_add(1),
                }
            }
        }
        // An empty layer between two others would turn inclusion into exclusion.
        while shape.layers.last().is_some_and(Vec::is_empty) {
            shape.layers.pop();
        }
        shape
    }
}
