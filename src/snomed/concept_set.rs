//! Sets of concepts.

use super::concept::Concept;
use super::edition::Snomed;
use crate::id::Sctid;
use crate::index::format::DESCENDANTS_RECORD_LENGTH;

/// A set of concepts: the descendants of one, as yet.
///
/// Held as the intervals of ordinals that the index stores, so that it costs nothing to make, knows
/// its size, and answers membership by one comparison or a short search.
#[derive(Clone, Copy, Debug)]
pub struct ConceptSet<'t> {
    snomed: Snomed<'t>,
    top: u32,
    with_top: bool,
    /// The interval that holds the concept itself.
    own: (u32, u32),
    /// Where the other intervals stand.
    others: (u32, u32),
    length: u32,
}

impl<'t> ConceptSet<'t> {
    #[inline]
    pub(super) fn below(concept: Concept<'t>, with_top: bool) -> ConceptSet<'t> {
        let Concept { snomed, ordinal: top } = concept;
        let nothing = (top, top.saturating_add(u32::from(with_top)));
        let empty = ConceptSet {
            snomed,
            top,
            with_top,
            own: nothing,
            others: (0, 0),
            length: u32::from(with_top),
        };
        if top >= snomed.layout.active {
            return empty;
        }
        let at = (top as usize).saturating_mul(DESCENDANTS_RECORD_LENGTH);
        let view = snomed.view(snomed.layout.descendants);
        let Some(record) = view.array::<28>(at) else {
            return empty;
        };
        let (words, _) = record.as_chunks::<4>();
        let word = |at: usize| words.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        // On a file that was not verified these may say anything, and they bound the work.
        let inside = word(1) <= snomed.layout.active
            && word(3) < snomed.layout.active
            && word(6) as usize <= snomed.layout.intervals.items;
        if !inside {
            view.report(at, "descendants beyond the concepts");
            return empty;
        }
        ConceptSet {
            own: (word(0), word(1)),
            others: (word(2), word(6).max(word(2))),
            length: word(3).saturating_add(u32::from(with_top)),
            ..empty
        }
    }

    /// How many concepts are in it.
    #[inline]
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether there is none in it.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether a concept is in it. A concept of another terminology is not.
    #[inline]
    pub fn contains(&self, concept: Concept<'_>) -> bool {
        self.snomed.is_same(concept.snomed) && self.holds(concept.ordinal)
    }

    #[inline]
    pub(crate) fn holds(&self, ordinal: u32) -> bool {
        if ordinal == self.top {
            return self.with_top;
        }
        let active = self.snomed.layout.active;
        self.top < active && ordinal < active && self.snomed.covers(self.top, ordinal)
    }

    /// The runs of ordinals that make it up.
    #[inline]
    fn spans(&self) -> Spans<'t> {
        let view = self.snomed.view(self.snomed.layout.intervals);
        let (start, end) = self.others;
        let others = view.records(start as usize, end as usize).unwrap_or_default();
        let [first, second] = match self.with_top {
            true => [self.own, (0, 0)],
            false => [(self.own.0, self.top), (self.top.saturating_add(1), self.own.1)],
        };
        Spans { first, second, others, left: self.length }
    }

    /// Its concepts, in an order of the index's own.
    #[inline]
    pub fn iter(&self) -> ConceptSetIter<'t> {
        ConceptSetIter { snomed: self.snomed, spans: self.spans(), now: (0, 0) }
    }

    /// Their ids, in an order of the index's own: runs of a stored array, copied.
    #[inline]
    pub fn ids(&self) -> ConceptSetIds<'t> {
        ConceptSetIds { snomed: self.snomed, spans: self.spans(), now: &[] }
    }
}

impl<'t> IntoIterator for ConceptSet<'t> {
    type Item = Concept<'t>;
    type IntoIter = ConceptSetIter<'t>;

    fn into_iter(self) -> ConceptSetIter<'t> {
        self.iter()
    }
}

/// Runs of ordinals: start and end.
#[derive(Clone, Copy, Debug)]
struct Spans<'t> {
    first: (u32, u32),
    second: (u32, u32),
    others: &'t [[u8; 8]],
    /// How many ordinals are left: bounds the work, whatever the runs say.
    left: u32,
}

impl Iterator for Spans<'_> {
    type Item = (u32, u32);

    #[inline]
    fn next(&mut self) -> Option<(u32, u32)> {
        while self.left > 0 {
            let (start, end) = if self.first.0 < self.first.1 {
                std::mem::take(&mut self.first)
            } else if self.second.0 < self.second.1 {
                std::mem::take(&mut self.second)
            } else {
                let (interval, after) = self.others.split_first()?;
                self.others = after;
                let (words, _) = interval.as_chunks::<4>();
                let word = |at: usize| words.get(at).map_or(0, |word| u32::from_le_bytes(*word));
                (word(0), word(1))
            };
            if start < end {
                let end = end.min(start.saturating_add(self.left));
                self.left -= end - start;
                return Some((start, end));
            }
        }
        None
    }
}

/// The concepts of a [`ConceptSet`].
#[derive(Clone, Debug)]
pub struct ConceptSetIter<'t> {
    snomed: Snomed<'t>,
    spans: Spans<'t>,
    now: (u32, u32),
}

impl<'t> Iterator for ConceptSetIter<'t> {
    type Item = Concept<'t>;

    #[inline]
    fn next(&mut self) -> Option<Concept<'t>> {
        if self.now.0 >= self.now.1 {
            let (start, end) = self.spans.next()?;
            self.now = (start, end.min(self.snomed.layout.active.max(start + 1)));
        }
        let ordinal = self.now.0;
        self.now.0 += 1;
        Some(Concept { snomed: self.snomed, ordinal })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.spans.left as usize + (self.now.1.saturating_sub(self.now.0)) as usize;
        (0, Some(left))
    }
}

/// The ids of a [`ConceptSet`].
#[derive(Clone, Debug)]
pub struct ConceptSetIds<'t> {
    snomed: Snomed<'t>,
    spans: Spans<'t>,
    now: &'t [[u8; 8]],
}

impl<'t> ConceptSetIds<'t> {
    #[inline]
    fn run(&self, (start, end): (u32, u32)) -> Option<&'t [[u8; 8]]> {
        let view = self.snomed.view(self.snomed.layout.concept_ids);
        view.records(start as usize, end as usize)
    }
}

impl Iterator for ConceptSetIds<'_> {
    type Item = Sctid;

    #[inline]
    fn next(&mut self) -> Option<Sctid> {
        while self.now.is_empty() {
            let span = self.spans.next()?;
            self.now = self.run(span)?;
        }
        let (id, after) = self.now.split_first()?;
        self.now = after;
        Sctid::as_published(u64::from_le_bytes(*id))
    }

    #[inline]
    fn fold<B, F: FnMut(B, Sctid) -> B>(mut self, initial: B, mut with: F) -> B {
        let mut folded = initial;
        let mut now = self.now;
        loop {
            for id in now {
                match Sctid::as_published(u64::from_le_bytes(*id)) {
                    Some(id) => folded = with(folded, id),
                    None => return folded,
                }
            }
            let Some(run) = self.spans.next().and_then(|span| self.run(span)) else {
                return folded;
            };
            now = run;
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.spans.left as usize + self.now.len()))
    }
}
