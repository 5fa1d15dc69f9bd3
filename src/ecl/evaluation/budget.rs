//! How much an evaluation may do.

use std::sync::atomic::{AtomicBool, Ordering};

use super::error::EvaluationError;

/// What an evaluation may cost.
///
/// A step is about a nanosecond's worth of work: a posting read, an ordinal put in a set. The
/// default lets every expression an analyst writes come to its end on the largest release, and
/// stops one that was made to cost hours.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Steps at most.
    pub steps: u64,
    /// Rows at most of an answer that is rows.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { steps: 20_000_000_000, rows: 10_000_000 }
    }
}

/// What is left of the limits, and whether somebody has called off the evaluation.
#[derive(Debug)]
pub(super) struct Budget<'a> {
    steps: u64,
    pub(super) rows: usize,
    cancel: Option<&'a AtomicBool>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(limits: Limits, cancel: Option<&'a AtomicBool>) -> Budget<'a> {
        Budget { steps: limits.steps, rows: limits.rows, cancel }
    }

    /// How many steps are left.
    pub(super) fn left(&self) -> usize {
        usize::try_from(self.steps).unwrap_or(usize::MAX)
    }

    /// Takes off what is about to be done. To be called before each piece of work whose size
    /// depends on the index.
    #[inline]
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), EvaluationError> {
        if self.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed)) {
            return Err(EvaluationError::Cancelled);
        }
        match self.steps.checked_sub(steps as u64) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(EvaluationError::TooMuchWork),
        }
    }
}
