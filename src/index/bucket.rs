//! The table from SCTID to ordinal: buckets of one cache line.
//!
//! A bucket is 64 bytes: five ids (`u64`), their five ordinals (`u32`), and a `u32` that is 1 where
//! an id of this bucket had to go to a later one. Unused places have id 0. An id belongs in bucket
//! [`home`]; where that is full it goes to the next that is not, the first one following the last.

/// Bytes a bucket.
pub const BUCKET_LENGTH: usize = 64;
/// Ids a bucket.
pub const BUCKET_PLACES: usize = 5;

/// How many buckets a table of `items` ids has: eleven ids to four buckets on average, so that one in
/// thirty has to move on.
pub fn buckets_for(items: usize) -> usize {
    items.saturating_mul(4).div_ceil(11).max(1)
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
    /// Its ordinal.
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

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    #[test]
    fn homes_are_inside_the_table_and_spread() {
        let buckets = buckets_for(3000);
        let mut counts = vec![0; buckets];
        for item in 0..3000_u64 {
            let home = home(100_005 + item * 1000, buckets);
            counts[home] += 1;
        }
        assert!(counts.iter().max() < Some(&16), "ids crowd in one bucket");
    }
}
