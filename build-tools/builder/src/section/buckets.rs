//! Tables of ids: read by `farr::index::bucket`.

use farr::index::bucket::{BUCKET_LENGTH, BUCKET_PLACES, Filling, buckets_for, home};
use farr::index::format::Tag;

use super::Section;

/// A table of distinct, non-zero ids and their numbers.
pub(super) fn buckets(
    tag: Tag,
    items: impl IntoIterator<Item = (u64, u32)>,
    filling: Filling,
) -> Section {
    let mut items: Vec<(u64, u32)> = items.into_iter().collect();
    // In the order of the ids, so that the table does not depend on that of the numbers.
    items.sort_unstable();
    let count = buckets_for(items.len(), filling);
    let mut used = vec![0_usize; count];
    let mut bytes = vec![0_u8; count * BUCKET_LENGTH];
    for (id, number) in &items {
        let mut at = home(*id, count);
        while used[at] == BUCKET_PLACES {
            bytes[at * BUCKET_LENGTH + 60] = 1;
            at = (at + 1) % count;
        }
        let bucket = &mut bytes[at * BUCKET_LENGTH..(at + 1) * BUCKET_LENGTH];
        let place = used[at];
        bucket[place * 8..place * 8 + 8].copy_from_slice(&id.to_le_bytes());
        bucket[40 + place * 4..44 + place * 4].copy_from_slice(&number.to_le_bytes());
        used[at] += 1;
    }
    Section::new(tag, items.len(), bytes)
}
