//! A set of ordinals in the form that suits it.

use super::bits::Bits;
use super::runs::{Cursor, StoredRuns, gallop, pair};

/// Runs beyond which a set is better kept as bits: about where both take the same room.
const MANY_RUNS: usize = 1 << 13;

/// Ordinals up to which they are sorted; more are put in order as bits, which costs about as much as
/// to sort so many.
const SORTED: usize = 2048;

/// Ordinals or runs that are searched about as soon as a bit is looked at.
const SEARCHED: usize = 16;

/// Ascending ordinals: as runs, one by one, or as bits; stored in the index, or made.
#[derive(Clone, Debug)]
pub(crate) enum OrdinalSet<'t> {
    /// The descendants of a concept, as the index stores them.
    Stored(StoredRuns<'t>),
    /// Runs that ascend and do not touch.
    Runs { runs: Vec<(u32, u32)>, length: u32 },
    /// Ascending ordinals as the index stores them, all below `bound`.
    StoredList { list: &'t [[u8; 4]], bound: u32 },
    /// Ascending ordinals.
    List(Vec<u32>),
    /// One bit each.
    Bits(Bits),
}

impl<'t> OrdinalSet<'t> {
    pub(crate) const EMPTY: OrdinalSet<'static> = OrdinalSet::List(Vec::new());

    /// The ordinals `start .. end`.
    pub(crate) fn range(start: u32, end: u32) -> OrdinalSet<'t> {
        let length = end.saturating_sub(start);
        OrdinalSet::Stored(StoredRuns {
            own: [(start, end), (0, 0)],
            others: &[],
            length,
            bound: end,
        })
    }

    pub(crate) fn one(ordinal: u32) -> OrdinalSet<'t> {
        OrdinalSet::range(ordinal, ordinal.saturating_add(1))
    }

    /// A list that the index stores. What does not lie below `bound` stands at its end and is
    /// left off.
    pub(crate) fn stored_list(mut list: &'t [[u8; 4]], bound: u32) -> OrdinalSet<'t> {
        while let Some((last, before)) = list.split_last() {
            if u32::from_le_bytes(*last) < bound {
                break;
            }
            list = before;
        }
        OrdinalSet::StoredList { list, bound }
    }

    /// Ordinals in any order, some perhaps more than once.
    pub(crate) fn from_unsorted(mut ordinals: Vec<u32>) -> OrdinalSet<'t> {
        ordinals.sort_unstable();
        ordinals.dedup();
        OrdinalSet::List(ordinals)
    }

    /// Ordinals below `bound` in any order, of which there are about `count`.
    pub(crate) fn from_many(
        ordinals: impl Iterator<Item = u32>,
        count: usize,
        bound: u32,
    ) -> OrdinalSet<'t> {
        if count <= SORTED {
            return OrdinalSet::from_unsorted(ordinals.collect());
        }
        let mut bits = Bits::over(0, bound);
        ordinals.for_each(|at| bits.set(at));
        OrdinalSet::from_bits(bits.count())
    }

    /// Runs in any order, some perhaps over each other.
    pub(crate) fn from_unsorted_runs(mut runs: Vec<(u32, u32)>) -> OrdinalSet<'t> {
        runs.sort_unstable();
        let mut collected = RunCollector::default();
        runs.into_iter().for_each(|(start, end)| collected.push(start, end));
        collected.into_set()
    }

    /// Bits that were counted, as a list where they are few.
    pub(crate) fn from_bits(bits: Bits) -> OrdinalSet<'t> {
        if bits.len() > 1024 {
            return OrdinalSet::Bits(bits);
        }
        let mut list = Vec::with_capacity(bits.len() as usize);
        bits.each(|ordinal| list.push(ordinal));
        OrdinalSet::List(list)
    }

    /// The same, in the form in which one is found soonest: a list, or runs, of more than a few as
    /// bits, which is a look where they are a search.
    pub(crate) fn into_asked(self, bound: u32) -> OrdinalSet<'t> {
        let searched = match &self {
            OrdinalSet::Stored(runs) => runs.others.len(),
            OrdinalSet::Runs { runs, .. } => runs.len(),
            OrdinalSet::StoredList { list, .. } => list.len(),
            OrdinalSet::List(list) => list.len(),
            OrdinalSet::Bits(_) => 0,
        };
        if searched <= SEARCHED {
            return self;
        }
        let mut bits = Bits::over(0, bound);
        self.each(|ordinal| bits.set(ordinal));
        OrdinalSet::Bits(bits.count())
    }

    /// How many.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        match self {
            OrdinalSet::Stored(runs) => runs.length as usize,
            OrdinalSet::Runs { length, .. } => *length as usize,
            OrdinalSet::StoredList { list, .. } => list.len(),
            OrdinalSet::List(list) => list.len(),
            OrdinalSet::Bits(bits) => bits.len() as usize,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether its runs are known to be no more than `most`.
    pub(crate) fn run_count_at_most(&self, most: usize) -> bool {
        match self {
            OrdinalSet::Stored(stored) => stored.others.len().saturating_add(2) <= most.max(3),
            OrdinalSet::Runs { runs, .. } => runs.len() <= most,
            OrdinalSet::StoredList { list, .. } => list.len() <= most,
            OrdinalSet::List(list) => list.len() <= most,
            OrdinalSet::Bits(_) => false,
        }
    }

    /// About what it costs to go through it once.
    pub(crate) fn work(&self) -> usize {
        match self {
            OrdinalSet::Stored(stored) => stored.others.len().saturating_add(2),
            OrdinalSet::Runs { runs, .. } => runs.len(),
            OrdinalSet::StoredList { list, .. } => list.len(),
            OrdinalSet::List(list) => list.len(),
            OrdinalSet::Bits(bits) => (bits.end().saturating_sub(bits.start()) / 64) as usize,
        }
    }

    /// Whether an ordinal is in it: one comparison, one bit, or a search.
    #[inline]
    pub(crate) fn contains(&self, ordinal: u32) -> bool {
        let below_end = |at: usize, runs: &[(u32, u32)]| {
            at.checked_sub(1).and_then(|at| runs.get(at)).is_some_and(|(_, end)| ordinal < *end)
        };
        match self {
            OrdinalSet::Stored(stored) => {
                let [first, second] = stored.own;
                if (first.0 <= ordinal && ordinal < first.1)
                    || (second.0 <= ordinal && ordinal < second.1)
                {
                    return ordinal < stored.bound;
                }
                if stored.others.is_empty() {
                    return false;
                }
                let beyond = stored.others.partition_point(|run| pair(run).0 <= ordinal);
                let run = beyond.checked_sub(1).and_then(|at| stored.others.get(at));
                run.is_some_and(|run| ordinal < pair(run).1.min(stored.bound))
            }
            OrdinalSet::Runs { runs, .. } => {
                below_end(runs.partition_point(|(start, _)| *start <= ordinal), runs)
            }
            OrdinalSet::StoredList { list, .. } => {
                list.binary_search_by_key(&ordinal, |bytes| u32::from_le_bytes(*bytes)).is_ok()
            }
            OrdinalSet::List(list) => list.binary_search(&ordinal).is_ok(),
            OrdinalSet::Bits(bits) => bits.contains(ordinal),
        }
    }

    /// Each run, ascending.
    #[inline]
    pub(crate) fn each_run(&self, mut with: impl FnMut(u32, u32)) {
        match self {
            OrdinalSet::List(list) => list.iter().for_each(|at| with(*at, at.saturating_add(1))),
            OrdinalSet::StoredList { list, .. } => list.iter().for_each(|bytes| {
                let at = u32::from_le_bytes(*bytes);
                with(at, at.saturating_add(1));
            }),
            _ => {
                let mut cursor = Cursor::over(self);
                let mut from = 0;
                while let Some((start, end)) = cursor.seek(from) {
                    with(start, end);
                    from = end;
                }
            }
        }
    }

    /// Each ordinal, ascending.
    pub(crate) fn each(&self, mut with: impl FnMut(u32)) {
        match self {
            OrdinalSet::Bits(bits) => bits.each(with),
            _ => self.each_run(|start, end| (start..end).for_each(&mut with)),
        }
    }

    /// The smallest range that holds it; `None` where it is empty.
    pub(crate) fn bounds(&self) -> Option<(u32, u32)> {
        let mut cursor = Cursor::over(self);
        let (start, _) = cursor.seek(0)?;
        let end = match self {
            OrdinalSet::Stored(stored) => {
                let others = stored.others.last().map(pair);
                let ends = stored.own.iter().copied().chain(others).filter(|run| run.0 < run.1);
                ends.map(|(_, end)| end.min(stored.bound)).max()?
            }
            OrdinalSet::Runs { runs, .. } => runs.last()?.1,
            OrdinalSet::StoredList { list, .. } => {
                u32::from_le_bytes(*list.last()?).saturating_add(1)
            }
            OrdinalSet::List(list) => list.last()?.saturating_add(1),
            OrdinalSet::Bits(bits) => bits.end(),
        };
        Some((start, end))
    }

    /// The same set as bits, with room for `start .. end` at least.
    pub(crate) fn to_bits(&self, start: u32, end: u32) -> Bits {
        let (low, high) = self.bounds().unwrap_or((start, start));
        let (start, end) = (start.min(low), end.max(high));
        match self {
            OrdinalSet::Bits(bits) => bits.widened(start, end),
            _ => {
                let mut bits = Bits::over(start, end);
                self.mark(&mut bits);
                bits
            }
        }
    }

    /// Puts each ordinal in a set of bits that has room for them.
    pub(crate) fn mark(&self, bits: &mut Bits) {
        match self {
            OrdinalSet::List(list) => list.iter().for_each(|at| bits.set(*at)),
            OrdinalSet::StoredList { list, .. } => {
                list.iter().for_each(|at| bits.set(u32::from_le_bytes(*at)));
            }
            _ => self.each_run(|start, end| bits.set_range(start, end)),
        }
    }
}

/// Collects runs that come in ascending order.
#[derive(Debug, Default)]
pub(crate) struct RunCollector {
    runs: Vec<(u32, u32)>,
}

impl RunCollector {
    /// Adds `start .. end`, which begins at or behind the start of the last one.
    #[inline]
    pub(crate) fn push(&mut self, start: u32, end: u32) {
        if start >= end {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => self.runs.push((start, end)),
        }
    }

    pub(crate) fn into_set<'t>(self) -> OrdinalSet<'t> {
        let runs = self.runs;
        let length: u32 = runs.iter().map(|(start, end)| end - start).sum();
        if let [(start, end)] = runs.as_slice() {
            return OrdinalSet::range(*start, *end);
        }
        // One by one takes no more room than runs of two.
        if runs.len().saturating_mul(2) > length as usize && runs.len() <= MANY_RUNS {
            let mut list = Vec::with_capacity(length as usize);
            runs.iter().for_each(|(start, end)| list.extend(*start..*end));
            return OrdinalSet::List(list);
        }
        if runs.len() > MANY_RUNS
            && let (Some(first), Some(last)) = (runs.first(), runs.last())
        {
            let mut bits = Bits::over(first.0, last.1);
            runs.iter().for_each(|(start, end)| bits.set_range(*start, *end));
            return OrdinalSet::Bits(bits.count());
        }
        OrdinalSet::Runs { runs, length }
    }
}

/// Ascending ordinals, whichever way they are held.
pub(super) trait Listed {
    fn length(&self) -> usize;
    fn at(&self, at: usize) -> u32;

    /// Where the ordinals from `from` on begin, looking from `start` on.
    #[inline]
    fn from(&self, start: usize, from: u32) -> usize {
        gallop(self.length(), start, |at| self.at(at) < from)
    }
}

impl Listed for &[u32] {
    #[inline]
    fn length(&self) -> usize {
        self.len()
    }

    #[inline]
    fn at(&self, at: usize) -> u32 {
        self.get(at).copied().unwrap_or(u32::MAX)
    }
}

impl Listed for &[[u8; 4]] {
    #[inline]
    fn length(&self) -> usize {
        self.len()
    }

    #[inline]
    fn at(&self, at: usize) -> u32 {
        self.get(at).map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes))
    }
}
