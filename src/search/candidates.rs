//! The ranks of one chunk that match all query words so far.

use super::postings::{Chunk, each_bit};

/// The words of a bitmap of one chunk.
const WORDS: usize = 1024;
/// A list this many times shorter than the other is looked up in it, not walked along with it.
const SKEWED: usize = 8;
/// Lists up to this length are walked along with each other; longer ones go through a bitmap.
const SHORT: usize = 256;
/// United ranks up to this many become a list.
const SPARSE: usize = 2048;

type Bits = [u64; WORDS];

/// Candidates of one chunk, as a list or as a bitmap, with the memory to narrow them down. One of
/// these serves all chunks of a query.
#[derive(Debug)]
pub(super) struct Candidates {
    dense: bool,
    list: Vec<u16>,
    bits: Box<Bits>,
    other: Box<Bits>,
}

impl Candidates {
    pub(super) fn new() -> Candidates {
        Candidates {
            dense: false,
            list: Vec::new(),
            bits: Box::new([0; WORDS]),
            other: Box::new([0; WORDS]),
        }
    }

    /// Begins with the union of these.
    pub(super) fn begin(&mut self, parts: &[Chunk<'_>]) {
        self.list.clear();
        self.dense = false;
        match parts {
            [] => {}
            [Chunk::Bits(words)] => {
                self.dense = true;
                for (word, bytes) in self.bits.iter_mut().zip(*words) {
                    *word = u64::from_le_bytes(*bytes);
                }
            }
            [part] => each(part, |low| self.list.push(low)),
            parts => {
                unite(parts, &mut self.bits);
                self.dense = total(parts) > SPARSE;
                if !self.dense {
                    each_bit(self.bits.iter().copied(), |low| self.list.push(low));
                }
            }
        }
    }

    /// Keeps those that are in the union of these too.
    pub(super) fn narrow(&mut self, parts: &[Chunk<'_>]) {
        match (parts, self.dense) {
            ([], _) => self.begin(&[]),
            ([Chunk::Bits(words)], true) => {
                for (word, bytes) in self.bits.iter_mut().zip(*words) {
                    *word &= u64::from_le_bytes(*bytes);
                }
            }
            ([Chunk::Bits(words)], false) => {
                let held = |low: u16| {
                    let word = words.get(usize::from(low >> 6));
                    word.is_some_and(|word| u64::from_le_bytes(*word) >> (low & 63) & 1 == 1)
                };
                keep(&mut self.list, held);
            }
            ([part], true) => {
                self.dense = false;
                let Candidates { list, bits, .. } = self;
                each(part, |low| {
                    if bit(bits, low) {
                        list.push(low);
                    }
                });
            }
            ([part], false) if part.len() <= SHORT && self.list.len() <= SHORT => {
                walk(&mut self.list, part);
            }
            ([part], false) if self.list.len().saturating_mul(SKEWED) < part.len() => {
                self.list.retain(|low| held(part, *low));
            }
            (parts, true) => {
                unite(parts, &mut self.other);
                for (word, other) in self.bits.iter_mut().zip(self.other.iter()) {
                    *word &= other;
                }
            }
            (parts, false) => {
                let probes = self.list.len().saturating_mul(parts.len());
                if probes.saturating_mul(SKEWED) < total(parts) {
                    self.list.retain(|low| parts.iter().any(|part| held(part, *low)));
                } else {
                    unite(parts, &mut self.other);
                    let other = &self.other;
                    keep(&mut self.list, |low| bit(other, low));
                }
            }
        }
    }

    /// Whether none are left, so far as that can be told at once.
    pub(super) fn is_empty(&self) -> bool {
        !self.dense && self.list.is_empty()
    }

    /// Calls with each, ascending, until told to stop; tells whether it was.
    pub(super) fn each_until(&self, mut stop: impl FnMut(u16) -> bool) -> bool {
        if !self.dense {
            return self.list.iter().any(|low| stop(*low));
        }
        for (word, base) in self.bits.iter().zip((0..=u16::MAX).step_by(64)) {
            let mut left = *word;
            while left != 0 {
                if stop(base | left.trailing_zeros() as u16) {
                    return true;
                }
                left &= left.wrapping_sub(1);
            }
        }
        false
    }
}

fn total(parts: &[Chunk<'_>]) -> usize {
    parts.iter().map(Chunk::len).fold(0, usize::saturating_add)
}

#[inline]
fn bit(bits: &Bits, low: u16) -> bool {
    bits.get(usize::from(low >> 6)).is_some_and(|word| word >> (low & 63) & 1 == 1)
}

/// Keeps those that hold, without a branch that would be mispredicted.
#[inline]
fn keep(list: &mut Vec<u16>, holds: impl Fn(u16) -> bool) {
    let mut kept: usize = 0;
    for index in 0..list.len() {
        let Some(&low) = list.get(index) else { break };
        if let Some(place) = list.get_mut(kept) {
            *place = low;
        }
        kept = kept.saturating_add(usize::from(holds(low)));
    }
    list.truncate(kept);
}

/// The low half of a rank.
#[inline]
fn low_half(rank: [u8; 4]) -> u16 {
    u32::from_le_bytes(rank) as u16
}

#[inline]
fn each(part: &Chunk<'_>, mut call: impl FnMut(u16)) {
    match part {
        Chunk::Ranks(ranks) => ranks.iter().for_each(|rank| call(low_half(*rank))),
        Chunk::Halves(halves) => halves.iter().for_each(|half| call(u16::from_le_bytes(*half))),
        Chunk::Bits(words) => each_bit(words.iter().map(|w| u64::from_le_bytes(*w)), call),
    }
}

/// Whether a rank is in a chunk.
fn held(part: &Chunk<'_>, low: u16) -> bool {
    match part {
        Chunk::Ranks(ranks) => ranks.binary_search_by_key(&low, |rank| low_half(*rank)).is_ok(),
        Chunk::Halves(halves) => {
            halves.binary_search_by_key(&low, |half| u16::from_le_bytes(*half)).is_ok()
        }
        Chunk::Bits(words) => words
            .get(usize::from(low >> 6))
            .is_some_and(|word| u64::from_le_bytes(*word) >> (low & 63) & 1 == 1),
    }
}

/// Keeps those of a short list that are in a short chunk too.
fn walk(list: &mut Vec<u16>, part: &Chunk<'_>) {
    let mut kept: usize = 0;
    let mut at: usize = 0;
    each(part, |low| {
        while list.get(at).is_some_and(|candidate| *candidate < low) {
            at = at.saturating_add(1);
        }
        if list.get(at) == Some(&low) {
            if let Some(place) = list.get_mut(kept) {
                *place = low;
            }
            kept = kept.saturating_add(1);
        }
    });
    list.truncate(kept);
}

fn unite(parts: &[Chunk<'_>], bits: &mut Bits) {
    bits.fill(0);
    for part in parts {
        if let Chunk::Bits(words) = part {
            for (word, bytes) in bits.iter_mut().zip(*words) {
                *word |= u64::from_le_bytes(*bytes);
            }
            continue;
        }
        each(part, |low| {
            if let Some(word) = bits.get_mut(usize::from(low >> 6)) {
                *word |= 1 << (low & 63);
            }
        });
    }
}
