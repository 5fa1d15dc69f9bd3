//! Against a model too simple to be wrong: small graphs, every node looked at.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Children have greater numbers than their parents, so there are no circles.
#[derive(Clone, Debug)]
struct Small {
    parents: Vec<Vec<usize>>,
}

impl Hierarchy for Small {
    type Node = usize;

    fn parents(&self, node: usize) -> Vec<usize> {
        self.parents[node].clone()
    }

    fn children(&self, node: usize) -> Vec<usize> {
        (0..self.parents.len()).filter(|child| self.parents[*child].contains(&node)).collect()
    }
}

impl Small {
    fn is_below(&self, node: usize, top: usize) -> bool {
        self.parents[node].iter().any(|parent| *parent == top || self.is_below(*parent, top))
    }

    fn block(&self, block: Block<usize>) -> BTreeSet<usize> {
        (0..self.parents.len())
            .filter(|node| match block.kind {
                BlockKind::Alone => *node == block.node,
                BlockKind::Below => self.is_below(*node, block.node),
                BlockKind::SelfAndBelow => *node == block.node || self.is_below(*node, block.node),
            })
            .collect()
    }

    /// What a shape comes to, layer by layer as it says.
    fn evaluate(&self, shape: &Shape<usize>) -> BTreeSet<usize> {
        let mut set = BTreeSet::new();
        for (depth, layer) in shape.layers.iter().enumerate() {
            for block in layer {
                for node in self.block(*block) {
                    match depth % 2 {
                        0 => set.insert(node),
                        _ => set.remove(&node),
                    };
                }
            }
        }
        set
    }

    /// The least number of blocks that come to a set, by trying all layers of one or two up to a
    /// number; `None` where it takes more.
    fn least(&self, wanted: &BTreeSet<usize>, most: usize) -> Option<usize> {
        let count = self.parents.len();
        let kinds = [BlockKind::SelfAndBelow, BlockKind::Below, BlockKind::Alone];
        let sets: Vec<u32> = (0..count)
            .flat_map(|node| kinds.map(|kind| self.block(Block { kind, node })))
            .map(|set| set.into_iter().fold(0, |bits, node| bits | 1 << node))
            .collect();
        let goal = wanted.iter().fold(0_u32, |bits, node| bits | 1 << node);
        let mut reached = BTreeSet::from([0_u32]);
        // Any sequence of adding and taking away, so layers of any number.
        for length in 0..=most {
            if reached.contains(&goal) {
                return Some(length);
            }
            reached = reached
                .iter()
                .flat_map(|bits| sets.iter().flat_map(move |set| [bits | set, bits & !set]))
                .chain(reached.iter().copied())
                .collect();
        }
        None
    }
}

/// Graphs in which each node has some parents before it.
fn small(most: usize, parents: usize) -> impl Strategy<Value = Small> {
    prop::collection::vec(
        prop::collection::vec(any::<prop::sample::Index>(), 0..=parents),
        1..=most,
    )
    .prop_map(|picks| {
        let parents = picks.iter().enumerate().map(|(node, picks)| {
            let parents: BTreeSet<usize> =
                picks.iter().filter(|_| node > 0).map(|pick| pick.index(node)).collect();
            parents.into_iter().collect()
        });
        Small { parents: parents.collect() }
    })
}

fn with_list(graph: impl Strategy<Value = Small>) -> impl Strategy<Value = (Small, Vec<usize>)> {
    graph.prop_flat_map(|graph| {
        let nodes: Vec<usize> = (0..graph.parents.len()).collect();
        let count = nodes.len();
        (Just(graph), prop::sample::subsequence(nodes, 0..=count))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever the graph and the list, what comes out is the list.
    #[test]
    fn a_shape_is_exact((graph, list) in with_list(small(24, 3))) {
        let shape = compress(&graph, &list);
        prop_assert_eq!(graph.evaluate(&shape), list.iter().copied().collect(), "{:?}", shape);
        prop_assert!(shape.len() <= list.len());
    }

    /// Lists of whole branches without others come out small. Where nodes have several parents there may be a
    /// block more, which is not looked for.
    #[test]
    fn a_branch_without_a_branch_is_two_blocks(graph in small(24, 1), top in 0_usize..24, cut in 0_usize..24) {
        let count = graph.parents.len();
        let (top, cut) = (top % count, cut % count);
        let wanted = Shape { layers: vec![
            vec![Block { kind: BlockKind::SelfAndBelow, node: top }],
            vec![Block { kind: BlockKind::SelfAndBelow, node: cut }],
        ] };
        let list: Vec<usize> = graph.evaluate(&wanted).into_iter().collect();
        let shape = compress(&graph, &list);
        prop_assert_eq!(graph.evaluate(&shape), list.iter().copied().collect());
        if graph.is_below(cut, top) {
            prop_assert!(shape.len() <= 2, "{:?}", shape);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Where no node has two parents, nothing smaller exists.
    #[test]
    fn over_a_tree_a_shape_is_the_least((graph, list) in with_list(small(9, 1))) {
        let shape = compress(&graph, &list);
        let wanted: BTreeSet<usize> = list.into_iter().collect();
        prop_assert_eq!(graph.evaluate(&shape), wanted.clone());
        if let Some(least) = graph.least(&wanted, 3) {
            prop_assert_eq!(shape.len(), least, "{:?}", shape);
        } else {
            prop_assert!(shape.len() > 3);
        }
    }
}

/// How far from the least it is where nodes have two parents: never more than one block here.
#[test]
fn over_small_graphs_a_shape_is_close_to_the_least() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let strategy = with_list(small(8, 2));
    let (mut compared, mut least_ones) = (0, 0);
    for _ in 0..300 {
        let (graph, list) = strategy.new_tree(&mut runner).unwrap().current();
        let wanted: BTreeSet<usize> = list.iter().copied().collect();
        let Some(least) = graph.least(&wanted, 3) else { continue };
        let found = compress(&graph, &list).len();
        compared += 1;
        least_ones += usize::from(found == least);
        assert!(found <= least + 1, "{graph:?} {list:?}: {found} where {least} would do");
    }
    assert!(compared > 100 && least_ones * 100 >= compared * 95, "{least_ones} of {compared}");
}

#[test]
fn a_shape_reads_as_an_expression() {
    let block = |kind, node: u64| Block { kind, node };
    let (all, below, alone) = (BlockKind::SelfAndBelow, BlockKind::Below, BlockKind::Alone);
    let text = |layers: Vec<Vec<Block<u64>>>| {
        let text = Shape { layers }.expression(|id| id.to_string());
        if let Some(text) = &text {
            assert!(farr::Ecl::parse(text).is_ok(), "{text}");
        }
        text.unwrap_or_default()
    };
    assert_eq!(text(vec![]), "");
    assert_eq!(text(vec![vec![block(alone, 24_700_007)]]), "24700007");
    assert_eq!(
        text(vec![
            vec![block(all, 24_700_007), block(below, 64_572_001)],
            vec![block(all, 73_211_009)]
        ]),
        "(<< 24700007 OR < 64572001) MINUS << 73211009"
    );
    assert_eq!(
        text(vec![
            vec![block(all, 24_700_007)],
            vec![block(all, 73_211_009), block(alone, 64_572_001)],
            vec![block(alone, 138_875_005)],
        ]),
        "(<< 24700007 MINUS (<< 73211009 OR 64572001)) OR 138875005"
    );
    // A term may hold what reads like an operator.
    let shape = Shape { layers: vec![vec![block(all, 1)], vec![block(all, 2)]] };
    let named = shape.expression(|id| format!("{id} |this OR that|")).unwrap();
    assert_eq!(named, "<< 1 |this OR that| MINUS << 2 |this OR that|");
}
