//! The is-a graph of the active concepts: order, circles, closure.

use crate::error::BuildError;

/// Rows of numbers, one row a number from 0: starts and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) starts: Vec<u32>,
    pub(crate) values: Vec<u32>,
}

impl Rows {
    /// Groups pairs by their first number, below `rows`; within a row the values ascend and none
    /// stands twice.
    pub(crate) fn from_pairs(rows: usize, mut pairs: Vec<(u32, u32)>) -> Rows {
        use rayon::slice::ParallelSliceMut;
        pairs.par_sort_unstable();
        pairs.dedup();
        let mut starts = vec![0_u32; rows + 1];
        for (row, _) in &pairs {
            starts[*row as usize + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        Rows { starts, values: pairs.into_iter().map(|(_, value)| value).collect() }
    }

    pub(crate) fn row(&self, row: u32) -> &[u32] {
        let row = row as usize;
        &self.values[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    pub(crate) fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }
}

/// Parents and children of the active concepts, by any numbering.
#[derive(Debug)]
pub(crate) struct Graph {
    pub(crate) parents: Rows,
    pub(crate) children: Rows,
}

impl Graph {
    /// The graph of these (child, parent) pairs.
    pub(crate) fn new(concepts: usize, edges: Vec<(u32, u32)>) -> Graph {
        let turned = edges.iter().map(|(child, parent)| (*parent, *child)).collect();
        let (parents, children) = rayon::join(
            || Rows::from_pairs(concepts, edges),
            || Rows::from_pairs(concepts, turned),
        );
        Graph { parents, children }
    }

    /// All concepts, each behind its parents.
    ///
    /// # Errors
    ///
    /// [`BuildError::Cycle`] with the shortest circle found from the first concept in one; `id`
    /// gives the concepts' ids.
    pub(crate) fn parents_first(&self, id: impl Fn(u32) -> u64) -> Result<Vec<u32>, BuildError> {
        let concepts = self.parents.len();
        let mut waiting: Vec<u32> =
            (0..concepts).map(|concept| self.parents.row(concept).len() as u32).collect();
        let mut order: Vec<u32> = Vec::with_capacity(concepts as usize);
        order.extend((0..concepts).filter(|concept| waiting[*concept as usize] == 0));
        let mut done = 0;
        while done < order.len() {
            for child in self.children.row(order[done]) {
                waiting[*child as usize] -= 1;
                if waiting[*child as usize] == 0 {
                    order.push(*child);
                }
            }
            done += 1;
        }
        match (0..concepts).find(|concept| waiting[*concept as usize] > 0) {
            None => Ok(order),
            Some(stuck) => {
                let circle = self.circle(stuck, &waiting);
                Err(BuildError::Cycle { concepts: circle.into_iter().map(id).collect() })
            }
        }
    }

    /// A circle above a concept that waits for ever: going up through waiting parents must come
    /// back to where it was.
    fn circle(&self, start: u32, waiting: &[u32]) -> Vec<u32> {
        let mut path: Vec<u32> = Vec::new();
        let mut place = vec![u32::MAX; waiting.len()];
        let mut at = start;
        while place[at as usize] == u32::MAX {
            place[at as usize] = path.len() as u32;
            path.push(at);
            let up = self.parents.row(at).iter().find(|parent| waiting[**parent as usize] > 0);
            // A waiting concept has a waiting parent.
            at = up.copied().unwrap_or(start);
        }
        path.split_off(place[at as usize] as usize)
    }

    /// The proper ancestors of every concept, ascending; `order` has parents first.
    pub(crate) fn ancestors(&self, order: &[u32]) -> Rows {
        // Filled in `order`, so that the parents' rows stand already; put in order at the end.
        let concepts = self.parents.len() as usize;
        let mut place = vec![(0_u32, 0_u32); concepts];
        let mut values: Vec<u32> = Vec::with_capacity(concepts * 12);
        let mut gathered: Vec<u32> = Vec::new();
        for concept in order {
            gathered.clear();
            for parent in self.parents.row(*concept) {
                let (start, end) = place[*parent as usize];
                gathered.push(*parent);
                gathered.extend_from_slice(&values[start as usize..end as usize]);
            }
            if self.parents.row(*concept).len() > 1 {
                gathered.sort_unstable();
                gathered.dedup();
            } else {
                // One parent: its row is in order already, and it belongs somewhere in it.
                let own = gathered.first().copied();
                if let Some(own) = own {
                    let to = gathered[1..].partition_point(|other| *other < own);
                    gathered[..=to].rotate_left(1);
                }
            }
            let start = values.len() as u32;
            values.extend_from_slice(&gathered);
            place[*concept as usize] = (start, values.len() as u32);
        }
        let mut starts = Vec::with_capacity(concepts + 1);
        let mut sorted = Vec::with_capacity(values.len());
        starts.push(0);
        for (start, end) in place {
            sorted.extend_from_slice(&values[start as usize..end as usize]);
            starts.push(sorted.len() as u32);
        }
        Rows { starts, values: sorted }
    }
}

/// The intervals of numbers below each concept, itself included.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Intervals {
    /// Rows of (start, end), ascending and apart.
    pub(crate) starts: Vec<u32>,
    pub(crate) intervals: Vec<(u32, u32)>,
}

impl Intervals {
    /// Turns ancestor rows around: concepts are visited in ascending order, so each ancestor's
    /// interval either grows by one or a new one begins.
    pub(crate) fn of(ancestors: &Rows) -> Intervals {
        let concepts = ancestors.len();
        let upward = |concept: u32| ancestors.row(concept).iter().copied().chain([concept]);
        // Where the newest interval of each concept ends; once to count, once to fill.
        let mut end = vec![u32::MAX; concepts as usize];
        let mut starts = vec![0_u32; concepts as usize + 1];
        for concept in 0..concepts {
            for above in upward(concept) {
                if end[above as usize] != concept {
                    starts[above as usize + 1] += 1;
                }
                end[above as usize] = concept + 1;
            }
        }
        for concept in 0..concepts as usize {
            starts[concept + 1] += starts[concept];
        }
        let mut next: Vec<u32> = starts[..concepts as usize].to_vec();
        let mut intervals = vec![(0, 0); starts[concepts as usize] as usize];
        end.fill(u32::MAX);
        for concept in 0..concepts {
            for above in upward(concept) {
                let place = above as usize;
                if end[place] == concept {
                    intervals[next[place] as usize - 1].1 = concept + 1;
                } else {
                    intervals[next[place] as usize] = (concept, concept + 1);
                    next[place] += 1;
                }
                end[place] = concept + 1;
            }
        }
        Intervals { starts, intervals }
    }

    pub(crate) fn row(&self, concept: u32) -> &[(u32, u32)] {
        let concept = concept as usize;
        &self.intervals[self.starts[concept] as usize..self.starts[concept + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn graph(concepts: usize, edges: &[(u32, u32)]) -> Graph {
        Graph::new(concepts, edges.to_vec())
    }

    #[test]
    fn a_circle_is_named() {
        let graph = graph(5, &[(1, 0), (2, 1), (3, 2), (2, 4), (4, 3)]);
        let error = graph.parents_first(|concept| u64::from(concept) + 100).unwrap_err();
        let BuildError::Cycle { mut concepts } = error else { panic!("{error}") };
        concepts.sort_unstable();
        assert_eq!(concepts, [102, 103, 104]);
    }

    /// Ancestors by walking up.
    fn walk(graph: &Graph, concept: u32) -> Vec<u32> {
        let mut found = Vec::new();
        let mut stack = graph.parents.row(concept).to_vec();
        while let Some(at) = stack.pop() {
            if !found.contains(&at) {
                found.push(at);
                stack.extend_from_slice(graph.parents.row(at));
            }
        }
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn closure_agrees_with_a_walk(edges in prop::collection::vec((1_u32..60, 0_u32..60), 0..150)) {
            // Edges from a greater number to a lesser one make no circle; a shuffle of the numbers
            // makes the order of parents and children any.
            let number = |n: u32| n * 37 % 61;
            let edges: Vec<_> = edges
                .into_iter()
                .filter(|(child, parent)| child > parent)
                .map(|(child, parent)| (number(child), number(parent)))
                .collect();
            let graph = graph(61, &edges);
            let order = graph.parents_first(u64::from).unwrap();
            let ancestors = graph.ancestors(&order);
            let intervals = Intervals::of(&ancestors);
            for concept in 0..61 {
                prop_assert_eq!(ancestors.row(concept), &walk(&graph, concept)[..]);
                let below: Vec<u32> = intervals
                    .row(concept)
                    .iter()
                    .flat_map(|(start, end)| *start..*end)
                    .collect();
                let expected: Vec<u32> = (0..61)
                    .filter(|other| *other == concept || walk(&graph, *other).contains(&concept))
                    .collect();
                prop_assert_eq!(below, expected);
            }
        }
    }
}
