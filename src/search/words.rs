//! The vocabulary: a walker of the FST in [`WORDS`](crate::index::format::WORDS).
//!
//! The `fst` crate reads the same bytes, and panics on some that are damaged; this walker returns
//! `None` for them instead. A node is addressed by its last byte and read towards lower addresses;
//! a transition always leads to a node that lies wholly below, so every walk ends.

mod verify;

use super::fold::WORD_LIMIT;

/// The version of the format that is read.
const VERSION: u64 = 3;
/// Version and type.
const HEADER: usize = 16;
/// Number of keys, address of the root, checksum.
const FOOTER: usize = 20;
/// The node without transitions that ends a key, which takes no bytes.
const END: usize = 0;
/// Nodes with more transitions than this carry a table from byte to transition.
const TABLE_BEYOND: usize = 32;
const TABLE: usize = 256;
/// Bytes of a key at most: a word has [`WORD_LIMIT`] characters of four bytes.
pub(super) const KEY_LIMIT: usize = WORD_LIMIT * 4;

/// The bytes that a node's first byte can name by number, number 1 first.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// The vocabulary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vocabulary<'t> {
    bytes: &'t [u8],
    root: usize,
    /// How many words it says it has.
    pub(super) words: u64,
}

/// A transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) byte: u8,
    /// What it adds to the number of the word.
    pub(super) output: u64,
    target: usize,
}

/// A node, decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    /// Whether a word ends here.
    pub(super) is_final: bool,
    /// What that adds to the number of the word.
    pub(super) final_output: u64,
    /// Its first byte in the file; the node before it ends below.
    base: usize,
    edges: Edges<'t>,
}

#[derive(Clone, Copy, Debug)]
enum Edges<'t> {
    One(Edge),
    /// Each of these in reverse order of the transitions.
    Many {
        inputs: &'t [u8],
        deltas: &'t [u8],
        delta_size: usize,
        outputs: &'t [u8],
        output_size: usize,
    },
}

fn number(bytes: &[u8]) -> Option<u64> {
    let mut padded = [0; 8];
    padded.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(u64::from_le_bytes(padded))
}

/// Takes `length` bytes off the end.
fn take<'t>(bytes: &mut &'t [u8], length: usize) -> Option<&'t [u8]> {
    let (rest, taken) = bytes.split_at_checked(bytes.len().checked_sub(length)?)?;
    *bytes = rest;
    Some(taken)
}

fn take_byte(bytes: &mut &[u8]) -> Option<u8> {
    take(bytes, 1)?.first().copied()
}

/// Where a transition of a node that begins at `base` leads.
fn target(base: usize, delta: &[u8]) -> Option<usize> {
    match usize::try_from(number(delta)?).ok()? {
        0 => Some(END),
        delta => base.checked_sub(delta),
    }
}

impl<'t> Vocabulary<'t> {
    /// Reads header and footer.
    pub(super) fn new(bytes: &'t [u8]) -> Option<Vocabulary<'t>> {
        let version = u64::from_le_bytes(*bytes.first_chunk()?);
        let (nodes, footer) = bytes.split_at_checked(bytes.len().checked_sub(FOOTER)?)?;
        let words = u64::from_le_bytes(*footer.first_chunk()?);
        let root = u64::from_le_bytes(*footer.get(8..)?.first_chunk()?);
        let root = usize::try_from(root).ok()?;
        let sound = version == VERSION && nodes.len() > HEADER && root < nodes.len();
        sound.then_some(Vocabulary { bytes: nodes, root, words })
    }

    pub(super) fn root(self) -> Option<Node<'t>> {
        self.node(self.root)
    }

    /// The node that a transition leads to.
    #[inline]
    pub(super) fn follow(self, edge: Edge) -> Option<Node<'t>> {
        self.node(edge.target)
    }

    fn node(self, address: usize) -> Option<Node<'t>> {
        if address == END {
            return Some(Node {
                is_final: true,
                final_output: 0,
                base: END,
                edges: Edges::Many {
                    inputs: &[],
                    deltas: &[],
                    delta_size: 0,
                    outputs: &[],
                    output_size: 0,
                },
            });
        }
        let mut rest = self.bytes.get(HEADER..=address)?;
        let state = take_byte(&mut rest)?;
        if state & 0x80 == 0 { many(state, rest) } else { one(state, rest) }
    }

    /// The numbers of the words below a node, where the transitions to it have added up to `sum`;
    /// `None` where a way down is longer than any word.
    pub(super) fn below(self, node: Node<'t>, sum: u64) -> Option<(u32, u32)> {
        let first = {
            let (mut node, mut sum) = (node, sum);
            let mut left = KEY_LIMIT;
            while !node.is_final {
                left = left.checked_sub(1)?;
                let edge = node.edge(0)?;
                sum = sum.checked_add(edge.output)?;
                node = self.follow(edge)?;
            }
            sum.checked_add(node.final_output)?
        };
        let last = {
            let (mut node, mut sum) = (node, sum);
            let mut left = KEY_LIMIT;
            while let Some(edge) = node.len().checked_sub(1).and_then(|last| node.edge(last)) {
                left = left.checked_sub(1)?;
                sum = sum.checked_add(edge.output)?;
                node = self.follow(edge)?;
            }
            sum.checked_add(node.final_output)?
        };
        let first = u32::try_from(first).ok()?;
        let end = u32::try_from(last.checked_add(1)?).ok()?;
        (first < end).then_some((first, end))
    }

    /// The numbers of the words that begin so; `Some(None)` where there are none, `None` where the
    /// bytes are damaged.
    pub(super) fn prefix(self, prefix: &str) -> Option<Option<(u32, u32)>> {
        let mut node = self.root()?;
        let mut sum: u64 = 0;
        for &byte in prefix.as_bytes() {
            let Some(edge) = node.find(byte) else {
                return Some(None);
            };
            sum = sum.checked_add(edge.output)?;
            node = self.follow(edge)?;
        }
        self.below(node, sum).map(Some)
    }
}

/// Decodes a node with one transition that ends no word; `rest` ends before its state.
fn one(state: u8, mut rest: &[u8]) -> Option<Node<'_>> {
    let byte = match (state & 0x3F).checked_sub(1) {
        Some(common) => *COMMON.get(usize::from(common))?,
        None => take_byte(&mut rest)?,
    };
    let (output, edge_target, base);
    if state & 0x40 != 0 {
        // It leads to the node just before it, and adds nothing.
        base = HEADER.checked_add(rest.len())?;
        edge_target = base.checked_sub(1)?;
        output = 0;
    } else {
        let sizes = take_byte(&mut rest)?;
        let delta = take(&mut rest, usize::from(sizes >> 4))?;
        output = number(take(&mut rest, usize::from(sizes & 15))?)?;
        base = HEADER.checked_add(rest.len())?;
        edge_target = target(base, delta)?;
    }
    Some(Node {
        is_final: false,
        final_output: 0,
        base,
        edges: Edges::One(Edge { byte, output, target: edge_target }),
    })
}

/// Decodes any other node; `rest` ends before its state.
fn many(state: u8, mut rest: &[u8]) -> Option<Node<'_>> {
    let is_final = state & 0x40 != 0;
    let count = match state & 0x3F {
        0 => match take_byte(&mut rest)? {
            // One transition is counted in the state, so a 1 here is free to stand for 256.
            1 => 256,
            count => usize::from(count),
        },
        count => usize::from(count),
    };
    let sizes = take_byte(&mut rest)?;
    let (delta_size, output_size) = (usize::from(sizes >> 4), usize::from(sizes & 15));
    if count > TABLE_BEYOND {
        take(&mut rest, TABLE)?;
    }
    let inputs = take(&mut rest, count)?;
    let deltas = take(&mut rest, count.checked_mul(delta_size)?)?;
    let outputs = take(&mut rest, count.checked_mul(output_size)?)?;
    let final_output = match is_final {
        true => number(take(&mut rest, output_size)?)?,
        false => 0,
    };
    Some(Node {
        is_final,
        final_output,
        base: HEADER.checked_add(rest.len())?,
        edges: Edges::Many { inputs, deltas, delta_size, outputs, output_size },
    })
}

impl Node<'_> {
    /// How many transitions it has.
    #[inline]
    pub(super) fn len(&self) -> usize {
        match &self.edges {
            Edges::One(_) => 1,
            Edges::Many { inputs, .. } => inputs.len(),
        }
    }

    /// The transition of this place, in ascending order of their bytes.
    #[inline]
    pub(super) fn edge(&self, index: usize) -> Option<Edge> {
        match &self.edges {
            Edges::One(edge) => (index == 0).then_some(*edge),
            Edges::Many { inputs, deltas, delta_size, outputs, output_size } => {
                let place = inputs.len().checked_sub(index)?.checked_sub(1)?;
                let part = |bytes: &[u8], size: usize| {
                    let start = place.checked_mul(size)?;
                    number(bytes.get(start..start.checked_add(size)?)?)
                };
                let start = place.checked_mul(*delta_size)?;
                let delta = deltas.get(start..start.checked_add(*delta_size)?)?;
                Some(Edge {
                    byte: *inputs.get(place)?,
                    output: part(outputs, *output_size)?,
                    target: target(self.base, delta)?,
                })
            }
        }
    }

    /// The transition of a byte.
    #[inline]
    pub(super) fn find(&self, byte: u8) -> Option<Edge> {
        match &self.edges {
            Edges::One(edge) => (edge.byte == byte).then_some(*edge),
            Edges::Many { inputs, .. } => {
                let place = inputs.iter().position(|input| *input == byte)?;
                self.edge(inputs.len().checked_sub(place)?.checked_sub(1)?)
            }
        }
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(super) use tests::vocabulary as vocabulary_of;
