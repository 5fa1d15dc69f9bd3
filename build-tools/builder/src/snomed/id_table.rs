//! Ids to small numbers, for the fifteen million look-ups of a build.

use farr::index::bucket::home;

/// An open-addressing table from id to number, filled once.
#[derive(Debug)]
pub(crate) struct IdTable {
    places: Vec<(u64, u32)>,
}

impl IdTable {
    /// A table of distinct, non-zero ids and their numbers.
    pub(crate) fn new(items: impl ExactSizeIterator<Item = (u64, u32)>) -> IdTable {
        let mut places = vec![(0, 0); items.len() * 3 / 2 + 1];
        for (id, number) in items {
            let mut at = home(id, places.len());
            while places[at].0 != 0 {
                at = (at + 1) % places.len();
            }
            places[at] = (id, number);
        }
        IdTable { places }
    }

    pub(crate) fn get(&self, id: u64) -> Option<u32> {
        let mut at = home(id, self.places.len());
        loop {
            let (found, number) = self.places[at];
            if found == id {
                return Some(number);
            }
            if found == 0 {
                return None;
            }
            at = if at + 1 == self.places.len() { 0 } else { at + 1 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_and_no_other() {
        let table = IdTable::new((0..1000_u32).map(|n| (u64::from(n) * 7919 + 100_005, n)));
        for n in 0..1000_u32 {
            assert_eq!(table.get(u64::from(n) * 7919 + 100_005), Some(n));
            assert_eq!(table.get(u64::from(n) * 7919 + 100_006), None);
        }
        assert_eq!(IdTable::new(std::iter::empty()).get(5), None);
    }
}
