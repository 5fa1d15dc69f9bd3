//! The table from an id to the number of what it names: buckets of one cache line.
//!
//! A bucket is 64 bytes: five ids (`u64`), their five numbers (`u32`), and a `u32` that is 1 where
//! an id of this bucket had to go to a later one. Unused places have id 0. An id belongs in bucket
//! [`home`]; where that is full it goes to the next that is not, the first one following the last.
//! The numbers are ordinals of concepts in one table, product numbers in another.

use super::view::View;

/// Bytes a bucket.
pub const BUCKET_LENGTH: usize = 64;
/// Ids a bucket.
pub const BUCKET_PLACES: usize = 5;

/// How full a table is made. A reader need not know: it takes any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// Eleven ids to four buckets on average, so that one id in thirty has to move on.
    Light,
    /// Fourteen ids to four buckets, so that one in twelve has to: a fifth smaller.
    Dense,
}

/// How many buckets a table of `items` ids has.
pub fn buckets_for(items: usize, filling: Filling) -> usize {
    let to_four = match filling {
        Filling::Light => 11,
        Filling::Dense => 14,
    };
    items.saturating_mul(4).div_ceil(to_four).max(1)
}

/// The bucket in which an id belongs.
#[inline]
pub fn home(id: u64, buckets: usize) -> usize {
    // Multiplying by 2^64 over the golden ratio spreads ids that differ in their middle digits
    // only; the high half then scales to the number of buckets without a division.
    let mixed = id.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    (mixed.wrapping_mul(buckets as u64) >> 32) as usize
}

/// What a bucket says of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Its number.
    Here(u32),
    /// Look in the next bucket.
    MovedOn,
    /// It is not in the table.
    Nowhere,
}

/// Looks for an id in one bucket.
///
/// All places are looked at, without a branch between them: a branch on a number that is still on
/// its way from memory is guessed wrong half the time, and then nothing else overlaps with the wait.
#[inline]
pub(crate) fn find(bucket: &[u8; BUCKET_LENGTH], id: u64) -> Found {
    let (words, _) = bucket.as_chunks::<8>();
    let (halves, _) = bucket.as_chunks::<4>();
    let (mut ordinal, mut hit) = (0, 0);
    for (key, number) in words.iter().zip(halves.iter().skip(10)).take(BUCKET_PLACES) {
        // All ones in the one place that holds the id, all zeros in the others.
        let mask = u32::from(u64::from_le_bytes(*key) == id).wrapping_neg();
        ordinal |= mask & u32::from_le_bytes(*number);
        hit |= mask;
    }
    match (hit, halves.last()) {
        (0, Some([1, 0, 0, 0])) => Found::MovedOn,
        (0, _) => Found::Nowhere,
        _ => Found::Here(ordinal),
    }
}

/// A table of an index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buckets<'t> {
    view: View<'t>,
}

impl<'t> Buckets<'t> {
    pub(crate) fn new(view: View<'t>) -> Buckets<'t> {
        Buckets { view }
    }

    /// The number of an id, which must be below `end`.
    #[inline]
    pub(crate) fn find(self, id: u64, end: u32) -> Option<u32> {
        let home = home(id, self.view.len() / BUCKET_LENGTH);
        match find(self.view.record::<BUCKET_LENGTH>(home)?, id) {
            Found::Here(number) if number < end => Some(number),
            Found::Nowhere => None,
            _ => self.find_elsewhere(id, home, end),
        }
    }

    /// Looks in the buckets behind the one where an id belongs: for few ids, see [`Filling`].
    #[cold]
    fn find_elsewhere(self, id: u64, home: usize, end: u32) -> Option<u32> {
        let buckets = self.view.len() / BUCKET_LENGTH;
        let mut at = home;
        for _ in 0..buckets {
            match find(self.view.record::<BUCKET_LENGTH>(at)?, id) {
                Found::Here(number) if number < end => return Some(number),
                Found::MovedOn => at = at.saturating_add(1).checked_rem(buckets)?,
                Found::Here(_) => {
                    self.view.report(at, "a number that nothing has");
                    return None;
                }
                Found::Nowhere => return None,
            }
        }
        None
    }

    /// Checks the whole table: each number below `end` stands in it once, under its id, where a
    /// look-up comes by.
    ///
    /// # Errors
    ///
    /// The byte of the section at which something does not hold, and what.
    pub(crate) fn verify(
        self,
        end: u32,
        id_of: impl Fn(u32) -> Option<u64>,
    ) -> Result<(), (usize, &'static str)> {
        self.verify_some(end, end as usize, id_of)
    }

    /// [`Buckets::verify`] where only `held` of the numbers below `end` stand in the table.
    pub(crate) fn verify_some(
        self,
        end: u32,
        held: usize,
        id_of: impl Fn(u32) -> Option<u64>,
    ) -> Result<(), (usize, &'static str)> {
        let bytes = self.view.all().ok_or((0, "the section is damaged"))?;
        let (buckets, rest) = bytes.as_chunks::<BUCKET_LENGTH>();
        if buckets.is_empty() || !rest.is_empty() {
            return Err((0, "a table that is not whole buckets"));
        }
        let senders = Senders::of(buckets);
        let mut found = 0_usize;
        let mut seen = vec![0_u64; (end as usize).div_ceil(64)];
        for (bucket_number, bucket) in buckets.iter().enumerate() {
            let (words, _) = bucket.as_chunks::<8>();
            let (halves, _) = bucket.as_chunks::<4>();
            for (place, (key, number)) in
                words.iter().zip(halves.iter().skip(10)).take(BUCKET_PLACES).enumerate()
            {
                let key = u64::from_le_bytes(*key);
                if key == 0 {
                    continue;
                }
                let number = u32::from_le_bytes(*number);
                let at = bucket_number.saturating_mul(BUCKET_LENGTH);
                let at = at.saturating_add(place.saturating_mul(8));
                if number >= end || id_of(number) != Some(key) {
                    return Err((at, "a number of another id"));
                }
                // Only where a look-up would not come by it: not in its own bucket.
                let home = home(key, buckets.len());
                if home != bucket_number && !senders.reach(home, bucket_number) {
                    return Err((at, "an id that no look-up comes by"));
                }
                let bit = 1_u64 << (number % 64);
                match seen.get_mut(number as usize / 64) {
                    Some(word) if *word & bit == 0 => *word |= bit,
                    _ => return Err((at, "an id that stands twice")),
                }
                found = found.saturating_add(1);
            }
        }
        match found == held {
            true => Ok(()),
            false => Err((0, "not as many ids as there are things")),
        }
    }
}

/// How many of the buckets before each one send a look-up on to the next.
struct Senders(Vec<u32>);

impl Senders {
    fn of(buckets: &[[u8; BUCKET_LENGTH]]) -> Senders {
        let mut count = 0_u32;
        let mut counts = Vec::with_capacity(buckets.len().saturating_add(1));
        counts.push(0);
        for bucket in buckets {
            let sends = bucket.last_chunk() == Some(&[1, 0, 0, 0]);
            count = count.saturating_add(u32::from(sends));
            counts.push(count);
        }
        Senders(counts)
    }

    fn between(&self, start: usize, end: usize) -> usize {
        match (self.0.get(start), self.0.get(end)) {
            (Some(start), Some(end)) => end.saturating_sub(*start) as usize,
            _ => 0,
        }
    }

    /// Whether a look-up that begins in one bucket comes to another: all on the way send it on.
    fn reach(&self, from: usize, to: usize) -> bool {
        let end = self.0.len().saturating_sub(1);
        let (way, sent) = match to.checked_sub(from) {
            Some(way) => (way, self.between(from, to)),
            None => {
                let sent = self.between(from, end).saturating_add(self.between(0, to));
                (end.saturating_sub(from).saturating_add(to), sent)
            }
        };
        way == sent
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    #[test]
    fn homes_are_inside_the_table_and_spread() {
        let buckets = buckets_for(3000, Filling::Light);
        let mut counts = vec![0; buckets];
        for item in 0..3000_u64 {
            let home = home(100_005 + item * 1000, buckets);
            counts[home] += 1;
        }
        assert!(counts.iter().max() < Some(&16), "ids crowd in one bucket");
    }
}
