//! The random numbers of the generator.
//!
//! Published generators change their streams between versions; a release named by its seed must
//! stay the same for ever, so the generator is our own. Only integer arithmetic is used, because
//! the transcendental functions of floating point differ between platforms.

const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// A SplitMix64 stream, named by a seed, a purpose and an index.
///
/// Every row of a release draws from the stream of its own concept and purpose, so what is drawn
/// never depends on the order in which threads run.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The stream of one index of one purpose.
    pub(crate) fn keyed(seed: u64, purpose: &str, index: u64) -> Self {
        Self { state: keyed_hash(seed, purpose, index) }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(INCREMENT);
        mix(self.state)
    }

    /// A number below `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True `per_thousand` times in a thousand.
    pub(crate) fn chance(&mut self, per_thousand: usize) -> bool {
        self.below(1000) < per_thousand
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// An index into `weights`, as often as its weight says.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, &weight) in weights.iter().enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        weights.len() - 1
    }

    /// A rank below `bound` under Zipf's law: each doubling of the rank is equally likely.
    pub(crate) fn zipf(&mut self, bound: usize) -> usize {
        if bound < 2 {
            return 0;
        }
        // Rank r is drawn as r + 1 in 1..=bound.
        loop {
            let octave = self.below(bound.ilog2() as usize + 1);
            let rank = (1 << octave) + self.below(1 << octave);
            if rank <= bound {
                return rank - 1;
            }
        }
    }
}

/// A hash of a seed, a purpose and an index.
pub(crate) fn keyed_hash(seed: u64, purpose: &str, index: u64) -> u64 {
    let purpose = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mix(mix(seed.wrapping_add(INCREMENT) ^ purpose).wrapping_add(index.wrapping_mul(INCREMENT)))
}

fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        // SplitMix64 of state 0, as published with the algorithm.
        let mut random = Random { state: 0 };
        assert_eq!(random.next(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(random.next(), 0x6e78_9e6a_a1b9_65f4);
        assert_eq!(keyed_hash(1, "concept", 2), keyed_hash(1, "concept", 2));
        assert_ne!(keyed_hash(1, "concept", 2), keyed_hash(1, "concept", 3));
        assert_ne!(keyed_hash(1, "concept", 2), keyed_hash(1, "refset", 2));
    }

    #[test]
    fn zipf_stays_in_bounds() {
        let mut random = Random::keyed(1, "zipf", 0);
        for bound in [1, 2, 3, 5, 1000] {
            assert!((0..1000).all(|_| random.zipf(bound) < bound.max(1)));
        }
    }
}
