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
        let at = top as usize * DESCENDANTS_RECORD_LENGTH;
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

    /// Its concepts, in an order of the index's own.
    #[inline]
    pub fn iter(&self) -> ConceptSetIter<'t> {
        ConceptSetIter {
            snomed: self.snomed,
            now: self.own,
            others: self.others,
            skip: if self.with_top { u32::MAX } else { self.top },
            left: self.length,
        }
    }

    /// Their ids, in an order of the index's own.
    #[inline]
    pub fn ids(&self) -> impl Iterator<Item = Sctid> + use<'t> {
        let snomed = self.snomed;
        self.iter().filter_map(move |concept| snomed.id(concept.ordinal))
    }
}

impl<'t> IntoIterator for ConceptSet<'t> {
    type Item = Concept<'t>;
    type IntoIter = ConceptSetIter<'t>;

    fn into_iter(self) -> ConceptSetIter<'t> {
        self.iter()
    }
}

/// The concepts of a [`ConceptSet`].
#[derive(Clone, Debug)]
pub struct ConceptSetIter<'t> {
    snomed: Snomed<'t>,
    now: (u32, u32),
    others: (u32, u32),
    skip: u32,
    left: u32,
}

impl<'t> Iterator for ConceptSetIter<'t> {
    type Item = Concept<'t>;

    #[inline]
    fn next(&mut self) -> Option<Concept<'t>> {
        loop {
            // The count bounds the work, whatever the intervals say.
            if self.left == 0 {
                return None;
            }
            if self.now.0 < self.now.1 {
                let ordinal = self.now.0;
                self.now.0 += 1;
                if ordinal == self.skip {
                    continue;
                }
                self.left -= 1;
                return Some(Concept { snomed: self.snomed, ordinal });
            }
            if self.others.0 >= self.others.1 {
                return None;
            }
            let view = self.snomed.view(self.snomed.layout.intervals);
            let interval = view.record::<8>(self.others.0 as usize)?;
            let (words, _) = interval.as_chunks::<4>();
            self.now = (
                u32::from_le_bytes(*words.first()?),
                u32::from_le_bytes(*words.get(1)?).min(self.snomed.layout.active),
            );
            self.others.0 += 1;
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.left as usize))
    }
}
