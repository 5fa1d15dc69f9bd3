//! Checksums, block by block: all at once, or each on first use.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::Corrupt;
use super::format::{BLOCK, DATA_START};
use super::header::SectionEntry;
use super::parts::{AtOnce, in_parts};

/// Which blocks of a file have been seen to match their checksums, and the first damage found.
#[derive(Debug)]
pub(crate) struct Guard {
    /// One bit a block: it matched.
    sound: Vec<AtomicU64>,
    damage: OnceLock<Corrupt>,
    data_end: usize,
    sections: Vec<SectionEntry>,
}

impl Guard {
    pub(crate) fn new(data_end: usize, sections: Vec<SectionEntry>) -> Guard {
        let words = data_end.div_ceil(BLOCK).div_ceil(64);
        let sound = std::iter::repeat_with(AtomicU64::default).take(words).collect();
        Guard { sound, damage: OnceLock::new(), data_end, sections }
    }

    /// The first damage that any read has met.
    pub(crate) fn damage(&self) -> Option<Corrupt> {
        self.damage.get().copied()
    }

    /// Whether all blocks under these bytes match their checksums; each is checked once.
    ///
    /// Never inlined: most readers have no guard, and theirs is the code to keep small.
    #[inline(never)]
    pub(crate) fn covers(&self, file: &[u8], start: usize, length: usize) -> bool {
        if length == 0 {
            return true;
        }
        let first = start / BLOCK;
        let last = start.saturating_add(length.saturating_sub(1)) / BLOCK;
        (first..=last).all(|block| {
            let known = self.sound.get(block / 64).map_or(0, |w| w.load(Ordering::Relaxed));
            known >> (block % 64) & 1 == 1 || self.check(file, block)
        })
    }

    #[cold]
    fn check(&self, file: &[u8], block: usize) -> bool {
        match check_block(file, self.data_end, block) {
            true => {
                if let Some(word) = self.sound.get(block / 64) {
                    word.fetch_or(1 << (block % 64), Ordering::Relaxed);
                }
                true
            }
            false => {
                let at = block.saturating_mul(BLOCK).max(DATA_START);
                self.report(at, "the block from here does not match its checksum");
                false
            }
        }
    }

    /// Notes damage that a read came upon.
    #[cold]
    pub(crate) fn report(&self, at: usize, what: &'static str) {
        let _ = self.damage.set(locate(&self.sections, at, what));
    }
}

/// Whether one block matches its checksum.
fn check_block(file: &[u8], data_end: usize, block: usize) -> bool {
    let start = block.saturating_mul(BLOCK);
    let end = start.saturating_add(BLOCK).min(data_end);
    let bytes = file.get(start.max(DATA_START)..end);
    let table = file.get(data_end..).unwrap_or_default();
    let stated = table.as_chunks::<4>().0.get(block);
    match (bytes, stated) {
        (Some(bytes), Some(stated)) => crc32fast::hash(bytes) == u32::from_le_bytes(*stated),
        _ => false,
    }
}

/// Blocks that are checked as one part: 16 MiB.
const PART: usize = 256;

/// Checks every block of a file.
pub(crate) fn check_all(
    file: &[u8],
    data_end: usize,
    sections: &[SectionEntry],
    at_once: AtOnce<'_>,
) -> Result<(), Corrupt> {
    let blocks = data_end.div_ceil(BLOCK);
    in_parts(blocks.div_ceil(PART), at_once, |part| {
        let first = part.saturating_mul(PART);
        let mut own = first..first.saturating_add(PART).min(blocks);
        match own.find(|block| !check_block(file, data_end, *block)) {
            None => Ok(()),
            Some(block) => {
                let at = block.saturating_mul(BLOCK).max(DATA_START);
                Err(locate(sections, at, "the block from here does not match its checksum"))
            }
        }
    })
}

/// Names the section that holds a byte: the last one that begins at or before it, or the first one
/// in its block.
pub(crate) fn locate(sections: &[SectionEntry], at: usize, what: &'static str) -> Corrupt {
    let at = at as u64;
    let holder = sections.iter().rev().find(|section| section.start <= at).or(sections.first());
    Corrupt { section: holder.map(|section| section.tag), what, at }
}
