//! One number for all answers.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Takes in answers; two equal runs of answers have equal digests.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    // Made without keys, so that a digest can be compared with that of another process.
    hasher: DefaultHasher,
}

impl Digest {
    /// Takes in one answer.
    pub fn add(&mut self, answer: impl Hash) {
        answer.hash(&mut self.hasher);
    }

    /// The number.
    pub fn finish(&self) -> u64 {
        self.hasher.finish()
    }
}
