//! Runs of ordinals as the index stores them, and a cursor over any set.

use super::bits::Bits;
use super::ordinals::OrdinalSet;

/// What lies below a concept: its own run in preorder, cut in two where the concept itself is left
/// out, and the runs elsewhere, as the index stores them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoredRuns<'t> {
    pub(crate) own: [(u32, u32); 2],
    pub(crate) others: &'t [[u8; 8]],
    /// How many ordinals the index says it has.
    pub(crate) length: u32,
    /// No ordinal lies at or beyond this one, whatever a file that was not verified says.
    pub(crate) bound: u32,
}

impl StoredRuns<'_> {
    /// Whether it is one run and no more.
    pub(crate) fn single(&self) -> Option<(u32, u32)> {
        let [first, second] = self.own;
        match (self.others.is_empty(), first.0 < first.1, second.0 < second.1) {
            (true, true, false) => Some(first),
            (true, false, true) => Some(second),
            _ => None,
        }
    }
}

impl StoredRuns<'_> {
    /// Each of the runs elsewhere.
    pub(crate) fn each_other(&self, mut with: impl FnMut(u32, u32)) {
        for run in self.others {
            let (start, end) = pair(run);
            let end = end.min(self.bound);
            if start < end {
                with(start, end);
            }
        }
    }
}

/// A pair of ordinals as stored.
#[inline]
pub(super) fn pair(bytes: &[u8; 8]) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = *bytes;
    (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
}

/// How many of the first ones are to be passed over; near ones are found soonest.
#[inline]
pub(crate) fn gallop(length: usize, start: usize, passed: impl Fn(usize) -> bool) -> usize {
    let mut step = 1;
    let mut low = start;
    while low < length && passed(low) {
        let next = low.saturating_add(step);
        if next >= length || !passed(next) {
            // The border lies between the two.
            let mut high = next.min(length);
            low += 1;
            while low < high {
                let middle = low + (high - low) / 2;
                if passed(middle) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
        low = next;
        step = step.saturating_mul(2);
    }
    low.min(length)
}

/// Reads the runs of a set forward.
#[derive(Clone, Debug)]
pub(crate) enum Cursor<'a> {
    Stored { runs: StoredRuns<'a>, at: usize },
    Runs { runs: &'a [(u32, u32)], at: usize },
    StoredList { list: &'a [[u8; 4]], at: usize, bound: u32 },
    List { list: &'a [u32], at: usize },
    Bits(&'a Bits),
}

impl<'a> Cursor<'a> {
    pub(crate) fn over(set: &'a OrdinalSet<'_>) -> Cursor<'a> {
        match set {
            OrdinalSet::Stored(runs) => Cursor::Stored { runs: *runs, at: 0 },
            OrdinalSet::Runs { runs, .. } => Cursor::Runs { runs, at: 0 },
            OrdinalSet::StoredList { list, bound } => {
                Cursor::StoredList { list, at: 0, bound: *bound }
            }
            OrdinalSet::List(list) => Cursor::List { list, at: 0 },
            OrdinalSet::Bits(bits) => Cursor::Bits(bits),
        }
    }

    /// The first run that ends behind `from`, cut to what lies from `from` on. `from` never goes
    /// back.
    #[inline]
    pub(crate) fn seek(&mut self, from: u32) -> Option<(u32, u32)> {
        let (start, end) = match self {
            Cursor::Stored { runs, at } => {
                let others = runs.others;
                *at = gallop(others.len(), *at, |at| {
                    others.get(at).is_some_and(|run| {
                        let (start, end) = pair(run);
                        end <= from || start >= end
                    })
                });
                let bound = runs.bound;
                let next = others.get(*at).map(pair);
                let nearest = runs.own.iter().copied().chain(next);
                nearest
                    .map(|(start, end)| (start, end.min(bound)))
                    .filter(|(start, end)| *end > from && start < end)
                    .min()?
            }
            Cursor::Runs { runs, at } => {
                *at =
                    gallop(runs.len(), *at, |at| runs.get(at).is_some_and(|(_, end)| *end <= from));
                *runs.get(*at)?
            }
            Cursor::StoredList { list, at, bound } => {
                let value = |at: usize| list.get(at).map(|bytes| u32::from_le_bytes(*bytes));
                *at = gallop(list.len(), *at, |at| value(at).is_some_and(|found| found < from));
                let found = value(*at)?;
                (found < *bound).then_some((found, found + 1))?
            }
            Cursor::List { list, at } => {
                *at = gallop(list.len(), *at, |at| list.get(at).is_some_and(|found| *found < from));
                let found = *list.get(*at)?;
                (found, found + 1)
            }
            Cursor::Bits(bits) => bits.run_from(from)?,
        };
        Some((start.max(from), end))
    }
}
