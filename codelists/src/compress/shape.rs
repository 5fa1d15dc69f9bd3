//! What a list is compressed to.

/// Nodes that are included or excluded together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block<N> {
    /// Which of them.
    pub kind: BlockKind,
    /// The node that they hang on.
    pub node: N,
}

/// Which nodes a block has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// `<<`: the node and all below it.
    SelfAndBelow,
    /// `<`: all below the node.
    Below,
    /// The node alone.
    Alone,
}

impl BlockKind {
    /// The operator of the expression language, with a space behind it.
    pub const fn operator(self) -> &'static str {
        match self {
            BlockKind::SelfAndBelow => "<< ",
            BlockKind::Below => "< ",
            BlockKind::Alone => "",
        }
    }
}

/// Layers of blocks: the first are included, the next are taken out of them, the next included
/// again, and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape<N> {
    /// The layers; none is empty but perhaps the first.
    pub layers: Vec<Vec<Block<N>>>,
}

impl<N> Default for Shape<N> {
    fn default() -> Shape<N> {
        Shape { layers: Vec::new() }
    }
}

impl<N: Copy> Shape<N> {
    /// How many blocks it has: the measure of what is small.
    pub fn len(&self) -> usize {
        self.layers.iter().map(Vec::len).sum()
    }

    /// Whether it has none, and so stands for no node.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same shape over other names of the nodes.
    pub(super) fn map<M>(&self, name: impl Fn(N) -> Option<M>) -> Shape<M> {
        let layer = |layer: &Vec<Block<N>>| {
            let named = layer
                .iter()
                .filter_map(|block| Some(Block { kind: block.kind, node: name(block.node)? }));
            named.collect()
        };
        Shape { layers: self.layers.iter().map(layer).collect() }
    }

    /// The expression constraint of the shape; `None` where it is empty, as the language has no
    /// empty set. `name` gives what stands for a node: its id, with its term perhaps. A long one is
    /// laid out over lines.
    ///
    /// ```
    /// use farr_codelists::compress::{Block, BlockKind, Shape};
    /// let below = |node| Block { kind: BlockKind::SelfAndBelow, node };
    /// let shape = Shape { layers: vec![vec![below(24_700_007)], vec![below(426_373_005)]] };
    /// let text = shape.expression(|id| id.to_string());
    /// assert_eq!(text.as_deref(), Some("<< 24700007 MINUS << 426373005"));
    /// ```
    pub fn expression(&self, mut name: impl FnMut(N) -> String) -> Option<String> {
        let mut text: Option<String> = None;
        for (depth, layer) in self.layers.iter().enumerate() {
            let blocks: Vec<String> = layer
                .iter()
                .map(|block| format!("{}{}", block.kind.operator(), name(block.node)))
                .collect();
            let joined = blocks.join(" OR ");
            text = match (text, blocks.len()) {
                (before, 0) => before,
                // There is nothing yet to take something out of.
                (None, _) if depth % 2 == 1 => None,
                (None, _) => Some(joined),
                (Some(before), count) => {
                    let before = if is_single(&before) { before } else { format!("({before})") };
                    Some(match (depth % 2 == 1, count) {
                        (true, 1) => format!("{before} MINUS {joined}"),
                        (true, _) => format!("{before} MINUS ({joined})"),
                        (false, _) => format!("{before} OR {joined}"),
                    })
                }
            };
        }
        text
    }
}

/// Whether an expression has no operator between blocks, and so needs no brackets.
fn is_single(text: &str) -> bool {
    // Terms stand in pipes and may hold any word.
    let bare: String = text.split('|').step_by(2).collect();
    !bare.contains(" OR ") && !bare.contains(" MINUS ")
}
