//! Going through a set.

use super::runs::{Cursor, pair};
use super::{ConceptSet, OrdinalSet};
use crate::id::Sctid;
use crate::snomed::Snomed;
use crate::snomed::concept::Concept;

/// Runs of ordinals: start and end.
#[derive(Clone, Debug)]
enum Spans<'s> {
    /// Those of a concept's descendants, as they are stored.
    Stored {
        own: [(u32, u32); 2],
        others: &'s [[u8; 8]],
        bound: u32,
        /// How many ordinals are left: bounds the work, whatever the runs say.
        left: u32,
    },
    /// Those of any other set.
    Any { cursor: Cursor<'s>, from: u32, left: usize },
}

impl<'s> Spans<'s> {
    #[inline]
    fn of(set: &'s OrdinalSet<'_>) -> Spans<'s> {
        match set {
            OrdinalSet::Stored(runs) => Spans::Stored {
                own: runs.own,
                others: runs.others,
                bound: runs.bound,
                left: runs.length,
            },
            _ => Spans::Any { cursor: Cursor::over(set), from: 0, left: set.len() },
        }
    }

    fn left(&self) -> usize {
        match self {
            Spans::Stored { left, .. } => *left as usize,
            Spans::Any { left, .. } => *left,
        }
    }
}

impl Iterator for Spans<'_> {
    type Item = (u32, u32);

    #[inline]
    fn next(&mut self) -> Option<(u32, u32)> {
        match self {
            Spans::Stored { own: [first, second], others, bound, left } => {
                while *left > 0 {
                    let (start, end) = if first.0 < first.1 {
                        std::mem::take(first)
                    } else if second.0 < second.1 {
                        std::mem::take(second)
                    } else {
                        let (run, after) = others.split_first()?;
                        *others = after;
                        pair(run)
                    };
                    let end = end.min(*bound).min(start.saturating_add(*left));
                    if start < end {
                        *left -= end - start;
                        return Some((start, end));
                    }
                }
                None
            }
            Spans::Any { cursor, from, left } => {
                let (start, end) = cursor.seek(*from)?;
                *from = end;
                *left = left.saturating_sub((end - start) as usize);
                Some((start, end))
            }
        }
    }
}

/// The concepts of a [`ConceptSet`].
#[derive(Clone, Debug)]
pub struct ConceptSetIter<'s, 't> {
    snomed: Snomed<'t>,
    spans: Spans<'s>,
    now: (u32, u32),
}

impl<'s, 't> ConceptSetIter<'s, 't> {
    #[inline]
    pub(super) fn over(set: &'s ConceptSet<'t>) -> ConceptSetIter<'s, 't> {
        ConceptSetIter { snomed: set.snomed, spans: Spans::of(&set.ordinals), now: (0, 0) }
    }
}

impl<'t> Iterator for ConceptSetIter<'_, 't> {
    type Item = Concept<'t>;

    #[inline]
    fn next(&mut self) -> Option<Concept<'t>> {
        if self.now.0 >= self.now.1 {
            self.now = self.spans.next()?;
        }
        let ordinal = self.now.0;
        self.now.0 += 1;
        Some(Concept { snomed: self.snomed, ordinal })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.spans.left() + (self.now.1.saturating_sub(self.now.0)) as usize;
        (0, Some(left))
    }
}

/// The ids of a [`ConceptSet`].
#[derive(Clone, Debug)]
pub struct ConceptSetIds<'s, 't> {
    snomed: Snomed<'t>,
    spans: Spans<'s>,
    now: &'t [[u8; 8]],
}

impl<'s, 't> ConceptSetIds<'s, 't> {
    #[inline]
    pub(super) fn over(set: &'s ConceptSet<'t>) -> ConceptSetIds<'s, 't> {
        ConceptSetIds { snomed: set.snomed, spans: Spans::of(&set.ordinals), now: &[] }
    }

    #[inline]
    fn run(&self, (start, end): (u32, u32)) -> Option<&'t [[u8; 8]]> {
        let view = self.snomed.view(self.snomed.layout.concept_ids);
        view.records(start as usize, end as usize)
    }
}

impl Iterator for ConceptSetIds<'_, '_> {
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
        (0, Some(self.spans.left() + self.now.len()))
    }
}
