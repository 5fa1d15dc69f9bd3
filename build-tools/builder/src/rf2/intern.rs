//! Distinct values met while reading, numbered.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// Numbers the distinct values given to it. Rows of a release repeat a few combinations of module,
/// type and status millions of times, most often the one just seen.
#[derive(Debug)]
pub(crate) struct Interned<K> {
    keys: Vec<K>,
    numbers: FxHashMap<K, u32>,
    last: u32,
}

impl<K> Default for Interned<K> {
    fn default() -> Interned<K> {
        Interned { keys: Vec::new(), numbers: FxHashMap::default(), last: 0 }
    }
}

impl<K: Copy + Eq + Hash + Ord> Interned<K> {
    pub(crate) fn number(&mut self, key: K) -> u32 {
        if self.keys.get(self.last as usize) == Some(&key) {
            return self.last;
        }
        let next = self.keys.len() as u32;
        self.last = *self.numbers.entry(key).or_insert(next);
        if self.last == next {
            self.keys.push(key);
        }
        self.last
    }

    pub(crate) fn keys(&self) -> &[K] {
        &self.keys
    }

    /// Joins several numberings into one whose numbers follow the order of the values, so that they
    /// do not depend on who came first. Gives the values, and for each part its numbers translated.
    pub(crate) fn join<'a>(parts: impl Iterator<Item = &'a [K]> + Clone) -> (Vec<K>, Vec<Vec<u32>>)
    where
        K: 'a,
    {
        let mut all: Vec<K> = parts.clone().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let translate = |keys: &[K]| {
            keys.iter().map(|key| all.partition_point(|other| other < key) as u32).collect()
        };
        let translations = parts.map(translate).collect();
        (all, translations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_follows_the_values_not_the_parts() {
        let mut one = Interned::default();
        let mut two = Interned::default();
        assert_eq!([one.number("b"), one.number("b"), one.number("c")], [0, 0, 1]);
        assert_eq!([two.number("c"), two.number("a")], [0, 1]);
        let (keys, translations) = Interned::join([one.keys(), two.keys()].into_iter());
        assert_eq!(keys, ["a", "b", "c"]);
        assert_eq!(translations, [vec![1, 2], vec![2, 0]]);
    }
}
