//! Lists of entries by concept: which entries of a section are those of a concept.

use crate::index::format::{LIST_BLOCK, LIST_BLOCK_LENGTH, LIST_WIDE_BLOCK_LENGTH};
use crate::index::{Section, View};

/// A section of [lists](crate::index::format::LISTS_LAYOUT).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lists {
    section: Section,
    concepts: usize,
    blocks: usize,
    wide: bool,
}

impl Lists {
    /// The lists of so many concepts with entries of so many bytes; `None` where the section is not
    /// as long as that.
    pub(crate) fn of(section: Section, concepts: usize, entry: usize) -> Option<Lists> {
        let blocks = concepts.div_ceil(LIST_BLOCK);
        let entries = section.items.checked_mul(entry)?;
        let before = section.length.checked_sub(entries)?;
        let is = |length: usize| blocks.checked_mul(length) == Some(before);
        let wide = !is(LIST_BLOCK_LENGTH);
        (!wide || is(LIST_WIDE_BLOCK_LENGTH)).then_some(Lists { section, concepts, blocks, wide })
    }

    pub(crate) fn section(self) -> Section {
        self.section
    }

    /// The entries of the concepts `first .. beyond`, in a view of the section.
    #[inline]
    pub(crate) fn entries<const N: usize>(
        self,
        view: View<'_>,
        first: u32,
        beyond: u32,
    ) -> Option<&[[u8; N]]> {
        let (first, beyond) = (first as usize, beyond as usize);
        if first >= beyond || beyond > self.concepts {
            return None;
        }
        let last = beyond.checked_sub(1)?;
        let (start, end) = self.bounds(view, first)?;
        let end = if last == first { end } else { self.bounds(view, last)?.1 };
        let place = |at: usize| self.entries_at().checked_add(at.checked_mul(N)?);
        Some(view.slice(place(start)?, place(end)?)?.as_chunks().0)
    }

    /// Where the entries begin in the section.
    pub(crate) fn entries_at(self) -> usize {
        let length = if self.wide { LIST_WIDE_BLOCK_LENGTH } else { LIST_BLOCK_LENGTH };
        self.blocks.saturating_mul(length)
    }

    /// Where the entries of a concept start and end, counted in entries.
    #[inline]
    fn bounds(self, view: View<'_>, concept: usize) -> Option<(usize, usize)> {
        let (block, within) = (concept / LIST_BLOCK, concept % LIST_BLOCK);
        if self.wide {
            let record = view.record::<LIST_WIDE_BLOCK_LENGTH>(block)?;
            return bounds_in(record, within, |end| u32::from_le_bytes(end) as usize);
        }
        let record = view.record::<LIST_BLOCK_LENGTH>(block)?;
        bounds_in(record, within, |end| usize::from(u16::from_le_bytes(end)))
    }

    /// Where the entries of each concept start, and one past the end; `None` unless the blocks join
    /// and ascend to the number of entries, places beyond the last concept included.
    pub(crate) fn starts(self, view: View<'_>) -> Option<Vec<u32>> {
        let mut starts = Vec::with_capacity(self.concepts.checked_add(1)?);
        let mut last = 0;
        for concept in 0..self.blocks.checked_mul(LIST_BLOCK)? {
            let (start, end) = self.bounds(view, concept)?;
            let beyond = concept >= self.concepts;
            if start != last || end < start || (beyond && end != start) {
                return None;
            }
            if !beyond {
                starts.push(u32::try_from(start).ok()?);
            }
            last = end;
        }
        starts.push(u32::try_from(last).ok()?);
        (last == self.section.items).then_some(starts)
    }
}

/// Reads a block: a base, and from there the end of each concept.
#[inline]
fn bounds_in<const W: usize>(
    record: &[u8],
    within: usize,
    value: impl Fn([u8; W]) -> usize,
) -> Option<(usize, usize)> {
    let (base, ends) = record.split_first_chunk::<4>()?;
    let base = u32::from_le_bytes(*base) as usize;
    let ends = ends.as_chunks::<W>().0;
    let start = match within.checked_sub(1) {
        None => 0,
        Some(before) => value(*ends.get(before)?),
    };
    Some((base.checked_add(start)?, base.checked_add(value(*ends.get(within)?))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Source;

    /// A section for 34 concepts: three entries of the first, none of the others but one of the
    /// 32nd and two of the 34th; each entry is its own number.
    fn section(wide: bool) -> Vec<u8> {
        let ends = |concept: u32| match concept {
            ..31 => 3_u32,
            31..33 => 4,
            _ => 6,
        };
        let mut bytes = Vec::new();
        for (block, base) in [(0, 0), (1, 4)] {
            bytes.extend_from_slice(&u32::to_le_bytes(base));
            for concept in block * 32..(block + 1) * 32 {
                let end = ends(concept) - base;
                match wide {
                    true => bytes.extend_from_slice(&end.to_le_bytes()),
                    false => bytes.extend_from_slice(&(end as u16).to_le_bytes()),
                }
            }
        }
        bytes.extend_from_slice(&[0, 1, 2, 3, 4, 5]);
        bytes
    }

    fn lists(bytes: &[u8]) -> Option<(Lists, View<'_>)> {
        let section = Section { start: 0, length: bytes.len(), items: 6 };
        Some((Lists::of(section, 34, 1)?, Source::new(bytes, None).view(section)))
    }

    #[test]
    fn each_concept_and_each_run_has_its_entries() {
        for wide in [false, true] {
            let bytes = section(wide);
            let (lists, view) = lists(&bytes).expect("it is as long as its items");
            let entries = |first, beyond| {
                let entries = lists.entries::<1>(view, first, beyond);
                entries.map(|entries| entries.concat())
            };
            assert_eq!(entries(0, 1), Some(vec![0, 1, 2]));
            assert_eq!(entries(1, 2), Some(vec![]));
            assert_eq!(entries(31, 32), Some(vec![3]));
            assert_eq!(entries(32, 33), Some(vec![]));
            assert_eq!(entries(33, 34), Some(vec![4, 5]));
            assert_eq!(entries(1, 34), Some(vec![3, 4, 5]));
            assert_eq!((entries(1, 1), entries(33, 35), entries(34, 35)), (None, None, None));
            let starts = lists.starts(view).expect("it is sound");
            assert_eq!((starts.len(), starts[31], starts[33], starts[34]), (35, 3, 4, 6));
        }
    }

    #[test]
    fn sections_that_contradict_themselves_are_refused() {
        for wide in [false, true] {
            let sound = section(wide);
            for at in 0..sound.len() - 6 {
                let mut bytes = sound.clone();
                bytes[at] ^= 1;
                let (lists, view) = lists(&bytes).expect("it is as long as its items");
                assert_ne!(lists.starts(view), lists_of(&sound), "{at}");
            }
            assert!(lists(&sound[1..]).is_none());
        }
    }

    fn lists_of(bytes: &[u8]) -> Option<Vec<u32>> {
        let (lists, view) = lists(bytes)?;
        lists.starts(view)
    }
}
