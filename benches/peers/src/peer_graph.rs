//! The peer crate `concept-graph`: ordinals and bitmaps of the closure.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use anyhow::{Context, Result};
use concept_graph::closure::Closure;
use concept_graph::csr::Csr;
use concept_graph::ordinal::Ordinal;

use crate::release::Release;

/// One multiplication: the peer brings no table from SCTIDs to ordinals, so it is given the fastest
/// that is simple, not the default one, which would hold it back.
#[derive(Default)]
pub struct Multiply(u64);

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        let wide = u128::from(self.0 ^ value) * 0x9E37_79B9_7F4A_7C15_u128;
        self.0 = (wide as u64) ^ ((wide >> 64) as u64);
    }
}

pub type Table = HashMap<u64, Ordinal, BuildHasherDefault<Multiply>>;

/// The closure, and the way from ids to ordinals and back.
pub struct PeerGraph {
    pub closure: Closure,
    pub ordinals: Table,
    pub ids: Vec<u64>,
}

impl PeerGraph {
    /// Computes the closure.
    pub fn new(release: &Release) -> Result<PeerGraph> {
        let ids = release.active.clone();
        let mut ordinals = Table::default();
        for (at, id) in ids.iter().enumerate() {
            ordinals.insert(*id, Ordinal::new(u32::try_from(at)?));
        }
        let edges = release
            .is_a
            .iter()
            .filter_map(|(child, parent)| Some((*ordinals.get(child)?, *ordinals.get(parent)?)));
        let is_a = Csr::build(u32::try_from(ids.len())?, edges)?;
        let closure = Closure::compute(&is_a).context("the peer's closure")?;
        Ok(PeerGraph { closure, ordinals, ids })
    }

    /// How many (ancestor, descendant) pairs there are.
    pub fn size(&self) -> u64 {
        self.closure.ancestor_sets().iter().map(|set| set.len()).sum()
    }
}
