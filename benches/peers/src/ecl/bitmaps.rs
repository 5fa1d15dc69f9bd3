//! The peer crates `sct-ecl` and `concept-graph`: bitmaps of the closure.
//!
//! They bring the parser, the evaluator and its structures, and leave to their user how a release is
//! read and how concepts and descriptions are filtered. What stands in for that here is plain, and is
//! part of what is measured.

mod descriptions;
mod load;
mod model;
mod rows;

use std::path::Path;

use anyhow::Result;
use roaring::RoaringBitmap;
use sct_ecl::eval::evaluate;

use self::model::Edition;
use super::{Contender, measure};

impl Contender for Edition {
    type Answer = RoaringBitmap;

    fn evaluate(&self, expression: &str) -> Result<RoaringBitmap> {
        Ok(evaluate(self, &sct_ecl::parse(expression)?)?)
    }

    fn len(&self, answer: &RoaringBitmap) -> usize {
        answer.len() as usize
    }

    fn list(&self, answer: RoaringBitmap) -> Vec<u64> {
        // Ordinals follow ids.
        answer.iter().map(|ordinal| self.ids[ordinal as usize]).collect()
    }
}

/// Reads the folder of a release and asks.
pub fn run(release: &Path, expressions: &Path, passes: usize) -> Result<()> {
    measure(&load::edition(release)?, expressions, passes)
}
