//! Ordinals as one bit each, over the range that they lie in.

/// A set of ordinals, one bit each, from a first one that is a multiple of 64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    first: u32,
    words: Vec<u64>,
    length: u32,
}

const WORD: u32 = 64;

impl Bits {
    /// An empty set with room for the ordinals `start .. end`.
    pub(crate) fn over(start: u32, end: u32) -> Bits {
        let first = start - start % WORD;
        let words = end.max(first).saturating_sub(first).div_ceil(WORD);
        Bits { first, words: vec![0; words as usize], length: 0 }
    }

    /// The set that stored words are, from ordinal 0 on, counted; what lies at or beyond `bound` is
    /// left out.
    pub(crate) fn from_words(words: &[[u8; 8]], bound: u32) -> Bits {
        let words = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let mut bits = Bits { first: 0, words, length: 0 };
        bits.clear_range(bound, bits.end());
        bits.count()
    }

    #[inline]
    fn place(&self, ordinal: u32) -> Option<(usize, u64)> {
        let at = ordinal.checked_sub(self.first)?;
        Some(((at / WORD) as usize, 1 << (at % WORD)))
    }

    /// Puts an ordinal in, counted by [`Bits::count`] afterwards; beyond the room it is left out.
    #[inline]
    pub(crate) fn set(&mut self, ordinal: u32) {
        if let Some((word, bit)) = self.place(ordinal)
            && let Some(word) = self.words.get_mut(word)
        {
            *word |= bit;
        }
    }

    /// Takes an ordinal out, counted by [`Bits::count`] afterwards.
    #[inline]
    pub(crate) fn clear(&mut self, ordinal: u32) {
        if let Some((word, bit)) = self.place(ordinal)
            && let Some(word) = self.words.get_mut(word)
        {
            *word &= !bit;
        }
    }

    #[inline]
    pub(crate) fn contains(&self, ordinal: u32) -> bool {
        self.place(ordinal)
            .is_some_and(|(word, bit)| self.words.get(word).is_some_and(|word| word & bit != 0))
    }

    /// Applies `change` to each word that holds some of `start .. end`, with the mask of those.
    #[inline]
    fn each_word(&mut self, start: u32, end: u32, mut change: impl FnMut(&mut u64, u64)) {
        let start = start.max(self.first) - self.first;
        let end = end.min(self.end()).max(self.first) - self.first;
        if start >= end {
            return;
        }
        let (first, last) = ((start / WORD) as usize, ((end - 1) / WORD) as usize);
        let low = u64::MAX << (start % WORD);
        let high = u64::MAX >> (WORD - 1 - (end - 1) % WORD);
        let Some(words) = self.words.get_mut(first..=last) else { return };
        match words {
            [] => {}
            [word] => change(word, low & high),
            [word, middle @ .., other] => {
                change(word, low);
                middle.iter_mut().for_each(|word| change(word, u64::MAX));
                change(other, high);
            }
        }
    }

    pub(crate) fn set_range(&mut self, start: u32, end: u32) {
        self.each_word(start, end, |word, mask| *word |= mask);
    }

    pub(crate) fn clear_range(&mut self, start: u32, end: u32) {
        self.each_word(start, end, |word, mask| *word &= !mask);
    }

    /// Counts what is in it; to be called once the last ordinal was put in or taken out.
    pub(crate) fn count(mut self) -> Bits {
        self.length = self.words.iter().map(|word| word.count_ones()).sum();
        self
    }

    /// How many are in it.
    pub(crate) fn len(&self) -> u32 {
        self.length
    }

    /// The ordinal before which it has room.
    pub(crate) fn end(&self) -> u32 {
        self.first.saturating_add((self.words.len() as u32).saturating_mul(WORD))
    }

    /// The first ordinal for which it has room.
    pub(crate) fn start(&self) -> u32 {
        self.first
    }

    /// The same set with room for `start .. end` at least.
    pub(crate) fn widened(&self, start: u32, end: u32) -> Bits {
        let mut wide = Bits::over(start.min(self.first), end.max(self.end()));
        let skip = ((self.first - wide.first) / WORD) as usize;
        if let Some(words) = wide.words.get_mut(skip..skip + self.words.len()) {
            words.copy_from_slice(&self.words);
        }
        wide
    }

    /// What of it lies in `start .. end`, with no more room than that.
    pub(crate) fn within(&self, start: u32, end: u32) -> Bits {
        let mut part = Bits::over(start.max(self.first), end.min(self.end()));
        let skip = ((part.first - self.first) / WORD) as usize;
        let count = part.words.len();
        if let Some(words) = self.words.get(skip..skip + count) {
            part.words.copy_from_slice(words);
        }
        part.clear_range(part.first, start);
        part.clear_range(end, part.end());
        part
    }

    /// Joins two sets word by word, over the room of the first.
    fn zip(&self, other: &Bits, join: impl Fn(u64, u64) -> u64) -> Bits {
        let mut joined = self.clone();
        let word_of = |set: &Bits, at: u32| {
            let at = at.checked_sub(set.first)? / WORD;
            set.words.get(at as usize).copied()
        };
        for (at, word) in joined.words.iter_mut().enumerate() {
            let ordinal = self.first + at as u32 * WORD;
            *word = join(*word, word_of(other, ordinal).unwrap_or(0));
        }
        joined.count()
    }

    pub(crate) fn and(&self, other: &Bits) -> Bits {
        self.zip(other, |one, other| one & other)
    }

    pub(crate) fn and_not(&self, other: &Bits) -> Bits {
        self.zip(other, |one, other| one & !other)
    }

    pub(crate) fn or(&self, other: &Bits) -> Bits {
        self.widened(other.first, other.end()).zip(other, |one, other| one | other)
    }

    /// The first run of ordinals that ends behind `from`.
    #[inline]
    pub(crate) fn run_from(&self, from: u32) -> Option<(u32, u32)> {
        let start = self.next(from, 0)?;
        let end = self.next(start, u64::MAX).unwrap_or(self.end());
        Some((start, end))
    }

    /// The first ordinal from `from` on that is in it, or with `flip` of all ones, that is not.
    #[inline]
    fn next(&self, from: u32, flip: u64) -> Option<u32> {
        let at = from.max(self.first) - self.first;
        let mut word = (at / WORD) as usize;
        let mut bits = (self.words.get(word)? ^ flip) & (u64::MAX << (at % WORD));
        while bits == 0 {
            word += 1;
            bits = self.words.get(word)? ^ flip;
        }
        Some(self.first + word as u32 * WORD + bits.trailing_zeros())
    }

    /// Each ordinal, ascending.
    pub(crate) fn each(&self, mut with: impl FnMut(u32)) {
        for (at, word) in self.words.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                with(self.first + at as u32 * WORD + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_touch_no_more_than_they_name() {
        for (start, end) in [(64, 128), (70, 71), (65, 200), (100, 100), (190, 260), (0, 500)] {
            let mut bits = Bits::over(66, 250);
            bits.set_range(start, end);
            let counted = bits.clone().count();
            let expected: Vec<u32> = (64..256).filter(|n| (start..end).contains(n)).collect();
            let mut found = Vec::new();
            counted.each(|ordinal| found.push(ordinal));
            assert_eq!(found, expected, "{start}..{end}");
            assert_eq!(counted.len() as usize, expected.len());
            bits.clear_range(start, end);
            assert_eq!(bits.count().len(), 0);
        }
    }

    #[test]
    fn runs_are_found_from_any_place() {
        let mut bits = Bits::over(0, 300);
        bits.set_range(10, 130);
        bits.set(200);
        assert_eq!(bits.run_from(0), Some((10, 130)));
        assert_eq!(bits.run_from(129), Some((129, 130)));
        assert_eq!(bits.run_from(130), Some((200, 201)));
        assert_eq!(bits.run_from(201), None);
    }
}
