//! Sorted sets of ranks: how they are laid out, and how they are read.
//!
//! A set, from the byte where it begins:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `u32`: the number of ranks, at least 1; with [`CHUNKED`] where it is laid out by chunk |
//!
//! A set that is not chunked is its ranks, `u32` each, ascending. A chunked one:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `u32`: the number of chunks, at least 1 |
//! | 4 a chunk | `u16` chunk (rank / 2^16), ascending; `u16` ranks in it less one |
//! | the rest | the chunks: the low half of each rank, ascending, as `u16`; where more than [`ARRAY_LIMIT`], a bitmap of [`BITMAP`] bytes, bit 0 of byte 0 first |
//!
//! The writer takes whichever is smaller. A set ends where its parts do; the next begins there.
//! Chunks make two large sets meet in a few bitmap operations, best ranks first, so a query for
//! the best ten seldom reads beyond the first chunk.

use crate::index::View;

/// In the first word of a set: it is laid out by chunk.
pub const CHUNKED: u32 = 1 << 31;
/// Ranks of a chunk up to which they are an array.
pub const ARRAY_LIMIT: usize = 4096;
/// Bytes of a bitmap.
pub const BITMAP: usize = 1 << 13;
/// Words below a prefix up to which their sets are united when asked; a prefix with more has a
/// merged set in [`PREFIX_POSTINGS`](crate::index::format::PREFIX_POSTINGS).
pub const UNITED_WORDS: usize = 32;
/// Postings of these words up to which they are united when asked; with more there is a merged
/// set as well.
pub const UNITED_POSTINGS: usize = 4096;

/// The ranks of one set within one chunk; the high half of the rank is the chunk.
#[derive(Clone, Copy, Debug)]
pub(super) enum Chunk<'t> {
    /// Whole ranks.
    Ranks(&'t [[u8; 4]]),
    /// Their low halves.
    Halves(&'t [[u8; 2]]),
    /// One bit a rank.
    Bits(&'t [[u8; 8]]),
}

impl Chunk<'_> {
    /// How many ranks; a bitmap has more than [`ARRAY_LIMIT`].
    pub(super) fn len(&self) -> usize {
        match self {
            Chunk::Ranks(ranks) => ranks.len(),
            Chunk::Halves(halves) => halves.len(),
            Chunk::Bits(_) => ARRAY_LIMIT.saturating_mul(2),
        }
    }
}

/// One set, read chunk by chunk in ascending order.
#[derive(Clone, Debug)]
pub(super) struct Set<'t> {
    view: View<'t>,
    /// How many ranks it says it has.
    pub(super) count: usize,
    rest: Rest<'t>,
}

#[derive(Clone, Debug)]
enum Rest<'t> {
    Ranks(&'t [[u8; 4]]),
    Chunks {
        directory: &'t [[u8; 4]],
        /// Where the first chunk of the directory begins.
        at: usize,
    },
}

/// The bytes of a chunk with so many ranks.
fn chunk_length(ranks: usize) -> usize {
    if ranks > ARRAY_LIMIT { BITMAP } else { ranks.saturating_mul(2) }
}

fn entry(bytes: [u8; 4]) -> (u16, usize) {
    let [a, b, c, d] = bytes;
    let ranks = usize::from(u16::from_le_bytes([c, d])).saturating_add(1);
    (u16::from_le_bytes([a, b]), ranks)
}

impl<'t> Set<'t> {
    /// The set that begins at this byte.
    pub(super) fn read(view: View<'t>, start: usize) -> Option<Set<'t>> {
        let first = u32::from_le_bytes(*view.array(start)?);
        let count = (first & !CHUNKED) as usize;
        let body = start.checked_add(4)?;
        let list = |from: usize, length: usize| {
            let end = from.checked_add(length.checked_mul(4)?)?;
            Some((view.slice(from, end)?.as_chunks().0, end))
        };
        let rest = if first & CHUNKED == 0 {
            Rest::Ranks(list(body, count)?.0)
        } else {
            let chunks = u32::from_le_bytes(*view.array(body)?) as usize;
            let (directory, at) = list(body.checked_add(4)?, chunks)?;
            Rest::Chunks { directory, at }
        };
        Some(Set { view, count, rest })
    }

    /// A set of ranks that are ascending.
    pub(super) fn of_ranks(view: View<'t>, ranks: &'t [[u8; 4]]) -> Set<'t> {
        Set { view, count: ranks.len(), rest: Rest::Ranks(ranks) }
    }

    /// Its ranks in a chunk, an empty list where it has none there; `None` where its bytes are
    /// damaged. The chunks before it are left behind.
    pub(super) fn chunk(&mut self, chunk: u16) -> Option<Chunk<'t>> {
        const EMPTY: Chunk<'static> = Chunk::Halves(&[]);
        match &mut self.rest {
            Rest::Ranks(rest) => {
                let high = |rank: &[u8; 4]| u32::from_le_bytes(*rank) >> 16;
                let wanted = u32::from(chunk);
                let ahead = forward(rest, |rank| high(rank) < wanted);
                let (_, from) = rest.split_at_checked(ahead)?;
                let here = forward(from, |rank| high(rank) <= wanted);
                let (here, after) = from.split_at_checked(here)?;
                *rest = after;
                Some(Chunk::Ranks(here))
            }
            Rest::Chunks { directory, at } => {
                while let Some((first, after)) = directory.split_first() {
                    let (found, ranks) = entry(*first);
                    if found > chunk {
                        break;
                    }
                    let start = *at;
                    *at = start.checked_add(chunk_length(ranks))?;
                    *directory = after;
                    if found < chunk {
                        continue;
                    }
                    let bytes = self.view.slice(start, *at)?;
                    return Some(if ranks > ARRAY_LIMIT {
                        Chunk::Bits(bytes.as_chunks().0)
                    } else {
                        Chunk::Halves(bytes.as_chunks().0)
                    });
                }
                Some(EMPTY)
            }
        }
    }

    /// Adds all ranks to a list.
    pub(super) fn append_to(mut self, ranks: &mut Vec<u32>) -> Option<()> {
        if let Rest::Ranks(list) = self.rest {
            ranks.extend(list.iter().map(|rank| u32::from_le_bytes(*rank)));
            return Some(());
        }
        while let Rest::Chunks { directory, .. } = self.rest {
            let Some(first) = directory.first() else {
                break;
            };
            let (chunk, _) = entry(*first);
            let high = u32::from(chunk) << 16;
            match self.chunk(chunk)? {
                Chunk::Halves(halves) => ranks
                    .extend(halves.iter().map(|half| high | u32::from(u16::from_le_bytes(*half)))),
                Chunk::Bits(words) => {
                    each_bit(words.iter().map(|w| u64::from_le_bytes(*w)), |low| {
                        ranks.push(high | u32::from(low));
                    })
                }
                Chunk::Ranks(_) => {}
            }
        }
        Some(())
    }

    /// Whether a rank is in it.
    pub(super) fn contains(mut self, rank: u32) -> bool {
        let low = rank as u16;
        match self.chunk((rank >> 16) as u16) {
            Some(Chunk::Ranks(ranks)) => {
                ranks.binary_search_by_key(&rank, |rank| u32::from_le_bytes(*rank)).is_ok()
            }
            Some(Chunk::Halves(halves)) => {
                halves.binary_search_by_key(&low, |half| u16::from_le_bytes(*half)).is_ok()
            }
            Some(Chunk::Bits(words)) => words
                .get(usize::from(low >> 6))
                .is_some_and(|word| u64::from_le_bytes(*word) >> (low & 63) & 1 == 1),
            None => false,
        }
    }
}

/// Calls with the place of each set bit, ascending.
#[inline]
pub(super) fn each_bit(words: impl Iterator<Item = u64>, mut each: impl FnMut(u16)) {
    for (word, base) in words.zip((0..=u16::MAX).step_by(64)) {
        let mut left = word;
        while left != 0 {
            each(base | left.trailing_zeros() as u16);
            left &= left.wrapping_sub(1);
        }
    }
}

/// How many items at the head hold, where those that hold come first: looked for in steps that
/// double, as the answer is mostly near.
fn forward<T>(items: &[T], holds: impl Fn(&T) -> bool) -> usize {
    let mut step = 1;
    while items.get(step).is_some_and(&holds) {
        step = step.saturating_mul(2);
    }
    let window = items.get(..step.saturating_add(1)).unwrap_or(items);
    window.partition_point(holds)
}

/// Checks one set and tells where it ends; its ranks must lie below `end`.
pub(super) fn verify_set(view: View<'_>, start: usize, end: u32) -> Result<usize, &'static str> {
    const DAMAGED: &str = "a set of postings does not lie in its section";
    let set = Set::read(view, start).ok_or(DAMAGED)?;
    let mut counted: usize = 0;
    let end_of_set = match set.rest {
        Rest::Ranks(ranks) => {
            counted = ranks.len();
            let ascending = ranks.windows(2).all(|pair| match pair {
                [a, b] => u32::from_le_bytes(*a) < u32::from_le_bytes(*b),
                _ => true,
            });
            let last = ranks.last().map(|rank| u32::from_le_bytes(*rank));
            if !ascending || last.is_none_or(|last| last >= end) {
                return Err("the ranks of a set are not ascending, or beyond the last");
            }
            start.checked_add(4).and_then(|at| at.checked_add(ranks.len().checked_mul(4)?))
        }
        Rest::Chunks { directory, mut at } => {
            let mut before = None;
            for bytes in directory {
                let (chunk, ranks) = entry(*bytes);
                if before >= Some(chunk) {
                    return Err("the chunks of a set are not ascending");
                }
                before = Some(chunk);
                let next = at.checked_add(chunk_length(ranks)).ok_or(DAMAGED)?;
                let body = view.slice(at, next).ok_or(DAMAGED)?;
                verify_chunk(body, ranks, end.saturating_sub(u32::from(chunk) << 16))?;
                counted = counted.saturating_add(ranks);
                at = next;
            }
            Some(at)
        }
    };
    if counted == 0 || counted != set.count {
        return Err("a set has another number of ranks than stated");
    }
    end_of_set.ok_or(DAMAGED)
}

/// Checks one chunk, whose low halves must lie below `end`.
fn verify_chunk(body: &[u8], ranks: usize, end: u32) -> Result<(), &'static str> {
    const BEYOND: &str = "a rank of a set is beyond the last";
    if ranks > ARRAY_LIMIT {
        let words = body.as_chunks::<8>().0;
        // Its bits are not counted: the count serves to estimate and nothing else, and reading all
        // bitmaps would be most of the cost of verifying.
        let mut last = 0;
        let tail = words.iter().rev().zip((0_u32..1024).rev());
        for (word, place) in tail {
            let word = u64::from_le_bytes(*word);
            if let Some(top) = word.checked_ilog2() {
                last = place.saturating_mul(64).saturating_add(top);
                break;
            }
        }
        return if last < end { Ok(()) } else { Err(BEYOND) };
    }
    let halves = body.as_chunks::<2>().0;
    let after = halves.get(1..).unwrap_or_default();
    // No early exit: a loop without one is compiled to vector instructions.
    let ascending = halves.iter().zip(after).fold(true, |ascending, (a, b)| {
        ascending & (u16::from_le_bytes(*a) < u16::from_le_bytes(*b))
    });
    let last = halves.last().map(|half| u32::from(u16::from_le_bytes(*half)));
    match last {
        Some(last) if ascending && last < end => Ok(()),
        Some(_) if !ascending => Err("the ranks of a chunk are not ascending"),
        _ => Err(BEYOND),
    }
}
