//! Writing sets of ranks, in the layout of `farr::search::postings`.

use farr::search::postings::{ARRAY_LIMIT, BITMAP, CHUNKED};
use rayon::prelude::*;

use super::SearchError;
use super::invert::Inverted;

/// Words or prefixes encoded by one task.
const BATCH: usize = 512;
/// Ranks beyond which a union goes through a bitmap of all ranks and is not sorted.
const SORTED: usize = 1 << 14;

/// The sections that hold sets, and where they begin.
pub(super) struct Postings {
    pub(super) bytes: Vec<u8>,
    pub(super) word_starts: Vec<u8>,
    pub(super) prefixes: Vec<u8>,
    pub(super) prefix_count: usize,
}

/// Encodes the sets of all words, then those of the merged prefixes.
pub(super) fn write(inverted: &Inverted, merged: &[(u32, u32)]) -> Result<Postings, SearchError> {
    let mut bytes = Vec::new();
    let mut starts = Vec::with_capacity(inverted.words() as usize + merged.len());
    let singles: Vec<(u32, u32)> = (0..inverted.words()).map(|word| (word, word + 1)).collect();
    for ranges in [singles.as_slice(), merged] {
        let batches: Vec<Encoder> = ranges
            .par_chunks(BATCH)
            .map_init(
                || vec![0; (inverted.terms() as usize).div_ceil(64)],
                |seen, ranges| {
                    let mut encoder = Encoder::default();
                    for (first, end) in ranges {
                        encoder.add(inverted, *first, *end, seen);
                    }
                    encoder
                },
            )
            .collect();
        bytes.reserve_exact(batches.iter().map(|batch| batch.bytes.len()).sum());
        for batch in batches {
            let base = bytes.len();
            starts.extend(batch.starts.iter().map(|start| base + start));
            bytes.extend_from_slice(&batch.bytes);
        }
    }
    if bytes.len() > u32::MAX as usize {
        return Err(SearchError::TooMany { what: "bytes of postings" });
    }
    let (of_words, of_prefixes) = starts.split_at(singles.len());
    let end_of_words = of_prefixes.first().copied().unwrap_or(bytes.len());
    let word_starts = of_words.iter().copied().chain([end_of_words]);
    let prefixes = merged.iter().zip(of_prefixes);
    Ok(Postings {
        word_starts: word_starts.flat_map(|start| (start as u32).to_le_bytes()).collect(),
        prefixes: prefixes
            .flat_map(|((first, end), start)| [*first, *end, *start as u32])
            .flat_map(u32::to_le_bytes)
            .collect(),
        prefix_count: merged.len(),
        bytes,
    })
}

/// Sets one behind the other.
#[derive(Default)]
struct Encoder {
    bytes: Vec<u8>,
    starts: Vec<usize>,
    union: Vec<u32>,
}

impl Encoder {
    /// Adds the set of the terms with any of these words. `seen` is one bit a rank, none of them
    /// set before and after.
    fn add(&mut self, inverted: &Inverted, first: u32, end: u32, seen: &mut [u64]) {
        self.starts.push(self.bytes.len());
        let ranks = inverted.of_words(first, end);
        if end - first == 1 {
            encode(ranks, &mut self.bytes);
            return;
        }
        self.union.clear();
        if ranks.len() <= SORTED {
            self.union.extend_from_slice(ranks);
            self.union.sort_unstable();
            self.union.dedup();
        } else {
            for rank in ranks {
                seen[*rank as usize / 64] |= 1 << (rank % 64);
            }
            for (word, base) in seen.iter_mut().zip((0..).step_by(64)) {
                while *word != 0 {
                    self.union.push(base + word.trailing_zeros());
                    *word &= *word - 1;
                }
            }
        }
        encode(&self.union, &mut self.bytes);
    }
}

/// Ranks up to which a set is never smaller by chunk.
const ALWAYS_PLAIN: usize = 4;

/// Appends one set of ascending ranks.
fn encode(ranks: &[u32], bytes: &mut Vec<u8>) {
    let chunks = match ranks.len() {
        ..=ALWAYS_PLAIN => Vec::new(),
        _ => chunks(ranks),
    };
    let chunked: usize = 4 + chunks.iter().map(|chunk| 4 + body(chunk)).sum::<usize>();
    let count = ranks.len() as u32;
    if chunks.is_empty() || ranks.len() * 4 <= chunked {
        bytes.extend_from_slice(&count.to_le_bytes());
        bytes.extend(ranks.iter().flat_map(|rank| rank.to_le_bytes()));
        return;
    }
    bytes.extend_from_slice(&(count | CHUNKED).to_le_bytes());
    bytes.extend_from_slice(&(chunks.len() as u32).to_le_bytes());
    for chunk in &chunks {
        bytes.extend_from_slice(&((chunk[0] >> 16) as u16).to_le_bytes());
        bytes.extend_from_slice(&((chunk.len() - 1) as u16).to_le_bytes());
    }
    for chunk in chunks {
        let start = bytes.len();
        bytes.resize(start + body(chunk), 0);
        let body = &mut bytes[start..];
        if chunk.len() <= ARRAY_LIMIT {
            for (half, rank) in body.as_chunks_mut::<2>().0.iter_mut().zip(chunk) {
                *half = (*rank as u16).to_le_bytes();
            }
            continue;
        }
        for rank in chunk {
            let low = *rank as usize & 0xFFFF;
            body[low / 8] |= 1 << (low % 8);
        }
    }
}

/// The ranks of each chunk that has any.
fn chunks(ranks: &[u32]) -> Vec<&[u32]> {
    let mut chunks = Vec::new();
    let mut rest = ranks;
    while let Some(first) = rest.first() {
        let here = rest.partition_point(|rank| rank >> 16 == first >> 16);
        let (chunk, after) = rest.split_at(here);
        chunks.push(chunk);
        rest = after;
    }
    chunks
}

/// The bytes of a chunk.
fn body(chunk: &[u32]) -> usize {
    if chunk.len() > ARRAY_LIMIT { BITMAP } else { chunk.len() * 2 }
}
