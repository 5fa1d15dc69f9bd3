//! Damaging an index, by chance and with an eye to its layout.

use std::ops::Range;

use farr::index::format::DATA_START;

use crate::layout::sections;
use crate::random::Random;

/// Values that numbers of a layout are most often wrong at.
const EDGES: [u32; 12] =
    [0, 1, 2, 63, 64, 0xFFFF, 0x1_0000, 0x3FFF_FFFF, 0x4000_0000, 1 << 31, u32::MAX - 1, u32::MAX];

/// A source of damage that follows from a seed.
#[derive(Clone, Debug)]
pub struct Damage {
    random: Random,
}

impl Damage {
    /// The damage of this seed.
    pub fn new(seed: u64) -> Damage {
        Damage { random: Random::new(seed) }
    }

    /// Damages bytes in one to eight places; their number stays.
    pub fn strike(&mut self, bytes: &mut [u8]) {
        for _ in 0..=self.random.below(8) {
            self.strike_once(bytes);
        }
    }

    fn strike_once(&mut self, bytes: &mut [u8]) {
        if bytes.is_empty() {
            return;
        }
        let at = self.place(bytes);
        match self.random.below(8) {
            0 => bytes[at] ^= 1 << self.random.below(8),
            1 => bytes[at] = self.random.number() as u8,
            2 => {
                let edge = EDGES[self.random.below(EDGES.len())];
                write(bytes, at & !3, &edge.to_le_bytes());
            }
            3 => {
                // Off by a little: the most plausible of wrong numbers.
                let old = bytes.get(at & !3..).and_then(<[u8]>::first_chunk);
                let old = old.map_or(0, |old| u32::from_le_bytes(*old));
                let by = self.random.below(9) as u32;
                write(bytes, at & !3, &old.wrapping_add(by).wrapping_sub(4).to_le_bytes());
            }
            4 => write(bytes, at & !1, &(self.random.below(8) as u16).to_le_bytes()),
            5 => write(bytes, at & !7, &self.random.number().to_le_bytes()),
            6 => {
                let value = [0, 0xFF, bytes[at]][self.random.below(3)];
                let end = (at + 1 + self.random.below(64)).min(bytes.len());
                bytes[at..end].fill(value);
            }
            _ => {
                // A record of the right shape in the wrong place.
                let length = [4, 8, 16, 20, 32, 64][self.random.below(6)];
                let from = self.place(bytes) / 4 * 4;
                let piece = bytes.get(from..from + length).map(<[u8]>::to_vec).unwrap_or_default();
                write(bytes, at / 4 * 4, &piece);
            }
        }
    }

    /// Anywhere, but every section as often as any other, and the tables as often as one of them.
    fn place(&mut self, bytes: &[u8]) -> usize {
        let sections: Vec<Range<usize>> = sections(bytes)
            .map(|(_, section)| section)
            .filter(|section| !section.is_empty())
            .collect();
        match self.random.below(sections.len() + 2) {
            0 => self.random.below(bytes.len()),
            1 => self.random.below(bytes.len().min(DATA_START)),
            section => match sections.get(section - 2) {
                Some(section) => section.start + self.random.below(section.len()),
                None => self.random.below(bytes.len()),
            },
        }
    }
}

fn write(bytes: &mut [u8], at: usize, value: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + value.len()) {
        place.copy_from_slice(value);
    }
}
