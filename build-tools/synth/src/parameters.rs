//! What a release is made from.

/// What a release is made from: the same parameters give the same bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// The seed of every choice.
    pub seed: u64,
    /// The size: 1.0 is about the UK Monolith of a million concepts. From 0.0001 to 2.0.
    pub scale: f64,
    /// The release date, as in `20260801`.
    pub date: u32,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { seed: 1, scale: 0.001, date: 20_260_801 }
    }
}

impl Parameters {
    /// Concepts beside the fixed ones.
    pub(crate) fn concepts(&self) -> usize {
        self.scaled(1_000_000, 100)
    }

    /// Words to make terms from.
    pub(crate) fn words(&self) -> usize {
        self.rooted(125_000, 1_500)
    }

    pub(crate) fn simple_refsets(&self) -> usize {
        self.rooted(500, 6)
    }

    /// A number that grows with the scale.
    pub(crate) fn scaled(&self, full: usize, least: usize) -> usize {
        ((full as f64 * self.scale).round() as usize).max(least)
    }

    /// A number that grows with the square root of the scale, and no further than full.
    pub(crate) fn rooted(&self, full: usize, least: usize) -> usize {
        ((full as f64 * self.scale.min(1.0).sqrt()).round() as usize).max(least)
    }
}
