//! Rubrics one after the other.

use std::iter::FusedIterator;

use super::code::RubricCode;
use super::edition::Classification;
use super::rubric::Rubric;

/// Rubrics in the order of the classification: those beside each other, or with all that is below
/// them.
#[derive(Clone, Debug)]
pub struct Rubrics<'t, C> {
    classification: Classification<'t, C>,
    next: u32,
    end: u32,
    siblings: bool,
}

impl<'t, C: RubricCode> Rubrics<'t, C> {
    pub(super) fn all(classification: Classification<'t, C>, start: u32, end: u32) -> Self {
        Rubrics { classification, next: start, end, siblings: false }
    }

    pub(super) fn siblings(classification: Classification<'t, C>, start: u32, end: u32) -> Self {
        Rubrics { classification, next: start, end, siblings: true }
    }
}

impl<'t, C: RubricCode> Iterator for Rubrics<'t, C> {
    type Item = Rubric<'t, C>;

    fn next(&mut self) -> Option<Rubric<'t, C>> {
        if self.next >= self.end {
            return None;
        }
        let rubric = Rubric::of_number(self.classification, self.next)?;
        self.next = match self.siblings {
            // A damaged end would lead back.
            true => rubric.end().max(self.next.saturating_add(1)),
            false => self.next.saturating_add(1),
        };
        Some(rubric)
    }
}

impl<C: RubricCode> FusedIterator for Rubrics<'_, C> {}

/// Rubrics of codes, in the order of the codes.
#[derive(Clone, Debug)]
pub struct CodeRubrics<'t, C> {
    classification: Classification<'t, C>,
    next: usize,
    end: usize,
    /// The codes that this is a subdivision of are passed over.
    last: Option<C>,
}

impl<'t, C: RubricCode> CodeRubrics<'t, C> {
    pub(super) fn new(
        classification: Classification<'t, C>,
        next: usize,
        end: usize,
        last: Option<C>,
    ) -> Self {
        CodeRubrics { classification, next, end, last }
    }
}

impl<'t, C: RubricCode> Iterator for CodeRubrics<'t, C> {
    type Item = Rubric<'t, C>;

    fn next(&mut self) -> Option<Rubric<'t, C>> {
        while self.next < self.end {
            let rubric = self.classification.code_at(self.next);
            self.next = self.next.saturating_add(1);
            let (Some(last), Some(code)) = (self.last, rubric.and_then(Rubric::code)) else {
                return rubric;
            };
            if code == last || !last.is_within(code) {
                return rubric;
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end.saturating_sub(self.next)))
    }
}

impl<C: RubricCode> FusedIterator for CodeRubrics<'_, C> {}
